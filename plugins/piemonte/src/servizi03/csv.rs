//! The rows of a CSV file: UTF-8 or Windows-1252, `;` or `,`, quoted cells.

use encoding_rs::WINDOWS_1252;
use riparto_plugin::Fault;

use super::header::names;
use super::{Cell, LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, SheetRow, too_large};
use crate::faults::{placed, refused};

/// Reads a file by the separator that makes its best row name the most columns.
///
/// # Errors
/// It is no text, or what is wrong with it under that separator.
pub fn rows(bytes: &[u8]) -> Result<Vec<SheetRow>, Box<Fault>> {
    if bytes.contains(&0) {
        return Err(no_text());
    }
    let text = match str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    let by_semicolon = split(&text, ';');
    let by_comma = split(&text, ',');
    let best = if by_comma.best() > by_semicolon.best() {
        by_comma
    } else {
        by_semicolon
    };
    best.fault.map_or(Ok(best.rows), Err)
}

/// How a file is split: its rows, up to what is wrong with it.
#[derive(Debug)]
struct Split {
    rows: Vec<SheetRow>,
    fault: Option<Box<Fault>>,
}

impl Split {
    /// Gives how many columns its best row names.
    fn best(&self) -> usize {
        let firsts = self.rows.iter().take(50);
        firsts.map(names).max().unwrap_or_default()
    }
}

/// A file that is being split.
#[derive(Debug, Default)]
struct Splitter {
    rows: Vec<SheetRow>,
    row: SheetRow,
    cell: String,
    quotes: Quotes,
}

/// Where in its quotes a cell is.
#[derive(Debug, Default, Clone, Copy)]
enum Quotes {
    /// It has none, or not at its start.
    #[default]
    Without,
    /// Within those opened on this line.
    Within(u32),
    /// After those that were closed.
    After,
}

fn split(text: &str, separator: char) -> Split {
    let mut to = Splitter::default();
    let fault = to.read(text, separator).err();
    Split {
        rows: to.rows,
        fault,
    }
}

impl Splitter {
    fn read(&mut self, text: &str, separator: char) -> Result<(), Box<Fault>> {
        let mut line = 1;
        self.row.line = line;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            line += u32::from(letter == '\n');
            match (letter, self.quotes) {
                ('"', Quotes::Within(_)) if letters.peek() == Some(&'"') => {
                    letters.next();
                    self.cell.push('"');
                }
                ('"', Quotes::Within(_)) => self.quotes = Quotes::After,
                (letter, Quotes::Within(_)) => self.cell.push(letter),
                ('"', Quotes::Without) if self.cell.trim().is_empty() => {
                    self.cell.clear();
                    self.quotes = Quotes::Within(line);
                }
                ('\n', _) => self.end_row(line)?,
                ('\r', _) if letters.peek() == Some(&'\n') => {}
                (letter, _) if letter == separator => self.end_cell()?,
                (letter, Quotes::After) if letter.is_whitespace() => {}
                (_, Quotes::After) => return Err(placed(malformed(), "", line)),
                (letter, Quotes::Without) => self.cell.push(letter),
            }
        }
        if let Quotes::Within(line) = self.quotes {
            return Err(placed(never_closed(), "", line));
        }
        self.end_row(line)
    }

    fn end_cell(&mut self) -> Result<(), Box<Fault>> {
        if self.row.cells.len() >= MOST_COLUMNS {
            return Err(too_large(MOST_COLUMNS, ["colonne", "columns"]));
        }
        if self.cell.len() > LONGEST_TEXT {
            return Err(too_large(
                LONGEST_TEXT,
                ["byte in una cella", "bytes in a cell"],
            ));
        }
        self.row.cells.push(Cell::text(&self.cell));
        self.cell.clear();
        self.quotes = Quotes::Without;
        Ok(())
    }

    /// Ends a row; the next one starts on that line.
    fn end_row(&mut self, line: u32) -> Result<(), Box<Fault>> {
        self.end_cell()?;
        if self.rows.len() >= MOST_ROWS {
            return Err(too_large(MOST_ROWS, ["righe", "rows"]));
        }
        let next = SheetRow {
            line,
            ..SheetRow::default()
        };
        self.rows.push(std::mem::replace(&mut self.row, next));
        Ok(())
    }
}

fn no_text() -> Box<Fault> {
    refused(
        "not-text",
        [
            "il file non è un testo in UTF-8 né in Windows-1252",
            "the file is no text in UTF-8 nor in Windows-1252",
        ],
        [
            "salvarlo come CSV in UTF-8, o come `xlsx`",
            "save it as CSV in UTF-8, or as `xlsx`",
        ],
    )
}

fn malformed() -> Box<Fault> {
    refused(
        "text-after-quotes",
        [
            "su questa riga c'è del testo dopo le virgolette che chiudono una cella",
            "on this line there is text after the quotes that close a cell",
        ],
        [
            "raddoppiare le virgolette che fanno parte del testo, e chiudere la cella alla fine",
            "double the quotes that belong to the text, and close the cell at its end",
        ],
    )
}

fn never_closed() -> Box<Fault> {
    refused(
        "open-quote",
        [
            "le virgolette aperte su questa riga non si chiudono",
            "the quotes opened on this line are never closed",
        ],
        [
            "chiuderle, o raddoppiarle dove fanno parte del testo",
            "close them, or double them where they belong to the text",
        ],
    )
}
