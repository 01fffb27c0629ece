//! Which values come from a personal column, also through other columns.

use crate::rules::{Expr, Formula, Measure, Reference, Typed};

/// Tells whether a value over the rows of `table` reads a personal column.
pub fn is_personal(measure: &Measure, table: &str, expr: &Expr) -> bool {
    let reads = |reference: &Reference, table: &str| match reference {
        Reference::Column(name) => measure
            .table(table)
            .is_some_and(|declared| declared.is_personal(name)),
        Reference::Derived(id) => measure
            .derive_at_home(id)
            .is_some_and(|(home, derive)| reads_personal(home, table, &derive.formula)),
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

fn reads_personal(measure: &Measure, table: &str, formula: &Formula) -> bool {
    let own = |typed: &Typed| is_personal(measure, table, &typed.expr);
    match formula {
        Formula::Line(line) => own(line),
        Formula::Function { inputs, .. } => inputs.iter().any(own),
        Formula::Rollup(rollup) => {
            let of = rollup.of.as_ref();
            of.is_some_and(|of| is_personal(measure, &rollup.from, &of.expr))
        }
        // What a band gives is written in the rules; a place is a number.
        Formula::Band(_) | Formula::Rank(_) => false,
    }
}
