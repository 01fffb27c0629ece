//! What is known of each planned action, and how far it has come.

use chrono::NaiveDate;

use super::DeadlineOutcome;
use crate::rules::{Action, ActionState};

/// A planned action with its progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionOutcome {
    /// Its measure.
    pub measure: String,
    /// What the measure says of it.
    pub action: Action,
    /// Its progress, the earliest first; empty where none was written down.
    pub history: Vec<Progress>,
}

/// The state of an action from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The day.
    pub date: NaiveDate,
    /// The state.
    pub state: ActionState,
    /// What whoever wrote it down adds.
    pub note: Option<String>,
}

/// How late an action was concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late<'d> {
    /// The days from the last on which it was due.
    pub days: i64,
    /// The time that it is late against.
    pub time: &'d DeadlineOutcome,
}

impl ActionOutcome {
    /// Gives its times, in the order written, among the deadlines of the run.
    pub fn times<'d>(&self, deadlines: &'d [DeadlineOutcome]) -> Vec<&'d DeadlineOutcome> {
        let named = self.action.deadlines.iter();
        let found = named.filter_map(|id| {
            let mut all = deadlines.iter();
            all.find(|time| time.measure == self.measure && time.id == *id)
        });
        found.collect()
    }

    /// Gives how late it was concluded, against the latest of its times; none where it was not, where
    /// it was in time, and where the last day of one of its times is not known.
    pub fn late<'d>(&self, deadlines: &'d [DeadlineOutcome]) -> Option<Late<'d>> {
        let concluded = self.history.iter().rev();
        let concluded = concluded.take_while(|progress| progress.state == ActionState::Concluded);
        let day = concluded.last()?.date;
        let times = self.times(deadlines).into_iter();
        let ends = times.map(|time| Some((time.span().1?, time)));
        let ends: Option<Vec<(NaiveDate, &DeadlineOutcome)>> = ends.collect();
        let (last, time) = ends?.into_iter().max_by_key(|(last, _)| *last)?;
        let days = day.signed_duration_since(last).num_days();
        (days > 0).then_some(Late { days, time })
    }

    /// Gives its present state: that of the latest day.
    pub fn present(&self) -> Option<&Progress> {
        self.history.last()
    }
}
