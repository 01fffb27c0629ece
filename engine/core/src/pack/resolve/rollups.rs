//! Columns gathered from the rows of another table.

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use super::names::type_of;
use super::typing::{Expected, formula};
use super::values::unit_of;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{ColumnType, TableDecl};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, How};
use crate::rules::{Derive, Formula, Rollup, Type, Typed};
use crate::say;

impl Context<'_> {
    /// Reads the rollups, in the order written.
    pub fn rollups(&self, file: &raw::Node, faults: &mut Diagnostics) -> Vec<Derive> {
        let all = members::<raw::Rollup>(file, "rollup");
        all.into_iter()
            .filter_map(|(entry, raw)| self.rollup(entry, raw, faults))
            .collect()
    }

    fn rollup(
        &self,
        entry: &Entry,
        raw: Option<raw::Rollup>,
        faults: &mut Diagnostics,
    ) -> Option<Derive> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        let to = self.existing_table(entry, "to", &raw.to, faults);
        let from = self.existing_table(entry, "from", &raw.from, faults);
        let (to, from) = (to?, from?);
        self.check_by(entry, &raw.by, from, to, faults);
        self.check_kind(entry, raw.how, raw.kind, faults);
        let of = self.gathered(entry, &raw, faults);
        let filter = entry
            .node
            .get("where")
            .map(|node| self.over(node, from, &Expected::Condition, faults));
        Some(Derive {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            table: raw.to.clone(),
            kind: raw.kind,
            unit: unit_of(raw.kind, raw.unit.as_deref()),
            formula: Formula::Rollup(Box::new(Rollup {
                from: raw.from,
                by: raw.by,
                to: raw.to,
                how: raw.how,
                of: of?,
                // A `where` that cannot be read is not one that is not there.
                filter: match filter {
                    Some(read) => Some(read?),
                    None => None,
                },
            })),
            source,
            place: entry.key_place.clone(),
        })
    }

    fn over(
        &self,
        node: &raw::Node,
        table: &TableDecl,
        expected: &Expected,
        faults: &mut Diagnostics,
    ) -> Option<Typed> {
        formula(node, self.names, Some(&table.name), expected, faults)
    }

    /// Rows are gathered by a column that holds the keys of the table they are gathered to.
    fn check_by(
        &self,
        entry: &Entry,
        by: &str,
        from: &TableDecl,
        to: &TableDecl,
        faults: &mut Diagnostics,
    ) {
        let node = entry.node.find(&["by"]);
        let (from_name, to_name) = (&from.name, &to.name);
        let Some(column) = from.column(by) else {
            if self.names.broken.contains(by) {
                return;
            }
            let fault = refuse(
                Code::UnknownName,
                node,
                say!(
                    "la tabella `{from_name}` non ha una colonna `{by}`",
                    "the table `{from_name}` has no column `{by}`"
                ),
            );
            let known = from.columns.iter().map(|column| column.name.as_str());
            faults.push(fault.help(nearest(by, known).unwrap_or_else(|| {
                say!(
                    "nominare la colonna di `{from_name}` che rimanda a `{to_name}`",
                    "name the column of `{from_name}` that refers to `{to_name}`"
                )
            })));
            return;
        };
        if column.references.as_deref() == Some(to_name) {
            return;
        }
        let message = match &column.references {
            Some(other) => say!(
                "la colonna `{by}` di `{from_name}` rimanda a `{other}`, non a `{to_name}`",
                "the column `{by}` of `{from_name}` refers to `{other}`, not to `{to_name}`"
            ),
            None => say!(
                "la colonna `{by}` di `{from_name}` non rimanda a `{to_name}`",
                "the column `{by}` of `{from_name}` does not refer to `{to_name}`"
            ),
        };
        faults.push(refuse(Code::InvalidRule, node, message).help(say!(
            "nominare la colonna che ha `references = \"{to_name}\"`, o correggere `to`",
            "name the column that has `references = \"{to_name}\"`, or correct `to`"
        )));
    }

    /// What the rows become agrees with the type declared.
    fn check_kind(&self, entry: &Entry, how: How, kind: ColumnType, faults: &mut Diagnostics) {
        let (fits, it, en) = match how {
            How::Count | How::Sum => (type_of(kind) == Type::Number, "un numero", "a number"),
            How::Lowest | How::Highest => (
                matches!(type_of(kind), Type::Number | Type::Date),
                "un numero o una data",
                "a number or a date",
            ),
            How::Any | How::All => (type_of(kind) == Type::Bool, "un sì/no", "a yes/no"),
        };
        if fits {
            return;
        }
        let (how, kind) = (how.name(), kind.name());
        let message = say!(
            "`{how}` dà {it}, ma la colonna è di tipo `{kind}`",
            "`{how}` gives {en}, but the column is of type `{kind}`"
        );
        let fault = refuse(Code::TypeMismatch, entry.node.find(&["type"]), message);
        faults.push(fault.help(say!(
            "correggere `how`, o il `type` della colonna",
            "correct `how`, or the `type` of the column"
        )));
    }

    /// Reads `of`; an inner none is that of rows that are counted.
    fn gathered(
        &self,
        entry: &Entry,
        raw: &raw::Rollup,
        faults: &mut Diagnostics,
    ) -> Option<Option<Typed>> {
        let (id, how) = (&entry.key, raw.how.name());
        match (raw.how, entry.node.get("of")) {
            (How::Count, None) => Some(None),
            (How::Count, Some(node)) => {
                let message = say!(
                    "`count` conta le righe e non legge `of`",
                    "`count` counts rows and does not read `of`"
                );
                faults.push(refuse(Code::InvalidRule, node, message).help(say!(
                    "scrivere la condizione in `where`, o cambiare `how`",
                    "write the condition in `where`, or change `how`"
                )));
                None
            }
            (_, None) => {
                let fault = Diagnostic::error(
                    Code::MissingKey,
                    say!(
                        "`{id}` non dice di che cosa fare `{how}`",
                        "`{id}` does not say what to take the `{how}` of"
                    ),
                );
                faults.push(fault.at(entry.key_place.clone()).help(say!(
                    "aggiungere `of = \"…\"`: una formula su una riga di `from`",
                    "add `of = \"…\"`: a formula over a row of `from`"
                )));
                None
            }
            (_, Some(node)) => {
                let unit = unit_of(raw.kind, raw.unit.as_deref());
                let expected = match type_of(raw.kind) {
                    Type::Number => Expected::Unit(unit),
                    Type::Bool => Expected::Condition,
                    Type::Date => Expected::Date,
                    Type::Text | Type::Moment => Expected::Any,
                };
                formula(node, self.names, Some(&raw.from), &expected, faults).map(Some)
            }
        }
    }
}
