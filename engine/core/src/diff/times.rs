//! Which times change from one pack to another, or from one state of the rules to the next.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::same;
use crate::diag::{Diagnostics, Text};
use crate::eval::{Moment, deadlines, unknown_events};
use crate::outcome::DeadlineOutcome;
use crate::rules::{Pack, Time};
use crate::terms::Step;

/// A deadline that is not the same in two packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineChange {
    /// The deadline in the first pack, where it has one.
    pub before: Option<DeadlineOutcome>,
    /// The deadline in the second pack, where it has one.
    pub after: Option<DeadlineOutcome>,
}

/// A term whose event has no day yet, and that ends on another day for some days of that event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermChange {
    /// The measure.
    pub measure: String,
    /// The term.
    pub id: String,
    /// What a reader calls it.
    pub label: Text,
    /// How many days were tried, one by one, as the day of the event.
    pub tried: usize,
    /// The days of the event for which the term moves, in order.
    pub moves: Vec<TermMove>,
}

/// The end of a term before and after, for one day of its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermMove {
    /// The day of the event.
    pub event: NaiveDate,
    /// The end in the first pack.
    pub before: NaiveDate,
    /// The end in the second pack.
    pub after: NaiveDate,
}

/// Gives the deadlines that two packs do not have alike, by measure and name.
///
/// # Errors
/// Events that a pack does not have, years that the national rules do not cover.
pub fn deadline_changes(
    before: &Pack,
    after: &Pack,
    moment: &Moment,
) -> Result<Vec<DeadlineChange>, Diagnostics> {
    // One of the packs may have dropped an event, or brought it: only what neither has is refused.
    let mut of_neither = moment.clone();
    let mut known = known_events(before, moment).events;
    known.extend(known_events(after, moment).events);
    of_neither
        .events
        .retain(|name, _| !known.contains_key(name));
    let faults = unknown_events(after, &of_neither);
    if faults.has_errors() {
        return Err(faults);
    }
    let mut sides: BTreeMap<(String, String), DeadlineChange> = BTreeMap::new();
    let none = DeadlineChange {
        before: None,
        after: None,
    };
    let renamed = same::renamed(before, after);
    for deadline in deadlines(before, &known_events(before, moment))? {
        let key = (now_in(&renamed, &deadline), deadline.id.clone());
        let side = sides.entry(key).or_insert(none.clone());
        side.before = Some(deadline);
    }
    for deadline in deadlines(after, &known_events(after, moment))? {
        let key = (deadline.measure.clone(), deadline.id.clone());
        let side = sides.entry(key).or_insert(none.clone());
        side.after = Some(deadline);
    }
    Ok(sides.into_values().filter(DeadlineChange::moves).collect())
}

/// The measure that a deadline of the first pack belongs to in the second.
fn now_in(renamed: &BTreeMap<&str, &str>, deadline: &DeadlineOutcome) -> String {
    let name = deadline.measure.as_str();
    renamed.get(name).copied().unwrap_or(name).to_owned()
}

/// The events of `moment` that a pack has: the other pack may have the rest.
fn known_events(pack: &Pack, moment: &Moment) -> Moment {
    let known = |name: &str| {
        let mut events = pack.measures.iter().flat_map(|measure| &measure.events);
        events.any(|event| event.id == name)
    };
    let events = moment.events.iter().filter(|(name, _)| known(name));
    Moment {
        events: events.map(|(name, day)| (name.clone(), *day)).collect(),
        at: moment.at,
    }
}

impl DeadlineChange {
    /// Tells whether it is new, gone, or has another date.
    fn moves(&self) -> bool {
        let dates = |deadline: &DeadlineOutcome| {
            let d = deadline;
            let ends = (d.opens, d.closes, d.first_closes);
            (ends, (d.raw, d.due), (d.earliest, d.latest), d.certainty)
        };
        self.before.as_ref().map(dates) != self.after.as_ref().map(dates)
    }

    /// Gives the steps that only the first pack takes, and those that only the second takes.
    pub fn steps(&self) -> (Vec<&Step>, Vec<&Step>) {
        let of = |side: &Option<DeadlineOutcome>| -> Vec<Step> {
            side.iter().flat_map(|d| d.steps.iter().cloned()).collect()
        };
        (
            only(&self.before, &of(&self.after)),
            only(&self.after, &of(&self.before)),
        )
    }
}

fn only<'d>(side: &'d Option<DeadlineOutcome>, other: &[Step]) -> Vec<&'d Step> {
    let steps = side.iter().flat_map(|deadline| &deadline.steps);
    steps.filter(|step| !other.contains(step)).collect()
}

/// Gives the years whose days are tried as days of events: none where no term awaits an event; else
/// that of the second pack, and a round of
/// years from the first in which the two calendars or suspensions differ, so that a new holiday has
/// fallen on every day of the week; the year before it too, since its terms run into it.
pub fn years_to_try(before: &Pack, after: &Pack) -> BTreeSet<i32> {
    let awaits = |pack: &Pack| {
        let mut deadlines = pack.measures.iter().flat_map(|m| &m.deadlines);
        deadlines.any(|one| matches!(one.time, Time::Term(_)))
    };
    if !awaits(before) || !awaits(after) {
        return BTreeSet::new();
    }
    let own = i32::try_from(after.year).unwrap_or(i32::MAX);
    let mut years = BTreeSet::from([own]);
    if let (Some(before), Some(after)) = (&before.law, &after.law) {
        let mut later = own..=own.saturating_add(LOOKED_AHEAD);
        if let Some(first) = later.find(|year| before.of_year(*year) != after.of_year(*year)) {
            years.extend(own.max(first - 1)..first.saturating_add(ROUND));
        }
    }
    years
}

/// How many years it takes at most until a day of the year has been every day of the week.
const ROUND: i32 = 12;

/// How many years from that of a pack two calendars are compared.
const LOOKED_AHEAD: i32 = 100;

/// Tries every day of some years as the day of the events that terms await, and gives the terms
/// that both packs have and that end on another day for some of them.
///
/// # Errors
/// Years that the national rules do not cover.
pub fn term_changes(
    before: &Pack,
    after: &Pack,
    given: &Moment,
    years: &BTreeSet<i32>,
) -> Result<Vec<TermChange>, Diagnostics> {
    let mut found: BTreeMap<(String, String), TermChange> = BTreeMap::new();
    let days = years.iter().flat_map(|year| {
        (1..=366).filter_map(move |ordinal| NaiveDate::from_yo_opt(*year, ordinal))
    });
    let renamed = same::renamed(before, after);
    for day in days {
        let mut ends = BTreeMap::new();
        for deadline in deadlines(before, &awaited(before, given, day))? {
            let key = (now_in(&renamed, &deadline), deadline.id);
            ends.insert(key, deadline.due);
        }
        for deadline in deadlines(after, &awaited(after, given, day))? {
            let mut events = deadline.events.iter();
            if events.any(|event| given.events.contains_key(&event.id)) {
                continue;
            }
            let key = (deadline.measure.clone(), deadline.id.clone());
            let (Some(Some(before)), Some(after)) = (ends.get(&key).copied(), deadline.due) else {
                continue;
            };
            let change = found.entry(key).or_insert(TermChange {
                measure: deadline.measure,
                id: deadline.id,
                label: deadline.label,
                tried: 0,
                moves: Vec::new(),
            });
            change.tried += 1;
            if before != after {
                let event = day;
                change.moves.push(TermMove {
                    event,
                    before,
                    after,
                });
            }
        }
    }
    let moved = found.into_values().filter(|term| !term.moves.is_empty());
    Ok(moved.collect())
}

/// Every event that a term of a pack runs from, on one day, unless its day was given.
fn awaited(pack: &Pack, given: &Moment, day: NaiveDate) -> Moment {
    let deadlines = pack.measures.iter().flat_map(|m| &m.deadlines);
    let names = deadlines.filter_map(|deadline| match &deadline.time {
        Time::Term(term) => Some(&term.from),
        Time::Window(_) | Time::Prose(_) => None,
    });
    let mut moment = known_events(pack, given);
    for name in names.flatten() {
        moment.events.entry(name.clone()).or_insert(day);
    }
    moment
}
