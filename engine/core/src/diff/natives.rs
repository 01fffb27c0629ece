//! What native plugins do around the rules, as blocks: importers, validators, exporters.

use super::block::Block;
use super::kinds;
use super::names::Names;
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
        .words(
            "importer",
            say!("l'importatore", "the importer"),
            [&importer],
        )
        .words(
            "file",
            say!("il file importato", "the imported file"),
            [&import.file],
        )
}

/// Gives a judgement of the facts.
pub(super) fn validator(names: &Names<'_>, validator: &Validator) -> Block {
    let v = validator;
    native(
        Block::new(kinds::VALIDATOR, &v.id, &v.label, &v.source),
        &v.native,
    )
    .list(
        "tables",
        say!("l'elenco delle tabelle", "the list of tables"),
        v.tables.iter().map(|id| names.table(id)),
    )
}

/// Gives a file written from a list.
pub(super) fn export(export: &Export) -> Block {
    let e = export;
    native(
        Block::new(kinds::EXPORT, &e.id, &e.label, &e.source),
        &e.native,
    )
    .words("register", say!("l'elenco", "the list"), [&e.register])
}

fn native(block: Block, native: &Capability) -> Block {
    let name = format!("{}.{}", native.plugin, native.name);
    block.words("native", say!("il plugin", "the plugin"), [&name])
}
