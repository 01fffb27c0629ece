//! Checks documents: every part counted and looked through, then counted in every other way.

mod letters;

use self::letters::{Piece, misprints};
use super::gap::Gap;
use super::value::{RowOf, Values, cell};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::model::{Counting, Dataset, Table, TableDecl};
use crate::outcome::{
    DecisionOutcome, DecisionRow, DocumentOutcome, ItemOutcome, Otherwise, PartOutcome, PartReason,
    Verdict,
};
use crate::rules::{Document, DocumentItem, DocumentPart, Pack};
use crate::say;
use crate::words;

/// Checks each row of the table of a form; none where the text is at fault, which is told.
pub fn documents(
    rule: &Document,
    values: &Values<'_>,
    decisions: &[DecisionOutcome],
    faults: &mut Diagnostics,
) -> Vec<DocumentOutcome> {
    let of = values.data.tables.get(&rule.table);
    let text = values.data.tables.get(&rule.text.table);
    let (Some(of), Some(text), Some(declared)) = (of, text, values.measure.table(&rule.table))
    else {
        return Vec::new();
    };
    let unknown = unknown_parts(rule, text);
    if unknown.has_errors() {
        faults.extend(unknown);
        return Vec::new();
    }
    let judged = rule.requires.as_ref().and_then(|id| {
        let mut own = decisions.iter();
        own.find(|decision| decision.id == *id && decision.measure == values.measure.id)
    });
    let form = Form {
        rule,
        measure: &values.measure.id,
        of,
        declared,
        text,
    };
    let rows = 0..of.len();
    rows.map(|row| form.check(row, judged.and_then(|decision| decision.rows.get(row))))
        .collect()
}

/// Finds the pieces of text that stand in parts which no form of a pack has, before any run.
pub fn check_documents(pack: &Pack, data: &Dataset) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for rule in pack.measures.iter().flat_map(|measure| &measure.documents) {
        if let Some(text) = data.tables.get(&rule.text.table) {
            faults.extend(unknown_parts(rule, text));
        }
    }
    faults
}

/// A piece of text that stands in a part which the form does not have.
fn unknown_parts(rule: &Document, text: &Table) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for row in 0..text.len() {
        let Some(part) = text.text(&rule.text.part, row) else {
            continue;
        };
        let known = || rule.parts.iter().map(|part| part.id.as_str());
        if known().any(|known| known == part) {
            continue;
        }
        let id = &rule.id;
        let message = say!(
            "`{part}` non è una parte del documento `{id}`",
            "`{part}` is not a part of the document `{id}`"
        );
        let known: Vec<String> = known().map(|id| format!("`{id}`")).collect();
        let known = known.join(", ");
        let help = say!("ci sono: {known}", "there are: {known}");
        let fault = Diagnostic::error(Code::UnknownReference, message);
        let at = RowOf { table: text, row };
        faults.push(fault.at(at.place()).help(help));
    }
    faults
}

/// A form with the tables of its documents and of their text.
struct Form<'f> {
    rule: &'f Document,
    measure: &'f str,
    of: &'f Table,
    declared: &'f TableDecl,
    text: &'f Table,
}

impl Form<'_> {
    fn check(&self, row: usize, judged: Option<&DecisionRow>) -> DocumentOutcome {
        let rule = self.rule;
        let document = self.of.text(&self.declared.key, row);
        let pieces: Vec<usize> = (0..self.text.len())
            .filter(|at| {
                document.is_some() && self.cell(Some(&rule.text.document), *at) == document
            })
            .collect();
        let key = self.declared.key_shown(self.of, row).unwrap_or_default();
        let name = self.declared.title_shown(self.of, row);
        let name = name.unwrap_or_else(|| key.clone());
        let counted = |counting: Counting| {
            let parts = rule.parts.iter();
            let parts = parts.map(|part| self.part(part, &pieces, counting));
            let parts: Vec<PartOutcome> = parts.collect();
            let other = judged.map(|row| row.verdict);
            let verdict = together(parts.iter().map(|part| part.verdict).chain(other));
            (parts, verdict)
        };
        let counting = rule.count.counting;
        let (parts, verdict) = counted(counting);
        let others = Counting::all().filter(|other| *other != counting);
        let otherwise = others.filter_map(|counting| {
            let (others, verdict) = counted(counting);
            let changed = parts.iter().zip(others);
            let changed = changed.filter(|(part, other)| part.verdict != other.verdict);
            let changed = changed.map(|(_, other)| (other.id, other.characters, other.verdict));
            let parts: Vec<(String, u64, Verdict)> = changed.collect();
            (!parts.is_empty()).then_some(Otherwise {
                counting,
                verdict,
                parts,
            })
        });
        let otherwise = plainest(otherwise.collect(), counting);
        DocumentOutcome {
            id: rule.id.clone(),
            measure: self.measure.to_owned(),
            key,
            name,
            label: rule.label.clone(),
            verdict,
            counting,
            counted_by: rule.count.source.clone(),
            otherwise,
            parts,
            findings: judged.map(|row| row.findings.clone()).unwrap_or_default(),
            act: rule.source.cited(),
            assumption: rule.source.assumption,
            note: rule.source.note.clone(),
        }
    }

    /// Where no piece of a document was entered, its text is not known; otherwise a part that has
    /// no piece is not there.
    fn part(&self, part: &DocumentPart, document: &[usize], counting: Counting) -> PartOutcome {
        let pieces = document.iter().map(|row| self.piece(part, *row));
        let pieces: Vec<Piece<'_>> = pieces.flatten().collect();
        let count = |piece: &Piece<'_>| {
            let body = piece.body.map_or(0, |text| counting.characters(text));
            body + piece.heading.map_or(0, |text| counting.heading(text))
        };
        let written = pieces.iter().filter(|piece| count(piece) > 0);
        let there = |item: &DocumentItem| pieces.iter().any(|p| p.item == Some(item));
        let absent = part.items.iter().filter(|item| !there(item));
        let missing: Vec<ItemOutcome> = match document.is_empty() {
            true => Vec::new(),
            false => absent.map(|item| told(item, 0)).collect(),
        };
        let awaits = match document.is_empty() {
            true => vec![self.no_text()],
            false => {
                // A piece without an item, in a part that has some, is its title.
                let needed = |p: &&Piece<'_>| p.item.is_some() || part.items.is_empty();
                let empty = pieces.iter().filter(needed).filter(|p| p.body.is_none());
                empty.filter_map(|piece| self.no_body(piece)).collect()
            }
        };
        let mut found = PartOutcome {
            id: part.id.clone(),
            label: part.label.clone(),
            characters: pieces.iter().map(count).sum::<u64>() + counting.joins(written.count()),
            limit: part.limit.as_ref().map(|limit| limit.characters),
            limit_act: part.limit.as_ref().and_then(|limit| limit.source.cited()),
            verdict: Verdict::Eligible,
            items: pieces
                .iter()
                .filter_map(|p| Some(told(p.item?, count(p))))
                .collect(),
            missing,
            misprinted: misprints(part, &pieces),
            awaits,
            reasons: Vec::new(),
            act: part.source.cited(),
            assumption: part.source.assumption,
            note: part.source.note.clone(),
        };
        let not_there = pieces.is_empty() && !document.is_empty();
        let failing = failing(&found, not_there);
        found.verdict = match (failing.is_empty(), found.awaits.is_empty()) {
            (false, _) => Verdict::NotEligible,
            (true, false) => Verdict::Undetermined,
            (true, true) => Verdict::Eligible,
        };
        found.reasons = match failing.is_empty() {
            true => found
                .awaits
                .iter()
                .map(|text| reason(text, &found.act))
                .collect(),
            false => failing,
        };
        found
    }

    fn piece<'p>(&'p self, part: &'p DocumentPart, row: usize) -> Option<Piece<'p>> {
        let columns = &self.rule.text;
        if self.cell(Some(&columns.part), row) != Some(part.id.as_str()) {
            return None;
        }
        let printed = self.cell(columns.letter.as_deref(), row);
        let heading = self.cell(columns.heading.as_deref(), row);
        let body = self.cell(Some(&columns.body), row);
        Some(Piece::of(part, row, printed, heading, body))
    }

    fn cell(&self, column: Option<&str>, row: usize) -> Option<&str> {
        let text = self.text.text(column?, row)?;
        (!text.trim().is_empty()).then_some(text)
    }

    fn no_text(&self) -> Text {
        let file = &self.text.file;
        say!(
            "in `{file}` non c'è il suo testo",
            "`{file}` does not hold its text"
        )
    }

    /// Says which cell is empty.
    fn no_body(&self, piece: &Piece<'_>) -> Option<Text> {
        let column = self.text.column(&self.rule.text.body)?;
        let read = cell(self.text, column, piece.row);
        read.err().as_ref().and_then(Gap::awaited)
    }
}

/// Keeps the ways that say something more than a plainer one: where the ends of lines between
/// pieces, or blank ends, change nothing, the way that leaves them as the form counts stands alone.
fn plainest(ways: Vec<Otherwise>, form: Counting) -> Vec<Otherwise> {
    let told = |way: &Otherwise| -> Vec<(String, Verdict)> {
        let parts = way.parts.iter();
        parts
            .map(|(id, _, verdict)| (id.clone(), *verdict))
            .collect()
    };
    let says_more = |way: &&Otherwise| {
        let mut others = ways.iter();
        !others
            .any(|other| other.counting.is_plainer(way.counting, form) && told(other) == told(way))
    };
    ways.iter().filter(says_more).cloned().collect()
}

/// One failure decides, whatever is not known elsewhere.
fn together(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let worst = [Verdict::NotEligible, Verdict::Undetermined];
    let worst = worst.into_iter().find(|verdict| verdicts.contains(verdict));
    worst.unwrap_or(Verdict::Eligible)
}

/// Says what fails in a part: text that is not known can only add to its characters.
fn failing(part: &PartOutcome, not_there: bool) -> Vec<PartReason> {
    if not_there {
        let text = say!("la parte non c'è", "the part is not there");
        return vec![reason(&text, &part.act)];
    }
    let mut failing = Vec::new();
    if let Some(limit) = part.limit.filter(|limit| part.characters > *limit) {
        let characters = words::count(part.characters);
        let text = say!(
            "{characters} caratteri, più di {limit}",
            "{characters} characters, more than {limit}";
            characters = characters, limit = words::count(limit)
        );
        failing.push(reason(&text, &part.limit_act));
    }
    failing.extend(part.missing.iter().map(|item| {
        let letter = &item.letter;
        let text = say!(
            "manca la lettera «{letter}», {label}",
            "the letter “{letter}” is missing, {label}";
            label = item.label.clone()
        );
        reason(&text, &part.act)
    }));
    failing
}

fn reason(text: &Text, act: &Option<String>) -> PartReason {
    PartReason {
        text: text.clone(),
        act: act.clone(),
    }
}

fn told(item: &DocumentItem, characters: u64) -> ItemOutcome {
    ItemOutcome {
        letter: item.letter.clone(),
        label: item.label.clone(),
        characters,
    }
}
