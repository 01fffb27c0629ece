//! Which values come from a personal column, also through other columns.

use crate::rules::{Expr, Formula, Measure, Reference, Typed};

/// Tells whether a value over the rows of `table` reads a personal column.
pub fn is_personal(measure: &Measure, table: &str, expr: &Expr) -> bool {
    expr.references()
        .into_iter()
        .any(|reference| match reference {
            Reference::Column(name) => measure
                .table(table)
                .is_some_and(|declared| declared.is_personal(name)),
            Reference::Derived(id) => measure
                .derive(id)
                .is_some_and(|derive| reads_personal(measure, table, &derive.formula)),
            _ => false,
        })
}

fn reads_personal(measure: &Measure, table: &str, formula: &Formula) -> bool {
    let own = |typed: &Typed| is_personal(measure, table, &typed.expr);
    match formula {
        Formula::Line(line) => own(line),
        Formula::Function { inputs, .. } => inputs.iter().any(own),
        // What a band gives is written in the rules.
        Formula::Band(_) => false,
    }
}
