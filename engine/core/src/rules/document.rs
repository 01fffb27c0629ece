//! Forms to be checked: where their text is, what they must say, within which limits.

use super::Source;
use crate::diag::{Place, Text};
use crate::model::Counting;

/// A form to be checked, a document for each row of a table.
#[derive(Debug)]
pub struct Document {
    /// Its name.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The table with a row for each document.
    pub table: String,
    /// Where the text is.
    pub text: TextTable,
    /// How characters are counted.
    pub count: Count,
    /// The parts that it must have, in the order written.
    pub parts: Vec<DocumentPart>,
    /// The decision on the same table that it must pass too.
    pub requires: Option<String>,
    /// Where it comes from.
    pub source: Source,
    /// Where the pack declares it.
    pub place: Place,
}

/// The table of a text and the names of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    /// The table.
    pub table: String,
    /// The column that refers to the document.
    pub document: String,
    /// The column that says the part.
    pub part: String,
    /// The column of the letter, as printed.
    pub letter: Option<String>,
    /// The column of the heading, as printed.
    pub heading: Option<String>,
    /// The column of the text.
    pub body: String,
}

/// How characters are counted, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The way.
    pub counting: Counting,
    /// What a reader calls it.
    pub label: Text,
    /// Where it comes from.
    pub source: Source,
}

/// A part that a form must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPart {
    /// Its name, as the text gives it.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// The most characters.
    pub limit: Option<Limit>,
    /// What it must contain, in the order written; nothing of one text only.
    pub items: Vec<DocumentItem>,
    /// Where it comes from.
    pub source: Source,
}

/// The most characters of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The parameter that says it.
    pub param: String,
    /// How many.
    pub characters: u64,
    /// Where it comes from.
    pub source: Source,
}

/// What a part must contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentItem {
    /// The letter that the form gives it.
    pub letter: String,
    /// What a reader calls it.
    pub label: Text,
    /// The words that its heading begins with.
    pub heading: Option<String>,
}

impl Document {
    /// Gives what stands behind each of its values, with what a reader calls it.
    pub fn sources(&self) -> impl Iterator<Item = (&Text, &Source)> {
        let parts = self.parts.iter().map(|part| (&part.label, &part.source));
        let own = [
            (&self.label, &self.source),
            (&self.count.label, &self.count.source),
        ];
        own.into_iter().chain(parts)
    }
}
