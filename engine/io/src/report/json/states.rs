//! The lives of sheets as JSON: the present state, what can be changed, all that happened.

use riparto_core::diag::Lang;
use riparto_core::outcome::{HistoryEntry, LifeOutcome, SheetOutcome};
use serde_json::{Value, json};

/// Gives lives one by one.
pub fn each(lives: &[LifeOutcome], lang: Lang) -> Value {
    let lives = lives.iter().map(|life| {
        json!({
            "life": life.life,
            "measure": life.measure,
            "label": life.label.get(lang),
            "rows": life.rows.iter().map(|row| sheet(row, lang)).collect::<Vec<_>>(),
        })
    });
    lives.collect()
}

fn sheet(sheet: &SheetOutcome, lang: Lang) -> Value {
    json!({
        "key": sheet.key,
        "name": sheet.name,
        "state": sheet.state,
        "label": sheet.label.get(lang),
        "act": sheet.act,
        "assumption": sheet.assumption,
        "editable": sheet.editable.iter().map(|open| &open.name).collect::<Vec<_>>(),
        "history": sheet.history.iter().map(|entry| event(entry, lang)).collect::<Vec<_>>(),
    })
}

fn event(entry: &HistoryEntry, lang: Lang) -> Value {
    json!({
        "at": entry.at.iso(),
        "transition": entry.transition,
        "label": entry.label.get(lang),
        "actor": entry.actor,
        "accepted": entry.accepted(),
        "from": entry.from,
        "to": entry.to,
        "reason": entry.reason,
        "reasons": entry.refusals.iter().map(|refusal| json!({
            "condition": refusal.condition,
            "text": refusal.text.get(lang),
            "act": refusal.act,
            "assumption": refusal.assumption,
        })).collect::<Vec<_>>(),
        "message": entry.message.as_ref().map(|message| message.get(lang)),
        "act": entry.act,
        "assumption": entry.assumption,
    })
}
