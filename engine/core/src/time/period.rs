//! A stretch of days within which something falls.

use chrono::NaiveDate;

use crate::diag::Text;
use crate::say;
use crate::terms::the_date;

/// A stretch of days, both ends included: what is known of a day that no source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first day that it may be; none of an upper limit, such as «entro marzo 2025».
    pub earliest: Option<NaiveDate>,
    /// The last day that it may be.
    pub latest: NaiveDate,
}

impl Period {
    /// Says between which days it is, or by which.
    pub fn said(&self) -> Text {
        let latest = the_date(self.latest);
        match self.earliest.map(the_date) {
            Some(earliest) => say!(
                "fra {earliest} e {latest}", "between {earliest} and {latest}";
                earliest = earliest, latest = latest
            ),
            None => say!("entro {latest}", "by {latest}"; latest = latest),
        }
    }
}
