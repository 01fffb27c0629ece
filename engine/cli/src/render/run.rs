//! An outcome as text: each split with its certificate, then what each subject receives.

use riparto_core::diag::{Lang, Text};
use riparto_core::outcome::{
    AllocationOutcome, DecisionOutcome, Outcome, SubjectTotal, Withheld, grouped,
};
use riparto_core::rules::{Measure, Pack};
use riparto_core::say;
use riparto_core::words;

use super::actions::actions;
use super::benefits;
use super::deadlines::timeline;
use super::decisions;
use super::documents;
use super::one_split;
use super::registers;
use super::states;
use super::style::{Dress, Page};
use super::table::table;
use crate::host::Ran;

/// Renders an outcome.
pub fn render(ran: &Ran, lang: Lang, terminal: bool) -> String {
    let page = Page {
        lang,
        dress: Dress::new(terminal),
    };
    let (pack, outcome) = (&ran.pack, &ran.run.outcome);
    let as_of = outcome.as_of;
    let (id, title) = (&pack.id, pack.title.get(lang));
    let heading = format!("{title} ({id}, {} {as_of})", say!("al", "as of").get(lang));
    let mut blocks = vec![format!(
        "{}\n{}",
        page.dress.heading(&heading),
        pack.main_act
    )];
    for measure in in_order(pack) {
        let splits = outcome
            .allocations
            .iter()
            .filter(|split| split.measure == measure.id);
        let splits: Vec<&AllocationOutcome> = splits.collect();
        let decided = outcome.decisions.iter();
        let decided =
            decided.filter(|decision| decision.measure == measure.id && !decision.rows.is_empty());
        let decided: Vec<String> = decided.map(|d| one_decision(d, outcome, page)).collect();
        let waiting = outcome.withheld.iter();
        let waiting = waiting.filter(|withheld| withheld.measure == measure.id);
        let waiting: Vec<String> = waiting.map(|w| awaits(w, page)).collect();
        if splits.is_empty() && decided.is_empty() && waiting.is_empty() {
            continue;
        }
        let heading = page.dress.heading(measure.title.get(lang));
        blocks.push(format!("{heading}\n{}", measure.act));
        blocks.extend(decided);
        blocks.extend(waiting);
        blocks.extend(
            splits
                .iter()
                .map(|split| one_split::render(measure, split, page)),
        );
    }
    if !outcome.allocations.is_empty() {
        blocks.push(amounts(outcome, page, terminal));
    }
    let registers = outcome.registers.iter();
    blocks.extend(registers.map(|r| registers::render(r, page, terminal)));
    let lives = outcome.states.iter();
    blocks.extend(lives.map(|life| states::render(life, page, terminal)));
    let checked = outcome.documents.iter();
    blocks.extend(checked.map(|one| documents::render(one, page, terminal)));
    blocks.extend(actions(pack, outcome, page, terminal));
    blocks.extend(timeline(&outcome.deadlines, None, page));
    blocks.extend(facts(ran, page));
    blocks.extend(checks(outcome, page));
    blocks.extend(assumptions(pack, page));
    blocks.join("\n\n") + "\n"
}

/// What the pack's own act decides comes first; the rest by name.
fn in_order(pack: &Pack) -> Vec<&Measure> {
    let (main, rest): (Vec<_>, Vec<_>) = pack
        .measures
        .iter()
        .partition(|measure| measure.act == pack.main_act);
    main.into_iter().chain(rest).map(AsRef::as_ref).collect()
}

/// A decision, with what it gives to the rows that it admits.
fn one_decision(decision: &DecisionOutcome, outcome: &Outcome, page: Page) -> String {
    let given = outcome.benefits.iter().filter(|benefit| {
        (&benefit.measure, &benefit.decision) == (&decision.measure, &decision.id)
    });
    let given = given.filter_map(|benefit| benefits::render(benefit, page));
    let blocks: Vec<String> = std::iter::once(decisions::render(decision, page))
        .chain(given)
        .collect();
    blocks.join("\n")
}

/// An allocation that was not made, and all that it waits for.
fn awaits(withheld: &Withheld, page: Page) -> String {
    let head = say!(
        "{label}: non si ripartisce finché mancano dei dati",
        "{label}: not split while facts are missing";
        label = withheld.label.clone()
    );
    let mut lines = vec![head.get(page.lang).to_owned()];
    let awaits = grouped(&withheld.awaits).into_iter();
    lines.extend(awaits.map(|text| format!("  - {}", text.get(page.lang))));
    lines.join("\n")
}

fn amounts(outcome: &Outcome, page: Page, terminal: bool) -> String {
    let mut header = vec![
        say!("codice", "code").get(page.lang).to_owned(),
        say!("nome", "name").get(page.lang).to_owned(),
    ];
    header.extend(
        outcome
            .allocations
            .iter()
            .map(|split| format!("{} · {}", split.fund, split.id)),
    );
    header.push(say!("totale", "total").get(page.lang).to_owned());
    let rows: Vec<Vec<String>> = outcome
        .totals
        .iter()
        .map(|total| {
            let mut cells = vec![total.key.clone(), named(total)];
            cells.extend(
                outcome
                    .allocations
                    .iter()
                    .map(|split| cell(split, &total.key, page)),
            );
            let amount = total
                .amount
                .map(|amount| words::money(amount).get(page.lang).to_owned());
            cells.push(amount.unwrap_or_else(|| "?".to_owned()));
            cells
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let numbers: Vec<usize> = (2..header.len()).collect();
    table(terminal, &header, &numbers, &rows)
}

/// The name of a subject; an aggregate says for how many it stands.
fn named(total: &SubjectTotal) -> String {
    match total.subjects {
        1 => total.name.clone(),
        many => format!("{} ×{many}", total.name),
    }
}

fn cell(split: &AllocationOutcome, key: &str, page: Page) -> String {
    let Some(row) = split.row(key) else {
        return String::new();
    };
    match &row.amounts {
        Some(amounts) => words::money(amounts.amount).get(page.lang).to_owned(),
        None => row.fraction.to_string(),
    }
}

/// How each file of facts was read.
fn facts(ran: &Ran, page: Page) -> Option<String> {
    let tables = ran.dialects.iter().filter_map(|(name, dialect)| {
        let rows = ran.data.tables.get(name)?.len();
        let decimals = match dialect.decimal_mark {
            Some(mark) => {
                say!(", decimali con {mark}", ", decimals with {mark}"; mark = mark.label())
            }
            None => Text::same(""),
        };
        let text = say!(
            "{name}: {rows} righe, celle separate da {separator}{decimals}",
            "{name}: {rows} rows, cells separated by {separator}{decimals}";
            separator = dialect.separator.label(), decimals = decimals
        );
        Some(format!("  {}", text.get(page.lang)))
    });
    let lines: Vec<String> = tables.collect();
    let title = say!("Dati", "Facts");
    (!lines.is_empty()).then(|| format!("{}\n{}", title.get(page.lang), lines.join("\n")))
}

fn checks(outcome: &Outcome, page: Page) -> Option<String> {
    if outcome.checks.is_empty() {
        return None;
    }
    let mut lines = vec![
        say!("Controlli soddisfatti", "Checks that hold")
            .get(page.lang)
            .to_owned(),
    ];
    for check in &outcome.checks {
        let waits = if check.judged { "" } else { say_waits(page) };
        let act = check
            .act
            .as_ref()
            .map(|act| format!(" · {act}"))
            .unwrap_or_default();
        lines.push(format!("  {}{waits}{act}", check.label.get(page.lang)));
    }
    Some(lines.join("\n"))
}

fn say_waits(page: Page) -> &'static str {
    match page.lang {
        Lang::It => " (in attesa di un valore non ancora noto)",
        Lang::En => " (waiting for a value that is not known yet)",
    }
}

/// What no source says as it stands, with the note of whoever wrote it down.
fn assumptions(pack: &Pack, page: Page) -> Option<String> {
    let title = say!(
        "Ipotesi: nessuna fonte lo dice così",
        "Assumptions: no source says so"
    );
    let mut lines = vec![title.get(page.lang).to_owned()];
    for assumption in pack.assumptions() {
        let note = assumption.note.map(|note| format!(": {note}"));
        let label = assumption.label.get(page.lang);
        let line = format!("  {label}{}", note.unwrap_or_default());
        // Two blocks may assume the same thing in the same words.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    (lines.len() > 1).then(|| lines.join("\n"))
}
