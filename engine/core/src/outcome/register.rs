//! A list of rows for another office, as it came out.

use crate::diag::Text;
use crate::rules::Scalar;

/// A list of rows for another office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterOutcome {
    /// Its name.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// What it is.
    pub label: Text,
    /// The act behind it.
    pub act: Option<String>,
    /// Its columns: how the pack writes each, and what a reader calls it.
    pub columns: Vec<(String, Text)>,
    /// The file that its table was read from.
    pub file: String,
    /// The rows, in the order of the table; a cell is none where its datum is missing.
    pub rows: Vec<Vec<Option<Told>>>,
    /// The line of the file that each row was read from.
    pub lines: Vec<usize>,
    /// Rows of which it cannot be said whether they belong to it, with what is missing.
    pub open: Vec<(String, Text)>,
}

/// A value as programs and as readers are told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is; where it is hidden, what is left of it.
    pub value: Scalar,
    /// For another program to read: no unit, no grouping of digits.
    pub plain: Text,
    /// As a reader is told it.
    pub shown: Text,
}
