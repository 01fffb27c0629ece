//! Whether the offices of a pack answer at an instant, and when they answer next.

use chrono::{Datelike, Days, NaiveDate};

use super::deadlines::Moment;
use crate::outcome::{Answers, OfficeOutcome};
use crate::rules::{Office, Pack};
use crate::terms::{Law, TermFault};
use crate::time::RomeTime;

/// How many days ahead hours are looked for: no run of closed days is longer.
const LOOKED_AHEAD: u64 = 30;

/// Gives every office of a pack, and how each stands at the instant asked for.
///
/// # Errors
/// An instant in a year whose holidays are not known.
pub fn offices(pack: &Pack, moment: &Moment) -> Result<Vec<OfficeOutcome>, TermFault> {
    let all = pack.measures.iter();
    let all = all.flat_map(|measure| measure.offices.iter().map(move |office| (measure, office)));
    let read = all.map(|(measure, office)| {
        let answers = match (moment.at, &pack.law) {
            (Some(at), Some(law)) => answers(office, law, at)?,
            _ => None,
        };
        Ok(OfficeOutcome {
            id: office.id.clone(),
            measure: measure.id.clone(),
            label: office.label.clone(),
            about: office.about.clone(),
            channels: office.channels.clone(),
            hours: office.hours.clone(),
            answers,
            act: office.source.cited(),
            assumption: office.source.assumption,
            note: office.source.note.clone(),
        })
    });
    read.collect()
}

/// An office is taken to be closed on holidays, as its hours are those of working days.
fn answers(office: &Office, law: &Law, at: RomeTime) -> Result<Option<Answers>, TermFault> {
    for ahead in 0..=LOOKED_AHEAD {
        let Some(day) = at.day().checked_add_days(Days::new(ahead)) else {
            return Ok(None);
        };
        if law.calendar.holiday(day, None)?.is_some() {
            continue;
        }
        let mut next: Option<RomeTime> = None;
        for (from, to) in spans(office, day) {
            if from <= at && at <= to {
                return Ok(Some(Answers::Until(to)));
            }
            if at < from {
                next = Some(next.map_or(from, |next| next.min(from)));
            }
        }
        if let Some(next) = next {
            return Ok(Some(Answers::From(next)));
        }
    }
    Ok(None)
}

fn spans(office: &Office, day: NaiveDate) -> Vec<(RomeTime, RomeTime)> {
    let hours = office.hours.iter();
    let hours = hours.filter(|hours| hours.days.contains(&day.weekday()));
    let spans = hours.filter_map(|hours| {
        let at = |time| RomeTime::on(day, time).ok();
        Some((at(hours.from)?, at(hours.to)?))
    });
    spans.collect()
}
