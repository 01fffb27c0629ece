//! A simulation as JSON: the base, then each point of the grid.

use std::collections::BTreeMap;

use riparto_core::diag::{Diagnostic, Lang};
use riparto_core::outcome::Outcome;
use riparto_core::simulate::{AllocationChange, Comparison, JudgedChange, Point, SubjectChange};
use serde_json::{Map, Value, json};

use super::{diagnostic, total};

/// Gives a simulation; `warnings` are those of the base.
pub fn all(base: &Outcome, grid: &[Point], warnings: &[Diagnostic], lang: Lang) -> Value {
    json!({
        "pack": base.pack,
        "as_of": base.as_of.to_string(),
        "base": {
            "totals": base.totals.iter().map(total).collect::<Vec<_>>(),
            "allocations": base.allocations.iter().map(|split| json!({
                "measure": split.measure,
                "id": split.id,
                "fund": split.fund,
                "distributed": split.money.as_ref().map(|money| money.distributed),
                "residue": split.money.as_ref().map(|money| money.residue),
            })).collect::<Vec<_>>(),
        },
        "grid": grid.iter().map(|p| point(p, lang)).collect::<Vec<_>>(),
        "diagnostics": warnings.iter().map(|d| diagnostic(d, lang)).collect::<Vec<_>>(),
    })
}

/// A point that is refused has no counts and no rows.
fn point(point: &Point, lang: Lang) -> Value {
    let values: BTreeMap<&str, &str> = point
        .values
        .iter()
        .map(|(param, value)| (param.as_str(), value.as_str()))
        .collect();
    let ran = point.result.as_ref().ok();
    let refused = point.result.as_ref().err();
    let mut object = Map::from_iter([("values".to_owned(), json!(values))]);
    object.extend(counts(ran));
    let changes = ran.into_iter().flat_map(|ran| &ran.judged);
    object.insert(
        "judged".to_owned(),
        changes.map(|c| judged(c, lang)).collect(),
    );
    let refused = refused.into_iter().flatten();
    let refused = refused.map(|fault| diagnostic(fault, lang));
    object.insert("refused".to_owned(), refused.collect());
    let rows = ran.into_iter().flat_map(|ran| &ran.rows);
    object.insert("rows".to_owned(), rows.map(row).collect());
    Value::Object(object)
}

fn counts(ran: Option<&Comparison>) -> Map<String, Value> {
    let allocations = ran.into_iter().flat_map(|ran| &ran.allocations);
    let counts = [
        ("winners", json!(ran.map(|ran| ran.winners))),
        ("losers", json!(ran.map(|ran| ran.losers))),
        ("unchanged", json!(ran.map(|ran| ran.unchanged))),
        ("unknown", json!(ran.map(|ran| ran.unknown))),
        ("gained", json!(ran.map(|ran| ran.gained))),
        ("lost", json!(ran.map(|ran| ran.lost))),
        (
            "largest_gain",
            json!(ran.and_then(|ran| ran.largest_gain.as_ref().map(row))),
        ),
        (
            "largest_loss",
            json!(ran.and_then(|ran| ran.largest_loss.as_ref().map(row))),
        ),
        ("allocations", allocations.map(allocation).collect()),
    ];
    let counts = counts.into_iter();
    counts.map(|(key, value)| (key.to_owned(), value)).collect()
}

fn judged(change: &JudgedChange, lang: Lang) -> Value {
    json!({
        "measure": change.measure,
        "id": change.id,
        "label": change.label.get(lang),
        "rows": change.rows.iter().map(|row| json!({
            "key": row.key,
            "name": row.name,
            "before": row.before.as_ref().map(|said| said.get(lang)),
            "after": row.after.as_ref().map(|said| said.get(lang)),
            "outcome_before": row.outcomes.map(|(before, _)| before.as_str()),
            "outcome_after": row.outcomes.map(|(_, after)| after.as_str()),
        })).collect::<Vec<_>>(),
    })
}

fn row(row: &SubjectChange) -> Value {
    json!({
        "key": row.key,
        "name": row.name,
        "subjects": row.subjects,
        "before": row.before,
        "after": row.after,
        "change": row.change,
    })
}

fn allocation(change: &AllocationChange) -> Value {
    json!({
        "measure": change.measure,
        "id": change.id,
        "fund": change.fund,
        "distributed": change.distributed.1,
        "residue": change.residue.1,
    })
}
