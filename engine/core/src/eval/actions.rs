//! The progress of planned actions, read from the table that the measure names.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::model::{Dataset, Facts, Table};
use crate::outcome::{ActionOutcome, Progress};
use crate::pack::nearest;
use crate::rules::{ActionState, Measure, Pack};
use crate::say;

/// Gives the actions of a measure with their progress, in the order written.
pub fn actions(measure: &Measure, data: &Dataset, faults: &mut Diagnostics) -> Vec<ActionOutcome> {
    let table = measure.monitoring.as_ref();
    let table = table.and_then(|name| data.tables.get(name));
    let mut progress = match table {
        Some(table) => progress(measure, table, faults),
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
    for measure in &pack.measures {
        actions(measure, data, &mut faults);
    }
    faults
}

type ByDay = BTreeMap<NaiveDate, Progress>;

fn progress<'m>(
    measure: &'m Measure,
    table: &Table,
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
