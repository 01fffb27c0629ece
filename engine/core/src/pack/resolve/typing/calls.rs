//! The functions that a formula can call: over a whole table, or over some numbers.

use super::{Part, Typing, numeric};
use crate::diag::Code;
use crate::num::Rounding;
use crate::pack::nearest;
use crate::pack::resolve::names::Found;
use crate::pack::resolve::tables::table_help;
use crate::rules::{Expr, Fold, Type};
use crate::say;
use crate::script::expression::{At, Syntax};

impl Typing<'_> {
    /// Gives a call its meaning, by the name of the function.
    pub(super) fn call(&mut self, function: &str, arguments: &[Syntax], at: At) -> Option<Part> {
        let fold = match function {
            "sum" => Fold::Sum,
            "lowest" => Fold::Least,
            "highest" => Fold::Greatest,
            "count" => return self.count(arguments, at),
            "min" | "max" => return self.extreme(function == "min", arguments, at),
            "abs" => return self.absolute(arguments, at),
            "round" => return self.round(arguments, at),
            "floor" => return self.whole(Rounding::Floor, arguments, at),
            "ceiling" => return self.whole(Rounding::Ceiling, arguments, at),
            "if" => return self.choice(arguments, at),
            "days" => return self.days(arguments, at),
            "date" => return self.day(arguments, at),
            "is_missing" => return self.is_missing(arguments, at),
            "is_assumption" => return self.is_assumption(arguments, at),
            "one_of" => return self.one_of(arguments, at),
            _ => return self.unknown_function(function, at),
        };
        let [Syntax::Member { of, name, at }] = arguments else {
            let message = say!(
                "`{function}` vuole una colonna di una tabella",
                "`{function}` takes a column of a table"
            );
            let help = say!(
                "scrivere `{function}(tabella.colonna)`",
                "write `{function}(table.column)`"
            );
            self.fault(Code::UnknownFunction, at, message, Some(help));
            return None;
        };
        let found = self.table_column(of, name, *at)?;
        if found.kind != Type::Number {
            let message = say!(
                "`{of}.{name}` non è un numero",
                "`{of}.{name}` is not a number"
            );
            let help = say!(
                "`count({of})` conta le righe; `{function}` vuole una colonna di numeri",
                "`count({of})` counts the rows; `{function}` takes a column of numbers"
            );
            self.fault(Code::TypeMismatch, *at, message, Some(help));
            return None;
        }
        let column = Some(found.reference);
        let expr = Expr::Fold {
            fold,
            table: of.clone(),
            column,
        };
        Some(numeric(expr, Some(found.unit)))
    }

    /// Finds a column or derived column of a table.
    pub(super) fn table_column(&mut self, table: &str, name: &str, at: At) -> Option<Found> {
        let Some(declared) = self.names.table(table) else {
            if !self.names.broken.contains(table) {
                let known = self.names.tables.iter().map(|t| t.name.as_str());
                let help = table_help(table, known);
                let message = say!(
                    "non c'è una tabella `{table}`",
                    "there is no table `{table}`"
                );
                self.fault(Code::UnknownName, at, message, Some(help));
            }
            return None;
        };
        let found = self.names.column(table, name);
        if found.is_none() && !self.names.broken.contains(name) {
            let known = declared.columns.iter().map(|column| column.name.as_str());
            let help = nearest(name, known).unwrap_or_else(|| {
                say!(
                    "dichiararla: `[table.{table}.column.{name}]`",
                    "declare it: `[table.{table}.column.{name}]`"
                )
            });
            let message = say!(
                "la tabella `{table}` non ha una colonna `{name}`",
                "the table `{table}` has no column `{name}`"
            );
            self.fault(Code::UnknownName, at, message, Some(help));
        }
        found
    }

    fn count(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [Syntax::Name { name, .. }] = arguments else {
            let message = say!("`count` vuole una tabella", "`count` takes a table");
            let help = say!("scrivere `count(tabella)`", "write `count(table)`");
            self.fault(Code::UnknownFunction, at, message, Some(help));
            return None;
        };
        if self.names.table(name).is_none() {
            if !self.names.broken.contains(name) {
                let help = table_help(name, self.names.tables.iter().map(|t| t.name.as_str()));
                let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
                self.fault(Code::UnknownName, at, message, Some(help));
            }
            return None;
        }
        let expr = Expr::Fold {
            fold: Fold::Count,
            table: name.clone(),
            column: None,
        };
        Some(numeric(expr, None))
    }

    fn extreme(&mut self, least: bool, arguments: &[Syntax], at: At) -> Option<Part> {
        let parts: Vec<Option<Part>> = arguments.iter().map(|a| self.part(a)).collect();
        let parts: Vec<Part> = parts.into_iter().collect::<Option<_>>()?;
        let days = parts.first().is_some_and(|part| part.kind == Type::Date);
        let kind = if days { Type::Date } else { Type::Number };
        let mut unit = None;
        for (part, argument) in parts.iter().zip(arguments) {
            self.need(part, kind, argument.at());
            unit = self.same_unit(unit.as_ref(), part.unit.as_ref(), argument.at());
        }
        if parts.is_empty() {
            let message = say!(
                "qui serve almeno un numero",
                "at least one number is needed here"
            );
            let help = say!("scrivere `min(a, b)`", "write `min(a, b)`");
            self.fault(Code::UnknownFunction, at, message, Some(help));
            return None;
        }
        let exprs = parts.into_iter().map(|part| part.expr).collect();
        let expr = if least {
            Expr::Least(exprs)
        } else {
            Expr::Greatest(exprs)
        };
        Some(Part { expr, kind, unit })
    }

    fn absolute(&mut self, arguments: &[Syntax], at: At) -> Option<Part> {
        let [argument] = arguments else {
            let message = say!("`abs` vuole un numero solo", "`abs` takes one number");
            let help = say!("scrivere `abs(a - b)`", "write `abs(a - b)`");
            self.fault(Code::UnknownFunction, at, message, Some(help));
            return None;
        };
        let part = self.part(argument)?;
        self.need(&part, Type::Number, argument.at());
        Some(numeric(Expr::Absolute(part.expr.into()), part.unit))
    }

    fn unknown_function(&mut self, function: &str, at: At) -> Option<Part> {
        let known = [
            "sum",
            "lowest",
            "highest",
            "count",
            "min",
            "max",
            "abs",
            "round",
            "floor",
            "ceiling",
            "if",
            "days",
            "date",
            "is_missing",
            "is_assumption",
            "one_of",
        ];
        let help = nearest(function, known.into_iter()).unwrap_or_else(|| {
            say!(
                "una formula più ricca si scrive come funzione nel file `.rhai` della misura",
                "a richer formula is written as a function in the measure's `.rhai` file"
            )
        });
        let message = say!(
            "non c'è una funzione `{function}`",
            "there is no function `{function}`"
        );
        self.fault(Code::UnknownFunction, at, message, Some(help));
        None
    }
}
