//! Takes the named blocks of a file apart and reads the small values inside them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::num::{Cents, Ratio};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node, Value};
use crate::rules::{Act, Cite, Source};
use crate::say;
use crate::time::day;

/// Reads the members of a named block in the order written.
///
/// # Shape
/// A member whose shape is faulty comes with none.
pub fn members<'n, T: DeserializeOwned>(
    file: &'n Node,
    block: &str,
) -> Vec<(&'n Entry, Option<T>)> {
    let entries = file.get(block).map(Node::entries).unwrap_or_default();
    entries
        .iter()
        .map(|entry| (entry, entry.node.decode()))
        .collect()
}

/// The acts that a file can cite.
#[derive(Debug, Default, Clone)]
pub struct Acts(BTreeMap<String, Arc<Act>>);

impl Acts {
    /// Adds the acts of a file.
    pub fn declare(&mut self, file: &Node) {
        for (entry, act) in members::<raw::Act>(file, "act") {
            // An act of faulty shape is still known by its name, so that citing it is no fault.
            let id = entry.key.clone();
            let act = match act {
                Some(raw::Act {
                    title,
                    kind,
                    urn,
                    link,
                    ..
                }) => Act {
                    id,
                    title,
                    kind,
                    urn,
                    link,
                },
                None => {
                    let kind = raw::ActKind::Act;
                    Act {
                        title: id.clone(),
                        id,
                        kind,
                        urn: None,
                        link: None,
                    }
                }
            };
            self.0.insert(entry.key.clone(), Arc::new(act));
        }
    }

    /// Reads a citation: the name of an act, then the article.
    pub fn cite(&self, node: &Node, faults: &mut Diagnostics) -> Option<Cite> {
        let text = node.as_text()?;
        let (id, article) = match text.trim().split_once(char::is_whitespace) {
            Some((id, article)) => (id, Some(article.trim().to_owned())),
            None => (text.trim(), None),
        };
        let Some(act) = self.0.get(id) else {
            let known = self.0.keys().map(String::as_str);
            let help = nearest(id, known).unwrap_or_else(|| {
                say!(
                    "dichiararlo: `[act.{id}]` con il suo `title`",
                    "declare it: `[act.{id}]` with its `title`"
                )
            });
            let fault = Diagnostic::error(
                Code::UnknownName,
                say!(
                    "l'atto `{id}` non è dichiarato",
                    "the act `{id}` is not declared"
                ),
            );
            faults.push(fault.at(node.place.clone()).help(help));
            return None;
        };
        Some(Cite {
            act: Arc::clone(act),
            article,
        })
    }

    /// Reads what stands behind a block: its act, or its being an assumption.
    pub fn source(&self, entry: &Entry, faults: &mut Diagnostics) -> Source {
        let (block, id) = (&entry.node, &entry.key);
        let assumption = block.get("assumption").map(|n| &n.value);
        // Of what is not `true` or `false` the shape check has spoken; a block that only takes
        // something away needs no act.
        let excused = block.get("removed").is_some()
            || assumption.is_some_and(|value| !matches!(value, Value::Bool(_)));
        let assumption = matches!(assumption, Some(Value::Bool(true)));
        let cite = block.get("act").and_then(|act| self.cite(act, faults));
        if block.get("act").is_none() && !assumption && !excused {
            faults.push(no_act(id, entry.key_place.clone()));
        }
        let note = block.get("note").and_then(Node::as_text).map(str::to_owned);
        Source {
            cite,
            assumption,
            given: false,
            note,
        }
    }
}

fn no_act(id: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::MissingAct,
        say!(
            "`{id}` non dice da quale atto viene",
            "`{id}` does not say which act it comes from"
        ),
    )
    .at(place)
    .help(say!(
        "aggiungere `act = \"…\"`; se nessuna fonte lo dice, `assumption = true`",
        "add `act = \"…\"`; where no source says it, `assumption = true`"
    ))
}

/// Gives a label in both languages; the English one falls back on the Italian.
pub fn label(it: &str, en: Option<&str>) -> Text {
    Text {
        it: it.to_owned(),
        en: en.unwrap_or(it).to_owned(),
    }
}

/// Reads a percentage such as `95%` into a fraction of one.
pub fn percentage(text: &str) -> Option<Ratio> {
    let number = Ratio::parse_decimal(text.strip_suffix('%')?.trim_end()).ok()?;
    number.checked_div(&Ratio::from(100))
}

/// Reads euro, or says at its place that they cannot be read.
pub fn euro(node: &Node, faults: &mut Diagnostics) -> Option<Cents> {
    let text = node.as_text()?;
    let amount = Cents::parse(text)
        .ok()
        .filter(|amount| *amount >= Cents::ZERO);
    if amount.is_none() {
        let fault = Diagnostic::error(
            Code::MalformedValue,
            say!(
                "`{text}` non è un importo in euro",
                "`{text}` is not an amount in euro"
            ),
        );
        faults.push(fault.at(node.place.clone()).help(say!(
            "scrivere le cifre con il punto decimale e senza separatori: `\"4701451.00\"`",
            "write the digits with a decimal point and no grouping: `\"4701451.00\"`"
        )));
    }
    amount
}

/// Reads a day, or says at its place that it cannot be read.
pub fn date(node: &Node, faults: &mut Diagnostics) -> Option<NaiveDate> {
    let text = node.as_text()?;
    let date = day(text);
    if date.is_none() {
        faults.push(malformed(node, no_date(text)).help(write_a_date()));
    }
    date
}

/// Says that a text is not a day.
pub fn no_date(text: &str) -> Text {
    say!("`{text}` non è una data", "`{text}` is not a date")
}

/// Says how a day is written.
pub fn write_a_date() -> Text {
    say!(
        "una data si scrive anno-mese-giorno: `\"2024-09-18\"`",
        "a date is written year-month-day: `\"2024-09-18\"`"
    )
}

/// Starts a diagnostic at the place of what is written.
pub fn refuse(code: Code, node: &Node, message: Text) -> Diagnostic {
    Diagnostic::error(code, message).at(node.place.clone())
}

/// Starts the diagnostic of a value that cannot be read, at its place.
pub fn malformed(node: &Node, message: Text) -> Diagnostic {
    refuse(Code::MalformedValue, node, message)
}
