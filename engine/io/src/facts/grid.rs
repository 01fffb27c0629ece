//! Text split into rows of cells, each with where it stands.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::Separator;
use super::decode::Decoded;
use super::lines::{Lines, Spot};

/// A cell as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// What it holds, without quotes and without the blanks around it.
    pub text: String,
    /// What it holds with the blanks around it, where there are any.
    pub typed: Option<String>,
    /// Where it stands, quotes included and blanks around it excluded.
    pub spot: Spot,
    /// Whether its quotes do not open and close as they must.
    pub misquoted: bool,
    /// Whether some of its bytes were not UTF-8.
    pub foreign: bool,
}

/// A row as it is written.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The bytes of the text where it stands.
    pub span: (usize, usize),
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Whether a quote that is never closed cut it short at the end of its line.
    pub cut: bool,
}

impl Row {
    /// Gives the line where it starts.
    pub(super) fn line(&self) -> usize {
        self.cells.first().map_or(1, |cell| cell.spot.line)
    }

    /// Tells whether all its cells are empty.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }
}

/// A text that can be split.
#[derive(Debug)]
pub(super) struct Page<'t> {
    decoded: &'t Decoded,
    lines: Lines,
}

impl<'t> Page<'t> {
    /// Prepares a text.
    pub(super) fn new(decoded: &'t Decoded) -> Self {
        Self {
            lines: Lines::new(&decoded.text),
            decoded,
        }
    }

    /// Gives where the first byte stands that was not UTF-8.
    pub(super) fn first_foreign(&self) -> Option<Spot> {
        let at = *self.decoded.foreign.first()?;
        Some(self.lines.spot(&self.decoded.text, at, at))
    }

    /// Gives the rows of the whole text, one after the other; lines without a cell are none.
    pub(super) fn rows(&self, separator: Separator) -> Rows<'_> {
        self.rows_within((0, self.decoded.text.len()), separator)
    }

    /// Gives the rows of a part of the text.
    pub(super) fn rows_within(&self, span: (usize, usize), separator: Separator) -> Rows<'_> {
        Rows {
            page: self,
            separator,
            reader: ReaderBuilder::new().delimiter(separator.byte()).build(),
            position: span.0,
            end: span.1,
        }
    }
}

/// The rows of a text, split on demand.
#[derive(Debug)]
pub(super) struct Rows<'p> {
    page: &'p Page<'p>,
    separator: Separator,
    reader: Reader,
    position: usize,
    end: usize,
}

/// One cell as the reader consumed it.
struct Consumed {
    start: usize,
    end: usize,
    content: String,
    closes_row: bool,
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let row = self.row()?;
            let unwritten = matches!(row.cells.as_slice(), [only] if only.text.is_empty() && !self.quoted(&row));
            if !unwritten {
                return Some(row);
            }
        }
    }
}

impl<'p> Rows<'p> {
    fn row(&mut self) -> Option<Row> {
        let mut cells = Vec::new();
        let mut start = self.position;
        loop {
            let mut consumed = self.consume(cells.is_empty())?;
            if cells.is_empty() {
                start = consumed.start;
            }
            let raw = self.slice(consumed.start, consumed.end);
            let misquoted = is_misquoted(raw);
            let cut = misquoted && raw.contains(['\r', '\n']);
            if cut {
                self.resume_after_first_line(&mut consumed);
            }
            cells.push(self.cell(&consumed, misquoted));
            if consumed.closes_row {
                return Some(Row {
                    span: (start, consumed.end),
                    cells,
                    cut,
                });
            }
        }
    }

    /// Reads one cell, and says which bytes it took, separators and line ends left out.
    fn consume(&mut self, opens_row: bool) -> Option<Consumed> {
        let mut start = self.position;
        let mut content = Vec::new();
        let mut buffer = [0; 256];
        let closes_row = loop {
            // Bytes, not text: a full buffer may stop in the middle of a letter.
            let bytes = self.page.decoded.text.as_bytes();
            let input = bytes.get(self.position..self.end).unwrap_or_default();
            let (result, read, written) = self.reader.read_field(input, &mut buffer);
            self.position += read;
            content.extend(buffer.iter().take(written));
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => return None,
            }
        };
        if opens_row {
            let taken = self.slice(start, self.position);
            start += taken.len() - taken.trim_start_matches(['\r', '\n']).len();
        }
        let taken = self.slice(start, self.position);
        let kept = if closes_row {
            taken.trim_end_matches(['\r', '\n'])
        } else {
            taken.strip_suffix(self.separator.char()).unwrap_or(taken)
        };
        Some(Consumed {
            start,
            end: start + kept.len(),
            content: String::from_utf8_lossy(&content).into_owned(),
            closes_row,
        })
    }

    /// Gives up a quote that swallowed the lines after its own, and goes on from the next one.
    fn resume_after_first_line(&mut self, consumed: &mut Consumed) {
        let raw = self.slice(consumed.start, consumed.end);
        let first_line = raw.split(['\r', '\n']).next().unwrap_or_default();
        consumed.content = first_line.to_owned();
        consumed.end = consumed.start + first_line.len();
        consumed.closes_row = true;
        self.position = consumed.end;
        self.reader.reset();
    }

    fn cell(&self, consumed: &Consumed, misquoted: bool) -> Cell {
        let raw = self.slice(consumed.start, consumed.end);
        let leading = raw.len() - raw.trim_start_matches(is_blank).len();
        let trimmed = raw.trim_matches(is_blank);
        let (start, end) = match trimmed {
            "" => (consumed.start, consumed.end),
            _ => {
                let start = consumed.start + leading;
                (start, start + trimmed.len())
            }
        };
        let decoded = self.page.decoded;
        let text = consumed.content.trim_matches(is_blank);
        Cell {
            typed: (text.len() < consumed.content.len()).then(|| consumed.content.clone()),
            text: text.to_owned(),
            spot: self.page.lines.spot(&decoded.text, start, end),
            misquoted,
            foreign: decoded
                .foreign
                .range(consumed.start..consumed.end)
                .next()
                .is_some(),
        }
    }

    fn quoted(&self, row: &Row) -> bool {
        self.slice(row.span.0, row.span.1).contains('"')
    }

    fn slice(&self, start: usize, end: usize) -> &'p str {
        self.page.decoded.text.get(start..end).unwrap_or_default()
    }
}

/// Tells whether a character is a blank that may stand around a value, non-breaking ones included.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{2060}')
}

/// Tells whether a cell that opens with a quote does not close with one, or has a lone one inside.
fn is_misquoted(raw: &str) -> bool {
    let Some(opened) = raw.trim_start_matches(is_blank).strip_prefix('"') else {
        return false;
    };
    let closed = opened.trim_end_matches(is_blank).strip_suffix('"');
    let Some(inner) = closed.filter(|_| raw.starts_with('"')) else {
        return true;
    };
    inner.replace("\"\"", "").contains('"')
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        let decoded = decode("f", text.as_bytes()).unwrap();
        Page::new(&decoded).rows(Separator::Semicolon).collect()
    }

    fn texts(text: &str) -> Vec<Vec<String>> {
        let cells = |row: Row| row.cells.into_iter().map(|cell| cell.text).collect();
        rows(text).into_iter().map(cells).collect()
    }

    fn spots(text: &str) -> Vec<(usize, usize, usize)> {
        rows(text)
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| (cell.spot.line, cell.spot.column, cell.spot.length))
            .collect()
    }

    #[test]
    fn cells_know_where_they_stand() {
        let text = "à;\"b;b\"; c \r\n\r\n;x;\r\n";
        assert_eq!(texts(text), [["à", "b;b", "c"], ["", "x", ""]]);
        assert_eq!(
            spots(text),
            [
                (1, 1, 1),
                (1, 3, 5),
                (1, 10, 1),
                (3, 1, 1),
                (3, 2, 1),
                (3, 4, 1)
            ]
        );
    }

    #[test]
    fn every_way_of_ending_lines_gives_the_same_rows() {
        let expected = vec![vec!["a", "b"], vec!["1", "2"]];
        for text in [
            "a;b\n1;2",
            "a;b\r\n1;2\r\n",
            "a;b\r1;2\r",
            "\na;b\n\n1;2\n\n\n",
            "a;b\n1;2\n   \n",
        ] {
            assert_eq!(texts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_lines_and_quotes() {
        let text = "a;\"x\r\ny \"\"z\"\"\"\n1;2\n";
        assert_eq!(texts(text), [["a", "x\r\ny \"z\""], ["1", "2"]]);
        assert_eq!(spots(text), [(1, 1, 1), (1, 3, 2), (3, 1, 1), (3, 3, 1)]);
    }

    #[test]
    fn a_quoted_cell_longer_than_the_buffer_is_whole() {
        // One letter before, and a later one falls across the end of the buffer.
        for long in ["è".repeat(700), format!("a{}", "è".repeat(700))] {
            assert_eq!(texts(&format!("\"{long}\";b")), [[long.as_str(), "b"]]);
        }
    }

    #[test]
    fn a_quote_never_closed_costs_its_own_line_only() {
        let found = rows("a;b\n1;\"x\n2;y\n3;\"z\"\n");
        let cut: Vec<bool> = found.iter().map(|row| row.cut).collect();
        assert_eq!(cut, [false, true, false, false]);
        assert_eq!(
            found[1].cells[1].spot,
            Spot {
                line: 2,
                column: 3,
                length: 2
            }
        );
        assert_eq!(found[3].cells[1].text, "z");
    }

    #[test]
    fn a_quote_inside_a_bare_cell_is_a_plain_sign() {
        let found = rows("Nido \"Rodari\";b\n");
        assert_eq!(found[0].cells[0].text, "Nido \"Rodari\"");
        assert!(!found[0].cells[0].misquoted);
    }

    #[test]
    fn text_outside_the_quotes_is_a_fault() {
        for text in ["\"a\" b;c", " \"a\";c", "\"a\"b\"c\";d"] {
            let found = rows(text);
            assert!(found[0].cells[0].misquoted && !found[0].cut, "{text}");
        }
    }
}
