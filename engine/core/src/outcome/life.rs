//! What became of each sheet: its state, its history, what is to be sent, what can be changed.

use crate::diag::Text;
use crate::rules::OpenColumn;
use crate::say;
use crate::time::RomeTime;
use crate::words;

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
    /// The columns that can be changed.
    pub editable: Vec<OpenColumn>,
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
    /// What is to be sent; nothing where it was refused.
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

impl SheetOutcome {
    /// Says what can be changed: each column of the row, then each other table with its columns.
    pub fn editable_words(&self) -> Vec<Text> {
        self.editable_as(|table, labels| {
            say!(
                "{table} ({columns})", "{table} ({columns})";
                table = table.clone(), columns = words::listed(labels)
            )
        })
    }

    /// Says the same in short: of another table, its name alone.
    pub fn editable_briefly(&self) -> Vec<Text> {
        self.editable_as(|table, _| table.clone())
    }

    fn editable_as(&self, of_table: impl Fn(&Text, &[Text]) -> Text) -> Vec<Text> {
        let groups = self.editable.chunk_by(|a, b| a.table == b.table);
        let said = groups.flat_map(|group| {
            let labels: Vec<Text> = group.iter().map(|open| open.label.clone()).collect();
            match group.first().and_then(|open| open.table.as_ref()) {
                None => labels,
                Some(table) => vec![of_table(table, &labels)],
            }
        });
        said.collect()
    }
}

impl HistoryEntry {
    /// Tells whether the event was accepted.
    pub fn accepted(&self) -> bool {
        self.refusals.is_empty()
    }
}
