//! The life of a sheet: a state machine, and the table of events that it is replayed from.

use super::{Source, Typed};
use crate::diag::{Place, Text};

/// The life of the rows of a table.
#[derive(Debug)]
pub struct Life {
    /// Its name, and that of the column that holds the states.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The table whose rows live.
    pub of: String,
    /// What an editable state opens, where the transition to it names nothing.
    pub columns: Vec<OpenColumn>,
    /// The table of events.
    pub events: EventTable,
    /// Where every row begins.
    pub initial: String,
    /// The states, in the order written.
    pub states: Vec<State>,
    /// What leads from one to another, in the order written.
    pub transitions: Vec<Transition>,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}

/// A column that can be changed: of the row that lives, or of a table that leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenColumn {
    /// How the pack writes it: `bambini`, or `servizi.media`.
    pub name: String,
    /// What a reader calls it.
    pub label: Text,
    /// What a reader calls its table, where that is not the one whose rows live.
    pub table: Option<Text>,
}

/// A table of events, and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTable {
    /// Its name.
    pub table: String,
    /// Which row, by its key.
    pub sheet: String,
    /// When.
    pub at: String,
    /// Which transition.
    pub transition: String,
    /// Who, where the table says it.
    pub actor: Option<String>,
    /// In which role, where the table says it.
    pub role: Option<String>,
    /// Why, where the table says it.
    pub reason: Option<String>,
}

/// A state.
#[derive(Debug, Clone)]
pub struct State {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// Whether the row can be changed.
    pub editable: bool,
    /// Where it comes from.
    pub source: Source,
}

/// What leads from a state to another.
#[derive(Debug)]
pub struct Transition {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The states it starts from.
    pub from: Vec<String>,
    /// The state it leads to.
    pub to: String,
    /// Who may do it; anyone where none is named.
    pub roles: Vec<String>,
    /// The window of the measure within which it can be done.
    pub window: Option<String>,
    /// What must hold of the row.
    pub requires: Vec<Requirement>,
    /// What must hold of the event.
    pub event_requires: Vec<Requirement>,
    /// Whether it must say why.
    pub needs_reason: bool,
    /// What it sends.
    pub message: Option<Text>,
    /// The columns that can be changed after it; those of the life where none is named.
    pub reopens: Option<Vec<OpenColumn>>,
    /// Where it comes from.
    pub source: Source,
}

/// What must hold of a row, or of an event.
#[derive(Debug)]
pub struct Requirement {
    /// The condition.
    pub that: Typed,
    /// What is said where it fails.
    pub fails: Text,
    /// Where it comes from.
    pub source: Source,
    /// Where the condition stands.
    pub place: Place,
}

impl Transition {
    /// Gives every condition: those of the row, then those of the event.
    pub fn conditions(&self) -> impl Iterator<Item = &Requirement> {
        self.requires.iter().chain(&self.event_requires)
    }
}

impl Life {
    /// Gives the state of that name.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }

    /// Gives the transition of that name.
    pub fn transition(&self, id: &str) -> Option<&Transition> {
        self.transitions
            .iter()
            .find(|transition| transition.id == id)
    }
}
