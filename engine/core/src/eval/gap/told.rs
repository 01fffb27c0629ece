//! What a value that could not be had is told as, where a rule needs it.

use super::Gap;
use super::awaits::{Awaited, Awaits};
use crate::diag::{Code, Diagnostic, Place, Text};
use crate::say;

impl Gap {
    /// Gives the diagnostic for the rule that a reader calls `rule`, whose formula stands at `rule_place`; there is none
    /// for what has been told.
    pub fn diagnostic(
        &self,
        rule: &Text,
        rule_place: Option<Place>,
        act: Option<String>,
    ) -> Option<Diagnostic> {
        Some(match self {
            Self::Told => return None,
            Self::Awaited(awaits) | Self::Between(.., awaits) => {
                awaits.diagnostic(rule, rule_place, act)
            }
            Self::Outside { what, place } => {
                let fault = Diagnostic::error(Code::MissingDatum, needed(what, rule))
                    .at(place.clone())
                    .act(act);
                fault.help(say!(
                    "correggere il dato, o aggiungere alla regola ciò che vale per esso",
                    "correct the datum, or add to the rule what holds for it"
                ))
            }
            Self::DivisionByZero => Diagnostic::error(
                Code::DivisionByZero,
                say!("{rule} divide per zero", "{rule} divides by zero"; rule = quoted(rule)),
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
                    "{rule} non si può calcolare: è un difetto di Riparto, da segnalare",
                    "{rule} cannot be worked out: this is a defect of Riparto, please report it";
                    rule = quoted(rule)
                ),
            )
            .at_maybe(rule_place)
            .help(say!(
                "segnalarlo con il pacchetto e i dati che lo mostrano",
                "report it with the pack and the facts that show it"
            )),
        })
    }

    /// Gives a diagnostic for each thing that is awaited, and one for those that are only counted.
    pub fn diagnostics(
        &self,
        rule: &Text,
        rule_place: &Place,
        act: Option<&String>,
    ) -> Vec<Diagnostic> {
        let at = || Some(rule_place.clone());
        let Some(awaits) = self.awaits() else {
            let fault = self.diagnostic(rule, at(), act.cloned());
            return fault.into_iter().collect();
        };
        let each = awaits.items().iter();
        let each = each.map(|awaited| awaited.diagnostic(rule, at(), act.cloned()));
        let rest = (awaits.rest() > 0).then(|| {
            let rest = awaits.rest();
            let what = say!("mancano altri {rest} dati", "{rest} more data are missing");
            datum(&what, None, rule, at(), act.cloned())
        });
        each.chain(rest).collect()
    }
}

impl Awaits {
    fn diagnostic(
        &self,
        rule: &Text,
        rule_place: Option<Place>,
        act: Option<String>,
    ) -> Diagnostic {
        let data = self.items().iter().find_map(|awaited| match awaited {
            Awaited::Datum { place, .. } => Some(place.as_ref()),
            _ => None,
        });
        match (self.items(), data) {
            ([awaited], _) => awaited.diagnostic(rule, rule_place, act),
            (_, Some(place)) => datum(&self.text(), place, rule, rule_place, act),
            // Nothing but funds and parameters: how to give one is how to give all.
            (items, None) => {
                let what = self.text();
                let fault = items.first().map_or_else(
                    || datum(&what, None, rule, rule_place.clone(), act.clone()),
                    |first| first.diagnostic(rule, rule_place.clone(), act.clone()),
                );
                Diagnostic {
                    message: needed(&what, rule),
                    ..fault
                }
            }
        }
    }
}

impl Awaited {
    /// Gives the diagnostic for the rule that a reader calls `rule`, whose formula stands at `rule_place`.
    pub fn diagnostic(
        &self,
        rule: &Text,
        rule_place: Option<Place>,
        act: Option<String>,
    ) -> Diagnostic {
        let (code, help) = match self {
            Self::Datum { what, place } => {
                return datum(what, place.as_ref(), rule, rule_place, act);
            }
            Self::Fund(fund) => (
                Code::UnknownFund,
                say!(
                    "darlo per questa esecuzione: `--fund {fund}=…`",
                    "give it for this run: `--fund {fund}=…`"
                ),
            ),
            Self::Param(param) => (
                Code::MissingDatum,
                say!(
                    "darlo per questa esecuzione: `--set {param}=…`",
                    "give it for this run: `--set {param}=…`"
                ),
            ),
        };
        Diagnostic::error(code, self.needed_by(rule))
            .at_maybe(rule_place)
            .act(act)
            .help(help)
    }

    fn needed_by(&self, rule: &Text) -> Text {
        let what = self.text();
        match self {
            Self::Datum { .. } => needed(&what, rule),
            Self::Fund(_) => say!(
                "{what} e {rule} lo richiede", "{what} and {rule} needs it";
                what = what, rule = quoted(rule)
            ),
            Self::Param(_) => say!(
                "{what}, e {rule} lo richiede", "{what}, and {rule} needs it";
                what = what, rule = quoted(rule)
            ),
        }
    }
}

fn needed(what: &Text, rule: &Text) -> Text {
    say!(
        "{what}: {rule} lo richiede", "{what}: {rule} needs it";
        what = what.clone(), rule = quoted(rule)
    )
}

fn quoted(rule: &Text) -> Text {
    say!("«{rule}»", "“{rule}”"; rule = rule.clone())
}

/// Says that data are missing, the first of them in the cell at `cell`.
fn datum(
    what: &Text,
    cell: Option<&Place>,
    rule: &Text,
    rule_place: Option<Place>,
    act: Option<String>,
) -> Diagnostic {
    let fault = Diagnostic::error(Code::MissingDatum, needed(what, rule)).act(act);
    let fault = match (cell.cloned(), rule_place) {
        (Some(cell), Some(formula)) => fault.at(cell).related(
            formula,
            say!("la regola che lo legge", "the rule that reads it"),
        ),
        (Some(cell), None) => fault.at(cell),
        (None, formula) => fault.at_maybe(formula),
    };
    fault.help(say!(
        "scrivere il dato nella cella; un dato che manca non vale zero",
        "write the datum in the cell; a missing datum is not zero"
    ))
}
