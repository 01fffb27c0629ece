//! Dates as people read them.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::diag::Text;
use crate::say;

const MONTHS: [(&str, &str); 12] = [
    ("gennaio", "January"),
    ("febbraio", "February"),
    ("marzo", "March"),
    ("aprile", "April"),
    ("maggio", "May"),
    ("giugno", "June"),
    ("luglio", "July"),
    ("agosto", "August"),
    ("settembre", "September"),
    ("ottobre", "October"),
    ("novembre", "November"),
    ("dicembre", "December"),
];

const WEEKDAYS: [(&str, &str); 7] = [
    ("lunedì", "Monday"),
    ("martedì", "Tuesday"),
    ("mercoledì", "Wednesday"),
    ("giovedì", "Thursday"),
    ("venerdì", "Friday"),
    ("sabato", "Saturday"),
    ("domenica", "Sunday"),
];

/// Writes a date with its weekday: `venerdì 13 settembre 2024`, `Friday 13 September 2024`.
pub fn long_date(date: NaiveDate) -> Text {
    let Text { it, en } = weekday(date.weekday());
    let Text {
        it: day_it,
        en: day_en,
    } = short_date(date);
    say!("{it} {day_it}", "{en} {day_en}")
}

/// Names a day of the week: `venerdì`, `Friday`.
pub fn weekday(day: Weekday) -> Text {
    let (it, en) = pick(&WEEKDAYS, day.num_days_from_monday());
    say!("{it}", "{en}")
}

/// Writes a date without its weekday: `1° settembre 2024`, `1 September 2024`.
pub fn short_date(date: NaiveDate) -> Text {
    let (day, year) = (date.day(), date.year());
    let (it, en) = pick(&MONTHS, date.month0());
    let ordinal = if day == 1 { "°" } else { "" };
    say!("{day}{ordinal} {it} {year}", "{day} {en} {year}")
}

/// Gives the number of the month that an Italian name, in small letters, stands for.
pub(crate) fn month_named(name: &str) -> Option<u32> {
    (1..)
        .zip(MONTHS)
        .find_map(|(number, (it, _))| (it == name).then_some(number))
}

/// Writes a date as a sentence takes it up: `l'8 giugno 2024`, `8 June 2024`.
pub fn the_date(date: NaiveDate) -> Text {
    let Text { it, en } = short_date(date);
    let article = match date.day() {
        8 | 11 => "l'",
        _ => "il ",
    };
    say!("{article}{it}", "{en}")
}

fn pick(names: &[(&'static str, &'static str)], at: u32) -> (&'static str, &'static str) {
    let found = usize::try_from(at).ok().and_then(|at| names.get(at));
    found.copied().unwrap_or_default()
}
