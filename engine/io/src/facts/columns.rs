//! The columns of a table, read cell by cell.

use std::collections::BTreeMap;

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Place};
use riparto_core::model::{Column, ColumnDecl, ColumnType, Facts, TableDecl};
use riparto_core::say;

use super::body::Body;
use super::grid::{Cell, Row};
use super::header::Header;
use super::lines::Spot;
use super::marks::Marks;
use super::refusal::{empty, spoiled_cell};
use super::value::{Fault, Reading, Role};
use super::words::veiled;

/// The columns of a table, and what was noted while reading them.
#[derive(Debug)]
pub(super) struct Columns {
    /// The columns, in the order declared.
    pub columns: Vec<Column>,
    /// The keys and where each stands; nothing unless all of them could be read.
    pub keys: Option<BTreeMap<String, Spot>>,
    /// The cells that refer to rows of other tables.
    pub references: Vec<Reference>,
    /// What is wrong with the cells.
    pub diagnostics: Diagnostics,
}

/// A cell that refers to a row of another table.
#[derive(Debug)]
pub(super) struct Reference {
    /// The column it stands in.
    pub column: String,
    /// The table it refers to.
    pub table: String,
    /// The key it refers to.
    pub key: String,
    /// Whether it is shown masked.
    pub hidden: bool,
    /// Where it stands.
    pub spot: Spot,
}

/// Reads the columns of a table one after the other.
pub(super) fn read_columns(
    decl: &TableDecl,
    file: &str,
    header: &Header,
    body: &Body,
    marks: &Marks,
) -> Columns {
    let key = header.cell_of(decl, &decl.key);
    let mut reader = TableReader {
        decl,
        file,
        rows: &body.rows,
        key,
        marks,
        keys: BTreeMap::new(),
        keys_are_complete: body.complete && key.is_some(),
        references: Vec::new(),
        diagnostics: Diagnostics::new(),
    };
    let columns = decl.columns.iter().zip(&header.cells);
    let columns = columns
        .filter_map(|(column, cell)| Some(reader.column(column, (*cell)?)))
        .collect();
    Columns {
        columns,
        keys: reader.keys_are_complete.then_some(reader.keys),
        references: reader.references,
        diagnostics: reader.diagnostics,
    }
}

/// The table being read.
struct TableReader<'a> {
    decl: &'a TableDecl,
    file: &'a str,
    rows: &'a [Row],
    /// The index of the key's cell.
    key: Option<usize>,
    marks: &'a Marks,
    keys: BTreeMap<String, Spot>,
    keys_are_complete: bool,
    references: Vec<Reference>,
    diagnostics: Diagnostics,
}

impl TableReader<'_> {
    fn column(&mut self, column: &ColumnDecl, index: usize) -> Column {
        let mut missing = BTreeMap::new();
        let gaps = &mut missing;
        let facts = match column.kind {
            ColumnType::Text => Facts::Text(self.cells(column, index, gaps, |r| r.text())),
            ColumnType::Istat => Facts::Text(self.cells(column, index, gaps, |r| r.istat())),
            ColumnType::Cadastral => {
                Facts::Text(self.cells(column, index, gaps, |r| r.cadastral()))
            }
            ColumnType::FiscalCode
            | ColumnType::BodyFiscalCode
            | ColumnType::Ipa
            | ColumnType::Cup
            | ColumnType::SchoolCode => {
                Facts::Text(self.cells(column, index, gaps, |r| r.identifier()))
            }
            ColumnType::Integer => Facts::Integer(self.cells(column, index, gaps, |r| r.integer())),
            ColumnType::Decimal | ColumnType::Euro => {
                Facts::Decimal(self.cells(column, index, gaps, |r| r.decimal()))
            }
            ColumnType::Bool => Facts::Bool(self.cells(column, index, gaps, |r| r.boolean())),
            ColumnType::Date => Facts::Date(self.cells(column, index, gaps, |r| r.date())),
            ColumnType::Moment => Facts::Moment(self.cells(column, index, gaps, |r| r.instant())),
        };
        Column {
            name: column.name.clone(),
            kind: column.kind,
            facts,
            missing,
        }
    }

    /// Reads the cells of a column, and notes where the empty ones stand.
    fn cells<T: ToString>(
        &mut self,
        column: &ColumnDecl,
        index: usize,
        gaps: &mut BTreeMap<usize, Place>,
        parse: impl Fn(&Reading<'_>) -> Result<T, Fault>,
    ) -> Vec<Option<T>> {
        let rows = self.rows.iter().enumerate();
        let cells = rows.filter_map(|(number, row)| Some((number, row, row.cells.get(index)?)));
        cells
            .map(|(number, row, cell)| {
                let role = self.role(column, row);
                match self.value(column, row, cell, role, &parse) {
                    Ok(Some(value)) => {
                        self.note(column, role, value.to_string(), cell.spot);
                        Some(value)
                    }
                    Ok(None) => {
                        gaps.insert(number, cell.spot.in_file(self.file));
                        None
                    }
                    Err(fault) => {
                        self.keys_are_complete &= column.name != self.decl.key;
                        self.diagnostics
                            .push(fault.at(cell.spot.in_file(self.file)));
                        None
                    }
                }
            })
            .collect()
    }

    fn value<T>(
        &self,
        column: &ColumnDecl,
        row: &Row,
        cell: &Cell,
        role: Role,
        parse: impl Fn(&Reading<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        if let Some(fault) = spoiled_cell(cell, column.hides(&cell.text)) {
            return Err(Box::new(fault));
        }
        let required = self.is_required(column, row);
        if cell.text.is_empty() {
            return if required {
                Err(Box::new(empty(column)))
            } else {
                Ok(None)
            };
        }
        parse(&Reading {
            text: &cell.text,
            typed: cell.typed.as_deref().filter(|_| column.verbatim),
            column: &column.name,
            kind: column.kind,
            may_be_empty: !required,
            values: &column.values,
            hidden: column.hides(&cell.text),
            role,
            marks: self.marks,
        })
        .map(Some)
    }

    /// Tells whether a row stands for several subjects.
    fn is_aggregate(&self, row: &Row) -> bool {
        let key = self.key.and_then(|key| row.cells.get(key));
        self.decl.aggregate.is_some() && key.is_some_and(|cell| cell.text.starts_with('*'))
    }

    fn role(&self, column: &ColumnDecl, row: &Row) -> Role {
        let counts = self.decl.aggregate.as_ref() == Some(&column.name);
        match (self.is_aggregate(row), counts) {
            (true, true) => Role::AggregateCount,
            (false, true) => Role::SingleCount,
            (true, false) if column.name == self.decl.key => Role::AggregateKey,
            _ => Role::Plain,
        }
    }

    /// Tells whether a cell must hold a value. Those who stand together have no code in common.
    fn is_required(&self, column: &ColumnDecl, row: &Row) -> bool {
        if column.name == self.decl.key || self.decl.aggregate.as_ref() == Some(&column.name) {
            return true;
        }
        column.required && !(column.kind.is_code() && self.is_aggregate(row))
    }

    /// Remembers a key, and what refers to another table.
    fn note(&mut self, column: &ColumnDecl, role: Role, value: String, spot: Spot) {
        if let Some(table) = column
            .references
            .as_ref()
            .filter(|_| role != Role::AggregateKey)
        {
            self.references.push(Reference {
                column: column.name.clone(),
                table: table.clone(),
                key: value.clone(),
                hidden: column.hides(&value),
                spot,
            });
        }
        if column.name != self.decl.key {
            return;
        }
        match self.keys.get(&value) {
            Some(first) => {
                let fault = same_key(column, &value)
                    .at(spot.in_file(self.file))
                    .related(
                        first.in_file(self.file),
                        say!("la prima riga è qui", "the first row is here"),
                    );
                self.diagnostics.push(fault);
            }
            None => {
                self.keys.insert(value, spot);
            }
        }
    }
}

fn same_key(column: &ColumnDecl, value: &str) -> Diagnostic {
    let (name, value) = (&column.name, veiled(value, column.hides(value)));
    Diagnostic::error(
        Code::DuplicateRow,
        say!(
            "`{value}` è già la chiave (`{name}`) di un'altra riga",
            "`{value}` is already the key (`{name}`) of another row"
        ),
    )
    .help(say!(
        "tenere una sola delle due righe, o correggere la chiave sbagliata",
        "keep only one of the two rows, or correct the wrong key"
    ))
}
