//! What changes between two packs, as JSON.

use riparto_core::diag::Lang;
use riparto_core::diff::{DeadlineChange, Differences, RuleChange, TermChange};
use serde_json::{Value, json};

use super::deadlines::deadline;

/// Gives what changes: deadlines with both of their sides, terms with every day that moves, rules
/// with the acts of both sides.
pub fn all(found: &Differences, lang: Lang) -> Value {
    json!({
        "before": found.before,
        "after": found.after,
        "deadlines": found.deadlines.iter().map(|c| change(c, lang)).collect::<Vec<_>>(),
        "years_tried": found.years,
        "terms": found.terms.iter().map(|t| term(t, lang)).collect::<Vec<_>>(),
        "rules": found.rules.iter().map(|r| rule(r, lang)).collect::<Vec<_>>(),
    })
}

fn rule(rule: &RuleChange, lang: Lang) -> Value {
    json!({
        "measure": rule.measure,
        "block": rule.block,
        "id": rule.id,
        "change": rule.change.word(),
        "what": rule.what,
        "before": rule.before,
        "after": rule.after,
        "act_before": rule.act_before,
        "act_after": rule.act_after,
        "wording": rule.wording,
        "text": rule.text.get(lang),
    })
}

fn change(change: &DeadlineChange, lang: Lang) -> Value {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let named = after.or(before);
    json!({
        "measure": named.map(|deadline| &deadline.measure),
        "id": named.map(|deadline| &deadline.id),
        "change": match (before, after) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "moved",
        },
        "before": before.map(|d| deadline(d, lang)),
        "after": after.map(|d| deadline(d, lang)),
    })
}

fn term(term: &TermChange, lang: Lang) -> Value {
    json!({
        "measure": term.measure,
        "id": term.id,
        "label": term.label.get(lang),
        "tried": term.tried,
        "moves": term.moves.iter().map(|step| json!({
            "event": step.event.to_string(),
            "before": step.before.to_string(),
            "after": step.after.to_string(),
        })).collect::<Vec<_>>(),
    })
}
