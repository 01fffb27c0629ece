//! Lists the rows that a pack gives out for another office.

use super::gap::Gap;
use super::labels::label_of;
use super::personal::is_personal;
use super::value::{RowOf, Values};
use super::{shown, shown_plainly};
use crate::diag::{Diagnostics, Text};
use crate::model::Unit;
use crate::outcome::{RegisterOutcome, Told};
use crate::rules::{Expr, Formula, Measure, Reference, Register, Scalar, Typed};
use crate::words;

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
        file: table.file.clone(),
        rows: Vec::new(),
        lines: Vec::new(),
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
                    let plain = shown_plainly(value.clone(), hidden);
                    cells.push(Some(Told {
                        value: match hidden {
                            true => Scalar::Text(plain.it.clone()),
                            false => value.clone(),
                        },
                        plain,
                        shown: told(value, hidden, column, values),
                    }));
                }
                Err(gap) if gap.awaited().is_some() => cells.push(None),
                Err(gap) => return refuse(rule, &gap, faults),
            }
        }
        listed.rows.push(cells);
        listed
            .lines
            .push(table.lines.get(row).copied().unwrap_or_default());
    }
    Some(listed)
}

/// Gives a value as a reader is told it: euro, percentages, numbers that never end as decimals.
fn told(value: Scalar, hidden: bool, column: &Typed, values: &Values<'_>) -> Text {
    match value {
        Scalar::Number(number) if column.unit == Some(Unit::euro()) => words::rounded_euro(&number),
        Scalar::Number(number) if is_percent(values.measure, &column.expr) => {
            words::rounded_percent(&number)
        }
        Scalar::Number(number) => words::rounded(&number),
        value => shown(value, hidden),
    }
}

/// Tells whether a formula is a parameter written as a percentage, or a column that gives one.
fn is_percent(measure: &Measure, expr: &Expr) -> bool {
    match expr {
        Expr::Reference(Reference::Param(id)) => {
            measure.param(id).is_some_and(|param| param.percent)
        }
        Expr::Reference(Reference::Derived(id)) => {
            match measure.derive(id).map(|derive| &derive.formula) {
                Some(Formula::Line(line)) => is_percent(measure, &line.expr),
                Some(Formula::Band(band)) => {
                    let mut values = band.rows.iter().map(|row| &row.value);
                    values.all(|value| is_percent(measure, value))
                }
                _ => false,
            }
        }
        _ => false,
    }
}

fn heading(rule: &Register, column: &Typed, values: &Values<'_>) -> (String, Text) {
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
    let fault = gap.diagnostic(&rule.label, Some(rule.place.clone()), rule.source.cited());
    faults.extend(fault.into_iter().collect());
    None
}
