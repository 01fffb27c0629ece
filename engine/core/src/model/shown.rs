//! By what a row is known outside: its key and title, masked where they are personal.

use super::{ColumnDecl, ColumnType, Table, TableDecl};
use crate::identifiers::{body_fiscal_code, masked};

impl ColumnDecl {
    /// Tells whether a text of the column is masked: not where it is the fiscal code of a body.
    pub fn hides(&self, text: &str) -> bool {
        let of_body = self.kind == ColumnType::FiscalCode && body_fiscal_code(text).is_ok();
        self.personal && !of_body
    }
}

impl TableDecl {
    /// Tells whether a column is personal.
    pub fn is_personal(&self, column: &str) -> bool {
        self.column(column).is_some_and(|column| column.personal)
    }

    /// Tells whether a text of a column is masked.
    pub fn hides(&self, column: &str, text: &str) -> bool {
        self.column(column).is_some_and(|column| column.hides(text))
    }

    /// Tells whether a column of the table is personal, so that its lines are not to be shown.
    pub fn has_personal(&self) -> bool {
        self.columns.iter().any(|column| column.personal)
    }

    /// Gives the key of a row as every answer bears it: a personal one is masked, with the line it
    /// stands on, so that no two are alike. The key of an aggregate is a word, and not masked.
    pub fn key_shown(&self, table: &Table, row: usize) -> Option<String> {
        let key = table.text(&self.key, row)?;
        if !self.hides(&self.key, key) || key.starts_with('*') {
            return Some(key.to_owned());
        }
        let line = table.lines.get(row).copied().unwrap_or_default();
        Some(format!("{} #{line}", masked(key)))
    }

    /// Gives for how many subjects a row stands; one where it is an aggregate that does not say it.
    pub fn subjects(&self, table: &Table, row: usize) -> u64 {
        self.stands_for(table, row).unwrap_or(1)
    }

    /// Gives for how many subjects a row stands; none where it is an aggregate that does not say it.
    pub fn stands_for(&self, table: &Table, row: usize) -> Option<u64> {
        let Some(column) = self.aggregate.as_deref() else {
            return Some(1);
        };
        let number = table.column(column).and_then(|it| it.facts.number(row));
        let number = number.and_then(|number| u64::try_from(number.to_i64()?).ok());
        let several = || {
            table
                .text(&self.key, row)
                .is_some_and(|key| key.starts_with('*'))
        };
        number.or_else(|| (!several()).then_some(1))
    }

    /// Gives what a reader calls a row, masked where it is personal; nothing where it has no title.
    pub fn title_shown(&self, table: &Table, row: usize) -> Option<String> {
        if self.title == self.key {
            return self.key_shown(table, row);
        }
        let title = table
            .text(&self.title, row)
            .filter(|title| !title.is_empty())?;
        Some(match self.hides(&self.title, title) {
            true => masked(title),
            false => title.to_owned(),
        })
    }
}
