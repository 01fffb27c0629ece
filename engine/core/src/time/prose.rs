//! Reads times said in words (`entro dicembre 2024`, `autunno 2025`) into the days they leave open.

use chrono::{Months, NaiveDate};

use super::Period;
use crate::diag::Text;
use crate::say;
use crate::terms::month_named;

/// What words say of a time: never a day, always the days among which it falls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The days among which it falls.
    pub period: Period,
    /// The choice that the reading rests on; none where nothing was chosen, as for a month.
    pub note: Option<Text>,
}

/// The words that a time is said in, beyond months and years, as the national rules list them.
#[derive(Debug, Clone)]
pub struct Words {
    /// The first and the last number that is read as a year.
    pub(crate) years: (i32, i32),
    /// Parts of a year: seasons, halves.
    pub(crate) parts: Vec<Stretch>,
    /// The school year.
    pub(crate) school_year: Stretch,
}

/// The days of every year that some words stand for.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    /// The words, any of these.
    pub(crate) words: Vec<Phrase>,
    /// The month and the day it begins.
    pub(crate) start: (u32, u32),
    /// The month and the day it ends: of the year after where that comes before `start`.
    pub(crate) end: (u32, u32),
    /// Why these days.
    pub(crate) note: Text,
}

/// A text as reading sees it: runs of letters, runs of digits, single marks; no case, no spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phrase(Vec<String>);

impl Words {
    /// Reads a time said in Italian words, or gives nothing where any of them is not understood.
    ///
    /// # Shape
    /// `nel corso di` and the like may stand before a period, and leave it as it is. `entro` makes it
    /// an upper limit: what is due by a month may be done long before it, so that it has a last day
    /// and no first. A day of a month is not read.
    pub fn read(&self, text: &str) -> Option<Reading> {
        let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '.' | ',');
        let Phrase(tokens) = Phrase::of(text.trim_end_matches(ends))?;
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        self.period(&tokens)
            .or_else(|| self.range(&tokens))
            .or_else(|| self.by(&tokens))
            .or_else(|| self.period(without_lead(&tokens)?))
    }

    /// An upper limit.
    fn by(&self, tokens: &[&str]) -> Option<Reading> {
        let limit = match tokens {
            ["entro", "la", "fine", "dell", "'", limit @ ..]
            | ["entro", "la", "fine", "di" | "del" | "della", limit @ ..]
            | ["entro", "fine", limit @ ..] => limit,
            ["entro", limit @ ..] => without_article(limit),
            _ => return None,
        };
        let mut reading = self.period(limit)?;
        reading.period.earliest = None;
        Some(reading)
    }

    fn range(&self, tokens: &[&str]) -> Option<Reading> {
        let ends = match tokens {
            ["dall", "'", ends @ ..] | ["da" | "dal" | "dalla", ends @ ..] => ends,
            _ => return None,
        };
        (1..ends.len()).find_map(|at| match ends.split_at_checked(at)? {
            (first, ["all", "'", last @ ..] | ["a" | "ad" | "al" | "alla", last @ ..]) => {
                self.period(first)?.until(self.period(last)?)
            }
            _ => None,
        })
    }

    fn period(&self, tokens: &[&str]) -> Option<Reading> {
        let plain = self
            .months(tokens)
            .map(|period| Reading { period, note: None });
        plain
            .or_else(|| self.school_year(tokens))
            .or_else(|| self.parts.iter().find_map(|part| self.part(part, tokens)))
    }

    /// A month, a year, years in a row: nothing is chosen.
    fn months(&self, tokens: &[&str]) -> Option<Period> {
        match tokens {
            [year] | ["anno", year] => months(self.year(year)?, 1, 12),
            [first, "e", last] | ["anno" | "anni", first, "e", last] => {
                let (first, last) = (self.year(first)?, self.year(last)?);
                months(first, 1, 24).filter(|_| last == first + 1)
            }
            ["biennio", years @ ..] => months(self.years(years, 1)?, 1, 24),
            ["triennio", years @ ..] => months(self.years(years, 2)?, 1, 36),
            [month, year] | ["mese", "di", month, year] => {
                months(self.year(year)?, month_named(month)?, 1)
            }
            _ => None,
        }
    }

    fn school_year(&self, tokens: &[&str]) -> Option<Reading> {
        let mut years = self.school_year.after(tokens);
        let first = years.find_map(|years| self.years(years, 1))?;
        self.school_year.of_year(first)
    }

    fn part(&self, part: &Stretch, tokens: &[&str]) -> Option<Reading> {
        let first = part.after(tokens).find_map(|year| match year {
            [year] | ["del", year] | ["dell", "'", "anno", year] => self.year(year),
            years if part.ends_next_year() => self.years(years, 1),
            _ => None,
        })?;
        part.of_year(first)
    }

    fn year(&self, token: &str) -> Option<i32> {
        let (first, last) = self.years;
        let year = token.parse().ok().filter(|_| token.len() == 4)?;
        (first..=last).contains(&year).then_some(year)
    }

    /// Reads `2025/26`, `2025/'26`, `2025-2026`, and gives the first year: the last is `gap` later.
    fn years(&self, tokens: &[&str], gap: i32) -> Option<i32> {
        let ([first, "-" | "/", last] | [first, "-" | "/", "'", last]) = tokens else {
            return None;
        };
        let first = self.year(first)?;
        let full = (first + gap).to_string();
        let is_last = *last == full || Some(*last) == full.get(2..);
        is_last.then_some(first)
    }
}

impl Stretch {
    /// Gives what stands after the words, for each of them that `tokens` begin with.
    fn after<'t>(&self, tokens: &'t [&'t str]) -> impl Iterator<Item = &'t [&'t str]> {
        self.words.iter().filter_map(move |Phrase(words)| {
            let (head, rest) = tokens.split_at_checked(words.len())?;
            (head == words.as_slice()).then_some(rest)
        })
    }

    fn ends_next_year(&self) -> bool {
        self.end < self.start
    }

    fn of_year(&self, year: i32) -> Option<Reading> {
        let day = |year, (month, day)| NaiveDate::from_ymd_opt(year, month, day);
        let last_year = year + i32::from(self.ends_next_year());
        let period = Period {
            earliest: Some(day(year, self.start)?),
            latest: day(last_year, self.end)?,
        };
        let note = Some(self.note.clone());
        Some(Reading { period, note })
    }
}

impl Reading {
    /// From the first day of this to the last of `last`, unless that begins before.
    fn until(self, last: Self) -> Option<Self> {
        let Period { earliest, latest } = self.period;
        let period = Period {
            earliest,
            latest: latest.max(last.period.latest),
        };
        let note = match (self.note, last.note) {
            (Some(first), Some(last)) if first != last => {
                Some(say!("{first}; {last}", "{first}; {last}"; first = first, last = last))
            }
            (first, last) => first.or(last),
        };
        (earliest <= last.period.earliest).then_some(Self { period, note })
    }
}

impl Phrase {
    /// Takes a text apart, or gives nothing where it holds what no time is written with.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut tokens: Vec<String> = Vec::new();
        let mut before = Kind::Space;
        for c in text.to_lowercase().chars().map(plain) {
            let kind = Kind::of(c)?;
            let goes_on = kind == before && matches!(kind, Kind::Letter | Kind::Digit);
            match tokens.last_mut().filter(|_| goes_on) {
                Some(run) => run.push(c),
                None if kind == Kind::Space => {}
                None => tokens.push(c.into()),
            }
            before = kind;
        }
        (!tokens.is_empty()).then_some(Self(tokens))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Mark,
    Space,
}

impl Kind {
    fn of(c: char) -> Option<Self> {
        match c {
            '0'..='9' => Some(Self::Digit),
            '\'' | '-' | '/' | '.' => Some(Self::Mark),
            c if c.is_alphabetic() => Some(Self::Letter),
            c if c.is_whitespace() => Some(Self::Space),
            _ => None,
        }
    }
}

/// Gives the mark of a typewriter for the ones of a typographer.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}'..='\u{2013}' => '-',
        c => c,
    }
}

/// Takes away the words that put a period into a sentence, and its article.
fn without_lead<'t>(tokens: &'t [&'t str]) -> Option<&'t [&'t str]> {
    match tokens {
        ["nel", "corso", of @ ..] => match of {
            ["dell", "'", rest @ ..] | ["di" | "del" | "della", rest @ ..] => Some(rest),
            _ => None,
        },
        ["nell", "'", rest @ ..] | ["nel" | "nella" | "in" | "a" | "ad", rest @ ..] => Some(rest),
        ["entro", ..] => None,
        ["durante", rest @ ..] => Some(without_article(rest)),
        rest => Some(without_article(rest)),
    }
}

fn without_article<'t>(tokens: &'t [&'t str]) -> &'t [&'t str] {
    match tokens {
        ["l", "'", rest @ ..] | ["il" | "la", rest @ ..] => rest,
        rest => rest,
    }
}

/// Gives so many months from the first day of one.
fn months(year: i32, month: u32, count: u32) -> Option<Period> {
    let earliest = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = earliest.checked_add_months(Months::new(count))?;
    let latest = next.pred_opt()?;
    Some(Period {
        earliest: Some(earliest),
        latest,
    })
}
