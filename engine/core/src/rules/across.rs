//! How a column is computed across rows: from those of another table, among those of its own.

use super::Typed;
pub use crate::pack::raw::{How, Order};

/// A column computed from the rows of another table that refer to each row.
#[derive(Debug)]
pub struct Rollup {
    /// The table whose rows are gathered.
    pub from: String,
    /// Its column that holds the key of the row it is gathered to.
    pub by: String,
    /// The table that is gathered to.
    pub to: String,
    /// What becomes of the rows gathered.
    pub how: How,
    /// What is read in each; none where they are counted.
    pub of: Option<Typed>,
    /// Which rows.
    pub filter: Option<Typed>,
}

/// The place of each row among those of its group: equal rows share it, and as many places after
/// it are nobody's.
#[derive(Debug)]
pub struct Rank {
    /// What rows are ordered by: a number or a day.
    pub by: Typed,
    /// The column or derived column that rows of one group have alike; none where all are one.
    pub within: Option<Typed>,
    /// Which rows take part; none where all do.
    pub filter: Option<Typed>,
    /// Who comes first.
    pub order: Order,
}
