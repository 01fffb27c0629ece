//! Rhai's errors in the words of the people who write rules.
//!
//! Rhai speaks English to programmers. Each of its variants is matched here and said again, with
//! the place in the file that holds the mistake.

mod running;
mod syntax;

pub(super) use running::{complain, explain, kind_of_type};
pub(super) use syntax::{Around, ParseFault, in_expression, in_script};

use rhai::Position;
use std::collections::BTreeMap;

use crate::diag::Place;

/// The texts that a script was made from, by file, to measure what a place points to.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(BTreeMap<String, String>);

impl Texts {
    pub(super) fn insert(&mut self, file: &str, text: &str) {
        self.0.insert(file.to_owned(), text.to_owned());
    }

    /// Gives each file with its text, by path.
    pub(super) fn each(&self) -> impl Iterator<Item = (&String, &String)> {
        self.0.iter()
    }

    /// Gives the word or the symbol that stands at a position of a file.
    pub(super) fn place(&self, file: &str, position: Position) -> Place {
        let text = self.0.get(file).map_or("", String::as_str);
        place_in(file, text, position)
    }
}

/// Gives the word or the symbol that stands at a position of a text.
pub(super) fn place_in(file: &str, text: &str, position: Position) -> Place {
    let line = position.line().unwrap_or(1);
    let column = position.position().unwrap_or(1);
    let rest = text.split('\n').nth(line - 1).unwrap_or_default();
    let word = rest.chars().skip(column - 1);
    let length = word
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .count();
    Place {
        file: file.to_owned(),
        line,
        column,
        length: length.max(1),
    }
}
