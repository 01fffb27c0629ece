//! What an allocation that was not made waits for, with the cells that are empty.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Values, cell};
use crate::diag::{Diagnostic, Place, Text};
use crate::model::{Column, Table, TableDecl};
use crate::outcome::{Awaited, MissingCell};
use crate::say;

/// Gives what faults say is awaited, each once: a parameter is awaited by every row.
pub fn of<'f>(
    found: impl IntoIterator<Item = &'f Diagnostic>,
    values: &Values<'_>,
) -> Vec<Awaited> {
    let empty = empty_cells(values);
    let mut told: BTreeSet<&Text> = BTreeSet::new();
    let found = found.into_iter();
    let once = found.filter(|fault| told.insert(&fault.message));
    let awaits = once.map(|fault| Awaited {
        text: fault.message.clone(),
        place: fault.place.clone(),
        cell: fault
            .place
            .as_ref()
            .and_then(|place| empty.get(place)?.named(fault)),
    });
    awaits.collect()
}

/// A cell that is empty.
struct Empty<'v> {
    declared: &'v TableDecl,
    table: &'v Table,
    column: &'v Column,
    row: usize,
}

/// The empty cells of the tables of a measure, by where they stand.
fn empty_cells<'v>(values: &Values<'v>) -> BTreeMap<&'v Place, Empty<'v>> {
    let mut found = BTreeMap::new();
    for declared in &values.measure.tables {
        let Some(table) = values.data.tables.get(&declared.name) else {
            continue;
        };
        for column in &table.columns {
            found.extend(column.missing.iter().map(|(row, place)| {
                let empty = Empty {
                    declared,
                    table,
                    column,
                    row: *row,
                };
                (place, empty)
            }));
        }
    }
    found
}

impl Empty<'_> {
    /// Names the cell; none where the fault that stands there says something else.
    fn named(&self, fault: &Diagnostic) -> Option<MissingCell> {
        let (declared, table, row) = (self.declared, self.table, self.row);
        let what = cell(table, self.column, row).err()?.awaited()?;
        // A fault of several cells stands at the first, and names them all.
        let rest = fault.message.it.strip_prefix(&what.it)?;
        if !rest.starts_with(':') {
            return None;
        }
        let name = declared.title_shown(table, row)?;
        Some(MissingCell {
            table: declared.label.clone(),
            column: declared.column(&self.column.name)?.label.clone(),
            row: {
                let name = name.trim_start_matches('*');
                match declared.subjects(table, row) {
                    0 | 1 => Text::same(name),
                    many => say!("{name} (in tutto {many})", "{name} ({many} in all)"),
                }
            },
        })
    }
}
