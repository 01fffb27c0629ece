//! Registers and offices as JSON.

use riparto_core::diag::Lang;
use riparto_core::outcome::{Answers, OfficeOutcome, RegisterOutcome};
use riparto_core::time::RomeTime;
use serde_json::{Map, Value, json};

/// Gives a list of rows; each row has its columns by name, null where the datum is missing.
pub fn register(register: &RegisterOutcome, lang: Lang) -> Value {
    let rows = register.rows.iter().map(|row| {
        let cells = register.columns.iter().zip(row).map(|((name, _), cell)| {
            let cell = cell.as_ref().map(|cell| cell.plain.get(lang));
            (name.clone(), json!(cell))
        });
        Value::Object(cells.collect::<Map<_, _>>())
    });
    json!({
        "id": register.id,
        "measure": register.measure,
        "label": register.label.get(lang),
        "act": register.act,
        "columns": register.columns.iter().map(|(name, label)| json!({
            "name": name,
            "label": label.get(lang),
        })).collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "undetermined": register.open.iter().map(|(key, what)| json!({
            "key": key,
            "missing": what.get(lang),
        })).collect::<Vec<_>>(),
    })
}

/// Gives an office, and whether it answers.
pub fn office(office: &OfficeOutcome, lang: Lang) -> Value {
    let (state, until, from) = match office.answers {
        Some(Answers::Until(until)) => (Some("open"), Some(until), None),
        Some(Answers::From(from)) => (Some("closed"), None, Some(from)),
        None => (None, None, None),
    };
    json!({
        "id": office.id,
        "measure": office.measure,
        "label": office.label.get(lang),
        "about": office.about.as_ref().map(|about| about.get(lang)),
        "channels": office.channels,
        "hours": office.hours.iter().map(|hours| json!({
            "days": hours.days.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "from": hours.from.format("%H:%M").to_string(),
            "to": hours.to.format("%H:%M").to_string(),
        })).collect::<Vec<_>>(),
        "state": state,
        "answers_until": until.map(RomeTime::iso),
        "answers_next": from.map(RomeTime::iso),
        "act": office.act,
        "assumption": office.assumption,
        "note": office.note,
    })
}
