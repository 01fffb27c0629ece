//! The rows of a CSV file: UTF-8 or Windows-1252, `;` or `,`, quoted cells.

use encoding_rs::WINDOWS_1252;
use riparto_plugin::Fault;

use super::header::names;
use super::{Cell, LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, SheetRow, too_large};
use crate::faults::{placed, refused};

/// Reads a file by the separator that makes its best row name the most columns.
pub fn rows(bytes: &[u8]) -> Result<Vec<SheetRow>, Box<Fault>> {
    let text = match str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).into(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    let known = |rows: &Vec<SheetRow>| rows.iter().take(50).map(names).max();
    match (split(&text, ';'), split(&text, ',')) {
        (Ok(by_semicolon), Ok(by_comma)) if known(&by_comma) > known(&by_semicolon) => Ok(by_comma),
        (Err(_), Ok(by_comma)) if known(&by_comma) > Some(1) => Ok(by_comma),
        (by_semicolon, _) => by_semicolon,
    }
}

/// A file that is being split.
#[derive(Debug, Default)]
struct Splitter {
    rows: Vec<SheetRow>,
    row: SheetRow,
    cell: String,
}

fn split(text: &str, separator: char) -> Result<Vec<SheetRow>, Box<Fault>> {
    let mut to = Splitter::default();
    let (mut line, mut quoted_since) = (1, None);
    to.row.line = line;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        line += u32::from(letter == '\n');
        match (letter, quoted_since) {
            ('"', Some(_)) if letters.peek() == Some(&'"') => {
                letters.next();
                to.cell.push('"');
            }
            ('"', Some(_)) => quoted_since = None,
            ('"', None) if to.cell.trim().is_empty() => quoted_since = Some(line),
            ('\n', None) => to.end_row(line)?,
            ('\r', None) if letters.peek() == Some(&'\n') => {}
            (letter, None) if letter == separator => to.end_cell()?,
            (letter, _) => to.cell.push(letter),
        }
    }
    if let Some(line) = quoted_since {
        return Err(placed(never_closed(), "", line));
    }
    to.end_row(line)?;
    Ok(to.rows)
}

impl Splitter {
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
