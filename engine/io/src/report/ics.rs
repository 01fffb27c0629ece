//! Deadlines as an iCalendar file (RFC 5545): one entry for each that has a date.
//!
//! Nothing is lost silently: what has no date yet is named in the description of the calendar.
//! No clock is read and nothing is drawn: the same deadlines give the same bytes.

mod lines;
#[cfg(test)]
mod tests;
mod when;
mod words;

use chrono::NaiveDate;
use riparto_core::diag::{Lang, Text};
use riparto_core::outcome::DeadlineOutcome;
use riparto_core::say;

use lines::Lines;
use when::When;

/// The deadlines of a pack, to be put in a calendar.
#[derive(Debug, Clone, Copy)]
pub struct Almanac<'a> {
    /// `regione/2026`.
    pub pack: &'a str,
    /// What the calendar is called: the title of the pack.
    pub title: &'a Text,
    /// The day as of which the rules were read.
    pub as_of: NaiveDate,
    /// The deadlines, in the order in which they are written.
    pub deadlines: &'a [DeadlineOutcome],
}

/// Gives the deadlines as an iCalendar file in `lang`.
///
/// A deadline keeps its `UID` in every language and whatever its dates are, so that a moved date
/// moves the entry that a reader already has. `SEQUENCE` counts extensions only: no file remembers
/// what was given for an earlier one, so a term whose event was moved keeps its number.
pub fn ics(almanac: &Almanac<'_>, lang: Lang) -> String {
    let mut lines = Lines::default();
    lines.block("VCALENDAR", |lines| {
        head(lines, almanac, lang);
        for deadline in almanac.deadlines {
            if let Some(when) = When::of(deadline) {
                entry(lines, almanac, deadline, &when, lang);
            }
        }
    });
    lines.finish()
}

fn head(lines: &mut Lines, almanac: &Almanac<'_>, lang: Lang) {
    let title = almanac.title.get(lang);
    let description = in_lines(&words::calendar(almanac), lang);
    let maker = match lang {
        Lang::It => concat!("-//Riparto//", env!("CARGO_PKG_VERSION"), "//IT"),
        Lang::En => concat!("-//Riparto//", env!("CARGO_PKG_VERSION"), "//EN"),
    };
    lines.put("VERSION", "2.0");
    lines.text("PRODID", maker);
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", "PUBLISH");
    // Each said twice: as RFC 7986 has it, and as most calendars read it.
    for name in ["NAME", "X-WR-CALNAME"] {
        lines.text(name, title);
    }
    for name in ["DESCRIPTION", "X-WR-CALDESC"] {
        lines.text(name, &description);
    }
    lines.put("X-WR-TIMEZONE", "Europe/Rome");
}

fn entry(
    lines: &mut Lines,
    almanac: &Almanac<'_>,
    deadline: &DeadlineOutcome,
    when: &When,
    lang: Lang,
) {
    let summary = summary(deadline, when);
    lines.block("VEVENT", |lines| {
        lines.text("UID", &uid(almanac.pack, deadline));
        lines.put(
            "DTSTAMP",
            &almanac.as_of.format("%Y%m%dT000000Z").to_string(),
        );
        lines.put("SEQUENCE", &deadline.extensions.len().to_string());
        for (name, value) in when.properties() {
            lines.put(name, &value);
        }
        if when::is_tentative(deadline, when) {
            lines.put("STATUS", "TENTATIVE");
        }
        // A deadline takes up nobody's time, however long its window is.
        lines.put("TRANSP", "TRANSPARENT");
        lines.text("CATEGORIES", &deadline.measure);
        lines.text("SUMMARY", summary.get(lang));
        let description = words::entry(deadline, when);
        lines.text("DESCRIPTION", &in_lines(&description, lang));
        alarms(lines, &summary, when, lang);
    });
}

/// Reminds of the end a week before and the day before, where the end is known.
fn alarms(lines: &mut Lines, summary: &Text, when: &When, lang: Lang) {
    let Some((name, triggers)) = when.triggers() else {
        return;
    };
    let said = when.words();
    let end = said.last().map(|end| end.get(lang)).unwrap_or_default();
    for trigger in triggers {
        lines.block("VALARM", |lines| {
            lines.put("ACTION", "DISPLAY");
            lines.put(name, trigger);
            let summary = summary.get(lang);
            lines.text("DESCRIPTION", &format!("{summary}: {end}"));
        });
    }
}

/// Names the rule, its year and its body: `misura.scadenza.2026.regione@riparto`.
fn uid(pack: &str, deadline: &DeadlineOutcome) -> String {
    let DeadlineOutcome { id, measure, .. } = deadline;
    let pack: Vec<_> = pack.rsplit('/').collect();
    format!("{measure}.{id}.{}@riparto", pack.join("."))
}

/// Gives the label; where the entry is not the deadline itself, it says what it is.
fn summary(deadline: &DeadlineOutcome, when: &When) -> Text {
    let label = deadline.label.clone();
    match when {
        When::Days { .. } => say!(
            "{label} (tempo indicativo)", "{label} (approximate time)"; label = label
        ),
        When::Opening(_) => say!("{label} (apertura)", "{label} (opening)"; label = label),
        When::Window(..) | When::Closing(_) | When::Day(_) => label,
    }
}

fn in_lines(said: &[Text], lang: Lang) -> String {
    let said: Vec<_> = said.iter().map(|text| text.get(lang)).collect();
    said.join("\n")
}
