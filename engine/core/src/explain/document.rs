//! Why a document, or a part of it, is as required or not: how it was counted, what is missing.

use super::{Part, Step, Subject};
use crate::diag::Text;
use crate::eval::Run;
use crate::outcome::{DocumentOutcome, Otherwise, PartOutcome, PartReason, Verdict, conformity};
use crate::rules::Measure;
use crate::say;
use crate::words;

/// Gives the name by which a reader asks about a part of a form.
pub fn part_key(form: &str, part: &str) -> String {
    format!("{form}.{part}")
}

/// Tells what was found of the subject in one measure: a document, or one part of every document.
pub fn tell(measure: &Measure, run: &Run, subject: &Subject) -> Vec<Part> {
    let told = own(measure, run, subject).into_iter();
    told.map(|(document, part)| Part {
        measure: document.measure.clone(),
        allocation: document.id.clone(),
        fund: None,
        title: title(document),
        amount: None,
        steps: match part {
            Some(part) => of_part(document, part),
            None => of_whole(document),
        },
    })
    .collect()
}

/// Says what was decided of the subject in one measure.
pub fn verdicts(measure: &Measure, run: &Run, subject: &Subject) -> Vec<Text> {
    let told = own(measure, run, subject).into_iter();
    told.map(|(document, part)| {
        let (of, verdict) = match part {
            Some(part) => (Text::same(&document.name), part.verdict),
            None => (document.label.clone(), document.verdict),
        };
        say!("{of}, {word}", "{of}, {word}"; of = of, word = conformity(verdict))
    })
    .collect()
}

fn own<'r>(
    measure: &Measure,
    run: &'r Run,
    subject: &Subject,
) -> Vec<(&'r DocumentOutcome, Option<&'r PartOutcome>)> {
    let documents = run.outcome.documents.iter();
    let documents = documents.filter(|document| document.measure == measure.id);
    documents
        .filter_map(|document| {
            let named = |part: &&PartOutcome| part_key(&document.id, &part.id) == subject.key;
            match document.parts.iter().find(named) {
                Some(part) => Some((document, Some(part))),
                None => (document.key == subject.key).then_some((document, None)),
            }
        })
        .collect()
}

fn title(document: &DocumentOutcome) -> Text {
    let name = &document.name;
    say!("{label} · {name}", "{label} · {name}"; label = document.label.clone())
}

fn of_whole(document: &DocumentOutcome) -> Vec<Step> {
    let mut steps = vec![counted(document)];
    steps.extend(document.parts.iter().map(|part| {
        let (label, word) = (part.label.clone(), conformity(part.verdict));
        let text = match part.reasons.as_slice() {
            [] => say!(
                "{label}: {word}, {length}", "{label}: {word}, {length}";
                label = label, word = word, length = length(part)
            ),
            reasons => say!(
                "{label}: {word}, {reasons}", "{label}: {word}, {reasons}";
                label = label, word = word, reasons = listed(reasons)
            ),
        };
        step("part", text, part)
    }));
    steps.push(Step {
        act: document.act.clone(),
        assumption: document.assumption,
        note: document.note.clone(),
        ..conclusion(document.verdict)
    });
    steps
}

fn listed(reasons: &[PartReason]) -> Text {
    let texts = reasons.iter().map(|reason| reason.text.clone());
    words::listed(&texts.collect::<Vec<_>>())
}

fn of_part(document: &DocumentOutcome, part: &PartOutcome) -> Vec<Step> {
    let mut steps = vec![counted(document)];
    steps.extend(part.items.iter().map(|item| {
        let letter = &item.letter;
        let text = say!(
            "lettera «{letter}», {label}: {characters}",
            "letter “{letter}”, {label}: {characters}";
            label = item.label.clone(), characters = characters(item.characters)
        );
        step("item", text, part)
    }));
    if part.limit.is_none_or(|limit| part.characters <= limit) {
        steps.push(Step {
            act: part.limit_act.clone(),
            ..Step::new("limit", length(part))
        });
    }
    steps.extend(part.reasons.iter().map(|reason| Step {
        act: reason.act.clone(),
        ..Step::new("reason", reason.text.clone())
    }));
    steps.extend(
        part.misprinted
            .iter()
            .map(|misprint| step("letter", misprint.text(), part)),
    );
    let others = document.otherwise.iter();
    steps.extend(others.filter_map(|other| otherwise(other, part)));
    steps.push(step("decision", conclusion(part.verdict).text, part));
    steps
}

fn counted(document: &DocumentOutcome) -> Step {
    let text = say!(
        "si contano: {way}", "counted: {way}";
        way = words::counting(document.counting)
    );
    Step::from("count", text, &document.counted_by)
}

fn length(part: &PartOutcome) -> Text {
    let counted = characters(part.characters);
    match part.limit {
        Some(limit) => say!(
            "{counted}, al massimo {limit}", "{counted}, {limit} at most";
            counted = counted, limit = words::count(limit)
        ),
        None => counted,
    }
}

/// What another way of counting would say of a part, where it says otherwise.
fn otherwise(other: &Otherwise, part: &PartOutcome) -> Option<Step> {
    let mut changed = other.parts.iter();
    let (_, counted, verdict) = changed.find(|(id, ..)| *id == part.id)?;
    let text = say!(
        "con un altro conteggio ({way}) sarebbe {word}: {counted}",
        "counted otherwise ({way}) it would be {word}: {counted}";
        way = words::counting(other.counting), word = conformity(*verdict),
        counted = characters(*counted)
    );
    Some(Step::new("otherwise", text))
}

fn conclusion(verdict: Verdict) -> Step {
    let text = say!("dunque: {word}", "so: {word}"; word = conformity(verdict));
    Step::new("decision", text)
}

fn step(kind: &'static str, text: Text, part: &PartOutcome) -> Step {
    Step {
        act: part.act.clone(),
        assumption: part.assumption,
        note: part.note.clone(),
        ..Step::new(kind, text)
    }
}

fn characters(count: u64) -> Text {
    say!("{count} caratteri", "{count} characters"; count = words::count(count))
}
