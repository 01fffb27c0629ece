//! Planned actions as text: group by group, what each says, and what is not stated.

use riparto_core::diag::Text;
use riparto_core::outcome::{ActionOutcome, DeadlineOutcome, Outcome};
use riparto_core::rules::{ActionEuro, Measure, Pack};
use riparto_core::say;

use super::schedule::schedule;
use super::style::Page;

/// Renders the actions of a pack, a block for each group of each measure.
pub fn actions(pack: &Pack, outcome: &Outcome, page: Page, terminal: bool) -> Vec<String> {
    let mut blocks = Vec::new();
    for measure in &pack.measures {
        let all = outcome.actions.iter();
        let all = all.filter(|action| action.measure == measure.id);
        let all: Vec<&ActionOutcome> = all.collect();
        if all.is_empty() {
            continue;
        }
        let heading = page.dress.heading(measure.title.get(page.lang));
        blocks.push(format!("{heading}\n{}", measure.act));
        let mut groups: Vec<&str> = Vec::new();
        for action in &all {
            let group = action.action.group.id.as_str();
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        for group in groups {
            let of_group = all.iter().filter(|a| a.action.group.id == group);
            let of_group: Vec<&ActionOutcome> = of_group.copied().collect();
            blocks.push(one_group(measure, &of_group, &outcome.deadlines, page));
        }
        blocks.extend(schedule(&pack.id, &all, &outcome.deadlines, page, terminal));
    }
    blocks
}

fn one_group(
    measure: &Measure,
    actions: &[&ActionOutcome],
    deadlines: &[DeadlineOutcome],
    page: Page,
) -> String {
    let label = actions.first().map(|a| a.action.group.label.get(page.lang));
    let (label, count) = (label.unwrap_or_default(), actions.len());
    let mut lines = vec![page.dress.heading(&format!("{label} ({count})"))];
    for action in actions {
        lines.extend(one(measure, action, deadlines, page));
    }
    lines.join("\n")
}

fn one(
    measure: &Measure,
    outcome: &ActionOutcome,
    deadlines: &[DeadlineOutcome],
    page: Page,
) -> Vec<String> {
    let action = &outcome.action;
    let number = action.number.as_deref().unwrap_or("·");
    let mut lines = vec![format!(
        "  {number} {} · {}",
        action.id,
        action.label.get(page.lang)
    )];
    let same = |text: &Option<String>| text.as_ref().map(Text::same);
    let cells = [
        (say!("tema", "theme"), same(&action.theme)),
        (say!("attività", "activity"), same(&action.activity)),
        (say!("strumento", "tool"), same(&action.tool)),
        (say!("responsabile", "owner"), same(&action.owner)),
        (say!("risorse", "resources"), same(&action.resources)),
        (say!("scadenza", "deadline"), outcome.due(deadlines)),
        (say!("stato", "state"), state(outcome, deadlines)),
    ];
    let objectives = action.objectives.join("; ");
    let more = [
        (
            say!("importo", "amount"),
            action.euro.as_ref().map(ActionEuro::said),
        ),
        (
            say!("obiettivi", "objectives"),
            (!objectives.is_empty()).then(|| Text::same(objectives)),
        ),
        (say!("atto", "act"), act(measure, outcome)),
        (say!("nota", "note"), same(&action.source.note)),
    ];
    let line = |name: &Text, value: &str| format!("      {:<12} {value}", name.get(page.lang));
    for (name, value) in cells.iter().chain(&more) {
        let value = value.as_ref().map(|value| value.get(page.lang));
        lines.extend(value.map(|value| line(name, value)));
    }
    let missing = cells.iter().filter(|(_, value)| value.is_none());
    let missing: Vec<&str> = missing.map(|(name, _)| name.get(page.lang)).collect();
    if !missing.is_empty() {
        let not_stated = say!("non indicato", "not stated");
        lines.push(line(&not_stated, &missing.join(", ")));
    }
    lines
}

fn state(outcome: &ActionOutcome, deadlines: &[DeadlineOutcome]) -> Option<Text> {
    let present = outcome.present()?;
    let state = present.state.label();
    let note = present.note.as_ref().map(|note| format!(": {note}"));
    let note = Text::same(note.unwrap_or_default());
    let late = outcome.late(deadlines).map(|late| late.said());
    let late = late.map(|late| say!(", {late}", ", {late}"; late = late));
    Some(say!(
        "{state} ({date}){late}{note}", "{state} ({date}){late}{note}";
        state = state, date = Text::same(present.date.to_string()), note = note,
        late = late.unwrap_or_else(|| Text::same(""))
    ))
}

/// The act of an action, where it is not the one in the heading.
fn act(measure: &Measure, outcome: &ActionOutcome) -> Option<Text> {
    let source = &outcome.action.source;
    let act = source.cited().filter(|act| *act != measure.act.to_string());
    match (act, source.assumption) {
        (act, true) => {
            let act = Text::same(act.map(|act| format!(" · {act}")).unwrap_or_default());
            Some(say!("[ipotesi]{act}", "[assumption]{act}"; act = act))
        }
        (act, false) => act.map(Text::same),
    }
}
