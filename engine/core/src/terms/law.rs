//! Reads the national rules on terms from `rules/calendar/`, and checks them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calendar::{Calendar, HolidayRule, When};
use super::reader::{Reader, covers, file};
use super::regime::{Regime, Rule, WorkingDays};
use super::suspension::{Period, Span, Suspensions};
use super::words::all_words;
use crate::diag::{Diagnostics, Text};
use crate::pack::raw::calendar as raw;
use crate::pack::{malformed, nearest};
use crate::rules::RuleFile;
use crate::say;
use crate::source::{Source, SourceError};
use crate::time::{Words, day};

/// The files that the rules on terms are read from.
pub const FILES: [&str; 4] = [
    "rules/calendar/holidays.toml",
    "rules/calendar/suspension.toml",
    "rules/calendar/regimes.toml",
    WORDS,
];

/// The file that the words of times are read from.
pub const WORDS: &str = "rules/calendar/words.toml";

/// The national rules on terms.
#[derive(Debug, Clone)]
pub struct Law {
    /// The holidays.
    pub calendar: Calendar,
    /// The suspension of each year.
    pub suspensions: Suspensions,
    /// The regimes by name.
    pub regimes: BTreeMap<String, Regime>,
    /// The words that a time is said in.
    pub words: Words,
}

/// Loads the national rules on terms.
///
/// # Errors
/// A file that is there but cannot be read → [`SourceError`]. What is wrong with the files is in
/// the diagnostics; there are rules only when none of them is an error.
pub fn load(source: &dyn Source) -> Result<(Option<Law>, Diagnostics), SourceError> {
    let [holidays, suspension, regimes, _] = FILES;
    let mut faults = Diagnostics::new();
    let calendar = file(source, holidays, &mut faults)?
        .map(|(node, file)| calendar(&Reader::new(&node), file, &mut faults));
    let suspensions = file(source, suspension, &mut faults)?
        .map(|(node, file)| suspensions(&Reader::new(&node), file, &mut faults));
    let regimes = file(source, regimes, &mut faults)?
        .map(|(node, file)| all_regimes(&Reader::new(&node), file, &mut faults));
    let (words, found) = load_words(source)?;
    faults.extend(found);
    let law = match (calendar, suspensions, regimes, words) {
        (Some(calendar), Some(suspensions), Some(regimes), Some(words)) if !faults.has_errors() => {
            Some(Law {
                calendar,
                suspensions,
                regimes,
                words,
            })
        }
        _ => None,
    };
    Ok((law, faults))
}

/// Loads the words alone: all that a pack without terms needs.
///
/// # Errors
/// As [`load`].
pub fn load_words(source: &dyn Source) -> Result<(Option<Words>, Diagnostics), SourceError> {
    let mut faults = Diagnostics::new();
    let words = file(source, WORDS, &mut faults)?
        .and_then(|(node, file)| all_words(&Reader::new(&node), file, &mut faults));
    Ok((words.filter(|_| !faults.has_errors()), faults))
}

/// Gives those of these rule files that are there.
///
/// # Errors
/// A file that is there but cannot be read → [`SourceError`].
pub fn rule_files(source: &dyn Source, paths: &[&str]) -> Result<Vec<RuleFile>, SourceError> {
    let read = paths.iter().map(|path| {
        let bytes = source.read(path)?;
        let path = (*path).to_owned();
        Ok(bytes.map(|bytes| RuleFile { path, bytes }))
    });
    read.filter_map(Result::transpose).collect()
}

impl Law {
    /// Gives the closed days of a year, those of single municipalities too, and its suspension: two
    /// years that are alike in these end every term alike.
    pub fn of_year(&self, year: i32) -> (Vec<NaiveDate>, Option<Span>) {
        (
            self.calendar.days(year),
            self.suspensions.of(year).ok().flatten(),
        )
    }

    /// Says which regime a name that is none may have meant.
    pub fn suggest_regime(&self, name: &str) -> Text {
        let known = self.regimes.keys().map(String::as_str);
        let list: Vec<_> = known.clone().map(|known| format!("`{known}`")).collect();
        let list = list.join(", ");
        nearest(name, known).unwrap_or_else(|| say!("ci sono: {list}", "there are: {list}"))
    }
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
            let date = day(on);
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
        let holiday_act = cite("holiday");
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
            holiday_act: (!regime.holiday.stays).then_some(holiday_act),
            saturday: Rule {
                is: saturday.is,
                act: cite("saturday"),
                note: note(saturday.note, saturday.note_en),
                disputed: saturday.disputed,
            },
            suspension: Rule {
                is: suspension.is,
                act: cite("suspension"),
                note: note(suspension.note, suspension.note_en),
                disputed: suspension.disputed,
            },
            filing: regime.filing.map(|filing| Rule {
                is: Text {
                    it: filing.is,
                    en: filing.is_en,
                },
                act: cite("filing"),
                note: note(filing.note, filing.note_en),
                disputed: false,
            }),
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
