//! One outcome against another: who wins and who loses, subject by subject.

use super::group::{Group, groups};
use super::judged::{JudgedChange, judged};
use super::subject::{Change, Effect, SubjectChange};
use crate::num::{Cents, Ratio};
use crate::outcome::{AllocationOutcome, Outcome};
use crate::rules::Measure;

/// What changes from one outcome to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The tables that the measures concerned decide of or give to, measure by measure.
    pub groups: Vec<Group>,
    /// Each allocation of each fund, in the order of the plan.
    pub allocations: Vec<AllocationChange>,
    /// The decisions and the lists whose rows change.
    pub judged: Vec<JudgedChange>,
}

/// How many subjects gain and lose, and how much in euro.
///
/// # Shape
/// Each subject is in one of the five counts. What the winners gain, less what the losers lose, is
/// the change of what was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How many receive more or, with no change in what they receive, come to be admitted.
    pub winners: usize,
    /// How many receive less or, with no change in what they receive, cease to be admitted.
    pub losers: usize,
    /// How many receive more of one thing and less of another.
    pub mixed: usize,
    /// How many receive the same, and are admitted as before.
    pub unchanged: usize,
    /// Of how many it cannot be said what they receive, before or after.
    pub unknown: usize,
    /// What is gained in euro.
    pub gained: Ratio,
    /// What is lost in euro: not below zero.
    pub lost: Ratio,
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
    /// The table whose rows receive.
    pub table: String,
    /// What is distributed before and after, where the fund is known.
    pub distributed: (Option<Cents>, Option<Cents>),
    /// What is left before and after, where the fund is known.
    pub residue: (Option<Cents>, Option<Cents>),
}

impl Comparison {
    /// Gives every subject with its table.
    pub fn subjects(&self) -> impl Iterator<Item = (&Group, &SubjectChange)> {
        let groups = self.groups.iter();
        groups.flat_map(|group| group.subjects.iter().map(move |subject| (group, subject)))
    }

    /// Counts all subjects, whatever their table.
    pub fn tally(&self) -> Tally {
        Tally::of(self.subjects().map(|(_, subject)| subject))
    }

    /// Gives the subject that gains most in euro, with its table; the first of equals.
    pub fn largest_gain(&self) -> Option<(&Group, &SubjectChange)> {
        largest(self.subjects(), |change| change.clone())
    }

    /// Gives the subject that loses most in euro, with its table; the first of equals.
    pub fn largest_loss(&self) -> Option<(&Group, &SubjectChange)> {
        largest(self.subjects(), |change| -change.clone())
    }
}

impl Group {
    /// Counts its subjects.
    pub fn tally(&self) -> Tally {
        Tally::of(self.subjects.iter())
    }

    /// Gives the subject that gains most in euro; the first of equals.
    pub fn largest_gain(&self) -> Option<&SubjectChange> {
        let mine = self.subjects.iter().map(|subject| (self, subject));
        largest(mine, |change| change.clone()).map(|(_, subject)| subject)
    }

    /// Gives the subject that loses most in euro; the first of equals.
    pub fn largest_loss(&self) -> Option<&SubjectChange> {
        let mine = self.subjects.iter().map(|subject| (self, subject));
        largest(mine, |change| -change.clone()).map(|(_, subject)| subject)
    }

    /// Gives how much is gained and lost of the thing at a place of its benefits.
    pub fn moved(&self, at: usize) -> (Ratio, Ratio) {
        let changes = self.subjects.iter().filter_map(|one| one.received.get(at));
        let changes = changes.filter_map(Change::difference);
        changes.fold(
            (Ratio::zero(), Ratio::zero()),
            |(gained, lost), by| match by.is_negative() {
                true => (gained, lost - by),
                false => (gained + by, lost),
            },
        )
    }
}

impl Tally {
    fn of<'s>(subjects: impl Iterator<Item = &'s SubjectChange>) -> Self {
        let mut tally = Self {
            winners: 0,
            losers: 0,
            mixed: 0,
            unchanged: 0,
            unknown: 0,
            gained: Ratio::zero(),
            lost: Ratio::zero(),
        };
        for subject in subjects {
            let count = match subject.effect() {
                Effect::Wins => &mut tally.winners,
                Effect::Loses => &mut tally.losers,
                Effect::Mixed => &mut tally.mixed,
                Effect::Same => &mut tally.unchanged,
                Effect::Unknown => &mut tally.unknown,
            };
            *count = count.saturating_add(1);
            match subject.euro_change() {
                Some(change) if change.is_negative() => tally.lost = &tally.lost - &change,
                Some(change) => tally.gained = &tally.gained + &change,
                None => {}
            }
        }
        tally
    }
}

fn largest<'s>(
    subjects: impl Iterator<Item = (&'s Group, &'s SubjectChange)>,
    size: impl Fn(&Ratio) -> Ratio,
) -> Option<(&'s Group, &'s SubjectChange)> {
    let mut most = Ratio::zero();
    let mut found = None;
    for (group, subject) in subjects {
        let size = subject.euro_change().map(|change| size(&change));
        if let Some(size) = size.filter(|size| *size > most) {
            (most, found) = (size, Some((group, subject)));
        }
    }
    found
}

/// Compares two outcomes of one pack: subjects are those of `measures`, which the parameters that
/// move can change.
pub fn compare(measures: &[&Measure], before: &Outcome, after: &Outcome) -> Comparison {
    Comparison {
        groups: measures
            .iter()
            .flat_map(|measure| groups(measure, before, after))
            .collect(),
        allocations: allocations(&before.allocations, &after.allocations),
        judged: judged(before, after),
    }
}

fn allocations(before: &[AllocationOutcome], after: &[AllocationOutcome]) -> Vec<AllocationChange> {
    let changes = after.iter().map(|split| {
        let earlier = before.iter().find(|earlier| {
            (&earlier.measure, &earlier.id, &earlier.fund)
                == (&split.measure, &split.id, &split.fund)
        });
        let earlier = earlier.and_then(|split| split.money.as_ref());
        let later = split.money.as_ref();
        AllocationChange {
            measure: split.measure.clone(),
            id: split.id.clone(),
            fund: split.fund.clone(),
            table: split.table.clone(),
            distributed: (earlier.map(|m| m.distributed), later.map(|m| m.distributed)),
            residue: (earlier.map(|m| m.residue), later.map(|m| m.residue)),
        }
    });
    changes.collect()
}
