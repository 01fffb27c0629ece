//! The history of a sheet, event by event, and the state that it is in.

use super::split::Teller;
use super::{Part, Step};
use crate::diag::Text;
use crate::outcome::{HistoryEntry, LifeOutcome, SheetOutcome};
use crate::say;
use crate::words;

impl Teller<'_> {
    /// Tells the lives that the subject has in this measure, a part for each.
    pub fn lives(&self) -> Vec<Part> {
        let sheets = self.sheets().into_iter();
        sheets.map(|(life, sheet)| part(life, sheet)).collect()
    }

    /// Says each life that the subject has in this measure, with the state it is in.
    pub fn states(&self) -> Vec<Text> {
        let sheets = self.sheets().into_iter();
        let state = |(life, sheet): (&LifeOutcome, &SheetOutcome)| {
            say!(
                "{life}, «{state}»", "{life}, “{state}”";
                life = life.label.clone(), state = sheet.label.clone()
            )
        };
        sheets.map(state).collect()
    }

    fn sheets(&self) -> Vec<(&LifeOutcome, &SheetOutcome)> {
        let lives = self.run.outcome.states.iter();
        let lives = lives.filter(|life| life.measure == self.measure.id);
        let mine = |life: &LifeOutcome| life.rows.iter().position(|r| r.key == self.subject.key);
        lives
            .filter_map(|life| Some((life, life.rows.get(mine(life)?)?)))
            .collect()
    }
}

fn part(life: &LifeOutcome, sheet: &SheetOutcome) -> Part {
    let mut steps: Vec<Step> = sheet.history.iter().flat_map(event).collect();
    let state = say!("lo stato è «{state}»", "the state is “{state}”"; state = sheet.label.clone());
    let editable = sheet.editable_words();
    let text = match editable.is_empty() {
        true => state,
        false => say!(
            "{state}: si possono modificare {editable}",
            "{state}; open to change: {editable}";
            state = state, editable = words::listed(&editable)
        ),
    };
    steps.push(Step {
        act: sheet.act.clone(),
        assumption: sheet.assumption,
        ..Step::new("state", text)
    });
    Part {
        measure: life.measure.clone(),
        allocation: life.life.clone(),
        fund: None,
        title: life.label.clone(),
        amount: None,
        steps,
    }
}

/// An event, then each reason for which it was refused.
fn event(entry: &HistoryEntry) -> Vec<Step> {
    let what = say!(
        "{at}, «{label}»{who}", "{at}, “{label}”{who}";
        at = entry.at.long(), label = entry.label.clone(), who = who(entry)
    );
    let told = match (entry.accepted(), &entry.message) {
        (false, _) => say!("{what}: rifiutato", "{what}: refused"; what = what),
        (true, None) => say!("{what}: accettato", "{what}: accepted"; what = what),
        (true, Some(message)) => say!(
            "{what}: accettato; da inviare il messaggio «{message}»",
            "{what}: accepted; the message “{message}” is to be sent";
            what = what, message = message.clone()
        ),
    };
    let told = match &entry.reason {
        Some(reason) => {
            say!("{told}; motivazione: {reason}", "{told}; reason: {reason}"; told = told)
        }
        None => told,
    };
    let mut steps = vec![Step {
        act: entry.act.clone(),
        assumption: entry.assumption,
        ..Step::new("event", told)
    }];
    steps.extend(entry.refusals.iter().map(|refusal| Step {
        act: refusal.act.clone(),
        assumption: refusal.assumption,
        ..Step::new("refusal", refusal.text.clone())
    }));
    steps
}

fn who(entry: &HistoryEntry) -> Text {
    match &entry.actor {
        Some(actor) => say!(" ({actor})", " ({actor})"),
        None => Text::same(""),
    }
}
