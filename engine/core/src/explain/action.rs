//! What the source says of a planned action, and how far it has come.

use super::{Part, Step, Subject};
use crate::diag::Text;
use crate::eval::Run;
use crate::outcome::ActionOutcome;
use crate::rules::{ActionEuro, Measure};
use crate::say;

/// Tells what is known of the action that the subject is, where it is one of this measure.
pub fn tell(measure: &Measure, run: &Run, subject: &Subject) -> Option<Part> {
    let outcome = own(measure, run, subject)?;
    let action = &outcome.action;
    let deadlines = &run.outcome.deadlines;
    let objectives = action.objectives.join("; ");
    let objectives = Some(objectives).filter(|said| !said.is_empty());
    let same = |cell: &Option<String>| {
        let cell = cell.as_ref()?;
        Some(Text::same(cell.trim_end_matches('.')))
    };
    let cells = [
        (say!("tema", "theme"), same(&action.theme)),
        (say!("attività", "activity"), same(&action.activity)),
        (say!("strumento", "tool"), same(&action.tool)),
        (say!("responsabile", "owner"), same(&action.owner)),
        (say!("risorse", "resources"), same(&action.resources)),
        (
            say!("importo", "amount"),
            action.euro.as_ref().map(ActionEuro::said),
        ),
        (say!("obiettivi", "objectives"), same(&objectives)),
        (say!("scadenza", "deadline"), outcome.due(deadlines)),
    ];
    let said = cells.into_iter().filter_map(|(name, cell)| {
        let text = say!("{name}: {cell}", "{name}: {cell}"; name = name, cell = cell?);
        Some(Step::from("said", text, &action.source))
    });
    let mut steps: Vec<Step> = said.collect();
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
    let late = outcome.late(deadlines);
    steps.extend(late.map(|late| Step::new("late", late.said())));
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
