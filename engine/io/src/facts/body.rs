//! The rows below the header: those that line up with it, and the faults of those that do not.

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Text};
use riparto_core::model::TableDecl;
use riparto_core::say;

use super::Separator;
use super::grid::{Cell, Page, Row};
use super::header::Header;
use super::words::veiled;

/// The rows whose cells can be told apart by column.
#[derive(Debug)]
pub(super) struct Body {
    /// The rows, each with as many cells as the header.
    pub rows: Vec<Row>,
    /// Whether every row of the file is among them.
    pub complete: bool,
}

/// Goes through the rows below the header.
pub(super) fn read_body(
    decl: &TableDecl,
    file: &str,
    page: &Page<'_>,
    separator: Separator,
    header: &Header,
    diagnostics: &mut Diagnostics,
) -> Body {
    let mut all = page.rows(separator);
    let names = all.next();
    let mut body = Body {
        rows: Vec::new(),
        complete: true,
    };
    for row in all {
        let fault = if row.cut {
            row.cells
                .last()
                .map(|cell| quotes(cell, decl.has_personal()).at(cell.spot.in_file(file)))
        } else if row.cells.len() != header.width {
            let other = with_other_separator(page, &row, separator, header.width);
            let fault = match &other {
                Some(_) => mixed(file, &row, separator),
                None => count(file, &row, header.width, separator),
            };
            body.complete &= other.is_some();
            body.rows.extend(other);
            diagnostics.push(fault);
            continue;
        } else if names.as_ref().is_some_and(|names| same_texts(names, &row)) {
            Some(header_again(file, &row, names.as_ref()))
        } else if row.is_blank() {
            Some(blank(decl, file, &row, header))
        } else {
            body.rows.push(row);
            continue;
        };
        body.complete = false;
        diagnostics.extend(fault.into_iter().collect());
    }
    body
}

fn same_texts(one: &Row, other: &Row) -> bool {
    one.cells.len() == other.cells.len()
        && one
            .cells
            .iter()
            .zip(&other.cells)
            .all(|(one, other)| one.text == other.text)
}

/// Splits a row by the other separator, if that gives it the cells of the header.
fn with_other_separator(
    page: &Page<'_>,
    row: &Row,
    separator: Separator,
    width: usize,
) -> Option<Row> {
    let mut rows = page.rows_within(row.span, separator.other());
    let only = rows
        .next()
        .filter(|row| row.cells.len() == width && width > 1)?;
    rows.next().is_none().then_some(only)
}

fn mixed(file: &str, row: &Row, separator: Separator) -> Diagnostic {
    let Text { it, en } = separator.label();
    let Text {
        it: other_it,
        en: other_en,
    } = separator.other().label();
    let message = say!(
        "le celle della riga sono separate da {other_it}, quelle dell'intestazione da {it}",
        "the cells of the row are separated by {other_en}, those of the header by {en}"
    );
    let fault = Diagnostic::error(Code::MixedSeparators, message).help(say!(
        "usare in tutto il file lo stesso separatore",
        "use the same separator throughout the file"
    ));
    fault.at_maybe(row.cells.first().map(|cell| cell.spot.in_file(file)))
}

fn count(file: &str, row: &Row, width: usize, separator: Separator) -> Diagnostic {
    let found = row.cells.len();
    let sign = separator.char();
    let message = say!(
        "celle nella riga: {found}; nell'intestazione: {width}",
        "cells in the row: {found}; in the header: {width}"
    );
    let (cell, help) = if found > width {
        let help = say!(
            "se una cella contiene `{sign}`, chiuderla tra virgolette; altrimenti togliere le celle in più",
            "if a cell holds `{sign}`, enclose it in quotes; otherwise remove the extra cells"
        );
        (row.cells.get(width), help)
    } else {
        let help = say!(
            "aggiungere le celle che mancano: una cella vuota vuole comunque il suo `{sign}`",
            "add the missing cells: even an empty cell wants its `{sign}`"
        );
        (row.cells.last(), help)
    };
    Diagnostic::error(Code::FieldCount, message)
        .at_maybe(cell.map(|cell| cell.spot.in_file(file)))
        .help(help)
}

/// Says that the quotes of a cell are not in their place.
pub(super) fn quotes(cell: &Cell, hidden: bool) -> Diagnostic {
    let text = veiled(&cell.text, hidden);
    Diagnostic::error(
        Code::MalformedCell,
        say!(
            "le virgolette di `{text}` non si chiudono, o c'è del testo fuori dalle virgolette",
            "the quotes of `{text}` are not closed, or there is text outside them"
        ),
    )
    .help(say!(
        "mettere le virgolette subito all'inizio e alla fine della cella; dentro, scriverle doppie: `\"\"`",
        "put quotes right at the start and at the end of the cell; inside it, double them: `\"\"`"
    ))
}

fn header_again(file: &str, row: &Row, names: Option<&Row>) -> Diagnostic {
    let message = say!(
        "la riga ripete l'intestazione",
        "the row repeats the header"
    );
    let fault = Diagnostic::error(Code::DuplicateRow, message)
        .at_maybe(row.cells.first().map(|cell| cell.spot.in_file(file)))
        .help(say!(
            "togliere la riga: di solito resta quando due file vengono uniti",
            "remove the row: it is usually left where two files were joined"
        ));
    match names.and_then(|names| names.cells.first()) {
        Some(cell) => fault.related(
            cell.spot.in_file(file),
            say!("l'intestazione è qui", "the header is here"),
        ),
        None => fault,
    }
}

fn blank(decl: &TableDecl, file: &str, row: &Row, header: &Header) -> Diagnostic {
    let key = &decl.key;
    let message = say!(
        "la riga è vuota: manca anche `{key}`",
        "the row is empty: even `{key}` is missing"
    );
    let cell = header
        .cell_of(decl, key)
        .and_then(|index| row.cells.get(index));
    Diagnostic::error(Code::EmptyCell, message)
        .at_maybe(
            cell.or(row.cells.first())
                .map(|cell| cell.spot.in_file(file)),
        )
        .help(say!(
            "cancellare la riga, o completarla se i suoi dati sono andati persi",
            "delete the row, or complete it if its data were lost"
        ))
}
