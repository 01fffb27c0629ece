//! Columns and tables of the core as messages, exactly, and columns of messages as cells.

use riparto_core::model::{Facts, Table};
use riparto_core::native::NativeKind;
use riparto_core::num::Ratio;
use riparto_core::rules::Scalar;
use riparto_plugin_abi::Column;
use riparto_plugin_abi::message::{self, date_of, days_of};

/// Gives the column that holds scalars exactly; none where one cannot be held.
pub fn column_of(kind: NativeKind, cells: &[Option<Scalar>]) -> Option<Column> {
    let cells = cells.iter();
    Some(match kind {
        NativeKind::Number => {
            let numbers = cells.map(|cell| match cell {
                Some(Scalar::Number(number)) => Some(Some(number)),
                Some(_) => None,
                None => Some(None),
            });
            numbers_of(&numbers.collect::<Option<Vec<_>>>()?)?
        }
        NativeKind::Text => Column::Texts(
            cells
                .map(|cell| match cell {
                    Some(Scalar::Text(text)) => Some(Some(text.clone())),
                    Some(_) => None,
                    None => Some(None),
                })
                .collect::<Option<_>>()?,
        ),
        NativeKind::Bool => Column::Bools(
            cells
                .map(|cell| match cell {
                    Some(Scalar::Bool(truth)) => Some(Some(*truth)),
                    Some(_) => None,
                    None => Some(None),
                })
                .collect::<Option<_>>()?,
        ),
        NativeKind::Date => Column::Dates(
            cells
                .map(|cell| match cell {
                    Some(Scalar::Date(date)) => days_of(*date).map(Some),
                    Some(_) => None,
                    None => Some(None),
                })
                .collect::<Option<_>>()?,
        ),
    })
}

/// Whole numbers where all are, else fractions.
fn numbers_of(cells: &[Option<&Ratio>]) -> Option<Column> {
    let whole = cells.iter().map(|cell| match cell {
        Some(number) => number.to_i64().map(Some),
        None => Some(None),
    });
    if let Some(whole) = whole.collect::<Option<Vec<_>>>() {
        return Some(Column::Integers(whole));
    }
    let fractions = cells.iter().map(|cell| match cell {
        Some(number) => pair(number).map(Some),
        None => Some(None),
    });
    Some(Column::Fractions(fractions.collect::<Option<Vec<_>>>()?))
}

/// Gives the column that holds values of one type, or none of any; none where one cannot be held.
/// Instants go as text.
pub fn any_column(cells: &[Option<Scalar>]) -> Option<Column> {
    let kind = match cells.iter().flatten().next() {
        Some(Scalar::Number(_)) => NativeKind::Number,
        Some(Scalar::Bool(_)) => NativeKind::Bool,
        Some(Scalar::Date(_)) => NativeKind::Date,
        Some(Scalar::Moment(_)) => {
            let texts = cells.iter().map(|cell| match cell {
                Some(Scalar::Moment(at)) => Some(Some(at.iso())),
                Some(_) => None,
                None => Some(None),
            });
            return Some(Column::Texts(texts.collect::<Option<_>>()?));
        }
        Some(Scalar::Text(_)) | None => NativeKind::Text,
    };
    column_of(kind, cells)
}

/// Gives the cells of a column; none where one stands for nothing.
pub fn scalars(column: &Column) -> Option<Vec<Option<Scalar>>> {
    let number = |number: Ratio| Some(Scalar::Number(number));
    Some(match column {
        Column::Integers(cells) => {
            let cells = cells.iter();
            cells
                .map(|cell| cell.and_then(|n| number(Ratio::from(n))))
                .collect()
        }
        Column::Decimals { scale, digits } => {
            let one = 10_i128.checked_pow(u32::from(*scale))?;
            let cells = digits.iter().map(|cell| match cell {
                Some(digits) => fraction(i128::from(*digits), one).map(number),
                None => Some(None),
            });
            cells.collect::<Option<_>>()?
        }
        Column::Fractions(cells) => {
            let cells = cells.iter().map(|cell| match cell {
                Some((above, below)) => fraction(*above, *below).map(number),
                None => Some(None),
            });
            cells.collect::<Option<_>>()?
        }
        Column::Texts(cells) => {
            let cells = cells.iter().cloned();
            cells.map(|cell| cell.map(Scalar::Text)).collect()
        }
        Column::Bools(cells) => cells.iter().map(|cell| cell.map(Scalar::Bool)).collect(),
        Column::Dates(cells) => {
            let cells = cells.iter().map(|cell| match cell {
                Some(days) => date_of(*days).map(|date| Some(Scalar::Date(date))),
                None => Some(None),
            });
            cells.collect::<Option<_>>()?
        }
    })
}

/// Gives a table of facts as a message; instants stay behind as texts.
pub fn whole(table: &Table) -> Option<message::Table> {
    let columns = table.columns.iter().map(|column| {
        let cells: Option<Column> = match &column.facts {
            Facts::Date(cells) => {
                let days = cells.iter().map(|cell| match cell {
                    Some(date) => days_of(*date).map(Some),
                    None => Some(None),
                });
                Some(Column::Dates(days.collect::<Option<_>>()?))
            }
            Facts::Bool(cells) => Some(Column::Bools(cells.clone())),
            Facts::Moment(cells) => {
                let texts = cells.iter().map(|cell| cell.map(|at| at.iso()));
                Some(Column::Texts(texts.collect()))
            }
            Facts::Text(cells) => Some(Column::Texts(cells.clone())),
            numbers @ (Facts::Integer(_) | Facts::Decimal(_)) => {
                let rows = 0..numbers.len();
                let numbers: Vec<Option<Ratio>> = rows.map(|row| numbers.number(row)).collect();
                let borrowed: Vec<Option<&Ratio>> = numbers.iter().map(Option::as_ref).collect();
                numbers_of(&borrowed)
            }
        };
        Some((column.name.clone(), cells?))
    });
    let lines = table.lines.iter();
    let lines = lines.map(|line| u32::try_from(*line).unwrap_or_default());
    Some(message::Table {
        name: table.name.clone(),
        file: table.file.clone(),
        columns: columns.collect::<Option<_>>()?,
        lines: lines.collect(),
    })
}

fn pair(number: &Ratio) -> Option<(i128, i128)> {
    let above = i128::try_from(number.numer()).ok()?;
    Some((above, i128::try_from(number.denom()).ok()?))
}

/// Gives a fraction with a denominator above zero.
fn fraction(above: i128, below: i128) -> Option<Ratio> {
    Ratio::new(above, below).filter(|_| below > 0)
}
