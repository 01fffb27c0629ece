//! The days that the words of a time prove by themselves, with nothing chosen: a season or a school
//! year has none.

use super::words::{MONTHS, ORDINALS, ROMANS};

/// A day, as year, month and day.
type Day = (u32, u32, u32);

/// Gives the first and the last day among which a time falls, each where the words prove it:
/// `entro` has only a last, `dal` without `al` only a first.
pub fn proved(words: &[&str]) -> [Option<String>; 2] {
    let (from, to) = days(words).unwrap_or_default();
    let written = |(year, month, day): Day| format!("{year}-{month:02}-{day:02}");
    [from.map(written), to.map(written)]
}

fn days(words: &[&str]) -> Option<(Option<Day>, Option<Day>)> {
    match words {
        ["entro", rest @ ..] => {
            let rest = without(rest, &["e", "non", "oltre", "la", "fine", "anno"]);
            Some((None, Some(span(article(rest))?.1)))
        }
        ["dall", "'", rest @ ..] | ["da" | "dal" | "dalla", rest @ ..] => {
            let Some((first, last)) = parted(rest, &["a", "ad", "al", "alla"]) else {
                return Some((Some(span(article(rest))?.0), None));
            };
            let (from, to) = between(first, last)?;
            Some((Some(from), Some(to)))
        }
        ["tra" | "fra", rest @ ..] => {
            let (first, last) = parted(rest, &["e"])?;
            let (from, to) = between(first, last)?;
            Some((Some(from), Some(to)))
        }
        _ => {
            let rest = without(
                words,
                &[
                    "nel", "nella", "nell", "in", "a", "per", "tutto", "durante", "corso", "del",
                ],
            );
            let (from, to) = span(article(rest))?;
            Some((Some(from), Some(to)))
        }
    }
}

fn without<'t, 'w>(mut words: &'t [&'w str], left_out: &[&str]) -> &'t [&'w str] {
    while let [first, rest @ ..] = words
        && left_out.contains(first)
    {
        words = rest;
    }
    words
}

fn article<'t, 'w>(words: &'t [&'w str]) -> &'t [&'w str] {
    without(
        words,
        &[
            "il", "la", "l", "i", "'", "di", "del", "mese", "dell", "anno",
        ],
    )
}

/// Parts words at the only one of those.
fn parted<'t, 'w>(words: &'t [&'w str], at: &[&str]) -> Option<(&'t [&'w str], &'t [&'w str])> {
    let place = words.iter().position(|word| at.contains(word))?;
    Some((words.get(..place)?, words.get(place + 1..)?))
}

/// From the first day of one time to the last of another, whose year it may take.
fn between(first: &[&str], last: &[&str]) -> Option<(Day, Day)> {
    let (first, last_words) = (article(first), article(last));
    let (_, to) = span(last_words)?;
    let year = to.0.to_string();
    let with_year: Vec<&str> = first.iter().copied().chain([year.as_str()]).collect();
    let (from, _) = span(first).or_else(|| span(&with_year))?;
    (from <= to).then_some((from, to))
}

/// Gives the days of one period, where the words say nothing else.
fn span(words: &[&str]) -> Option<(Day, Day)> {
    match words {
        [first, "/" | "." | "-", month, "/" | "." | "-", last] => {
            let (year, day) = if first.len() == 4 {
                (first, last)
            } else {
                (last, first)
            };
            one(self::year(year)?, month.parse().ok()?, day.parse().ok()?)
        }
        ["primo", month, year] | ["1", "°", month, year] => {
            one(self::year(year)?, month_of(month)?, 1)
        }
        [month, "/", year] if month.len() < 3 => months(year, month.parse().ok()?, 1),
        [day, month, year] if MONTHS.contains(month) => {
            one(self::year(year)?, month_of(month)?, day.parse().ok()?)
        }
        [first, "-" | "/" | "e", last, year] if MONTHS.contains(first) => {
            let (first, last) = (month_of(first)?, month_of(last)?);
            months(
                year,
                first,
                (last + 1).checked_sub(first).filter(|count| *count > 0)?,
            )
        }
        [month, year] | [month, "del" | "'", year] if MONTHS.contains(month) => {
            months(year, month_of(month)?, 1)
        }
        [year] => months(year, 1, 12),
        ["biennio", first, "-" | "/", last] => years(first, last, 1),
        ["triennio", first, "-" | "/", last] => years(first, last, 2),
        [which, "°", part, rest @ ..] | [which, part, rest @ ..] => {
            let length = match *part {
                "bimestre" => 2,
                "trimestre" => 3,
                "quadrimestre" => 4,
                "semestre" => 6,
                _ => return None,
            };
            let first = (ordinal(which)?.checked_sub(1)?) * length + 1;
            match rest {
                [year] | ["del", year] | ["dell", "'", "anno", year] => months(year, first, length),
                _ => None,
            }
        }
        _ => None,
    }
}

fn years(first: &str, last: &str, gap: u32) -> Option<(Day, Day)> {
    let (first, last) = (year(first)?, year(last)?);
    (last == first + gap).then_some(((first, 1, 1), (last, 12, 31)))
}

fn ordinal(word: &str) -> Option<u32> {
    let pairs = [
        ("primo", 1),
        ("secondo", 2),
        ("terzo", 3),
        ("quarto", 4),
        ("i", 1),
    ];
    let known = pairs
        .into_iter()
        .find(|(name, _)| *name == word && ORDINALS.contains(name));
    let roman = || {
        ROMANS
            .iter()
            .zip(2..)
            .find_map(|(roman, n)| (*roman == word).then_some(n))
    };
    known
        .map(|(_, number)| number)
        .or_else(roman)
        .or_else(|| word.parse().ok().filter(|number| *number <= 6))
}

fn month_of(name: &str) -> Option<u32> {
    MONTHS
        .iter()
        .zip(1..)
        .find_map(|(month, number)| (*month == name).then_some(number))
}

/// Reads a year of four figures, or of two in this century.
fn year(word: &str) -> Option<u32> {
    let number: u32 = word.parse().ok()?;
    match word.len() {
        4 => (1950..=2100).contains(&number).then_some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn one(year: u32, month: u32, day: u32) -> Option<(Day, Day)> {
    let real = (1..=length(year, month)?).contains(&day);
    real.then_some(((year, month, day), (year, month, day)))
}

/// Gives so many months of a year.
fn months(year: &str, first: u32, count: u32) -> Option<(Day, Day)> {
    let year = self::year(year)?;
    let last = first + count.checked_sub(1)?;
    Some(((year, first, 1), (year, last, length(year, last)?)))
}

fn length(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(400) || year.is_multiple_of(4) && !year.is_multiple_of(100);
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}
