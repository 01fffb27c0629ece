//! What a native plugin is asked for: its capability by name; of a column, also of what and over
//! which tables.

use super::blocks::{malformed, refuse};
use super::formulas::Context;
use super::names::type_of;
use super::typing::{Expected, formula};
use crate::diag::{Code, Diagnostics};
use crate::model::ColumnType;
use crate::native::{NativeKind, Signature};
use crate::pack::nearest;
use crate::pack::raw::{Entry, Node};
use crate::rules::{Capability, Formula, Native, Type, Typed};
use crate::say;

/// Reads the name of a capability, `plugin.function`.
pub(super) fn capability(node: &Node, faults: &mut Diagnostics) -> Option<(String, String)> {
    let text = node.as_text()?;
    let found = text.split_once('.').filter(|(plugin, name)| {
        let named = |part: &str| {
            let mut letters = part.chars();
            let first = letters.next().is_some_and(|c| c.is_ascii_lowercase());
            first && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        named(plugin) && named(name)
    });
    if found.is_none() {
        let message = say!(
            "`{text}` non è il nome di qualcosa che un plugin sa fare",
            "`{text}` is not the name of something that a plugin can do"
        );
        faults.push(malformed(node, message).help(say!(
            "scrivere il plugin, un punto e il nome: `regione.funzione`",
            "write the plugin, a point and the name: `region.function`"
        )));
    }
    found.map(|(plugin, name)| (plugin.to_owned(), name.to_owned()))
}

impl Context<'_> {
    /// Reads the capability that a block names as its `native`.
    pub(super) fn named(&self, block: &Entry, faults: &mut Diagnostics) -> Option<Capability> {
        let node = block.node.get("native")?;
        let (plugin, name) = capability(node, faults)?;
        Some(Capability {
            natives: self.natives.clone(),
            plugin,
            name,
            place: node.place.clone(),
        })
    }

    /// Reads the formula of a column that a plugin computes.
    pub(super) fn native(
        &self,
        entry: &Entry,
        table: &str,
        kind: ColumnType,
        faults: &mut Diagnostics,
    ) -> Option<Formula> {
        let node = entry.node.get("native")?;
        let (plugin, function) = capability(node, faults)?;
        let signature = match self.natives.signature(&plugin, &function) {
            Ok(signature) => signature,
            Err(fault) => {
                let (id, fault) = (&entry.key, *fault);
                let waits = say!(
                    "la colonna che lo aspetta: `{id}`",
                    "the column that waits for it: `{id}`"
                );
                let place = node.place.clone();
                faults.push(fault.at(place).related(entry.key_place.clone(), waits));
                return None;
            }
        };
        let takes = self.takes(entry, node, table, &signature, faults);
        let reads = self.reads(entry, node, &signature, faults);
        if kind_of(type_of(kind)) != Some(signature.gives) {
            let (name, gives) = (kind.name(), said(signature.gives));
            let message = say!(
                "`{function}` dà {gives}, e la colonna è di tipo `{name}`",
                "`{function}` gives {gives}, and the column is of type `{name}`"; gives = gives
            );
            let fault = refuse(Code::TypeMismatch, node, message);
            faults.push(fault.help(say!(
                "correggere il `type` della colonna, o chiamare un'altra funzione",
                "correct the `type` of the column, or call another function"
            )));
            return None;
        }
        Some(Formula::Native(Native {
            natives: self.natives.clone(),
            plugin,
            function,
            kinds: signature.takes.iter().map(|(_, kind)| *kind).collect(),
            takes: takes?,
            reads: reads?,
        }))
    }

    fn takes(
        &self,
        entry: &Entry,
        node: &Node,
        table: &str,
        signature: &Signature,
        faults: &mut Diagnostics,
    ) -> Option<Vec<Typed>> {
        let given = entry.node.get("takes").map_or(&[][..], Node::items);
        let wanted = &signature.takes;
        if given.len() != wanted.len() {
            let names: Vec<&str> = wanted.iter().map(|(name, _)| name.as_str()).collect();
            let (count, names) = (given.len(), names.join(", "));
            let message = say!(
                "la funzione prende ({names}), e `takes` ha {count} formule",
                "the function takes ({names}), and `takes` has {count} formulas"
            );
            let at = entry.node.get("takes").unwrap_or(node);
            faults.push(refuse(Code::UnknownFunction, at, message).help(say!(
                "scrivere una formula per ogni argomento, nell'ordine",
                "write a formula for each argument, in order"
            )));
            return None;
        }
        let read = given.iter().zip(wanted).map(|(node, (name, kind))| {
            let expected = match kind {
                NativeKind::Number => Expected::Number,
                NativeKind::Bool => Expected::Condition,
                NativeKind::Date => Expected::Date,
                NativeKind::Text => Expected::Any,
            };
            let typed = formula(node, self.names, Some(table), &expected, faults)?;
            if kind_of(typed.kind) == Some(*kind) {
                return Some(typed);
            }
            let wanted = said(*kind);
            let message = say!(
                "l'argomento `{name}` vuole {wanted}",
                "the argument `{name}` takes {wanted}"; wanted = wanted
            );
            faults.push(refuse(Code::TypeMismatch, node, message).help(say!(
                "scrivere una formula di quel tipo",
                "write a formula of that type"
            )));
            None
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }

    fn reads(
        &self,
        entry: &Entry,
        node: &Node,
        signature: &Signature,
        faults: &mut Diagnostics,
    ) -> Option<Vec<String>> {
        let given = entry.node.get("reads").map_or(&[][..], Node::items);
        let wanted = &signature.reads;
        if given.len() != wanted.len() {
            let names = wanted.join(", ");
            let count = given.len();
            let message = say!(
                "la funzione legge anche le tabelle ({names}), e `reads` ne nomina {count}",
                "the function also reads the tables ({names}), and `reads` names {count}"
            );
            let at = entry.node.get("reads").unwrap_or(node);
            faults.push(refuse(Code::UnknownFunction, at, message).help(say!(
                "nominare una tabella della misura per ognuna, nell'ordine",
                "name a table of the measure for each, in order"
            )));
            return None;
        }
        self.tables_named(given, faults)
    }

    /// Reads the names of tables, and tells every one that is not there.
    pub(super) fn tables_named(
        &self,
        given: &[Node],
        faults: &mut Diagnostics,
    ) -> Option<Vec<String>> {
        let read = given.iter().map(|node| {
            let name = node.as_text()?;
            if self.names.table(name).is_some() {
                return Some(name.to_owned());
            }
            if !self.names.broken.contains(name) {
                let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
                let known = self.names.tables.iter().map(|table| table.name.as_str());
                let help = nearest(name, known).unwrap_or_else(|| {
                    say!(
                        "dichiararla con `[table.{name}]`",
                        "declare it with `[table.{name}]`"
                    )
                });
                faults.push(refuse(Code::UnknownName, node, message).help(help));
            }
            None
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }
}

/// What a plugin calls a type of formulas; an instant has no native type.
fn kind_of(kind: Type) -> Option<NativeKind> {
    Some(match kind {
        Type::Number => NativeKind::Number,
        Type::Bool => NativeKind::Bool,
        Type::Text => NativeKind::Text,
        Type::Date => NativeKind::Date,
        Type::Moment => return None,
    })
}

fn said(kind: NativeKind) -> crate::diag::Text {
    match kind {
        NativeKind::Number => say!("un numero", "a number"),
        NativeKind::Text => say!("un testo", "a text"),
        NativeKind::Bool => say!("un sì/no", "a yes/no"),
        NativeKind::Date => say!("una data", "a date"),
    }
}
