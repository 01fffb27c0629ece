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

    /// Gives its present state: that of the latest day.
    pub fn present(&self) -> Option<&Progress> {
        self.history.last()
    }
}
