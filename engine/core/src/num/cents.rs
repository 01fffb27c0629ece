//! Money after rounding: a whole number of euro cents.

use std::fmt;

use num_traits::ToPrimitive;

use super::{NumberError, Ratio, Step};

/// An amount of money.
///
/// # Units
/// Euro cents. May be below zero where it is a residue. It displays as `1234.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(i128);

impl Cents {
    /// Gives nothing: zero cents.
    pub const ZERO: Self = Self(0);

    /// Gives an amount of `cents` euro cents.
    pub fn new(cents: i128) -> Self {
        Self(cents)
    }

    /// Reads euro such as `4701451.00`: at most two decimals.
    ///
    /// # Errors
    /// Text that is not a decimal, or is not a whole number of cents → [`NumberError`].
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        Self::from_ratio(&Ratio::parse_decimal(text)?)
            .ok_or_else(|| NumberError::NotANumber(text.to_owned()))
    }

    /// Gives the amount that equals `euro`, or nothing when it is not a whole number of cents.
    pub fn from_ratio(euro: &Ratio) -> Option<Self> {
        let cents = Step::cent().count(euro);
        if cents.is_whole() {
            cents.numer().to_i128().map(Self)
        } else {
            None
        }
    }

    /// Gives the amount in euro, exactly.
    pub fn to_ratio(self) -> Ratio {
        Step::cent().times(&self.0.into())
    }

    /// Gives the number of cents.
    pub fn count(self) -> i128 {
        self.0
    }

    /// Adds, or gives nothing when the sum is beyond an `i128` of cents.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Subtracts, or gives nothing when the difference is beyond an `i128` of cents.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl serde::Serialize for Cents {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_displays_with_two_decimals_and_its_sign() {
        assert_eq!(Cents::new(-7955).to_string(), "-79.55");
        assert_eq!(Cents::new(-5).to_string(), "-0.05");
        assert_eq!(Cents::parse("4701451").unwrap().to_string(), "4701451.00");
    }

    #[test]
    fn half_a_cent_is_not_an_amount() {
        assert!(Cents::parse("0.005").is_err());
        assert!(Cents::parse("0.050").is_ok());
    }
}
