//! Cases: what a pack must give on given facts, compared with what it gave.

mod decisions;
mod documents;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::num::Ratio;
use crate::outcome::{AllocationOutcome, Outcome};
use crate::pack::raw::{CaseFile, Node, Reach, check, schema_of};
use crate::pack::{Overrides, nearest};
use crate::say;

/// A case that was read without a fault.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is given and what is expected.
    pub file: CaseFile,
    node: Node,
}

impl Case {
    /// Reads a case.
    pub fn parse(path: &str, bytes: &[u8]) -> (Option<Self>, Diagnostics) {
        let (node, mut faults) = Node::parse(path, bytes);
        faults.extend(check(&node, &schema_of::<CaseFile>(), Reach::Whole));
        if faults.has_errors() {
            return (None, faults);
        }
        let case = node.decode::<CaseFile>().map(|file| Self { file, node });
        if let Some(case) = &case
            && case.file.expect.is_empty()
        {
            faults.push(expects_nothing(case.place(&["expect"])));
            return (None, faults);
        }
        (case, faults)
    }

    /// Gives the values that take the place of the pack's.
    pub fn overrides(&self) -> Overrides {
        let given = &self.file.given;
        Overrides {
            params: given.params.clone(),
            funds: given.funds.clone(),
        }
    }

    /// Compares what came out with what was expected; each difference is one diagnostic.
    pub fn compare(&self, outcome: Option<&Outcome>, refused: &Diagnostics) -> Diagnostics {
        let mut comparison = Comparison {
            case: self,
            faults: Diagnostics::new(),
        };
        comparison.diagnostics(refused);
        if let Some(outcome) = outcome {
            comparison.totals(outcome);
            comparison.by_fund(outcome);
            comparison.allocations(outcome);
            comparison.decisions(outcome);
            comparison.reasons(outcome);
            comparison.found(outcome);
            comparison.states(outcome);
            comparison.actions(outcome);
            comparison.documents(outcome);
        } else if self.file.expect.diagnostics.is_empty() || self.file.expect.has_results() {
            let message = say!("il pacchetto è stato rifiutato", "the pack was refused");
            comparison.fail(&["expect"], message);
        }
        comparison.faults
    }

    fn place(&self, path: &[&str]) -> Place {
        self.node.find(path).place.clone()
    }
}

struct Comparison<'c> {
    case: &'c Case,
    faults: Diagnostics,
}

impl Comparison<'_> {
    fn fail(&mut self, path: &[&str], message: Text) {
        let help = say!(
            "correggere il caso, o la regola",
            "correct the case, or the rule"
        );
        self.fail_with(path, message, help);
    }

    fn fail_with(&mut self, path: &[&str], message: Text, help: Text) {
        let fault = Diagnostic::error(Code::CaseFailed, message).at(self.case.place(path));
        self.faults.push(fault.help(help));
    }

    fn diagnostics(&mut self, refused: &Diagnostics) {
        for (at, expected) in self.case.file.expect.diagnostics.iter().enumerate() {
            if refused.iter().all(|found| found.code.as_str() != expected) {
                let at = at.to_string();
                let message = say!(
                    "atteso il rifiuto `{expected}`, che non c'è stato",
                    "the refusal `{expected}` was expected and did not come"
                );
                let help = say!(
                    "correggere il caso, o la regola e i dati che dovevano essere rifiutati",
                    "correct the case, or the rule and the facts that were to be refused"
                );
                self.fail_with(&["expect", "diagnostics", &at], message, help);
            }
        }
        let expected = &self.case.file.expect.diagnostics;
        let codes: BTreeSet<&str> = refused.iter().map(|found| found.code.as_str()).collect();
        let others = codes
            .into_iter()
            .filter(|code| expected.iter().all(|e| e != code));
        for code in others.filter(|_| !expected.is_empty()) {
            let message = say!(
                "c'è anche il rifiuto `{code}`, che il caso non aspetta",
                "there is also the refusal `{code}`, which the case does not expect"
            );
            self.fail(&["expect", "diagnostics"], message);
        }
    }

    fn totals(&mut self, outcome: &Outcome) {
        let known: Vec<(&str, &str)> = outcome
            .totals
            .iter()
            .map(|t| (t.key.as_str(), t.name.as_str()))
            .collect();
        for (subject, expected) in &self.case.file.expect.totals {
            let path = ["expect", "totals", subject];
            let found = outcome
                .totals
                .iter()
                .find(|t| t.key == *subject || t.name == *subject);
            match found {
                Some(total) => {
                    let amount = total.amount.map(|amount| amount.to_ratio());
                    self.number(&path, subject, expected, amount);
                }
                None => self.unknown(&path, subject, &known),
            }
        }
    }

    fn by_fund(&mut self, outcome: &Outcome) {
        for (fund, subjects) in &self.case.file.expect.by_fund {
            let splits: Vec<&AllocationOutcome> = outcome
                .allocations
                .iter()
                .filter(|a| a.fund == *fund)
                .collect();
            for (subject, expected) in subjects {
                let path = ["expect", "by_fund", fund, subject];
                let found = sum_of(subject, &splits);
                match found {
                    Some(amount) => self.number(&path, subject, expected, amount),
                    None => self.unknown(&path, subject, &names(&splits)),
                }
            }
        }
    }

    fn allocations(&mut self, outcome: &Outcome) {
        for (allocation, funds) in &self.case.file.expect.allocation {
            for (fund, expected) in funds {
                let base = ["expect", "allocation", allocation, fund];
                let split = outcome
                    .allocations
                    .iter()
                    .find(|a| a.id == *allocation && a.fund == *fund);
                let Some(split) = split else {
                    let message = say!(
                        "nessun riparto `{allocation}` del fondo `{fund}`",
                        "no allocation `{allocation}` of the fund `{fund}`"
                    );
                    self.fail(&base, message);
                    continue;
                };
                self.split(&base, expected, split);
            }
        }
    }

    /// A row of several lives is in the state of one of them.
    fn states(&mut self, outcome: &Outcome) {
        let rows = || outcome.states.iter().flat_map(|life| &life.rows);
        let known: Vec<_> = rows().map(|r| (r.key.as_str(), r.name.as_str())).collect();
        for (subject, expected) in &self.case.file.expect.states {
            let path = ["expect", "states", subject];
            let found = rows().filter(|row| row.key == *subject || row.name == *subject);
            let found: Vec<&str> = found.map(|row| row.state.as_str()).collect();
            if found.is_empty() {
                self.unknown(&path, subject, &known);
            } else if !found.contains(&expected.as_str()) {
                let found = found.join(", ");
                let message = say!(
                    "`{subject}`: atteso lo stato `{expected}`, risulta `{found}`",
                    "`{subject}`: the state `{expected}` was expected, `{found}` came out"
                );
                self.fail(&path, message);
            }
        }
    }

    fn actions(&mut self, outcome: &Outcome) {
        let known = outcome.actions.iter().map(|known| &known.action);
        let known = known.map(|action| (action.id.as_str(), action.label.it.as_str()));
        let known: Vec<(&str, &str)> = known.collect();
        for (id, expected) in &self.case.file.expect.actions {
            let path = ["expect", "actions", id];
            let Some(found) = outcome.actions.iter().find(|a| a.action.id == *id) else {
                self.unknown(&path, id, &known);
                continue;
            };
            let found = found.present().map(|progress| progress.state.word());
            if found != Some(expected) {
                let found = match found {
                    Some(word) => Text::same(format!("`{word}`")),
                    None => say!("non indicato", "not stated"),
                };
                let message = say!(
                    "{id}: atteso `{expected}`, risultato {found}",
                    "{id}: expected `{expected}`, found {found}";
                    found = found
                );
                self.fail(&path, message);
            }
        }
    }

    fn split(
        &mut self,
        base: &[&str],
        expected: &crate::pack::raw::ExpectSplit,
        split: &AllocationOutcome,
    ) {
        let money = split.money.as_ref();
        let unit = money
            .and_then(|m| m.certificate.unit_value.as_ref())
            .map(|u| u.applied.clone());
        let figures = [
            ("unit_value", &expected.unit_value, unit),
            (
                "distributed",
                &expected.distributed,
                money.map(|m| m.distributed.to_ratio()),
            ),
            (
                "residue",
                &expected.residue,
                money.map(|m| m.residue.to_ratio()),
            ),
        ];
        for (key, expected, found) in figures {
            let path = [base, &[key]].concat();
            if let Some(expected) = expected {
                self.number(&path, key, expected, found);
            }
        }
        for (subject, expected) in &expected.amounts {
            let path = [base, &["amounts", subject]].concat();
            match sum_of(subject, &[split]) {
                Some(amount) => self.number(&path, subject, expected, amount),
                None => self.unknown(&path, subject, &names(&[split])),
            }
        }
    }

    fn number(&mut self, path: &[&str], what: &str, expected: &str, found: Option<Ratio>) {
        let Ok(wanted) = Ratio::parse_decimal(expected) else {
            let message = say!(
                "`{expected}` non è un numero con il punto decimale",
                "`{expected}` is not a number with a decimal point"
            );
            let help = say!("scrivere `\"1234.50\"`", "write `\"1234.50\"`");
            return self.fail_with(path, message, help);
        };
        let Some(found) = found else {
            let message = say!(
                "`{what}`: atteso {expected}, ma il fondo non è noto",
                "`{what}`: {expected} was expected, but the fund is not known"
            );
            return self.fail(path, message);
        };
        if found != wanted {
            let found = written_like(expected, &found);
            let message = say!(
                "`{what}`: atteso {expected}, risulta {found}",
                "`{what}`: {expected} was expected, {found} came out"
            );
            self.fail_with(
                path,
                message,
                say!(
                    "rifare il conto: è sbagliata la cifra attesa, o la regola (`riparto spiega` ne mostra i passi)",
                    "do the sum again: either the figure expected is wrong, or the rule (`riparto explain` shows its steps)"
                ),
            );
        }
    }

    fn unknown(&mut self, path: &[&str], subject: &str, known: &[(&str, &str)]) {
        let message = say!("nessuna riga è `{subject}`", "no row is `{subject}`");
        let names = known.iter().flat_map(|(key, name)| [*key, *name]);
        let fault = Diagnostic::error(Code::CaseFailed, message).at(self.case.place(path));
        let help = nearest(subject, names).unwrap_or_else(|| {
            say!(
                "scrivere la chiave o il nome di una riga, come sta nella tabella",
                "write the key or the name of a row, as it stands in the table"
            )
        });
        self.faults.push(fault.help(help));
    }
}

/// Writes a number with at least the decimals of the one it is compared with.
fn written_like(expected: &str, found: &Ratio) -> String {
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, after)| after.len());
    match found.to_decimal_text() {
        Some(text) => found.to_fixed(decimals(&text).max(decimals(expected))),
        None => found.to_string(),
    }
}

fn expects_nothing(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidRule,
        say!(
            "il caso non aspetta nulla: riuscirebbe sempre",
            "the case expects nothing: it would always pass"
        ),
    )
    .at(place)
    .help(say!(
        "scrivere che cosa deve risultare: `[expect.totals]`, `[expect.allocation.…]`, oppure `diagnostics = [\"…\"]`",
        "say what must come out: `[expect.totals]`, `[expect.allocation.…]`, or `diagnostics = [\"…\"]`"
    ))
}

/// What a subject receives over some splits; an outer none where it is in none of them.
fn sum_of(subject: &str, splits: &[&AllocationOutcome]) -> Option<Option<Ratio>> {
    let rows = splits.iter().flat_map(|split| &split.rows);
    let mine: Vec<_> = rows
        .filter(|row| row.key == subject || row.name == subject)
        .collect();
    if mine.is_empty() {
        return None;
    }
    let amounts = mine
        .iter()
        .map(|row| Some(row.amounts.as_ref()?.amount.to_ratio()));
    Some(
        amounts
            .collect::<Option<Vec<_>>>()
            .map(|amounts| amounts.into_iter().sum()),
    )
}

fn names<'n>(splits: &[&'n AllocationOutcome]) -> Vec<(&'n str, &'n str)> {
    let rows = splits.iter().flat_map(|split| &split.rows);
    rows.map(|row| (row.key.as_str(), row.name.as_str()))
        .collect()
}
