//! What decisions give, as JSON: euro with two decimals, counts as plain numbers, both as text.

use riparto_core::diag::Lang;
use riparto_core::model::Unit;
use riparto_core::num::{Cents, Ratio};
use riparto_core::outcome::BenefitOutcome;
use serde_json::{Value, json};

/// Gives what a decision gives: its total where all is known, then who receives it.
pub fn benefit(benefit: &BenefitOutcome, lang: Lang) -> Value {
    let known = value(&benefit.known(), &benefit.unit);
    json!({
        "id": benefit.id,
        "decision": benefit.decision,
        "measure": benefit.measure,
        "label": benefit.label.get(lang),
        "table": benefit.table,
        "unit": benefit.unit.to_string(),
        "act": benefit.act,
        "total": (benefit.open() == 0).then_some(&known),
        "known": known,
        "undetermined": benefit.open(),
        "rows": benefit.received().map(|row| json!({
            "key": row.key,
            "name": row.name,
            "value": row.value.as_ref().map(|number| value(number, &benefit.unit)),
            "awaits": row.awaits.as_ref().map(|what| what.get(lang)),
        })).collect::<Vec<_>>(),
    })
}

/// Writes a number: euro with two decimals where they are whole cents, `n/d` where no decimal ends.
pub fn value(number: &Ratio, unit: &Unit) -> String {
    let cents = Cents::from_ratio(number).filter(|_| *unit == Unit::euro());
    let text = cents.map(|cents| cents.to_string());
    let text = text.or_else(|| number.to_decimal_text());
    text.unwrap_or_else(|| number.to_string())
}
