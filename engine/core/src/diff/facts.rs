//! Tables of facts as blocks.

use super::block::Block;
use super::names::Names;
use super::{kinds, natives, splits, wording};
use crate::diag::Text;
use crate::model::{ColumnDecl, ColumnType, TableDecl, Unit};
use crate::say;
use crate::words;

/// Gives a table, then its columns.
pub(super) fn table(names: &Names<'_>, table: &TableDecl) -> Vec<Block> {
    let column = |id: &String| names.column(&table.name, id);
    let unique = say!(
        "ciò che due righe non possono avere uguale",
        "what no two rows have alike"
    );
    let alike = table.unique.iter().map(|list| together(list, column));
    let whole = Block::bare(kinds::TABLE, &table.name, &table.label)
        .list("key", say!("la chiave", "the key"), [column(&table.key)])
        .list(
            "title",
            say!("il titolo delle righe", "the title of rows"),
            [column(&table.title)],
        )
        .list(
            "aggregate",
            say!("la colonna degli aggregati", "the column of aggregates"),
            table.aggregate.iter().map(column),
        )
        .list("unique", unique, alike);
    let whole = natives::import(whole, table);
    let columns = table.columns.iter();
    let columns = columns.map(|one| self::column(names, one).part_of(&whole));
    let columns: Vec<Block> = columns.collect();
    [vec![whole], columns].concat()
}

fn column(names: &Names<'_>, column: &ColumnDecl) -> Block {
    let references = column.references.iter().map(|table| names.table(table));
    typed(
        Block::bare(kinds::COLUMN, &column.name, &column.label),
        column.kind,
        &column.unit,
    )
    .holds(
        "required",
        say!("l'obbligo di compilarla", "the duty to fill it"),
        say!("da compilare sempre", "always to be filled"),
        column.required,
    )
    .list(
        "references",
        say!("la tabella a cui rimanda", "the table it refers to"),
        references,
    )
    .words(
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
        say!("dato personale", "a personal datum"),
        column.personal,
    )
}

/// Adds the type of a column, then what its numbers count.
pub(super) fn typed(block: Block, kind: ColumnType, unit: &Unit) -> Block {
    let name = say!("il tipo di dato", "the type of datum");
    let block = block
        .sets("type", name, kind.name(), wording::kind(kind))
        .bare_told();
    // An amount in euro counts euro.
    match unit.is_none() || (kind == ColumnType::Euro && *unit == Unit::euro()) {
        true => block,
        false => splits::unit(block, unit),
    }
}

/// Names columns that are taken together.
fn together(list: &[String], name: impl Fn(&String) -> (String, Text)) -> (String, Text) {
    let (ids, labels): (Vec<String>, Vec<Text>) = list.iter().map(name).unzip();
    (ids.join(" + "), words::listed(&labels))
}
