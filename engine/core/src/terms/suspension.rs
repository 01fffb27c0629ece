//! The days of each year on which the terms of courts stand still.

use chrono::{Datelike, NaiveDate};

use super::TermFault;
use super::calendar::covered;

/// One suspension: its first and last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// The law behind it, as a reader cites it.
    pub act: String,
}

impl Span {
    /// Gives how many days it lasts.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days() + 1
    }

    /// Tells whether a day is one of its days.
    pub fn holds(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }
}

/// The suspension in force in each year.
#[derive(Debug, Clone)]
pub struct Suspensions {
    pub(super) covers: (i32, i32),
    pub(super) periods: Vec<Period>,
}

/// The same days over some years.
#[derive(Debug, Clone)]
pub(super) struct Period {
    pub years: (i32, i32),
    pub start: (u32, u32),
    pub end: (u32, u32),
    pub act: String,
}

impl Suspensions {
    /// Gives the suspension of a year, if there is one.
    ///
    /// # Errors
    /// A year that the table does not cover → [`TermFault::NotCovered`].
    pub fn of(&self, year: i32) -> Result<Option<Span>, TermFault> {
        covered(self.covers, year)?;
        let in_force = |period: &&Period| period.years.0 <= year && year <= period.years.1;
        let Some(period) = self.periods.iter().find(in_force) else {
            return Ok(None);
        };
        let day = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
        let (Some(start), Some(end)) = (day(period.start), day(period.end)) else {
            return Ok(None);
        };
        let act = period.act.clone();
        Ok(Some(Span { start, end, act }))
    }

    /// Gives the suspension that a day falls in, if it falls in one.
    ///
    /// # Errors
    /// A year that the table does not cover → [`TermFault::NotCovered`].
    pub fn around(&self, date: NaiveDate) -> Result<Option<Span>, TermFault> {
        Ok(self.of(date.year())?.filter(|span| span.holds(date)))
    }
}
