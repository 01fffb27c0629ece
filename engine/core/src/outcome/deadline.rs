//! What is known of each deadline: its dates, how certain they are, its state at an instant.

use chrono::NaiveDate;

use crate::diag::Text;
use crate::rules::Until;
use crate::terms::{Length, SaidRule, Step};
use crate::time::{Period, RomeTime};

/// A deadline of a pack, for some events and an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineOutcome {
    /// Its name.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// What a reader calls it.
    pub label: Text,
    /// Who must keep it.
    pub who: Option<Text>,
    /// What kind of time it has.
    pub kind: DeadlineKind,
    /// When a window opens.
    pub opens: Option<RomeTime>,
    /// Whether the source says the hours at which a window opens and closes, not its days alone.
    pub at_an_hour: (bool, bool),
    /// When a window closes, extensions included; none where that is only known in words.
    pub closes: Option<RomeTime>,
    /// When a window closed before it was extended; none where it was not.
    pub first_closes: Option<RomeTime>,
    /// The extensions of a window.
    pub extensions: Vec<ExtensionOutcome>,
    /// The events that a term runs from; a day for those that were given.
    pub events: Vec<EventOutcome>,
    /// What a term is counted by.
    pub counted: Option<Counted>,
    /// The day of a term before it moves off closed days.
    pub raw: Option<NaiveDate>,
    /// The day on which a term ends.
    pub due: Option<NaiveDate>,
    /// How a term was computed.
    pub steps: Vec<Step>,
    /// The words of the source, for a time said in words.
    pub text: Option<String>,
    /// Whether words are «entro …»: then it can be met before the first of those days too.
    pub by: bool,
    /// The first day that it may be, where the day is not known; none of an upper limit.
    pub earliest: Option<NaiveDate>,
    /// The last day that it may be, where the day is not known.
    pub latest: Option<NaiveDate>,
    /// The choice that reading the words rests on, where there is one.
    pub reading: Option<Text>,
    /// How well its time is known.
    pub certainty: Certainty,
    /// How it stands at the instant asked for.
    pub state: Option<State>,
    /// The seconds left to its next edge at that instant: to its opening, or to its closing.
    pub left: Option<i64>,
    /// What follows for those who miss it.
    pub consequence: Option<ConsequenceOutcome>,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

/// What a term is counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How long it is.
    pub length: Length,
    /// The name of its regime.
    pub regime: String,
    /// What a reader calls the regime.
    pub regime_label: Text,
    /// What a Saturday is, whether August counts.
    pub rules: Vec<SaidRule>,
}

/// What kind of time a deadline has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadlineKind {
    /// An interval by the Italian clock.
    Window,
    /// A legal term that runs from an event.
    Term,
    /// A time said in words.
    Prose,
}

/// How well a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// To the day, or to the second.
    Exact,
    /// Only that it falls between two days.
    Interval,
    /// It hangs on an event whose day was not given.
    AwaitsEvent,
    /// The source sets no date.
    NotStated,
}

/// How a deadline stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Before its opening, or before the event it runs from.
    NotYetOpen,
    /// Still to be met.
    Open,
    /// Past its first closing, and extended.
    Extended,
    /// Past its end.
    Closed,
}

/// A later closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionOutcome {
    /// The new closing.
    pub until: Until,
    /// The act that sets it.
    pub act: String,
}

/// An event that a term runs from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOutcome {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// Its day, where it was given.
    pub date: Option<NaiveDate>,
}

/// What follows for those who miss a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsequenceOutcome {
    /// What it is.
    pub text: Text,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

impl DeadlineOutcome {
    /// Gives the first and the last day on which it may fall, those that are known: of a window
    /// the days on which it opens and closes.
    pub fn span(&self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let first = self.opens.map(RomeTime::day);
        let last = self.closes.map(RomeTime::day);
        (
            self.due.or(self.earliest).or(first),
            self.due.or(self.latest).or(last),
        )
    }

    /// Gives the days within which it falls, where the day is not known.
    pub fn period(&self) -> Option<Period> {
        Some(Period {
            earliest: self.earliest,
            latest: self.latest?,
        })
    }
}

impl DeadlineKind {
    /// Gives the word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Term => "term",
            Self::Prose => "prose",
        }
    }
}

impl Certainty {
    /// Gives the word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Interval => "interval",
            Self::AwaitsEvent => "awaits-event",
            Self::NotStated => "not-stated",
        }
    }
}

impl State {
    /// Gives the word of the JSON contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotYetOpen => "not-yet-open",
            Self::Open => "open",
            Self::Extended => "extended",
            Self::Closed => "closed",
        }
    }
}
