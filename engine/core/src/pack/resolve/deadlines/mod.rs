//! Reads what has a time in a measure: events, windows, terms, times said in words.

mod prose;
mod terms;
mod windows;

use std::collections::BTreeMap;

use super::National;
use super::blocks::{Acts, label, members};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::pack::raw::deadline as raw;
use crate::pack::raw::{Entry, Node};
use crate::rules::{Consequence, Deadline, Event, Time};
use crate::say;

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

fn who(it: Option<String>, en: Option<String>) -> Option<Text> {
    it.map(|it| label(&it, en.as_deref()))
}
