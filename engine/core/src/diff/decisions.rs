//! What must hold, as blocks: checks, decisions with their conditions and derogations.

use std::collections::BTreeMap;

use super::block::{Block, quoted};
use super::kinds;
use super::names::Names;
use crate::rules::{Check, Condition, Eligibility, Exception};
use crate::say;

/// Gives what must hold before anything is split.
pub(super) fn check(check: &Check) -> Block {
    Block::new(kinds::CHECK, &check.id, &check.label, &check.source)
        .formula("that", Some(&check.that))
}

/// Gives a decision, its conditions, then the derogations that lift them.
pub(super) fn eligibility(names: &Names<'_>, rule: &Eligibility) -> Vec<Block> {
    let gives = rule.gives.iter();
    let gives = gives.map(|given| names.formula(&rule.table, &given.value));
    let (yes, no) = (&rule.words.yes, &rule.words.no);
    let whole = Block::new(kinds::ELIGIBILITY, &rule.id, &rule.label, &rule.source)
        .list(
            "of",
            say!("la tabella", "the table"),
            [names.table(&rule.table)],
        )
        .text(
            "yes",
            say!("le parole per il sì", "the words for yes"),
            yes.as_ref().map(|words| words.it.as_str()),
        )
        .text(
            "no",
            say!("le parole per il no", "the words for no"),
            no.as_ref().map(|words| words.it.as_str()),
        )
        .list(
            "gives",
            say!("ciò che riceve chi è ammesso", "what the admitted receive"),
            gives,
        );
    let conditions = rule.conditions.iter();
    let conditions = conditions
        .map(|one| condition(one).part_of(&whole))
        .collect();
    let exceptions = exceptions(rule).into_iter();
    let exceptions = exceptions.map(|one| one.part_of(&whole)).collect();
    [vec![whole], conditions, exceptions].concat()
}

fn condition(condition: &Condition) -> Block {
    let source = &condition.source;
    Block::new(kinds::CONDITION, &condition.id, &condition.label, source)
        .formula("that", Some(&condition.that))
}

/// The derogations of a decision, each once, with the conditions that it lifts.
fn exceptions(rule: &Eligibility) -> Vec<Block> {
    let mut lifted: BTreeMap<&str, (&Exception, Vec<&Condition>)> = BTreeMap::new();
    for condition in &rule.conditions {
        for exception in &condition.exceptions {
            let found = lifted.entry(&exception.id);
            let (_, lifts) = found.or_insert((exception, Vec::new()));
            lifts.push(condition);
        }
    }
    let each = lifted.into_values().map(|(exception, lifts)| {
        let lifts = lifts.into_iter();
        let lifts = lifts.map(|one| (one.id.clone(), quoted(&one.label)));
        let source = &exception.source;
        Block::new(kinds::EXCEPTION, &exception.id, &exception.label, source)
            .formula("when", Some(&exception.when))
            .list(
                "lifts",
                say!(
                    "l'elenco delle condizioni tolte",
                    "the list of conditions lifted"
                ),
                lifts,
            )
    });
    each.collect()
}
