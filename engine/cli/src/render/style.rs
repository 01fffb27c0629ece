//! What a terminal shows brighter: headings, and what is only an assumption.

use anstyle::{AnsiColor, Style};
use riparto_core::diag::{Lang, Text};
use riparto_core::say;

/// What marks a value that was given on the command line: no act says it.
pub fn given() -> Text {
    say!("[dato per questa esecuzione]", "[given for this run]")
}

/// How a page is written: in which language, in which dress.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The language.
    pub lang: Lang,
    /// The dress.
    pub dress: Dress,
}

/// How a result is dressed: plain anywhere but on a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Dress {
    terminal: bool,
}

impl Dress {
    /// Gives the dress for a terminal, or the plain one.
    pub fn new(terminal: bool) -> Self {
        Self { terminal }
    }

    /// Dresses a heading.
    pub fn heading(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    /// Dresses a word that warns.
    pub fn warning(self, text: &str) -> String {
        self.with(AnsiColor::Yellow.on_default(), text)
    }

    fn with(self, style: Style, text: &str) -> String {
        match self.terminal {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}

/// Writes a name with the key of its row, once where they are the same.
pub fn with_key(name: &str, key: &str) -> String {
    match name == key {
        true => name.to_owned(),
        false => format!("{name} ({key})"),
    }
}
