//! Planned actions as JSON: null, or an empty list, for what the source does not state.

use riparto_core::diag::Lang;
use riparto_core::outcome::{ActionOutcome, Progress};
use riparto_core::rules::ActionEuro;
use serde_json::{Value, json};

/// Gives actions one by one.
pub fn each(actions: &[ActionOutcome], lang: Lang) -> Value {
    actions
        .iter()
        .map(|outcome| action(outcome, lang))
        .collect()
}

fn action(outcome: &ActionOutcome, lang: Lang) -> Value {
    let action = &outcome.action;
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
    let present = outcome.present();
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
        "deadline": action.deadline,
        "objectives": action.objectives,
        "state": present.map(|progress| progress.state.word()),
        "since": present.map(|progress| progress.date.to_string()),
        "history": outcome.history.iter().map(progress).collect::<Vec<_>>(),
        "act": action.source.cited(),
        "assumption": action.source.assumption,
        "note": action.source.note,
    })
}

fn progress(progress: &Progress) -> Value {
    json!({
        "date": progress.date.to_string(),
        "state": progress.state.word(),
        "note": progress.note,
    })
}
