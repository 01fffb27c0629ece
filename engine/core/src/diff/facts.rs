//! Tables of facts as blocks.

use super::block::Block;
use super::kinds;
use crate::model::{ColumnDecl, TableDecl};
use crate::say;

/// Gives a table, then its columns.
pub(super) fn table(table: &TableDecl) -> Vec<Block> {
    let lists: Vec<String> = table.unique.iter().map(|list| list.join(" + ")).collect();
    let unique = say!(
        "ciò che due righe non possono avere uguale",
        "what no two rows have alike"
    );
    let whole = Block::bare(kinds::TABLE, &table.name, &table.label)
        .word("key", say!("la chiave", "the key"), &table.key)
        .word(
            "title",
            say!("il titolo delle righe", "the title of rows"),
            &table.title,
        )
        .names(
            "aggregate",
            say!("la colonna degli aggregati", "the column of aggregates"),
            &table.aggregate,
        )
        .names("unique", unique, &lists);
    let columns = table.columns.iter().map(|one| column(one).part_of(&whole));
    let columns: Vec<Block> = columns.collect();
    [vec![whole], columns].concat()
}

fn column(column: &ColumnDecl) -> Block {
    let block = Block::bare(kinds::COLUMN, &column.name, &column.label).word(
        "type",
        say!("il tipo", "the type"),
        column.kind.name(),
    );
    let unit = say!("l'unità", "the unit");
    let block = match column.unit.is_none() {
        true => block,
        false => block.word("unit", unit, &column.unit),
    };
    block
        .holds(
            "required",
            say!("l'obbligo di compilarla", "the duty to fill it"),
            column.required,
        )
        .names(
            "references",
            say!("la tabella a cui rimanda", "the table it refers to"),
            &column.references,
        )
        .names(
            "values",
            say!(
                "l'elenco delle parole ammesse",
                "the list of words admitted"
            ),
            &column.values,
        )
        .holds(
            "personal",
            say!("il carattere personale", "the personal nature"),
            column.personal,
        )
}
