//! Cells one by one: from a column to values and back, exactly.

use chrono::NaiveDate;
use num_rational::Ratio;
use riparto_plugin_abi::message::{date_of, days_of};
use riparto_plugin_abi::{Column, Kind};

/// An exact number.
pub type Rational = Ratio<i128>;

/// The value of one cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An exact number.
    Number(Rational),
    /// A text.
    Text(String),
    /// True or false.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
}

impl Value {
    /// Gives a whole number.
    pub fn int(number: i64) -> Rational {
        Rational::from_integer(i128::from(number))
    }

    /// Gives the number, where it is one.
    pub fn number(&self) -> Option<Rational> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Gives the text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives the day, where it is one.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// Gives the cells of a column one by one; `None` where a cell cannot be held exactly.
pub fn values_of(column: &Column) -> Option<Vec<Option<Value>>> {
    let numbers = |cells: &mut dyn Iterator<Item = Option<Rational>>| {
        cells.map(|cell| cell.map(Value::Number)).collect()
    };
    Some(match column {
        Column::Integers(cells) => numbers(&mut cells.iter().map(|c| c.map(Value::int))),
        Column::Decimals { scale, digits } => {
            let one = 10_i128.checked_pow(u32::from(*scale))?;
            let cells = digits.iter().map(|cell| {
                let digits = (*cell)?;
                Some(Rational::new(i128::from(digits), one))
            });
            numbers(&mut cells.into_iter())
        }
        Column::Fractions(cells) => {
            let positive = cells.iter().flatten().all(|(_, below)| *below > 0);
            if !positive {
                return None;
            }
            let cells = cells.iter();
            numbers(&mut cells.map(|c| c.map(|(above, below)| Rational::new(above, below))))
        }
        Column::Texts(cells) => cells.iter().cloned().map(|c| c.map(Value::Text)).collect(),
        Column::Bools(cells) => cells.iter().map(|c| c.map(Value::Bool)).collect(),
        Column::Dates(cells) => {
            let dates = cells.iter().map(|cell| match cell {
                Some(days) => date_of(*days).map(|date| Some(Value::Date(date))),
                None => Some(None),
            });
            dates.collect::<Option<_>>()?
        }
    })
}

/// Gives the column of that type that holds values; `None` where one is of another type.
pub fn column_of(kind: Kind, values: Vec<Option<Value>>) -> Option<Column> {
    let values = values.into_iter();
    Some(match kind {
        Kind::Number => {
            let cells = values.map(|value| match value {
                Some(Value::Number(number)) => Some(Some((*number.numer(), *number.denom()))),
                Some(_) => None,
                None => Some(None),
            });
            Column::Fractions(cells.collect::<Option<_>>()?)
        }
        Kind::Text => {
            let cells = values.map(|value| match value {
                Some(Value::Text(text)) => Some(Some(text)),
                Some(_) => None,
                None => Some(None),
            });
            Column::Texts(cells.collect::<Option<_>>()?)
        }
        Kind::Bool => {
            let cells = values.map(|value| match value {
                Some(Value::Bool(truth)) => Some(Some(truth)),
                Some(_) => None,
                None => Some(None),
            });
            Column::Bools(cells.collect::<Option<_>>()?)
        }
        Kind::Date => {
            let cells = values.map(|value| match value {
                Some(Value::Date(date)) => days_of(date).map(Some),
                Some(_) => None,
                None => Some(None),
            });
            Column::Dates(cells.collect::<Option<_>>()?)
        }
    })
}
