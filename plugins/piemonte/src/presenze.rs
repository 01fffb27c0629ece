//! The average attendance of a service over its own period, from the rows of the register.
//!
//! A row counts where it lies wholly within the period, and does not where it lies wholly outside.
//! Where one straddles an end of the period, or cannot be (more days open than days, attendances
//! on no day, a number below zero), the average is absent: it is not known how to split it, or what
//! it should be. Rows of one service that overlap are refused: a day would count twice.

use std::collections::BTreeMap;

use riparto_plugin::{Batch, Column, Fault, Rational};

use crate::cells::{dates, numbers, parameter, table, texts};
use crate::faults::{listed, placed, refused};
use crate::media::{average, too_large};

/// The table that it reads.
pub const TABLE: &str = "presenze";

/// A row of the register.
#[derive(Debug, Clone, Copy)]
struct Entry {
    dal: i32,
    al: i32,
    giorni: i128,
    presenze: i128,
}

/// Where a row lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Within,
    Outside,
    Astride,
}

/// First and last day, included.
type Period = (Option<i32>, Option<i32>);

/// First day, last day, line of the rows of each service.
type Spans<'t> = BTreeMap<&'t str, Vec<(i32, i32, u32)>>;

/// The rows of each service; none where a cell of the row is missing.
type Register<'t> = BTreeMap<&'t str, Vec<Option<Entry>>>;

/// Gives the exact average of each service: attendances by days open, or the average declared
/// where no day open lies within its period.
pub fn media_frequentanti(batch: &Batch) -> Result<Column, Box<Fault>> {
    let services = texts(parameter(batch, 0)?)?;
    let first_days = dates(parameter(batch, 1)?)?;
    let last_days = dates(parameter(batch, 2)?)?;
    let declared = numbers(parameter(batch, 3)?)?;
    let register = register(batch)?;
    let periods = first_days.iter().copied().zip(last_days.iter().copied());
    let rows = services.iter().zip(periods).zip(declared);
    let averages = rows.map(|((service, period), declared)| {
        let Some(service) = service else {
            return Ok(None);
        };
        let entries = register
            .get(service.as_str())
            .map_or(&[][..], Vec::as_slice);
        let Some((giorni, presenze)) = sums(period, entries)? else {
            return Ok(None);
        };
        let average = average(Some(giorni), Some(presenze), declared)?;
        Ok(average.map(|number| (*number.numer(), *number.denom())))
    });
    Ok(Column::Fractions(
        averages.collect::<Result<_, Box<Fault>>>()?,
    ))
}

/// Gives days open and attendances within the period; nothing where a row keeps them unknown.
fn sums(
    period: Period,
    entries: &[Option<Entry>],
) -> Result<Option<(Rational, Rational)>, Box<Fault>> {
    let (mut giorni, mut presenze) = (0_i128, 0_i128);
    for entry in entries {
        let Some(entry) = entry.filter(Entry::can_be) else {
            return Ok(None);
        };
        match entry.side_of(period) {
            Some(Side::Outside) => {}
            Some(Side::Within) => {
                giorni = giorni.checked_add(entry.giorni).ok_or_else(too_large)?;
                presenze = presenze.checked_add(entry.presenze).ok_or_else(too_large)?;
            }
            Some(Side::Astride) | None => return Ok(None),
        }
    }
    Ok(Some((giorni.into(), presenze.into())))
}

impl Entry {
    fn can_be(&self) -> bool {
        let days = i128::from(self.al) - i128::from(self.dal) + 1;
        let attended = self.presenze == 0 || self.presenze > 0 && self.giorni > 0;
        (0..=days).contains(&self.giorni) && attended
    }

    /// Nothing where the end of the period that decides is missing.
    fn side_of(&self, (first, last): Period) -> Option<Side> {
        if last.is_some_and(|last| self.dal > last) || first.is_some_and(|first| self.al < first) {
            return Some(Side::Outside);
        }
        let within = self.dal >= first? && self.al <= last?;
        Some(if within { Side::Within } else { Side::Astride })
    }
}

/// Reads the register, service by service.
fn register(batch: &Batch) -> Result<Register<'_>, Box<Fault>> {
    let names = [
        "servizio",
        "dal",
        "al",
        "giorni_apertura",
        "bambini_presenti",
    ];
    let (table, [services, dal, al, giorni, presenze]) = table(batch, names)?;
    let services = texts(services)?;
    let (dal, al) = (dates(dal)?, dates(al)?);
    let (giorni, presenze) = (numbers(giorni)?, numbers(presenze)?);
    let mut register = Register::new();
    let mut spans = Spans::new();
    let mut nobody = Vec::new();
    let days = dal.iter().zip(al);
    let counts = giorni.into_iter().zip(presenze);
    for (row, ((service, days), counts)) in services.iter().zip(days).zip(counts).enumerate() {
        let line = table.lines.get(row).copied().unwrap_or_default();
        let Some(service) = service.as_deref() else {
            nobody.push(line);
            continue;
        };
        let entries = register.entry(service).or_default();
        entries.push(entry(days, counts));
        if let (Some(dal), Some(al)) = days
            && dal <= al
        {
            spans.entry(service).or_default().push((*dal, *al, line));
        }
    }
    if let Some(first) = nobody.first() {
        return Err(placed(of_no_service(&nobody), &table.file, *first));
    }
    let overlaps: Vec<(u32, u32)> = spans.into_values().flat_map(overlaps).collect();
    match overlaps.first() {
        None => Ok(register),
        Some((_, second)) => Err(placed(overlapping(&overlaps), &table.file, *second)),
    }
}

/// Gives the lines of the rows that have a day in common with one that begins before.
fn overlaps(mut spans: Vec<(i32, i32, u32)>) -> Vec<(u32, u32)> {
    spans.sort_unstable();
    let mut longest: Option<(i32, u32)> = None;
    let mut overlaps = Vec::new();
    for (dal, al, line) in spans {
        if let Some((_, before)) = longest.filter(|(end, _)| dal <= *end) {
            overlaps.push((before.min(line), before.max(line)));
        }
        longest = longest.filter(|(end, _)| *end >= al).or(Some((al, line)));
    }
    overlaps
}

fn of_no_service(lines: &[u32]) -> Box<Fault> {
    let lines = listed(lines);
    refused(
        "missing-service",
        [
            &format!("non si sa di quale servizio sono le righe {lines} del registro"),
            &format!("it is not known of which service lines {lines} of the register are"),
        ],
        [
            "scrivere il codice del servizio",
            "write the code of the service",
        ],
    )
}

fn overlapping(pairs: &[(u32, u32)]) -> Box<Fault> {
    let named = |and: &str| {
        let pairs = pairs.iter();
        listed(pairs.map(|(one, other)| format!("{one} {and} {other}")))
    };
    refused(
        "overlapping-rows",
        [
            &format!(
                "righe di uno stesso servizio hanno giorni in comune: {}",
                named("e")
            ),
            &format!("rows of one service have days in common: {}", named("and")),
        ],
        [
            "lasciare ogni giorno in una riga sola",
            "leave each day in one row only",
        ],
    )
}

fn entry(
    (dal, al): (&Option<i32>, &Option<i32>),
    (giorni, presenze): (Option<Rational>, Option<Rational>),
) -> Option<Entry> {
    Some(Entry {
        dal: (*dal)?,
        al: (*al)?,
        giorni: whole(giorni?)?,
        presenze: whole(presenze?)?,
    })
}

fn whole(number: Rational) -> Option<i128> {
    number.is_integer().then(|| number.to_integer())
}
