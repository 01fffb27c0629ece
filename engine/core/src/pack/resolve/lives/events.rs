//! Reads which table the events of a life are in, and what each of its columns says.

use super::Reader;
use super::transitions::declare_or_name;
use crate::diag::Code;
use crate::model::TableDecl;
use crate::pack::nearest;
use crate::pack::raw::life as raw;
use crate::pack::resolve::blocks::refuse;
use crate::pack::resolve::names::type_of;
use crate::rules::{EventTable, Transition, Type};
use crate::say;

impl Reader<'_> {
    pub(super) fn events(
        &mut self,
        life: &raw::Life,
        table: &TableDecl,
        transitions: &[Transition],
    ) -> Option<EventTable> {
        let roles = transitions.iter().any(|t| !t.roles.is_empty());
        let reasons = transitions.iter().any(|t| t.needs_reason);
        let mut column = |key, written: &Option<String>, needed| {
            self.column(table, key, written.as_deref(), needed)
        };
        // Each column is judged before any stops the others.
        let sheet = column("sheet", &life.sheet, true);
        let at = column("at", &life.at, true);
        let transition = column("transition", &life.transition, true);
        let actor = column("actor", &life.actor, false);
        let role = column("role", &life.role, roles);
        let reason = column("reason", &life.reason, reasons);
        Some(EventTable {
            table: table.name.clone(),
            sheet: sheet?,
            at: at?,
            transition: transition?,
            actor,
            role,
            reason,
        })
    }

    /// Finds the column that says `key`, by the name written or by that of the key; none where it
    /// is neither written nor needed, or faulty.
    fn column(
        &mut self,
        table: &TableDecl,
        key: &str,
        written: Option<&str>,
        needed: bool,
    ) -> Option<String> {
        let name = written.unwrap_or(key);
        let node = self.entry.node.get(key);
        let node = node.unwrap_or_else(|| self.entry.node.find(&["events"]));
        let Some(column) = table.column(name) else {
            if (needed || written.is_some()) && !self.names.broken.contains(name) {
                let events = &table.name;
                let message = say!(
                    "la tabella degli eventi `{events}` non ha una colonna `{name}`",
                    "the table of events `{events}` has no column `{name}`"
                );
                let known = table.columns.iter().map(|column| column.name.as_str());
                let help = nearest(name, known).unwrap_or_else(|| match written {
                    Some(_) => declare_or_name(),
                    None => say!(
                        "dichiararla, o dire nella vita quale colonna la sostituisce: `{key} = \"…\"`",
                        "declare it, or say in the life which column stands for it: `{key} = \"…\"`"
                    ),
                });
                self.tell(refuse(Code::UnknownName, node, message).help(help));
            }
            return None;
        };
        let (expected, type_name) = match key {
            "at" => (Type::Moment, "instant"),
            _ => (Type::Text, "text"),
        };
        if type_of(column.kind) != expected {
            let (kind, events) = (column.kind.name(), &table.name);
            let message = say!(
                "la colonna `{name}` di `{events}` è di tipo `{kind}`, e serve `{type_name}`",
                "the column `{name}` of `{events}` is of type `{kind}`, `{type_name}` is needed"
            );
            self.tell(refuse(Code::TypeMismatch, node, message).help(say!(
                "correggere il `type` della colonna, o dire qui quale altra la sostituisce: `{key} = \"…\"`",
                "correct the `type` of the column, or say here which other stands for it: `{key} = \"…\"`"
            )));
        }
        Some(name.to_owned())
    }
}
