//! What native plugins do around the rules, as blocks: importers, validators, exporters.

use super::block::Block;
use super::kinds;
use crate::model::TableDecl;
use crate::rules::{Capability, Export, Validator};
use crate::say;

/// Says which importer reads a table from which file.
pub(super) fn import(block: Block, table: &TableDecl) -> Block {
    let Some(import) = &table.import else {
        return block;
    };
    let importer = format!("{}.{}", import.plugin, import.importer);
    block
        .word("importer", say!("l'importatore", "the importer"), importer)
        .word(
            "file",
            say!("il file importato", "the imported file"),
            &import.file,
        )
}

/// Gives a judgement of the facts.
pub(super) fn validator(validator: &Validator) -> Block {
    let v = validator;
    native(
        Block::new(kinds::VALIDATOR, &v.id, &v.label, &v.source),
        &v.native,
    )
    .names(
        "tables",
        say!("l'elenco delle tabelle", "the list of tables"),
        &v.tables,
    )
}

/// Gives a file written from a list.
pub(super) fn export(export: &Export) -> Block {
    let e = export;
    native(
        Block::new(kinds::EXPORT, &e.id, &e.label, &e.source),
        &e.native,
    )
    .word("register", say!("l'elenco", "the list"), &e.register)
}

fn native(block: Block, native: &Capability) -> Block {
    let name = format!("{}.{}", native.plugin, native.name);
    block.word("native", say!("il plugin", "the plugin"), name)
}
