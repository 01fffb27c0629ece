//! Deadlines as JSON: instants with their offset, days as ISO 8601, null where nothing is known.

use chrono::NaiveDate;
use riparto_core::diag::Lang;
use riparto_core::outcome::{DeadlineOutcome, ExtensionOutcome, OfficeOutcome};
use riparto_core::rules::Until;
use riparto_core::terms::{Length, Step};
use riparto_core::time::RomeTime;
use serde_json::{Value, json};

use super::registers::office;

/// Gives the deadlines of a pack, and the instant at which their states were asked for.
///
/// The offices that answer come after them.
pub fn all(
    pack: &str,
    at: Option<RomeTime>,
    deadlines: &[DeadlineOutcome],
    offices: &[OfficeOutcome],
    lang: Lang,
) -> Value {
    json!({
        "pack": pack,
        "at": at.map(RomeTime::iso),
        "deadlines": each(deadlines, lang),
        "offices": offices.iter().map(|o| office(o, lang)).collect::<Vec<_>>(),
    })
}

/// Gives deadlines one by one.
pub fn each(deadlines: &[DeadlineOutcome], lang: Lang) -> Value {
    deadlines.iter().map(|d| deadline(d, lang)).collect()
}

/// Gives one deadline.
pub fn deadline(deadline: &DeadlineOutcome, lang: Lang) -> Value {
    let consequence = deadline.consequence.as_ref();
    json!({
        "id": deadline.id,
        "measure": deadline.measure,
        "label": deadline.label.get(lang),
        "kind": deadline.kind.as_str(),
        "opens": deadline.opens.map(RomeTime::iso),
        "closes": deadline.closes.map(RomeTime::iso),
        "raw": day(deadline.raw),
        "due": day(deadline.due),
        "earliest": day(deadline.earliest),
        "latest": day(deadline.latest),
        "certainty": deadline.certainty.as_str(),
        "state": deadline.state.map(|state| state.as_str()),
        "consequence": consequence.map(|consequence| consequence.text.get(lang)),
        "act": deadline.act,
        "assumption": deadline.assumption,
        "note": deadline.note,
        "who": deadline.who.as_ref().map(|who| who.get(lang)),
        "consequence_act": consequence.and_then(|consequence| consequence.act.as_deref()),
        "consequence_assumption": consequence.map(|consequence| consequence.assumption),
        "consequence_note": consequence.and_then(|consequence| consequence.note.as_deref()),
        "opens_hour_stated": deadline.opens.map(|_| deadline.at_an_hour.0),
        "closes_hour_stated": deadline.first_closes.or(deadline.closes).map(|_| deadline.at_an_hour.1),
        "first_closes": deadline.first_closes.map(RomeTime::iso),
        "extensions": deadline.extensions.iter().map(|e| extension(e, lang)).collect::<Vec<_>>(),
        "events": deadline.events.iter().map(|event| json!({
            "id": event.id,
            "label": event.label.get(lang),
            "date": day(event.date),
        })).collect::<Vec<_>>(),
        "length": deadline.counted.as_ref().map(|counted| length(counted.length)),
        "regime": deadline.counted.as_ref().map(|counted| &counted.regime),
        "rules": deadline.counted.as_ref().map(|counted| {
            let rules = counted.rules.iter().map(|rule| rule.sentence());
            rules.map(|rule| rule.get(lang).to_owned()).collect::<Vec<_>>()
        }),
        "steps": deadline.steps.iter().map(|s| step(s, lang)).collect::<Vec<_>>(),
        "text": deadline.text,
        "by": deadline.text.as_ref().map(|_| deadline.by),
        "reading": deadline.reading.as_ref().map(|reading| reading.get(lang)),
        "seconds_left": deadline.left,
    })
}

fn length(length: Length) -> Value {
    match length {
        Length::Days(days) => json!({ "days": days }),
        Length::Months(months) => json!({ "months": months }),
        Length::Years(years) => json!({ "years": years }),
    }
}

fn extension(extension: &ExtensionOutcome, lang: Lang) -> Value {
    match &extension.until {
        Until::At(at) => json!({ "closes": at.iso(), "act": extension.act }),
        Until::In { text, period, note } => json!({
            "closes": null,
            "text": text,
            "earliest": day(period.earliest),
            "latest": period.latest.to_string(),
            "reading": note.as_ref().map(|note| note.get(lang)),
            "act": extension.act,
        }),
    }
}

/// Gives a step of a term.
pub fn step(step: &Step, lang: Lang) -> Value {
    json!({
        "date": step.date.to_string(),
        "why": step.why.get(lang),
        "act": step.act,
    })
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}
