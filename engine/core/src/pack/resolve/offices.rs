//! Reads the offices that answer, and their hours.

use chrono::{NaiveTime, Weekday};

use super::blocks::{Acts, label, malformed, members, refuse};
use crate::diag::{Code, Diagnostics};
use crate::pack::raw::office as raw;
use crate::pack::raw::{Node, Value};
use crate::rules::{Hours, Office};
use crate::say;

/// Reads the offices of a measure, in the order written.
pub fn offices(file: &Node, acts: &Acts, faults: &mut Diagnostics) -> Vec<Office> {
    let all = members::<raw::Office>(file, "office");
    let read = all.into_iter().filter_map(|(entry, office)| {
        let source = acts.source(entry, faults);
        let hours = hours(&entry.node, faults);
        let office = office?;
        Some(Office {
            id: entry.key.clone(),
            label: label(&office.label, office.label_en.as_deref()),
            about: office
                .about
                .map(|about| label(&about, office.about_en.as_deref())),
            channels: office.channels,
            hours,
            source,
        })
    });
    read.collect()
}

fn hours(office: &Node, faults: &mut Diagnostics) -> Vec<Hours> {
    let Some(Value::List(items)) = office.get("hours").map(|list| &list.value) else {
        return Vec::new();
    };
    let read = items.iter().filter_map(|item| {
        let from = item.get("from").and_then(|node| time(node, faults));
        let to = item.get("to").and_then(|node| time(node, faults));
        let raw: raw::Hours = item.decode()?;
        let (from, to) = (from?, to?);
        if to <= from {
            let message = say!(
                "l'orario finisce prima di cominciare",
                "the hours end before they start"
            );
            let fault = refuse(Code::InvalidRule, item.find(&["to"]), message);
            faults.push(fault.help(say!("correggere `from` o `to`", "correct `from` or `to`")));
        }
        Some(Hours {
            days: raw.days.into_iter().map(weekday).collect(),
            from,
            to,
        })
    });
    read.collect()
}

fn time(node: &Node, faults: &mut Diagnostics) -> Option<NaiveTime> {
    let text = node.as_text()?;
    let read = NaiveTime::parse_from_str(text, "%H:%M").ok();
    let read = read.filter(|_| text.len() == 5);
    if read.is_none() {
        let message = say!("`{text}` non è un'ora", "`{text}` is not a time");
        faults.push(malformed(node, message).help(say!(
            "scrivere ore e minuti: `\"09:00\"`",
            "write hours and minutes: `\"09:00\"`"
        )));
    }
    read
}

fn weekday(day: raw::Weekday) -> Weekday {
    match day {
        raw::Weekday::Monday => Weekday::Mon,
        raw::Weekday::Tuesday => Weekday::Tue,
        raw::Weekday::Wednesday => Weekday::Wed,
        raw::Weekday::Thursday => Weekday::Thu,
        raw::Weekday::Friday => Weekday::Fri,
        raw::Weekday::Saturday => Weekday::Sat,
        raw::Weekday::Sunday => Weekday::Sun,
    }
}
