//! Reads times said in words: as days, or as set by no date.

use super::{Reader, who};
use crate::diag::Code;
use crate::pack::raw::deadline as raw;
use crate::pack::raw::{Entry, Node};
use crate::pack::resolve::blocks::{label, malformed, refuse};
use crate::rules::{Deadline, Prose, Time};
use crate::say;
use crate::time::Reading;

impl Reader<'_> {
    pub(super) fn prose(&mut self, entry: &Entry, prose: raw::Prose) -> Option<Deadline> {
        let source = self.acts.source(entry, self.faults);
        let consequence = self.consequence(&entry.node, prose.consequence);
        let words = entry.node.get("read_as").or(entry.node.get("text"))?;
        let reading = if prose.undated {
            if let Some(read_as) = entry.node.get("read_as") {
                let message = say!(
                    "`undated` dice che non c'è una data, `read_as` ne fa leggere una",
                    "`undated` says that there is no date, `read_as` has one read"
                );
                let fault = refuse(Code::InvalidRule, read_as, message);
                self.faults
                    .push(fault.help(say!("togliere l'uno o l'altro", "remove one or the other")));
            }
            if entry.node.get("read_as").is_none() {
                self.refuse_readable(words);
            }
            None
        } else {
            let reading = self.words(words)?;
            self.refuse_other_reading(&entry.node, &reading);
            Some(reading)
        };
        let by = words.as_text().is_some_and(|text| {
            let mut words = text.split_whitespace();
            words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case("entro"))
        });
        Some(Deadline {
            id: entry.key.clone(),
            label: label(&prose.label, prose.label_en.as_deref()),
            who: who(prose.who, prose.who_en),
            time: Time::Prose(Prose {
                text: prose.text,
                by,
                period: reading.as_ref().map(|reading| reading.period),
                reading: reading.and_then(|reading| reading.note),
            }),
            consequence,
            source,
        })
    }

    /// Words that say a time are not words without a date.
    fn refuse_readable(&mut self, words: &Node) {
        let read = |text| self.national.words.as_ref()?.read(text);
        if let Some(text) = words.as_text().filter(|text| read(text).is_some()) {
            let message = say!(
                "`undated` dice che non c'è una data, ma `{text}` ne dice una",
                "`undated` says that there is no date, but `{text}` says one"
            );
            let fault = refuse(Code::InvalidRule, words, message);
            self.faults
                .push(fault.help(say!("togliere `undated`", "remove `undated`")));
        }
    }

    /// The words of the source, where they can be read, are not read as something else.
    fn refuse_other_reading(&mut self, prose: &Node, reading: &Reading) {
        let (Some(text), Some(read_as)) = (prose.get("text"), prose.get("read_as")) else {
            return;
        };
        let words = self.national.words.as_ref();
        let own = text.as_text().and_then(|text| words?.read(text));
        if own.is_some_and(|own| own.period != reading.period) {
            let message = say!(
                "le parole della fonte dicono altri giorni",
                "the words of the source say other days"
            );
            let fault = refuse(Code::InvalidRule, read_as, message);
            self.faults.push(fault.help(say!(
                "togliere `read_as`: `text` si legge da solo",
                "remove `read_as`: `text` can be read alone"
            )));
        }
    }

    pub(super) fn words(&mut self, node: &Node) -> Option<Reading> {
        let text = node.as_text()?;
        let reading = self.national.words.as_ref()?.read(text);
        if reading.is_none() {
            let message = say!(
                "da `{text}` non si ricava nessun giorno",
                "no day can be read from `{text}`"
            );
            self.faults.push(malformed(node, message).help(say!(
                "se il contesto lo dice scriverlo in `read_as`: `\"dicembre 2024\"`, `\"autunno 2025\"`, `\"da gennaio 2025 a dicembre 2026\"`; se la fonte non fissa date, `undated = true`",
                "where the context says it, write it in `read_as`: `\"dicembre 2024\"`, `\"autunno 2025\"`, `\"da gennaio 2025 a dicembre 2026\"`; where the source sets no date, `undated = true`"
            )));
        }
        reading
    }
}
