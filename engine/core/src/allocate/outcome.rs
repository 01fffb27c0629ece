//! What each row gets, with the certificate that lets a reader redo the sum.

use crate::diag::Text;
use crate::num::Ratio;

use super::Ties;

/// The result of a split.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What each row gets, in the order of the problem.
    pub rows: Vec<Allotment>,
    /// How it adds up.
    pub certificate: Certificate,
}

/// What one row gets and why.
///
/// # Units
/// Euro, where it is money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allotment {
    /// The name of the row.
    pub key: String,
    /// The exact quota before bounds.
    pub quota: Ratio,
    /// The exact amount after bounds, before rounding.
    pub exact: Ratio,
    /// What it gets.
    pub amount: Ratio,
    /// The bound that it stands at, if any.
    pub held: Option<Held>,
    /// What `exact` has beyond a whole number of steps.
    pub remainder: Ratio,
    /// Whether one of the steps left over went to it.
    pub extra_step: bool,
    /// The place of its remainder, where steps were left over: one is the largest, equal
    /// remainders share a place.
    pub rank: Option<usize>,
}

/// The bound that a row stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Its minimum, of this name.
    Min(Text),
    /// Its maximum, of this name.
    Max(Text),
}

/// The figures that show where every cent went.
///
/// # Units
/// Euro, where it is money.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// The exact money that quotas were computed on.
    pub pot: Ratio,
    /// The money at hand.
    pub target: Ratio,
    /// The sums behind each criterion.
    pub criteria: Vec<CriterionSums>,
    /// By how much the quotas of the payers were multiplied so that the bounds hold. One where
    /// nothing was scaled; where a whole range would do, the number in it that is nearest to one.
    pub scale: Ratio,
    /// What one unit of weight is worth, where there is one criterion.
    pub unit_value: Option<UnitValue>,
    /// Who took the steps left over, in a split by largest remainder that left some.
    pub leftover: Option<Leftover>,
    /// The sum of the amounts.
    pub distributed: Ratio,
    /// `target − distributed`, plus what a reserve moved. Where the rows are a part of a larger
    /// whole it is that of the whole, or nothing when the method does not fix it.
    pub residue: Option<Ratio>,
    /// What was drawn from the reserve, where one pays.
    pub reserve: Option<Reserve>,
}

/// The sums behind a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionSums {
    /// What the weight is.
    pub label: Text,
    /// The part of the pot that follows it.
    pub share: Ratio,
    /// The sum of the weights listed.
    pub listed: Ratio,
    /// The weight of the whole: `listed`, unless the rows are a part of it.
    pub whole: Ratio,
    /// `pot × share / whole`, exactly.
    pub unit_value: Ratio,
}

/// What one unit of weight is worth to the rows that pay, after scaling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitValue {
    /// Exactly.
    pub exact: Ratio,
    /// As it was multiplied: rounded, where the method is the unit value.
    pub applied: Ratio,
}

/// The steps left over by rounding down, and who took them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// How many steps.
    pub steps: usize,
    /// The smallest remainder that was served.
    pub last_served: Standing,
    /// The largest remainder that was not, when someone was not.
    pub first_not_served: Option<Standing>,
    /// The tie that was settled, if there was one.
    pub settled: Option<Settled>,
}

/// A remainder and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Their names, in the order of the problem.
    pub keys: Vec<String>,
    /// The remainder, in euro.
    pub remainder: Ratio,
}

/// A tie for the last steps, and how it was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Who had the same remainder, in the order in which they were served.
    pub keys: Vec<String>,
    /// How many of them were served.
    pub steps: usize,
    /// The rule that chose.
    pub by: Ties,
}

/// What was drawn from a reserve; below zero, what went back to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// Exactly: the sum of the exact amounts less the pot.
    pub exact: Ratio,
    /// In whole steps, so that `target + amount` is what there was to distribute.
    pub amount: Ratio,
}
