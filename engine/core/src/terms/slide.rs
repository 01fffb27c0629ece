//! Moves the raw end of a term off the days on which it cannot end.

use chrono::{Datelike, NaiveDate, Weekday};

use super::compute::{Length, Step, Term};
use super::dates::short_date;
use super::{Law, TermFault};
use crate::diag::Text;
use crate::pack::raw::calendar::{Saturday, Suspension};
use crate::say;

/// Gives the end of a term from its raw end, and says what moved it.
pub(super) fn slide(
    term: &Term<'_>,
    law: &Law,
    raw: NaiveDate,
    steps: &mut Vec<Step>,
) -> Result<NaiveDate, TermFault> {
    let slider = Slider { term, law };
    let end = slider.open(raw, steps)?;
    let end = slider.with_working_days(end, steps)?;
    if end != raw && !term.runs_back() && slider.suspended(end)?.is_some() {
        let why = say!(
            "il giorno cade nella sospensione: nessuna fonte letta dice che lo slittamento ne esca, e per prudenza resta qui",
            "the day falls in the suspension: no source that was read says that sliding leaves it, and prudently it stays here"
        );
        steps.push(Step::new(end, why, None));
    }
    Ok(end)
}

struct Slider<'t> {
    term: &'t Term<'t>,
    law: &'t Law,
}

impl Slider<'_> {
    /// Gives the first day on which the term can end.
    fn open(&self, raw: NaiveDate, steps: &mut Vec<Step>) -> Result<NaiveDate, TermFault> {
        let mut date = raw;
        while let Some((what, act)) = self.closed(date)? {
            steps.push(Step::new(date, self.moves(what, date), act));
            date = self.next(date)?;
        }
        if date.weekday() == Weekday::Sat {
            steps.push(self.saturday_stays(date));
        }
        Ok(date)
    }

    /// What closes a day, and by which act; nothing where a term can end on it.
    fn closed(&self, date: NaiveDate) -> Result<Option<(Text, Option<String>)>, TermFault> {
        let holiday = self.law.calendar.holiday(date, self.term.municipality)?;
        if let (Some(holiday), Some(by)) = (holiday, &self.term.regime.holiday_act) {
            let act = format!("{by}; {}", holiday.act);
            return Ok(Some((holiday.name, Some(act))));
        }
        let saturday = self.term.saturday();
        if date.weekday() == Weekday::Sat && saturday.is == Saturday::Holiday {
            let what = say!(
                "sabato, che qui vale come un festivo{why}",
                "a Saturday, which is like a holiday here{why}";
                why = because(saturday.act.is_some(), saturday.note)
            );
            return Ok(Some((what, saturday.act)));
        }
        if !self.term.runs_back() {
            return Ok(None);
        }
        let suspended = self.suspended(date)?;
        Ok(suspended.map(|act| (say!("sospensione feriale", "summer suspension"), Some(act))))
    }

    fn suspended(&self, date: NaiveDate) -> Result<Option<String>, TermFault> {
        if self.term.suspension().is == Suspension::None {
            return Ok(None);
        }
        let span = self.law.suspensions.around(date)?;
        Ok(span.map(|span| span.act))
    }

    fn moves(&self, what: Text, date: NaiveDate) -> Text {
        let date = short_date(date);
        match self.term.runs_back() {
            false => say!(
                "{date} non va bene ({what}): si passa al giorno dopo",
                "{date} will not do ({what}): it moves to the day after";
                date = date, what = what
            ),
            true => say!(
                "{date} non va bene ({what}): si passa al giorno prima",
                "{date} will not do ({what}): it moves to the day before";
                date = date, what = what
            ),
        }
    }

    fn saturday_stays(&self, date: NaiveDate) -> Step {
        let saturday = self.term.saturday();
        let why = say!(
            "il sabato qui è un giorno come gli altri e non sposta il termine{why}",
            "a Saturday is a day like the others here and does not move the term{why}";
            why = because(saturday.act.is_some(), saturday.note)
        );
        Step::new(date, why, saturday.act)
    }

    /// A term of so many days or more holds at least as many working days.
    fn with_working_days(
        &self,
        end: NaiveDate,
        steps: &mut Vec<Step>,
    ) -> Result<NaiveDate, TermFault> {
        let Some(rule) = &self.term.regime.working_days else {
            return Ok(end);
        };
        let least = &rule.least;
        if matches!(self.term.length, Length::Days(days) if days < *least) {
            return Ok(end);
        }
        let (mut date, mut working) = (self.term.from, 0);
        while working < *least {
            date = self.next(date)?;
            working += u32::from(self.closed(date)?.is_none());
        }
        let later = match self.term.runs_back() {
            true => date < end,
            false => end < date,
        };
        if !later {
            return Ok(end);
        }
        let least = least.to_string();
        let unread = match rule.assumption {
            true => say!(
                " [ipotesi: il testo ufficiale non è stato letto]",
                " [assumption: the official text was not read]"
            ),
            false => Text::same(""),
        };
        let why = say!(
            "il termine deve contenere almeno {least} giorni lavorativi{unread}",
            "the term must hold at least {least} working days{unread}";
            unread = unread
        );
        steps.push(Step::new(date, why, Some(rule.act.clone())));
        Ok(date)
    }

    fn next(&self, date: NaiveDate) -> Result<NaiveDate, TermFault> {
        let next = match self.term.runs_back() {
            true => date.pred_opt(),
            false => date.succ_opt(),
        };
        next.ok_or(TermFault::BeyondDates)
    }
}

/// Why a Saturday is what it is: the regime's note, or that it was asked for.
fn because(by_regime: bool, note: Option<Text>) -> Text {
    let asked = match by_regime {
        true => Text::same(""),
        false => say!(
            ", come chiesto con `--saturday`",
            ", as asked for with `--saturday`"
        ),
    };
    match note {
        Some(note) => say!("{asked}; {note}", "{asked}; {note}"; asked = asked, note = note),
        None => asked,
    }
}
