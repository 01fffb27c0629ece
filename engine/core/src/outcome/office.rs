//! Whether an office answers at an instant, and when it answers next.

use crate::diag::Text;
use crate::rules::Hours;
use crate::time::RomeTime;

/// An office of a pack, for an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeOutcome {
    /// Its name.
    pub id: String,
    /// Its measure.
    pub measure: String,
    /// What it is called.
    pub label: Text,
    /// What it answers on.
    pub about: Option<Text>,
    /// How to reach it.
    pub channels: Vec<String>,
    /// When it answers.
    pub hours: Vec<Hours>,
    /// How it stands at the instant asked for; none where none was, or where no hours are known.
    pub answers: Option<Answers>,
    /// The act behind it.
    pub act: Option<String>,
    /// Whether no source says it as it stands.
    pub assumption: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

/// Whether an office answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// It does, until then.
    Until(RomeTime),
    /// It does not, and will from then on.
    From(RomeTime),
}
