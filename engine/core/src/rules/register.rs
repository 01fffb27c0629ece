//! Lists of rows that a pack gives out for other offices.

use super::{Source, Typed};
use crate::diag::{Place, Text};

/// A list of rows for another office.
#[derive(Debug)]
pub struct Register {
    /// Its name.
    pub id: String,
    /// What it is.
    pub label: Text,
    /// The table whose rows it lists.
    pub table: String,
    /// Which rows.
    pub filter: Option<Typed>,
    /// What it says of each.
    pub columns: Vec<Typed>,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}
