//! Judges the rows of a table: every condition of every row, and what lifts it.

use std::cell::OnceCell;

use super::awaited::{EmptyCells, together};
use super::derive::named_parts;
use super::gap::Gap;
use super::labels::{label_of, value_of};
use super::needed::{Needed, needed};
use super::value::{Cells, RowOf, Values};
use crate::diag::{Diagnostics, Place, Text};
use crate::outcome::{DecisionOutcome, DecisionRow, Finding, Standing, Verdict};
use crate::rules::{Condition, Eligibility, Exception, Expr, Scalar, Source, Typed};
use crate::say;

/// Judges every row, and gives also what formulas read: yes, no, or what is missing.
///
/// # Shape
/// A fault of a rule is told once, and then there is no outcome.
pub fn decide(
    rule: &Eligibility,
    values: &Values<'_>,
    faults: &mut Diagnostics,
) -> (Option<DecisionOutcome>, Cells) {
    let (Some(table), Some(declared)) = (
        values.data.tables.get(&rule.table),
        values.measure.table(&rule.table),
    ) else {
        return (None, Vec::new());
    };
    let mut judge = Judge {
        rule,
        values,
        faults,
        sound: true,
        empty: OnceCell::new(),
    };
    let mut rows = Vec::with_capacity(table.len());
    let mut cells = Cells::with_capacity(table.len());
    for row in 0..table.len() {
        let key = declared.key_shown(table, row).unwrap_or_default();
        let name = declared.title_shown(table, row);
        let name = name.unwrap_or_else(|| key.clone());
        let (findings, gap) = judge.row(RowOf { table, row });
        let verdict = verdict(&findings);
        cells.push(match (verdict, gap) {
            (Verdict::Eligible, _) => Ok(Scalar::Bool(true)),
            (Verdict::NotEligible, _) => Ok(Scalar::Bool(false)),
            (Verdict::Undetermined, gap) => Err(gap.unwrap_or(Gap::Impossible)),
        });
        rows.push(DecisionRow {
            key,
            name,
            subjects: declared.subjects(table, row),
            verdict,
            findings,
        });
    }
    let outcome = judge.sound.then(|| DecisionOutcome {
        id: rule.id.clone(),
        measure: values.measure.id.clone(),
        label: rule.label.clone(),
        table: rule.table.clone(),
        words: rule.words.clone(),
        act: rule.source.cited(),
        rows,
    });
    (outcome, cells)
}

/// One condition that fails decides, whatever is missing elsewhere.
fn verdict(findings: &[Finding]) -> Verdict {
    let any = |standing| findings.iter().any(|finding| finding.standing == standing);
    if any(Standing::Fails) {
        Verdict::NotEligible
    } else if any(Standing::Missing) {
        Verdict::Undetermined
    } else {
        Verdict::Eligible
    }
}

struct Judge<'j> {
    rule: &'j Eligibility,
    values: &'j Values<'j>,
    faults: &'j mut Diagnostics,
    /// Whether no rule was at fault.
    sound: bool,
    /// The empty cells, found where some are to be told together.
    empty: OnceCell<EmptyCells<'j>>,
}

impl Judge<'_> {
    /// Gives a finding for each condition, and one gap for all that they miss.
    fn row(&mut self, at: RowOf<'_>) -> (Vec<Finding>, Option<Gap>) {
        let rule = self.rule;
        let judged = rule.conditions.iter();
        let judged = judged.map(|condition| self.condition(condition, at));
        let (findings, gaps): (Vec<_>, Vec<_>) = judged.unzip();
        (findings, Gap::all(gaps.into_iter().flatten()))
    }

    fn condition(&mut self, condition: &Condition, at: RowOf<'_>) -> (Finding, Option<Gap>) {
        let judged = self.judge(&condition.that, &condition.place, &condition.source, at);
        let gap = match judged {
            Ok(true) => {
                let holds = self.finding(condition, Standing::Holds, at, None);
                return (holds, None);
            }
            Ok(false) => None,
            Err(gap) => Some(gap),
        };
        // What is not met stands unless a derogation holds; one that cannot be judged leaves it open.
        let mut open: Vec<Gap> = gap.into_iter().collect();
        for exception in &condition.exceptions {
            match self.judge(&exception.when, &exception.place, &exception.source, at) {
                Ok(true) => return (self.lifted(condition, exception, at), None),
                Ok(false) => {}
                Err(gap) => open.push(gap),
            }
        }
        let open = Gap::all(open);
        let standing = match open {
            Some(_) => Standing::Missing,
            None => Standing::Fails,
        };
        let finding = self.finding(condition, standing, at, open.as_ref());
        (finding, open)
    }

    fn judge(
        &mut self,
        formula: &Typed,
        place: &Place,
        source: &Source,
        at: RowOf<'_>,
    ) -> Result<bool, Gap> {
        let judged = self.values.condition(&formula.expr, Some(at));
        judged.map_err(|gap| {
            if gap.awaited().is_some() {
                return gap;
            }
            // Told once: the same fault in every row is one mistake of the rule.
            if self.sound {
                let fault = gap.diagnostic(&self.rule.label, Some(place.clone()), source.cited());
                self.faults.extend(fault.into_iter().collect());
            }
            self.sound = false;
            Gap::Told
        })
    }

    /// What was found of a condition in a row, and of one left open what it misses.
    fn finding(
        &self,
        condition: &Condition,
        standing: Standing,
        at: RowOf<'_>,
        open: Option<&Gap>,
    ) -> Finding {
        let mut formulas = vec![&condition.that];
        if standing == Standing::Missing {
            formulas.extend(condition.exceptions.iter().map(|exception| &exception.when));
        }
        let values = self.parts(&formulas, at);
        let label = condition.label.clone();
        let needed = needed(self.values.measure, &self.rule.table, &condition.that.expr);
        let told = match open {
            Some(gap) => self.missing(gap),
            None => {
                let wanting = needed.as_ref().filter(|_| standing == Standing::Fails);
                met(&values).chain(wanting.and_then(wanted)).collect()
            }
        };
        let told = joined(told);
        let text = match told.it.is_empty() {
            true => label,
            false => say!("{label} ({told})", "{label} ({told})"; label = label, told = told),
        };
        Finding {
            condition: condition.id.clone(),
            label: condition.label.clone(),
            standing,
            values,
            needed: condition.that.text.clone(),
            needed_words: needed.map(|needed| needed.text),
            text,
            act: condition.source.cited(),
            assumption: condition.source.assumption,
            note: condition.source.note.clone(),
        }
    }

    /// Says what a condition misses; the cells of the rows it goes through together.
    fn missing(&self, gap: &Gap) -> Vec<Text> {
        let Some(awaits) = gap.awaits() else {
            return Vec::new();
        };
        match awaits.items() {
            [_] => awaits.texts(),
            _ => {
                let empty = self.empty.get_or_init(|| EmptyCells::of(self.values));
                together(awaits, &self.rule.table, empty)
            }
        }
    }

    fn lifted(&self, condition: &Condition, exception: &Exception, at: RowOf<'_>) -> Finding {
        let finding = self.finding(condition, Standing::Lifted, at, None);
        let text = say!(
            "{text}; vale la deroga: {exception}", "{text}; derogation: {exception}";
            text = finding.text.clone(), exception = exception.label.clone()
        );
        Finding {
            text,
            act: exception.source.cited(),
            assumption: exception.source.assumption,
            note: exception.source.note.clone(),
            ..finding
        }
    }

    /// The names of some formulas, each once, with its value; none where it is missing.
    fn parts(&self, formulas: &[&Typed], at: RowOf<'_>) -> Vec<(Text, Option<Text>)> {
        let mut parts: Vec<(String, Expr)> = Vec::new();
        for part in formulas.iter().flat_map(|formula| named_parts(formula)) {
            if parts.iter().all(|(name, _)| *name != part.0) {
                parts.push(part);
            }
        }
        let parts = parts.into_iter().map(|(name, expr)| {
            let value = self.values.value(&expr, Some(at));
            let (measure, table) = (self.values.measure, &self.rule.table);
            let value = value.ok();
            let value = value.map(|value| value_of(measure, table, &expr, value));
            (label_of(measure, table, &name, &expr), value)
        });
        parts.collect()
    }
}

/// The values that were found.
fn met(values: &[(Text, Option<Text>)]) -> impl Iterator<Item = Text> {
    values.iter().filter_map(|(name, found)| {
        let (name, found) = (name.clone(), found.clone()?);
        Some(say!("{name}: {found}", "{name}: {found}"; name = name, found = found))
    })
}

/// The value that was wanted, where it is written in the condition: a parameter stands among those
/// that were found.
fn wanted(needed: &Needed) -> Option<Text> {
    let value = needed.value.clone();
    needed
        .written
        .then(|| say!("serve {value}", "needed: {value}"; value = value))
}

/// Joins some words, each said once.
fn joined(all: impl IntoIterator<Item = Text>) -> Text {
    let mut parts: Vec<Text> = Vec::new();
    for part in all {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let join = |side: fn(&Text) -> &str| parts.iter().map(side).collect::<Vec<_>>().join("; ");
    Text {
        it: join(|text| &text.it),
        en: join(|text| &text.en),
    }
}
