//! The files of a run as one set of tables: those that are missing, those that refer to each other.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Place};
use riparto_core::model::{ColumnType, Dataset, Import, TableDecl};
use riparto_core::native::Natives;
use riparto_core::say;

use super::Dialect;
use super::columns::Reference;
use super::import::read_foreign;
use super::nearest::nearest;
use super::table::{Read, read};
use super::words::{listed, veiled};

/// A file of facts: the path to show and the bytes.
pub type File = (String, Vec<u8>);

/// The files of facts of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// CSV files, by the name of the table that each is named after.
    pub own: BTreeMap<String, File>,
    /// Foreign files, by the name of the table that a plugin reads from each.
    pub foreign: BTreeMap<String, File>,
}

impl Files {
    /// Gives the file that a table is read from.
    pub fn of(&self, table: &str) -> Option<&File> {
        self.own.get(table).or_else(|| self.foreign.get(table))
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.foreign.is_empty()
    }
}

/// Reads the declared tables, each from the file named after it, or with its importer from the
/// foreign one.
///
/// # Shape
/// The dataset is there only where no diagnostic is an error, in any file. The dialects are those
/// of the CSV files that were there. A file that no table is named after is not read.
pub fn read_tables(
    decls: &[TableDecl],
    files: &Files,
    natives: &dyn Natives,
) -> (Option<Dataset>, Diagnostics, BTreeMap<String, Dialect>) {
    let mut diagnostics = Diagnostics::new();
    let mut reads = BTreeMap::new();
    for decl in decls {
        let own = files.own.get(&decl.name);
        let foreign = decl.import.as_ref().zip(files.foreign.get(&decl.name));
        let read = match (own, foreign) {
            (Some((own, _)), Some((import, (foreign, _)))) => {
                Err(Box::new(two_files(decl, import, own, foreign)))
            }
            (Some((file, bytes)), None) => Ok((file, read(decl, file, bytes, None))),
            (None, Some((import, file))) => {
                let found = read_foreign(decl, import, file, natives);
                found.map(|found| (&file.0, found))
            }
            (None, None) => Err(Box::new(no_file(decl, decls, files))),
        };
        match read {
            Ok((file, mut found)) => {
                diagnostics.extend(std::mem::take(&mut found.diagnostics));
                reads.insert(decl.name.as_str(), (file.as_str(), found));
            }
            Err(fault) => diagnostics.push(*fault),
        }
    }
    for (file, found) in reads.values() {
        for reference in &found.references {
            diagnostics.extend(
                unknown(decls, &reads, file, reference)
                    .into_iter()
                    .collect(),
            );
        }
    }
    let dialects = reads
        .iter()
        .filter(|(table, _)| files.own.contains_key(**table))
        .map(|(table, (_, found))| ((*table).to_owned(), found.dialect))
        .collect();
    let diagnostics: Diagnostics = diagnostics.into_sorted().into_iter().collect();
    let dataset = (!diagnostics.has_errors()).then(|| Dataset {
        tables: reads
            .into_values()
            .filter_map(|(_, found)| found.table)
            .map(|table| (table.name.clone(), table))
            .collect(),
    });
    (dataset, diagnostics, dialects)
}

fn no_file(decl: &TableDecl, decls: &[TableDecl], files: &Files) -> Diagnostic {
    let (name, label) = (&decl.name, &decl.label);
    let message = say!(
        "manca la tabella `{name}` ({label})",
        "table `{name}` ({label}) is missing";
        label = label.clone()
    );
    let undeclared = |table: &&str| decls.iter().all(|decl| decl.name != **table);
    let extra = files.own.keys().map(String::as_str).filter(undeclared);
    let near = nearest(name, extra).and_then(|table| files.own.get(table));
    let help = match (near, &decl.import) {
        (_, Some(import)) => {
            let file = &import.file;
            say!(
                "aggiungere il file `{file}` così come è stato pubblicato, o `{name}.csv`",
                "add file `{file}` as it was published, or `{name}.csv`"
            )
        }
        (Some((path, _)), None) => say!(
            "forse è il file `{path}`: chiamarlo `{name}.csv`",
            "perhaps it is file `{path}`: name it `{name}.csv`"
        ),
        (None, None) => {
            let columns = listed(decl.columns.iter().map(|c| c.name.as_str()));
            say!(
                "aggiungere il file `{name}.csv` con le colonne {columns}",
                "add file `{name}.csv` with the columns {columns}"
            )
        }
    };
    Diagnostic::error(Code::MissingTable, message)
        .at_maybe(decl.place.clone())
        .help(help)
}

fn two_files(decl: &TableDecl, import: &Import, own: &str, foreign: &str) -> Diagnostic {
    let name = &decl.name;
    let message = say!(
        "la tabella `{name}` ha due file, `{own}` e `{foreign}`: non si sa quale vale",
        "table `{name}` has two files, `{own}` and `{foreign}`: which one holds cannot be told"
    );
    let fault = Diagnostic::error(Code::UnexpectedFile, message).at(Place::start_of(own));
    let fault = fault.help(say!(
        "toglierne uno: il CSV si legge così com'è, l'altro con l'importatore",
        "remove one: the CSV is read as it is, the other with the importer"
    ));
    match import.place.clone() {
        Some(place) => fault.related(
            place,
            say!("l'importatore dell'altro", "the importer of the other"),
        ),
        None => fault,
    }
}

/// Says that a cell refers to a row that is not there.
///
/// Nothing is said where the other table has keys that could not be read: the row may be one of
/// those.
fn unknown(
    decls: &[TableDecl],
    reads: &BTreeMap<&str, (&str, Read)>,
    file: &str,
    reference: &Reference,
) -> Option<Diagnostic> {
    let (other_file, other) = reads.get(reference.table.as_str())?;
    let keys = other.keys.as_ref()?;
    if keys.contains_key(&reference.key) {
        return None;
    }
    let decl = decls.iter().find(|decl| decl.name == reference.table)?;
    let hidden = reference.hidden || decl.hides(&decl.key, &reference.key);
    let (value, column) = (veiled(&reference.key, hidden), &reference.column);
    let (table, key) = (&decl.name, &decl.key);
    let message = say!(
        "`{value}` nella colonna `{column}` non è tra le chiavi (`{key}`) della tabella `{table}`",
        "`{value}` in column `{column}` is not among the keys (`{key}`) of table `{table}`"
    );
    // Codes that differ by one digit are other Comuni: only words are guessed.
    // No name of a person is guessed either.
    let is_text = !hidden
        && decl
            .column(key)
            .is_some_and(|key| key.kind == ColumnType::Text);
    let names = keys.keys().map(String::as_str).filter(|_| is_text);
    let help = match nearest(&reference.key, names) {
        Some(near) => say!("forse si intendeva `{near}`", "perhaps `{near}` was meant"),
        None => say!(
            "correggere la cella, o aggiungere la riga `{value}` in `{other_file}`",
            "correct the cell, or add row `{value}` to `{other_file}`"
        ),
    };
    let place = reference.spot.in_file(file);
    Some(
        Diagnostic::error(Code::UnknownReference, message)
            .at(place)
            .help(help),
    )
}
