//! The progress of planned actions, read from the table that the measure names.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::deadlines::{Moment, deadlines};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::model::{Dataset, Facts, Table};
use crate::outcome::{ActionOutcome, DeadlineOutcome, Progress};
use crate::pack::nearest;
use crate::rules::{ActionState, Measure, Pack};
use crate::say;

/// Gives the actions of a measure with their progress, in the order written.
///
/// # Shape
/// `deadlines` are those of the pack; a state outside all the days that they give is warned about.
pub fn actions(
    measure: &Measure,
    data: &Dataset,
    deadlines: &[DeadlineOutcome],
    faults: &mut Diagnostics,
) -> Vec<ActionOutcome> {
    let table = measure.monitoring.as_ref();
    let table = table.and_then(|name| data.tables.get(name));
    let span = span(measure, deadlines);
    let mut progress = match table {
        Some(table) => progress(measure, table, span, faults),
        None => BTreeMap::new(),
    };
    let actions = measure.actions.iter().map(|action| {
        let history = progress.remove(action.id.as_str()).unwrap_or_default();
        ActionOutcome {
            measure: measure.id.clone(),
            action: action.clone(),
            history: history.into_values().collect(),
        }
    });
    actions.collect()
}

/// Finds what is wrong with the progress of the actions of a pack, before any run.
pub fn check_progress(pack: &Pack, data: &Dataset) -> Diagnostics {
    let mut faults = Diagnostics::new();
    // What is wrong with deadlines is told where they are asked for.
    let deadlines = deadlines(pack, &Moment::default()).unwrap_or_default();
    for measure in &pack.measures {
        actions(measure, data, &deadlines, &mut faults);
    }
    faults
}

/// Gives the first and the last day that the times of the actions of a measure reach, those known.
fn span(measure: &Measure, deadlines: &[DeadlineOutcome]) -> Span {
    let named = |time: &&DeadlineOutcome| {
        let mut names = measure.actions.iter().flat_map(|action| &action.deadlines);
        time.measure == measure.id && names.any(|id| *id == time.id)
    };
    let spans = || deadlines.iter().filter(named).map(DeadlineOutcome::span);
    let first = spans().filter_map(|(first, _)| first).min();
    let last = spans().filter_map(|(_, last)| last).max();
    (first, last)
}

type Span = (Option<NaiveDate>, Option<NaiveDate>);

type ByDay = BTreeMap<NaiveDate, Progress>;

fn progress<'m>(
    measure: &'m Measure,
    table: &Table,
    span: Span,
    faults: &mut Diagnostics,
) -> BTreeMap<&'m str, ByDay> {
    let mut found: BTreeMap<&str, ByDay> = BTreeMap::new();
    for row in 0..table.len() {
        // The reader of facts has refused a row where one of these is empty.
        let (Some(id), Some(date), Some(word)) = (
            table.text("action", row),
            day(table, row),
            table.text("state", row),
        ) else {
            continue;
        };
        let known = || measure.actions.iter().map(|action| action.id.as_str());
        let Some(action) = known().find(|known| *known == id) else {
            let help = nearest(id, known()).unwrap_or_else(|| names(known()));
            faults.push(unknown_action(id, &measure.id, place(table, row), help));
            continue;
        };
        let Some(state) = ActionState::of(word) else {
            faults.push(unknown_state(word, place(table, row)));
            continue;
        };
        faults.extend(outside(date, span, place(table, row)).into_iter().collect());
        let note = table.text("note", row).map(str::to_owned);
        let days = found.entry(action).or_default();
        if days.insert(date, Progress { date, state, note }).is_some() {
            faults.push(twice(id, date, place(table, row)));
        }
    }
    found
}

fn day(table: &Table, row: usize) -> Option<NaiveDate> {
    match &table.column("date")?.facts {
        Facts::Date(days) => days.get(row).copied().flatten(),
        _ => None,
    }
}

fn place(table: &Table, row: usize) -> Place {
    let line = table.lines.get(row).copied().unwrap_or(1);
    Place {
        line,
        ..Place::start_of(table.file.clone())
    }
}

fn names<'n>(known: impl Iterator<Item = &'n str>) -> Text {
    let known: Vec<String> = known.map(|id| format!("`{id}`")).collect();
    let known = known.join(", ");
    say!("ci sono: {known}", "there are: {known}")
}

fn unknown_action(id: &str, measure: &str, place: Place, help: Text) -> Diagnostic {
    let message = say!(
        "`{id}` non è un'azione della misura `{measure}`",
        "`{id}` is not an action of the measure `{measure}`"
    );
    let fault = Diagnostic::error(Code::UnknownReference, message);
    fault.at(place).help(help)
}

fn unknown_state(word: &str, place: Place) -> Diagnostic {
    let message = say!(
        "`{word}` non è lo stato di un'azione",
        "`{word}` is not the state of an action"
    );
    let fault = Diagnostic::error(Code::MalformedCell, message);
    let known = names(ActionState::ALL.into_iter().map(ActionState::word));
    fault.at(place).help(known)
}

/// Warns of a day before the first, or after the last, that the times of the actions reach.
fn outside(date: NaiveDate, (first, last): Span, place: Place) -> Option<Diagnostic> {
    let before = first.filter(|first| date < *first);
    let after = last.filter(|last| *last < date);
    let message = match (before, after) {
        (Some(first), _) => say!(
            "lo stato è del {date}, prima del {first}: nessun tempo delle azioni comincia prima",
            "the state is of {date}, before {first}: no time of the actions begins before"
        ),
        (None, Some(last)) => say!(
            "lo stato è del {date}, dopo il {last}: nessun tempo delle azioni finisce dopo",
            "the state is of {date}, after {last}: no time of the actions ends after"
        ),
        (None, None) => return None,
    };
    let fault = Diagnostic::warning(Code::MalformedCell, message);
    Some(fault.at(place).help(say!(
        "controllare l'anno; se la data è giusta non serve altro",
        "check the year; where the date is right nothing else is needed"
    )))
}

fn twice(id: &str, date: NaiveDate, place: Place) -> Diagnostic {
    let message = say!(
        "`{id}` ha due stati il {date}: non si sa quale venga dopo",
        "`{id}` has two states on {date}: which comes later is not known"
    );
    let fault = Diagnostic::error(Code::DuplicateRow, message);
    fault.at(place).help(say!(
        "tenere una riga sola per azione e giorno",
        "keep one row for an action and day"
    ))
}
