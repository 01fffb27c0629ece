//! Reads terms: how long, from which events, by which regime.

use super::{Reader, who};
use crate::diag::{Code, Diagnostic};
use crate::pack::nearest;
use crate::pack::raw::deadline as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::pack::resolve::blocks::{label, refuse};
use crate::rules::{Deadline, TermRule, Time};
use crate::say;
use crate::terms::Length;

impl Reader<'_> {
    pub(super) fn term(&mut self, entry: &Entry, term: raw::Term) -> Option<Deadline> {
        let source = self.acts.source(entry, self.faults);
        let length = self.length(entry, &term);
        let named = self.events(&entry.node);
        let regime = self.regime(&entry.node, &term.regime);
        let consequence = self.consequence(&entry.node, term.consequence);
        if !named || !regime {
            return None;
        }
        Some(Deadline {
            id: entry.key.clone(),
            label: label(&term.label, term.label_en.as_deref()),
            who: who(term.who, term.who_en),
            time: Time::Term(TermRule {
                from: term.from,
                length: length?,
                regime: term.regime,
                back: term.back,
                free_days: term.free_days,
                saturday: term.saturday,
                suspension: term.suspension,
            }),
            consequence,
            source,
        })
    }

    fn length(&mut self, entry: &Entry, term: &raw::Term) -> Option<Length> {
        let given = [
            term.days
                .map(|days| (days, Length::Days as fn(u32) -> Length)),
            term.months.map(|months| (months, Length::Months as _)),
            term.years.map(|years| (years, Length::Years as _)),
        ];
        let mut given = given.into_iter().flatten();
        let length = match (given.next(), given.next()) {
            (Some(length), None) => Some(length),
            _ => None,
        };
        if length.is_none() {
            let id = &entry.key;
            let message = say!(
                "la durata di `{id}` non si legge",
                "the length of `{id}` cannot be read"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message).at(entry.key_place.clone());
            self.faults.push(fault.help(say!(
                "scrivere una durata sola: `days = 60`, `months = 6` o `years = 1`",
                "write one length only: `days = 60`, `months = 6` or `years = 1`"
            )));
        }
        // A number out of range has been told by the shape check.
        let (number, make) = length?;
        u32::try_from(number).ok().map(make)
    }

    /// Tells whether a term names events, all of them declared.
    fn events(&mut self, term: &Node) -> bool {
        let from = term.find(&["from"]);
        let Value::List(names) = &from.value else {
            return false;
        };
        if names.is_empty() {
            let message = say!(
                "il termine non decorre da nessun evento",
                "the term runs from no event"
            );
            let fault = refuse(Code::InvalidRule, from, message);
            self.faults.push(fault.help(say!(
                "nominare un evento: `from = [\"comunicazione\"]`",
                "name an event: `from = [\"comunicazione\"]`"
            )));
        }
        let mut declared = !names.is_empty();
        for node in names {
            let Some(name) = node.as_text() else { continue };
            if self.known.contains(&name) {
                continue;
            }
            declared = false;
            let help = nearest(name, self.known.iter().copied()).unwrap_or_else(|| {
                say!(
                    "dichiararlo: `[event.{name}]` con la sua `label`",
                    "declare it: `[event.{name}]` with its `label`"
                )
            });
            let message = say!(
                "l'evento `{name}` non è dichiarato",
                "the event `{name}` is not declared"
            );
            self.faults
                .push(refuse(Code::UnknownName, node, message).help(help));
        }
        declared
    }

    /// Tells whether the national rules have a regime of that name.
    fn regime(&mut self, term: &Node, name: &str) -> bool {
        let Some(law) = &self.national.law else {
            return false;
        };
        if law.regimes.contains_key(name) {
            return true;
        }
        let message = say!("non c'è un regime `{name}`", "there is no regime `{name}`");
        let fault = refuse(Code::UnknownName, term.find(&["regime"]), message);
        self.faults.push(fault.help(law.suggest_regime(name)));
        false
    }
}
