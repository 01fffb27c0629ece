//! The lives of sheets as blocks: states, transitions, what they require.

use super::block::{Block, quoted};
use super::kinds;
use super::names::{Names, state as state_named};
use crate::diag::Text;
use crate::rules::{Life, OpenColumn, Requirement, State, Transition};
use crate::say;

/// Gives a life, its states, its transitions, each followed by what it requires.
pub(super) fn life(names: &Names<'_>, life: &Life) -> Vec<Block> {
    let events = &life.events;
    let column = |id: &String| names.column(&events.table, id);
    let whole = Block::new(kinds::LIFE, &life.id, &life.label, &life.source)
        .list(
            "of",
            say!("la tabella", "the table"),
            [names.table(&life.of)],
        )
        .list(
            "initial",
            say!("lo stato iniziale", "the first state"),
            [state_named(life, &life.initial)],
        )
        .list(
            "events",
            say!("la tabella degli eventi", "the table of events"),
            [names.table(&events.table)],
        )
        .list(
            "sheet",
            say!("la colonna della scheda", "the column of the sheet"),
            [column(&events.sheet)],
        )
        .list(
            "at",
            say!("la colonna dell'istante", "the column of the instant"),
            [column(&events.at)],
        )
        .list(
            "transition",
            say!("la colonna del passaggio", "the column of the transition"),
            [column(&events.transition)],
        )
        .list(
            "actor",
            say!("la colonna di chi agisce", "the column of who acts"),
            events.actor.iter().map(column),
        )
        .list(
            "role",
            say!("la colonna del ruolo", "the column of the role"),
            events.role.iter().map(column),
        )
        .list(
            "reason",
            say!("la colonna della motivazione", "the column of the reason"),
            events.reason.iter().map(column),
        )
        .list(
            "edits",
            say!(
                "l'elenco delle colonne modificabili",
                "the list of columns that can be changed"
            ),
            life.columns.iter().map(open),
        );
    let states = life.states.iter().map(|one| state(one).part_of(&whole));
    let mut blocks: Vec<Block> = states.collect();
    for one in &life.transitions {
        let passage = transition(names, life, one).part_of(&whole);
        let requires = one.conditions().enumerate();
        let requires = requires.map(|(at, one)| requirement(one).nth_of(&passage, at));
        let requires: Vec<Block> = requires.collect();
        blocks.push(passage);
        blocks.extend(requires);
    }
    [vec![whole], blocks].concat()
}

fn state(state: &State) -> Block {
    Block::new(kinds::STATE, &state.id, &state.label, &state.source).holds(
        "editable",
        say!(
            "il permesso di modificare la scheda",
            "the leave to change the sheet"
        ),
        say!("la scheda si può modificare", "the sheet can be changed"),
        state.editable,
    )
}

fn transition(names: &Names<'_>, life: &Life, transition: &Transition) -> Block {
    let t = transition;
    let states = t.from.iter().map(|id| state_named(life, id));
    let window = t.window.iter().map(|id| names.deadline(id));
    let reopens = t.reopens.iter().flatten();
    let reopens = reopens.map(open);
    let block = Block::new(kinds::TRANSITION, &t.id, &t.label, &t.source)
        .list(
            "from",
            say!(
                "l'elenco degli stati di partenza",
                "the list of states it starts from"
            ),
            states,
        )
        .list(
            "to",
            say!("lo stato d'arrivo", "the state it leads to"),
            [state_named(life, &t.to)],
        )
        .words(
            "roles",
            say!("l'elenco dei ruoli", "the list of roles"),
            &t.roles,
        )
        .list("window", say!("la finestra", "the window"), window)
        .holds(
            "reason",
            say!("l'obbligo di motivare", "the duty to say why"),
            say!("si deve motivare", "it must say why"),
            t.needs_reason,
        )
        .list(
            "reopens",
            say!(
                "l'elenco delle colonne riaperte",
                "the list of columns reopened"
            ),
            reopens,
        );
    let message = say!("il messaggio", "the message");
    match &t.message {
        Some(said) => block.sets("message", message, &said.it, quoted(said)),
        None => block,
    }
}

/// Names a column that can be changed.
fn open(column: &OpenColumn) -> (String, Text) {
    (column.name.clone(), quoted(&column.label))
}

fn requirement(requirement: &Requirement) -> Block {
    let source = &requirement.source;
    Block::new(kinds::REQUIREMENT, "", &requirement.fails, source)
        .formula("that", Some(&requirement.that))
}
