//! A computed term: the day it ends on, then each step with its act.

use riparto_core::diag::{Lang, Text};
use riparto_core::pack::raw::calendar::{Saturday, Suspension};
use riparto_core::say;
use riparto_core::terms::{Computed, Switch, Term, long_date};
use serde_json::{Value, json};

/// Gives a term as JSON.
pub fn json(term: &Term<'_>, computed: &Computed, lang: Lang) -> Value {
    let steps = computed.steps.iter().map(|step| {
        json!({
            "date": step.date.to_string(),
            "why": step.why.get(lang),
            "act": step.act,
        })
    });
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
    let saturday = term.saturday();
    let is = match saturday.is {
        Saturday::Holiday => say!(
            "il sabato vale come un festivo",
            "a Saturday is like a holiday"
        ),
        Saturday::Working => say!(
            "il sabato è un giorno come gli altri",
            "a Saturday is a day like the others"
        ),
    };
    lines.push(switch(&is, &saturday, lang));
    let suspension = term.suspension();
    let is = match suspension.is {
        Suspension::August => say!("vale la sospensione feriale", "the summer suspension holds"),
        Suspension::None => say!("nessuna sospensione feriale", "no summer suspension"),
    };
    lines.push(switch(&is, &suspension, lang));
    lines.join("\n") + "\n"
}

fn switch<T>(is: &Text, switch: &Switch<T>, lang: Lang) -> String {
    let asked = say!("come chiesto", "as asked for");
    let act = switch.act.as_deref().unwrap_or(asked.get(lang));
    let note = switch
        .note
        .as_ref()
        .map(|note| format!("; {}", note.get(lang)));
    format!("  {}{} · {act}", is.get(lang), note.unwrap_or_default())
}
