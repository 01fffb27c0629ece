//! The text of an ODT: paragraphs, line breaks, list numbers; what a reviser deleted is left out.

use std::collections::BTreeMap;

use riparto_plugin::Fault;

use crate::archive::part;
use crate::numbering::{Counters, Figures, Level, List};
use crate::text::LONGEST_TEXT;
use crate::xml::{Element, Node};

/// Spaces that one element may stand for: more would only make the text long.
const MOST_SPACES: usize = 1000;

/// Gives the text, a line for each paragraph; nothing where the archive is no ODT.
pub fn text(bytes: &[u8]) -> Result<Option<String>, Box<Fault>> {
    let Some(content) = part(bytes, "content.xml")? else {
        return Ok(None);
    };
    let styles = part(bytes, "styles.xml")?.unwrap_or_default();
    let lists = styles
        .all("list-style")
        .into_iter()
        .chain(content.all("list-style"));
    let lists = lists.filter_map(|list| Some((list.attribute("name")?.to_owned(), levels(list))));
    let mut reader = Reader {
        lists: lists.collect(),
        counters: Counters::default(),
        label: String::new(),
        text: String::new(),
    };
    for body in content.all("body") {
        reader.blocks(body, None);
    }
    Ok(Some(reader.text))
}

/// The list that stands around a paragraph.
#[derive(Clone, Copy)]
struct Around<'e> {
    style: &'e str,
    level: usize,
}

struct Reader {
    lists: BTreeMap<String, List>,
    counters: Counters,
    /// What the next paragraph begins with.
    label: String,
    text: String,
}

impl Reader {
    fn blocks(&mut self, element: &Element, around: Option<Around<'_>>) {
        for child in element.elements() {
            if self.text.len() > LONGEST_TEXT {
                return;
            }
            match child.name.as_str() {
                "p" | "h" => self.paragraph(child),
                "list" => self.list(child, around),
                name if is_left_out(name) => {}
                _ => self.blocks(child, around),
            }
        }
    }

    fn list(&mut self, list: &Element, around: Option<Around<'_>>) {
        let outer = around.map_or("", |outer| outer.style);
        let here = Around {
            style: list.attribute("style-name").unwrap_or(outer),
            level: around.map_or(0, |outer| outer.level + 1),
        };
        let continues = list.attribute("continue-numbering") == Some("true")
            || list.attribute("continue-list").is_some();
        if !continues {
            self.counters.restart(here.style, here.level, None);
        }
        for item in list.elements() {
            // An item that only holds an inner list has no number of its own.
            let first = item.elements().next();
            let numbered = first.is_some_and(|first| matches!(first.name.as_str(), "p" | "h"));
            if item.name == "list-item" && numbered {
                if let Some(first) = item.number("start-value") {
                    self.counters.restart(here.style, here.level, Some(first));
                }
                let levels = self.lists.get(here.style);
                let label = levels.map(|levels| self.counters.next(here.style, levels, here.level));
                self.label = label.unwrap_or_default();
            }
            self.blocks(item, Some(here));
            self.label.clear();
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let mut text = std::mem::take(&mut self.label);
        let start = text.len();
        self.spans(paragraph, start, &mut text);
        self.text.push_str(&text);
        self.text.push('\n');
    }

    fn spans(&mut self, element: &Element, start: usize, text: &mut String) {
        for child in &element.children {
            let child = match child {
                Node::Text(written) => {
                    collapse(written, start, text);
                    continue;
                }
                Node::Element(child) => child,
            };
            match child.name.as_str() {
                // Few bytes may stand for many spaces: no more of them than any text has.
                "s" if text.len() > LONGEST_TEXT => return,
                "s" => {
                    let count = child.number("c").unwrap_or(1).min(MOST_SPACES);
                    text.extend(std::iter::repeat_n(' ', count));
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                // A box of text stands on its own, before the paragraph that it hangs from.
                "text-box" => self.blocks(child, None),
                name if is_left_out(name) || says_a_picture(element, name) => {}
                _ => self.spans(child, start, text),
            }
        }
    }
}

/// Deletions are kept apart from the text; notes and comments are not part of it.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes" | "note" | "annotation" | "table-of-content" | "sequence-decls"
    )
}

/// The words that stand for a picture where it cannot be seen. In a paragraph `title` is a field,
/// and is printed.
fn says_a_picture(around: &Element, name: &str) -> bool {
    let in_text = matches!(around.name.as_str(), "p" | "h" | "span" | "a");
    matches!(name, "title" | "desc") && !in_text
}

/// Adds text as ODF means it: blanks in a row are one space, none at the start of a paragraph.
fn collapse(written: &str, start: usize, text: &mut String) {
    for character in written.chars() {
        if !matches!(character, ' ' | '\t' | '\n' | '\r') {
            text.push(character);
        } else if text.len() > start && !text.ends_with([' ', '\t', '\n']) {
            text.push(' ');
        }
    }
}

fn levels(list: &Element) -> List {
    let levels = list.elements().filter_map(|level| {
        let at = level
            .number::<usize>("level")?
            .checked_sub(1)
            .filter(|at| *at < 10)?;
        let part = |name| level.attribute(name).unwrap_or_default();
        let numbered = level.name == "list-level-style-number";
        let shown = level
            .number::<usize>("display-levels")
            .unwrap_or(1)
            .clamp(1, at + 1);
        let numbers: Vec<String> = (at + 2 - shown..=at + 1).map(|n| format!("%{n}")).collect();
        let label = match numbered {
            true => format!(
                "{}{}{}",
                part("num-prefix"),
                numbers.join("."),
                part("num-suffix")
            ),
            false => "-".to_owned(),
        };
        let shape = Level {
            start: level.number("start-value").unwrap_or(1),
            figures: figures(part("num-format")),
            label,
        };
        Some((at, shape))
    });
    levels.collect()
}

fn figures(format: &str) -> Figures {
    match format {
        "1" => Figures::Decimal,
        "a" => Figures::Letters { upper: false },
        "A" => Figures::Letters { upper: true },
        "i" => Figures::Roman { upper: false },
        "I" => Figures::Roman { upper: true },
        _ => Figures::None,
    }
}
