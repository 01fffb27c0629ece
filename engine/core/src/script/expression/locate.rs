//! Where things stand in the text of an expression.

use rhai::Position;

use super::super::faults::Around;
use super::At;

/// The symbols of more than one character, longest first, to measure what a fault points to.
const SYMBOLS: [&str; 36] = [
    "..=", "...", "<<=", ">>=", "**=", "===", "!==", "&&", "||", "==", "!=", "<=", ">=", "**",
    "<<", ">>", "??", "?.", "=>", "::", "<>", "=<", "..", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
    "^=", ":=", "--", "++", "#{", "?[",
];

/// The text by characters, with the start of its lines.
pub(super) struct Characters {
    chars: Vec<char>,
    line_starts: Vec<usize>,
}

impl Characters {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let after_newline = chars.iter().enumerate().filter(|(_, c)| **c == '\n');
        let line_starts = std::iter::once(0)
            .chain(after_newline.map(|(i, _)| i + 1))
            .collect();
        Self { chars, line_starts }
    }

    /// Gives what is written in a stretch.
    pub(super) fn written(&self, at: At) -> String {
        self.chars.iter().skip(at.offset).take(at.length).collect()
    }

    /// Gives the offset of a position; one without a line stands for the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let end = self.chars.len().saturating_sub(1);
        let start = position
            .line()
            .and_then(|line| self.line_starts.get(line - 1));
        let Some(start) = start else { return end };
        let column = position.position().unwrap_or(1);
        (start + column - 1).min(end)
    }

    /// Gives the stretch that a reader would underline at an offset: a word, a text, a symbol. At
    /// a blank it is the last thing before it.
    pub(super) fn token_at(&self, offset: usize) -> At {
        let mut offset = offset;
        while offset > 0 && self.char(offset).is_none_or(char::is_whitespace) {
            offset -= 1;
        }
        let length = match self.char(offset) {
            Some(c) if is_word(c) => self.run(offset, is_word),
            Some('"' | '`') => self.quoted(offset),
            _ => self.symbol(offset),
        };
        At { offset, length }
    }

    /// Gives the text before and from an offset, for the hints that depend on them.
    pub(super) fn around(&self, offset: usize) -> Around {
        let part = |chars: Option<&[char]>| chars.unwrap_or_default().iter().collect();
        Around {
            before: part(self.chars.get(..offset)),
            from: part(self.chars.get(offset..)),
        }
    }

    pub(super) fn word(&self, position: Position) -> At {
        let offset = self.offset(position);
        At {
            offset,
            length: self.run(offset, is_word),
        }
    }

    pub(super) fn char(&self, offset: usize) -> Option<char> {
        self.chars.get(offset).copied()
    }

    pub(super) fn run_from(&self, offset: usize, belongs: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.iter().skip(offset);
        rest.take_while(|c| belongs(**c)).count()
    }

    fn run(&self, offset: usize, belongs: impl Fn(char) -> bool) -> usize {
        self.run_from(offset, belongs).max(1)
    }

    /// Digits, underscores and one point that a digit follows.
    pub(super) fn number_length(&self, offset: usize) -> usize {
        let whole = self.run(offset, is_word);
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if self.char(offset + whole) == Some('.') && is_digit(self.char(offset + whole + 1)) {
            return whole + 1 + self.run(offset + whole + 1, is_word);
        }
        whole
    }

    /// From one quote to the next; a quote written twice, or after a backslash, is not the end.
    fn quoted(&self, offset: usize) -> usize {
        let Some(quote) = self.char(offset) else {
            return 1;
        };
        let mut next = offset + 1;
        while let Some(c) = self.char(next) {
            let escaped = c == '\\' && quote == '"';
            let doubled = c == quote && self.char(next + 1) == Some(quote);
            if c == quote && !doubled {
                return next + 1 - offset;
            }
            next += if escaped || doubled { 2 } else { 1 };
        }
        self.chars.len().saturating_sub(offset).max(1)
    }

    fn symbol(&self, offset: usize) -> usize {
        let starts = |symbol: &&&str| {
            let mut rest = self.chars.iter().skip(offset);
            symbol.chars().all(|c| rest.next() == Some(&c))
        };
        SYMBOLS.iter().find(starts).map_or(1, |symbol| symbol.len())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
