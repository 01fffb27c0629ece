//! Decisions as JSON: each row with its outcome, the reasons in its way, and all that was found.

use riparto_core::diag::Lang;
use riparto_core::outcome::{DecisionOutcome, DecisionRow, Finding};
use serde_json::{Value, json};

/// Gives a decision.
pub fn decision(decision: &DecisionOutcome, lang: Lang) -> Value {
    json!({
        "id": decision.id,
        "measure": decision.measure,
        "label": decision.label.get(lang),
        "table": decision.table,
        "act": decision.act,
        "rows": decision.rows.iter().map(|r| row(r, lang)).collect::<Vec<_>>(),
    })
}

fn row(row: &DecisionRow, lang: Lang) -> Value {
    json!({
        "key": row.key,
        "name": row.name,
        "outcome": row.verdict.as_str(),
        "reasons": row.reasons().map(|f| finding(f, lang)).collect::<Vec<_>>(),
        "findings": row.findings.iter().map(|f| finding(f, lang)).collect::<Vec<_>>(),
    })
}

/// Gives what was found of a condition.
pub fn finding(finding: &Finding, lang: Lang) -> Value {
    json!({
        "condition": finding.condition,
        "text": finding.text.get(lang),
        "act": finding.act,
        "standing": finding.standing.as_str(),
        "needed": finding.needed,
        "needed_words": finding.needed_words.as_ref().map(|words| words.get(lang)),
        "values": finding.values.iter().map(|(name, value)| json!({
            "name": name.get(lang),
            "value": value.as_ref().map(|value| value.get(lang)),
        })).collect::<Vec<_>>(),
        "assumption": finding.assumption,
        "note": finding.note,
    })
}
