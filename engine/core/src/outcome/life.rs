//! What became of each sheet: its state, its history, what was sent, what can be changed.

use crate::diag::Text;
use crate::time::RomeTime;

/// The life of the rows of a table, replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeOutcome {
    /// The life.
    pub life: String,
    /// Its measure.
    pub measure: String,
    /// What a reader calls it.
    pub label: Text,
    /// The rows, in the order of the table.
    pub rows: Vec<SheetOutcome>,
}

/// What became of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetOutcome {
    /// Its key.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
    /// The state that it is in.
    pub state: String,
    /// What a reader calls the state.
    pub label: Text,
    /// The act behind the state.
    pub act: Option<String>,
    /// Whether no source says the state as it stands.
    pub assumption: bool,
    /// The columns that can be changed: how the pack writes each, and what a reader calls it.
    pub editable: Vec<(String, Text)>,
    /// The events, as they happened.
    pub history: Vec<HistoryEntry>,
}

/// An event, and whether it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: RomeTime,
    /// Which transition.
    pub transition: String,
    /// What a reader calls the transition.
    pub label: Text,
    /// Who, where the event says it.
    pub actor: Option<String>,
    /// Why, where the event says it.
    pub reason: Option<String>,
    /// The state that the sheet was in.
    pub from: String,
    /// The state that the transition leads to; the sheet came to it only where it was accepted.
    pub to: String,
    /// Why it was refused; nothing where it was accepted.
    pub refusals: Vec<Refusal>,
    /// What was sent; nothing where it was refused.
    pub message: Option<Text>,
    /// The act behind the transition.
    pub act: Option<String>,
    /// Whether no source says the transition as it stands.
    pub assumption: bool,
}

/// One reason for which an event was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What did not hold: `state`, `role`, `window`, `reason`, or a condition as it is written.
    pub condition: String,
    /// The reason.
    pub text: Text,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
}

impl HistoryEntry {
    /// Tells whether the event was accepted.
    pub fn accepted(&self) -> bool {
        self.refusals.is_empty()
    }
}
