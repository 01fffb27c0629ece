//! Each fault of a table, with its code and its exact place.

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Lang, Text};
use riparto_core::model::{ColumnDecl, ColumnType, Dataset, Facts, Table, TableDecl, Unit};
use riparto_core::native::NoNatives;

use super::{DecimalMark, Files, Separator, read_table, read_tables};

mod aggregates;
mod cells;
mod encoding;
mod header;
mod imported;
mod rows;
mod several_tables;
mod what_is_accepted;

pub(super) fn column(name: &str, kind: ColumnType) -> ColumnDecl {
    ColumnDecl {
        name: name.to_owned(),
        label: Text::same(name),
        kind,
        unit: Unit::none(),
        required: true,
        references: None,
        values: Vec::new(),
        personal: false,
        verbatim: false,
        place: None,
    }
}

fn optional(name: &str, kind: ColumnType) -> ColumnDecl {
    ColumnDecl {
        required: false,
        ..column(name, kind)
    }
}

/// Declares a table whose key and title is its first column.
pub(super) fn table(name: &str, columns: Vec<ColumnDecl>) -> TableDecl {
    TableDecl {
        name: name.to_owned(),
        label: Text::same(name),
        key: columns[0].name.clone(),
        title: columns[0].name.clone(),
        aggregate: None,
        unique: Vec::new(),
        columns,
        import: None,
        place: None,
    }
}

/// A key of text and one column of the given type.
fn one(kind: ColumnType) -> TableDecl {
    table("t", vec![column("k", ColumnType::Text), column("v", kind)])
}

fn comuni() -> TableDecl {
    table(
        "comuni",
        vec![
            column("istat", ColumnType::Istat),
            column("nome", ColumnType::Text),
            column("bambini", ColumnType::Integer),
            optional("spesa", ColumnType::Euro),
        ],
    )
}

type Fault = (Code, usize, usize, usize);

fn fault(diagnostic: &Diagnostic) -> Fault {
    let place = diagnostic.place.as_ref().unwrap();
    assert!(diagnostic.help.is_some(), "{diagnostic:?}");
    (diagnostic.code, place.line, place.column, place.length)
}

fn found(decl: &TableDecl, bytes: impl AsRef<[u8]>) -> Diagnostics {
    let (table, diagnostics, _) = read_table(decl, "t.csv", bytes.as_ref());
    assert_eq!(table.is_none(), diagnostics.has_errors());
    diagnostics
}

fn faults(decl: &TableDecl, bytes: impl AsRef<[u8]>) -> Vec<Fault> {
    found(decl, bytes).iter().map(fault).collect()
}

fn sound(decl: &TableDecl, bytes: impl AsRef<[u8]>) -> Table {
    let (table, diagnostics, _) = read_table(decl, "t.csv", bytes.as_ref());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    table.unwrap()
}

/// Gives the message and the remedy of the only fault.
fn words(decl: &TableDecl, bytes: impl AsRef<[u8]>, lang: Lang) -> (String, String) {
    let diagnostics = found(decl, bytes);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    let only = diagnostics.iter().next().unwrap();
    let help = only.help.as_ref().unwrap().get(lang).to_owned();
    (only.message.get(lang).to_owned(), help)
}

/// Gives the remedy, in Italian, for one cell of a table of two columns.
fn help(kind: ColumnType, cell: &str) -> String {
    words(&one(kind), format!("k;v\na;{cell}\n"), Lang::It).1
}

fn numbers(table: &Table, column: &str) -> Vec<Option<String>> {
    let facts = &table.column(column).unwrap().facts;
    let number = |row| facts.number(row)?.to_decimal_text();
    (0..facts.len()).map(number).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}
