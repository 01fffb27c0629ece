//! Reads decisions: the conditions of a table's rows, and the derogations that lift them.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use super::tables::table_help;
use super::typing::{Expected, formula};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::pack::nearest;
use crate::pack::raw::eligibility as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::rules::{Condition, Eligibility, Exception, VerdictWords};
use crate::say;

/// The derogations of a measure, by the decision and the condition that they lift.
type Lifting = BTreeMap<(String, String), Vec<Exception>>;

impl Context<'_> {
    /// Reads the decisions, in the order written, each condition with what lifts it.
    pub fn eligibilities(&self, file: &Node, faults: &mut Diagnostics) -> Vec<Eligibility> {
        let lifting = self.exceptions(file, faults);
        let all = members::<raw::Eligibility>(file, "eligibility");
        let read = all
            .into_iter()
            .filter_map(|(entry, raw)| self.eligibility(entry, raw, &lifting, faults));
        read.collect()
    }

    fn eligibility(
        &self,
        entry: &Entry,
        raw: Option<raw::Eligibility>,
        lifting: &Lifting,
        faults: &mut Diagnostics,
    ) -> Option<Eligibility> {
        let source = self.acts.source(entry, faults);
        let raw = raw?;
        if self.names.table(&raw.of).is_none() {
            if !self.names.broken.contains(&raw.of) {
                let table = &raw.of;
                let message = say!(
                    "non c'è una tabella `{table}`",
                    "there is no table `{table}`"
                );
                let help = table_help(table, self.names.tables.iter().map(|t| t.name.as_str()));
                let fault = refuse(Code::UnknownName, entry.node.find(&["of"]), message);
                faults.push(fault.help(help));
            }
            return None;
        }
        if raw.yes.is_some() != raw.no.is_some() {
            faults.push(one_word(entry));
        }
        let written = members::<raw::Condition>(&entry.node, "condition");
        if written.is_empty() {
            faults.push(no_condition(entry));
        }
        let conditions = written.into_iter().filter_map(|(named, raw_condition)| {
            let source = self.acts.source(named, faults);
            let that = named.node.get("that")?;
            let typed = formula(
                that,
                self.names,
                Some(&raw.of),
                &Expected::Condition,
                faults,
            );
            let raw_condition = raw_condition?;
            let of = (entry.key.clone(), named.key.clone());
            Some(Condition {
                id: named.key.clone(),
                label: label(&raw_condition.label, raw_condition.label_en.as_deref()),
                that: typed?,
                exceptions: lifting.get(&of).cloned().unwrap_or_default(),
                source,
                place: that.place.clone(),
            })
        });
        Some(Eligibility {
            conditions: conditions.collect(),
            gives: self.given(&entry.node, &raw.of, faults),
            id: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            words: VerdictWords {
                yes: raw.yes.map(|yes| label(&yes, raw.yes_en.as_deref())),
                no: raw.no.map(|no| label(&no, raw.no_en.as_deref())),
            },
            table: raw.of,
            source,
            place: entry.key_place.clone(),
        })
    }

    fn exceptions(&self, file: &Node, faults: &mut Diagnostics) -> Lifting {
        let conditions = conditions(file);
        let mut lifting = Lifting::new();
        for (entry, raw) in members::<raw::Exception>(file, "exception") {
            let source = self.acts.source(entry, faults);
            let lifts = lifts(&entry.node, &conditions, faults);
            let decision = lifts.first().map(|(_, decision, _)| decision.clone());
            let other = lifts
                .iter()
                .find(|(_, other, _)| Some(other) != decision.as_ref());
            if let Some((at, ..)) = other {
                let message = say!(
                    "una deroga toglie condizioni di una sola decisione",
                    "a derogation lifts conditions of one decision only"
                );
                let fault = refuse(Code::InvalidRule, at, message);
                faults.push(fault.help(say!(
                    "scrivere una deroga per ogni decisione",
                    "write one derogation for each decision"
                )));
                continue;
            }
            let table = decision.and_then(|decision| {
                let of = file.find(&["eligibility", &decision, "of"]).as_text();
                of.map(str::to_owned)
            });
            let (Some(table), Some(when), Some(raw)) = (table, entry.node.get("when"), raw) else {
                continue;
            };
            let typed = formula(when, self.names, Some(&table), &Expected::Condition, faults);
            let Some(typed) = typed else { continue };
            for (_, decision, condition) in lifts {
                let lifted = lifting.entry((decision, condition)).or_default();
                lifted.push(Exception {
                    id: entry.key.clone(),
                    label: label(&raw.label, raw.label_en.as_deref()),
                    when: typed.clone(),
                    source: source.clone(),
                    place: when.place.clone(),
                });
            }
        }
        lifting
    }
}

fn no_condition(entry: &Entry) -> Diagnostic {
    let id = &entry.key;
    let message = say!(
        "`{id}` non ha condizioni: ammetterebbe tutti",
        "`{id}` has no conditions: it would admit everyone"
    );
    let fault = Diagnostic::error(Code::InvalidRule, message).at(entry.key_place.clone());
    fault.help(say!(
        "scriverne almeno una: `[eligibility.{id}.condition.…]` con `label`, `that` e `act`",
        "write one at least: `[eligibility.{id}.condition.…]` with `label`, `that` and `act`"
    ))
}

fn one_word(entry: &Entry) -> Diagnostic {
    let id = &entry.key;
    let message = say!(
        "`{id}` dice con parole sue un solo esito",
        "`{id}` has words of its own for one outcome only"
    );
    let fault = Diagnostic::error(Code::InvalidRule, message).at(entry.key_place.clone());
    fault.help(say!(
        "scrivere sia `yes` sia `no`, o nessuno dei due",
        "write both `yes` and `no`, or neither"
    ))
}

/// Every condition of a file, as derogations name it.
fn conditions(file: &Node) -> BTreeSet<String> {
    let decisions = file
        .get("eligibility")
        .map(Node::entries)
        .unwrap_or_default();
    let named = decisions.iter().flat_map(|decision| {
        let conditions = decision.node.get("condition").map(Node::entries);
        let conditions = conditions.unwrap_or_default().iter();
        conditions.map(|condition| format!("{}.{}", decision.key, condition.key))
    });
    named.collect()
}

fn items(exception: &Node) -> &[Node] {
    match exception.get("lifts").map(|list| &list.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// Reads what a derogation lifts, each where it is written: a decision and a condition of it.
fn lifts<'n>(
    exception: &'n Node,
    known: &BTreeSet<String>,
    faults: &mut Diagnostics,
) -> Vec<(&'n Node, String, String)> {
    let mut found = Vec::new();
    for item in items(exception) {
        let Some(text) = item.as_text() else { continue };
        match text.split_once('.').filter(|_| known.contains(text)) {
            Some((decision, condition)) => {
                found.push((item, decision.to_owned(), condition.to_owned()));
            }
            None => {
                let message = say!(
                    "non c'è una condizione `{text}`",
                    "there is no condition `{text}`"
                );
                let help = nearest(text, known.iter().map(String::as_str))
                    .unwrap_or_else(|| how_to_name(known));
                faults.push(refuse(Code::UnknownName, item, message).help(help));
            }
        }
    }
    found
}

fn how_to_name(known: &BTreeSet<String>) -> Text {
    let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    let list = list.join(", ");
    match known.is_empty() {
        true => say!(
            "scrivere prima la decisione: `[eligibility.…]`",
            "write the decision first: `[eligibility.…]`"
        ),
        false => say!(
            "si nomina decisione e condizione: {list}",
            "decision and condition are named: {list}"
        ),
    }
}
