//! The exact rational number that every weight, share and unit value is.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// An exact rational number, always in lowest terms with a positive denominator.
///
/// Its numerator and denominator grow as they must, so no operation overflows. It displays as
/// `n/d`, also when it is whole: `1/1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio(num_rational::Ratio<BigInt>);

/// Why a text is not an exact number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// The text is empty or holds something that is not a digit, a sign or a decimal point.
    #[error("`{0}` is not a decimal number")]
    NotANumber(String),
    /// The text is longer than any amount or weight can be.
    #[error("`{0}` has more than 60 digits")]
    TooLong(String),
}

impl Ratio {
    /// Gives `numer / denom`, or nothing when `denom` is zero.
    pub fn new(numer: impl Into<BigInt>, denom: impl Into<BigInt>) -> Option<Self> {
        let denom = denom.into();
        (!denom.is_zero()).then(|| Self(num_rational::Ratio::new(numer.into(), denom)))
    }

    /// Gives zero.
    pub fn zero() -> Self {
        Self(num_rational::Ratio::zero())
    }

    /// Gives one.
    pub fn one() -> Self {
        Self(num_rational::Ratio::one())
    }

    /// Reads a plain decimal such as `-12.50`: digits, one point at most, no exponent.
    ///
    /// # Errors
    /// - anything else than that → [`NumberError::NotANumber`]
    /// - more than 60 digits → [`NumberError::TooLong`]
    ///
    /// # Examples
    /// ```
    /// use riparto_core::num::Ratio;
    /// assert_eq!(Ratio::parse_decimal("12.50").unwrap().to_string(), "25/2");
    /// assert!(Ratio::parse_decimal("1,5").is_err());
    /// ```
    pub fn parse_decimal(text: &str) -> Result<Self, NumberError> {
        let not_a_number = || NumberError::NotANumber(text.to_owned());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let point_without_fraction = digits.contains('.') && fraction.is_empty();
        let only_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || point_without_fraction
            || !only_digits(whole)
            || !only_digits(fraction)
        {
            return Err(not_a_number());
        }
        if whole.len() + fraction.len() > 60 {
            return Err(NumberError::TooLong(text.to_owned()));
        }
        let numer: BigInt = format!("{whole}{fraction}")
            .parse()
            .map_err(|_| not_a_number())?;
        let denom = num_traits::pow(BigInt::from(10), fraction.len());
        let value = num_rational::Ratio::new(numer, denom);
        Ok(Self(if negative { -value } else { value }))
    }

    /// Gives the numerator, in lowest terms.
    pub fn numer(&self) -> &BigInt {
        self.0.numer()
    }

    /// Gives the denominator, in lowest terms and positive.
    pub fn denom(&self) -> &BigInt {
        self.0.denom()
    }

    /// Divides, or gives nothing when `divisor` is zero.
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// Gives the greatest whole number not above this one.
    pub fn floor(&self) -> BigInt {
        self.0.numer().div_floor(self.0.denom())
    }

    /// Gives the distance from this number to zero.
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// Tells whether this is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Tells whether this is below zero.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Tells whether this is a whole number.
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// Gives the number as a decimal with as few decimals as it needs, or nothing when no finite
    /// decimal equals it.
    pub fn to_decimal_text(&self) -> Option<String> {
        let mut denom = self.denom().clone();
        let mut decimals = 0_usize;
        for prime in [2_u8, 5] {
            let mut count = 0;
            while (&denom % prime).is_zero() {
                denom /= prime;
                count += 1;
            }
            decimals = decimals.max(count);
        }
        denom.is_one().then(|| self.to_fixed(decimals))
    }

    /// Writes the number with exactly `decimals` decimals, cutting (not rounding) what is beyond.
    ///
    /// Callers round first; this only prints.
    pub fn to_fixed(&self, decimals: usize) -> String {
        let scale = num_traits::pow(BigInt::from(10), decimals);
        let scaled = (self.0.numer().abs() * &scale).div_floor(self.0.denom());
        let (whole, fraction) = scaled.div_rem(&scale);
        let sign = if self.is_negative() && !scaled.is_zero() {
            "-"
        } else {
            ""
        };
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            let digits = fraction.to_string();
            format!("{sign}{whole}.{digits:0>decimals$}")
        }
    }

    /// Gives the number as an `i64`, or nothing when it is not whole or too large.
    pub fn to_i64(&self) -> Option<i64> {
        if self.is_whole() {
            self.0.numer().to_i64()
        } else {
            None
        }
    }

    /// Gives the number as a `Decimal` when a `Decimal` can hold it without losing a digit.
    pub fn to_decimal(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.to_decimal_text()?).ok()
    }
}

impl From<i64> for Ratio {
    fn from(value: i64) -> Self {
        Self(num_rational::Ratio::from_integer(value.into()))
    }
}

impl From<BigInt> for Ratio {
    fn from(value: BigInt) -> Self {
        Self(num_rational::Ratio::from_integer(value))
    }
}

impl From<Decimal> for Ratio {
    fn from(value: Decimal) -> Self {
        let denom = num_traits::pow(BigInt::from(10), value.scale() as usize);
        Self(num_rational::Ratio::new(value.mantissa().into(), denom))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl serde::Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $op:tt) => {
        impl $trait for Ratio {
            type Output = Ratio;
            fn $method(self, other: Ratio) -> Ratio {
                Ratio(self.0 $op other.0)
            }
        }
        impl $trait<&Ratio> for &Ratio {
            type Output = Ratio;
            fn $method(self, other: &Ratio) -> Ratio {
                Ratio(&self.0 $op &other.0)
            }
        }
    };
}
operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(Mul, mul, *);

impl Neg for Ratio {
    type Output = Ratio;
    fn neg(self) -> Ratio {
        Ratio(-self.0)
    }
}

impl Sum for Ratio {
    fn sum<I: Iterator<Item = Ratio>>(numbers: I) -> Ratio {
        numbers.fold(Ratio::zero(), |total, number| total + number)
    }
}

impl<'a> Sum<&'a Ratio> for Ratio {
    fn sum<I: Iterator<Item = &'a Ratio>>(numbers: I) -> Ratio {
        numbers.fold(Ratio::zero(), |total, number| &total + number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(text: &str) -> Ratio {
        Ratio::parse_decimal(text).unwrap()
    }

    #[test]
    fn a_whole_number_still_displays_as_a_fraction() {
        assert_eq!(ratio("3").to_string(), "3/1");
        assert_eq!(ratio("-0.50").to_string(), "-1/2");
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for text in ["", "-", ".5", "5.", "1e3", "1,5", "+1", "1.2.3", " 1", "١"] {
            assert!(Ratio::parse_decimal(text).is_err(), "{text}");
        }
        assert!(Ratio::parse_decimal(&"9".repeat(61)).is_err());
    }

    #[test]
    fn a_decimal_text_uses_as_few_decimals_as_it_needs() {
        assert_eq!(ratio("12.500").to_decimal_text().unwrap(), "12.5");
        assert_eq!(ratio("7").to_decimal_text().unwrap(), "7");
        assert_eq!(Ratio::new(1, 3).unwrap().to_decimal_text(), None);
    }

    #[test]
    fn fixed_decimals_are_padded_and_keep_the_sign() {
        assert_eq!(ratio("-79.5").to_fixed(2), "-79.50");
        assert_eq!(ratio("-0.001").to_fixed(2), "0.00");
        assert_eq!(ratio("0.05").to_fixed(2), "0.05");
    }
}
