//! Reads which columns can be changed: of the row that lives, or of the tables that lead to it.

use super::Reader;
use super::transitions::declare_or_name;
use crate::diag::Code;
use crate::model::{ColumnDecl, TableDecl};
use crate::pack::nearest;
use crate::pack::raw::{Node, Value};
use crate::pack::resolve::blocks::refuse;
use crate::pack::resolve::tables::table_help;
use crate::rules::OpenColumn;
use crate::say;

/// Gives every column of a table but its key.
pub(super) fn all_of(table: &TableDecl) -> Vec<OpenColumn> {
    let columns = table.columns.iter();
    let columns = columns.filter(|column| column.name != table.key);
    columns
        .map(|column| OpenColumn {
            name: column.name.clone(),
            label: column.label.clone(),
            table: None,
        })
        .collect()
}

impl<'r> Reader<'r> {
    /// Reads a list of columns: `bambini` of the row, `servizi.media` of a table that leads to it.
    pub(super) fn opened(&mut self, node: &Node, of: &TableDecl) -> Option<Vec<OpenColumn>> {
        let Value::List(items) = &node.value else {
            return None;
        };
        let read: Vec<_> = items.iter().map(|item| self.open(item, of)).collect();
        read.into_iter().collect()
    }

    fn open(&mut self, node: &Node, of: &TableDecl) -> Option<OpenColumn> {
        let written = node.as_text()?;
        let (table, column) = match written.split_once('.') {
            Some((table, column)) => (self.leading(node, table, of)?, column),
            None => (of, written),
        };
        let column = self.column_of(node, table, column)?;
        Some(OpenColumn {
            name: written.to_owned(),
            label: column.label.clone(),
            table: (table.name != of.name).then(|| table.label.clone()),
        })
    }

    /// Finds a table whose rows refer to those that live, directly or through other tables.
    fn leading(&mut self, node: &Node, name: &str, of: &TableDecl) -> Option<&'r TableDecl> {
        let names = self.names;
        let Some(table) = names.table(name) else {
            if !names.broken.contains(name) {
                let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
                let help = table_help(name, names.tables.iter().map(|t| t.name.as_str()));
                self.tell(refuse(Code::UnknownName, node, message).help(help));
            }
            return None;
        };
        if leads(table, of, &names.tables) {
            return Some(table);
        }
        let of = &of.name;
        let message = say!(
            "le righe di `{name}` non rimandano a `{of}`",
            "the rows of `{name}` do not refer to `{of}`"
        );
        self.tell(refuse(Code::InvalidRule, node, message).help(say!(
            "nominare una colonna di `{of}`, o di una tabella con una colonna che la richiama: `references = \"{of}\"`",
            "name a column of `{of}`, or of a table with a column that refers to it: `references = \"{of}\"`"
        )));
        None
    }

    fn column_of<'t>(
        &mut self,
        node: &Node,
        table: &'t TableDecl,
        name: &str,
    ) -> Option<&'t ColumnDecl> {
        let found = table.column(name);
        if found.is_none() && !self.names.broken.contains(name) {
            let of = &table.name;
            let message = say!(
                "la tabella `{of}` non ha una colonna `{name}`",
                "the table `{of}` has no column `{name}`"
            );
            let help = nearest(name, table.columns.iter().map(|c| c.name.as_str()));
            let fault = refuse(Code::UnknownName, node, message);
            self.tell(fault.help(help.unwrap_or_else(declare_or_name)));
        }
        found
    }
}

/// Tells whether the rows of a table come to those of another, by what they refer to.
fn leads(from: &TableDecl, to: &TableDecl, tables: &[TableDecl]) -> bool {
    let mut reached = vec![from];
    let mut at = 0;
    while let Some(table) = reached.get(at) {
        if table.name == to.name {
            return true;
        }
        let referred = table.columns.iter().filter_map(|c| c.references.as_ref());
        let next = referred.filter_map(|name| tables.iter().find(|table| table.name == *name));
        let next: Vec<&TableDecl> = next
            .filter(|table| reached.iter().all(|known| known.name != table.name))
            .collect();
        reached.extend(next);
        at += 1;
    }
    false
}
