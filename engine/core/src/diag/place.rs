//! Where something stands in a file: line, column, length.

use serde::Serialize;

/// A stretch of one line of a file.
///
/// # Units
/// Lines and columns count from one; columns and lengths count characters, not bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The logical path: `regions/regione/2024/piano-azione.toml`.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// How many characters, at least one.
    pub length: usize,
}

impl Place {
    /// Gives the first character of a file, for what concerns the file as a whole.
    pub fn start_of(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 1,
            column: 1,
            length: 1,
        }
    }
}

/// Turns byte offsets of one text into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Reads the text once and remembers where its lines start.
    pub fn new(text: &str) -> Self {
        let after_newline = text
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(i, _)| i + 1);
        Self {
            starts: std::iter::once(0).chain(after_newline).collect(),
        }
    }

    /// Gives the place of the bytes `start..end` of `text`, cut at the end of the first line.
    ///
    /// # Shape
    /// `text` is the text the index was made from, and `start` is where a character starts.
    pub fn place(&self, file: &str, text: &str, start: usize, end: usize) -> Place {
        let line = self.starts.partition_point(|s| *s <= start).max(1);
        let line_start = self.starts.get(line - 1).copied().unwrap_or(0);
        let line_end = self
            .starts
            .get(line)
            .map_or(text.len(), |next| next.saturating_sub(1));
        let chars = |from: usize, to: usize| {
            let rest = text.get(from..).unwrap_or_default();
            let before = |at: usize| from + at < to;
            rest.char_indices()
                .take_while(|(at, _)| before(*at))
                .count()
        };
        let column = chars(line_start, start.min(text.len())) + 1;
        let length = chars(start, end.min(line_end)).max(1);
        Place {
            file: file.to_owned(),
            line,
            column,
            length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "à = 1\ncittà = 2\n";
        let index = LineIndex::new(text);
        let start = text.find('2').unwrap();
        let place = index.place("f", text, start, start + 1);
        assert_eq!((place.line, place.column, place.length), (2, 9, 1));
    }

    #[test]
    fn a_stretch_over_two_lines_is_cut_at_the_first() {
        let text = "ab\ncd";
        let place = LineIndex::new(text).place("f", text, 1, 5);
        assert_eq!((place.line, place.column, place.length), (1, 2, 1));
    }
}
