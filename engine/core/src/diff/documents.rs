//! Forms to be checked, as blocks.

use super::block::Block;
use super::kinds;
use crate::rules::{Count, Document, DocumentItem, DocumentPart};
use crate::say;
use crate::words;

/// Gives a form, how its characters are counted, then its parts and what they must contain.
pub(super) fn document(document: &Document) -> Vec<Block> {
    let whole = Block::new(
        kinds::DOCUMENT,
        &document.id,
        &document.label,
        &document.source,
    )
    .word("of", say!("la tabella", "the table"), &document.table)
    .word(
        "text",
        say!("la tabella del testo", "the table of the text"),
        &document.text.table,
    )
    .names(
        "requires",
        say!(
            "la decisione che deve superare",
            "the decision it must pass"
        ),
        &document.requires,
    );
    let count = count(&document.count).part_of(&whole);
    let parts = document.parts.iter().flat_map(|one| {
        let block = part(one).part_of(&whole);
        let items = one.items.iter().map(|one| item(one).part_of(&block));
        let items: Vec<Block> = items.collect();
        [vec![block], items].concat()
    });
    let parts: Vec<Block> = parts.collect();
    [vec![whole, count], parts].concat()
}

fn count(count: &Count) -> Block {
    let way = &count.counting;
    Block::new(kinds::COUNT, "count", &count.label, &count.source)
        .word("spaces", say!("gli spazi", "spaces"), way.spaces.as_str())
        .word(
            "line_breaks",
            say!("gli a capo", "line breaks"),
            way.line_breaks.as_str(),
        )
        .holds(
            "headings",
            say!("il conto delle intestazioni", "the count of headings"),
            way.headings,
        )
}

fn part(part: &DocumentPart) -> Block {
    let block = Block::new(kinds::PART, &part.id, &part.label, &part.source);
    match &part.limit {
        Some(limit) => block.sets(
            "limit",
            say!("il limite di caratteri", "the limit of characters"),
            limit.characters,
            words::count(limit.characters),
        ),
        None => block,
    }
}

fn item(item: &DocumentItem) -> Block {
    Block::bare(kinds::ITEM, &item.letter, &item.label).text(
        "heading",
        say!("l'inizio dell'intestazione", "the start of its heading"),
        item.heading.as_deref(),
    )
}
