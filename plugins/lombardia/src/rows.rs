//! A text with separators read row by row, each cell as it stands and each row with its line.

use std::borrow::Cow;
use std::iter::Enumerate;
use std::str::Lines;

/// A row as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row<'t> {
    /// The line where it starts, from one.
    pub line: u32,
    /// Its cells, without quotes and without the blanks around them.
    pub cells: Vec<Cow<'t, str>>,
    /// Whether its quotes do not open and close as they must.
    pub misquoted: bool,
}

/// The rows of a text; blank lines are passed over.
#[derive(Debug)]
pub(crate) struct Rows<'t> {
    lines: Enumerate<Lines<'t>>,
    separator: char,
}

/// Reads the rows of a text that stand below its first lines.
pub(crate) fn rows(text: &str, above: usize, separator: char) -> Rows<'_> {
    let mut lines = text.lines().enumerate();
    lines.by_ref().take(above).for_each(drop);
    Rows { lines, separator }
}

/// Gives the separator that stands most often in the first row of a text, outside quotes; a
/// semicolon when there is none.
pub(crate) fn separator_of(text: &str) -> char {
    let mut quoted = false;
    let mut count = [('\t', 0), (',', 0), (';', 0)];
    for character in text.trim_start_matches(['\r', '\n']).chars() {
        match character {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            _ if quoted => {}
            _ => count
                .iter_mut()
                .filter(|(separator, _)| *separator == character)
                .for_each(|(_, times)| *times += 1),
        }
    }
    // Of equals the last wins.
    let most = count.into_iter().max_by_key(|(_, times)| *times);
    most.map_or(';', |(separator, _)| separator)
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        let (index, first) = self.lines.find(|(_, line)| !line.trim().is_empty())?;
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let (mut cells, mut misquoted) = (Vec::new(), false);
        let mut rest = Some(first);
        while let Some(text) = rest {
            let cell;
            (cell, rest) = match text.trim_start().strip_prefix('"') {
                Some(opened) => self.quoted(opened, &mut misquoted),
                None => {
                    let (cell, rest) = self.cut(text);
                    misquoted |= cell.contains('"');
                    (Cow::Borrowed(cell.trim()), rest)
                }
            };
            cells.push(cell);
        }
        Some(Row {
            line,
            cells,
            misquoted,
        })
    }
}

impl<'t> Rows<'t> {
    /// Cuts a text at the first separator.
    fn cut(&self, text: &'t str) -> (&'t str, Option<&'t str>) {
        match text.split_once(self.separator) {
            Some((cell, rest)) => (cell, Some(rest)),
            None => (text, None),
        }
    }

    /// Reads a cell whose quote is open: up to the quote that closes it, on a later line if need
    /// be; two quotes stand for one.
    fn quoted(&mut self, opened: &'t str, misquoted: &mut bool) -> (Cow<'t, str>, Option<&'t str>) {
        let mut cell = Cow::Borrowed("");
        let mut text = opened;
        loop {
            let Some((held, after)) = text.split_once('"') else {
                cell += text;
                let Some((_, next)) = self.lines.next() else {
                    *misquoted = true;
                    return (cell, None);
                };
                cell += "\n";
                text = next;
                continue;
            };
            cell += held;
            if let Some(more) = after.strip_prefix('"') {
                cell += "\"";
                text = more;
                continue;
            }
            let (stray, rest) = self.cut(after);
            *misquoted |= !stray.trim().is_empty();
            return (trimmed(cell), rest);
        }
    }
}

fn trimmed(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell {
        Cow::Borrowed(cell) => Cow::Borrowed(cell.trim()),
        Cow::Owned(cell) => Cow::Owned(cell.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, separator: char) -> Vec<(u32, Vec<String>, bool)> {
        let rows = rows(text, 0, separator);
        let owned = rows.map(|row| {
            let cells = row.cells.into_iter().map(Cow::into_owned).collect();
            (row.line, cells, row.misquoted)
        });
        owned.collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>, bool) {
        let cells = cells.iter().map(|cell| (*cell).to_owned());
        (line, cells.collect(), false)
    }

    #[test]
    fn quotes_hold_separators_quotes_and_ends_of_line() {
        let text = "a, \"b, c\" ,\r\n\n\"d \"\"e\"\"\",\"f\ng\",h\nlast";
        let expected = [
            row(1, &["a", "b, c", ""]),
            row(3, &["d \"e\"", "f\ng", "h"]),
            row(5, &["last"]),
        ];
        assert_eq!(read(text, ','), expected);
    }

    #[test]
    fn quotes_that_do_not_pair_are_marked() {
        let misquoted = |text| read(text, ';').iter().map(|r| r.2).collect::<Vec<_>>();
        assert_eq!(misquoted("a;\"b\"c\nd;e"), [true, false]);
        assert_eq!(misquoted("a;b\"c\nd;e"), [true, false]);
        assert_eq!(misquoted("a;\"b\nd;e"), [true]);
    }

    #[test]
    fn what_stands_above_is_not_read_and_counts_as_lines() {
        let mut below = rows("an \"open title\na;b\n", 1, ';');
        let header = below.next().unwrap();
        assert_eq!((header.line, header.misquoted), (2, false));
        assert_eq!(header.cells, ["a", "b"]);
        assert_eq!(below.next(), None);
    }

    #[test]
    fn the_separator_is_the_one_that_stands_most_often() {
        assert_eq!(separator_of("Codice comune;Comune;Età, in anni"), ';');
        assert_eq!(separator_of("Codice comune,Comune"), ',');
        assert_eq!(separator_of("Codice comune\tComune"), '\t');
        assert_eq!(separator_of("Comune"), ';');
        assert_eq!(separator_of("\"Età;\nin anni\",Comune\na;b;c"), ',');
    }
}
