//! Reads the national rules on terms from `rules/calendar/`, and checks them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::calendar::{Calendar, HolidayRule, When};
use super::easter::EASTER_YEARS;
use super::regime::{Regime, Rule, WorkingDays};
use super::suspension::{Period, Suspensions};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::pack::raw::calendar as raw;
use crate::pack::raw::{Node, Reach, check, schema_of};
use crate::pack::{Acts, malformed};
use crate::say;
use crate::source::{Source, SourceError};

/// The files that the rules on terms are read from.
pub const FILES: [&str; 3] = [
    "rules/calendar/holidays.toml",
    "rules/calendar/suspension.toml",
    "rules/calendar/regimes.toml",
];

/// The national rules on terms.
#[derive(Debug, Clone)]
pub struct Law {
    /// The holidays.
    pub calendar: Calendar,
    /// The suspension of each year.
    pub suspensions: Suspensions,
    /// The regimes by name.
    pub regimes: BTreeMap<String, Regime>,
}

/// Loads the national rules on terms.
///
/// # Errors
/// A file that is there but cannot be read → [`SourceError`]. What is wrong with the files is in
/// the diagnostics; there are rules only when none of them is an error.
pub fn load(source: &dyn Source) -> Result<(Option<Law>, Diagnostics), SourceError> {
    let [holidays, suspension, regimes] = FILES;
    let mut faults = Diagnostics::new();
    let calendar = file(source, holidays, &mut faults)?
        .map(|(node, file)| calendar(&Reader::new(&node), file, &mut faults));
    let suspensions = file(source, suspension, &mut faults)?
        .map(|(node, file)| suspensions(&Reader::new(&node), file, &mut faults));
    let regimes = file(source, regimes, &mut faults)?
        .map(|(node, file)| all_regimes(&Reader::new(&node), file, &mut faults));
    let law = match (calendar, suspensions, regimes) {
        (Some(calendar), Some(suspensions), Some(regimes)) if !faults.has_errors() => Some(Law {
            calendar,
            suspensions,
            regimes,
        }),
        _ => None,
    };
    Ok((law, faults))
}

fn file<T: DeserializeOwned + JsonSchema>(
    source: &dyn Source,
    path: &str,
    faults: &mut Diagnostics,
) -> Result<Option<(Node, T)>, SourceError> {
    let Some(bytes) = source.read(path)? else {
        let message = say!("manca il file `{path}`", "the file `{path}` is missing");
        let help = say!(
            "rimetterlo dov'era, o controllare la cartella data con `--root`",
            "put it back, or check the folder given with `--root`"
        );
        faults.push(Diagnostic::error(Code::Unreadable, message).help(help));
        return Ok(None);
    };
    let (node, found) = Node::parse(path, &bytes);
    let legible = !found.has_errors();
    faults.extend(found);
    if legible {
        faults.extend(check(&node, &schema_of::<T>(), Reach::Whole));
    }
    let decoded = node.decode::<T>().filter(|_| legible);
    Ok(decoded.map(|decoded| (node, decoded)))
}

/// Reads the values of one file, each at its place.
struct Reader<'n> {
    node: &'n Node,
    acts: Acts,
}

impl<'n> Reader<'n> {
    fn new(node: &'n Node) -> Self {
        let mut acts = Acts::default();
        acts.declare(node);
        Self { node, acts }
    }

    fn cite(&self, path: &[&str], faults: &mut Diagnostics) -> String {
        let cite = self.acts.cite(self.node.find(path), faults);
        cite.map(|cite| cite.to_string()).unwrap_or_default()
    }

    /// A month and a day, `08-31`; 29 February is not a day of every year.
    fn day(&self, path: &[&str], text: &str, faults: &mut Diagnostics) -> Option<(u32, u32)> {
        let date = iso(&format!("2001-{text}"));
        if date.is_none() {
            let message = say!(
                "`{text}` non è un mese e un giorno di ogni anno",
                "`{text}` is not a month and a day of every year"
            );
            let help = say!(
                "scrivere mese e giorno: `08-31`",
                "write month and day: `08-31`"
            );
            faults.push(malformed(self.node.find(path), message).help(help));
        }
        date.map(|date| (date.month(), date.day()))
    }

    fn refuse(&self, path: &[&str], message: Text, help: Text, faults: &mut Diagnostics) {
        let place = self.node.find(path).place.clone();
        faults.push(
            Diagnostic::error(Code::InvalidRule, message)
                .at(place)
                .help(help),
        );
    }
}

fn iso(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    date.filter(|_| text.len() == 10)
}

fn covers(covers: &raw::Covers) -> (i32, i32) {
    let last = *EASTER_YEARS.end();
    let first = covers.from.max(*EASTER_YEARS.start());
    (first, covers.to.map_or(last, |to| to.min(last)))
}

fn years(from: Option<i32>, to: Option<i32>) -> (i32, i32) {
    (from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX))
}

fn calendar(reader: &Reader<'_>, file: raw::HolidaysFile, faults: &mut Diagnostics) -> Calendar {
    let covers = covers(&file.covers);
    let sunday = Text {
        it: file.sunday.name,
        en: file.sunday.name_en,
    };
    let sunday = (sunday, reader.cite(&["sunday", "act"], faults));
    let mut holidays = Vec::new();
    for (id, holiday) in file.holiday {
        let act = reader.cite(&["holiday", &id, "act"], faults);
        if holiday.until.is_some() {
            reader.cite(&["holiday", &id, "until", "act"], faults);
        }
        let Some(when) = when(reader, &id, &holiday, faults) else {
            continue;
        };
        holidays.push(HolidayRule {
            when,
            name: Text {
                it: holiday.name,
                en: holiday.name_en,
            },
            act,
            years: years(holiday.from, holiday.until.map(|until| until.year)),
            municipality: holiday.municipality,
        });
    }
    Calendar {
        covers,
        sunday,
        holidays,
    }
}

fn when(
    reader: &Reader<'_>,
    id: &str,
    holiday: &raw::Holiday,
    faults: &mut Diagnostics,
) -> Option<When> {
    match (&holiday.day, holiday.easter, &holiday.on) {
        (Some(day), None, None) => {
            let (month, day) = reader.day(&["holiday", id, "day"], day, faults)?;
            Some(When::Day(month, day))
        }
        (None, Some(days), None) => Some(When::Easter(days)),
        (None, None, Some(on)) => {
            let date = iso(on);
            if date.is_none() {
                let message = say!("`{on}` non è una data", "`{on}` is not a date");
                let help = say!(
                    "scriverla anno-mese-giorno: `2011-03-17`",
                    "write it year-month-day: `2011-03-17`"
                );
                let node = reader.node.find(&["holiday", id, "on"]);
                faults.push(malformed(node, message).help(help));
            }
            date.map(When::On)
        }
        _ => {
            let message = say!(
                "`{id}` dice il suo giorno in più modi, o in nessuno",
                "`{id}` says its day in more ways than one, or in none"
            );
            let help = say!(
                "scriverne uno solo: `day` (ogni anno), `easter` (giorni dopo Pasqua), `on` (una volta)",
                "write one only: `day` (every year), `easter` (days after Easter), `on` (once)"
            );
            reader.refuse(&["holiday", id], message, help, faults);
            None
        }
    }
}

fn suspensions(
    reader: &Reader<'_>,
    file: raw::SuspensionFile,
    faults: &mut Diagnostics,
) -> Suspensions {
    let mut periods = Vec::new();
    for (id, period) in file.period {
        let act = reader.cite(&["period", &id, "act"], faults);
        let start = reader.day(&["period", &id, "start"], &period.start, faults);
        let end = reader.day(&["period", &id, "end"], &period.end, faults);
        let (Some(start), Some(end)) = (start, end) else {
            continue;
        };
        if end < start {
            let message = say!(
                "la sospensione `{id}` finisce prima di cominciare",
                "the suspension `{id}` ends before it starts"
            );
            let help = say!(
                "scrivere in `end` un giorno dopo `start`, nello stesso anno",
                "write in `end` a day after `start`, in the same year"
            );
            reader.refuse(&["period", &id, "end"], message, help, faults);
        }
        periods.push(Period {
            years: years(period.from, period.to),
            start,
            end,
            act,
        });
    }
    Suspensions {
        covers: covers(&file.covers),
        periods,
    }
}

fn all_regimes(
    reader: &Reader<'_>,
    file: raw::RegimesFile,
    faults: &mut Diagnostics,
) -> BTreeMap<String, Regime> {
    let free_days_act = reader.cite(&["free_days", "act"], faults);
    let mut regimes = BTreeMap::new();
    for (id, regime) in file.regime {
        let mut cite = |rule: &str| reader.cite(&["regime", &id, rule, "act"], faults);
        let (saturday, suspension) = (regime.saturday, regime.suspension);
        let has_working_days = regime.working_days.is_some();
        let read = Regime {
            label: Text {
                it: regime.label,
                en: regime.label_en,
            },
            back: regime.back,
            free_days: regime.free_days,
            free_days_act: free_days_act.clone(),
            count_act: cite("count"),
            months_act: cite("months"),
            holiday_act: cite("holiday"),
            saturday: Rule {
                is: saturday.is,
                act: cite("saturday"),
                note: note(saturday.note, saturday.note_en),
            },
            suspension: Rule {
                is: suspension.is,
                act: cite("suspension"),
                note: note(suspension.note, suspension.note_en),
            },
            working_days: regime
                .working_days
                .filter(|days| (1..=31).contains(&days.least))
                .and_then(|days| {
                    Some(WorkingDays {
                        least: u32::try_from(days.least).ok()?,
                        act: cite("working_days"),
                        assumption: days.assumption,
                    })
                }),
            id: id.clone(),
        };
        if read.working_days.is_none() && has_working_days {
            let node = reader.node.find(&["regime", &id, "working_days", "least"]);
            let message = say!(
                "i giorni lavorativi vanno da 1 a 31",
                "working days go from 1 to 31"
            );
            let help = say!("scrivere, per esempio, `2`", "write, for instance, `2`");
            faults.push(malformed(node, message).help(help));
        }
        regimes.insert(id, read);
    }
    regimes
}

fn note(it: Option<String>, en: Option<String>) -> Option<Text> {
    let it = it?;
    let en = en.unwrap_or_else(|| it.clone());
    Some(Text { it, en })
}
