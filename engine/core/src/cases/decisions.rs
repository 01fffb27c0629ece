//! What a case expects to be decided, compared with what was.

use super::Comparison;
use crate::outcome::{DecisionOutcome, DecisionRow, Outcome};
use crate::pack::nearest;
use crate::say;

/// The words that a case says of a row.
const VERDICTS: [&str; 3] = ["eligible", "not-eligible", "undetermined"];

impl Comparison<'_> {
    /// Compares what was decided of rows.
    pub(super) fn decisions(&mut self, outcome: &Outcome) {
        for (decision, rows) in &self.case.file.expect.decisions {
            for (subject, expected) in rows {
                let path = ["expect", "decisions", decision, subject];
                if !VERDICTS.contains(&expected.as_str()) {
                    let message = say!(
                        "`{expected}` non è un esito",
                        "`{expected}` is not an outcome"
                    );
                    let help = nearest(expected, VERDICTS.into_iter()).unwrap_or_else(|| {
                        let list = VERDICTS.join(", ");
                        say!("ci sono: {list}", "there are: {list}")
                    });
                    self.fail_with(&path, message, help);
                    continue;
                }
                let Some(row) = self.judged(outcome, &path, decision, subject) else {
                    continue;
                };
                let found = row.verdict.as_str();
                if found != expected {
                    let message = say!(
                        "`{subject}`: atteso {expected}, risulta {found}",
                        "`{subject}`: {expected} was expected, {found} came out"
                    );
                    self.fail(&path, message);
                }
            }
        }
    }

    /// Compares the conditions that stand in the way of rows.
    pub(super) fn reasons(&mut self, outcome: &Outcome) {
        for (decision, rows) in &self.case.file.expect.reasons {
            for (subject, expected) in rows {
                let path = ["expect", "reasons", decision, subject];
                let Some(row) = self.judged(outcome, &path, decision, subject) else {
                    continue;
                };
                let found: Vec<&str> = row.reasons().map(|f| f.condition.as_str()).collect();
                if found != *expected {
                    let (expected, found) = (expected.join(", "), found.join(", "));
                    let message = say!(
                        "`{subject}`: attese le condizioni «{expected}», risultano «{found}»",
                        "`{subject}`: the conditions \"{expected}\" were expected, \"{found}\" came out"
                    );
                    self.fail(&path, message);
                }
            }
        }
    }

    /// Looks for values among those that the conditions of rows found, in Italian.
    pub(super) fn found(&mut self, outcome: &Outcome) {
        for (decision, rows) in &self.case.file.expect.found {
            for (subject, expected) in rows {
                let path = ["expect", "found", decision, subject];
                let Some(row) = self.judged(outcome, &path, decision, subject) else {
                    continue;
                };
                let values = row.findings.iter().flat_map(|finding| &finding.values);
                let told = values.filter_map(|(name, value)| {
                    let value = value.as_ref()?;
                    Some(format!("{}: {}", name.it, value.it))
                });
                let told: Vec<String> = told.collect();
                for value in expected.iter().filter(|value| !told.contains(value)) {
                    let told = told.join("; ");
                    let message = say!(
                        "`{subject}`: atteso «{value}», fra i valori trovati «{told}»",
                        "`{subject}`: \"{value}\" was expected among the values found, \"{told}\""
                    );
                    self.fail(&path, message);
                }
            }
        }
    }

    /// Finds the row of a decision, or says that there is none.
    fn judged<'o>(
        &mut self,
        outcome: &'o Outcome,
        path: &[&str],
        decision: &str,
        subject: &str,
    ) -> Option<&'o DecisionRow> {
        let mut all = outcome.decisions.iter();
        let Some(of) = all.find(|of: &&DecisionOutcome| of.id == decision) else {
            let message = say!("nessuna decisione `{decision}`", "no decision `{decision}`");
            self.fail(path, message);
            return None;
        };
        let mut rows = of.rows.iter();
        let row = rows.find(|row| row.key == subject || row.name == subject);
        if row.is_none() {
            let known: Vec<(&str, &str)> = of
                .rows
                .iter()
                .map(|row| (row.key.as_str(), row.name.as_str()))
                .collect();
            self.unknown(path, subject, &known);
        }
        row
    }
}
