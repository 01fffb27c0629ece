//! The columns of a message as the functions here read them.

use riparto_plugin::{Batch, Column, Fault, Rational, Table, Value, unreadable, values_of};

use crate::faults::{listed, placed, refused};

/// Gives a parameter of a function.
pub fn parameter(batch: &Batch, index: usize) -> Result<&Column, Box<Fault>> {
    let column = batch.columns.get(index);
    column.ok_or_else(|| unreadable("a parameter is missing"))
}

/// Gives the texts of a column.
pub fn texts(column: &Column) -> Result<&[Option<String>], Box<Fault>> {
    match column {
        Column::Texts(cells) => Ok(cells),
        _ => Err(unreadable("a column holds no texts")),
    }
}

/// Gives the days of a column, each as its distance from 1 January 1970.
pub fn dates(column: &Column) -> Result<&[Option<i32>], Box<Fault>> {
    match column {
        Column::Dates(cells) => Ok(cells),
        _ => Err(unreadable("a column holds no dates")),
    }
}

/// Gives the numbers of a column.
pub fn numbers(column: &Column) -> Result<Vec<Option<Rational>>, Box<Fault>> {
    let number = |cell: Option<Value>| cell.as_ref().and_then(Value::number);
    match column {
        Column::Integers(_) | Column::Decimals { .. } | Column::Fractions(_) => values_of(column)
            .map(|cells| cells.into_iter().map(number).collect())
            .ok_or_else(|| unreadable("a number cannot be held exactly")),
        _ => Err(unreadable("a column holds no numbers")),
    }
}

/// Gives a table that a function reads, with the columns that it needs, in their order.
///
/// # Errors
/// All the columns that the table lacks, at once.
pub fn table<'b, const N: usize>(
    batch: &'b Batch,
    names: [&str; N],
) -> Result<(&'b Table, [&'b Column; N]), Box<Fault>> {
    let missing = || unreadable("a table is missing");
    let table = batch.tables.first().ok_or_else(missing)?;
    let found: Vec<&Column> = names.iter().filter_map(|name| table.column(name)).collect();
    match <[&Column; N]>::try_from(found) {
        Ok(columns) => Ok((table, columns)),
        Err(_) => {
            let lacks = listed(names.iter().filter(|name| table.column(name).is_none()));
            let fault = refused(
                "missing-column",
                [
                    &format!("nella tabella `{}` mancano le colonne {lacks}", table.name),
                    &format!("table `{}` lacks the columns {lacks}", table.name),
                ],
                [
                    "dichiararle nella misura, con questi nomi",
                    "declare them in the measure, by these names",
                ],
            );
            Err(placed(fault, &table.file, 0))
        }
    }
}
