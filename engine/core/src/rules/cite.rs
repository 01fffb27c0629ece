//! Where a value comes from: an act and its article, or nobody but us.

use std::fmt;
use std::sync::Arc;

use crate::pack::raw::ActKind;

/// A source that a pack cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The short name that rule files use.
    pub id: String,
    /// As a reader cites it.
    pub title: String,
    /// What kind of source it is.
    pub kind: ActKind,
    /// URN:NIR, where it has one.
    pub urn: Option<String>,
    /// Where it can be read.
    pub link: Option<String>,
}

/// An act, and the article of it. Displays as `D.Lgs. 13 aprile 2017, n. 65, art. 12 c. 3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// The act.
    pub act: Arc<Act>,
    /// The article, as written.
    pub article: Option<String>,
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.article {
            Some(article) => write!(f, "{}, {article}", self.act.title),
            None => write!(f, "{}", self.act.title),
        }
    }
}

/// What stands behind a value: the act that says it, and whether part of it is an assumption.
///
/// # Shape
/// A checked pack never holds a source with nothing: it has an act, or is an assumption, or was
/// given for one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The act, where one says it or is the nearest to it.
    pub cite: Option<Cite>,
    /// Whether no source says the value as it stands.
    pub assumption: bool,
    /// Whether the value was given for this run in place of the pack's: then no act says it.
    pub given: bool,
    /// What a reader should know.
    pub note: Option<String>,
}

impl Source {
    /// Gives the source of a value that was given for one run.
    pub fn given() -> Self {
        Self {
            cite: None,
            assumption: false,
            given: true,
            note: None,
        }
    }

    /// Gives the citation as a reader sees it, when there is an act.
    pub fn cited(&self) -> Option<String> {
        self.cite.as_ref().map(Cite::to_string)
    }
}
