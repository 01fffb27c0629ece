//! Rounding to a step: the modes that a rule can name.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{NumberError, Ratio};

/// How a number between two steps is brought to one of them. — Come si porta un numero a un passo intero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the nearest step; a midpoint goes away from zero. — Arrotondamento commerciale: a metà si allontana da zero.
    #[default]
    HalfUp,
    /// To the nearest step; a midpoint goes to the even one. — Al passo più vicino; a metà, a quello pari.
    HalfEven,
    /// To the nearest step; a midpoint goes towards zero. — Al passo più vicino; a metà, verso lo zero.
    HalfDown,
    /// Away from zero. — Sempre lontano dallo zero.
    Up,
    /// Towards zero. — Sempre verso lo zero.
    Down,
    /// To the step above. — Al passo superiore.
    Ceiling,
    /// To the step below. — Al passo inferiore.
    Floor,
}

impl Rounding {
    /// All the modes, in the order in which documentation lists them.
    pub const ALL: [Self; 7] = [
        Self::HalfUp,
        Self::HalfEven,
        Self::HalfDown,
        Self::Up,
        Self::Down,
        Self::Ceiling,
        Self::Floor,
    ];

    /// Gives the name that rule files and the command line use.
    pub fn name(self) -> &'static str {
        match self {
            Self::HalfUp => "half-up",
            Self::HalfEven => "half-even",
            Self::HalfDown => "half-down",
            Self::Up => "up",
            Self::Down => "down",
            Self::Ceiling => "ceiling",
            Self::Floor => "floor",
        }
    }

    /// Rounds to a whole number.
    pub fn to_whole(self, number: &Ratio) -> BigInt {
        let below = number.floor();
        let rest = number - &Ratio::from(below.clone());
        if rest.is_zero() {
            return below;
        }
        let towards_zero = if number.is_negative() {
            &below + 1
        } else {
            below.clone()
        };
        let away = if number.is_negative() {
            below.clone()
        } else {
            &below + 1
        };
        let half = (&rest + &rest).cmp(&Ratio::one());
        let nearest = if half.is_gt() {
            &below + 1
        } else {
            below.clone()
        };
        match self {
            Self::Floor => below,
            Self::Ceiling => below + 1,
            Self::Down => towards_zero,
            Self::Up => away,
            _ if half.is_ne() => nearest,
            Self::HalfUp => away,
            Self::HalfDown => towards_zero,
            Self::HalfEven => {
                if below.is_even() {
                    below
                } else {
                    below + 1
                }
            }
        }
    }
}

/// The smallest part that an amount is made of: a cent, ten euro, a thousandth.
///
/// # Units
/// Euro. Always above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    size: Ratio,
    decimals: usize,
}

impl Step {
    /// Gives the cent.
    pub fn cent() -> Self {
        Self {
            size: Ratio::from(1)
                .checked_div(&Ratio::from(100))
                .unwrap_or_else(Ratio::one),
            decimals: 2,
        }
    }

    /// Gives the unit: what is rounded to it is whole.
    pub fn whole() -> Self {
        Self {
            size: Ratio::one(),
            decimals: 0,
        }
    }

    /// Reads a step such as `0.01` or `10`.
    ///
    /// # Errors
    /// Text that is not a decimal above zero → [`NumberError`].
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let size = Ratio::parse_decimal(text)?;
        if !size.numer().is_positive() {
            return Err(NumberError::NotANumber(text.to_owned()));
        }
        let decimals = text
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        Ok(Self { size, decimals })
    }

    /// Gives the size of the step.
    pub fn size(&self) -> &Ratio {
        &self.size
    }

    /// Gives how many decimals an amount made of this step is written with.
    pub fn decimals(&self) -> usize {
        self.decimals
    }

    /// Gives how many steps `number` is worth: a fraction when it is not a multiple.
    pub fn count(&self, number: &Ratio) -> Ratio {
        // INVARIANT: a step is above zero, so the division always has a result.
        number.checked_div(&self.size).unwrap_or_else(Ratio::zero)
    }

    /// Gives what `count` steps are worth.
    pub fn times(&self, count: &BigInt) -> Ratio {
        &self.size * &Ratio::from(count.clone())
    }

    /// Rounds `number` to a multiple of the step.
    pub fn round(&self, number: &Ratio, mode: Rounding) -> Ratio {
        self.times(&mode.to_whole(&self.count(number)))
    }

    /// Writes an amount with the step's decimals, or with more when it needs them.
    pub fn format(&self, amount: &Ratio) -> String {
        let needed = amount
            .to_decimal_text()
            .and_then(|text| text.split_once('.').map(|(_, fraction)| fraction.len()))
            .unwrap_or(0);
        amount.to_fixed(self.decimals.max(needed))
    }

    /// Tells whether every multiple of this step is a whole number of cents.
    pub fn is_whole_cents(&self) -> bool {
        !self.size.is_zero() && Self::cent().count(&self.size).is_whole()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a number: half-up, half-even, half-down, up, down, ceiling, floor.
    #[test]
    fn the_seven_modes_agree_with_a_table_made_by_hand() {
        let table = [
            ("2.5", [3, 2, 2, 3, 2, 3, 2]),
            ("3.5", [4, 4, 3, 4, 3, 4, 3]),
            ("-2.5", [-3, -2, -2, -3, -2, -2, -3]),
            ("-3.5", [-4, -4, -3, -4, -3, -3, -4]),
            ("2.4", [2, 2, 2, 3, 2, 3, 2]),
            ("-2.6", [-3, -3, -3, -3, -2, -2, -3]),
            ("7", [7, 7, 7, 7, 7, 7, 7]),
        ];
        for (number, expected) in table {
            let number = Ratio::parse_decimal(number).unwrap();
            for (mode, expected) in Rounding::ALL.into_iter().zip(expected) {
                assert_eq!(
                    mode.to_whole(&number),
                    expected.into(),
                    "{number} {}",
                    mode.name()
                );
            }
        }
    }

    #[test]
    fn an_amount_is_written_with_the_decimals_of_its_step() {
        let ten = Step::parse("10").unwrap();
        assert_eq!(ten.format(&Ratio::from(30)), "30");
        assert_eq!(ten.format(&Ratio::parse_decimal("0.5").unwrap()), "0.5");
        assert_eq!(Step::cent().format(&Ratio::from(3)), "3.00");
    }

    #[test]
    fn a_step_is_above_zero() {
        assert!(Step::parse("0").is_err());
        assert!(Step::parse("-0.01").is_err());
    }
}
