//! How a column is computed across rows: from the rows of another table.

use super::Typed;
pub use crate::pack::raw::How;

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
