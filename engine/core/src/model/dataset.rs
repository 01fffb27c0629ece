//! Facts: typed columns, a key per row, and for each cell where it was read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ColumnType;
use crate::diag::Place;
use crate::num::Ratio;
use crate::time::RomeTime;

/// The tables of facts of a run, by name.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// The tables, by the name that the pack declares.
    pub tables: BTreeMap<String, Table>,
}

/// One table that was read without a fault.
#[derive(Debug, Clone)]
pub struct Table {
    /// The name that the pack declares.
    pub name: String,
    /// The file it was read from, as the reader named it.
    pub file: String,
    /// The columns, in the order declared, all of the same length.
    pub columns: Vec<Column>,
    /// The line of the file where each row starts, counted from one.
    pub lines: Vec<usize>,
}

/// One column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type of its cells.
    pub kind: ColumnType,
    /// The cells, one a row; a cell that was empty is `None`, never zero.
    pub facts: Facts,
    /// Where the empty cells stand, by row.
    pub missing: BTreeMap<usize, Place>,
}

/// The cells of a column, by type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facts {
    /// Text, ISTAT and cadastral codes.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Decimals and euro.
    Decimal(Vec<Option<Decimal>>),
    /// Yes or no.
    Bool(Vec<Option<bool>>),
    /// Days.
    Date(Vec<Option<NaiveDate>>),
    /// Days with their time.
    Moment(Vec<Option<RomeTime>>),
}

impl Facts {
    /// Gives how many cells there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Integer(cells) => cells.len(),
            Self::Decimal(cells) => cells.len(),
            Self::Bool(cells) => cells.len(),
            Self::Date(cells) => cells.len(),
            Self::Moment(cells) => cells.len(),
        }
    }

    /// Tells whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives a cell as an exact number, when it holds one.
    pub fn number(&self, row: usize) -> Option<Ratio> {
        match self {
            Self::Integer(cells) => cells.get(row).copied().flatten().map(Ratio::from),
            Self::Decimal(cells) => cells.get(row).copied().flatten().map(Ratio::from),
            Self::Text(_) | Self::Bool(_) | Self::Date(_) | Self::Moment(_) => None,
        }
    }

    /// Gives a cell as text, when it holds text.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Text(cells) => cells.get(row).and_then(Option::as_deref),
            _ => None,
        }
    }

    /// Gives a cell as a text that equal cells share, when it holds something.
    pub fn plain(&self, row: usize) -> Option<String> {
        match self {
            Self::Text(cells) => cells.get(row)?.clone(),
            Self::Integer(cells) => cells.get(row)?.map(|number| number.to_string()),
            Self::Decimal(cells) => cells.get(row)?.map(|number| number.normalize().to_string()),
            Self::Bool(cells) => cells.get(row)?.map(|yes| yes.to_string()),
            Self::Date(cells) => cells.get(row)?.map(|day| day.to_string()),
            Self::Moment(cells) => cells.get(row)?.map(|at| at.iso()),
        }
    }

    /// Gives a cell as an instant, when it holds one.
    pub fn instant(&self, row: usize) -> Option<RomeTime> {
        match self {
            Self::Moment(cells) => cells.get(row).copied().flatten(),
            _ => None,
        }
    }
}

impl Table {
    /// Gives how many rows there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Tells whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Gives the column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Gives a row's cell as text, when that column is there and holds text.
    pub fn text(&self, column: &str, row: usize) -> Option<&str> {
        self.column(column)
            .and_then(|column| column.facts.text(row))
    }
}
