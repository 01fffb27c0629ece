//! What is known of each deadline of a pack, for the events given and at the instant asked for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::outcome::{
    Certainty, ConsequenceOutcome, Counted, DeadlineKind, DeadlineOutcome, EventOutcome,
    ExtensionOutcome, State,
};
use crate::pack::nearest;
use crate::rules::{Deadline, Measure, Pack, Prose, TermRule, Time, Until, Window};
use crate::say;
use crate::terms::{Law, SaidRule, Term, TermFault};
use crate::time::{Edge, RomeTime};

/// What an answer about deadlines depends on, besides the pack: nothing here reads a clock.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    /// The days of events, by name.
    pub events: BTreeMap<String, NaiveDate>,
    /// The instant at which states are asked for.
    pub at: Option<RomeTime>,
}

/// Gives every deadline of a pack: measure by measure, windows, then terms, then times in words.
///
/// # Errors
/// An event that the pack does not have; a term that reaches a year that the national rules do not
/// cover.
pub fn deadlines(pack: &Pack, moment: &Moment) -> Result<Vec<DeadlineOutcome>, Diagnostics> {
    let mut faults = unknown_events(pack, moment);
    let mut found = Vec::new();
    for measure in &pack.measures {
        for deadline in &measure.deadlines {
            match known(pack, measure, deadline, moment) {
                Ok(outcome) => found.push(outcome),
                Err(fault) => {
                    let (measure, id) = (&measure.id, &deadline.id);
                    let fault = Diagnostic::from(fault);
                    let message = say!(
                        "{measure} · {id}: {cause}", "{measure} · {id}: {cause}";
                        cause = fault.message.clone()
                    );
                    faults.push(Diagnostic { message, ..fault });
                }
            }
        }
    }
    match faults.has_errors() {
        true => Err(faults),
        false => Ok(found),
    }
}

/// Finds the events given that a pack does not have.
pub fn unknown_events(pack: &Pack, moment: &Moment) -> Diagnostics {
    let known = || pack.measures.iter().flat_map(|m| &m.events);
    let mut faults = Diagnostics::new();
    for name in moment.events.keys() {
        if known().any(|event| event.id == *name) {
            continue;
        }
        let names: Vec<_> = known().map(|event| format!("`{}`", event.id)).collect();
        let names = names.join(", ");
        let help = nearest(name, known().map(|event| event.id.as_str()));
        let help = help.unwrap_or_else(|| match names.is_empty() {
            true => say!(
                "nessun termine di questo pacchetto decorre da un evento",
                "no term of this pack runs from an event"
            ),
            false => say!("ci sono: {names}", "there are: {names}"),
        });
        let message = say!(
            "il pacchetto non ha un evento `{name}`",
            "the pack has no event `{name}`"
        );
        faults.push(Diagnostic::error(Code::UnknownEvent, message).help(help));
    }
    faults
}

fn known(
    pack: &Pack,
    measure: &Measure,
    deadline: &Deadline,
    moment: &Moment,
) -> Result<DeadlineOutcome, TermFault> {
    let blank = blank(measure, deadline);
    let mut outcome = match &deadline.time {
        Time::Window(rule) => window(rule, blank),
        Time::Term(rule) => term(rule, measure, pack.law.as_ref(), moment, blank)?,
        Time::Prose(rule) => prose(rule, blank),
    };
    if let Some(at) = moment.at {
        let stands = standing(&deadline.time, &outcome, at);
        outcome.state = stands.map(|(state, _)| state);
        outcome.left = stands.and_then(|(_, edge)| Some(at.seconds_to(edge?)));
    }
    Ok(outcome)
}

fn blank(measure: &Measure, deadline: &Deadline) -> DeadlineOutcome {
    let consequence = deadline.consequence.as_ref();
    DeadlineOutcome {
        id: deadline.id.clone(),
        measure: measure.id.clone(),
        label: deadline.label.clone(),
        who: deadline.who.clone(),
        kind: match deadline.time {
            Time::Window(_) => DeadlineKind::Window,
            Time::Term(_) => DeadlineKind::Term,
            Time::Prose(_) => DeadlineKind::Prose,
        },
        opens: None,
        at_an_hour: (false, false),
        closes: None,
        first_closes: None,
        extensions: Vec::new(),
        events: Vec::new(),
        counted: None,
        raw: None,
        due: None,
        steps: Vec::new(),
        text: None,
        by: false,
        earliest: None,
        latest: None,
        reading: None,
        certainty: Certainty::Exact,
        state: None,
        left: None,
        consequence: consequence.map(|consequence| ConsequenceOutcome {
            text: consequence.text.clone(),
            act: consequence.source.cited(),
            assumption: consequence.source.assumption,
            note: consequence.source.note.clone(),
        }),
        act: deadline.source.cited(),
        assumption: deadline.source.assumption,
        note: deadline.source.note.clone(),
    }
}

fn window(rule: &Window, blank: DeadlineOutcome) -> DeadlineOutcome {
    let mut outcome = DeadlineOutcome {
        opens: rule.opens,
        at_an_hour: (rule.opens_at_an_hour, rule.closes_at_an_hour),
        closes: rule.closes,
        first_closes: rule.closes.filter(|_| !rule.extensions.is_empty()),
        ..blank
    };
    for extension in &rule.extensions {
        match &extension.until {
            Until::At(at) => {
                outcome.closes = Some(*at);
                (outcome.earliest, outcome.latest) = (None, None);
                outcome.certainty = Certainty::Exact;
            }
            Until::In { period, .. } => {
                outcome.earliest = period.earliest;
                outcome.latest = Some(period.latest);
                outcome.certainty = Certainty::Interval;
                outcome.closes = None;
            }
        }
        outcome.extensions.push(ExtensionOutcome {
            until: extension.until.clone(),
            act: extension.cite.to_string(),
        });
    }
    outcome
}

fn term(
    rule: &TermRule,
    measure: &Measure,
    law: Option<&Law>,
    moment: &Moment,
    blank: DeadlineOutcome,
) -> Result<DeadlineOutcome, TermFault> {
    let events = measure.events.iter().filter(|e| rule.from.contains(&e.id));
    let events = events.map(|event| EventOutcome {
        id: event.id.clone(),
        label: event.label.clone(),
        date: moment.events.get(&event.id).copied(),
    });
    let events: Vec<EventOutcome> = events.collect();
    let from = events.iter().filter_map(|event| event.date).min();
    let Some((law, regime)) = law.and_then(|law| Some((law, law.regimes.get(&rule.regime)?)))
    else {
        // A checked pack has no term without its regime.
        return Ok(blank);
    };
    let term = |from| Term {
        back: rule.back,
        free_days: rule.free_days,
        saturday: rule.saturday,
        suspension: rule.suspension,
        ..Term::new(from, rule.length, regime)
    };
    let rules = term(NaiveDate::MIN).rules().into_iter();
    let counted = Counted {
        length: rule.length,
        regime: regime.id.clone(),
        regime_label: regime.label.clone(),
        rules: rules.map(|rule| by_the_term(rule, &blank)).collect(),
    };
    let computed = from.map(|from| term(from).compute(law)).transpose()?;
    let certainty = match computed {
        Some(_) => Certainty::Exact,
        None => Certainty::AwaitsEvent,
    };
    Ok(DeadlineOutcome {
        events,
        certainty,
        counted: Some(counted),
        raw: computed.as_ref().map(|computed| computed.raw),
        due: computed.as_ref().map(|computed| computed.due),
        steps: computed.map(|computed| computed.steps).unwrap_or_default(),
        ..blank
    })
}

/// A choice against the regime is that of the act behind the term.
fn by_the_term(rule: SaidRule, term: &DeadlineOutcome) -> SaidRule {
    SaidRule {
        act: rule.act.or_else(|| term.act.clone()),
        ..rule
    }
}

fn prose(rule: &Prose, blank: DeadlineOutcome) -> DeadlineOutcome {
    DeadlineOutcome {
        text: Some(rule.text.clone()),
        by: rule.by,
        earliest: rule.period.and_then(|period| period.earliest),
        latest: rule.period.map(|period| period.latest),
        reading: rule.reading.clone(),
        certainty: match rule.period {
            Some(_) => Certainty::Interval,
            None => Certainty::NotStated,
        },
        ..blank
    }
}

/// Gives how a deadline stands at an instant, and the edge that it comes to next; none where
/// neither can be said.
fn standing(
    time: &Time,
    outcome: &DeadlineOutcome,
    at: RomeTime,
) -> Option<(State, Option<RomeTime>)> {
    let edge = |day: Option<NaiveDate>, edge| RomeTime::of_day(day?, edge).ok();
    let latest = edge(outcome.latest, Edge::End);
    match time {
        Time::Window(_) => {
            let first = outcome.first_closes.or(outcome.closes);
            let last = outcome.closes.or(latest);
            Some(match outcome.opens {
                Some(opens) if at < opens => (State::NotYetOpen, Some(opens)),
                _ if last.is_some_and(|last| last < at) => (State::Closed, None),
                _ if first.is_some_and(|first| first < at) => (State::Extended, outcome.closes),
                _ => (
                    State::Open,
                    last.filter(|_| outcome.latest.is_none()).or(first),
                ),
            })
        }
        Time::Term(_) => {
            let event = outcome.events.iter().filter_map(|event| event.date).min();
            let due = edge(outcome.due, Edge::End)?;
            let begins = edge(event, Edge::Start).filter(|begins| *begins <= due);
            Some(match begins {
                Some(begins) if at < begins => (State::NotYetOpen, Some(begins)),
                _ if due < at => (State::Closed, None),
                _ => (State::Open, Some(due)),
            })
        }
        Time::Prose(_) => {
            let (earliest, latest) = (edge(outcome.earliest, Edge::Start), latest?);
            // The edges are only approximate: how much is left is not said.
            Some(match earliest {
                _ if latest < at => (State::Closed, None),
                Some(earliest) if at < earliest => (State::NotYetOpen, None),
                _ => (State::Open, None),
            })
        }
    }
}
