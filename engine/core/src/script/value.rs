//! What goes into a script and what comes out: no floats, no lists, no missing values.

use std::fmt;

use chrono::NaiveDate;
use rhai::Dynamic;
use rust_decimal::Decimal;

use crate::diag::Text;
use crate::say;

use super::faults::kind_of_type;

/// An argument or a result of a script.
///
/// A date stays a date inside the script: it compares and subtracts with dates only, and a
/// comparison with a text is an error. A script writes one as `date("2024-12-31")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// A number with decimals, exact to 28 digits.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
    /// A text.
    Text(String),
    /// A date.
    Date(NaiveDate),
}

impl Value {
    pub(super) fn to_dynamic(&self) -> Dynamic {
        match self {
            Self::Integer(value) => Dynamic::from_int(*value),
            Self::Decimal(value) => Dynamic::from_decimal(*value),
            Self::Bool(value) => Dynamic::from_bool(*value),
            Self::Text(value) => value.clone().into(),
            Self::Date(value) => Dynamic::from(Date(*value)),
        }
    }

    /// Takes what a function returned.
    ///
    /// # Errors
    /// A list, an object, a missing value → what it is, in words, and what to do about it.
    pub(super) fn from_dynamic(value: Dynamic) -> Result<Self, (Text, Option<Text>)> {
        if let Ok(value) = value.as_int() {
            return Ok(Self::Integer(value));
        }
        if let Ok(value) = value.as_decimal() {
            return Ok(Self::Decimal(value));
        }
        if let Ok(value) = value.as_bool() {
            return Ok(Self::Bool(value));
        }
        if let Some(Date(value)) = value.clone().try_cast::<Date>() {
            return Ok(Self::Date(value));
        }
        if value.is_string() || value.is_char() {
            return Ok(Self::Text(value.to_string()));
        }
        let kind = kind_of_type(value.type_name());
        let (it, en) = (&kind.it, &kind.en);
        let message = say!(
            "la funzione dà {it}, non un numero, un testo, un sì-no o una data",
            "the function gives {en}, not a number, a text, a yes-no or a date"
        );
        let help = value.is_unit().then(|| {
            say!(
                "l'ultima riga della funzione è il suo risultato: va scritta senza `;`, e ogni `if` vuole il suo `else`",
                "the last line of the function is its result: write it without `;`, and give every `if` its `else`"
            )
        });
        Err((message, help))
    }
}

/// A date inside a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date(pub(super) NaiveDate);

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
