//! One outcome against another: what each subject gains or loses, to the cent.

use std::collections::{BTreeMap, BTreeSet};

use super::judged::{JudgedChange, admitted_otherwise, judged};
use crate::num::Cents;
use crate::outcome::{AllocationOutcome, Outcome, SubjectTotal};

/// What changes from one outcome to another.
///
/// # Shape
/// Each row is in one of the four counts. What the winners gain, less what the losers lose, is the
/// change of what was distributed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// How many rows receive more; where nothing is split, how many come to be admitted.
    pub winners: usize,
    /// How many rows receive less; where nothing is split, how many cease to be admitted.
    pub losers: usize,
    /// How many rows receive the same.
    pub unchanged: usize,
    /// How many rows share in a fund that is not known, before or after.
    pub unknown: usize,
    /// What the winners gain in all.
    pub gained: Cents,
    /// What the losers lose in all: not below zero.
    pub lost: Cents,
    /// The row that gains most; the first of equals.
    pub largest_gain: Option<SubjectChange>,
    /// The row that loses most; the first of equals.
    pub largest_loss: Option<SubjectChange>,
    /// Each allocation of each fund, in the order of the plan.
    pub allocations: Vec<AllocationChange>,
    /// The decisions and the lists whose rows change.
    pub judged: Vec<JudgedChange>,
    /// Each subject, those of the first outcome in their order, then the others.
    pub rows: Vec<SubjectChange>,
}

/// What a subject receives before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectChange {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// For how many subjects it stands.
    pub subjects: i64,
    /// What it receives before: zero where it takes no part, none where a fund is not known.
    pub before: Option<Cents>,
    /// What it receives after, alike.
    pub after: Option<Cents>,
    /// The difference: below zero for a loss.
    pub change: Option<Cents>,
}

/// What an allocation of a fund gives out and keeps, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationChange {
    /// The measure.
    pub measure: String,
    /// The allocation.
    pub id: String,
    /// The fund.
    pub fund: String,
    /// What is distributed before and after, where the fund is known.
    pub distributed: (Option<Cents>, Option<Cents>),
    /// What is left before and after, where the fund is known.
    pub residue: (Option<Cents>, Option<Cents>),
}

/// Compares two outcomes of one pack.
pub fn compare(before: &Outcome, after: &Outcome) -> Comparison {
    let rows = rows(&before.totals, &after.totals);
    let changes = || rows.iter().filter_map(|row| row.change);
    let gains = || changes().filter(|change| *change > Cents::ZERO);
    let losses = || changes().filter(|change| *change < Cents::ZERO);
    // The first of equals: `max_by_key` gives the last, so it goes from the end.
    let largest = |sign: i128| {
        let backwards = rows.iter().rev();
        let largest = backwards.max_by_key(|row| size(row, sign));
        largest.filter(|row| size(row, sign) > 0).cloned()
    };
    let judged = judged(before, after);
    let (winners, losers, unchanged) = match rows.is_empty() {
        // Where no money moves, those win who come to be admitted.
        true => {
            let (winners, losers, all) = admitted_otherwise(after, &judged);
            (winners, losers, all - winners - losers)
        }
        false => (
            gains().count(),
            losses().count(),
            changes().filter(|change| *change == Cents::ZERO).count(),
        ),
    };
    Comparison {
        winners,
        losers,
        unchanged,
        unknown: rows.iter().filter(|row| row.change.is_none()).count(),
        gained: sum(gains(), 1),
        lost: sum(losses(), -1),
        largest_gain: largest(1),
        largest_loss: largest(-1),
        allocations: allocations(&before.allocations, &after.allocations),
        judged,
        rows,
    }
}

fn size(row: &SubjectChange, sign: i128) -> i128 {
    let count = row.change.map_or(0, Cents::count);
    count.saturating_mul(sign)
}

fn sum(changes: impl Iterator<Item = Cents>, sign: i128) -> Cents {
    let counts = changes.map(|change| change.count().saturating_mul(sign));
    Cents::new(counts.fold(0, i128::saturating_add))
}

fn rows(before: &[SubjectTotal], after: &[SubjectTotal]) -> Vec<SubjectChange> {
    let by_key = |totals| -> BTreeMap<&str, &SubjectTotal> {
        let totals: &[SubjectTotal] = totals;
        totals.iter().map(|t| (t.key.as_str(), t)).collect()
    };
    let (earlier, later) = (by_key(before), by_key(after));
    let mut seen = BTreeSet::new();
    let subjects = before.iter().chain(after);
    let subjects = subjects.filter(|subject| seen.insert(subject.key.as_str()));
    subjects
        .map(|subject| {
            // Who takes no part in a run receives nothing of it.
            let amount = |side: &BTreeMap<&str, &SubjectTotal>| {
                let total = side.get(subject.key.as_str());
                total.map_or(Some(Cents::ZERO), |total| total.amount)
            };
            let (before, after) = (amount(&earlier), amount(&later));
            let both = after.zip(before);
            SubjectChange {
                key: subject.key.clone(),
                name: subject.name.clone(),
                subjects: subject.subjects,
                before,
                after,
                change: both.and_then(|(after, before)| after.checked_sub(before)),
            }
        })
        .collect()
}

fn allocations(before: &[AllocationOutcome], after: &[AllocationOutcome]) -> Vec<AllocationChange> {
    let name =
        |split: &AllocationOutcome| (split.measure.clone(), split.id.clone(), split.fund.clone());
    let before = before.iter().map(|split| (name(split), split));
    let before: BTreeMap<_, _> = before.collect();
    let changes = after.iter().map(|split| {
        let earlier = before.get(&name(split)).and_then(|s| s.money.as_ref());
        let later = split.money.as_ref();
        let (measure, id, fund) = name(split);
        AllocationChange {
            measure,
            id,
            fund,
            distributed: (earlier.map(|m| m.distributed), later.map(|m| m.distributed)),
            residue: (earlier.map(|m| m.residue), later.map(|m| m.residue)),
        }
    });
    changes.collect()
}
