//! The columns that no two rows have all alike, as a table declares them.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Diagnostics};
use riparto_core::model::{Column, TableDecl};
use riparto_core::say;

use super::grid::Row;
use super::header::Header;
use super::words::{listed, veiled};

/// Finds the rows that have all the columns of a list like those of a row before them; an empty
/// cell, or one that could not be read, is like no other.
pub(super) fn rows_alike(
    decl: &TableDecl,
    file: &str,
    header: &Header,
    rows: &[Row],
    columns: &[Column],
) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for list in &decl.unique {
        let mut first: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let of_row = |row: usize| -> Option<Vec<String>> {
            let cells = list.iter().map(|name| {
                let column = columns.iter().find(|column| column.name == *name)?;
                column.facts.plain(row)
            });
            cells.collect()
        };
        let place = |row: usize| {
            let index = header.cell_of(decl, list.first()?)?;
            let cell = rows.get(row)?.cells.get(index)?;
            Some(cell.spot.in_file(file))
        };
        for row in 0..rows.len() {
            let Some(cells) = of_row(row) else { continue };
            let fault = match first.get(&cells) {
                Some(earlier) => place(*earlier).map(|earlier| {
                    alike(decl, list, &cells).at_maybe(place(row)).related(
                        earlier,
                        say!("la prima riga è qui", "the first row is here"),
                    )
                }),
                None => {
                    first.insert(cells, row);
                    None
                }
            };
            faults.extend(fault.into_iter().collect());
        }
    }
    faults
}

fn alike(decl: &TableDecl, list: &[String], cells: &[String]) -> Diagnostic {
    let names = listed(list.iter().map(String::as_str));
    let values = list.iter().zip(cells);
    let values = values.map(|(name, cell)| veiled(cell, decl.hides(name, cell)));
    let values: Vec<String> = values.map(|cell| format!("`{cell}`")).collect();
    let values = values.join(", ");
    Diagnostic::error(
        Code::DuplicateRow,
        say!(
            "un'altra riga ha già {values} in {names}",
            "another row has {values} in {names} already"
        ),
    )
    .help(say!(
        "tenere una sola delle due righe, o correggere quella sbagliata",
        "keep only one of the two rows, or correct the wrong one"
    ))
}
