//! What has a time in a measure: windows, terms, times said in words.

use super::{Cite, Source};
use crate::diag::Text;
use crate::pack::raw::calendar::{Saturday, Suspension};
use crate::terms::Length;
use crate::time::{Period, RomeTime};

/// Something that must, or can, be done within a time.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// Who must keep it.
    pub who: Option<Text>,
    /// When it is.
    pub time: Time,
    /// What follows for those who miss it.
    pub consequence: Option<Consequence>,
    /// Where it comes from.
    pub source: Source,
}

/// When a deadline is.
#[derive(Debug, Clone)]
pub enum Time {
    /// An interval by the Italian clock.
    Window(Window),
    /// A legal term that runs from an event.
    Term(TermRule),
    /// A time said in words.
    Prose(Prose),
}

/// An interval by the Italian clock, both ends included.
#[derive(Debug, Clone)]
pub struct Window {
    /// When it opens; none where no source says it, as for what can be done from now on.
    pub opens: Option<RomeTime>,
    /// Whether the source says the hour at which it opens; else it is the start of the day.
    pub opens_at_an_hour: bool,
    /// When it closes, before any extension; none where it closes when money runs out.
    pub closes: Option<RomeTime>,
    /// Whether the source says the hour at which it closes; else it is the end of the day.
    pub closes_at_an_hour: bool,
    /// The extensions, in the order in which they were decided.
    pub extensions: Vec<Extension>,
}

/// A later closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The new closing.
    pub until: Until,
    /// The act that sets it.
    pub cite: Cite,
}

/// A closing, as well as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// To the second.
    At(RomeTime),
    /// Only in words.
    In {
        /// The words of the source.
        text: String,
        /// The days within which it falls.
        period: Period,
        /// The choice that the reading rests on, where there is one.
        note: Option<Text>,
    },
}

/// A legal term that runs from the first of some events.
#[derive(Debug, Clone)]
pub struct TermRule {
    /// The events, by name.
    pub from: Vec<String>,
    /// How long it is.
    pub length: Length,
    /// The name of the regime.
    pub regime: String,
    /// Whether it runs backwards, even where the regime does not.
    pub back: bool,
    /// Whether both ends are left out, even where the regime does not.
    pub free_days: bool,
    /// What a Saturday is, against the regime.
    pub saturday: Option<Saturday>,
    /// Whether August counts, against the regime.
    pub suspension: Option<Suspension>,
}

/// A time said in words.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The words of the source.
    pub text: String,
    /// Whether the words are «entro …»: then it can be met before the first of those days too.
    pub by: bool,
    /// The days within which it falls; none where the source sets no date.
    pub period: Option<Period>,
    /// The choice that the reading rests on, where there is one.
    pub reading: Option<Text>,
}

/// What a term runs from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// What a reader should know.
    pub note: Option<String>,
}

/// What follows for those who miss a deadline.
#[derive(Debug, Clone)]
pub struct Consequence {
    /// What it is.
    pub text: Text,
    /// Where it comes from.
    pub source: Source,
}
