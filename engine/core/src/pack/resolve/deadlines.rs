//! Reads what has a time in a measure: events, windows, terms, times said in words.

use std::collections::BTreeMap;

use super::National;
use super::blocks::{Acts, label, malformed, members, refuse};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::pack::nearest;
use crate::pack::raw::deadline as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::rules::{Consequence, Deadline, Event, Extension, Prose, TermRule, Time, Until, Window};
use crate::say;
use crate::terms::Length;
use crate::time::{Edge, Period, Reading, RomeTime, day, local};

/// Reads the events and the deadlines of a measure, in the order written.
///
/// # Shape
/// Without the national rules on terms, which are faulty elsewhere, terms and words go unread.
pub fn deadlines(
    file: &Node,
    acts: &Acts,
    national: &National,
    faults: &mut Diagnostics,
) -> (Vec<Event>, Vec<Deadline>) {
    let declared = members::<raw::Event>(file, "event");
    let known: Vec<&str> = declared.iter().map(|(entry, _)| &*entry.key).collect();
    let mut reader = Reader {
        acts,
        national,
        known,
        faults,
    };
    let mut found = Vec::new();
    for (entry, window) in members::<raw::Window>(file, "window") {
        found.extend(window.and_then(|window| reader.window(entry, window)));
    }
    for (entry, term) in members::<raw::Term>(file, "term") {
        found.extend(term.and_then(|term| reader.term(entry, term)));
    }
    for (entry, prose) in members::<raw::Prose>(file, "prose") {
        found.extend(prose.and_then(|prose| reader.prose(entry, prose)));
    }
    one_name_one_deadline(file, faults);
    let terms = file.get("term").map_or(0, |terms| terms.entries().len());
    let read = found.iter().filter(|one| matches!(one.time, Time::Term(_)));
    // What a term that cannot be read runs from is not known.
    if read.count() == terms {
        refuse_unused_events(&declared, &found, faults);
    }
    let events = declared.iter().filter_map(|(entry, event)| {
        let event = event.as_ref()?;
        Some(Event {
            id: entry.key.clone(),
            label: label(&event.label, event.label_en.as_deref()),
            note: event.note.clone(),
        })
    });
    (events.collect(), found)
}

/// The blocks whose members are deadlines: together they have one name for each.
pub const BLOCKS: [&str; 3] = ["window", "term", "prose"];

fn one_name_one_deadline(file: &Node, faults: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for block in BLOCKS {
        for entry in file.get(block).map(Node::entries).unwrap_or_default() {
            let id = entry.key.as_str();
            let Some(other) = seen.insert(id, block) else {
                continue;
            };
            let message = say!(
                "`{id}` è già il nome di un'altra scadenza (`[{other}.{id}]`)",
                "`{id}` already names another deadline (`[{other}.{id}]`)"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message);
            faults.push(fault.at(entry.key_place.clone()).help(say!(
                "dare un altro nome: un calendario riconosce ogni scadenza dal suo",
                "choose another name: a calendar knows each deadline by its own"
            )));
        }
    }
}

/// An event from which nothing runs would take a day on the command line and do nothing with it.
fn refuse_unused_events(
    declared: &[(&Entry, Option<raw::Event>)],
    found: &[Deadline],
    faults: &mut Diagnostics,
) {
    for (entry, _) in declared {
        let used = found.iter().any(|deadline| match &deadline.time {
            Time::Term(term) => term.from.contains(&entry.key),
            Time::Window(_) | Time::Prose(_) => false,
        });
        if used {
            continue;
        }
        let id = &entry.key;
        let message = say!(
            "nessun termine decorre dall'evento `{id}`",
            "no term runs from the event `{id}`"
        );
        let fault = Diagnostic::error(Code::InvalidRule, message).at(entry.key_place.clone());
        faults.push(fault.help(say!(
            "nominarlo in `from` di un `[term.…]`, o toglierlo",
            "name it in `from` of a `[term.…]`, or remove it"
        )));
    }
}

struct Reader<'r> {
    acts: &'r Acts,
    national: &'r National,
    known: Vec<&'r str>,
    faults: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn window(&mut self, entry: &Entry, window: raw::Window) -> Option<Deadline> {
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
                    RomeTime::of_day(period.earliest, Edge::Start).ok(),
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
                        earliest: moved.map_or(period.earliest, |day| day.max(period.earliest)),
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

    fn term(&mut self, entry: &Entry, term: raw::Term) -> Option<Deadline> {
        let source = self.acts.source(entry, self.faults);
        let length = self.length(entry, &term);
        let named = self.events(&entry.node);
        let regime = self.regime(&entry.node, &term.regime);
        let consequence = self.consequence(&entry.node, term.consequence);
        if !named || !regime {
            return None;
        }
        Some(Deadline {
            id: entry.key.clone(),
            label: label(&term.label, term.label_en.as_deref()),
            who: who(term.who, term.who_en),
            time: Time::Term(TermRule {
                from: term.from,
                length: length?,
                regime: term.regime,
                back: term.back,
                free_days: term.free_days,
                saturday: term.saturday,
                suspension: term.suspension,
            }),
            consequence,
            source,
        })
    }

    fn length(&mut self, entry: &Entry, term: &raw::Term) -> Option<Length> {
        let given = [
            term.days
                .map(|days| (days, Length::Days as fn(u32) -> Length)),
            term.months.map(|months| (months, Length::Months as _)),
            term.years.map(|years| (years, Length::Years as _)),
        ];
        let mut given = given.into_iter().flatten();
        let length = match (given.next(), given.next()) {
            (Some(length), None) => Some(length),
            _ => None,
        };
        if length.is_none() {
            let id = &entry.key;
            let message = say!(
                "la durata di `{id}` non si legge",
                "the length of `{id}` cannot be read"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message).at(entry.key_place.clone());
            self.faults.push(fault.help(say!(
                "scrivere una durata sola: `days = 60`, `months = 6` o `years = 1`",
                "write one length only: `days = 60`, `months = 6` or `years = 1`"
            )));
        }
        // A number out of range has been told by the shape check.
        let (number, make) = length?;
        u32::try_from(number).ok().map(make)
    }

    /// Tells whether a term names events, all of them declared.
    fn events(&mut self, term: &Node) -> bool {
        let from = term.find(&["from"]);
        let Value::List(names) = &from.value else {
            return false;
        };
        if names.is_empty() {
            let message = say!(
                "il termine non decorre da nessun evento",
                "the term runs from no event"
            );
            let fault = refuse(Code::InvalidRule, from, message);
            self.faults.push(fault.help(say!(
                "nominare un evento: `from = [\"comunicazione\"]`",
                "name an event: `from = [\"comunicazione\"]`"
            )));
        }
        let mut declared = !names.is_empty();
        for node in names {
            let Some(name) = node.as_text() else { continue };
            if self.known.contains(&name) {
                continue;
            }
            declared = false;
            let help = nearest(name, self.known.iter().copied()).unwrap_or_else(|| {
                say!(
                    "dichiararlo: `[event.{name}]` con la sua `label`",
                    "declare it: `[event.{name}]` with its `label`"
                )
            });
            let message = say!(
                "l'evento `{name}` non è dichiarato",
                "the event `{name}` is not declared"
            );
            self.faults
                .push(refuse(Code::UnknownName, node, message).help(help));
        }
        declared
    }

    /// Tells whether the national rules have a regime of that name.
    fn regime(&mut self, term: &Node, name: &str) -> bool {
        let Some(law) = &self.national.law else {
            return false;
        };
        if law.regimes.contains_key(name) {
            return true;
        }
        let message = say!("non c'è un regime `{name}`", "there is no regime `{name}`");
        let fault = refuse(Code::UnknownName, term.find(&["regime"]), message);
        self.faults.push(fault.help(law.suggest_regime(name)));
        false
    }

    fn prose(&mut self, entry: &Entry, prose: raw::Prose) -> Option<Deadline> {
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

    fn words(&mut self, node: &Node) -> Option<Reading> {
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

    fn consequence(
        &mut self,
        block: &Node,
        consequence: Option<raw::Consequence>,
    ) -> Option<Consequence> {
        let entry = block.entry("consequence")?;
        let source = self.acts.source(entry, self.faults);
        consequence.map(|consequence| Consequence {
            text: label(&consequence.text, consequence.text_en.as_deref()),
            source,
        })
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

fn who(it: Option<String>, en: Option<String>) -> Option<Text> {
    it.map(|it| label(&it, en.as_deref()))
}
