//! What a reader should know of the columns and totals that a formula reads.

use super::Step;
use super::split::Teller;
use crate::diag::Text;
use crate::rules::{Derive, Expr, Formula, Reference, Typed};
use crate::say;

/// Adds to `steps` the notes of all that a formula reads, also through other columns, but those
/// that a step says already.
///
/// A column that the row has comes with its value there.
pub fn add_notes(
    steps: &mut Vec<Step>,
    teller: &Teller<'_>,
    formula: &Typed,
    at: Option<(&str, usize)>,
) {
    let mut found = Vec::new();
    collect(teller, formula, at, &mut Vec::new(), &mut found);
    for step in found {
        if steps.iter().all(|told| told.note != step.note) {
            steps.push(step);
        }
    }
}

fn collect<'m>(
    teller: &Teller<'m>,
    formula: &'m Typed,
    at: Option<(&str, usize)>,
    seen: &mut Vec<&'m Reference>,
    steps: &mut Vec<Step>,
) {
    let measure = teller.measure;
    let mut read: Vec<&Reference> = Vec::new();
    formula.expr.visit(&mut |expr| match expr {
        Expr::Reference(of)
        | Expr::Through { of, .. }
        | Expr::Fold {
            column: Some(of), ..
        } => read.push(of),
        _ => {}
    });
    for reference in read {
        if seen.contains(&reference) {
            continue;
        }
        seen.push(reference);
        match reference {
            Reference::Derived(id) => {
                let Some(derive) = measure.derive(id) else {
                    continue;
                };
                if derive.source.note.is_some() {
                    let text = valued(teller, derive, at);
                    steps.push(Step::from("note", text, &derive.source));
                }
                for formula in formulas(&derive.formula) {
                    collect(teller, formula, at, seen, steps);
                }
            }
            Reference::Total(id) => {
                let Some(total) = measure.total(id) else {
                    continue;
                };
                if total.note.is_some() {
                    steps.push(Step {
                        note: total.note.clone(),
                        ..Step::new("note", total.label.clone())
                    });
                }
                collect(teller, &total.value, None, seen, steps);
            }
            _ => {}
        }
    }
}

/// The label of a column, with its value in the row where it is a column of its table.
fn valued(teller: &Teller<'_>, derive: &Derive, at: Option<(&str, usize)>) -> Text {
    let label = derive.label.clone();
    let row = at.filter(|(table, _)| *table == derive.table);
    let value = row.and_then(|(_, row)| {
        let (run, measure) = (teller.run, teller.measure);
        run.derived(measure, teller.data, derive, row)
    });
    match value {
        Some(value) => say!("{label}: {value}", "{label}: {value}"; label = label, value = value),
        None => label,
    }
}

fn formulas(formula: &Formula) -> Vec<&Typed> {
    match formula {
        Formula::Line(line) => vec![line],
        Formula::Function { inputs, .. } => inputs.iter().collect(),
        Formula::Native(native) => native.takes.iter().collect(),
        Formula::Rollup(rollup) => rollup.of.iter().chain(&rollup.filter).collect(),
        Formula::Rank(rank) => std::iter::once(&rank.by).chain(&rank.within).collect(),
        Formula::Band(band) => std::iter::once(&band.of).chain(&band.by).collect(),
    }
}
