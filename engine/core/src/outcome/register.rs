//! A list of rows for another office, as it came out.

use crate::diag::Text;

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
    /// The rows, in the order of the table; a cell is none where its datum is missing.
    pub rows: Vec<Vec<Option<Told>>>,
    /// Rows of which it cannot be said whether they belong to it, with what is missing.
    pub open: Vec<(String, Text)>,
}

/// A value as programs and as readers are told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// For another program to read: no unit, no grouping of digits.
    pub plain: Text,
    /// As a reader is told it.
    pub shown: Text,
}
