//! Importer `servizi03`: a SERVIZI 03 sheet becomes the table `servizi`.
//!
//! The Region publishes no layout of its export. A column is found by its name in the pack, by its
//! label, or by the words of the notes of 2026; rows above the header are titles and are left out.

mod cell;
mod columns;
mod csv;
mod header;
mod xlsx;

use riparto_plugin::{Fault, ImportInput, ImportOutput, TableRow};

use crate::faults::{listed, placed, refused};
use cell::{Cell, SheetRow};
use columns::COLUMNS;
use header::Header;

/// The longest file, in bytes.
const LONGEST: usize = 16 << 20;
/// How many rows a sheet may have: a Region has some two thousand services.
const MOST_ROWS: usize = 20_000;
/// How many columns a sheet may have.
const MOST_COLUMNS: usize = 64;
/// The longest text of a cell, in bytes: what a spreadsheet takes, whatever its letters.
const LONGEST_TEXT: usize = 4 * 32_767;

/// Gives the names of the columns.
pub fn columns() -> Vec<String> {
    COLUMNS.iter().map(|c| c.name.to_owned()).collect()
}

/// Reads a sheet.
pub fn import(input: &ImportInput) -> Result<ImportOutput, Box<Fault>> {
    let rows = rows(&input.bytes).map_err(|fault| in_file(fault, &input.file))?;
    let header = Header::find(&rows).map_err(|fault| in_file(fault, &input.file))?;
    let wanted = |name: &&str| input.columns.iter().any(|column| column == name);
    let columns = COLUMNS.iter().filter(|column| wanted(&column.name));
    let columns: Vec<_> = columns.collect();
    let services = rows.iter().skip(header.rows_before + 1);
    let services = services.filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let places: Vec<usize> = columns
        .iter()
        .filter_map(|c| header.cell_of(c.name))
        .collect();
    uncomputed(services.clone(), &places).map_err(|fault| in_file(fault, &input.file))?;
    let services = services.map(|row| {
        let cells = columns.iter().map(|column| {
            let at = header.cell_of(column.name);
            let cell = at.and_then(|at| row.cells.get(at));
            cell.map(|cell| column.kind.text_of(cell))
                .unwrap_or_default()
        });
        TableRow {
            line: row.line,
            cells: cells.collect(),
        }
    });
    Ok(ImportOutput {
        rows: services.collect(),
        columns: columns.iter().map(|c| c.name.to_owned()).collect(),
    })
}

fn rows(bytes: &[u8]) -> Result<Vec<SheetRow>, Box<Fault>> {
    if bytes.len() > LONGEST {
        return Err(too_large(LONGEST >> 20, ["MiB", "MiB"]));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::rows(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refused(
            "old-workbook",
            [
                "il foglio di calcolo è protetto da una password, o del vecchio formato `xls`",
                "the workbook is protected by a password, or of the old format `xls`",
            ],
            [
                "salvarlo senza password, come `xlsx` o come CSV",
                "save it without a password, as `xlsx` or as CSV",
            ],
        ));
    }
    csv::rows(bytes)
}

/// Refuses the services that have a formula without a value: what it would give is not known.
fn uncomputed<'r>(
    services: impl Iterator<Item = &'r SheetRow>,
    places: &[usize],
) -> Result<(), Box<Fault>> {
    let cells = services.flat_map(|row| places.iter().map(move |at| (row, *at)));
    let found = cells.filter(|(row, at)| matches!(row.cells.get(*at), Some(Cell::Uncomputed)));
    let found: Vec<(u32, String)> = found
        .map(|(row, at)| (row.line, format!("{}{}", letters(at), row.line)))
        .collect();
    let Some((line, _)) = found.first() else {
        return Ok(());
    };
    let names = listed(found.iter().map(|(_, name)| name));
    let fault = refused(
        "uncomputed-formula",
        [
            &format!("c'è una formula senza il suo valore nelle celle {names}"),
            &format!("there is a formula without its value in the cells {names}"),
        ],
        [
            "aprire il file e salvarlo con un foglio di calcolo",
            "open the file and save it with a spreadsheet",
        ],
    );
    Err(placed(fault, "", *line))
}

/// Gives the letters of a column, from zero: `A`, …, `Z`, `AA`.
fn letters(column: usize) -> String {
    let letter = |at: usize| {
        ('A'..='Z')
            .nth(at % 26)
            .map(String::from)
            .unwrap_or_default()
    };
    match column / 26 {
        0 => letter(column),
        before => letters(before - 1) + &letter(column),
    }
}

fn in_file(fault: Box<Fault>, file: &str) -> Box<Fault> {
    let line = fault.place.as_ref().map_or(0, |place| place.line);
    placed(fault, file, line)
}

fn too_large(most: usize, [unit, unit_en]: [&str; 2]) -> Box<Fault> {
    refused(
        "too-large",
        [
            &format!("il foglio è troppo grande: al più {most} {unit}"),
            &format!("the sheet is too large: at most {most} {unit_en}"),
        ],
        [
            "dare un foglio con una riga per servizio",
            "give a sheet with a row per service",
        ],
    )
}
