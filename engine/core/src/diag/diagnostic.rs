//! One thing that is wrong, and the list that collects them.

use serde::Serialize;

use super::{Code, Place, Text};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The pack or the facts are refused.
    Error,
    /// The reader should know; the run goes on.
    Warning,
}

/// Something that is wrong with a pack or with facts, for the person who must fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// Whether it stops the run.
    pub severity: Severity,
    /// What, about which thing in backticks, expected and found. Lowercase, no final period.
    pub message: Text,
    /// Where, when it stands in a file.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: Option<Text>,
    /// The act and article behind the rule that was broken, as a reader cites it.
    pub act: Option<String>,
    /// Other places that the message speaks of, each with what stands there.
    pub related: Vec<(Place, Text)>,
}

impl Diagnostic {
    /// Starts an error.
    pub fn error(code: Code, message: Text) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message,
            place: None,
            help: None,
            act: None,
            related: Vec::new(),
        }
    }

    /// Starts a warning.
    pub fn warning(code: Code, message: Text) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Says where.
    pub fn at(self, place: Place) -> Self {
        Self {
            place: Some(place),
            ..self
        }
    }

    /// Says where, when it is known.
    pub fn at_maybe(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    /// Says what to do about it.
    pub fn help(self, help: Text) -> Self {
        Self {
            help: Some(help),
            ..self
        }
    }

    /// Says what to do about it, when something is known to help.
    pub fn help_maybe(self, help: Option<Text>) -> Self {
        Self {
            help: help.or(self.help),
            ..self
        }
    }

    /// Cites the act behind the rule.
    pub fn act(self, act: Option<String>) -> Self {
        Self { act, ..self }
    }

    /// Points to another place.
    pub fn related(mut self, place: Place, text: Text) -> Self {
        self.related.push((place, text));
        self
    }
}

/// The diagnostics found so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Gives an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Tells whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives how many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Gives them in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Gives them sorted by place, without repetitions; those without a place come last.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.0.sort_by(|a, b| {
            (
                a.place.is_none(),
                &a.place,
                a.severity,
                a.code.as_str(),
                &a.message,
            )
                .cmp(&(
                    b.place.is_none(),
                    &b.place,
                    b.severity,
                    b.code.as_str(),
                    &b.message,
                ))
        });
        self.0.dedup();
        self.0
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}
