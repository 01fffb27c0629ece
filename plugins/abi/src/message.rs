//! The messages: what goes in and what comes out, column by column.
//!
//! Numbers are exact: integers, decimals as digits and a scale, fractions as two integers. An
//! absent value is `None`, never zero. Dates are days since 1 January 1970.

use std::fmt::{Display, Formatter};

use chrono::{Days, NaiveDate};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The type of a parameter, a result or a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An exact number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Bool,
    /// A day.
    Date,
}

impl Display for Kind {
    fn fmt(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        to.write_str(match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Bool => "bool",
            Self::Date => "date",
        })
    }
}

/// A column of cells of one type; `None` is a missing datum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// Whole numbers.
    Integers(Vec<Option<i64>>),
    /// Decimals: each is its digits divided by ten to the `scale`.
    Decimals {
        /// How many digits are after the point.
        scale: u8,
        /// The digits as a whole number.
        digits: Vec<Option<i64>>,
    },
    /// Fractions that are no such decimal: numerator, then a denominator above zero.
    Fractions(Vec<Option<(i128, i128)>>),
    /// Texts.
    Texts(Vec<Option<String>>),
    /// True or false.
    Bools(Vec<Option<bool>>),
    /// Days since 1 January 1970.
    Dates(Vec<Option<i32>>),
}

impl Column {
    /// Gives the number of cells.
    pub fn len(&self) -> usize {
        match self {
            Self::Integers(cells) => cells.len(),
            Self::Decimals { digits, .. } => digits.len(),
            Self::Fractions(cells) => cells.len(),
            Self::Texts(cells) => cells.len(),
            Self::Bools(cells) => cells.len(),
            Self::Dates(cells) => cells.len(),
        }
    }

    /// Tells whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives the type of its cells.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Integers(_) | Self::Decimals { .. } | Self::Fractions(_) => Kind::Number,
            Self::Texts(_) => Kind::Text,
            Self::Bools(_) => Kind::Bool,
            Self::Dates(_) => Kind::Date,
        }
    }
}

/// The arguments of a function for many rows at once: a column per parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// How many rows.
    pub rows: u32,
    /// A column per parameter, each with that many cells.
    pub columns: Vec<Column>,
    /// The whole tables that the function reads besides, in the order in which it says so.
    pub tables: Vec<Table>,
}

/// A table of facts as a validator or an exporter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name in the pack.
    pub name: String,
    /// The file that it was read from.
    pub file: String,
    /// Name and cells of each column.
    pub columns: Vec<(String, Column)>,
    /// The line of the file that each row was read from.
    pub lines: Vec<u32>,
}

impl Table {
    /// Finds a column.
    pub fn column(&self, name: &str) -> Option<&Column> {
        let mut columns = self.columns.iter();
        columns.find(|(known, _)| known == name).map(|(_, c)| c)
    }
}

/// A foreign file to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportInput {
    /// The name of the file, without its folders.
    pub file: String,
    /// The table that is wanted.
    pub table: String,
    /// The columns that the table declares.
    pub columns: Vec<String>,
    /// What the file holds.
    pub bytes: Vec<u8>,
}

/// What an importer gives: cells as they would stand in a CSV file with a decimal point, which
/// the host then checks as it checks any file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOutput {
    /// The columns, by the names that the table declares.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A row that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The line (or row of the sheet) that it was read from.
    pub line: u32,
    /// A cell per column; an empty text is a missing datum.
    pub cells: Vec<String>,
}

/// What an exporter turns into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportInput {
    /// What is exported, as the pack calls it.
    pub name: String,
    /// The rows: every column as it is to be written.
    pub table: Table,
    /// The labels of the columns, in the same order.
    pub labels: Vec<String>,
}

/// What a validator found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// What is wrong.
    pub fault: Fault,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The facts are refused.
    Error,
    /// The reader should know.
    Warning,
}

/// Something that is wrong, for the person who must fix it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fault {
    /// A stable code: lowercase words joined by hyphens.
    pub code: String,
    /// What, in Italian: lowercase, no final period.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// Where, when it stands in a table or a file.
    #[serde(default)]
    pub place: Option<Place>,
    /// What to do about it, in Italian.
    #[serde(default)]
    pub help: String,
    /// The same in English.
    #[serde(default)]
    pub help_en: String,
}

/// Where in the input something is: in a file or table, or at a row of the batch of a function.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The file or table, when the input has several.
    #[serde(default)]
    pub file: String,
    /// The line, from 1; zero when it is not known. Without a file, the row of the batch, from 1.
    #[serde(default)]
    pub line: u32,
    /// The column's name; empty when it is the whole row.
    #[serde(default)]
    pub column: String,
}

/// Writes a message.
pub fn write<T: Serialize>(message: &T) -> Result<Vec<u8>, String> {
    postcard::to_stdvec(message).map_err(|fault| fault.to_string())
}

/// Why bytes are not the message that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// They end before the message is whole.
    CutShort,
    /// So many bytes follow the message.
    TooLong(usize),
    /// They say something else; in words, what is wrong.
    Nonsense(String),
}

impl Display for Unread {
    fn fmt(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::CutShort => to.write_str("it ends before it is whole"),
            Self::TooLong(more) => write!(to, "{more} bytes too many"),
            Self::Nonsense(why) => to.write_str(why),
        }
    }
}

/// Reads a message; what follows it is a fault.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unread> {
    match taken(bytes)? {
        (message, []) => Ok(message),
        (_, rest) => Err(Unread::TooLong(rest.len())),
    }
}

/// Gives how many cells a column that was written holds, without reading them.
pub fn cells_of(bytes: &[u8]) -> Result<usize, Unread> {
    let (column, rest): (u32, _) = taken(bytes)?;
    let rest = match column {
        // The scale of decimals comes before them.
        1 => taken::<u8>(rest)?.1,
        _ => rest,
    };
    Ok(taken(rest)?.0)
}

fn taken<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, &[u8]), Unread> {
    postcard::take_from_bytes(bytes).map_err(|fault| match fault {
        postcard::Error::DeserializeUnexpectedEnd => Unread::CutShort,
        fault => Unread::Nonsense(fault.to_string()),
    })
}

/// Writes a description or a fault as JSON.
pub fn json<T: Serialize>(message: &T) -> Vec<u8> {
    serde_json::to_vec(message).unwrap_or_default()
}

/// Gives the day that so many days after 1 January 1970 are; none beyond the calendar.
pub fn date_of(days: i32) -> Option<NaiveDate> {
    let epoch = NaiveDate::default();
    let count = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 {
        epoch.checked_sub_days(count)
    } else {
        epoch.checked_add_days(count)
    }
}

/// Gives how many days after 1 January 1970 a day is.
pub fn days_of(date: NaiveDate) -> Option<i32> {
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

#[cfg(test)]
mod tests {
    use super::{Column, cells_of, write};

    #[test]
    fn the_cells_of_each_column_are_counted_as_it_was_written() {
        let columns = [
            Column::Integers(vec![Some(300); 200]),
            Column::Decimals {
                scale: 200,
                digits: vec![None; 20_000],
            },
            Column::Fractions(vec![Some((1, 3)); 3]),
            Column::Texts(vec![Some("a".to_owned()), None]),
            Column::Bools(Vec::new()),
            Column::Dates(vec![Some(-1)]),
        ];
        for column in columns {
            let bytes = write(&column).expect("a column is a message");
            assert_eq!(cells_of(&bytes), Ok(column.len()), "{column:?}");
        }
    }
}
