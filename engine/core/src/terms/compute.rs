//! A term from beginning to end: counted, then moved off the days on which it cannot end.

use chrono::NaiveDate;

use super::count::count;
use super::dates::long_date;
use super::slide::slide;
use super::{Law, Regime, Switch, TermFault};
use crate::diag::Text;
use crate::pack::raw::calendar::{Saturday, Suspension};
use crate::say;

/// How long a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Days, one by one.
    Days(u32),
    /// Months of the calendar: to the same day of a later month, or its last.
    Months(u32),
    /// Years of the calendar.
    Years(u32),
}

/// A term to compute: what the regime says holds, unless something else is asked for.
#[derive(Debug, Clone)]
pub struct Term<'r> {
    /// The day of the event, which is not counted.
    pub from: NaiveDate,
    /// How long it is.
    pub length: Length,
    /// The rules.
    pub regime: &'r Regime,
    /// Whether it runs backwards, even where the regime does not.
    pub back: bool,
    /// Whether both ends are left out, even where the regime does not.
    pub free_days: bool,
    /// What a Saturday is, where asked for.
    pub saturday: Option<Saturday>,
    /// Whether August counts, where asked for.
    pub suspension: Option<Suspension>,
    /// The municipality whose own holiday counts, by cadastral code.
    pub municipality: Option<&'r str>,
}

impl<'r> Term<'r> {
    /// Starts a term as its regime has it.
    pub fn new(from: NaiveDate, length: Length, regime: &'r Regime) -> Self {
        Self {
            from,
            length,
            regime,
            back: false,
            free_days: false,
            saturday: None,
            suspension: None,
            municipality: None,
        }
    }

    /// Tells whether it runs backwards.
    pub fn runs_back(&self) -> bool {
        self.back || self.regime.back
    }

    /// Tells whether both ends are left out.
    pub fn has_free_days(&self) -> bool {
        self.free_days || self.regime.free_days
    }

    /// Gives what a Saturday is.
    pub fn saturday(&self) -> Switch<Saturday> {
        self.regime.saturday.switch(self.saturday)
    }

    /// Tells whether August counts.
    pub fn suspension(&self) -> Switch<Suspension> {
        self.regime.suspension.switch(self.suspension)
    }

    /// Computes it.
    ///
    /// # Errors
    /// A year that the tables do not cover, a date that cannot be written → [`TermFault`].
    pub fn compute(&self, law: &Law) -> Result<Computed, TermFault> {
        let mut steps = Vec::new();
        let raw = count(self, law, &mut steps)?;
        let due = slide(self, law, raw, &mut steps)?;
        let date = long_date(due);
        let why = match self.runs_back() {
            true => say!("il termine è {date}", "the term is {date}"; date = date),
            false => say!("il termine scade {date}", "the term ends on {date}"; date = date),
        };
        steps.push(Step::new(due, why, None));
        Ok(Computed { raw, due, steps })
    }
}

/// One step of a computation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The day it speaks of.
    pub date: NaiveDate,
    /// What happens there.
    pub why: Text,
    /// The act behind it, as a reader cites it; none where nothing was decided.
    pub act: Option<String>,
}

impl Step {
    pub(super) fn new(date: NaiveDate, why: Text, act: Option<String>) -> Self {
        Self { date, why, act }
    }
}

/// What a term gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// The end before it is moved off holidays: with suspension, with free days.
    pub raw: NaiveDate,
    /// The end.
    pub due: NaiveDate,
    /// How it was found, in order.
    pub steps: Vec<Step>,
}
