//! Planned actions as JSON: null, or an empty list, for what the source does not state.

use riparto_core::diag::Lang;
use riparto_core::outcome::{ActionOutcome, DeadlineOutcome, Lateness, Outcome, Progress};
use riparto_core::rules::ActionEuro;
use serde_json::{Value, json};

/// Gives actions one by one.
pub fn each(outcome: &Outcome, lang: Lang) -> Value {
    let actions = outcome.actions.iter();
    actions
        .map(|one| action(one, &outcome.deadlines, lang))
        .collect()
}

fn action(outcome: &ActionOutcome, deadlines: &[DeadlineOutcome], lang: Lang) -> Value {
    let (action, times) = (&outcome.action, outcome.times(deadlines));
    let (mut amount, mut amounts, mut interval) = (None, Vec::new(), None);
    match &action.euro {
        Some(ActionEuro::One(euro)) => amount = Some(euro),
        Some(ActionEuro::Several(several)) => {
            let several = several.iter();
            let several =
                several.map(|(label, euro)| json!({ "label": label.get(lang), "amount": euro }));
            amounts.extend(several);
        }
        Some(ActionEuro::Between(least, most)) => interval = Some([least, most]),
        None => {}
    }
    let (present, late) = (outcome.present(), outcome.late(deadlines));
    json!({
        "id": action.id,
        "measure": outcome.measure,
        "group": action.group.id,
        "group_label": action.group.label.get(lang),
        "number": action.number,
        "theme": action.theme,
        "label": action.label.get(lang),
        "activity": action.activity,
        "tool": action.tool,
        "owner": action.owner,
        "resources": action.resources,
        "amount": amount,
        "amounts": amounts,
        "interval": interval,
        "deadline": only(&action.deadlines),
        "times": times.iter().map(|time| when(time, lang)).collect::<Vec<_>>(),
        "objectives": action.objectives,
        "state": present.map(|progress| progress.state.word()),
        "late_days": late.as_ref().map(Lateness::days),
        "late": late.as_ref().map(|late| lateness(late, lang)),
        "since": present.map(|progress| progress.date.to_string()),
        "history": outcome.history.iter().map(progress).collect::<Vec<_>>(),
        "act": action.source.cited(),
        "assumption": action.source.assumption,
        "note": action.source.note,
    })
}

/// Gives the time of an action that has one.
fn only(deadlines: &[String]) -> Option<&String> {
    match deadlines {
        [only] => Some(only),
        _ => None,
    }
}

/// Gives a time of an action: its words, and the days between which it falls.
fn when(time: &DeadlineOutcome, lang: Lang) -> Value {
    let (earliest, latest) = time.span();
    json!({
        "id": time.id,
        "label": time.label.get(lang),
        "text": time.text,
        "earliest": earliest.map(|day| day.to_string()),
        "latest": latest.map(|day| day.to_string()),
        "certainty": time.certainty.as_str(),
        "act": time.act,
    })
}

/// Gives against what an action is late, whether it is still open, and the times not judged.
fn lateness(late: &Lateness<'_>, lang: Lang) -> Value {
    let against = late.against.iter();
    let against = against.map(|late| json!({ "time": late.time.id, "days": late.days }));
    json!({
        "text": late.said().get(lang),
        "open": late.open,
        "against": against.collect::<Vec<_>>(),
        "undated": late.undated.iter().map(|time| &time.id).collect::<Vec<_>>(),
    })
}

fn progress(progress: &Progress) -> Value {
    json!({
        "date": progress.date.to_string(),
        "state": progress.state.word(),
        "note": progress.note,
    })
}
