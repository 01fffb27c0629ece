//! Which values come from a personal column, also through other columns.

use crate::rules::{Expr, Formula, Measure, Reference, Register, Scalar, Typed};

/// Tells whether `value`, which `expr` gives over the rows of `table`, is read from a personal
/// column and so is masked; only texts are.
pub fn is_personal(measure: &Measure, table: &str, expr: &Expr, value: &Scalar) -> bool {
    match value {
        Scalar::Text(text) => hides(measure, table, expr, text),
        _ => false,
    }
}

/// Tells whether a list has a personal column, whatever its rows.
pub fn holds_personal(measure: &Measure, list: &Register) -> bool {
    // No text at all is not the code of a body, the one text that a personal column shows.
    let mut columns = list.columns.iter();
    columns.any(|column| hides(measure, &list.table, &column.expr, ""))
}

fn hides(measure: &Measure, table: &str, expr: &Expr, text: &str) -> bool {
    let reads = |reference: &Reference, table: &str| match reference {
        Reference::Column(name) => measure
            .table(table)
            .is_some_and(|declared| declared.hides(name, text)),
        Reference::Derived(id) => measure
            .derive_at_home(id)
            .is_some_and(|(home, derive)| reads_personal(home, table, &derive.formula, text)),
        _ => false,
    };
    let mut found = false;
    expr.visit(&mut |expr| match expr {
        Expr::Reference(reference) => found |= reads(reference, table),
        Expr::Through { table, of, .. } => found |= reads(of, table),
        _ => {}
    });
    found
}

fn reads_personal(measure: &Measure, table: &str, formula: &Formula, text: &str) -> bool {
    let own = |typed: &Typed| hides(measure, table, &typed.expr, text);
    match formula {
        Formula::Line(line) => own(line),
        Formula::Function { inputs, .. } => inputs.iter().any(own),
        Formula::Native(native) => native.takes.iter().any(own),
        Formula::Rollup(rollup) => {
            let of = rollup.of.as_ref();
            of.is_some_and(|of| hides(measure, &rollup.from, &of.expr, text))
        }
        // What a band gives is written in the rules; a place is a number.
        Formula::Band(_) | Formula::Rank(_) => false,
    }
}
