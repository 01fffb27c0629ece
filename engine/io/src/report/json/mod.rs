//! An outcome as JSON: amounts as text with two decimals, fractions as `n/d`, dates as ISO 8601.

mod actions;
pub mod benefits;
pub mod deadlines;
mod decisions;
pub mod diff;
mod documents;
pub mod registers;
pub mod simulate;
pub mod states;

use std::collections::BTreeMap;

use riparto_core::allocate::{Certificate, Held, Leftover, Method, Standing};
use riparto_core::diag::{Diagnostic, Lang};
use riparto_core::model::Dataset;
use riparto_core::outcome::{
    AllocationOutcome, Alternative, Money, Outcome, RowAmounts, RowOutcome, SubjectTotal,
};
use riparto_core::rules::Pack;
use serde_json::{Value, json};

use crate::facts::{DecimalMark, Dialect};
use crate::receipt::Receipt;

/// Gives an outcome as JSON, without its receipt.
pub fn outcome(outcome: &Outcome, warnings: &[Diagnostic], lang: Lang) -> Value {
    json!({
        "pack": outcome.pack,
        "as_of": outcome.as_of.to_string(),
        "allocations": outcome.allocations.iter().map(|a| allocation(a, lang)).collect::<Vec<_>>(),
        "decisions": outcome.decisions.iter().map(|d| decisions::decision(d, lang)).collect::<Vec<_>>(),
        "deadlines": deadlines::each(&outcome.deadlines, lang),
        "states": states::each(&outcome.states, lang),
        "documents": documents::each(&outcome.documents, lang),
        "actions": actions::each(outcome, lang),
        "registers": outcome.registers.iter().map(|r| registers::register(r, lang)).collect::<Vec<_>>(),
        "withheld": outcome.withheld.iter().map(|withheld| json!({
            "id": withheld.id,
            "measure": withheld.measure,
            "label": withheld.label.get(lang),
            "act": withheld.act,
            "awaits": withheld.awaits.iter().map(|one| one.text.get(lang)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "checks": outcome.checks.iter().map(|check| json!({
            "id": check.id,
            "measure": check.measure,
            "label": check.label.get(lang),
            "act": check.act,
            "judged": check.judged,
        })).collect::<Vec<_>>(),
        "totals": outcome.totals.iter().map(total).collect::<Vec<_>>(),
        "diagnostics": warnings.iter().map(|d| diagnostic(d, lang)).collect::<Vec<_>>(),
        "benefits": outcome.benefits.iter().map(|b| benefits::benefit(b, lang)).collect::<Vec<_>>(),
    })
}

/// Gives how each table of facts was read: its rows, its separators; of a foreign file its importer.
pub fn facts(pack: &Pack, data: &Dataset, dialects: &BTreeMap<String, Dialect>) -> Value {
    let declared = pack.tables();
    let import = |table: &str| {
        let mut declared = declared.iter();
        let declared = declared.find(|one| one.name == table)?;
        declared.import.as_ref()
    };
    let tables = data.tables.iter().map(|(table, read)| {
        let dialect = dialects.get(table);
        match import(table).filter(|_| dialect.is_none()) {
            Some(import) => json!({
                "table": table,
                "rows": read.len(),
                "importer": import.name(),
            }),
            None => json!({
                "table": table,
                "rows": read.len(),
                "separator": dialect.map(|dialect| dialect.separator.char()),
                "decimal_mark": dialect.and_then(|dialect| dialect.decimal_mark).map(DecimalMark::char),
                "bom": dialect.map(|dialect| dialect.bom),
            }),
        }
    });
    tables.collect()
}

/// Adds how facts were read to an outcome.
pub fn with_facts(mut outcome: Value, facts: Value) -> Value {
    if let Some(object) = outcome.as_object_mut() {
        object.insert("facts".to_owned(), facts);
    }
    outcome
}

/// Adds to an outcome what no source says as it stands.
pub fn with_assumptions(mut outcome: Value, pack: &Pack, lang: Lang) -> Value {
    let assumptions = pack.assumptions().into_iter().map(|one| {
        json!({
            "id": one.id,
            "kind": one.kind,
            "measure": one.measure,
            "label": one.label.get(lang),
            "act": one.act,
            "note": one.note,
        })
    });
    if let Some(object) = outcome.as_object_mut() {
        object.insert("assumptions".to_owned(), assumptions.collect());
    }
    outcome
}

/// Adds a receipt to an outcome.
pub fn with_receipt(mut outcome: Value, receipt: &Receipt) -> Value {
    if let Some(object) = outcome.as_object_mut() {
        object.insert("receipt".to_owned(), json!(receipt));
    }
    outcome
}

/// Gives a diagnostic as JSON.
pub fn diagnostic(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let place = diagnostic.place.as_ref();
    json!({
        "code": diagnostic.code.as_str(),
        "severity": diagnostic.severity,
        "message": diagnostic.message.get(lang),
        "file": place.map(|place| &place.file),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "help": diagnostic.help.as_ref().map(|help| help.get(lang)),
        "act": diagnostic.act,
    })
}

fn allocation(split: &AllocationOutcome, lang: Lang) -> Value {
    let money = split.money.as_ref();
    json!({
        "id": split.id,
        "measure": split.measure,
        "fund": split.fund,
        "amount": money.map(|m| m.amount),
        "distributed": money.map(|m| m.distributed),
        "residue": money.map(|m| m.residue),
        "method": split.method,
        "step": split.step.format(split.step.size()),
        "round": split.rounding,
        "unit_value": money.and_then(|m| m.certificate.unit_value.as_ref()).map(|u| &u.applied),
        "rows": split.rows.iter().map(|r| row(r, lang)).collect::<Vec<_>>(),
        "certificate": money.map(|m| certificate(split, m, lang)),
        "alternative": money.and_then(|m| m.alternative.as_ref()).map(|a| alternative(split, a)),
    })
}

fn row(row: &RowOutcome, lang: Lang) -> Value {
    let amounts = row.amounts.as_ref();
    json!({
        "key": row.key,
        "name": row.name,
        "subjects": row.subjects,
        "weights": row.weights,
        "fraction": row.fraction,
        "exact": amounts.map(|a| &a.exact),
        "amount": amounts.map(|a| a.amount),
        "extra_step": amounts.map(|a| a.extra_step),
        "rank": amounts.and_then(|a| a.rank),
        "held": amounts.and_then(|a| held(a, lang)),
    })
}

fn held(amounts: &RowAmounts, lang: Lang) -> Option<Value> {
    let (side, label) = match amounts.held.as_ref()? {
        Held::Min(label) => ("min", label),
        Held::Max(label) => ("max", label),
    };
    Some(json!({ "side": side, "label": label.get(lang) }))
}

fn certificate(split: &AllocationOutcome, money: &Money, lang: Lang) -> Value {
    let Certificate {
        unit_value,
        leftover,
        scale,
        reserve,
        criteria,
        ..
    } = &money.certificate;
    json!({
        "fund": money.fund,
        "pot": money.pot,
        "amount": money.amount,
        "total_weights": split.total_weights,
        "criteria": criteria.iter().map(|c| json!({
            "label": c.label.get(lang),
            "share": c.share,
            "total_weight": c.whole,
            "unit_value": c.unit_value,
        })).collect::<Vec<_>>(),
        "unit_value": unit_value.as_ref().map(|u| &u.exact),
        "unit_value_applied": unit_value.as_ref().map(|u| &u.applied),
        "scale": scale,
        "steps_left": leftover.as_ref().map_or(0, |leftover| leftover.steps),
        "leftover": leftover.as_ref().map(leftover_json),
        "reserve": reserve.as_ref().map(|reserve| &reserve.exact),
        "distributed": money.distributed,
        "residue": money.residue,
        "residue_to": money.residue_to,
    })
}

fn leftover_json(leftover: &Leftover) -> Value {
    let standing =
        |standing: &Standing| json!({ "keys": standing.keys, "remainder": standing.remainder });
    json!({
        "last_served": standing(&leftover.last_served),
        "first_not_served": leftover.first_not_served.as_ref().map(standing),
        "tie": leftover.settled.as_ref().map(|tie| json!({
            "keys": tie.keys,
            "steps": tie.steps,
            "by": tie.by,
        })),
    })
}

fn alternative(split: &AllocationOutcome, alternative: &Alternative) -> Value {
    let rows = split.rows.iter().zip(&alternative.amounts);
    json!({
        "method": Method::LargestRemainder,
        "residue": alternative.residue,
        "tie": alternative.tie.as_ref().map(|tie| json!({ "keys": tie.keys, "steps": tie.steps })),
        "rows": rows.map(|(row, amount)| json!({
            "key": row.key,
            "amount": amount,
        })).collect::<Vec<_>>(),
    })
}

fn total(total: &SubjectTotal) -> Value {
    json!({
        "key": total.key,
        "name": total.name,
        "subjects": total.subjects,
        "amount": total.amount,
    })
}

/// Writes JSON as it is published: indented, with a final newline.
pub fn text(value: &Value) -> String {
    // INVARIANT: a JSON value made of texts and numbers always has a text.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
