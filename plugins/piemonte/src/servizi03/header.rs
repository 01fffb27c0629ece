//! Which row is the header, and which cell of a row belongs to which column.

use riparto_plugin::Fault;

use super::columns::{COLUMNS, Known};
use super::{Cell, SheetRow};
use crate::faults::{listed, placed, refused, shown};

/// How many rows may stand above the header.
const MOST_TITLES: usize = 30;
/// How many columns a row must name to be the header: a title may happen to name one.
const FEWEST_NAMES: usize = 2;

/// Where the cells of each column stand.
#[derive(Debug)]
pub struct Header {
    /// How many rows stand above it.
    pub rows_before: usize,
    cells: Vec<(&'static str, usize)>,
}

impl Header {
    /// Finds the header: of the first rows, the one that names the most columns.
    ///
    /// # Errors
    /// There is none, or it has unknown, repeated or missing names: all of them at once.
    pub fn find(rows: &[SheetRow]) -> Result<Self, Box<Fault>> {
        let firsts = rows.iter().take(MOST_TITLES).enumerate();
        let best = firsts.rev().max_by_key(|(_, row)| names(row));
        match best {
            Some((rows_before, row)) if names(row) >= FEWEST_NAMES => {
                let below = rows.get(rows_before + 1..).unwrap_or_default();
                let cells = read(row, below)?;
                Ok(Self { rows_before, cells })
            }
            _ => Err(no_header()),
        }
    }

    /// Gives the place of a column's cell.
    pub fn cell_of(&self, column: &str) -> Option<usize> {
        let mut cells = self.cells.iter();
        cells.find(|(name, _)| *name == column).map(|(_, at)| *at)
    }
}

/// Counts the columns that a row names.
pub fn names(row: &SheetRow) -> usize {
    let named = |column: &&Known| row.cells.iter().any(|cell| column.is_called(cell.shown()));
    COLUMNS.iter().filter(named).count()
}

fn read(row: &SheetRow, below: &[SheetRow]) -> Result<Vec<(&'static str, usize)>, Box<Fault>> {
    let mut cells: Vec<(&'static str, usize)> = Vec::new();
    let (mut unknown, mut repeated) = (Vec::new(), Vec::new());
    let width = below.iter().chain([row]).map(|row| row.cells.len()).max();
    for at in 0..width.unwrap_or_default() {
        let header = row.cells.get(at).map_or("", Cell::shown);
        match COLUMNS.iter().find(|column| column.is_called(header)) {
            Some(column) if cells.iter().any(|(name, _)| *name == column.name) => {
                repeated.push(shown(header));
            }
            Some(column) => cells.push((column.name, at)),
            None if !header.is_empty() => unknown.push(shown(header)),
            None if holds_something(below, at) => unknown.push(format!("({})", at + 1)),
            None => {}
        }
    }
    let found = |column: &&Known| cells.iter().any(|(name, _)| *name == column.name);
    let missing = COLUMNS.iter().filter(|c| c.required && !found(c));
    let missing: Vec<&str> = missing.map(|column| column.name).collect();
    let told = [
        (
            &unknown,
            ["intestazioni sconosciute: ", "unknown headers: "],
        ),
        (&repeated, ["intestazioni ripetute: ", "repeated headers: "]),
        (
            &missing.iter().map(ToString::to_string).collect(),
            ["colonne mancanti: ", "missing columns: "],
        ),
    ];
    let wrong = told.iter().filter(|(names, _)| !names.is_empty());
    let said = |language: usize| {
        let parts = wrong.clone().map(|(names, words)| {
            let words = words.get(language).copied().unwrap_or_default();
            format!("{words}{}", listed(names.iter()))
        });
        parts.collect::<Vec<_>>().join("; ")
    };
    if wrong.clone().count() == 0 {
        return Ok(cells);
    }
    let fault = refused(
        "wrong-header",
        [&said(0), &said(1)],
        [
            "usare i nomi o le etichette della tabella `servizi`, ciascuno una volta",
            "use the names or the labels of the table `servizi`, each once",
        ],
    );
    Err(placed(fault, "", row.line))
}

fn holds_something(rows: &[SheetRow], at: usize) -> bool {
    rows.iter()
        .any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty()))
}

fn no_header() -> Box<Fault> {
    let required = listed(COLUMNS.iter().filter(|c| c.required).map(|c| c.name));
    refused(
        "no-header",
        [
            "il foglio non ha una riga d'intestazione della scheda SERVIZI 03",
            "the sheet has no header row of the SERVIZI 03 form",
        ],
        [
            &format!("servono almeno le colonne {required}"),
            &format!("at least the columns {required} are needed"),
        ],
    )
}
