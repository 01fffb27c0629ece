//! The words that a column can hold: a text it is compared with is one of them.

use super::{Part, Typing};
use crate::diag::{Code, Text};
use crate::model::ColumnDecl;
use crate::pack::nearest;
use crate::rules::{Expr, Reference};
use crate::say;
use crate::script::expression::Syntax;

impl<'t> Typing<'t> {
    /// Refuses a text in quotes that `part`, a column of few words, never holds.
    pub(super) fn check_word(&mut self, part: &Part, other: &Syntax) {
        let (Some(column), Syntax::Text { value, at }) = (self.worded(&part.expr), other) else {
            return;
        };
        if column.values.is_empty() || column.values.contains(value) {
            return;
        }
        let name = &column.name;
        let message = say!(
            "la colonna `{name}` non contiene mai `{value}`",
            "the column `{name}` never holds `{value}`"
        );
        let help = nearest(value, column.values.iter().map(String::as_str));
        let help = help.unwrap_or_else(|| its_words(column));
        self.fault(Code::UnknownName, *at, message, Some(help));
    }

    /// The declaration of the column that an expression is.
    fn worded(&self, expr: &Expr) -> Option<&'t ColumnDecl> {
        let (table, name) = match expr {
            Expr::Reference(Reference::Column(name)) => (self.row?, name),
            Expr::Through {
                table,
                of: Reference::Column(name),
                ..
            } => (table.as_str(), name),
            _ => return None,
        };
        let names = self.names;
        names.table(table)?.column(name)
    }
}

fn its_words(column: &ColumnDecl) -> Text {
    let words = column.values.iter().map(|word| format!("`{word}`"));
    let words = words.collect::<Vec<_>>().join(", ");
    say!(
        "contiene una di queste parole: {words}",
        "it holds one of these words: {words}"
    )
}
