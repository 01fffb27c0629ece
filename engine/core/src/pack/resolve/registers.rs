//! Reads the lists of rows that a pack gives out for other offices.

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use super::typing::{Expected, formula};
use crate::diag::{Code, Diagnostics};
use crate::pack::raw::register as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::rules::{Register, Typed};
use crate::say;

impl Context<'_> {
    /// Reads the registers, in the order written.
    pub fn registers(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Register> {
        let all = members::<raw::Register>(file, "register");
        let read = all
            .into_iter()
            .filter_map(|(entry, raw)| self.register(entry, raw, faults));
        read.collect()
    }

    fn register(
        &self,
        entry: &Entry,
        raw: Option<raw::Register>,
        faults: &mut Diagnostics,
    ) -> Option<Register> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        self.existing_table(entry, "of", &raw.of, faults)?;
        let filter = entry.node.get("where").map(|node| {
            formula(
                node,
                self.names,
                Some(&raw.of),
                &Expected::Condition,
                faults,
            )
        });
        let columns = self.columns(entry.node.find(&["columns"]), &raw.of, faults);
        Some(Register {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            filter: match filter {
                Some(filter) => Some(filter?),
                None => None,
            },
            columns: columns?,
            table: raw.of,
            source,
            place: entry.key_place.clone(),
        })
    }

    /// Reads every column before any stops the list.
    fn columns(&self, list: &Node, table: &str, faults: &mut Diagnostics) -> Option<Vec<Typed>> {
        let Value::List(items) = &list.value else {
            return None;
        };
        if items.is_empty() {
            let message = say!("l'elenco non ha colonne", "the list has no columns");
            let fault = refuse(Code::InvalidRule, list, message);
            faults.push(fault.help(say!(
                "nominare le colonne: `columns = [\"comune\", \"posti\"]`",
                "name the columns: `columns = [\"comune\", \"posti\"]`"
            )));
            return None;
        }
        let read = items.iter();
        let read: Vec<Option<Typed>> = read
            .map(|item| formula(item, self.names, Some(table), &Expected::Any, faults))
            .collect();
        read.into_iter().collect()
    }
}
