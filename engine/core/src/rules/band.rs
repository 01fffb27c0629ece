//! A decision table after its check: intervals of a number, each with its value and its act.

use super::{Expr, Scalar, Source, Typed};
use crate::diag::{Place, Text};
use crate::model::Unit;
use crate::num::Ratio;
use crate::say;
use crate::words;

/// A table of intervals without gaps and without overlaps.
#[derive(Debug)]
pub struct Band {
    /// The number that decides.
    pub of: Typed,
    /// The column that decides as well.
    pub by: Option<Typed>,
    /// The intervals, in the order written.
    pub rows: Vec<BandRow>,
}

/// One interval, with what holds in it.
#[derive(Debug)]
pub struct BandRow {
    /// What a reader calls it.
    pub label: Text,
    /// The numbers that it holds.
    pub interval: Interval,
    /// The value of the other column that it is for; none where no other column decides.
    pub is: Option<Scalar>,
    /// What holds in it: a constant, or a parameter.
    pub value: Expr,
    /// The parameters that its ends and its value name.
    pub params: Vec<String>,
    /// Where it comes from.
    pub source: Source,
    /// Where it stands.
    pub place: Place,
}

/// An interval of numbers; an end that is none is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Interval {
    /// Where it starts.
    pub low: Option<End>,
    /// Where it ends.
    pub high: Option<End>,
}

/// The end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The number it stands at.
    pub value: Ratio,
    /// Whether that number is inside.
    pub included: bool,
}

impl Band {
    /// Finds the row for a number, and for a value of the other column where one decides.
    pub fn row(&self, of: &Ratio, by: Option<&Scalar>) -> Option<&BandRow> {
        self.rows
            .iter()
            .find(|row| row.is.as_ref() == by && row.interval.contains(of))
    }
}

impl Interval {
    /// Tells whether a number is inside.
    pub fn contains(&self, number: &Ratio) -> bool {
        let after = |low: &End| *number > low.value || (low.included && *number == low.value);
        let before = |high: &End| *number < high.value || (high.included && *number == high.value);
        self.low.as_ref().is_none_or(after) && self.high.as_ref().is_none_or(before)
    }

    /// Says the interval in words, its numbers in a unit.
    pub fn said(&self, unit: &Unit) -> Text {
        let low = self.low.as_ref().map(|low| {
            let value = quantity(&low.value, unit);
            match low.included {
                true => say!("da {value}", "from {value}"; value = value),
                false => say!("oltre {value}", "above {value}"; value = value),
            }
        });
        let high = self.high.as_ref().map(|high| {
            let value = quantity(&high.value, unit);
            match high.included {
                true => say!("fino a {value}", "up to {value}"; value = value),
                false => say!("meno di {value}", "below {value}"; value = value),
            }
        });
        match (low, high) {
            (Some(low), Some(high)) => {
                say!("{low} {high}", "{low} {high}"; low = low, high = high)
            }
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => say!("qualunque valore", "any value"),
        }
    }
}

/// Writes a number with what it counts: `10.000,01 €`, `12 mesi`.
pub fn quantity(number: &Ratio, unit: &Unit) -> Text {
    if *unit == Unit::euro() {
        return words::exact_euro(number);
    }
    let number = words::number(number);
    if unit.is_none() {
        return number;
    }
    say!("{number} {unit}", "{number} {unit}"; number = number)
}
