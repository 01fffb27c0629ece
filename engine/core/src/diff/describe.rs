//! A measure as blocks, in the order in which a reader meets them.

use super::block::Block;
use super::{columns, decisions, documents, facts, kinds, lives, natives, offices, splits, terms};
use crate::rules::Measure;
use crate::say;

/// Gives all the blocks of a measure, each before its parts.
pub(super) fn blocks(measure: &Measure) -> Vec<Block> {
    // Every field is named, so that a block which a measure gains cannot be left out unnoticed.
    let Measure {
        id: _,
        title: _,
        act: _,
        params,
        funds,
        tables,
        derives,
        totals,
        checks,
        eligibilities,
        allocations,
        events,
        deadlines,
        validators,
        registers,
        exports,
        offices,
        lives,
        actions,
        documents,
        reads: _,
        monitoring: _,
        steps: _,
    } = measure;
    let mut blocks = vec![whole(measure)];
    blocks.extend(funds.iter().flat_map(|fund| splits::fund(measure, fund)));
    blocks.extend(params.values().map(splits::param));
    blocks.extend(tables.iter().flat_map(facts::table));
    blocks.extend(derives.iter().flat_map(columns::derive));
    blocks.extend(totals.iter().map(columns::total));
    blocks.extend(checks.iter().map(decisions::check));
    blocks.extend(eligibilities.iter().flat_map(decisions::eligibility));
    blocks.extend(
        allocations
            .iter()
            .flat_map(|a| splits::allocation(measure, a)),
    );
    blocks.extend(events.iter().map(terms::event));
    blocks.extend(deadlines.iter().flat_map(terms::deadline));
    blocks.extend(lives.iter().flat_map(lives::life));
    blocks.extend(validators.iter().map(natives::validator));
    blocks.extend(registers.iter().map(offices::register));
    blocks.extend(exports.iter().map(natives::export));
    blocks.extend(offices.iter().map(offices::office));
    blocks.extend(documents.iter().flat_map(documents::document));
    blocks.extend(actions.iter().map(offices::action));
    blocks
}

/// The measure itself.
pub(super) fn whole(measure: &Measure) -> Block {
    let block = Block {
        act: Some(measure.act.to_string()),
        ..Block::bare(kinds::MEASURE, &measure.id, &measure.title)
    };
    let reads: Vec<String> = measure.reads.iter().map(|read| read.id.clone()).collect();
    let monitoring = say!("la tabella degli avanzamenti", "the table of progress");
    block
        .names(
            "reads",
            say!("le misure che legge", "the measures it reads"),
            &reads,
        )
        .names("monitoring", monitoring, &measure.monitoring)
}
