//! Decisions: conditions that rows must meet, and the derogations that lift them.

use super::{Source, Typed};
use crate::diag::{Place, Text};
use crate::model::Unit;

/// A decision on every row of a table.
#[derive(Debug)]
pub struct Eligibility {
    /// Its name.
    pub id: String,
    /// What is decided.
    pub label: Text,
    /// The table whose rows are judged.
    pub table: String,
    /// The words for what is decided.
    pub words: VerdictWords,
    /// What must hold, in the order written.
    pub conditions: Vec<Condition>,
    /// What a row receives that is admitted, in the order written.
    pub gives: Vec<Given>,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}

/// The words for what is decided of a row, where it is no admission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerdictWords {
    /// For a row that meets every condition.
    pub yes: Option<Text>,
    /// For one that fails one.
    pub no: Option<Text>,
}

/// What must hold for a row.
#[derive(Debug)]
pub struct Condition {
    /// Its name.
    pub id: String,
    /// What it requires.
    pub label: Text,
    /// The formula.
    pub that: Typed,
    /// The derogations that lift it.
    pub exceptions: Vec<Exception>,
    /// Where it comes from.
    pub source: Source,
    /// Where the formula stands.
    pub place: Place,
}

/// A column of the table that a row receives where it is admitted.
#[derive(Debug)]
pub struct Given {
    /// The column.
    pub value: Typed,
    /// What it counts: never a pure number.
    pub unit: Unit,
    /// Where the decision names it.
    pub place: Place,
}

/// A derogation that lifts a condition where it holds.
#[derive(Debug, Clone)]
pub struct Exception {
    /// Its name.
    pub id: String,
    /// What it allows.
    pub label: Text,
    /// For which rows it holds.
    pub when: Typed,
    /// Where it comes from.
    pub source: Source,
    /// Where the formula stands.
    pub place: Place,
}
