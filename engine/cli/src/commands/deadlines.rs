//! `deadlines`: the windows, the terms and the times of a pack, as text, JSON or calendar.

use chrono::NaiveDate;
use riparto_core::diag::{Code, Diagnostic, Diagnostics};
use riparto_core::eval::{self, Moment};
use riparto_core::pack::Overrides;
use riparto_core::say;
use riparto_core::time::{day, local};
use riparto_io::report::ics::{Almanac, ics};
use riparto_io::report::json;

use crate::args::{DeadlinesArgs, Format, When};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::{print, report};
use crate::render::deadlines::text;
use crate::render::offices::text as offices_text;

/// Lists the deadlines of a pack.
pub fn deadlines(host: &Host, args: &DeadlinesArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json, Format::Ics])?;
    let moment = moment(args)?;
    let (pack, warnings) = host.load(&args.pack, &Overrides::default())?;
    let found = eval::deadlines(&pack, &moment).map_err(Failure::Refused)?;
    let offices = eval::offices(&pack, &moment)
        .map_err(|fault| Failure::Refused(Diagnostic::from(fault).into()))?;
    match host.format {
        Format::Json => {
            let listed = json::deadlines::all(&pack.id, moment.at, &found, &offices, host.lang);
            print(&json::text(&listed))?;
        }
        Format::Ics => {
            let almanac = Almanac {
                pack: &pack.id,
                title: &pack.title,
                as_of: pack.as_of,
                deadlines: &found,
            };
            print(&ics(&almanac, host.lang))?;
        }
        _ => {
            let warnings = warnings.into_sorted();
            report(&warnings, Some(host), host.format, host.lang)?;
            let deadlines = text(&pack, &moment, &found, host.lang, host.terminal);
            let offices = offices_text(&offices, host.lang, host.terminal);
            print(&(deadlines + offices.as_str()))?;
        }
    }
    Ok(())
}

/// Reads the events and the instant, every fault at once.
fn moment(args: &DeadlinesArgs) -> Result<Moment, Failure> {
    let (mut moment, mut faults) = args.when.moment();
    if let Some(text) = &args.at {
        match local(text, None) {
            Ok(at) => moment.at = Some(at),
            Err(fault) => {
                let fault = fault.diagnostic(&format!("--at {text}"));
                let code = match fault.code {
                    Code::LocalTime => Code::LocalTime,
                    _ => Code::BadArgument,
                };
                faults.push(Diagnostic { code, ..fault });
            }
        }
    }
    match faults.has_errors() {
        true => Err(Failure::Refused(faults)),
        false => Ok(moment),
    }
}

impl When {
    /// Reads the days of events, every fault at once.
    pub fn moment(&self) -> (Moment, Diagnostics) {
        let mut faults = Diagnostics::new();
        let mut moment = Moment::default();
        for text in &self.events {
            match event(text) {
                Ok((name, date)) if moment.events.insert(name.clone(), date).is_some() => {
                    let message = say!(
                        "l'evento `{name}` è dato due volte",
                        "the event `{name}` is given twice"
                    );
                    let fault = Diagnostic::error(Code::BadArgument, message);
                    faults.push(fault.help(say!("darlo una volta sola", "give it once")));
                }
                Ok(_) => {}
                Err(fault) => faults.push(*fault),
            }
        }
        (moment, faults)
    }
}

/// Reads the name and the day of an event; a space or a hyphen in the name is an underscore.
fn event(text: &str) -> Result<(String, NaiveDate), Box<Diagnostic>> {
    let help = say!(
        "scrivere il nome e un giorno che c'è nel calendario: `--event comunicazione=2026-01-15`",
        "write the name and a day that the calendar has: `--event comunicazione=2026-01-15`"
    );
    let read = text.split_once('=').and_then(|(name, written)| {
        let name = name.trim().to_lowercase().replace([' ', '-'], "_");
        let date = day(written.trim())?;
        (!name.is_empty()).then_some((name, date))
    });
    read.ok_or_else(|| {
        let message = say!(
            "`--event {text}` non dice un evento e il suo giorno",
            "`--event {text}` does not say an event and its day"
        );
        Box::new(Diagnostic::error(Code::BadArgument, message).help(help))
    })
}
