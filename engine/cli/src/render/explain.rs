//! An explanation as text: sentences an official could read to a mayor, each with its act.

use riparto_core::diag::Lang;
use riparto_core::explain::{Explanation, Part, Step};
use riparto_core::say;

use super::style::{Dress, given, with_key};

/// Renders an explanation.
pub fn render(explanation: &Explanation, lang: Lang, terminal: bool) -> String {
    let dress = Dress::new(terminal);
    let subject = &explanation.subject;
    let mut blocks = vec![format!(
        "{} · {}",
        with_key(&subject.name, &subject.key),
        explanation.pack
    )];
    blocks.extend(
        explanation
            .parts
            .iter()
            .map(|part| one_part(part, dress, lang)),
    );
    blocks.push(sentence(explanation.conclusion.get(lang)));
    blocks.join("\n\n") + "\n"
}

fn one_part(part: &Part, dress: Dress, lang: Lang) -> String {
    let mut lines = vec![dress.heading(part.title.get(lang))];
    let last = part.steps.len().saturating_sub(1);
    let mut told: Vec<&str> = Vec::new();
    for (at, step) in part.steps.iter().enumerate() {
        let (branch, rail) = if at == last {
            ("└─", "  ")
        } else {
            ("├─", "│ ")
        };
        lines.push(format!("{branch} {}", sentence(step.text.get(lang))));
        lines.extend(
            behind(step, &mut told, dress, lang)
                .into_iter()
                .map(|text| format!("{rail}   {text}")),
        );
    }
    lines.join("\n")
}

/// The act behind a step, and its note where no step before it had the same.
fn behind<'s>(step: &'s Step, told: &mut Vec<&'s str>, dress: Dress, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let source = say!("fonte", "source");
    let assumption = say!("[ipotesi]", "[assumption]");
    let assumption = dress.warning(assumption.get(lang));
    if step.given {
        lines.push(dress.warning(given().get(lang)));
    }
    match (&step.act, step.assumption) {
        (Some(act), false) => lines.push(format!("{}: {act}", source.get(lang))),
        (Some(act), true) => lines.push(format!("{}: {act} {assumption}", source.get(lang))),
        (None, true) => lines.push(assumption),
        (None, false) => {}
    }
    let note = step.note.as_deref().filter(|note| !told.contains(note));
    if let Some(note) = note {
        lines.push(format!("{}: {note}", say!("nota", "note").get(lang)));
        told.push(note);
    }
    lines
}

/// Gives a text its capital and its period.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}
