//! A value that could not be had: missing is not zero.

use crate::diag::{Code, Diagnostic, Place, Text};
use crate::say;
use crate::words;

/// Why a value could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A cell is empty, or a table is.
    Missing {
        /// What is missing, and where.
        what: Text,
        /// The empty cell.
        place: Option<Place>,
    },
    /// A datum that the rule does not provide for.
    Outside {
        /// What it is, and where.
        what: Text,
        /// Its row.
        place: Place,
    },
    /// A fund whose amount is not known yet.
    UnknownFund(String),
    /// A parameter that no act sets yet.
    UnknownParam(String),
    /// The rule divides by zero.
    DivisionByZero,
    /// A script stopped; what it said.
    Script(Box<Diagnostic>),
    /// A fault of the rule that has been told already, where the value was worked out.
    Told,
    /// What the check of the pack excludes: a defect of this program.
    Impossible,
}

impl Gap {
    /// Tells whether the fault is the rule's own, told once where the value is worked out; what is
    /// awaited waits until someone needs it.
    pub fn is_fault(&self) -> bool {
        self.awaited().is_none() && !matches!(self, Self::Outside { .. } | Self::Told)
    }

    /// Says the datum, the fund or the parameter that is awaited; none where nothing is.
    pub fn awaited(&self) -> Option<Text> {
        Some(match self {
            Self::Missing { what, .. } => what.clone(),
            Self::UnknownFund(fund) => say!(
                "l'importo del fondo `{fund}` non è noto",
                "the amount of the fund `{fund}` is not known"
            ),
            Self::UnknownParam(param) => say!(
                "il parametro `{param}` non è ancora fissato da un atto",
                "no act sets the parameter `{param}` yet"
            ),
            _ => return None,
        })
    }

    /// Gives one gap for several, in their order: the first that is more than a missing datum, else
    /// one that names all that is missing; none for none.
    pub fn all(gaps: Vec<Self>) -> Option<Self> {
        /// How many are named before the rest are only counted.
        const NAMED: usize = 12;
        let missing = |gap: &Self| matches!(gap, Self::Missing { .. });
        if let Some(other) = gaps.iter().find(|gap| !missing(gap)) {
            return Some(other.clone());
        }
        let mut whats: Vec<Text> = Vec::new();
        let mut first = None;
        for gap in gaps {
            let Self::Missing { what, place } = gap else {
                continue;
            };
            first = first.or(place);
            if !whats.contains(&what) {
                whats.push(what);
            }
        }
        let rest = whats.len().saturating_sub(NAMED);
        whats.truncate(NAMED);
        let named = words::listed(&whats);
        let what = match (whats.is_empty(), rest) {
            (true, _) => return None,
            (false, 0) => named,
            (false, _) => say!("{named} e altri {rest}", "{named} and {rest} more"; named = named),
        };
        Some(Self::Missing { what, place: first })
    }

    /// Gives the diagnostic for the rule `rule`, whose formula stands at `rule_place`; there is none
    /// for what has been told.
    pub fn diagnostic(
        &self,
        rule: &str,
        rule_place: Option<Place>,
        act: Option<String>,
    ) -> Option<Diagnostic> {
        Some(match self {
            Self::Told => return None,
            Self::Missing { what, place } => {
                let (it, en) = (&what.it, &what.en);
                let text = say!("{it}: `{rule}` lo richiede", "{en}: `{rule}` needs it");
                let fault = Diagnostic::error(Code::MissingDatum, text).act(act);
                let fault = match (place, rule_place) {
                    (Some(cell), Some(formula)) => fault.at(cell.clone()).related(
                        formula,
                        say!("la regola che lo legge", "the rule that reads it"),
                    ),
                    (Some(cell), None) => fault.at(cell.clone()),
                    (None, formula) => fault.at_maybe(formula),
                };
                fault.help(say!(
                    "scrivere il dato nella cella; un dato che manca non vale zero",
                    "write the datum in the cell; a missing datum is not zero"
                ))
            }
            Self::Outside { what, place } => {
                let (it, en) = (&what.it, &what.en);
                let text = say!("{it}: `{rule}` lo richiede", "{en}: `{rule}` needs it");
                let fault = Diagnostic::error(Code::MissingDatum, text)
                    .at(place.clone())
                    .act(act);
                fault.help(say!(
                    "correggere il dato, o aggiungere alla regola ciò che vale per esso",
                    "correct the datum, or add to the rule what holds for it"
                ))
            }
            Self::UnknownFund(fund) => Diagnostic::error(
                Code::UnknownFund,
                say!(
                    "l'importo del fondo `{fund}` non è noto e `{rule}` lo richiede",
                    "the amount of the fund `{fund}` is not known and `{rule}` needs it"
                ),
            )
            .at_maybe(rule_place)
            .act(act)
            .help(say!(
                "darlo per questa esecuzione: `--fund {fund}=…`",
                "give it for this run: `--fund {fund}=…`"
            )),
            Self::UnknownParam(param) => Diagnostic::error(
                Code::MissingDatum,
                say!(
                    "il parametro `{param}` non è ancora fissato da un atto, e `{rule}` lo richiede",
                    "no act sets the parameter `{param}` yet, and `{rule}` needs it"
                ),
            )
            .at_maybe(rule_place)
            .act(act)
            .help(say!(
                "darlo per questa esecuzione: `--set {param}=…`",
                "give it for this run: `--set {param}=…`"
            )),
            Self::DivisionByZero => Diagnostic::error(
                Code::DivisionByZero,
                say!("`{rule}` divide per zero", "`{rule}` divides by zero"),
            )
            .at_maybe(rule_place)
            .act(act)
            .help(say!(
                "escludere prima le righe in cui il divisore è zero",
                "leave out the rows where the divisor is zero first"
            )),
            Self::Script(fault) => (**fault).clone(),
            Self::Impossible => Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "`{rule}` non si può calcolare: è un difetto di Riparto, da segnalare",
                    "`{rule}` cannot be worked out: this is a defect of Riparto, please report it"
                ),
            )
            .at_maybe(rule_place)
            .help(say!(
                "segnalarlo con il pacchetto e i dati che lo mostrano",
                "report it with the pack and the facts that show it"
            )),
        })
    }
}
