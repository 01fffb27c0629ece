//! The timeline: every known date in order, and the instant asked for among them.

use chrono::NaiveDate;
use riparto_core::diag::Text;
use riparto_core::outcome::{DeadlineKind, DeadlineOutcome};
use riparto_core::say;
use riparto_core::time::RomeTime;

use crate::render::style::Page;

/// One line of the timeline.
#[derive(Debug)]
struct Mark {
    day: NaiveDate,
    /// An instant of the day; none for a day, which comes before its instants.
    at: Option<RomeTime>,
    sign: &'static str,
    what: Text,
    label: Text,
}

/// Draws the timeline; nothing where no date is known.
pub fn timeline(deadlines: &[DeadlineOutcome], at: Option<RomeTime>, page: Page) -> Option<String> {
    let mut marks: Vec<Mark> = deadlines.iter().flat_map(marks).collect();
    if marks.is_empty() {
        return None;
    }
    if let Some(at) = at {
        marks.push(Mark::at(at, "▶", say!("adesso", "now"), Text::same("")));
    }
    // Of one day and time the first that the pack names comes first.
    marks.sort_by_key(|mark| (mark.day, mark.at));
    let lines = marks.iter().map(|mark| mark.draw(page));
    let heading = say!("Linea del tempo", "Timeline");
    let heading = page.dress.heading(heading.get(page.lang));
    Some(format!(
        "{heading}\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

fn marks(deadline: &DeadlineOutcome) -> Vec<Mark> {
    let label = || deadline.label.clone();
    let mut marks = Vec::new();
    if let Some(opens) = deadline.opens {
        marks.push(Mark::at(opens, "┌", say!("apre", "opens"), label()));
    }
    if let Some(first) = deadline.first_closes {
        marks.push(Mark::at(first, "├", say!("prorogata", "extended"), label()));
    }
    if let Some(closes) = deadline.closes {
        marks.push(Mark::at(closes, "└", say!("chiude", "closes"), label()));
    }
    if let Some(due) = deadline.due {
        marks.push(Mark::on(due, "●", say!("scade", "ends"), label()));
    }
    if let Some(latest) = deadline.latest {
        let (day, what) = match (deadline.kind, deadline.earliest) {
            (DeadlineKind::Prose, Some(earliest)) => {
                (earliest, say!("fino a {latest}", "until {latest}"))
            }
            (DeadlineKind::Prose, None) => (latest, say!("al più tardi", "at the latest")),
            _ => (latest, say!("chiude entro", "closes by")),
        };
        marks.push(Mark::on(day, "≈", what, label()));
    }
    marks
}

impl Mark {
    fn at(instant: RomeTime, sign: &'static str, what: Text, label: Text) -> Self {
        Self {
            day: instant.day(),
            at: Some(instant),
            sign,
            what,
            label,
        }
    }

    fn on(day: NaiveDate, sign: &'static str, what: Text, label: Text) -> Self {
        Self {
            day,
            at: None,
            sign,
            what,
            label,
        }
    }

    fn draw(&self, page: Page) -> String {
        let time = self.at.map(RomeTime::time).unwrap_or_default();
        let (what, label) = (self.what.get(page.lang), self.label.get(page.lang));
        let line = format!("  {} {time:<8} {} {what:<18} {label}", self.day, self.sign);
        line.trim_end().to_owned()
    }
}
