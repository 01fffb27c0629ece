//! Numbers as people write them: which mark stands before the decimals, and whether a cell says so.
//!
//! `1.234,56` shows that the comma stands before the decimals; `12` shows nothing; `1.234` can be
//! read both ways, so the rest of the file must decide.

use std::num::IntErrorKind;

use rust_decimal::Decimal;

use super::DecimalMark;

/// What the way a number is written says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits only.
    Plain,
    /// One mark, which can only stand before decimals: `12.5`.
    Decimals(DecimalMark),
    /// Groups of three digits, so that the given mark stands before decimals: `1.234,5`, `1.234.567`.
    Grouped(DecimalMark),
    /// The given mark, once, before exactly three digits: `1.234`.
    Ambiguous(DecimalMark),
    /// Not a number.
    Other,
}

impl Shape {
    /// Finds out the shape of a cell.
    pub(super) fn of(text: &str) -> Self {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let known = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let digit_at_ends = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit());
        if !digit_at_ends || !digits.chars().all(known) {
            return Self::Other;
        }
        let Some(last) = digits.rfind(['.', ',']).and_then(|at| digits.get(at..)) else {
            return Self::Plain;
        };
        let last = if last.starts_with('.') {
            DecimalMark::Point
        } else {
            DecimalMark::Comma
        };
        let times = |mark: DecimalMark| digits.matches(mark.char()).count();
        match (times(last), times(last.other())) {
            (1, 0) => Self::with_one_mark(digits, last),
            (_, 0) if in_groups(digits, last) => Self::Grouped(last.other()),
            (1, _) => {
                let whole = digits.split(last.char()).next().unwrap_or_default();
                if in_groups(whole, last.other()) {
                    Self::Grouped(last)
                } else {
                    Self::Other
                }
            }
            _ => Self::Other,
        }
    }

    fn with_one_mark(digits: &str, mark: DecimalMark) -> Self {
        if in_groups(digits, mark) && !digits.starts_with('0') {
            Self::Ambiguous(mark)
        } else {
            Self::Decimals(mark)
        }
    }

    /// Gives the mark that this number shows to stand before decimals.
    pub(super) fn decimal_mark(self) -> Option<DecimalMark> {
        match self {
            Self::Decimals(mark) | Self::Grouped(mark) => Some(mark),
            Self::Plain | Self::Ambiguous(_) | Self::Other => None,
        }
    }
}

/// Tells whether `mark` splits the digits into one to three, then three and three.
fn in_groups(digits: &str, mark: DecimalMark) -> bool {
    let mut groups = digits.split(mark.char());
    let first = groups.next().map_or(0, str::len);
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}

/// Gives a number without groups and with a decimal point: `1.234,5` becomes `1234.5`.
pub(super) fn plain(text: &str, decimal: DecimalMark) -> String {
    text.chars()
        .filter(|c| *c != decimal.other().char())
        .map(|c| if c == decimal.char() { '.' } else { c })
        .collect()
}

/// Gives how many digits follow the point of a plain number.
pub(super) fn decimals(plain: &str) -> usize {
    plain
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len())
}

/// Gives the whole part of a plain number whose decimals are all zero.
pub(super) fn whole(plain: &str) -> Option<&str> {
    let (whole, fraction) = plain.split_once('.')?;
    fraction.bytes().all(|b| b == b'0').then_some(whole)
}

/// Gives a plain number as a decimal, or nothing when it has more digits than a decimal holds.
pub(super) fn decimal(plain: &str) -> Option<Decimal> {
    Decimal::from_str_exact(plain).ok()
}

/// Why plain digits are not a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotACount {
    /// Below zero.
    Negative,
    /// More digits than a count holds.
    TooLarge,
    /// Not digits.
    NotWhole,
}

/// Gives a plain number as a count.
pub(super) fn count(plain: &str) -> Result<i64, NotACount> {
    if plain.starts_with('-') {
        return Err(NotACount::Negative);
    }
    plain.parse::<i64>().map_err(|error| match error.kind() {
        IntErrorKind::PosOverflow => NotACount::TooLarge,
        _ => NotACount::NotWhole,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn a_number_shows_its_decimal_mark_or_does_not() {
        let shapes = [
            ("12", Shape::Plain),
            ("-12", Shape::Plain),
            ("12.5", Shape::Decimals(Point)),
            ("-0,500", Shape::Decimals(Comma)),
            ("1234.567", Shape::Decimals(Point)),
            ("1.234,56", Shape::Grouped(Comma)),
            ("1,234,567", Shape::Grouped(Point)),
            ("1.234.567,8", Shape::Grouped(Comma)),
            ("1.234", Shape::Ambiguous(Point)),
            ("18,500", Shape::Ambiguous(Comma)),
        ];
        for (text, shape) in shapes {
            assert_eq!(Shape::of(text), shape, "{text}");
        }
    }

    #[test]
    fn groups_are_of_three() {
        for text in [
            "1.23.456",
            "1.2345,6",
            "1234.567,8",
            "1.234,567.8",
            "1,2,3",
            "1..2",
            "",
            "-",
            ".5",
            "5.",
            "1e3",
            "1 000",
            "+1",
            "--1",
            "12€",
            "١",
        ] {
            assert_eq!(Shape::of(text), Shape::Other, "{text}");
        }
    }

    #[test]
    fn a_plain_number_has_no_groups() {
        assert_eq!(plain("-1.234.567,80", Comma), "-1234567.80");
        assert_eq!(plain("1,234", Point), "1234");
    }
}
