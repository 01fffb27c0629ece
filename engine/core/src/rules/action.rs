//! Planned actions of a measure, and where their progress is written down.

use super::Source;
use crate::diag::Text;
use crate::num::Cents;
use crate::say;
use crate::words;

/// A group of planned actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
}

/// A planned action; what the source leaves empty is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its name.
    pub id: String,
    /// The action.
    pub label: Text,
    /// Its group.
    pub group: Group,
    /// Its number, as printed.
    pub number: Option<String>,
    /// What it is about, as printed.
    pub theme: Option<String>,
    /// What is to be done, as printed.
    pub activity: Option<String>,
    /// By which act or means, as printed.
    pub tool: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The resources, as printed.
    pub resources: Option<String>,
    /// The resources in euro.
    pub euro: Option<ActionEuro>,
    /// The deadlines of the measure that it is due by, in the order written.
    pub deadlines: Vec<String>,
    /// The objectives it serves, as printed.
    pub objectives: Vec<String>,
    /// Where it comes from.
    pub source: Source,
}

/// What a source says in euro of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionEuro {
    /// One amount.
    One(Cents),
    /// Several, each with what a reader calls it.
    Several(Vec<(Text, Cents)>),
    /// From the least to the most.
    Between(Cents, Cents),
}

impl ActionEuro {
    /// Says it: `300,50 € (fondo statale); 99,50 € (fondo regionale)`.
    pub fn said(&self) -> Text {
        match self {
            Self::One(amount) => words::money(*amount),
            Self::Several(amounts) => {
                let each = amounts.iter().map(|(label, amount)| {
                    say!(
                        "{amount} ({label})", "{amount} ({label})";
                        amount = words::money(*amount), label = label.clone()
                    )
                });
                words::joined(&each.collect::<Vec<_>>(), "; ")
            }
            Self::Between(least, most) => say!(
                "fra {least} e {most}", "between {least} and {most}";
                least = words::money(*least), most = words::money(*most)
            ),
        }
    }
}

/// How far an action has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionState {
    /// Not begun.
    ToStart,
    /// Begun and going on.
    Ongoing,
    /// Ended.
    Concluded,
    /// Begun and stopped.
    Suspended,
}

impl ActionState {
    /// All the states, in the order of the life of an action.
    pub const ALL: [Self; 4] = [
        Self::ToStart,
        Self::Ongoing,
        Self::Concluded,
        Self::Suspended,
    ];

    /// Gives the words that facts and programs use.
    pub fn word(self) -> &'static str {
        match self {
            Self::ToStart => "da avviare",
            Self::Ongoing => "in corso",
            Self::Concluded => "conclusa",
            Self::Suspended => "sospesa",
        }
    }

    /// Gives what a reader calls it.
    pub fn label(self) -> Text {
        match self {
            Self::ToStart => say!("da avviare", "to be started"),
            Self::Ongoing => say!("in corso", "under way"),
            Self::Concluded => say!("conclusa", "concluded"),
            Self::Suspended => say!("sospesa", "suspended"),
        }
    }

    /// Gives the state that a word stands for.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}
