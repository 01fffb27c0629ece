//! Reads the transitions of a life: the states they join, the window they need, what they require.

use super::{Declared, Reader, entries, life_of, life_through, unknown_state};
use crate::diag::{Code, Text};
use crate::model::TableDecl;
use crate::pack::nearest;
use crate::pack::raw::life as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::pack::resolve::blocks::{label, refuse};
use crate::pack::resolve::typing::{Expected, formula};
use crate::rules::{OpenColumn, Requirement, Source, Transition};
use crate::say;

impl<'r> Reader<'r> {
    pub(super) fn transitions(
        &mut self,
        of: Option<&TableDecl>,
        states: &[Declared<'_>],
    ) -> Vec<Transition> {
        let mut read = Vec::new();
        let (file, ids, id) = (self.file, self.ids, self.entry.key.as_str());
        let own = entries(file, "transition");
        for entry in own.filter(|entry| life_through(file, entry, ids) == Some(id)) {
            let transition = self.transition(entry, of, states);
            self.whole &= transition.is_some();
            read.extend(transition);
        }
        read
    }

    fn transition(
        &mut self,
        entry: &'r Entry,
        of: Option<&TableDecl>,
        states: &[Declared<'_>],
    ) -> Option<Transition> {
        let source = self.acts.source(entry, self.faults);
        let block = &entry.node;
        let from = self.from(block, states);
        let to = block.get("to").and_then(|node| self.state(node, states));
        let window = block.get("window").map(|node| self.window(node));
        let reopens = block.get("reopens").map(|node| self.reopens(node, of, to));
        let requires = self.conditions(block, "requires", "of", &source);
        let event_requires = self.conditions(block, "event_requires", "events", &source);
        let transition = entry.node.decode::<raw::Transition>()?;
        Some(Transition {
            id: entry.key.clone(),
            label: label(&transition.label, transition.label_en.as_deref()),
            from: from?,
            to: to?.rule.id.clone(),
            roles: transition.roles,
            window: match window {
                Some(window) => Some(window?),
                None => None,
            },
            requires: requires?,
            event_requires: event_requires?,
            needs_reason: transition.reason == raw::Reason::Required,
            message: transition
                .message
                .map(|it| label(&it, transition.message_en.as_deref())),
            reopens: match reopens {
                Some(reopens) => Some(reopens?),
                None => None,
            },
            source,
        })
    }

    fn from(&mut self, transition: &Node, states: &[Declared<'_>]) -> Option<Vec<String>> {
        let node = transition.get("from")?;
        let Value::List(items) = &node.value else {
            return None;
        };
        if items.is_empty() {
            let message = say!(
                "il passaggio non parte da nessuno stato",
                "the transition starts from no state"
            );
            self.tell(refuse(Code::InvalidRule, node, message).help(say!(
                "nominare gli stati da cui parte: `from = [\"bozza\"]`",
                "name the states it starts from: `from = [\"bozza\"]`"
            )));
        }
        let read: Vec<_> = items
            .iter()
            .map(|node| {
                let state = self.state(node, states)?;
                if state.last {
                    self.leaves_a_final_state(node, &state.rule.id);
                }
                Some(state.rule.id.clone())
            })
            .collect();
        read.into_iter().collect()
    }

    fn leaves_a_final_state(&mut self, node: &Node, id: &str) {
        let message = say!(
            "il passaggio parte da `{id}`, che è uno stato finale",
            "the transition starts from `{id}`, which is a final state"
        );
        self.tell(refuse(Code::InvalidRule, node, message).help(say!(
            "togliere `final = true` dallo stato, o lo stato da `from`",
            "remove `final = true` from the state, or the state from `from`"
        )));
    }

    fn state<'s, 'd>(
        &mut self,
        node: &Node,
        states: &'s [Declared<'d>],
    ) -> Option<&'s Declared<'d>> {
        let name = node.as_text()?;
        let found = states.iter().find(|state| state.rule.id == name);
        // A state of faulty shape, or of no life, is still known by its name.
        let (ids, own) = (self.ids, self.entry.key.as_str());
        let mut named = entries(self.file, "state").filter(|state| state.key == name);
        let stranger = named.all(|state| life_of(state, ids).is_some_and(|life| life != own));
        if found.is_none() && stranger {
            let known = states.iter().map(|state| state.rule.id.as_str());
            self.tell(unknown_state(node, name, known));
        }
        found
    }

    fn window(&mut self, node: &Node) -> Option<String> {
        let name = node.as_text()?;
        let known = || entries(self.file, "window").map(|window| window.key.as_str());
        if known().any(|window| window == name) {
            return Some(name.to_owned());
        }
        let message = say!(
            "non c'è una finestra `{name}`",
            "there is no window `{name}`"
        );
        let help = nearest(name, known()).unwrap_or_else(|| {
            say!(
                "dichiararla: `[window.{name}]`; una finestra vale per il suo anno e non si eredita",
                "declare it: `[window.{name}]`; a window is of its year and is not inherited"
            )
        });
        self.tell(refuse(Code::UnknownName, node, message).help(help));
        None
    }

    fn reopens(
        &mut self,
        node: &Node,
        of: Option<&TableDecl>,
        to: Option<&Declared<'_>>,
    ) -> Option<Vec<OpenColumn>> {
        if let Some(to) = to.filter(|to| !to.rule.editable) {
            let id = &to.rule.id;
            let message = say!(
                "il passaggio riapre delle colonne, ma porta a `{id}`, che non è modificabile",
                "the transition reopens columns, but leads to `{id}`, which is not editable"
            );
            self.tell(refuse(Code::InvalidRule, node, message).help(say!(
                "aggiungere `editable = true` allo stato, o togliere `reopens`",
                "add `editable = true` to the state, or remove `reopens`"
            )));
        }
        self.opened(node, of?)
    }

    /// Reads the conditions under `key`: formulas over the rows of the table that the life names
    /// as `over`.
    fn conditions(
        &mut self,
        transition: &Node,
        key: &str,
        over: &str,
        behind: &Source,
    ) -> Option<Vec<Requirement>> {
        let Some(Value::List(items)) = transition.get(key).map(|list| &list.value) else {
            return Some(Vec::new());
        };
        let of = self.entry.node.get(over).and_then(Node::as_text);
        let read: Vec<_> = items
            .iter()
            .map(|item| {
                let act = item.get("act").map(|act| self.acts.cite(act, self.faults));
                let node = item.get("that")?;
                let that = formula(node, self.names, of, &Expected::Condition, self.faults);
                let text = |key| item.get(key).and_then(Node::as_text);
                let fails = label(text("fails")?, text("fails_en"));
                let source = match act {
                    Some(act) => Source {
                        cite: Some(act?),
                        assumption: false,
                        note: None,
                        ..behind.clone()
                    },
                    None => behind.clone(),
                };
                Some(Requirement {
                    that: that?,
                    fails,
                    source,
                    place: node.place.clone(),
                })
            })
            .collect();
        read.into_iter().collect()
    }
}

/// Gives the remedy for the name of a column that is not there.
pub(super) fn declare_or_name() -> Text {
    say!(
        "dichiararla, o nominarne una che c'è",
        "declare it, or name one that is there"
    )
}
