//! Lists the rows that a pack gives out for another office.

use super::gap::Gap;
use super::labels::label_of;
use super::personal::is_personal;
use super::shown_plainly;
use super::value::{RowOf, Values};
use crate::diag::Diagnostics;
use crate::outcome::RegisterOutcome;
use crate::rules::{Expr, Register, Scalar, Typed};

/// How much of what is personal a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Veil {
    /// Enough to find it again.
    Masked,
    /// All of it, for the office that the list is for.
    Lifted,
}

/// Lists the rows of a register; none where a rule is at fault, which is told.
pub fn register(
    rule: &Register,
    veil: Veil,
    values: &Values<'_>,
    faults: &mut Diagnostics,
) -> Option<RegisterOutcome> {
    let table = values.data.tables.get(&rule.table)?;
    let declared = values.measure.table(&rule.table)?;
    let mut listed = RegisterOutcome {
        id: rule.id.clone(),
        measure: values.measure.id.clone(),
        label: rule.label.clone(),
        act: rule.source.cited(),
        columns: rule
            .columns
            .iter()
            .map(|c| heading(rule, c, values))
            .collect(),
        rows: Vec::new(),
        open: Vec::new(),
    };
    for row in 0..table.len() {
        let at = Some(RowOf { table, row });
        let belongs = rule.filter.as_ref();
        match belongs.map_or(Ok(true), |filter| values.condition(&filter.expr, at)) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(gap) => {
                let Some(what) = gap.awaited() else {
                    return refuse(rule, &gap, faults);
                };
                let key = declared.key_shown(table, row).unwrap_or_default();
                listed.open.push((key, what));
                continue;
            }
        }
        let mut cells = Vec::with_capacity(rule.columns.len());
        for column in &rule.columns {
            let masks = |value: &Scalar| {
                veil == Veil::Masked
                    && is_personal(values.measure, &rule.table, &column.expr, value)
            };
            match values.value(&column.expr, at) {
                Ok(value) => {
                    let hidden = masks(&value);
                    cells.push(Some(shown_plainly(value, hidden)));
                }
                Err(gap) if gap.awaited().is_some() => cells.push(None),
                Err(gap) => return refuse(rule, &gap, faults),
            }
        }
        listed.rows.push(cells);
    }
    Some(listed)
}

fn heading(rule: &Register, column: &Typed, values: &Values<'_>) -> (String, crate::diag::Text) {
    let label = match &column.expr {
        // The heading of a list stands beside that of the column it is read through.
        Expr::Through { table, of, .. } => {
            let of = Expr::Reference(of.clone());
            label_of(values.measure, table, &column.text, &of)
        }
        expr => label_of(values.measure, &rule.table, &column.text, expr),
    };
    (column.text.clone(), label)
}

fn refuse(rule: &Register, gap: &Gap, faults: &mut Diagnostics) -> Option<RegisterOutcome> {
    let fault = gap.diagnostic(&rule.id, Some(rule.place.clone()), rule.source.cited());
    faults.extend(fault.into_iter().collect());
    None
}
