//! Times as blocks: what a term is made of, who must keep it, what follows; dates are told apart.

use super::block::Block;
use super::kinds;
use crate::diag::Text;
use crate::pack::raw::calendar::{Saturday, Suspension};
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
pub(super) fn deadline(deadline: &Deadline) -> Vec<Block> {
    let kind = match &deadline.time {
        Time::Window(_) => kinds::WINDOW,
        Time::Term(_) => kinds::TERM,
        Time::Prose(_) => kinds::PROSE,
    };
    let block = Block::new(kind, &deadline.id, &deadline.label, &deadline.source);
    let block = match &deadline.time {
        Time::Term(rule) => term(block, rule),
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

fn term(block: Block, rule: &TermRule) -> Block {
    let length = rule.length.said();
    let plain = length.en.clone();
    let block = block
        .says("length", plain, length)
        .word("regime", say!("il regime", "the regime"), &rule.regime)
        .names(
            "from",
            say!("l'elenco degli eventi", "the list of events"),
            &rule.from,
        )
        .holds(
            "back",
            say!("il calcolo a ritroso", "counting backwards"),
            rule.back,
        )
        .holds(
            "free_days",
            say!("il calcolo a giorni liberi", "counting free days"),
            rule.free_days,
        );
    let saturday = rule.saturday.map(|saturday| match saturday {
        Saturday::Holiday => "holiday".to_owned(),
        Saturday::Working => "working".to_owned(),
    });
    let suspension = rule.suspension.map(|suspension| match suspension {
        Suspension::August => "august".to_owned(),
        Suspension::None => "none".to_owned(),
    });
    block
        .names(
            "saturday",
            say!("la regola del sabato", "the rule for Saturday"),
            &saturday,
        )
        .names(
            "suspension",
            say!("la regola della sospensione", "the rule for the suspension"),
            &suspension,
        )
}

fn quoted(text: &Text) -> Text {
    let (it, en) = (&text.it, &text.en);
    Text {
        it: format!("«{it}»"),
        en: format!("“{en}”"),
    }
}
