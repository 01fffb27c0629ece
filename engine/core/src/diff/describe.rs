//! A measure as blocks, in the order in which a reader meets them.

use super::block::Block;
use super::names::Names;
use super::{columns, decisions, documents, facts, kinds, lives, natives, offices, splits, terms};
use crate::rules::Measure;
use crate::say;

/// Gives all the blocks of a measure, each before its parts.
pub(super) fn blocks(names: &Names<'_>) -> Vec<Block> {
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
    } = names.measure;
    let measure = names.measure;
    let mut blocks = vec![whole(names)];
    blocks.extend(funds.iter().flat_map(|fund| splits::fund(measure, fund)));
    blocks.extend(params.values().map(splits::param));
    blocks.extend(tables.iter().flat_map(|one| facts::table(names, one)));
    blocks.extend(derives.iter().flat_map(|one| columns::derive(names, one)));
    blocks.extend(totals.iter().map(columns::total));
    blocks.extend(checks.iter().map(decisions::check));
    blocks.extend(
        eligibilities
            .iter()
            .flat_map(|one| decisions::eligibility(names, one)),
    );
    blocks.extend(
        allocations
            .iter()
            .flat_map(|a| splits::allocation(names, a)),
    );
    blocks.extend(events.iter().map(terms::event));
    blocks.extend(deadlines.iter().flat_map(|one| terms::deadline(names, one)));
    blocks.extend(lives.iter().flat_map(|one| lives::life(names, one)));
    blocks.extend(validators.iter().map(|one| natives::validator(names, one)));
    blocks.extend(registers.iter().map(|one| offices::register(names, one)));
    blocks.extend(exports.iter().map(|one| natives::export(names, one)));
    blocks.extend(offices.iter().map(offices::office));
    blocks.extend(
        documents
            .iter()
            .flat_map(|one| documents::document(names, one)),
    );
    blocks.extend(actions.iter().map(|one| offices::action(names, one)));
    blocks
}

/// The measure itself.
fn whole(names: &Names<'_>) -> Block {
    let measure = names.measure;
    let block = Block {
        act: Some(measure.act.to_string()),
        ..Block::bare(kinds::MEASURE, &measure.id, &measure.title)
    };
    let reads = measure.reads.iter().map(|read| names.read(&read.id));
    let monitoring = measure.monitoring.iter().map(|table| names.table(table));
    block
        .list(
            "reads",
            say!("le misure che legge", "the measures it reads"),
            reads,
        )
        .list(
            "monitoring",
            say!("la tabella degli avanzamenti", "the table of progress"),
            monitoring,
        )
}
