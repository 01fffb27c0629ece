//! Which facts a run waits for, table by table, in the words of whoever fills the tables.

use std::collections::BTreeSet;

use super::block::quoted;
use crate::diag::{Place, Text};
use crate::model::{ColumnDecl, Dataset, Table, TableDecl};
use crate::outcome::Outcome;
use crate::rules::Pack;
use crate::say;
use crate::words;

/// Gives what allocations left unmade wait for: each table with its columns and how many of their
/// cells are empty, the tables without a row, then what is in no cell.
pub fn awaited_facts(pack: &Pack, data: &Dataset, outcome: &Outcome) -> Vec<Text> {
    let no_rows = outcome.withheld.iter().filter_map(|one| {
        let allocation = pack.measure(&one.measure)?.allocation(&one.id)?;
        let rows = data.tables.get(&allocation.to)?;
        rows.is_empty().then_some(allocation.to.as_str())
    });
    let no_rows: BTreeSet<&str> = no_rows.collect();
    let withheld = outcome.withheld.iter().filter(|one| {
        let measure = pack.measure(&one.measure);
        let allocation = measure.and_then(|measure| measure.allocation(&one.id));
        !allocation.is_some_and(|rule| no_rows.contains(rule.to.as_str()))
    });
    let awaits = withheld.flat_map(|one| &one.awaits);
    let awaits: Vec<(&Text, Option<&Place>)> =
        awaits.map(|one| (&one.text, one.place.as_ref())).collect();
    let tables = pack.tables().into_iter();
    let tables: Vec<(&TableDecl, &Table)> = tables
        .filter_map(|declared| Some((declared, data.tables.get(&declared.name)?)))
        .collect();
    let empty = |table: &Table, column: &str, at: &Place| {
        let column = table.column(column);
        column.is_some_and(|column| column.missing.values().any(|cell| cell == at))
    };
    let awaited = |(declared, table): &(&TableDecl, &Table)| {
        let columns = declared.columns.iter();
        let columns = columns.filter(|column| {
            let mut places = awaits.iter().filter_map(|(_, at)| *at);
            places.any(|at| empty(table, &column.name, at))
        });
        let columns: Vec<Text> = columns.map(|column| cells(column, table)).collect();
        let label = quoted(&declared.label);
        (!columns.is_empty()).then(|| {
            say!(
                "nella tabella {label}: {columns}", "in the table {label}: {columns}";
                label = label, columns = words::listed(&columns)
            )
        })
    };
    let by_table = tables.iter().filter_map(awaited);
    let empty_tables = tables
        .iter()
        .filter(|(declared, _)| no_rows.contains(declared.name.as_str()));
    let empty_tables = empty_tables.map(|(declared, _)| {
        let label = quoted(&declared.label);
        say!("la tabella {label} è vuota", "the table {label} is empty"; label = label)
    });
    let in_a_cell = |at: &Place| {
        let mut columns = tables.iter().flat_map(|(_, table)| &table.columns);
        columns.any(|column| column.missing.values().any(|cell| cell == at))
    };
    let rest = awaits
        .iter()
        .filter(|(_, at)| !at.is_some_and(in_a_cell))
        .map(|(text, _)| (*text).clone());
    by_table.chain(empty_tables).chain(rest).collect()
}

/// `«Popolazione 0-6» (celle vuote: 21 su 21)`.
fn cells(column: &ColumnDecl, table: &Table) -> Text {
    let missing = table.column(&column.name).map_or(0, |it| it.missing.len());
    let rows = table.len();
    let label = quoted(&column.label);
    say!(
        "{label} (celle vuote: {missing} su {rows})", "{label} (empty cells: {missing} of {rows})";
        label = label
    )
}
