//! The rows of a table that a measure decides of or gives to, each compared once.

use std::collections::{BTreeMap, BTreeSet};

use super::subject::{Change, SubjectChange};
use crate::diag::Text;
use crate::model::Unit;
use crate::num::{Cents, Ratio};
use crate::outcome::{
    AllocationOutcome, BenefitOutcome, BenefitRow, DecisionOutcome, DecisionRow, Outcome, Verdict,
};
use crate::rules::{Measure, VerdictWords};

/// The subjects of a table in a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The measure.
    pub measure: String,
    /// What the measure is.
    pub title: Text,
    /// The table.
    pub table: String,
    /// What a reader calls the table.
    pub label: Text,
    /// What decisions give to its rows.
    pub benefits: Vec<Given>,
    /// What is decided of its rows.
    pub decisions: Vec<Decided>,
    /// Whether allocations split funds among its rows.
    pub splits: bool,
    /// Its rows, in their order.
    pub subjects: Vec<SubjectChange>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its name.
    pub id: String,
    /// What is decided.
    pub label: Text,
    /// The words for what is decided.
    pub words: VerdictWords,
}

/// What a decision gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The column.
    pub id: String,
    /// The decision.
    pub decision: String,
    /// What a reader calls the column.
    pub label: Text,
    /// What it counts.
    pub unit: Unit,
}

/// Gives the tables that a measure decides of or gives to, in the order in which they come out.
pub fn groups(measure: &Measure, before: &Outcome, after: &Outcome) -> Vec<Group> {
    let mut seen = BTreeSet::new();
    let tables = [before, after].into_iter().flat_map(|outcome| {
        let decided = outcome
            .decisions
            .iter()
            .map(|one| (&one.measure, &one.table));
        let split = outcome.allocations.iter();
        decided.chain(split.map(|one| (&one.measure, &one.table)))
    });
    let tables = tables.filter(|(of, table)| **of == measure.id && seen.insert((*table).clone()));
    tables
        .map(|(_, table)| {
            let side = |outcome| Side::of(outcome, measure, table);
            group(measure, table, &side(before), &side(after))
        })
        .collect()
}

/// What an outcome says of the rows of a table in a measure.
struct Side<'o> {
    decisions: Vec<&'o DecisionOutcome>,
    benefits: Vec<&'o BenefitOutcome>,
    splits: Vec<&'o AllocationOutcome>,
    /// What each row receives from allocations; none where a fund is not known.
    amounts: BTreeMap<&'o str, Option<Cents>>,
    /// Whether an allocation waits for facts: what it will give is not known.
    waits: bool,
}

impl<'o> Side<'o> {
    fn of(outcome: &'o Outcome, measure: &Measure, table: &str) -> Self {
        let mine = |of: &str, to: &str| of == measure.id && to == table;
        let splits: Vec<_> = outcome
            .allocations
            .iter()
            .filter(|one| mine(&one.measure, &one.table))
            .collect();
        let mut amounts = BTreeMap::new();
        for row in splits.iter().flat_map(|split| &split.rows) {
            let amount = row.amounts.as_ref().map(|amounts| amounts.amount);
            let sum = amounts.entry(row.key.as_str()).or_insert(Some(Cents::ZERO));
            *sum = sum
                .zip(amount)
                .and_then(|(sum, more)| sum.checked_add(more));
        }
        let waiting = outcome
            .withheld
            .iter()
            .filter(|one| one.measure == measure.id);
        let mut waiting = waiting.filter_map(|one| measure.allocation(&one.id));
        Self {
            decisions: (outcome.decisions.iter())
                .filter(|one| mine(&one.measure, &one.table))
                .collect(),
            benefits: (outcome.benefits.iter())
                .filter(|one| mine(&one.measure, &one.table))
                .collect(),
            splits,
            amounts,
            waits: waiting.any(|rule| rule.to == table),
        }
    }

    /// What allocations give to a row: nothing where it takes no part.
    fn split(&self, key: &str) -> Option<Ratio> {
        match self.amounts.get(key) {
            _ if self.waits => None,
            Some(amount) => amount.map(Cents::to_ratio),
            None => Some(Ratio::zero()),
        }
    }

    /// What the row at a place receives of each thing that decisions give.
    fn received(&self, at: usize) -> Vec<Option<Ratio>> {
        let rows = self.benefits.iter().map(|benefit| benefit.rows.get(at));
        rows.map(|row: Option<&BenefitRow>| row.and_then(|row| row.value.clone()))
            .collect()
    }

    fn verdicts(&self, at: usize) -> impl Iterator<Item = Verdict> {
        let rows = self.decisions.iter().map(move |one| one.rows.get(at));
        rows.map(|row: Option<&DecisionRow>| row.map_or(Verdict::Undetermined, |row| row.verdict))
    }

    /// How each row is known: its key, its name, for how many it stands.
    fn rows(&self) -> Vec<(&'o str, &'o str, i64)> {
        let shares = self.splits.iter().flat_map(|split| &split.rows);
        match self.decisions.first() {
            Some(decision) => {
                let many = shares.map(|row| (row.key.as_str(), row.subjects));
                let many: BTreeMap<&str, i64> = many.collect();
                let rows = decision.rows.iter().map(|row| {
                    let subjects = many.get(row.key.as_str()).copied();
                    (row.key.as_str(), row.name.as_str(), subjects.unwrap_or(1))
                });
                rows.collect()
            }
            None => shares
                .map(|row| (row.key.as_str(), row.name.as_str(), row.subjects))
                .collect(),
        }
    }
}

fn group(measure: &Measure, table: &str, before: &Side<'_>, after: &Side<'_>) -> Group {
    let benefits: Vec<Given> = after.benefits.iter().map(|one| given(one)).collect();
    let splits = !(before.splits.is_empty() && after.splits.is_empty());
    let label = measure.table(table).map(|declared| declared.label.clone());
    // Decisions are of every row of the table, in its order; those who share in funds are some.
    let mut rows = before.rows();
    if before.decisions.is_empty() {
        rows.extend(after.rows());
        let mut seen = BTreeSet::new();
        rows.retain(|(key, ..)| seen.insert(*key));
    }
    let subjects = rows
        .into_iter()
        .enumerate()
        .map(|(at, (key, name, subjects))| {
            let received = before.received(at).into_iter().zip(after.received(at));
            let received = received.map(|(before, after)| Change { before, after });
            let received: Vec<Change> = received.collect();
            let split = splits.then(|| Change {
                before: before.split(key),
                after: after.split(key),
            });
            SubjectChange {
                key: key.to_owned(),
                name: name.to_owned(),
                subjects,
                euro: in_euro(split, &benefits, &received),
                received,
                verdicts: before.verdicts(at).zip(after.verdicts(at)).collect(),
                counted: (benefits.iter().enumerate())
                    .filter(|(_, given)| given.unit != Unit::euro())
                    .map(|(place, _)| place)
                    .collect(),
            }
        });
    Group {
        measure: measure.id.clone(),
        title: measure.title.clone(),
        table: table.to_owned(),
        label: label.unwrap_or_else(|| Text::same(table)),
        subjects: subjects.collect(),
        decisions: (after.decisions.iter())
            .map(|one| Decided {
                id: one.id.clone(),
                label: one.label.clone(),
                words: one.words.clone(),
            })
            .collect(),
        benefits,
        splits,
    }
}

fn given(benefit: &BenefitOutcome) -> Given {
    Given {
        id: benefit.id.clone(),
        decision: benefit.decision.clone(),
        label: benefit.label.clone(),
        unit: benefit.unit.clone(),
    }
}

/// Adds up what is received in euro; none where nothing is.
fn in_euro(split: Option<Change>, benefits: &[Given], received: &[Change]) -> Option<Change> {
    let euro = benefits.iter().zip(received);
    let euro = euro.filter(|(given, _)| given.unit == Unit::euro());
    let mut all = split
        .into_iter()
        .chain(euro.map(|(_, change)| change.clone()));
    let first = all.next()?;
    let add = |one: Option<Ratio>, other: Option<Ratio>| Some(one? + other?);
    Some(all.fold(first, |sum, more| Change {
        before: add(sum.before, more.before),
        after: add(sum.after, more.after),
    }))
}
