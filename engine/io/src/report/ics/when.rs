//! When an entry is, of what is known of a deadline.

use chrono::{DateTime, NaiveDate, Utc};
use riparto_core::diag::Text;
use riparto_core::outcome::{DeadlineKind, DeadlineOutcome};
use riparto_core::rules::Until;
use riparto_core::say;
use riparto_core::terms::long_date;
use riparto_core::time::Period;

/// The time of an entry, as calendars know it.
#[derive(Debug)]
pub(super) enum When {
    /// A window, from its opening to its closing.
    Window(Edge, Edge),
    /// The closing of a window whose opening no source says.
    Closing(Edge),
    /// The opening of a window that closes on no set day.
    Opening(Edge),
    /// A day, or the last day of an upper limit.
    Day(NaiveDate),
    /// Some day from the first to the last, both included.
    Days {
        /// The first day that it may be.
        earliest: NaiveDate,
        /// The last day that it may be.
        latest: NaiveDate,
    },
}

/// One end of a window.
#[derive(Debug)]
pub(super) struct Edge {
    at: DateTime<Utc>,
    words: Text,
}

impl When {
    /// Gives the time of the entry; none where the deadline has no date.
    pub(super) fn of(deadline: &DeadlineOutcome) -> Option<Self> {
        match deadline.kind {
            DeadlineKind::Window => Self::of_window(deadline),
            DeadlineKind::Term | DeadlineKind::Prose => Self::of_days(deadline),
        }
    }

    fn of_window(deadline: &DeadlineOutcome) -> Option<Self> {
        match (opening(deadline), closing(deadline)) {
            (Some(opens), Some(closes)) if opens.at < closes.at => {
                Some(Self::Window(opens, closes))
            }
            (_, Some(closes)) => Some(Self::Closing(closes)),
            (Some(opens), None) => Some(Self::Opening(opens)),
            (None, None) => None,
        }
    }

    fn of_days(deadline: &DeadlineOutcome) -> Option<Self> {
        if let Some(due) = deadline.due {
            return Some(Self::Day(due));
        }
        let Period { earliest, latest } = deadline.period()?;
        Some(match earliest {
            Some(earliest) => Self::Days { earliest, latest },
            None => Self::Day(latest),
        })
    }

    /// Gives the properties that say it.
    pub(super) fn properties(&self) -> Vec<(&'static str, String)> {
        let day = |day: NaiveDate| day.format("%Y%m%d").to_string();
        match self {
            Self::Window(opens, closes) => {
                vec![("DTSTART", opens.utc()), ("DTEND", closes.utc())]
            }
            Self::Closing(edge) | Self::Opening(edge) => vec![("DTSTART", edge.utc())],
            Self::Day(due) => vec![("DTSTART;VALUE=DATE", day(*due))],
            Self::Days { earliest, latest } => {
                // The end of an entry is the day after its last.
                let after = latest.succ_opt().unwrap_or(*latest);
                vec![
                    ("DTSTART;VALUE=DATE", day(*earliest)),
                    ("DTEND;VALUE=DATE", day(after)),
                ]
            }
        }
    }

    /// Gives how far ahead to remind: a week and a day before an instant, at nine in the morning
    /// before a day; none where the day is not known.
    pub(super) fn triggers(&self) -> Option<(&'static str, [&'static str; 2])> {
        match self {
            Self::Window(..) => Some(("TRIGGER;RELATED=END", ["-P7D", "-P1D"])),
            Self::Closing(_) | Self::Opening(_) => {
                Some(("TRIGGER;RELATED=START", ["-P7D", "-P1D"]))
            }
            Self::Day(_) => Some(("TRIGGER", ["-P6DT15H", "-PT15H"])),
            Self::Days { .. } => None,
        }
    }

    /// Tells whether it is a window that closes at `instant`.
    pub(super) fn closes_at(&self, instant: DateTime<Utc>) -> bool {
        match self {
            Self::Window(_, closes) | Self::Closing(closes) => closes.at == instant,
            Self::Opening(_) | Self::Day(_) | Self::Days { .. } => false,
        }
    }

    /// Says it by the Italian clock, its end last.
    pub(super) fn words(&self) -> Vec<Text> {
        match self {
            Self::Window(opens, closes) => vec![opens.words.clone(), closes.words.clone()],
            Self::Closing(edge) | Self::Opening(edge) => vec![edge.words.clone()],
            Self::Day(due) => vec![say!("entro {due}", "by {due}"; due = long_date(*due))],
            Self::Days { earliest, latest } => vec![between(Period {
                earliest: Some(*earliest),
                latest: *latest,
            })],
        }
    }
}

impl Edge {
    fn utc(&self) -> String {
        self.at.format("%Y%m%dT%H%M%SZ").to_string()
    }
}

/// Tells whether the time may still be another: it is approximate, its last day rests on a choice,
/// or its end is known in words.
pub(super) fn is_tentative(deadline: &DeadlineOutcome, when: &When) -> bool {
    matches!(when, When::Days { .. }) || deadline.reading.is_some() || ends_in_words(deadline)
}

/// Says a stretch of days.
pub(super) fn between(period: Period) -> Text {
    let latest = long_date(period.latest);
    match period.earliest {
        Some(earliest) if earliest == period.latest => latest,
        Some(earliest) => say!(
            "tra {earliest} e {latest}", "between {earliest} and {latest}";
            earliest = long_date(earliest), latest = latest
        ),
        None => say!("entro {latest}", "by {latest}"; latest = latest),
    }
}

fn ends_in_words(deadline: &DeadlineOutcome) -> bool {
    deadline.closes.is_none() && !deadline.extensions.is_empty()
}

fn opening(deadline: &DeadlineOutcome) -> Option<Edge> {
    let opens = deadline.opens?;
    let words = say!(
        "si apre {long} (ora italiana)", "opens {long} (Italian time)"; long = opens.long()
    );
    Some(Edge {
        at: opens.utc(),
        words,
    })
}

/// Gives the closing, or the last one known to the second where an extension is only in words.
fn closing(deadline: &DeadlineOutcome) -> Option<Edge> {
    if let Some(closes) = deadline.closes {
        let words = say!(
            "si chiude {long} (ora italiana)", "closes {long} (Italian time)";
            long = closes.long()
        );
        return Some(Edge {
            at: closes.utc(),
            words,
        });
    }
    let extended = deadline.extensions.iter().rev();
    let mut known = extended.filter_map(|extension| match extension.until {
        Until::At(closes) => Some(closes),
        Until::In { .. } => None,
    });
    let closes = known.next().or(deadline.first_closes)?;
    let words = say!(
        "chiusura {long} (ora italiana), poi prorogata",
        "closing {long} (Italian time), later extended";
        long = closes.long()
    );
    Some(Edge {
        at: closes.utc(),
        words,
    })
}
