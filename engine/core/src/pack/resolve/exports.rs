//! Reads the files that native plugins write from the lists of a measure.

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use crate::diag::{Code, Diagnostics};
use crate::pack::nearest;
use crate::pack::raw::native as raw;
use crate::pack::raw::{Entry, Node};
use crate::rules::Export;
use crate::say;

impl Context<'_> {
    /// Reads the exports, in the order written.
    pub fn exports(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Export> {
        let lists = file.get("register").map(Node::entries).unwrap_or_default();
        let all = members::<raw::Export>(file, "export");
        let read = all
            .into_iter()
            .filter_map(|(entry, raw)| self.export(entry, raw, lists, faults));
        read.collect()
    }

    fn export(
        &self,
        entry: &Entry,
        raw: Option<raw::Export>,
        lists: &[Entry],
        faults: &mut Diagnostics,
    ) -> Option<Export> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        let native = self.named(entry, faults);
        let name = &raw.register;
        if lists.iter().all(|list| list.key != *name) {
            let message = say!("non c'è un elenco `{name}`", "there is no list `{name}`");
            let known = lists.iter().map(|list| &*list.key);
            let help = nearest(name, known).unwrap_or_else(|| {
                say!(
                    "dichiararlo: `[register.{name}]` con le sue colonne",
                    "declare it: `[register.{name}]` with its columns"
                )
            });
            let node = entry.node.find(&["register"]);
            faults.push(refuse(Code::UnknownName, node, message).help(help));
            return None;
        }
        Some(Export {
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            native: native?,
            register: raw.register,
            source,
            place: entry.key_place.clone(),
        })
    }
}
