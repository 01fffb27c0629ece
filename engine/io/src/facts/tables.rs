//! The files of a run as one set of tables: those that are missing, those that refer to each other.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Diagnostics};
use riparto_core::model::{ColumnType, Dataset, TableDecl};
use riparto_core::say;

use super::Dialect;
use super::columns::Reference;
use super::nearest::nearest;
use super::table::{Read, read};
use super::words::{listed, veiled};

/// The files of facts of a run: by the name of the table, the path to show and the bytes.
pub type Files = BTreeMap<String, (String, Vec<u8>)>;

/// Reads the declared tables, each from the file named after it.
///
/// # Shape
/// The dataset is there only where no diagnostic is an error, in any file. The dialects are those
/// of the files that were there. A file that no table is named after is not read.
pub fn read_tables(
    decls: &[TableDecl],
    files: &Files,
) -> (Option<Dataset>, Diagnostics, BTreeMap<String, Dialect>) {
    let mut diagnostics = Diagnostics::new();
    let mut reads = BTreeMap::new();
    for decl in decls {
        match files.get(&decl.name) {
            Some((file, bytes)) => {
                let mut found = read(decl, file, bytes);
                diagnostics.extend(std::mem::take(&mut found.diagnostics));
                reads.insert(decl.name.as_str(), (file.as_str(), found));
            }
            None => diagnostics.push(no_file(decl, decls, files)),
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
    let extra = files.keys().map(String::as_str).filter(undeclared);
    let near = nearest(name, extra).and_then(|table| files.get(table));
    let help = match near {
        Some((path, _)) => say!(
            "forse è il file `{path}`: chiamarlo `{name}.csv`",
            "perhaps it is file `{path}`: name it `{name}.csv`"
        ),
        None => {
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
