//! What is known of each planned action, and how far it has come.

use chrono::NaiveDate;

use super::DeadlineOutcome;
use crate::diag::Text;
use crate::rules::{Action, ActionState};
use crate::say;
use crate::words;

/// A planned action with its progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionOutcome {
    /// Its measure.
    pub measure: String,
    /// What the measure says of it.
    pub action: Action,
    /// Its progress, the earliest first; empty where none was written down.
    pub history: Vec<Progress>,
}

/// The state of an action from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The day.
    pub date: NaiveDate,
    /// The state.
    pub state: ActionState,
    /// What whoever wrote it down adds.
    pub note: Option<String>,
}

/// How late an action is, against those of its times that have a last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lateness<'d> {
    /// Whether it was not concluded on the day on which it was last seen.
    pub open: bool,
    /// The times that it is late against, that by the most days first; one at least.
    pub against: Vec<Late<'d>>,
    /// The last day of its times, where it has not come yet.
    pub until: Option<NaiveDate>,
    /// The times whose last day is not known, which are not judged.
    pub undated: Vec<&'d DeadlineOutcome>,
}

/// How late an action is against one of its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late<'d> {
    /// The days from the last on which it was due.
    pub days: i64,
    /// The time that it is late against.
    pub time: &'d DeadlineOutcome,
}

impl ActionOutcome {
    /// Gives its times, in the order written, among the deadlines of the run.
    pub fn times<'d>(&self, deadlines: &'d [DeadlineOutcome]) -> Vec<&'d DeadlineOutcome> {
        let named = self.action.deadlines.iter();
        let found = named.filter_map(|id| {
            let mut all = deadlines.iter();
            all.find(|time| time.measure == self.measure && time.id == *id)
        });
        found.collect()
    }

    /// Gives how late it is: where it was concluded, on that day against the latest of its times;
    /// where it is still open, on the last day on which it was seen against each that has passed.
    /// None where it was never seen, and where none of its times that have a last day had passed.
    pub fn late<'d>(&self, deadlines: &'d [DeadlineOutcome]) -> Option<Lateness<'d>> {
        let open = self.present()?.state != ActionState::Concluded;
        let day = self.seen()?;
        let (mut ends, mut undated) = (Vec::new(), Vec::new());
        for time in self.times(deadlines) {
            match time.span().1 {
                Some(last) => ends.push((last, time)),
                None => undated.push(time),
            }
        }
        ends.sort_by_key(|(last, _)| *last);
        let latest = ends.last().map(|(last, _)| *last);
        let until = latest.filter(|last| day <= *last);
        let judged = match (open, until) {
            (true, _) => ends.as_slice(),
            (false, None) => ends.get(ends.len().saturating_sub(1)..)?,
            (false, Some(_)) => &[],
        };
        let late = judged.iter().map(|(last, time)| Late {
            days: day.signed_duration_since(*last).num_days(),
            time,
        });
        let against: Vec<Late<'d>> = late.filter(|late| late.days > 0).collect();
        (!against.is_empty()).then_some(Lateness {
            open,
            against,
            until,
            undated,
        })
    }

    /// Gives the day on which it is judged: that of its conclusion, else the last on which it was seen.
    fn seen(&self) -> Option<NaiveDate> {
        let concluded = self.history.iter().rev();
        let concluded = concluded.take_while(|progress| progress.state == ActionState::Concluded);
        let seen = concluded.last().or(self.history.last());
        seen.map(|progress| progress.date)
    }

    /// Says its times: in the words of the source, else by their labels; none where it has none.
    pub fn due(&self, deadlines: &[DeadlineOutcome]) -> Option<Text> {
        let times = self.times(deadlines).into_iter();
        let told: Vec<Text> = times
            .map(|time| match &time.text {
                Some(words) => Text::same(format!("«{words}»")),
                None => time.label.clone(),
            })
            .collect();
        (!told.is_empty()).then(|| words::listed(&told))
    }

    /// Gives its present state: that of the latest day.
    pub fn present(&self) -> Option<&Progress> {
        self.history.last()
    }
}

impl Lateness<'_> {
    /// Gives the days that it is late by: the most, where it is late against several times.
    pub fn days(&self) -> i64 {
        let days = self.against.iter().map(|late| late.days);
        days.max().unwrap_or_default()
    }

    /// Says by how many days, against what, whether it is still open, and what was not judged.
    pub fn said(&self) -> Text {
        let against: Vec<Text> = self.against.iter().map(Late::said).collect();
        let mut said = vec![say!(
            "in ritardo di {against}", "late by {against}"; against = words::listed(&against)
        )];
        said.extend(self.open.then(|| say!("ancora aperta", "still open")));
        let until = self.until;
        said.extend(until.map(|day| say!("ha tempi fino al {day}", "it has times until {day}")));
        let undated: Vec<Text> = self.undated.iter().map(|time| quoted(time)).collect();
        said.extend((!undated.is_empty()).then(|| {
            say!(
                "senza contare ciò che non ha una data: {undated}",
                "leaving out what has no date: {undated}";
                undated = words::listed(&undated)
            )
        }));
        words::joined(&said, "; ")
    }
}

impl Late<'_> {
    fn said(&self) -> Text {
        say!(
            "{days} rispetto a {time}", "{days} against {time}";
            days = words::lasting(self.days.saturating_mul(86_400)), time = quoted(self.time)
        )
    }
}

fn quoted(time: &DeadlineOutcome) -> Text {
    let words = time.text.as_ref().map(Text::same);
    let words = words.unwrap_or_else(|| time.label.clone());
    say!("«{words}»", "“{words}”"; words = words)
}

#[cfg(test)]
mod tests;
