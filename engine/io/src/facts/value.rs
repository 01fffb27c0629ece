//! One cell as a value of its column's type, or why it is not one and what to write instead.

use chrono::{Days, NaiveDate};
use riparto_core::diag::{Diagnostic, Text};
use riparto_core::model::ColumnType;
use riparto_core::say;
use riparto_core::time::{RomeTime, TimeFault, local};
use rust_decimal::Decimal;

use super::DecimalMark;
use super::marks::Marks;
use super::number::{self, NotACount, Shape};
use super::refusal::{ungrouped, write_instead};
use super::words::misses_a_value;

/// Why a cell has no value: a diagnostic that does not yet say where.
pub(super) type Fault = Box<Diagnostic>;

/// The cell being read and what its faults speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading<'a> {
    /// What the cell holds.
    pub text: &'a str,
    /// What it holds with the blanks around it, where these count.
    pub typed: Option<&'a str>,
    /// The column's name.
    pub column: &'a str,
    /// The column's type.
    pub kind: ColumnType,
    /// The only texts that the column can hold; none where it holds any.
    pub values: &'a [String],
    /// Whether the cell may be left empty.
    pub may_be_empty: bool,
    /// What the cell is for in its row.
    pub role: Role,
    /// Whether the cell is shown masked.
    pub hidden: bool,
    /// What the file says about its decimal mark.
    pub marks: &'a Marks,
}

/// What a cell is for in its row, where some rows stand for several subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It holds a value like any other.
    Plain,
    /// It names a row that stands for several subjects.
    AggregateKey,
    /// It says for how many subjects such a row stands.
    AggregateCount,
    /// It says that a row stands for one subject.
    SingleCount,
}

impl Reading<'_> {
    /// Reads any text but the signs that spreadsheets put in the place of a value.
    pub(super) fn text(&self) -> Result<String, Fault> {
        if misses_a_value(self.text, self.kind) {
            return Err(self.malformed(None));
        }
        if !self.values.is_empty() && !self.values.iter().any(|word| word == self.text) {
            return Err(self.not_its_word());
        }
        Ok(self.typed.unwrap_or(self.text).to_owned())
    }

    /// Reads a count.
    pub(super) fn integer(&self) -> Result<i64, Fault> {
        let count = self.count()?;
        match self.role {
            Role::AggregateCount if count < 1 => Err(self.stands_for_nobody()),
            Role::SingleCount if count != 1 => Err(self.stands_for_several()),
            _ => Ok(count),
        }
    }

    fn count(&self) -> Result<i64, Fault> {
        let shape = Shape::of(self.text);
        if shape == Shape::Other {
            return Err(self.malformed(None));
        }
        // A single mark that cannot group digits is a fault of this cell, whatever the others say.
        let mark = match shape {
            Shape::Decimals(mark) => Some(mark),
            _ => self.mark(shape)?,
        };
        let plain = mark.map_or_else(
            || self.text.to_owned(),
            |mark| number::plain(self.text, mark),
        );
        number::count(&plain).map_err(|why| match (why, number::whole(&plain)) {
            (NotACount::Negative, _) => self.negative(),
            (NotACount::NotWhole, _) if matches!(shape, Shape::Ambiguous(_)) => {
                self.malformed(Some(ungrouped(&plain.replace('.', ""))))
            }
            (_, Some(whole)) => self.malformed(Some(write_instead(whole))),
            (NotACount::TooLarge, _) => self.too_long(18),
            (NotACount::NotWhole, None) => self.malformed(None),
        })
    }

    /// Reads a number with decimals, exactly.
    pub(super) fn decimal(&self) -> Result<Decimal, Fault> {
        let shape = Shape::of(self.text);
        if shape == Shape::Other {
            return Err(self.malformed(None));
        }
        let plain = self.mark(shape)?.map_or_else(
            || self.text.to_owned(),
            |mark| number::plain(self.text, mark),
        );
        if self.kind == ColumnType::Euro && number::decimals(&plain) > 2 {
            return Err(self.malformed(None));
        }
        number::decimal(&plain).ok_or_else(|| self.too_long(28))
    }

    /// Reads yes or no.
    pub(super) fn boolean(&self) -> Result<bool, Fault> {
        match self.text.to_lowercase().as_str() {
            "sì" | "si" | "yes" | "true" | "vero" | "1" => Ok(true),
            "no" | "false" | "falso" | "0" => Ok(false),
            _ => Err(self.malformed(None)),
        }
    }

    /// Reads a day.
    pub(super) fn date(&self) -> Result<NaiveDate, Fault> {
        iso_date(self.text).ok_or_else(|| {
            let meant = meant_date(self.text).map(|date| write_instead(&date.to_string()));
            self.malformed(meant.or_else(|| spreadsheet_day(self.text)))
        })
    }

    /// Reads a day with its time by the Italian clock.
    pub(super) fn instant(&self) -> Result<RomeTime, Fault> {
        local(self.text, None).map_err(|fault| match fault {
            TimeFault::Malformed
            | TimeFault::DayAlone
            | TimeFault::NoSuchDay
            | TimeFault::BeyondClock => {
                self.malformed(meant_instant(self.text).map(|instant| write_instead(&instant)))
            }
            TimeFault::Skipped { .. } | TimeFault::Twice { .. } => {
                Box::new(fault.diagnostic(self.text))
            }
        })
    }

    /// Reads the ISTAT code of a Comune.
    pub(super) fn istat(&self) -> Result<String, Fault> {
        let digits = self.text;
        if self.role == Role::AggregateKey {
            return self.text();
        }
        if digits.len() == 6 && all_digits(digits) {
            return Ok(digits.to_owned());
        }
        // Spreadsheets also write such a code as a number: `5005.0`, `5.005`.
        let bare = digits
            .strip_suffix(".0")
            .or_else(|| digits.strip_suffix(",0"))
            .unwrap_or(digits)
            .replace(['.', ','], "");
        match bare.len() {
            4 | 5 if all_digits(&bare) => Err(self.without_zero(&bare)),
            6 if all_digits(&bare) => Err(self.malformed(Some(write_instead(&bare)))),
            _ => Err(self.malformed(None)),
        }
    }

    /// Reads the cadastral code of a Comune.
    pub(super) fn cadastral(&self) -> Result<String, Fault> {
        let is_code = |code: &str| {
            let digits = code.strip_prefix(|c: char| c.is_ascii_uppercase());
            digits.is_some_and(|digits| digits.len() == 3 && all_digits(digits))
        };
        if self.role == Role::AggregateKey {
            return self.text();
        }
        if is_code(self.text) {
            return Ok(self.text.to_owned());
        }
        let capital = self.text.to_uppercase();
        let meant = is_code(&capital).then(|| write_instead(&capital));
        Err(self.malformed(meant))
    }

    /// Gives the decimal mark by which to read this number; nothing when it does not matter.
    fn mark(&self, shape: Shape) -> Result<Option<DecimalMark>, Fault> {
        match (shape.decimal_mark(), self.marks.decimal()) {
            (Some(own), Some(of_file)) if own != of_file => Err(self.mixed(own)),
            (Some(own), _) => Ok(Some(own)),
            (None, of_file) => match shape {
                Shape::Ambiguous(mark) if of_file.is_none() => Err(self.ambiguous(mark)),
                _ => Ok(of_file),
            },
        }
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Reads `2024-09-18`, with all its digits.
fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let lengths = (year.len(), month.len(), day.len()) == (4, 2, 2);
    let digits = [year, month, day].into_iter().all(all_digits);
    if !lengths || !digits || parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Gives the day that an Italian, or a spreadsheet, meant: `18/09/2024`, `2024-09-18 00:00`.
fn meant_date(text: &str) -> Option<NaiveDate> {
    if let Some((date, _)) = text.split_once([' ', 'T']) {
        return iso_date(date).or_else(|| meant_date(date));
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    if !parts
        .iter()
        .all(|part| !part.is_empty() && all_digits(part))
    {
        return None;
    }
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (day, year) = match (first.len(), last.len()) {
        (1 | 2, 4) => (first, last),
        (4, 1 | 2) => (last, first),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Gives the instant that an Italian meant: `18/05/2026 12:00`, `18/05/2026 9.30`.
fn meant_instant(text: &str) -> Option<String> {
    let (date, time) = text.split_once([' ', 'T'])?;
    let date = iso_date(date).or_else(|| meant_date(date))?;
    let time = time.trim().replace('.', ":");
    let hour_first = if time.find(':') == Some(1) { "0" } else { "" };
    let meant = format!("{date} {hour_first}{time}");
    local(&meant, None).is_ok().then_some(meant)
}

/// Says which day a number is, if it is the number by which spreadsheets store days.
fn spreadsheet_day(text: &str) -> Option<Text> {
    if text.len() != 5 || !all_digits(text) {
        return None;
    }
    let before_the_first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let date = before_the_first.checked_add_days(Days::new(text.parse().ok()?))?;
    Some(say!(
        "se è il numero con cui il foglio di calcolo conserva un giorno, scrivere `{date}`",
        "if it is the number by which the spreadsheet stores a day, write `{date}`"
    ))
}
