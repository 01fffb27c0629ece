//! What native plugins do around the rules, as blocks: importers, validators, exporters.

use super::block::{Block, code};
use super::kinds;
use super::names::Names;
use crate::diag::Text;
use crate::model::TableDecl;
use crate::rules::{Capability, Export, Validator};
use crate::say;

/// Says which importer reads a table from which file.
pub(super) fn import(block: Block, table: &TableDecl) -> Block {
    let Some(import) = &table.import else {
        return block;
    };
    block
        .list(
            "importer",
            say!("l'importatore", "the importer"),
            [as_written(import.name())],
        )
        .list(
            "file",
            say!("il file importato", "the imported file"),
            [as_written(import.file.clone())],
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
pub(super) fn export(names: &Names<'_>, export: &Export) -> Block {
    let e = export;
    native(
        Block::new(kinds::EXPORT, &e.id, &e.label, &e.source),
        &e.native,
    )
    .list(
        "register",
        say!("l'elenco", "the list"),
        [names.register(&e.register)],
    )
}

fn native(block: Block, native: &Capability) -> Block {
    let name = format!("{}.{}", native.plugin, native.name);
    block.list(
        "native",
        say!("il plugin", "the plugin"),
        [as_written(name)],
    )
}

/// What bears no label, as rule files write it.
fn as_written(name: String) -> (String, Text) {
    let said = code(&name);
    (name, said)
}
