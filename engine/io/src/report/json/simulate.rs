//! A simulation as JSON: the base, then each point of the grid.

use std::collections::BTreeMap;

use riparto_core::diag::{Diagnostic, Lang};
use riparto_core::model::Unit;
use riparto_core::num::Ratio;
use riparto_core::outcome::Outcome;
use riparto_core::simulate::{
    AllocationChange, Change, Comparison, Given, Group, JudgedChange, Point, SubjectChange, Tally,
};
use serde_json::{Map, Value, json};

use super::benefits::{benefit, value};
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
            "benefits": base.benefits.iter().map(|b| benefit(b, lang)).collect::<Vec<_>>(),
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
    let subjects = || ran.into_iter().flat_map(Comparison::subjects);
    let rows = subjects().filter(|(_, subject)| subject.euro.is_some());
    object.insert("rows".to_owned(), rows.map(row).collect());
    object.insert("mixed".to_owned(), json!(ran.map(|ran| ran.tally().mixed)));
    let groups = ran.into_iter().flat_map(|ran| &ran.groups);
    object.insert("measures".to_owned(), measures(groups, lang));
    let changed = subjects().filter(|(_, subject)| subject.is_changed());
    object.insert("subjects".to_owned(), changed.map(subject).collect());
    Value::Object(object)
}

fn counts(ran: Option<&Comparison>) -> Map<String, Value> {
    let allocations = ran.into_iter().flat_map(|ran| &ran.allocations);
    let tally = ran.map(Comparison::tally);
    let tally = tally.as_ref();
    let counts = [
        ("winners", json!(tally.map(|all| all.winners))),
        ("losers", json!(tally.map(|all| all.losers))),
        ("unchanged", json!(tally.map(|all| all.unchanged))),
        ("unknown", json!(tally.map(|all| all.unknown))),
        ("gained", json!(tally.map(|all| euro(&all.gained)))),
        ("lost", json!(tally.map(|all| euro(&all.lost)))),
        (
            "largest_gain",
            json!(ran.and_then(Comparison::largest_gain).map(row)),
        ),
        (
            "largest_loss",
            json!(ran.and_then(Comparison::largest_loss).map(row)),
        ),
        ("allocations", allocations.map(allocation).collect()),
    ];
    let counts = counts.into_iter();
    counts.map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The measures that the parameters can change, in their order, each with its tables.
fn measures<'g>(groups: impl Iterator<Item = &'g Group>, lang: Lang) -> Value {
    let mut measures: Vec<(&str, Vec<&Group>)> = Vec::new();
    for group in groups {
        match measures.last_mut() {
            Some((id, tables)) if *id == group.measure => tables.push(group),
            _ => measures.push((&group.measure, vec![group])),
        }
    }
    let each = measures.into_iter().map(|(id, tables)| {
        let all = tables.iter().map(|group| group.tally());
        let mut object = tallied(&all.collect::<Vec<_>>());
        object.insert("measure".to_owned(), json!(id));
        let tables = tables.into_iter().map(|group| table(group, lang));
        object.insert("tables".to_owned(), tables.collect());
        Value::Object(object)
    });
    each.collect()
}

fn table(group: &Group, lang: Lang) -> Value {
    let mut object = tallied(&[group.tally()]);
    object.insert("table".to_owned(), json!(group.table));
    object.insert("label".to_owned(), json!(group.label.get(lang)));
    let benefits = group.benefits.iter().enumerate().map(|(at, given)| {
        let (gained, lost) = group.moved(at);
        json!({
            "id": given.id,
            "decision": given.decision,
            "label": given.label.get(lang),
            "unit": given.unit.to_string(),
            "gained": value(&gained, &given.unit),
            "lost": value(&lost, &given.unit),
        })
    });
    object.insert("benefits".to_owned(), benefits.collect());
    Value::Object(object)
}

fn tallied(all: &[Tally]) -> Map<String, Value> {
    let count = |of: fn(&Tally) -> usize| json!(all.iter().map(of).sum::<usize>());
    let sum = |of: fn(&Tally) -> &Ratio| json!(euro(&all.iter().map(of).sum()));
    let counts = [
        ("winners", count(|one| one.winners)),
        ("losers", count(|one| one.losers)),
        ("mixed", count(|one| one.mixed)),
        ("unchanged", count(|one| one.unchanged)),
        ("unknown", count(|one| one.unknown)),
        ("gained", sum(|one| &one.gained)),
        ("lost", sum(|one| &one.lost)),
    ];
    let counts = counts.into_iter();
    counts.map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A subject that changes: what each decision gives it and says of it, where that changes.
fn subject((group, subject): (&Group, &SubjectChange)) -> Value {
    let received = group.benefits.iter().zip(&subject.received);
    let received = received.filter(|(_, change)| change.moves());
    let decided = group.decisions.iter().zip(&subject.verdicts);
    let decided = decided.filter(|(_, (before, after))| before != after);
    json!({
        "measure": group.measure,
        "table": group.table,
        "key": subject.key,
        "name": subject.name,
        "effect": subject.effect().as_str(),
        "benefits": received.map(|(given, change)| given_change(given, change)).collect::<Vec<_>>(),
        "decisions": decided.map(|(decision, (before, after))| json!({
            "id": decision.id,
            "before": before.as_str(),
            "after": after.as_str(),
        })).collect::<Vec<_>>(),
    })
}

fn given_change(given: &Given, change: &Change) -> Value {
    let said = |number: &Ratio| value(number, &given.unit);
    json!({
        "id": given.id,
        "decision": given.decision,
        "unit": given.unit.to_string(),
        "before": change.before.as_ref().map(said),
        "after": change.after.as_ref().map(said),
        "change": change.difference().as_ref().map(said),
    })
}

fn euro(number: &Ratio) -> String {
    value(number, &Unit::euro())
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

/// What a subject receives in euro.
fn row((group, subject): (&Group, &SubjectChange)) -> Value {
    let change = subject.euro.as_ref();
    json!({
        "key": subject.key,
        "name": subject.name,
        "subjects": subject.subjects,
        "before": change.and_then(|change| change.before.as_ref()).map(euro),
        "after": change.and_then(|change| change.after.as_ref()).map(euro),
        "change": subject.euro_change().as_ref().map(euro),
        "measure": group.measure,
        "table": group.table,
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
