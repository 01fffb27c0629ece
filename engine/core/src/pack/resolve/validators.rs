//! Reads the judgements of the facts that native plugins give.

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use crate::diag::{Code, Diagnostics};
use crate::pack::raw::native as raw;
use crate::pack::raw::{Entry, Node};
use crate::rules::Validator;
use crate::say;

impl Context<'_> {
    /// Reads the validators, in the order written.
    pub fn validators(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Validator> {
        let all = members::<raw::Validator>(file, "validator");
        let read = all
            .into_iter()
            .filter_map(|(entry, raw)| self.validator(entry, raw, faults));
        read.collect()
    }

    fn validator(
        &self,
        entry: &Entry,
        raw: Option<raw::Validator>,
        faults: &mut Diagnostics,
    ) -> Option<Validator> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        let native = self.named(entry, faults);
        let list = entry.node.find(&["tables"]);
        if raw.tables.is_empty() {
            let message = say!(
                "il validatore non guarda alcuna tabella",
                "the validator looks at no table"
            );
            faults.push(refuse(Code::InvalidRule, list, message).help(say!(
                "nominare le tabelle: `tables = [\"comuni\"]`",
                "name the tables: `tables = [\"comuni\"]`"
            )));
            return None;
        }
        let tables = self.tables_named(list.items(), faults);
        Some(Validator {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            native: native?,
            tables: tables?,
            source,
            place: entry.key_place.clone(),
        })
    }
}
