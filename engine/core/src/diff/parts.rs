//! What is inside a rule that is new or gone, one level after another.

use super::block::{Block, Kind, quoted};
use super::compare::RulePart;
use super::{kinds, sentence};
use crate::diag::Text;
use crate::say;
use crate::words;

/// Gives what a block sets and its parts; nothing of one that a sentence says whole.
pub(super) fn inside(whole: &Block, blocks: &[Block]) -> Vec<RulePart> {
    if whole.kind == kinds::MEASURE {
        return of_measure(whole, blocks);
    }
    let parts = blocks.iter().filter(|one| one.whole() == Some(whole.key()));
    let (columns, parts): (Vec<&Block>, Vec<&Block>) =
        parts.partition(|one| one.kind == kinds::COLUMN);
    let parts: Vec<RulePart> = parts.iter().map(|one| part(one, whole, blocks)).collect();
    if parts.is_empty() && columns.is_empty() {
        return Vec::new();
    }
    let labels: Vec<Text> = columns.iter().map(|one| quoted(&one.label)).collect();
    let columns = (!labels.is_empty()).then(|| {
        let labels = words::listed(&labels);
        alone(say!("colonne: {labels}", "columns: {labels}"; labels = labels))
    });
    let own = sentence::all(whole).filter(|_| !sentence::says_itself(whole));
    let own = own.map(alone);
    own.into_iter().chain(columns).chain(parts).collect()
}

/// The rules of a measure that decide and pay, each with its parts; the others counted.
fn of_measure(whole: &Block, blocks: &[Block]) -> Vec<RulePart> {
    let own = sentence::all(whole).map(alone);
    let rules = blocks.iter().filter(|one| one.of.is_none());
    let told = rules.clone().filter(|one| TOLD.contains(&one.kind));
    let told = told.map(|one| part(one, whole, blocks));
    let counts = COUNTED.iter().filter_map(|(of, one, more)| {
        let count = rules.clone().filter(|it| of.contains(&it.kind)).count();
        let (it, en) = if count == 1 { *one } else { *more };
        (count > 0).then(|| say!("{count} {it}", "{count} {en}"))
    });
    let counts: Vec<Text> = counts.collect();
    let counts = (!counts.is_empty()).then(|| {
        let counts = words::listed(&counts);
        alone(say!("inoltre: {counts}", "besides: {counts}"; counts = counts))
    });
    own.into_iter().chain(told).chain(counts).collect()
}

fn part(block: &Block, whole: &Block, blocks: &[Block]) -> RulePart {
    let parts = inside(block, blocks);
    RulePart {
        text: sentence::part(block, whole, !parts.is_empty()),
        parts,
    }
}

fn alone(text: Text) -> RulePart {
    RulePart {
        text,
        parts: Vec::new(),
    }
}

/// The rules of a measure that are told one by one.
const TOLD: [Kind; 8] = [
    kinds::FUND,
    kinds::PARAM,
    kinds::CHECK,
    kinds::ELIGIBILITY,
    kinds::ALLOCATION,
    kinds::BAND,
    kinds::TERM,
    kinds::REGISTER,
];

/// A word in Italian, then in English.
type Word = (&'static str, &'static str);

/// The rules of a measure that are counted, with the words for one and for more.
const COUNTED: [(&[Kind], Word, Word); 10] = [
    (&[kinds::TABLE], ("tabella", "table"), ("tabelle", "tables")),
    (
        &[kinds::DERIVE, kinds::ROLLUP, kinds::RANK],
        ("colonna calcolata", "computed column"),
        ("colonne calcolate", "computed columns"),
    ),
    (&[kinds::TOTAL], ("totale", "total"), ("totali", "totals")),
    (
        &[kinds::WINDOW, kinds::PROSE],
        ("scadenza, detta sopra", "deadline, told above"),
        ("scadenze, dette sopra", "deadlines, told above"),
    ),
    (
        &[kinds::LIFE],
        ("vita delle schede", "life of sheets"),
        ("vite delle schede", "lives of sheets"),
    ),
    (
        &[kinds::VALIDATOR],
        ("validazione", "validation"),
        ("validazioni", "validations"),
    ),
    (
        &[kinds::EXPORT],
        ("esportazione", "export"),
        ("esportazioni", "exports"),
    ),
    (
        &[kinds::OFFICE],
        ("ufficio", "office"),
        ("uffici", "offices"),
    ),
    (
        &[kinds::DOCUMENT],
        ("documento", "form"),
        ("documenti", "forms"),
    ),
    (
        &[kinds::ACTION],
        ("azione", "action"),
        ("azioni", "actions"),
    ),
];
