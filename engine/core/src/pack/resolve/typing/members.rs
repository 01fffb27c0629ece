//! A name inside another: what an allocation gives a row, a column of the row that a row refers to.

use super::{Part, Typing, numeric};
use crate::diag::Code;
use crate::model::{ColumnDecl, Unit};
use crate::pack::nearest;
use crate::rules::{Expr, Reference};
use crate::say;
use crate::script::expression::At;

impl Typing<'_> {
    /// Gives `of.name` its meaning: through a column of the row that refers to a table, or out of
    /// an allocation.
    pub(super) fn member(&mut self, of: &str, name: &str, at: At) -> Option<Part> {
        let table = self.row.and_then(|row| self.names.table(row));
        let column = table.and_then(|table| table.column(of));
        let pays = self.names.allocations.contains_key(of);
        match column {
            Some(ColumnDecl {
                references: Some(table),
                ..
            }) if pays => self.either_of_two(of, table, at),
            Some(ColumnDecl {
                references: Some(table),
                ..
            }) => self.joined(of, table, name, at),
            Some(_) if !pays => self.refers_nowhere(of, at),
            _ => self.paid(of, name, at),
        }
    }

    /// `comune.popolazione`: a column of the row of another table that this row refers to.
    fn joined(&mut self, of: &str, table: &str, name: &str, at: At) -> Option<Part> {
        let found = self.table_column(table, name, at)?;
        let unit = found.counted();
        Some(Part {
            expr: Expr::Through {
                column: of.to_owned(),
                table: table.to_owned(),
                of: found.reference,
            },
            kind: found.kind,
            unit,
        })
    }

    fn refers_nowhere(&mut self, of: &str, at: At) -> Option<Part> {
        let message = say!(
            "la colonna `{of}` non rimanda a nessuna tabella",
            "the column `{of}` refers to no table"
        );
        let help = say!(
            "se contiene le chiavi di una tabella, dirlo nella colonna: `references = \"…\"`",
            "if it holds the keys of a table, say so in the column: `references = \"…\"`"
        );
        self.fault(Code::InvalidRule, at, message, Some(help));
        None
    }

    fn either_of_two(&mut self, of: &str, table: &str, at: At) -> Option<Part> {
        let message = say!(
            "`{of}` è sia un riparto sia una colonna che rimanda a `{table}`",
            "`{of}` is both an allocation and a column that refers to `{table}`"
        );
        let help = say!(
            "dare un altro nome al riparto",
            "give the allocation another name"
        );
        self.fault(Code::InvalidRule, at, message, Some(help));
        None
    }

    /// `comuni.amount`: what a row receives from the allocation `comuni`.
    fn paid(&mut self, of: &str, name: &str, at: At) -> Option<Part> {
        let Some(table) = self.names.allocations.get(of) else {
            if !self.names.broken.contains(of) {
                let row = self.row.and_then(|row| self.names.table(row));
                let columns = row.into_iter().flat_map(|table| &table.columns);
                let refer = columns.filter(|column| column.references.is_some());
                let known = self.names.allocations.keys().map(String::as_str);
                let known = known.chain(refer.map(|column| column.name.as_str()));
                let help = nearest(of, known).unwrap_or_else(|| {
                    say!(
                        "una colonna dell'intera tabella si usa dentro `sum(…)`, `highest(…)`, `lowest(…)`",
                        "a whole table's column is used inside `sum(…)`, `highest(…)`, `lowest(…)`"
                    )
                });
                let message = say!("non c'è un riparto `{of}`", "there is no allocation `{of}`");
                self.fault(Code::UnknownName, at, message, Some(help));
            }
            return None;
        };
        let reference = match name {
            "amount" => Reference::Amount(of.to_owned()),
            "exact" => Reference::Exact(of.to_owned()),
            _ => {
                let message = say!(
                    "di un riparto si leggono `amount` ed `exact`, non `{name}`",
                    "an allocation has `amount` and `exact`, not `{name}`"
                );
                let help = say!("scrivere `{of}.amount`", "write `{of}.amount`");
                self.fault(Code::UnknownName, at, message, Some(help));
                return None;
            }
        };
        if self.row != Some(table.as_str()) {
            let message = say!(
                "il riparto `{of}` va alle righe di `{table}`, non a queste",
                "the allocation `{of}` pays the rows of `{table}`, not these"
            );
            let help = say!(
                "usarlo nelle formule sulle righe di `{table}`",
                "use it in the formulas on the rows of `{table}`"
            );
            self.fault(Code::TypeMismatch, at, message, Some(help));
            return None;
        }
        Some(numeric(Expr::Reference(reference), Some(Unit::euro())))
    }
}
