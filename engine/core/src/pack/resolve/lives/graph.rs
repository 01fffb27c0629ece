//! The check of a life as a graph: one beginning, every state reached, no way that stops short.

use super::{Declared, Reader, invalid};
use crate::diag::Code;
use crate::pack::resolve::blocks::refuse;
use crate::rules::Transition;
use crate::say;

impl Reader<'_> {
    /// Gives the state where every row begins; the graph is judged only where all of it was read.
    pub(super) fn graph(
        &mut self,
        states: &[Declared<'_>],
        transitions: &[Transition],
    ) -> Option<String> {
        if !self.whole {
            return None;
        }
        let initial = self.initial(states);
        for state in states {
            let id = &state.rule.id;
            if !state.last && transitions.iter().all(|t| !t.from.contains(id)) {
                self.tell(invalid(
                    state.entry,
                    say!(
                        "da `{id}` non esce nessun passaggio, e non è uno stato finale",
                        "no transition leaves `{id}`, and it is not a final state"
                    ),
                    say!(
                        "aggiungere `final = true`, o un passaggio che ne esca",
                        "add `final = true`, or a transition that leaves it"
                    ),
                ));
            }
        }
        let initial = initial?;
        let reached = reached(&initial, transitions);
        for state in states {
            let id = &state.rule.id;
            if !reached.contains(&id.as_str()) {
                self.tell(invalid(
                    state.entry,
                    say!(
                        "nessun passaggio porta a `{id}` dallo stato iniziale",
                        "no transition leads to `{id}` from the initial state"
                    ),
                    say!(
                        "aggiungere un passaggio con `to = \"{id}\"`, o togliere lo stato",
                        "add a transition with `to = \"{id}\"`, or remove the state"
                    ),
                ));
            }
        }
        Some(initial)
    }

    fn initial(&mut self, states: &[Declared<'_>]) -> Option<String> {
        let mut initial = states.iter().filter(|state| state.initial);
        let Some(first) = initial.next() else {
            let id = &self.entry.key;
            let fault = invalid(
                self.entry,
                say!(
                    "nessuno stato di `{id}` è quello iniziale",
                    "no state of `{id}` is the initial one"
                ),
                say!(
                    "scrivere `initial = true` nello stato da cui ogni riga comincia",
                    "write `initial = true` in the state where every row begins"
                ),
            );
            self.tell(fault);
            return None;
        };
        let mut only = Some(first.rule.id.clone());
        for other in initial {
            let (id, first) = (&other.rule.id, &first.rule.id);
            let message = say!(
                "`{id}` è un secondo stato iniziale: c'è già `{first}`",
                "`{id}` is a second initial state: there is `{first}` already"
            );
            let fault = refuse(
                Code::InvalidRule,
                other.entry.node.find(&["initial"]),
                message,
            );
            self.tell(fault.help(say!(
                "lasciarne uno: ogni riga comincia da uno stato solo",
                "keep one: every row begins in one state only"
            )));
            only = None;
        }
        only
    }
}

/// The states that can be come to.
fn reached<'t>(initial: &'t str, transitions: &'t [Transition]) -> Vec<&'t str> {
    let mut reached = vec![initial];
    let mut at = 0;
    while let Some(state) = reached.get(at).copied() {
        for transition in transitions {
            let leaves = transition.from.iter().any(|from| from == state);
            if leaves && !reached.contains(&transition.to.as_str()) {
                reached.push(&transition.to);
            }
        }
        at += 1;
    }
    reached
}
