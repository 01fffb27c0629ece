//! Documents as JSON: each part with its count, what is missing, what another count would decide.

use riparto_core::diag::{Lang, Text};
use riparto_core::model::Counting;
use riparto_core::outcome::{DocumentOutcome, ItemOutcome, Otherwise, PartOutcome};
use serde_json::{Value, json};

use super::decisions::finding;

/// Gives documents one by one.
pub fn each(documents: &[DocumentOutcome], lang: Lang) -> Value {
    documents.iter().map(|one| document(one, lang)).collect()
}

fn document(document: &DocumentOutcome, lang: Lang) -> Value {
    let by = &document.counted_by;
    json!({
        "id": document.id,
        "measure": document.measure,
        "key": document.key,
        "name": document.name,
        "label": document.label.get(lang),
        "outcome": document.verdict.as_str(),
        "reasons": reasons(document, lang),
        "count": {
            "spaces": document.counting.spaces.as_str(),
            "line_breaks": document.counting.line_breaks.as_str(),
            "headings": document.counting.headings,
            "between": document.counting.between,
            "ends": document.counting.ends,
            "act": by.cited(),
            "assumption": by.assumption,
            "note": by.note,
        },
        "parts": document.parts.iter().map(|one| part(one, lang)).collect::<Vec<_>>(),
        "findings": document.findings.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
        "otherwise": document.otherwise.iter().map(otherwise).collect::<Vec<_>>(),
        "act": document.act,
        "assumption": document.assumption,
        "note": document.note,
    })
}

/// What stands in its way: its parts, then what else it must meet.
fn reasons(document: &DocumentOutcome, lang: Lang) -> Vec<Value> {
    let parts = document.obstacles().flat_map(|part| {
        let each = part.reasons.iter();
        each.map(|why| json!({ "part": part.id, "text": why.text.get(lang), "act": why.act }))
    });
    let unmet = document.unmet().map(|finding| {
        json!({
            "condition": finding.condition,
            "text": finding.text.get(lang),
            "act": finding.act,
        })
    });
    parts.chain(unmet).collect()
}

fn part(part: &PartOutcome, lang: Lang) -> Value {
    let texts = |texts: &[Text]| -> Vec<String> {
        let texts = texts.iter();
        texts.map(|text| text.get(lang).to_owned()).collect()
    };
    json!({
        "id": part.id,
        "label": part.label.get(lang),
        "characters": part.characters,
        "limit": part.limit,
        "limit_act": part.limit_act,
        "outcome": part.verdict.as_str(),
        "reasons": part.reasons.iter().map(|reason| reason.text.get(lang)).collect::<Vec<_>>(),
        "items": items(&part.items, lang, true),
        "missing": items(&part.missing, lang, false),
        "misprinted": part.misprinted.iter().map(|misprint| json!({
            "fault": misprint.fault.as_str(),
            "expected": misprint.expected,
            "printed": misprint.printed,
            "label": misprint.label.get(lang),
        })).collect::<Vec<_>>(),
        "awaits": texts(&part.awaits),
        "act": part.act,
        "assumption": part.assumption,
        "note": part.note,
    })
}

fn items(items: &[ItemOutcome], lang: Lang, counted: bool) -> Vec<Value> {
    let items = items.iter().map(|item| {
        let mut told = json!({ "letter": item.letter, "label": item.label.get(lang) });
        if let (true, Some(object)) = (counted, told.as_object_mut()) {
            object.insert("characters".to_owned(), json!(item.characters));
        }
        told
    });
    items.collect()
}

fn otherwise(other: &Otherwise) -> Value {
    let Counting {
        spaces,
        line_breaks,
        headings,
        between,
        ends,
    } = other.counting;
    json!({
        "count": {
            "spaces": spaces.as_str(),
            "line_breaks": line_breaks.as_str(),
            "headings": headings,
            "between": between,
            "ends": ends,
        },
        "outcome": other.verdict.as_str(),
        "parts": other.parts.iter().map(|(id, characters, verdict)| json!({
            "id": id,
            "characters": characters,
            "outcome": verdict.as_str(),
        })).collect::<Vec<_>>(),
    })
}
