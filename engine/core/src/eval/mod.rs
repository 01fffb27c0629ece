//! Runs a pack on its facts: the steps of the plan one by one, every fault collected.

mod actions;
mod awaited;
mod band;
mod benefits;
mod deadlines;
mod decide;
mod derive;
mod documents;
mod export;
mod gap;
mod ground;
mod labels;
mod native;
mod needed;
mod offices;
mod personal;
mod rank;
mod register;
mod replay;
mod rollup;
mod split;
#[cfg(test)]
mod tests;
mod totals;
mod validate;
mod value;

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::identifiers::masked;
use crate::model::Dataset;
use crate::num::Ratio;
use crate::outcome::{CheckOutcome, Outcome, RegisterOutcome};
use crate::rules::{
    Band, BandRow, Check, Derive, Expr, Formula, Measure, Pack, Reference, Scalar, Step, Typed,
    quantity,
};
use crate::say;
use crate::words;
use gap::Gap;
use register::Veil;
use value::{Known, RowOf, Values};

pub use actions::check_progress;
pub use deadlines::{Moment, deadlines, unknown_events};
pub use derive::named_parts;
pub use documents::check_documents;
pub use export::export;
pub use labels::label_of;
pub use offices::offices;
pub use personal::holds_personal;
pub use validate::validate;

/// A run that found nothing wrong: its outcome, and what explanations read of it.
#[derive(Debug)]
pub struct Run {
    /// What came out.
    pub outcome: Outcome,
    known: BTreeMap<String, Known>,
}

impl Run {
    /// Gives what the formulas of a measure are worked out on.
    fn values<'v>(&'v self, measure: &'v Measure, data: &'v Dataset) -> Option<Values<'v>> {
        Some(Values {
            measure,
            data,
            known: self.known.get(&measure.id)?,
        })
    }

    /// Gives each name of a formula with its value in one row, or none where it is missing.
    pub fn numbers(
        &self,
        measure: &Measure,
        data: &Dataset,
        table: &str,
        row: usize,
        formula: &Typed,
    ) -> Vec<(String, Option<Text>)> {
        let at = data.tables.get(table).map(|table| RowOf { table, row });
        let Some(values) = self.values(measure, data) else {
            return Vec::new();
        };
        let parts = named_parts(formula).into_iter();
        parts
            .map(|(name, expr)| {
                let value = values.value(&expr, at).ok();
                let value = value.map(|value| labels::value_of(measure, table, &expr, value));
                (name, value)
            })
            .collect()
    }

    /// Tells whether a condition holds in one row; none where that cannot be said.
    pub fn holds(
        &self,
        measure: &Measure,
        data: &Dataset,
        table: &str,
        row: usize,
        condition: &Typed,
    ) -> Option<bool> {
        let at = RowOf {
            table: data.tables.get(table)?,
            row,
        };
        let values = self.values(measure, data)?;
        values.condition(&condition.expr, Some(at)).ok()
    }

    /// Gives the value of a derived column in one row of its table, with its unit.
    pub fn derived(
        &self,
        measure: &Measure,
        data: &Dataset,
        derive: &Derive,
        row: usize,
    ) -> Option<Text> {
        let at = RowOf {
            table: data.tables.get(&derive.table)?,
            row,
        };
        let values = self.values(measure, data)?;
        let expr = Expr::Reference(Reference::Derived(derive.id.clone()));
        Some(match values.value(&expr, Some(at)).ok()? {
            Scalar::Number(number) => quantity(&number, &derive.unit),
            value => labels::value_of(measure, &derive.table, &expr, value),
        })
    }

    /// Gives a list for another office with what is personal in full; none where there is no such
    /// list. What comes out of a run never holds it: it is for a file that somebody asked for.
    pub fn unmasked(&self, measure: &Measure, data: &Dataset, id: &str) -> Option<RegisterOutcome> {
        let rule = measure.registers.iter().find(|rule| rule.id == id)?;
        let values = self.values(measure, data)?;
        register::register(rule, Veil::Lifted, &values, &mut Diagnostics::new())
    }

    /// Gives the row of a decision table that applies to one row of facts, with the number that
    /// decided; none where a datum is missing.
    pub fn band<'b>(
        &self,
        measure: &Measure,
        data: &Dataset,
        derive: &'b Derive,
        row: usize,
    ) -> Option<(&'b Band, &'b BandRow, Ratio)> {
        let Formula::Band(band) = &derive.formula else {
            return None;
        };
        let table = data.tables.get(&derive.table)?;
        let at = RowOf { table, row };
        let values = self.values(measure, data)?;
        let of = values.number(&band.of.expr, Some(at)).ok()?;
        let applying = band::applying(derive, band, at, &values).ok()?;
        Some((band, applying, of))
    }
}

fn shown(value: Scalar, hidden: bool) -> Text {
    match value {
        Scalar::Number(number) => words::number(&number),
        Scalar::Bool(true) => say!("sì", "yes"),
        Scalar::Bool(false) => say!("no", "no"),
        Scalar::Text(text) if hidden => Text::same(masked(&text)),
        Scalar::Text(text) => Text::same(text),
        Scalar::Date(date) => Text::same(date.to_string()),
        Scalar::Moment(at) => at.long(),
    }
}

/// Gives a value for another program to read: no unit, no grouping of digits.
fn shown_plainly(value: Scalar, hidden: bool) -> Text {
    match value {
        Scalar::Number(number) => {
            let text = number.to_decimal_text();
            Text::same(text.unwrap_or_else(|| number.to_string()))
        }
        Scalar::Moment(at) => Text::same(at.iso()),
        value => shown(value, hidden),
    }
}

/// Runs a pack on its facts; there is a run only when nothing is wrong.
///
/// # Shape
/// `data` holds every table that the pack declares, as [`Pack::tables`] lists them.
pub fn evaluate(pack: &Pack, data: &Dataset) -> (Option<Run>, Diagnostics) {
    run(pack, data, Checks::Judged)
}

/// Runs a pack on facts that may be another's: its checks, which hold of its own, are left out.
pub fn evaluate_unchecked(pack: &Pack, data: &Dataset) -> (Option<Run>, Diagnostics) {
    run(pack, data, Checks::LeftOut)
}

/// Whether a run judges the checks of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Checks {
    Judged,
    LeftOut,
}

fn run(pack: &Pack, data: &Dataset, checks: Checks) -> (Option<Run>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let mut outcome = Outcome::new(pack.id.clone(), pack.as_of);
    match deadlines(pack, &Moment::default()) {
        Ok(found) => outcome.deadlines = found,
        Err(found) => faults.extend(found),
    }
    let mut known = BTreeMap::new();
    let mut given = BTreeMap::new();
    for measure in pack.in_reading_order() {
        let mut own = Outcome::new(pack.id.clone(), pack.as_of);
        let before = Known::before(measure, data, &known);
        let after = run_measure(measure, data, before, &mut own, &mut faults);
        if checks == Checks::Judged {
            let values = Values {
                measure,
                data,
                known: &after,
            };
            own.checks = judged(&values, &mut faults);
        }
        known.insert(measure.id.clone(), after);
        own.actions = actions::actions(measure, data, &outcome.deadlines, &mut faults);
        given.insert(measure.id.as_str(), own);
    }
    // Whatever the order in which they were worked out, answers keep that of the pack.
    for measure in &pack.measures {
        if let Some(own) = given.remove(measure.id.as_str()) {
            outcome.append(own);
        }
    }
    outcome.totals = totals::of(&outcome.allocations);
    if faults.has_errors() {
        (None, faults)
    } else {
        (Some(Run { outcome, known }), faults)
    }
}

fn run_measure(
    measure: &Measure,
    data: &Dataset,
    mut known: Known,
    outcome: &mut Outcome,
    faults: &mut Diagnostics,
) -> Known {
    for step in &measure.steps {
        let values = Values {
            measure,
            data,
            known: &known,
        };
        match step {
            Step::Derive(id) => {
                if let Some(derive) = measure.derive(id) {
                    let column = derive::column(derive, &values, faults);
                    known.derived.insert(id.clone(), column);
                }
            }
            Step::Total(id) => {
                if let Some(total) = measure.total(id) {
                    let value = values.value(&total.value.expr, None);
                    let value =
                        value.map_err(|gap| told(gap, &total.label, &total.place, None, faults));
                    known.totals.insert(id.clone(), value);
                }
            }
            Step::Replay(id) => {
                if let Some(life) = measure.life(id) {
                    let (states, replayed) = replay::life(life, &values, faults);
                    known.derived.insert(id.clone(), states);
                    outcome.states.push(replayed);
                }
            }
            // What is checked is read by no other step: it is judged when all is known.
            Step::Check(_) => {}
            Step::Decide(id) => {
                if let Some(rule) = measure.eligibility(id) {
                    let (decided, cells) = decide::decide(rule, &values, faults);
                    known.decisions.insert(id.clone(), cells);
                    outcome.decisions.extend(decided);
                }
            }
            Step::Allocate(id) => {
                if let Some(allocation) = measure.allocation(id) {
                    let before = &outcome.allocations;
                    let mut found = Diagnostics::new();
                    let splits = split::allocation(allocation, &values, before, &mut found);
                    let withheld = split::withheld(allocation, &values, &found);
                    let (amounts, exact) = match withheld {
                        Some(_) => split::awaited(allocation, &values),
                        None => split::remember(allocation, &splits, &values),
                    };
                    if withheld.is_none() {
                        faults.extend(found);
                    }
                    outcome.withheld.extend(withheld);
                    known.amounts.insert(id.clone(), amounts);
                    known.exact.insert(id.clone(), exact);
                    outcome.allocations.extend(splits);
                }
            }
        }
    }
    let values = Values {
        measure,
        data,
        known: &known,
    };
    for rule in &measure.eligibilities {
        outcome
            .benefits
            .extend(benefits::benefits(rule, &values, faults));
    }
    for rule in &measure.registers {
        outcome
            .registers
            .extend(register::register(rule, Veil::Masked, &values, faults));
    }
    for rule in &measure.documents {
        let checked = documents::documents(rule, &values, &outcome.decisions, faults);
        outcome.documents.extend(checked);
    }
    known
}

/// Judges the checks of a measure, in the order of its plan.
fn judged(values: &Values<'_>, faults: &mut Diagnostics) -> Vec<CheckOutcome> {
    let checks = values.measure.steps.iter().filter_map(|step| match step {
        Step::Check(id) => values.measure.check(id),
        _ => None,
    });
    checks
        .filter_map(|check| judge(check, values, faults))
        .collect()
}

/// Tells a fault of the rule itself, and leaves in its place that it has been told.
fn told(
    gap: Gap,
    rule: &Text,
    place: &Place,
    act: Option<String>,
    faults: &mut Diagnostics,
) -> Gap {
    if !gap.is_fault() {
        return gap;
    }
    let fault = gap.diagnostic(rule, Some(place.clone()), act);
    faults.extend(fault.into_iter().collect());
    Gap::Told
}

fn judge(check: &Check, values: &Values<'_>, faults: &mut Diagnostics) -> Option<CheckOutcome> {
    let act = check.source.cited();
    let judged = match values.condition(&check.that.expr, None) {
        Ok(true) => true,
        Ok(false) => {
            faults.push(failed(check, values));
            return None;
        }
        Err(gap) if gap.awaits().is_some() && !gap.misses_a_datum() => false,
        Err(gap) => {
            faults.extend(
                gap.diagnostic(&check.label, Some(check.place.clone()), act)
                    .into_iter()
                    .collect(),
            );
            return None;
        }
    };
    let (id, label) = (check.id.clone(), check.label.clone());
    Some(CheckOutcome {
        id,
        measure: values.measure.id.clone(),
        label,
        act,
        judged,
    })
}

/// Says what did not hold, with the value of each name in the condition.
fn failed(check: &Check, values: &Values<'_>) -> Diagnostic {
    let parts = named_parts(&check.that);
    let found: Vec<Text> = parts
        .into_iter()
        .filter_map(|(name, expr)| {
            let value = words::number(&values.number(&expr, None).ok()?);
            let name = label_of(values.measure, "", &name, &expr);
            Some(say!("{name}: {value}", "{name}: {value}"; name = name, value = value))
        })
        .collect();
    let fault = Diagnostic::error(
        Code::CheckFailed,
        say!(
            "il controllo non è soddisfatto: {label} ({found})",
            "the check does not hold: {label} ({found})";
            label = check.label.clone(), found = words::listed(&found)
        ),
    );
    let that = &check.that.text;
    fault
        .at(check.place.clone())
        .act(check.source.cited())
        .help(say!(
            "correggere i dati, o il valore con cui si confrontano, finché vale `{that}`",
            "correct the facts, or the value they are compared with, until `{that}` holds"
        ))
}
