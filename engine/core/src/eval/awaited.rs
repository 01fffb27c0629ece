//! What an allocation or a decision that was not made waits for, with the cells that are empty.

use std::collections::{BTreeMap, BTreeSet};

use super::gap::Awaits;
use super::value::{Values, cell};
use crate::diag::{Diagnostic, Place, Text};
use crate::model::{Column, Table, TableDecl};
use crate::outcome::{Awaited, MissingCell, grouped};
use crate::say;

/// Gives what faults say is awaited, each once: a parameter is awaited by every row.
pub fn of<'f>(
    found: impl IntoIterator<Item = &'f Diagnostic>,
    values: &Values<'_>,
) -> Vec<Awaited> {
    let empty = EmptyCells::of(values);
    let mut told: BTreeSet<&Text> = BTreeSet::new();
    let found = found.into_iter();
    let once = found.filter(|fault| told.insert(&fault.message));
    let awaits = once.map(|fault| Awaited {
        text: fault.message.clone(),
        place: fault.place.clone(),
        cell: fault
            .place
            .as_ref()
            .and_then(|place| empty.at(place)?.named(&fault.message)),
    });
    awaits.collect()
}

/// Says what a value waits for, the cells of other tables than `own` together where they are many.
pub fn together(awaits: &Awaits, own: &str, empty: &EmptyCells<'_>) -> Vec<Text> {
    let each = awaits.items().iter();
    let each = each.map(|item| {
        let (text, place) = (item.text(), item.place().cloned());
        let cell = place.as_ref().and_then(|place| empty.at(place));
        let cell = cell.filter(|cell| cell.declared.name != own);
        Awaited {
            cell: cell.and_then(|cell| cell.named(&text)),
            text,
            place,
        }
    });
    let each: Vec<Awaited> = each.collect();
    if each.iter().filter(|one| one.cell.is_some()).count() < 2 {
        return awaits.texts();
    }
    let mut told = grouped(&each);
    let rest = awaits.rest();
    told.extend((rest > 0).then(|| say!("altri {rest}", "{rest} more")));
    told
}

/// The empty cells of the tables of a measure, by where they stand.
pub struct EmptyCells<'v>(BTreeMap<&'v Place, Empty<'v>>);

/// A cell that is empty.
struct Empty<'v> {
    declared: &'v TableDecl,
    table: &'v Table,
    column: &'v Column,
    row: usize,
}

impl<'v> EmptyCells<'v> {
    /// Finds them.
    pub fn of(values: &Values<'v>) -> Self {
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
        Self(found)
    }

    fn at(&self, place: &Place) -> Option<&Empty<'v>> {
        self.0.get(place)
    }
}

impl Empty<'_> {
    /// Names the cell; none where what is told of that place says something else.
    fn named(&self, told: &Text) -> Option<MissingCell> {
        let (declared, table, row) = (self.declared, self.table, self.row);
        let what = cell(table, self.column, row).err()?.awaited()?;
        // A fault of several cells stands at the first, and names them all.
        let rest = told.it.strip_prefix(&what.it)?;
        if !rest.is_empty() && !rest.starts_with(':') {
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
