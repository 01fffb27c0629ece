//! Where the bytes of a table's text stand: line, column, length.

use riparto_core::diag::Place;

/// A stretch of one line, in characters, counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The line.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// How many characters, at least one.
    pub length: usize,
}

impl Spot {
    /// Names the file.
    pub(super) fn in_file(self, file: &str) -> Place {
        Place {
            file: file.to_owned(),
            line: self.line,
            column: self.column,
            length: self.length,
        }
    }
}

/// Where the lines of a text start; a line ends with `\n`, `\r\n` or a lone `\r`.
///
/// It is not the index of the rule files, because a table may have a hundred thousand lines and a
/// place for each of its cells: a place here costs as much as its line is long.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Reads the text once and remembers where its lines start.
    pub(super) fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((index, byte)) = bytes.next() {
            let before_newline = matches!(bytes.peek(), Some((_, b'\n')));
            if byte == b'\n' || (byte == b'\r' && !before_newline) {
                starts.push(index + 1);
            }
        }
        Self { starts }
    }

    /// Gives the spot of the bytes `start..end` of the text, cut at the end of the first line.
    pub(super) fn spot(&self, text: &str, start: usize, end: usize) -> Spot {
        let line = self.starts.partition_point(|s| *s <= start).max(1);
        let line_start = self.starts.get(line - 1).copied().unwrap_or(0);
        let chars = |from: usize, to: usize| text.get(from..to).map_or(0, |s| s.chars().count());
        let stretch = text.get(start..end).unwrap_or_default();
        let on_first_line = stretch.find(['\r', '\n']).unwrap_or(stretch.len());
        Spot {
            line,
            column: chars(line_start, start) + 1,
            length: chars(start, start + on_first_line).max(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_ending_a_line_counts_once() {
        let text = "a\r\nb\nc\rdè f";
        let at = text.find('f').unwrap();
        let spot = Lines::new(text).spot(text, at, at + 1);
        assert_eq!((spot.line, spot.column, spot.length), (4, 4, 1));
    }

    #[test]
    fn a_stretch_over_two_lines_is_cut_at_the_first() {
        let text = "x;\"ab\r\ncd\"";
        let spot = Lines::new(text).spot(text, 2, text.len());
        assert_eq!((spot.line, spot.column, spot.length), (1, 3, 3));
    }
}
