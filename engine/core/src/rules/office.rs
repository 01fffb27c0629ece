//! Offices that answer, with their hours.

use chrono::{NaiveTime, Weekday};

use super::Source;
use crate::diag::Text;

/// An office that answers.
#[derive(Debug, Clone)]
pub struct Office {
    /// Its name.
    pub id: String,
    /// What it is called.
    pub label: Text,
    /// What it answers on.
    pub about: Option<Text>,
    /// How to reach it.
    pub channels: Vec<String>,
    /// When it answers.
    pub hours: Vec<Hours>,
    /// Where it comes from.
    pub source: Source,
}

/// Hours on some days of the week, by the Italian clock; both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The days.
    pub days: Vec<Weekday>,
    /// The first instant.
    pub from: NaiveTime,
    /// The last instant.
    pub to: NaiveTime,
}
