//! Derived columns, totals and checks: the blocks that are a formula.

use std::sync::Arc;

use super::blocks::{Acts, label, members, refuse};
use super::names::{Names, type_of};
use super::tables::table_help;
use super::typing::{Expected, formula};
use super::values::{unit, unit_of};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{ColumnType, TableDecl, Unit};
use crate::native::Natives;
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node};
use crate::rules::{Check, Derive, Expr, Formula, Scripts, Total, Type, Typed};
use crate::say;
use crate::script::{FunctionDecl, Script};

/// What formulas are read against.
pub struct Context<'c> {
    /// The acts that can be cited.
    pub acts: &'c Acts,
    /// Every name.
    pub names: &'c Names,
    /// The scripts, the nearest first.
    pub scripts: &'c Scripts,
    /// Whether one of them is faulty: then a function that is not found may be there.
    pub scripts_lost: bool,
    /// The native plugins of the Region.
    pub natives: &'c Arc<dyn Natives>,
}

impl Context<'_> {
    /// Reads the derived columns, in the order written.
    pub fn derives(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Derive> {
        let all = members::<raw::Derive>(file, "derive");
        all.into_iter()
            .filter_map(|(entry, raw)| self.derive(entry, raw, faults))
            .collect()
    }

    fn derive(
        &self,
        entry: &Entry,
        raw: Option<raw::Derive>,
        faults: &mut Diagnostics,
    ) -> Option<Derive> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        self.existing_table(entry, "table", &raw.table, faults)?;
        let counted = unit_of(raw.kind, raw.unit.as_deref());
        let value = entry.node.get("value");
        if let (Some(node), Some(_)) = (entry.node.get("native"), value) {
            let message = say!(
                "la colonna ha sia `value` sia `native`",
                "the column has both `value` and `native`"
            );
            faults.push(refuse(Code::InvalidRule, node, message).help(say!(
                "tenerne uno: la formula, o la funzione del plugin",
                "keep one: the formula, or the function of the plugin"
            )));
            return None;
        }
        let formula = match value {
            None if raw.native.is_some() => self.native(entry, &raw.table, raw.kind, faults)?,
            Some(node) => {
                let expected = expected(raw.kind, &counted);
                let typed = formula(node, self.names, Some(&raw.table), &expected, faults)?;
                check_type(node, &typed, raw.kind, faults);
                Formula::Line(typed)
            }
            None => self.function(entry, &raw.table, faults)?,
        };
        Some(Derive {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            table: raw.table,
            kind: raw.kind,
            unit: counted,
            formula,
            source,
            place: entry.key_place.clone(),
        })
    }

    /// Finds the table that a key of a block names.
    pub(super) fn existing_table(
        &self,
        entry: &Entry,
        key: &str,
        name: &str,
        faults: &mut Diagnostics,
    ) -> Option<&TableDecl> {
        let found = self.names.table(name);
        if found.is_none() && !self.names.broken.contains(name) {
            let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
            let help = table_help(name, self.names.tables.iter().map(|t| t.name.as_str()));
            let fault = refuse(Code::UnknownName, entry.node.find(&[key]), message);
            faults.push(fault.help(help));
        }
        found
    }

    fn function(&self, entry: &Entry, table: &str, faults: &mut Diagnostics) -> Option<Formula> {
        let id = &entry.key;
        let found = self.scripts.function(id);
        let Some((script, function)) = found else {
            if self.scripts_lost {
                return None;
            }
            let fault = Diagnostic::error(
                Code::UnknownFunction,
                say!(
                    "`{id}` non ha `value`, e nel file `.rhai` della misura non c'è una funzione `{id}`",
                    "`{id}` has no `value`, and the measure's `.rhai` file has no function `{id}`"
                ),
            );
            let help = nearest(id, self.scripts.names()).unwrap_or_else(|| {
                say!(
                    "scrivere `value = \"…\"`, oppure `fn {id}(…) {{ … }}` nel file `.rhai`",
                    "write `value = \"…\"`, or `fn {id}(…) {{ … }}` in the `.rhai` file"
                )
            });
            faults.push(fault.at(entry.key_place.clone()).help(help));
            return None;
        };
        let inputs: Vec<Option<Typed>> = function
            .parameters
            .iter()
            .map(|name| self.input(name, function, table, faults))
            .collect();
        let inputs = inputs.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Formula::Function {
            script: Arc::clone(script),
            function: id.clone(),
            inputs,
        })
    }

    /// A parameter of a function is a name of the measure: the function says what it reads.
    fn input(
        &self,
        name: &str,
        function: &FunctionDecl,
        table: &str,
        faults: &mut Diagnostics,
    ) -> Option<Typed> {
        if let Some(found) = self.names.find(name, Some(table)) {
            if found.kind == Type::Moment {
                faults.push(no_instants(function, name));
                return None;
            }
            let unit = found.counted();
            return Some(Typed {
                expr: Expr::Reference(found.reference),
                text: name.to_owned(),
                kind: found.kind,
                unit,
            });
        }
        if self.names.broken.contains(name) {
            return None;
        }
        let of = &function.name;
        let fault = Diagnostic::error(
            Code::UnknownName,
            say!(
                "la funzione `{of}` legge `{name}`, che non è dichiarato",
                "the function `{of}` reads `{name}`, which is not declared"
            ),
        );
        let mut known = self.names.known(Some(table));
        known.retain(|known| known != of);
        let help = nearest(name, known.iter().copied()).unwrap_or_else(|| {
            let list = known
                .iter()
                .map(|k| format!("`{k}`"))
                .collect::<Vec<_>>()
                .join(", ");
            say!(
                "gli argomenti di una funzione sono nomi della misura: {list}",
                "the arguments of a function are names of the measure: {list}"
            )
        });
        faults.push(fault.at(function.place.clone()).help(help));
        None
    }

    /// Reads the totals, in the order written.
    pub fn totals(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Total> {
        let all = members::<raw::Total>(file, "total");
        let read = all.into_iter().filter_map(|(entry, raw)| {
            let raw = raw?;
            let node = entry.node.get("value")?;
            let expected = match raw.unit.as_deref() {
                Some(name) => Expected::Unit(unit(name)),
                None => Expected::Unit(Unit::none()),
            };
            let value = formula(node, self.names, None, &expected, faults)?;
            Some(Total {
                id: entry.key.clone(),
                label: label(&raw.label, raw.label_en.as_deref()),
                value,
                note: raw.note,
                place: node.place.clone(),
            })
        });
        read.collect()
    }

    /// Reads the checks, in the order written.
    pub fn checks(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Check> {
        let all = members::<raw::Check>(file, "check");
        let read = all.into_iter().filter_map(|(entry, raw)| {
            let source = self.acts.source(entry, faults);
            let node = entry.node.get("that")?;
            let that = formula(node, self.names, None, &Expected::Condition, faults);
            let raw = raw?;
            Some(Check {
                id: entry.key.clone(),
                label: label(&raw.label, raw.label_en.as_deref()),
                that: that?,
                source,
                place: node.place.clone(),
            })
        });
        read.collect()
    }
}

fn no_instants(function: &FunctionDecl, name: &str) -> Diagnostic {
    let of = &function.name;
    let message = say!(
        "la funzione `{of}` legge `{name}`, che è un istante: uno script legge solo giorni",
        "the function `{of}` reads `{name}`, which is an instant: a script reads days only"
    );
    Diagnostic::error(Code::TypeMismatch, message)
        .at(function.place.clone())
        .help(say!(
            "confrontare gli istanti in una formula su una riga, o usare una colonna di tipo `date`",
            "compare instants in a one-line formula, or use a column of type `date`"
        ))
}

fn expected(kind: ColumnType, counted: &Unit) -> Expected {
    match type_of(kind) {
        Type::Number => Expected::Unit(counted.clone()),
        Type::Bool => Expected::Condition,
        Type::Text | Type::Date | Type::Moment => Expected::Any,
    }
}

fn check_type(node: &Node, typed: &Typed, kind: ColumnType, faults: &mut Diagnostics) {
    let judged_before = matches!(type_of(kind), Type::Number | Type::Bool);
    if !judged_before && typed.kind != type_of(kind) {
        let name = kind.name();
        let message = say!(
            "la formula non dà il tipo `{name}`",
            "the formula does not give type `{name}`"
        );
        let fault = refuse(Code::TypeMismatch, node, message);
        faults.push(fault.help(say!(
            "correggere la formula, o il `type` della colonna",
            "correct the formula, or the `type` of the column"
        )));
    }
}

impl Scripts {
    fn function(&self, name: &str) -> Option<(&Arc<Script>, &FunctionDecl)> {
        self.0.iter().find_map(|script| {
            let function = script.functions().iter().find(|f| f.name == name)?;
            Some((script, function))
        })
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .flat_map(|script| script.functions())
            .map(|f| f.name.as_str())
    }
}
