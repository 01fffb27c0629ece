//! The rules that change as text, by measure; those that change alike are told once.

use riparto_core::diff::{Differences, RuleChange, RulePart};
use riparto_core::say;

use super::heading;
use crate::render::style::Page;

/// The rules that change, by measure; then those that only read otherwise.
pub fn blocks(found: &Differences, page: Page) -> Vec<String> {
    if found.rules.is_empty() {
        let none = say!(
            "nessuna regola delle misure cambia",
            "no rule of the measures changes"
        );
        return vec![none.get(page.lang).to_owned()];
    }
    let rules = say!("Regole che cambiano", "Rules that change");
    let words = say!("Solo parole: nomi e note", "Words only: names and notes");
    let mut blocks = Vec::new();
    for (title, wording) in [(rules, false), (words, true)] {
        let these: Vec<&RuleChange> = found
            .rules
            .iter()
            .filter(|r| r.wording == wording)
            .collect();
        if !these.is_empty() {
            blocks.push(page.dress.heading(title.get(page.lang)));
        }
        let by_measure = these.chunk_by(|one, next| one.measure == next.measure);
        blocks.extend(by_measure.map(|rules| of_measure(found, rules, page)));
    }
    blocks
}

fn of_measure(found: &Differences, rules: &[&RuleChange], page: Page) -> String {
    let shared = say!("comuni a più misure", "shared by several measures");
    let measure = rules.first().and_then(|rule| rule.measure.as_deref());
    let mut text = match measure {
        Some(measure) => heading(found, measure, page),
        None => shared.get(page.lang).to_owned(),
    };
    for (at, rule) in rules.iter().enumerate() {
        let alike = |other: &&&RuleChange| rule.together.is_some() && head(other) == head(rule);
        let before = rules.iter().take(at).any(|other| alike(&other));
        let all: Vec<&&RuleChange> = rules.iter().filter(alike).collect();
        match all.len() {
            _ if before => {}
            0 | 1 => line(&mut text, 1, rule.text.get(page.lang)),
            _ => {
                let head = head(rule).map_or("", |head| head.get(page.lang));
                line(&mut text, 1, head);
                let items = all.iter().filter_map(|one| one.together.as_ref());
                items.for_each(|one| line(&mut text, 2, one.item.get(page.lang)));
            }
        }
        parts(&mut text, 2, &rule.parts, page);
    }
    text
}

/// What a change has in common with others.
fn head(rule: &RuleChange) -> Option<&riparto_core::diag::Text> {
    rule.together.as_ref().map(|together| &together.head)
}

fn parts(text: &mut String, depth: usize, found: &[RulePart], page: Page) {
    for part in found {
        line(text, depth, part.text.get(page.lang));
        parts(text, depth + 1, &part.parts, page);
    }
}

/// Adds a line; from the second depth on, with a dash.
fn line(text: &mut String, depth: usize, said: &str) {
    let mark = if depth > 1 { "- " } else { "" };
    text.push_str(&format!("\n{}{mark}{said}", "  ".repeat(depth)));
}
