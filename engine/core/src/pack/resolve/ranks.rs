//! Columns that say the place of each row among the others.

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use super::typing::{Expected, formula};
use crate::diag::{Code, Diagnostics};
use crate::model::{ColumnType, Unit};
use crate::pack::raw::{self, Entry, Node};
use crate::rules::{Derive, Expr, Formula, Rank, Reference, Type, Typed};
use crate::say;

impl Context<'_> {
    /// Reads the ranks, in the order written.
    pub fn ranks(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Derive> {
        let all = members::<raw::Rank>(file, "rank");
        all.into_iter()
            .filter_map(|(entry, raw)| self.rank(entry, raw, faults))
            .collect()
    }

    fn rank(
        &self,
        entry: &Entry,
        raw: Option<raw::Rank>,
        faults: &mut Diagnostics,
    ) -> Option<Derive> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        self.existing_table(entry, "table", &raw.table, faults)?;
        let by = entry.node.get("by")?;
        let by = self.ordered_by(by, &raw.table, faults);
        let within = entry.node.get("within");
        let within = within.map(|node| self.group(node, &raw.table, faults));
        let row = Some(raw.table.as_str());
        let filter = entry.node.get("where");
        let filter =
            filter.map(|node| formula(node, self.names, row, &Expected::Condition, faults));
        let rank = Rank {
            by: by?,
            within: match within {
                Some(read) => Some(read?),
                None => None,
            },
            // A `where` that cannot be read is not one that is not there.
            filter: match filter {
                Some(read) => Some(read?),
                None => None,
            },
            order: raw.order,
        };
        Some(Derive {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            table: raw.table,
            kind: ColumnType::Integer,
            unit: Unit::none(),
            formula: Formula::Rank(Box::new(rank)),
            source,
            place: entry.key_place.clone(),
        })
    }

    fn ordered_by(&self, node: &Node, table: &str, faults: &mut Diagnostics) -> Option<Typed> {
        let by = formula(node, self.names, Some(table), &Expected::Any, faults)?;
        if matches!(by.kind, Type::Number | Type::Date | Type::Moment) {
            return Some(by);
        }
        let message = say!(
            "si ordinano le righe per un numero, una data o un istante, e `by` non lo è",
            "rows are ordered by a number, a day or an instant, and `by` is none of them"
        );
        faults.push(refuse(Code::TypeMismatch, node, message).help(say!(
            "scrivere una formula che dia un numero, una data o un istante",
            "write a formula that gives a number, a day or an instant"
        )));
        None
    }

    /// A group is what rows have alike in a column, not in a formula that no reader would see.
    fn group(&self, node: &Node, table: &str, faults: &mut Diagnostics) -> Option<Typed> {
        let within = formula(node, self.names, Some(table), &Expected::Any, faults)?;
        if let Expr::Reference(Reference::Column(_) | Reference::Derived(_)) = within.expr {
            return Some(within);
        }
        let (text, message) = (
            &within.text,
            say!(
                "`within` vuole una colonna di `{table}`",
                "`within` takes a column of `{table}`"
            ),
        );
        faults.push(refuse(Code::InvalidRule, node, message).help(say!(
            "dare un nome a `{text}` in un blocco `[derive.…]`, e scrivere quel nome",
            "give `{text}` a name in a `[derive.…]` block, and write that name"
        )));
        None
    }
}
