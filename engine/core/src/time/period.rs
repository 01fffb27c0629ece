//! A stretch of days within which something falls.

use chrono::NaiveDate;

/// A stretch of days, both ends included: what is known of a day that no source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first day that it may be.
    pub earliest: NaiveDate,
    /// The last day that it may be.
    pub latest: NaiveDate,
}
