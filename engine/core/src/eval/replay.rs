//! Replays the life of each sheet: its events in order, each accepted or refused with every reason.

mod gate;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wider;

use std::collections::BTreeMap;

use super::derive::named_parts;
use super::gap::Gap;
use super::labels::{self, value_of};
use super::value::{Cells, RowOf, Values, cell};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::identifiers::{masked, without_codes};
use crate::model::{Table, TableDecl};
use crate::outcome::{HistoryEntry, LifeOutcome, Refusal, SheetOutcome};
use crate::pack::nearest;
use crate::rules::{Life, OpenColumn, Requirement, Scalar, Source, State, Transition};
use crate::say;
use crate::time::RomeTime;
use crate::words;

/// Replays a life; gives the state of each row as a column, and all that happened.
///
/// # Shape
/// Conditions are judged on the facts as they stand, which bear no date.
pub fn life(life: &Life, values: &Values<'_>, faults: &mut Diagnostics) -> (Cells, LifeOutcome) {
    let rows = match (
        values.data.tables.get(&life.of),
        values.measure.table(&life.of),
    ) {
        (Some(table), Some(declared)) => {
            let mut replay = Replay {
                life,
                values,
                table,
                sheets: sheets(life, table, declared),
                faults,
                told: Vec::new(),
            };
            replay.run();
            replay
                .sheets
                .into_iter()
                .map(|sheet| sheet.outcome(life))
                .collect()
        }
        _ => Vec::new(),
    };
    let states = rows
        .iter()
        .map(|row: &SheetOutcome| Ok(Scalar::Text(row.state.clone())));
    let states = states.collect();
    let outcome = LifeOutcome {
        life: life.id.clone(),
        measure: values.measure.id.clone(),
        label: life.label.clone(),
        rows,
    };
    (states, outcome)
}

fn sheets<'l>(life: &'l Life, table: &Table, declared: &TableDecl) -> Vec<Sheet<'l>> {
    let rows = 0..table.len();
    rows.map(|row| {
        let shown = declared.key_shown(table, row).unwrap_or_default();
        let name = declared.title_shown(table, row);
        Sheet {
            key: table
                .text(&declared.key, row)
                .unwrap_or_default()
                .to_owned(),
            name: name.unwrap_or_else(|| shown.clone()),
            shown,
            state: &life.initial,
            reopened: None,
            history: Vec::new(),
        }
    })
    .collect()
}

/// A sheet as it stands between two events.
struct Sheet<'l> {
    /// What events call it.
    key: String,
    /// What answers call it.
    shown: String,
    name: String,
    state: &'l str,
    /// The columns that the transition to this state names.
    reopened: Option<&'l [OpenColumn]>,
    history: Vec<HistoryEntry>,
}

impl Sheet<'_> {
    fn outcome(self, life: &Life) -> SheetOutcome {
        let state = life.state(self.state);
        let editable = match state.is_some_and(|state| state.editable) {
            true => self.reopened.unwrap_or(&life.columns),
            false => &[],
        };
        SheetOutcome {
            key: self.shown,
            name: self.name,
            state: self.state.to_owned(),
            label: label_of(state, self.state),
            act: state.and_then(|state| state.source.cited()),
            assumption: state.is_some_and(|state| state.source.assumption),
            editable: editable.to_vec(),
            history: self.history,
        }
    }
}

fn label_of(state: Option<&State>, id: &str) -> Text {
    state.map_or_else(|| Text::same(id), |state| state.label.clone())
}

/// An event as it was logged.
struct Logged<'l> {
    row: usize,
    at: RomeTime,
    /// Its key, which orders what happened at one instant.
    number: Running,
    sheet: usize,
    transition: &'l Transition,
    actor: Option<String>,
    role: Option<Result<String, Gap>>,
    reason: Option<String>,
}

impl Logged<'_> {
    /// What an event comes before another by, and whose it is.
    fn turn(&self) -> (RomeTime, &Running, usize) {
        (self.at, &self.number, self.sheet)
    }
}

/// The key of an event: a whole number, as its digits without zeros before them and how many they
/// are, where all the keys of the table are; else its text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Running(usize, String);

impl Running {
    fn of(key: &str, whole: bool) -> Self {
        match whole {
            true => {
                let digits = key.trim_start_matches('0');
                Self(digits.len(), digits.to_owned())
            }
            false => Self(0, key.to_owned()),
        }
    }
}

struct Replay<'r, 'l> {
    life: &'l Life,
    values: &'r Values<'r>,
    table: &'r Table,
    sheets: Vec<Sheet<'l>>,
    faults: &'r mut Diagnostics,
    /// The faults of conditions that were told already.
    told: Vec<Diagnostic>,
}

impl<'l> Replay<'_, 'l> {
    fn run(&mut self) {
        let mut events = self.events();
        events.sort_by(|one, other| one.turn().cmp(&other.turn()));
        self.same_turn(&events);
        for event in events {
            let refusals = self.judge(&event);
            let Some(sheet) = self.sheets.get_mut(event.sheet) else {
                continue;
            };
            let (rule, accepted) = (event.transition, refusals.is_empty());
            sheet.history.push(HistoryEntry {
                at: event.at,
                transition: rule.id.clone(),
                label: rule.label.clone(),
                actor: event.actor,
                reason: event.reason,
                from: sheet.state.to_owned(),
                to: rule.to.clone(),
                refusals,
                message: rule.message.clone().filter(|_| accepted),
                act: rule.source.cited(),
                assumption: rule.source.assumption,
            });
            if accepted {
                sheet.state = &rule.to;
                sheet.reopened = rule.reopens.as_deref();
            }
        }
    }

    /// Reads the events of this life; what is wrong with their rows is told.
    fn events(&mut self) -> Vec<Logged<'l>> {
        let columns = &self.life.events;
        let Some(table) = self.values.data.tables.get(&columns.table) else {
            return Vec::new();
        };
        let keys: Vec<String> = self.sheets.iter().map(|sheet| sheet.key.clone()).collect();
        let keys: BTreeMap<&str, usize> = keys.iter().map(String::as_str).zip(0..).collect();
        let rows = 0..table.len();
        let declared = self.values.measure.table(&columns.table);
        let numbers = declared.map(|declared| {
            let key = |row| table.text(&declared.key, row).unwrap_or_default();
            let digits = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
            let whole = rows.clone().all(|row| digits(key(row)));
            rows.clone().map(move |row| Running::of(key(row), whole))
        });
        let numbers = numbers.into_iter().flatten();
        let events = rows.zip(numbers);
        events
            .filter_map(|(row, number)| self.event(table, row, number, &keys))
            .collect()
    }

    /// Tells the events of one sheet of which nothing says which came first.
    fn same_turn(&mut self, events: &[Logged<'l>]) {
        let Some(table) = self.values.data.tables.get(&self.life.events.table) else {
            return;
        };
        for (one, other) in events.iter().zip(events.iter().skip(1)) {
            if one.turn() != other.turn() {
                continue;
            }
            let [first, second] = [one.row.min(other.row), one.row.max(other.row)];
            let fault = Diagnostic::error(
                Code::DuplicateRow,
                say!(
                    "due eventi della stessa scheda hanno lo stesso istante e lo stesso numero",
                    "two events of one sheet have the same instant and the same number"
                ),
            );
            let other_place = say!("l'altro evento", "the other event");
            self.faults.push(
                fault
                    .at(line(table, second))
                    .related(line(table, first), other_place)
                    .help(say!(
                        "dare agli eventi dello stesso istante chiavi che ne dicano l'ordine: `1`, `2`",
                        "give the events of one instant keys that tell their order: `1`, `2`"
                    )),
            );
        }
    }

    fn event(
        &mut self,
        table: &Table,
        row: usize,
        number: Running,
        keys: &BTreeMap<&str, usize>,
    ) -> Option<Logged<'l>> {
        let (life, columns) = (self.life, &self.life.events);
        let read = |column: &str| {
            let column = table.column(column).ok_or(Gap::Impossible)?;
            cell(table, column, row)
        };
        let text = |column: &str| match read(column)? {
            Scalar::Text(text) => Ok(text),
            _ => Err(Gap::Impossible),
        };
        let declared = self.values.measure.table(&table.name);
        let said = |column: &Option<String>| {
            let name = column.as_ref()?;
            let text = text(name).ok()?;
            let hidden = declared.is_some_and(|declared| declared.hides(name, &text));
            Some(match hidden {
                true => masked(&text),
                false => without_codes(&text),
            })
        };
        let transition = self.needed(text(&columns.transition))?;
        let Some(rule) = life.transition(&transition) else {
            self.unknown_transition(&transition, line(table, row));
            return None;
        };
        let sheet = self.needed(text(&columns.sheet));
        let at = self.needed(read(&columns.at));
        let sheet = sheet?;
        let Some(sheet) = keys.get(sheet.as_str()).copied() else {
            self.faults
                .push(unknown_sheet(&sheet, &life.of, line(table, row)));
            return None;
        };
        let Some(Scalar::Moment(at)) = at else {
            return None;
        };
        Some(Logged {
            row,
            at,
            number,
            sheet,
            transition: rule,
            actor: said(&columns.actor),
            role: columns.role.as_ref().map(|name| text(name)),
            reason: said(&columns.reason),
        })
    }

    /// Gives what an event cannot do without, or tells that it is missing.
    fn needed<T>(&mut self, value: Result<T, Gap>) -> Option<T> {
        value
            .map_err(|gap| {
                let (label, act) = (&self.life.label, self.life.source.cited());
                let fault = gap.diagnostic(label, Some(self.life.place.clone()), act);
                self.faults.extend(fault.into_iter().collect());
            })
            .ok()
    }

    /// Two lives may share their events: a transition of the other one is no fault of this one.
    fn unknown_transition(&mut self, name: &str, place: Place) {
        let table = &self.life.events.table;
        let lives = &self.values.measure.lives;
        let mut sharing = lives.iter().filter(|life| life.events.table == *table);
        let known = || sharing.clone().flat_map(|life| &life.transitions);
        if known().any(|transition| transition.id == name)
            || sharing.next().is_none_or(|first| first.id != self.life.id)
        {
            return;
        }
        let ids: Vec<&str> = lives
            .iter()
            .filter(|life| life.events.table == *table)
            .flat_map(|life| &life.transitions)
            .map(|transition| transition.id.as_str())
            .collect();
        let help = nearest(name, ids.iter().copied()).unwrap_or_else(|| {
            let list: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            let list = list.join(", ");
            say!("i passaggi sono: {list}", "the transitions are: {list}")
        });
        let message = say!(
            "non c'è un passaggio `{name}`",
            "there is no transition `{name}`"
        );
        let fault = Diagnostic::error(Code::UnknownName, message);
        self.faults.push(fault.at(place).help(help));
    }

    /// Gives every reason for which an event is refused; none where it is accepted.
    fn judge(&mut self, event: &Logged<'l>) -> Vec<Refusal> {
        let (life, rule) = (self.life, event.transition);
        let Some(state) = self.sheets.get(event.sheet).map(|sheet| sheet.state) else {
            return Vec::new();
        };
        let mut refusals = Vec::new();
        refusals.extend(wrong_state(life, rule, state));
        refusals.extend(wrong_role(event));
        refusals.extend(gate::shut(self.values.measure, rule, event.at));
        if rule.needs_reason && event.reason.is_none() {
            let text = say!("manca la motivazione", "the reason is missing");
            refusals.push(refusal("reason", text, &rule.source));
        }
        let sheet = RowOf {
            table: self.table,
            row: event.sheet,
        };
        for requirement in &rule.requires {
            refusals.extend(self.unmet(requirement, sheet));
        }
        if let Some(table) = self.values.data.tables.get(&life.events.table) {
            let row = event.row;
            for requirement in &rule.event_requires {
                refusals.extend(self.unmet(requirement, RowOf { table, row }));
            }
        }
        refusals
    }

    fn unmet(&mut self, requirement: &Requirement, row: RowOf<'_>) -> Option<Refusal> {
        let at = Some(row);
        let (that, source) = (&requirement.that, &requirement.source);
        let what = match self.values.condition(&that.expr, at) {
            Ok(true) => return None,
            Ok(false) => {
                let text = self.with_values(requirement, row);
                return Some(refusal(&that.text, text, source));
            }
            Err(gap) => match gap.awaited() {
                Some(what) => what,
                None => {
                    // The run is refused: what becomes of the event is never read.
                    self.tell_once(&gap, requirement);
                    return None;
                }
            },
        };
        let text = say!(
            "non si può dire se «{fails}»: {what}",
            "whether “{fails}” cannot be said: {what}";
            fails = requirement.fails.clone(), what = what
        );
        Some(refusal(&that.text, text, source))
    }

    /// Says what did not hold, with the value of each name in the condition.
    fn with_values(&self, requirement: &Requirement, row: RowOf<'_>) -> Text {
        let at = Some(row);
        let parts = named_parts(&requirement.that).into_iter();
        let found: Vec<Text> = parts
            .filter_map(|(name, expr)| {
                let (measure, table) = (self.values.measure, &row.table.name);
                let value = self.values.value(&expr, at).ok()?;
                let value = value_of(measure, table, &expr, value);
                let name = labels::label_of(measure, table, &name, &expr);
                Some(say!("{name}: {value}", "{name}: {value}"; name = name, value = value))
            })
            .collect();
        if found.is_empty() {
            return requirement.fails.clone();
        }
        say!(
            "{fails} ({found})", "{fails} ({found})";
            fails = requirement.fails.clone(), found = words::listed(&found)
        )
    }

    fn tell_once(&mut self, gap: &Gap, requirement: &Requirement) {
        let (place, act) = (requirement.place.clone(), requirement.source.cited());
        let fault = gap.diagnostic(&self.life.label, Some(place), act);
        if let Some(fault) = fault.filter(|fault| !self.told.contains(fault)) {
            self.told.push(fault.clone());
            self.faults.push(fault);
        }
    }
}

fn wrong_state(life: &Life, rule: &Transition, state: &str) -> Option<Refusal> {
    if rule.from.iter().any(|from| from == state) {
        return None;
    }
    let label = |id: &str| {
        let label = label_of(life.state(id), id);
        say!("«{label}»", "“{label}”"; label = label)
    };
    let from: Vec<Text> = rule.from.iter().map(|id| label(id)).collect();
    let text = say!(
        "lo stato è {state}, il passaggio parte da {from}",
        "the state is {state}, the transition starts from {from}";
        state = label(state), from = words::listed(&from)
    );
    Some(refusal("state", text, &rule.source))
}

fn wrong_role(event: &Logged<'_>) -> Option<Refusal> {
    let roles = &event.transition.roles;
    if roles.is_empty() {
        return None;
    }
    let list: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
    let list = list.join(", ");
    let text = match &event.role {
        Some(Ok(role)) if roles.contains(role) => return None,
        Some(Ok(role)) => say!(
            "il ruolo è `{role}`, serve {list}",
            "the role is `{role}`, {list} is needed"
        ),
        Some(Err(gap)) => {
            let what = gap.awaited()?;
            say!(
                "non si può dire in quale ruolo, serve {list}: {what}",
                "in which role cannot be said, {list} is needed: {what}";
                what = what
            )
        }
        None => say!("serve il ruolo {list}", "the role {list} is needed"),
    };
    Some(refusal("role", text, &event.transition.source))
}

fn refusal(condition: &str, text: Text, source: &Source) -> Refusal {
    Refusal {
        condition: condition.to_owned(),
        text,
        act: source.cited(),
        assumption: source.assumption,
    }
}

fn line(table: &Table, row: usize) -> Place {
    Place {
        line: table.lines.get(row).copied().unwrap_or(1),
        ..Place::start_of(table.file.clone())
    }
}

fn unknown_sheet(key: &str, table: &str, place: Place) -> Diagnostic {
    let message = say!(
        "`{key}` non è tra le chiavi della tabella `{table}`",
        "`{key}` is not among the keys of table `{table}`"
    );
    Diagnostic::error(Code::UnknownReference, message)
        .at(place)
        .help(say!(
            "correggere la riga, o aggiungere `{key}` alla tabella `{table}`",
            "correct the row, or add `{key}` to table `{table}`"
        ))
}
