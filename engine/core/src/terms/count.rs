//! Counts a term to its raw end: days one by one, months and years by name, August left out.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::compute::{Length, Step, Term};
use super::dates::{long_date, short_date};
use super::{Law, Span, TermFault};
use crate::diag::Text;
use crate::pack::raw::calendar::Suspension;
use crate::say;

/// Gives the raw end of a term, and says how it was found.
pub(super) fn count(
    term: &Term<'_>,
    law: &Law,
    steps: &mut Vec<Step>,
) -> Result<NaiveDate, TermFault> {
    let counter = Counter {
        law: (term.suspension().is == Suspension::August).then_some(law),
        back: term.runs_back(),
    };
    let regime = term.regime;
    let excluded = say!(
        "il giorno dell'evento non si conta",
        "the day of the event is not counted"
    );
    steps.push(Step::new(
        term.from,
        excluded,
        Some(regime.count_act.clone()),
    ));
    let (mut end, act) = match term.length {
        Length::Days(days) => (counter.days(term.from, days, steps)?, &regime.count_act),
        Length::Months(months) => (
            counter.months(term.from, months, steps)?,
            &regime.months_act,
        ),
        Length::Years(years) => {
            let months = years.checked_mul(12).ok_or(TermFault::BeyondDates)?;
            (
                counter.months(term.from, months, steps)?,
                &regime.months_act,
            )
        }
    };
    let how_long = say!(
        "{length}: si arriva a {date}",
        "{length}: it comes to {date}";
        length = words(term.length),
        date = long_date(end)
    );
    steps.push(Step::new(end, how_long, Some(act.clone())));
    if term.has_free_days() {
        end = counter.days(end, 1, steps)?;
        let why = say!(
            "giorni liberi: anche l'ultimo giorno resta fuori, e si arriva a {date}",
            "free days: the last day is left out too, and it comes to {date}";
            date = long_date(end)
        );
        steps.push(Step::new(end, why, Some(regime.free_days_act.clone())));
    }
    Ok(end)
}

fn words(length: Length) -> Text {
    match length {
        Length::Days(1) => say!("un giorno", "one day"),
        Length::Days(n) => say!("{n} giorni", "{n} days"),
        Length::Months(1) => say!("un mese", "one month"),
        Length::Months(n) => say!("{n} mesi", "{n} months"),
        Length::Years(1) => say!("un anno", "one year"),
        Length::Years(n) => say!("{n} anni", "{n} years"),
    }
}

struct Counter<'l> {
    /// The law, where the suspension holds.
    law: Option<&'l Law>,
    back: bool,
}

impl Counter<'_> {
    fn days(
        &self,
        from: NaiveDate,
        days: u32,
        steps: &mut Vec<Step>,
    ) -> Result<NaiveDate, TermFault> {
        let Some(law) = self.law else {
            return self.moved(from, i64::from(days));
        };
        let mut skipped: BTreeMap<NaiveDate, (Span, i64)> = BTreeMap::new();
        let (mut date, mut counted) = (from, 0);
        while counted < days {
            date = self.moved(date, 1)?;
            match law.suspensions.around(date)? {
                Some(span) => skipped.entry(span.start).or_insert((span, 0)).1 += 1,
                None => counted += 1,
            }
        }
        let mut skipped: Vec<_> = skipped.into_values().collect();
        if self.back {
            skipped.reverse();
        }
        for (span, days) in skipped {
            steps.push(self.suspended(&span, days));
        }
        Ok(date)
    }

    fn months(
        &self,
        from: NaiveDate,
        months: u32,
        steps: &mut Vec<Step>,
    ) -> Result<NaiveDate, TermFault> {
        let Some(law) = self.law else {
            return self.by_name(from, months);
        };
        let mut start = from;
        if let Some(span) = law.suspensions.around(from)? {
            start = if self.back { span.start } else { span.end };
            let why = say!(
                "il termine nasce nella sospensione: si conta dal {date}",
                "the term is born in the suspension: it is counted from {date}";
                date = short_date(start)
            );
            steps.push(Step::new(start, why, Some(span.act)));
        }
        let mut end = self.by_name(start, months)?;
        let mut year = start.year();
        // Each suspension that is met moves the end, and so may bring the next one in.
        loop {
            let span = law.suspensions.of(year)?;
            if let Some(span) = span.filter(|span| self.meets(span, start, end)) {
                end = self.moved(end, span.days())?;
                steps.push(self.suspended(&span, span.days()));
            }
            if year == end.year() {
                return Ok(end);
            }
            year += if self.back { -1 } else { 1 };
        }
    }

    fn meets(&self, span: &Span, start: NaiveDate, end: NaiveDate) -> bool {
        match self.back {
            false => start < span.start && span.start <= end,
            true => span.end < start && end <= span.end,
        }
    }

    fn suspended(&self, span: &Span, days: i64) -> Step {
        let why = say!(
            "sospensione feriale dal {start} al {end}: {days} giorni non si contano",
            "summer suspension from {start} to {end}: {days} days are not counted";
            start = short_date(span.start),
            end = short_date(span.end),
            days = Text::same(days.to_string())
        );
        let date = if self.back { span.end } else { span.start };
        Step::new(date, why, Some(span.act.clone()))
    }

    fn moved(&self, from: NaiveDate, days: i64) -> Result<NaiveDate, TermFault> {
        let days = if self.back { -days } else { days };
        TimeDelta::try_days(days)
            .and_then(|days| from.checked_add_signed(days))
            .ok_or(TermFault::BeyondDates)
    }

    fn by_name(&self, from: NaiveDate, months: u32) -> Result<NaiveDate, TermFault> {
        let months = Months::new(months);
        let end = match self.back {
            true => from.checked_sub_months(months),
            false => from.checked_add_months(months),
        };
        end.ok_or(TermFault::BeyondDates)
    }
}
