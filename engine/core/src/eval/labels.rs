//! What a reader calls the names of a formula.

use crate::diag::Text;
use crate::rules::{Expr, Measure, Reference};

/// Gives the label of what a formula names over the rows of `table`; `name` where nothing else is
/// known of it.
pub fn label_of(measure: &Measure, table: &str, name: &str, expr: &Expr) -> Text {
    let Expr::Reference(reference) = expr else {
        return Text::same(name);
    };
    let label = match reference {
        Reference::Column(id) => {
            let column = measure.table(table).and_then(|table| table.column(id));
            column.map(|column| Text::same(column.label.clone()))
        }
        Reference::Derived(id) => measure.derive(id).map(|derive| derive.label.clone()),
        Reference::Param(id) => measure.param(id).map(|param| param.label.clone()),
        Reference::Total(id) => measure.total(id).map(|total| total.label.clone()),
        Reference::Fund(id) => measure.fund(id).map(|fund| fund.label.clone()),
        Reference::Decision(id) => measure.eligibility(id).map(|rule| rule.label.clone()),
        Reference::Amount(_) | Reference::Exact(_) => None,
    };
    label.unwrap_or_else(|| Text::same(name))
}
