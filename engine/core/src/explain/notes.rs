//! What a reader should know of the columns and totals that a formula reads.

use super::Step;
use crate::rules::{Expr, Formula, Measure, Reference, Typed};

/// Adds to `steps` the notes of all that a formula reads, also through other columns, but those
/// that a step says already.
pub fn add_notes(steps: &mut Vec<Step>, measure: &Measure, formula: &Typed) {
    let mut found = Vec::new();
    collect(measure, formula, &mut Vec::new(), &mut found);
    for step in found {
        if steps.iter().all(|told| told.note != step.note) {
            steps.push(step);
        }
    }
}

fn collect<'m>(
    measure: &'m Measure,
    formula: &'m Typed,
    seen: &mut Vec<&'m Reference>,
    steps: &mut Vec<Step>,
) {
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
                    let label = derive.label.clone();
                    steps.push(Step::from("note", label, &derive.source));
                }
                for formula in formulas(&derive.formula) {
                    collect(measure, formula, seen, steps);
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
                collect(measure, &total.value, seen, steps);
            }
            _ => {}
        }
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
