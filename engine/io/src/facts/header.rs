//! The header of a table: which cell of a row belongs to which declared column.

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use riparto_core::model::{ColumnDecl, TableDecl};
use riparto_core::say;

use super::Separator;
use super::grid::{Cell, Row};
use super::mojibake::{Spoiled, spoiled};
use super::nearest::nearest;
use super::refusal::spoiled_cell;
use super::words::{listed, shown};

/// Where the cells of each column stand in a row.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// For each declared column, in the order declared, the index of its cell.
    pub cells: Vec<Option<usize>>,
    /// How many cells a row has.
    pub width: usize,
}

impl Header {
    /// Gives the index of the cell of a declared column.
    pub(super) fn cell_of(&self, decl: &TableDecl, column: &str) -> Option<usize> {
        let index = decl.columns.iter().position(|c| c.name == column)?;
        self.cells.get(index).copied().flatten()
    }
}

/// Reads the header row, or gives nothing when the row is not a header.
///
/// A mistyped name still stands for the column that it is nearest to, so that the cells below it
/// are judged in the same reading.
pub(super) fn read_header(
    decl: &TableDecl,
    file: &str,
    row: &Row,
    separator: Separator,
    diagnostics: &mut Diagnostics,
) -> Option<Header> {
    let mut header = Header {
        cells: vec![None; decl.columns.len()],
        width: row.cells.len(),
    };
    let mut unknown = Vec::new();
    for (index, cell) in row.cells.iter().enumerate() {
        if cell.foreign || cell.misquoted {
            let fault = spoiled_cell(cell, false).map(|fault| fault.at(cell.spot.in_file(file)));
            diagnostics.extend(fault.into_iter().collect());
        }
        let declared = decl.columns.iter().position(|c| c.name == cell.text);
        match declared.and_then(|column| header.cells.get_mut(column)) {
            None => unknown.push((index, cell)),
            Some(Some(first)) => {
                let first = row.cells.get(*first);
                diagnostics.push(twice(file, cell, first));
            }
            Some(slot) => *slot = Some(index),
        }
    }
    let faults_before = diagnostics.len();
    for (index, cell) in &unknown {
        diagnostics.push(match meant(decl, &header, cell, separator) {
            Some(Meant::Column(column, fault)) => {
                if let Some(slot) = header.cells.get_mut(column) {
                    *slot = Some(*index);
                }
                fault.at(cell.spot.in_file(file))
            }
            Some(Meant::Several(fault)) => fault.at(cell.spot.in_file(file)),
            None => stranger(decl, &header, cell, *index).at(cell.spot.in_file(file)),
        });
    }
    let split_wrongly = diagnostics
        .iter()
        .skip(faults_before)
        .any(|fault| fault.code == Code::MixedSeparators);
    if split_wrongly {
        return None;
    }
    if header.cells.iter().all(Option::is_none) {
        *diagnostics = diagnostics.iter().take(faults_before).cloned().collect();
        diagnostics.push(no_header(decl, file, row));
        return None;
    }
    for column in missing(decl, &header) {
        diagnostics.push(absent(file, column, row));
    }
    Some(header)
}

/// What an undeclared name was meant to be.
enum Meant {
    Column(usize, Diagnostic),
    Several(Diagnostic),
}

fn meant(decl: &TableDecl, header: &Header, cell: &Cell, separator: Separator) -> Option<Meant> {
    let index_of = |name: &str| {
        let free = |(index, column): &(usize, &ColumnDecl)| {
            column.name == name && header.cells.get(*index) == Some(&None)
        };
        decl.columns
            .iter()
            .enumerate()
            .find(free)
            .map(|(index, _)| index)
    };
    let name = shown(&cell.text);
    if let Some(Spoiled::ReadsAs(original)) = spoiled(&cell.text)
        && let Some(column) = index_of(&original)
    {
        let message = say!(
            "gli accenti del nome di colonna `{name}` sono guasti: era `{original}`",
            "the accented letters of column name `{name}` are spoiled: it was `{original}`"
        );
        let fault = Diagnostic::error(Code::Mojibake, message).help(super::decode::save_as_utf8());
        return Some(Meant::Column(column, fault));
    }
    let pieces: Vec<&str> = cell
        .text
        .split(separator.other().char())
        .map(str::trim)
        .collect();
    if pieces.len() > 1 && pieces.iter().any(|piece| decl.column(piece).is_some()) {
        return Some(Meant::Several(mixed_header(&name, separator)));
    }
    let free = missing(decl, header).map(|column| column.name.as_str());
    let near = nearest(&cell.text, free)?;
    let fault = Diagnostic::error(Code::UnknownColumn, undeclared(decl, &name)).help(say!(
        "forse si intendeva `{near}`: i nomi si scrivono come li dichiara la regola",
        "perhaps `{near}` was meant: names are written as the rule declares them"
    ));
    Some(Meant::Column(index_of(near)?, fault))
}

fn missing<'d>(decl: &'d TableDecl, header: &Header) -> impl Iterator<Item = &'d ColumnDecl> {
    let columns = decl.columns.iter().zip(&header.cells);
    let missing: Vec<_> = columns.filter(|(_, cell)| cell.is_none()).collect();
    missing.into_iter().map(|(column, _)| column)
}

fn undeclared(decl: &TableDecl, name: &str) -> Text {
    let table = &decl.name;
    say!(
        "la colonna `{name}` non è dichiarata nella tabella `{table}`",
        "column `{name}` is not declared in table `{table}`"
    )
}

fn stranger(decl: &TableDecl, header: &Header, cell: &Cell, index: usize) -> Diagnostic {
    if cell.text.is_empty() {
        let number = index + 1;
        let message = say!(
            "la colonna numero {number} non ha un nome",
            "column number {number} has no name"
        );
        return Diagnostic::error(Code::UnknownColumn, message).help(say!(
            "scrivere il nome della colonna, o toglierla se è vuota",
            "write the name of the column, or remove it if it is empty"
        ));
    }
    let message = undeclared(decl, &shown(&cell.text));
    let free: Vec<&str> = missing(decl, header).map(|c| c.name.as_str()).collect();
    let help = if free.is_empty() {
        say!(
            "togliere la colonna dal file",
            "remove the column from the file"
        )
    } else {
        let free = listed(free);
        say!(
            "togliere la colonna, o darle il nome di una che manca: {free}",
            "remove the column, or give it the name of one that is missing: {free}"
        )
    };
    Diagnostic::error(Code::UnknownColumn, message).help(help)
}

fn twice(file: &str, cell: &Cell, first: Option<&Cell>) -> Diagnostic {
    let name = shown(&cell.text);
    let message = say!(
        "la colonna `{name}` compare due volte nell'intestazione",
        "column `{name}` appears twice in the header"
    );
    let fault = Diagnostic::error(Code::DuplicateColumn, message)
        .at(cell.spot.in_file(file))
        .help(say!(
            "tenere una sola delle due colonne, dopo aver controllato quale è giusta",
            "keep only one of the two columns, after checking which is right"
        ));
    match first {
        Some(first) => fault.related(
            first.spot.in_file(file),
            say!("la prima volta è qui", "the first time is here"),
        ),
        None => fault,
    }
}

fn mixed_header(name: &str, separator: Separator) -> Diagnostic {
    let Text { it, en } = separator.label();
    Diagnostic::error(
        Code::MixedSeparators,
        say!(
            "l'intestazione mescola virgola e punto e virgola: il file è separato da {it}, ma `{name}` contiene più nomi",
            "the header mixes comma and semicolon: the file is separated by {en}, but `{name}` holds several names"
        ),
    )
    .help(say!(
        "separare tutti i nomi con lo stesso segno; le righe si controllano solo dopo",
        "separate all names with the same sign; the rows are checked only then"
    ))
}

fn no_header(decl: &TableDecl, file: &str, row: &Row) -> Diagnostic {
    let names = listed(decl.columns.iter().map(|c| c.name.as_str()));
    let message = say!(
        "la prima riga non è l'intestazione: non contiene nessuna delle colonne dichiarate",
        "the first row is not the header: it holds none of the declared columns"
    );
    let by_tabs = row.cells.iter().any(|cell| cell.text.contains('\t'));
    let help = if by_tabs {
        say!(
            "le celle sono separate da tabulazioni: salvare il file come CSV, con virgola o punto e virgola",
            "the cells are separated by tabs: save the file as CSV, with comma or semicolon"
        )
    } else {
        say!(
            "aggiungere in cima al file una riga con i nomi delle colonne: {names}",
            "add a row at the top of the file with the names of the columns: {names}"
        )
    };
    Diagnostic::error(Code::MissingColumn, message)
        .at(first_place(file, row))
        .help(help)
}

/// Says that a file holds nothing at all.
pub(super) fn empty_file(decl: &TableDecl, file: &str) -> Diagnostic {
    let names = listed(decl.columns.iter().map(|c| c.name.as_str()));
    Diagnostic::error(
        Code::MissingColumn,
        say!(
            "il file è vuoto: manca anche l'intestazione",
            "the file is empty: even the header is missing"
        ),
    )
    .at(Place::start_of(file))
    .help(say!(
        "scrivere nella prima riga i nomi delle colonne: {names}",
        "write the names of the columns in the first row: {names}"
    ))
}

fn absent(file: &str, column: &ColumnDecl, row: &Row) -> Diagnostic {
    let name = &column.name;
    let message = say!("manca la colonna `{name}`", "column `{name}` is missing");
    let help = if column.required {
        say!(
            "aggiungere la colonna con i suoi dati: è obbligatoria",
            "add the column with its data: it is required"
        )
    } else {
        say!(
            "aggiungere la colonna; dove il dato non c'è, lasciare la cella vuota",
            "add the column; where there is no value, leave the cell empty"
        )
    };
    Diagnostic::error(Code::MissingColumn, message)
        .at(first_place(file, row))
        .help(help)
}

fn first_place(file: &str, row: &Row) -> Place {
    row.cells
        .first()
        .map_or_else(|| Place::start_of(file), |cell| cell.spot.in_file(file))
}
