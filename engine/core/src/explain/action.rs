//! What the source says of a planned action, and how far it has come.

use super::{Part, Step, Subject};
use crate::diag::Text;
use crate::eval::Run;
use crate::outcome::ActionOutcome;
use crate::rules::{Measure, Time};
use crate::say;
use crate::words;

/// Tells what is known of the action that the subject is, where it is one of this measure.
pub fn tell(measure: &Measure, run: &Run, subject: &Subject) -> Option<Part> {
    let outcome = own(measure, run, subject)?;
    let action = &outcome.action;
    let objectives = action.objectives.join("; ");
    let cells = [
        (say!("tema", "theme"), &action.theme),
        (say!("attività", "activity"), &action.activity),
        (say!("strumento", "tool"), &action.tool),
        (say!("responsabile", "owner"), &action.owner),
        (say!("risorse", "resources"), &action.resources),
        (
            say!("obiettivi", "objectives"),
            &Some(objectives).filter(|said| !said.is_empty()),
        ),
    ];
    let said = cells.into_iter().filter_map(|(name, cell)| {
        let cell = cell.as_ref()?.trim_end_matches('.');
        Some(say!("{name}: {cell}", "{name}: {cell}"; name = name))
    });
    let mut steps: Vec<Step> = said
        .chain(times(measure, outcome))
        .map(|text| Step::from("said", text, &action.source))
        .collect();
    steps.extend(outcome.history.iter().map(|progress| {
        let date = progress.date;
        let text = say!(
            "dal {date}: {state}", "from {date}: {state}";
            state = progress.state.label()
        );
        Step {
            note: progress.note.clone(),
            ..Step::new("state", text)
        }
    }));
    Some(Part {
        measure: outcome.measure.clone(),
        allocation: action.id.clone(),
        fund: None,
        title: action.group.label.clone(),
        amount: None,
        steps,
    })
}

/// Says how far the action that the subject is has come.
pub fn state(measure: &Measure, run: &Run, subject: &Subject) -> Option<Text> {
    let outcome = own(measure, run, subject)?;
    Some(match outcome.present() {
        Some(present) => present.state.label(),
        None => say!("stato non indicato", "state not stated"),
    })
}

fn own<'r>(measure: &Measure, run: &'r Run, subject: &Subject) -> Option<&'r ActionOutcome> {
    let mut actions = run.outcome.actions.iter();
    actions.find(|one| one.measure == measure.id && one.action.id == subject.key)
}

fn times(measure: &Measure, outcome: &ActionOutcome) -> Option<Text> {
    let named = outcome.action.deadlines.iter();
    let known = named.filter_map(|id| measure.deadlines.iter().find(|known| known.id == *id));
    let told: Vec<Text> = known
        .map(|deadline| match &deadline.time {
            Time::Prose(prose) => Text::same(format!("«{}»", prose.text)),
            Time::Window(_) | Time::Term(_) => deadline.label.clone(),
        })
        .collect();
    (!told.is_empty())
        .then(|| say!("scadenza: {told}", "deadline: {told}"; told = words::listed(&told)))
}
