//! Forms to be checked, as blocks.

use super::block::Block;
use super::names::Names;
use super::{kinds, wording};
use crate::rules::{Count, Document, DocumentItem, DocumentPart};
use crate::say;
use crate::words;

/// Gives a form, how its characters are counted, then its parts and what they must contain.
pub(super) fn document(names: &Names<'_>, document: &Document) -> Vec<Block> {
    let requires = document.requires.iter().map(|id| names.decision(id));
    let whole = Block::new(
        kinds::DOCUMENT,
        &document.id,
        &document.label,
        &document.source,
    )
    .list(
        "of",
        say!("la tabella", "the table"),
        [names.table(&document.table)],
    )
    .list(
        "text",
        say!("la tabella del testo", "the table of the text"),
        [names.table(&document.text.table)],
    )
    .list(
        "requires",
        say!(
            "la decisione che deve superare",
            "the decision it must pass"
        ),
        requires,
    );
    let count = count(&document.count).part_of(&whole);
    let parts = document.parts.iter().flat_map(|one| {
        let block = part(names, one).part_of(&whole);
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
        .sets(
            "spaces",
            say!("gli spazi", "spaces"),
            way.spaces.as_str(),
            wording::spaces(way.spaces),
        )
        .sets(
            "line_breaks",
            say!("gli a capo", "line breaks"),
            way.line_breaks.as_str(),
            wording::line_breaks(way.line_breaks),
        )
        .holds(
            "headings",
            say!("il conto delle intestazioni", "the count of headings"),
            say!("intestazioni contate", "headings counted"),
            way.headings,
        )
}

/// Gives a part; its limit goes by the name of its parameter, whose own change is told apart.
fn part(names: &Names<'_>, part: &DocumentPart) -> Block {
    let block = Block::new(kinds::PART, &part.id, &part.label, &part.source);
    let Some(limit) = &part.limit else {
        return block;
    };
    let characters = words::count(limit.characters);
    let label = names.measure.param(&limit.param).map(|param| &param.label);
    let said = match label {
        Some(label) => say!(
            "{characters} («{label}»)", "{characters} (“{label}”)";
            characters = characters, label = label.clone()
        ),
        None => characters,
    };
    let name = say!("il limite di caratteri", "the limit of characters");
    block.sets("limit", name, &limit.param, said)
}

fn item(item: &DocumentItem) -> Block {
    Block::bare(kinds::ITEM, &item.letter, &item.label).text(
        "heading",
        say!("l'inizio dell'intestazione", "the start of its heading"),
        item.heading.as_deref(),
    )
}
