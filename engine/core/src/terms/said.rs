//! What a term is counted by, as a reader sees it: its length, its regime, its two choices.

use super::{Length, Switch, Term};
use crate::diag::Text;
use crate::pack::raw::calendar::{Saturday, Suspension};
use crate::say;

/// A rule that a term is counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidRule {
    /// What it says.
    pub what: Text,
    /// The act behind it; none where it was asked for against the regime.
    pub act: Option<String>,
    /// What a reader should know, as where sources disagree.
    pub note: Option<Text>,
}

impl Term<'_> {
    /// Gives the choices that it is counted by: what a Saturday is, whether August counts, what the
    /// hour of the last day is worth.
    pub fn rules(&self) -> Vec<SaidRule> {
        let (saturday, suspension) = (self.saturday(), self.suspension());
        let of_saturday = match saturday.is {
            Saturday::Holiday => say!(
                "il sabato vale come un festivo",
                "a Saturday is like a holiday"
            ),
            Saturday::Working => say!(
                "il sabato è un giorno come gli altri",
                "a Saturday is a day like the others"
            ),
        };
        let of_august = match suspension.is {
            Suspension::August => {
                say!("vale la sospensione feriale", "the summer suspension holds")
            }
            Suspension::None => say!("nessuna sospensione feriale", "no summer suspension"),
        };
        let mut rules = vec![
            SaidRule::new(of_saturday, saturday),
            SaidRule::new(of_august, suspension),
        ];
        rules.extend(self.regime.filing.clone().map(|filing| SaidRule {
            what: filing.is,
            act: Some(filing.act),
            note: filing.note,
        }));
        rules
    }
}

impl SaidRule {
    fn new<T>(what: Text, switch: Switch<T>) -> Self {
        Self {
            what,
            act: switch.act,
            note: switch.note,
        }
    }

    /// Writes it with its note and its act.
    pub fn sentence(&self) -> Text {
        let asked = say!("come chiesto", "as asked for");
        let act = self.act.clone().map_or(asked, Text::same);
        let what = self.what.clone();
        match self.note.clone() {
            Some(note) => say!(
                "{what}; {note} · {act}", "{what}; {note} · {act}";
                what = what, note = note, act = act
            ),
            None => say!("{what} · {act}", "{what} · {act}"; what = what, act = act),
        }
    }
}

impl Length {
    /// Writes it: `60 giorni`.
    pub fn said(self) -> Text {
        match self {
            Self::Days(1) => say!("1 giorno", "1 day"),
            Self::Days(days) => say!("{days} giorni", "{days} days"),
            Self::Months(1) => say!("1 mese", "1 month"),
            Self::Months(months) => say!("{months} mesi", "{months} months"),
            Self::Years(1) => say!("1 anno", "1 year"),
            Self::Years(years) => say!("{years} anni", "{years} years"),
        }
    }
}
