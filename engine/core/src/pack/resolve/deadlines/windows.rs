//! Reads windows: their ends, and the extensions that move the second.

use super::{Reader, who};
use crate::diag::{Code, Diagnostic, Text};
use crate::pack::raw::deadline as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::pack::resolve::blocks::{label, refuse};
use crate::rules::{Deadline, Extension, Time, Until, Window};
use crate::say;
use crate::time::{Edge, Period, Reading, RomeTime, day, local};

impl Reader<'_> {
    pub(super) fn window(&mut self, entry: &Entry, window: raw::Window) -> Option<Deadline> {
        let source = self.acts.source(entry, self.faults);
        let block = &entry.node;
        let opens = block.get("opens").map(|at| self.instant(at, Edge::Start));
        let closes = block.get("closes").map(|at| self.instant(at, Edge::End));
        if opens.is_none() && closes.is_none() {
            let id = &entry.key;
            let message = say!(
                "`{id}` non dice né quando si apre né quando si chiude",
                "`{id}` says neither when it opens nor when it closes"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message);
            self.faults
                .push(fault.at(entry.key_place.clone()).help(say!(
                "scrivere `opens`, `closes` o entrambi; un tempo detto a parole va in `[prose.…]`",
                "write `opens`, `closes` or both; a time said in words goes into `[prose.…]`"
            )));
        }
        let consequence = self.consequence(block, window.consequence);
        let extensions = match closes {
            // What a faulty closing would allow is not known.
            Some(None) => Vec::new(),
            closes => self.extensions(block, closes.flatten()),
        };
        let opens = some_or_faulty(opens)?;
        let closes = some_or_faulty(closes)?;
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes < opens
        {
            let message = say!(
                "si chiude prima di aprirsi ({opens})",
                "it closes before it opens ({opens})";
                opens = opens.long()
            );
            let fault = refuse(Code::InvalidRule, block.find(&["closes"]), message);
            self.faults.push(fault.help(say!(
                "correggere `opens` o `closes`",
                "correct `opens` or `closes`"
            )));
        }
        Some(Deadline {
            id: entry.key.clone(),
            label: label(&window.label, window.label_en.as_deref()),
            who: who(window.who, window.who_en),
            time: Time::Window(Window {
                opens,
                opens_at_an_hour: has_hour(block, "opens"),
                closes,
                closes_at_an_hour: has_hour(block, "closes"),
                extensions,
            }),
            consequence,
            source,
        })
    }

    fn instant(&mut self, node: &Node, day_alone: Edge) -> Option<RomeTime> {
        let text = node.as_text()?;
        let read = local(text, Some(day_alone));
        read.map_err(|fault| {
            let fault = fault.diagnostic(text).at(node.place.clone());
            self.faults.push(fault);
        })
        .ok()
    }

    fn extensions(&mut self, window: &Node, closes: Option<RomeTime>) -> Vec<Extension> {
        let Some(Value::List(items)) = window.get("extended").map(|list| &list.value) else {
            return Vec::new();
        };
        // The latest instant that is known to be before the new closing.
        let mut before = closes;
        let read = items.iter().filter_map(|item| {
            let cite = item.get("act").and_then(|a| self.acts.cite(a, self.faults));
            let until = self.until(item, before)?;
            let (last, next) = match &until {
                Until::At(at) => (Some(*at), Some(*at)),
                Until::In { period, .. } => (
                    RomeTime::of_day(period.latest, Edge::End).ok(),
                    period
                        .earliest
                        .and_then(|day| RomeTime::of_day(day, Edge::Start).ok()),
                ),
            };
            if before.is_none_or(|before| last.is_none_or(|last| last <= before)) {
                self.faults.push(not_later(item, &until, before));
            }
            before = next.max(before);
            Some(Extension { until, cite: cite? })
        });
        read.collect()
    }

    /// Reads a new closing; one in words cannot fall before the closing that it moves.
    fn until(&mut self, extension: &Node, before: Option<RomeTime>) -> Option<Until> {
        match (extension.get("closes"), extension.get("text")) {
            (Some(closes), None) => self.instant(closes, Edge::End).map(Until::At),
            (None, Some(words)) => {
                let text = words.as_text()?;
                let Reading { period, note } = self.words(words)?;
                let moved = before
                    .map(RomeTime::day)
                    .filter(|day| *day <= period.latest);
                Some(Until::In {
                    text: text.to_owned(),
                    period: Period {
                        earliest: moved.max(period.earliest),
                        ..period
                    },
                    note,
                })
            }
            _ => {
                let message = say!(
                    "una proroga ha un giorno (`closes`) o delle parole (`text`), e una cosa sola",
                    "an extension has a day (`closes`) or words (`text`), and one of them only"
                );
                let fault = refuse(Code::InvalidRule, extension, message);
                self.faults.push(fault.help(say!(
                    "lasciarne una: `closes` se la fonte dice il giorno",
                    "keep one: `closes` where the source says the day"
                )));
                None
            }
        }
    }
}

/// Says that an extension does not move a closing further.
fn not_later(extension: &Node, until: &Until, before: Option<RomeTime>) -> Diagnostic {
    let shown = match until {
        Until::At(at) => at.long(),
        Until::In { text, .. } => Text::same(text.clone()),
    };
    let message = match before {
        Some(before) => say!(
            "la proroga ({shown}) non viene dopo la chiusura che sposta ({before})",
            "the extension ({shown}) does not come after the closing that it moves ({before})";
            shown = shown, before = before.long()
        ),
        None => say!(
            "si proroga una finestra che non dice quando si chiude",
            "a window is extended that does not say when it closes"
        ),
    };
    let help = match before {
        Some(_) => say!(
            "scrivere le proroghe nell'ordine in cui furono decise, ciascuna più tardi",
            "write extensions in the order in which they were decided, each one later"
        ),
        None => say!(
            "scrivere in `closes` la chiusura che la proroga sposta",
            "write in `closes` the closing that the extension moves"
        ),
    };
    refuse(Code::InvalidRule, extension, message).help(help)
}

/// Tells whether a time is written with its hour, rather than as a whole day.
fn has_hour(window: &Node, key: &str) -> bool {
    let text = window.get(key).and_then(Node::as_text);
    text.is_some_and(|text| day(text).is_none())
}

/// Gives none for what is not written, and stops at what is written and faulty.
fn some_or_faulty<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(read) => Some(read),
    }
}
