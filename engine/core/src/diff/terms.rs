//! Times as blocks: what a term is made of, who must keep it, what follows; dates are told apart.

use super::block::{Block, quoted};
use super::names::Names;
use super::{kinds, wording};
use crate::rules::{Deadline, Event, TermRule, Time};
use crate::say;

/// Gives what a term runs from.
pub(super) fn event(event: &Event) -> Block {
    Block {
        note: event.note.clone(),
        ..Block::bare(kinds::EVENT, &event.id, &event.label)
    }
}

/// Gives a deadline, then what follows for those who miss it.
pub(super) fn deadline(names: &Names<'_>, deadline: &Deadline) -> Vec<Block> {
    let kind = match &deadline.time {
        Time::Window(_) => kinds::WINDOW,
        Time::Term(_) => kinds::TERM,
        Time::Prose(_) => kinds::PROSE,
    };
    let block = Block::new(kind, &deadline.id, &deadline.label, &deadline.source);
    let block = match &deadline.time {
        Time::Term(rule) => term(names, block, rule),
        Time::Window(_) | Time::Prose(_) => block,
    };
    let block = match &deadline.who {
        Some(who) => block.sets(
            "who",
            say!("il destinatario", "the addressee"),
            &who.it,
            quoted(who),
        ),
        None => block,
    };
    let consequence = deadline.consequence.iter().map(|consequence| {
        let found = Block::new(
            kinds::CONSEQUENCE,
            "consequence",
            &deadline.label,
            &consequence.source,
        );
        let text = &consequence.text;
        found.says("text", &text.it, quoted(text)).part_of(&block)
    });
    let consequence: Vec<Block> = consequence.collect();
    [vec![block], consequence].concat()
}

fn term(names: &Names<'_>, block: Block, rule: &TermRule) -> Block {
    let length = rule.length.said();
    let plain = length.en.clone();
    let block = block
        .says("length", plain, length)
        .list(
            "regime",
            say!("il regime", "the regime"),
            [names.regime(&rule.regime)],
        )
        .list(
            "from",
            say!("l'elenco degli eventi", "the list of events"),
            rule.from.iter().map(|id| names.event(id)),
        )
        .holds(
            "back",
            say!("il calcolo a ritroso", "counting backwards"),
            say!("a ritroso", "backwards"),
            rule.back,
        )
        .holds(
            "free_days",
            say!("il calcolo a giorni liberi", "counting free days"),
            say!("a giorni liberi", "in free days"),
            rule.free_days,
        );
    block
        .list(
            "saturday",
            say!("la regola del sabato", "the rule for Saturday"),
            rule.saturday.map(wording::saturday),
        )
        .list(
            "suspension",
            say!("la regola della sospensione", "the rule for the suspension"),
            rule.suspension.map(wording::suspension),
        )
}
