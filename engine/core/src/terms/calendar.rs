//! Which days are holidays, where, and by which law.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::TermFault;
use super::easter::easter;
use crate::diag::Text;

/// A holiday on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: Text,
    /// The law that makes it one, as a reader cites it.
    pub act: String,
}

/// The holidays of every year that the law is known for.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The first and the last year.
    pub covers: (i32, i32),
    pub(super) sunday: (Text, String),
    pub(super) holidays: Vec<HolidayRule>,
}

/// A holiday as the law sets it.
#[derive(Debug, Clone)]
pub(super) struct HolidayRule {
    pub when: When,
    pub name: Text,
    pub act: String,
    pub years: (i32, i32),
    pub municipality: Option<String>,
}

/// How the law sets a day.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// The same month and day every year.
    Day(u32, u32),
    /// So many days after Easter.
    Easter(i64),
    /// One day only.
    On(NaiveDate),
}

impl HolidayRule {
    fn date(&self, year: i32) -> Option<NaiveDate> {
        if year < self.years.0 || self.years.1 < year {
            return None;
        }
        match self.when {
            When::Day(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            When::Easter(days) => easter(year)?.checked_add_signed(TimeDelta::try_days(days)?),
            When::On(date) => Some(date).filter(|date| date.year() == year),
        }
    }

    fn holds_in(&self, municipality: Option<&str>) -> bool {
        self.municipality.is_none() || self.municipality.as_deref() == municipality
    }
}

impl Calendar {
    /// Gives the holidays of a year by date; ordinary Sundays are not among them.
    ///
    /// # Errors
    /// A year that the table does not cover → [`TermFault::NotCovered`].
    pub fn year(&self, year: i32, municipality: Option<&str>) -> Result<Vec<Holiday>, TermFault> {
        covered(self.covers, year)?;
        let rules = self.holidays.iter();
        let mut found: Vec<Holiday> = rules
            .filter(|rule| rule.holds_in(municipality))
            .filter_map(|rule| Some(rule.on(rule.date(year)?)))
            .collect();
        found.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
        Ok(found)
    }

    /// Gives the named holidays of a year by date, those of single municipalities too; none of a
    /// year that the table does not cover.
    pub(super) fn days(&self, year: i32) -> Vec<NaiveDate> {
        let covered = covered(self.covers, year).is_ok();
        let rules = self.holidays.iter().filter(|_| covered);
        let mut days: Vec<NaiveDate> = rules.filter_map(|rule| rule.date(year)).collect();
        days.sort_unstable();
        days
    }

    /// Tells whether a municipality has a holiday of its own.
    pub fn knows(&self, municipality: &str) -> bool {
        let mut own = self
            .holidays
            .iter()
            .map(|rule| rule.municipality.as_deref());
        own.any(|own| own == Some(municipality))
    }

    /// Gives the holiday or the Sunday that a date is, if it is one.
    ///
    /// # Errors
    /// A year that the table does not cover → [`TermFault::NotCovered`].
    pub fn holiday(
        &self,
        date: NaiveDate,
        municipality: Option<&str>,
    ) -> Result<Option<Holiday>, TermFault> {
        covered(self.covers, date.year())?;
        let mut rules = self.holidays.iter();
        let named = rules
            .find(|rule| rule.holds_in(municipality) && rule.date(date.year()) == Some(date))
            .map(|rule| rule.on(date));
        let sunday = || {
            let (name, act) = self.sunday.clone();
            Holiday { date, name, act }
        };
        let is_sunday = date.weekday() == Weekday::Sun;
        Ok(named.or_else(|| is_sunday.then(sunday)))
    }
}

impl HolidayRule {
    fn on(&self, date: NaiveDate) -> Holiday {
        Holiday {
            date,
            name: self.name.clone(),
            act: self.act.clone(),
        }
    }
}

/// Refuses a year outside those that a table covers.
pub(super) fn covered((from, to): (i32, i32), year: i32) -> Result<(), TermFault> {
    match (from..=to).contains(&year) {
        true => Ok(()),
        false => Err(TermFault::NotCovered { year, from, to }),
    }
}
