//! Reads the lives of a measure: each with its states, its transitions and its table of events.

mod events;
mod graph;
mod opened;
mod transitions;

use std::collections::BTreeSet;

use super::blocks::{Acts, label, members, refuse};
use super::names::Names;
use super::tables::table_help;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::model::{ColumnType, TableDecl, Unit};
use crate::pack::nearest;
use crate::pack::raw::life as raw;
use crate::pack::raw::{Entry, Node};
use crate::rules::{Life, State};
use crate::say;

/// Declares each life as a column of the table whose rows live, with the names of its states.
pub fn declare(file: &Node, names: &mut Names) {
    let lives = members::<raw::Life>(file, "life");
    let ids: Vec<&str> = lives.iter().map(|(entry, _)| &*entry.key).collect();
    for (entry, life) in &lives {
        let Some(life) = life else {
            names.broken.insert(entry.key.clone());
            continue;
        };
        let column = (life.of.clone(), ColumnType::Text, Unit::none());
        names.derives.insert(entry.key.clone(), column);
        let states = entries(file, "state");
        let own = states.filter(|state| life_of(state, &ids) == Some(&entry.key));
        let own: BTreeSet<String> = own.map(|state| state.key.clone()).collect();
        names.lives.insert(entry.key.clone(), own);
    }
}

/// Reads the lives of a measure, in the order written.
pub fn lives(file: &Node, acts: &Acts, names: &Names, faults: &mut Diagnostics) -> Vec<Life> {
    let lives = members::<raw::Life>(file, "life");
    let ids: Vec<&str> = lives.iter().map(|(entry, _)| &*entry.key).collect();
    let homeless = told_homeless(file, &ids, faults);
    let read = lives.iter().filter_map(|(entry, life)| {
        let mut reader = Reader {
            file,
            acts,
            names,
            ids: &ids,
            entry,
            whole: !homeless,
            faults,
        };
        reader.life(life.as_ref())
    });
    read.collect()
}

fn entries<'n>(file: &'n Node, block: &str) -> impl Iterator<Item = &'n Entry> + use<'n> {
    file.get(block)
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
}

/// The life that a state is of: the one it names, or the only one there is.
fn life_of<'n>(state: &'n Entry, lives: &[&'n str]) -> Option<&'n str> {
    let named = state.node.get("life").map(Node::as_text);
    match (named, lives) {
        (Some(named), _) => named.filter(|named| lives.contains(named)),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

/// The life that a transition is of: that of the state it leads to.
fn life_through<'n>(file: &'n Node, transition: &Entry, lives: &[&'n str]) -> Option<&'n str> {
    if let [only] = lives {
        return Some(only);
    }
    let to = transition.node.get("to")?.as_text()?;
    let state = entries(file, "state").find(|state| state.key == to)?;
    life_of(state, lives)
}

/// Tells about the states and transitions that are of no life; gives whether there are any.
fn told_homeless(file: &Node, lives: &[&str], faults: &mut Diagnostics) -> bool {
    let states = entries(file, "state").filter(|state| life_of(state, lives).is_none());
    let states: Vec<&Entry> = states.collect();
    faults.extend(
        states
            .iter()
            .filter_map(|s| homeless_state(s, lives))
            .collect(),
    );
    let transitions = entries(file, "transition");
    let transitions = transitions.filter(|t| life_through(file, t, lives).is_none());
    let transitions: Vec<&Entry> = transitions.collect();
    for transition in &transitions {
        let to = transition.node.get("to");
        let Some((node, name)) = to.and_then(|node| Some((node, node.as_text()?))) else {
            continue;
        };
        let known = || entries(file, "state").map(|state| state.key.as_str());
        if known().all(|state| state != name) {
            faults.push(unknown_state(node, name, known()));
        }
    }
    !(states.is_empty() && transitions.is_empty())
}

fn homeless_state(state: &Entry, lives: &[&str]) -> Option<Diagnostic> {
    let id = &state.key;
    let Some(node) = state.node.get("life") else {
        return Some(match lives {
            [] => invalid(
                state,
                say!(
                    "`{id}` non è di nessuna vita: la misura non ne ha",
                    "`{id}` is of no life: the measure has none"
                ),
                say!(
                    "dichiararne una: `[life.…]` con `of` ed `events`",
                    "declare one: `[life.…]` with `of` and `events`"
                ),
            ),
            _ => invalid(
                state,
                say!(
                    "`{id}` non dice di quale vita è, e la misura ne ha più d'una",
                    "`{id}` does not say which life it is of, and the measure has several"
                ),
                say!("aggiungere `life = \"…\"`", "add `life = \"…\"`"),
            ),
        });
    };
    // Of what is no text the shape check has spoken.
    let name = node.as_text()?;
    let message = say!("non c'è una vita `{name}`", "there is no life `{name}`");
    let help = nearest(name, lives.iter().copied()).unwrap_or_else(|| {
        say!(
            "dichiararla: `[life.{name}]` con `of` ed `events`",
            "declare it: `[life.{name}]` with `of` and `events`"
        )
    });
    Some(refuse(Code::UnknownName, node, message).help(help))
}

fn unknown_state<'n>(node: &Node, name: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let message = say!("non c'è uno stato `{name}`", "there is no state `{name}`");
    let help = nearest(name, known).unwrap_or_else(|| {
        say!(
            "dichiararlo: `[state.{name}]` con la sua `label`",
            "declare it: `[state.{name}]` with its `label`"
        )
    });
    refuse(Code::UnknownName, node, message).help(help)
}

/// Starts the diagnostic of a block that contradicts the others, at its name.
fn invalid(entry: &Entry, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(Code::InvalidRule, message)
        .at(entry.key_place.clone())
        .help(help)
}

/// What one life is read with.
struct Reader<'r> {
    file: &'r Node,
    acts: &'r Acts,
    names: &'r Names,
    ids: &'r [&'r str],
    entry: &'r Entry,
    /// Whether all that was read of the life is there: its graph is judged only then.
    whole: bool,
    faults: &'r mut Diagnostics,
}

impl<'r> Reader<'r> {
    fn life(&mut self, life: Option<&raw::Life>) -> Option<Life> {
        let entry = self.entry;
        let source = self.acts.source(entry, self.faults);
        let (of, events) = (self.table("of"), self.table("events"));
        let states = self.states();
        let transitions = self.transitions(of, &states);
        let initial = self.graph(&states, &transitions);
        let life = life?;
        let events = events.and_then(|table| self.events(life, table, &transitions))?;
        let of = of?;
        let columns = match entry.node.get("edits") {
            Some(node) => self.opened(node, of),
            None => Some(opened::all_of(of)),
        };
        self.whole.then_some(Life {
            id: entry.key.clone(),
            label: label(&life.label, life.label_en.as_deref()),
            of: of.name.clone(),
            columns: columns?,
            events,
            initial: initial?,
            states: states.into_iter().map(|state| state.rule).collect(),
            transitions,
            source,
            place: entry.key_place.clone(),
        })
    }

    fn own_states(&self) -> impl Iterator<Item = &'r Entry> + use<'r> {
        let (id, ids) = (self.entry.key.as_str(), self.ids);
        entries(self.file, "state").filter(move |state| life_of(state, ids) == Some(id))
    }

    fn tell(&mut self, fault: Diagnostic) {
        self.whole = false;
        self.faults.push(fault);
    }

    fn table(&mut self, key: &str) -> Option<&'r TableDecl> {
        let node = self.entry.node.get(key)?;
        let name = node.as_text()?;
        let names = self.names;
        let found = names.table(name);
        if found.is_none() && !names.broken.contains(name) {
            let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
            let help = table_help(name, names.tables.iter().map(|t| t.name.as_str()));
            self.tell(refuse(Code::UnknownName, node, message).help(help));
        }
        found
    }

    fn states(&mut self) -> Vec<Declared<'r>> {
        let mut states = Vec::new();
        for entry in self.own_states() {
            let source = self.acts.source(entry, self.faults);
            let Some(state) = entry.node.decode::<raw::State>() else {
                self.whole = false;
                continue;
            };
            states.push(Declared {
                entry,
                initial: state.initial,
                last: state.r#final,
                rule: State {
                    id: entry.key.clone(),
                    label: label(&state.label, state.label_en.as_deref()),
                    editable: state.editable,
                    source,
                },
            });
        }
        states
    }
}

/// A state, with what only the check of the graph reads.
struct Declared<'r> {
    entry: &'r Entry,
    initial: bool,
    last: bool,
    rule: State,
}
