//! The lives of sheets as blocks: states, transitions, what they require.

use super::block::Block;
use super::columns::formula;
use super::kinds;
use crate::rules::{Life, Requirement, State, Transition};
use crate::say;

/// Gives a life, its states, its transitions, each followed by what it requires.
pub(super) fn life(life: &Life) -> Vec<Block> {
    let events = &life.events;
    let whole = Block::new(kinds::LIFE, &life.id, &life.label, &life.source)
        .word("of", say!("la tabella", "the table"), &life.of)
        .word(
            "initial",
            say!("lo stato iniziale", "the first state"),
            &life.initial,
        )
        .word(
            "events",
            say!("la tabella degli eventi", "the table of events"),
            &events.table,
        )
        .word(
            "sheet",
            say!("la colonna della scheda", "the column of the sheet"),
            &events.sheet,
        )
        .word(
            "at",
            say!("la colonna dell'istante", "the column of the instant"),
            &events.at,
        )
        .word(
            "transition",
            say!("la colonna del passaggio", "the column of the transition"),
            &events.transition,
        )
        .names(
            "actor",
            say!("la colonna di chi agisce", "the column of who acts"),
            &events.actor,
        )
        .names(
            "role",
            say!("la colonna del ruolo", "the column of the role"),
            &events.role,
        )
        .names(
            "reason",
            say!("la colonna della motivazione", "the column of the reason"),
            &events.reason,
        )
        .names(
            "edits",
            say!(
                "l'elenco delle colonne modificabili",
                "the list of columns that can be changed"
            ),
            life.columns.iter().map(|column| &column.name),
        );
    let states = life.states.iter().map(|one| state(one).part_of(&whole));
    let mut blocks: Vec<Block> = states.collect();
    for one in &life.transitions {
        let passage = transition(one).part_of(&whole);
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
        state.editable,
    )
}

fn transition(transition: &Transition) -> Block {
    let t = transition;
    let block = Block::new(kinds::TRANSITION, &t.id, &t.label, &t.source)
        .names(
            "from",
            say!(
                "l'elenco degli stati di partenza",
                "the list of states it starts from"
            ),
            &t.from,
        )
        .word(
            "to",
            say!("lo stato d'arrivo", "the state it leads to"),
            &t.to,
        )
        .names(
            "roles",
            say!("l'elenco dei ruoli", "the list of roles"),
            &t.roles,
        )
        .names("window", say!("la finestra", "the window"), &t.window)
        .holds(
            "reason",
            say!("l'obbligo di motivare", "the duty to say why"),
            t.needs_reason,
        )
        .names(
            "reopens",
            say!(
                "l'elenco delle colonne riaperte",
                "the list of columns reopened"
            ),
            t.reopens.iter().flatten().map(|column| &column.name),
        );
    let message = say!("il messaggio", "the message");
    match &t.message {
        Some(said) => block.sets("message", message, &said.it, said.clone()),
        None => block,
    }
}

fn requirement(requirement: &Requirement) -> Block {
    let source = &requirement.source;
    Block::new(kinds::REQUIREMENT, "", &requirement.fails, source).formula(
        "that",
        formula(),
        Some(&requirement.that),
    )
}
