//! What one subject receives before and after, and whether that makes it win or lose.

use std::cmp::Ordering;

use crate::num::Ratio;
use crate::outcome::Verdict;

/// A subject before and after: a row of a table in a measure, counted once whatever is decided of
/// it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectChange {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// For how many subjects it stands.
    pub subjects: i64,
    /// What it receives in euro from allocations and decisions; none where its table receives no
    /// euro.
    pub euro: Option<Change>,
    /// What each decision gives it, in the order of [`super::Group::benefits`].
    pub received: Vec<Change>,
    /// What each decision says of it, in the order of [`super::Group::decisions`].
    pub verdicts: Vec<(Verdict, Verdict)>,
    /// The places in `received` of what is no euro.
    pub(super) counted: Vec<usize>,
}

/// A quantity before and after: zero for who takes no part, none where it cannot be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Before.
    pub before: Option<Ratio>,
    /// After.
    pub after: Option<Ratio>,
}

/// What a change is for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It receives more; where it receives the same, it comes to be admitted.
    Wins,
    /// It receives less; where it receives the same, it ceases to be admitted.
    Loses,
    /// More of one thing and less of another.
    Mixed,
    /// Nothing changes.
    Same,
    /// What it receives cannot be said, before or after.
    Unknown,
}

impl Change {
    /// Gives the difference, below zero for a loss; none where a side is not known.
    pub fn difference(&self) -> Option<Ratio> {
        let (after, before) = self.after.as_ref().zip(self.before.as_ref())?;
        Some(after - before)
    }

    /// Tells whether it is not the same before and after.
    pub fn moves(&self) -> bool {
        self.before != self.after
    }
}

impl SubjectChange {
    /// Gives the difference in euro; none where it cannot be said, or no euro are received.
    pub fn euro_change(&self) -> Option<Ratio> {
        self.euro.as_ref().and_then(Change::difference)
    }

    /// Tells whether what it receives or what is decided of it changes.
    pub fn is_changed(&self) -> bool {
        let euro = self.euro.as_ref();
        euro.is_some_and(Change::moves) || self.is_decided_otherwise()
    }

    /// Tells whether decisions give it or say of it something else.
    pub fn is_decided_otherwise(&self) -> bool {
        self.received.iter().any(Change::moves)
            || self.verdicts.iter().any(|(before, after)| before != after)
    }

    /// Judges the change: what it receives counts first, admission where that does not move.
    pub fn effect(&self) -> Effect {
        let counted = self.counted.iter().filter_map(|at| self.received.get(*at));
        let amounts: Vec<Option<Ratio>> = self
            .euro
            .iter()
            .chain(counted)
            .map(Change::difference)
            .collect();
        let zero = Ratio::zero();
        let moves: Vec<Ordering> = amounts.iter().flatten().map(|by| by.cmp(&zero)).collect();
        let still = moves.iter().all(|by| by.is_eq());
        let moves = match still {
            true => self.admissions(),
            false => moves,
        };
        let any = |wanted| moves.contains(&wanted);
        match (any(Ordering::Greater), any(Ordering::Less)) {
            (true, true) => Effect::Mixed,
            (true, false) => Effect::Wins,
            (false, true) => Effect::Loses,
            (false, false) if amounts.iter().any(Option::is_none) => Effect::Unknown,
            (false, false) => Effect::Same,
        }
    }

    fn admissions(&self) -> Vec<Ordering> {
        let admitted = |verdict: Verdict| verdict == Verdict::Eligible;
        let verdicts = self.verdicts.iter();
        verdicts
            .map(|(before, after)| admitted(*after).cmp(&admitted(*before)))
            .collect()
    }
}

impl Effect {
    /// Gives the word of the JSON answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wins => "wins",
            Self::Loses => "loses",
            Self::Mixed => "mixed",
            Self::Same => "unchanged",
            Self::Unknown => "unknown",
        }
    }
}
