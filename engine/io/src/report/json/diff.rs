//! What changes between two packs, as JSON.

use riparto_core::diag::Lang;
use riparto_core::diff::{
    AmountChange, AmountChanges, DeadlineChange, Differences, RuleChange, RulePart, TermChange,
};
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
        "amounts": found.amounts.as_ref().map(|found| match found {
            Ok(found) => amounts(found, lang),
            Err(unrun) => json!({
                "not_run": unrun.pack,
                "why": unrun.why.get(lang),
                "missing": unrun.missing.iter().map(|text| text.get(lang)).collect::<Vec<_>>(),
            }),
        }),
    })
}

fn amounts(found: &AmountChanges, lang: Lang) -> Value {
    let rows = found.rows.iter().map(|row| {
        let mut json = amount(&row.amount);
        if let Value::Object(json) = &mut json {
            json.insert("key".to_owned(), json!(row.key));
            json.insert("name".to_owned(), json!(row.name));
        }
        json
    });
    json!({
        "order": ["funds", "rules", "facts"],
        "total": amount(&found.total),
        "rows": rows.collect::<Vec<_>>(),
        "apart": found.apart,
        "unsplit": found.unsplit.as_ref().map(|why| why.get(lang)),
    })
}

fn amount(change: &AmountChange) -> Value {
    let difference = change.after.zip(change.before);
    json!({
        "before": change.before,
        "after": change.after,
        "change": difference.and_then(|(after, before)| after.checked_sub(before)),
        "funds": change.parts.map(|parts| parts.funds),
        "rules": change.parts.map(|parts| parts.rules),
        "facts": change.parts.map(|parts| parts.facts),
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
        "parts": rule.parts.iter().map(|one| part(one, lang)).collect::<Vec<_>>(),
    })
}

fn part(part: &RulePart, lang: Lang) -> Value {
    json!({
        "text": part.text.get(lang),
        "parts": part.parts.iter().map(|one| self::part(one, lang)).collect::<Vec<_>>(),
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
