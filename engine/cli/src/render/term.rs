//! A computed term: the day it ends on, then each step with its act.

use riparto_core::diag::{Lang, Text};
use riparto_core::say;
use riparto_core::terms::{Computed, Term, long_date};
use riparto_io::report::json::deadlines::step;
use serde_json::{Value, json};

/// Gives a term as JSON.
pub fn json(term: &Term<'_>, computed: &Computed, lang: Lang) -> Value {
    let steps = computed.steps.iter().map(|s| step(s, lang));
    json!({
        "from": term.from.to_string(),
        "raw": computed.raw.to_string(),
        "due": computed.due.to_string(),
        "regime": term.regime.id,
        "steps": steps.collect::<Vec<_>>(),
    })
}

/// Gives a term as text.
pub fn text(term: &Term<'_>, computed: &Computed, lang: Lang) -> String {
    let mut lines = vec![long_date(computed.due).get(lang).to_owned(), String::new()];
    for step in &computed.steps {
        let act = step.act.as_ref().map(|act| format!(" · {act}"));
        let (date, why) = (step.date, step.why.get(lang));
        lines.push(format!("  {date}  {why}{}", act.unwrap_or_default()));
    }
    let Text { it, en } = &term.regime.label;
    let id = &term.regime.id;
    let regime = say!("regime `{id}`: {it}", "regime `{id}`: {en}");
    lines.extend([String::new(), regime.get(lang).to_owned()]);
    for rule in term.rules() {
        lines.push(format!("  {}", rule.sentence().get(lang)));
    }
    lines.join("\n") + "\n"
}
