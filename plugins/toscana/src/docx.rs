//! The text of a DOCX: paragraphs, line breaks, list numbers; what a reviser deleted is left out.

use std::collections::BTreeMap;

use riparto_plugin::Fault;

use crate::archive::part;
use crate::numbering::{Counters, Figures, Level, List};
use crate::xml::{Element, Node};

/// Gives the text, a line for each paragraph; nothing where the archive is no DOCX.
pub fn text(bytes: &[u8]) -> Result<Option<String>, Box<Fault>> {
    let Some(document) = part(bytes, "word/document.xml")? else {
        return Ok(None);
    };
    let numbering = part(bytes, "word/numbering.xml")?.unwrap_or_default();
    let mut reader = Reader {
        lists: Lists::of(&numbering),
        text: String::new(),
    };
    reader.blocks(&document);
    Ok(Some(reader.text))
}

struct Reader {
    lists: Lists,
    text: String,
}

impl Reader {
    fn blocks(&mut self, element: &Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                name if is_left_out(name) => {}
                _ => self.blocks(child),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let properties = paragraph.child("pPr");
        let style = properties
            .and_then(|p| p.value("pStyle"))
            .unwrap_or_default();
        if style.starts_with("TOC") || style.starts_with("Sommario") {
            return;
        }
        let mut text = String::new();
        self.runs(paragraph, &mut text);
        let label = properties.and_then(|p| p.child("numPr"));
        let label = label.filter(|_| !text.trim().is_empty());
        let label = label.map(|place| self.lists.label(place));
        self.text.push_str(&label.unwrap_or_default());
        self.text.push_str(&text);
        let mark = properties.and_then(|p| p.child("rPr"));
        if mark.is_none_or(|mark| mark.child("del").is_none()) {
            self.text.push('\n');
        }
    }

    fn runs(&mut self, element: &Element, text: &mut String) {
        for child in element.elements() {
            match child.name.as_str() {
                "t" => text.push_str(&written(child)),
                "tab" => text.push('\t'),
                "br" if matches!(child.attribute("type"), Some("page" | "column")) => {}
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                // A box of text stands on its own, before the paragraph that it hangs from.
                "txbxContent" => self.blocks(child),
                "r" if is_hidden(child) => {}
                name if is_left_out(name) => {}
                _ => self.runs(child, text),
            }
        }
    }
}

/// What is deleted or moved away, properties, and the older twin of a drawing.
fn is_left_out(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "pPr" | "rPr" | "Fallback")
}

fn is_hidden(run: &Element) -> bool {
    let vanish = run.child("rPr").and_then(|p| p.child("vanish"));
    vanish.is_some_and(|v| !matches!(v.attribute("val"), Some("0" | "false")))
}

fn written(element: &Element) -> String {
    let texts = element.children.iter().filter_map(|child| match child {
        Node::Text(text) => Some(text.as_str()),
        Node::Element(_) => None,
    });
    let text: String = texts.collect();
    match element.attribute("space") {
        Some("preserve") => text,
        _ => text.trim().to_owned(),
    }
}

struct Lists {
    /// The levels of each abstract list.
    shapes: BTreeMap<String, List>,
    /// The abstract list of each list.
    shape_of: BTreeMap<String, String>,
    /// The levels at which a list starts again when it is first used, and from which number.
    restarts: BTreeMap<String, Vec<(usize, Option<u32>)>>,
    counters: Counters,
}

impl Lists {
    fn of(numbering: &Element) -> Self {
        let id =
            |element: &Element, name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let shapes = numbering.all("abstractNum").into_iter();
        let shapes = shapes.map(|shape| (id(shape, "abstractNumId"), levels(shape)));
        let lists = numbering.all("num");
        let shape_of = lists
            .iter()
            .filter_map(|list| Some((id(list, "numId"), list.value("abstractNumId")?.to_owned())));
        let restarts = lists.iter().map(|list| {
            let restarts = list.elements().filter_map(|level| {
                let first = level.value("startOverride")?.parse().ok();
                Some((level.number("ilvl")?, first))
            });
            (id(list, "numId"), restarts.collect())
        });
        Self {
            shapes: shapes.collect(),
            shape_of: shape_of.collect(),
            restarts: restarts.collect(),
            counters: Counters::default(),
        }
    }

    fn label(&mut self, place: &Element) -> String {
        let list = place.value("numId").unwrap_or_default();
        let level = place.value("ilvl").and_then(|level| level.parse().ok());
        let Some(shape) = self.shape_of.get(list) else {
            return String::new();
        };
        for (level, first) in self.restarts.remove(list).unwrap_or_default() {
            self.counters.restart(shape, level, first);
        }
        let levels = self.shapes.get(shape);
        levels.map_or_else(String::new, |levels| {
            self.counters.next(shape, levels, level.unwrap_or(0))
        })
    }
}

fn levels(shape: &Element) -> List {
    let levels = shape.elements().filter(|element| element.name == "lvl");
    let levels = levels.filter_map(|level| {
        let format = level.value("numFmt").unwrap_or("decimal");
        let bullet = format == "bullet";
        let label = if bullet {
            "-"
        } else {
            level.value("lvlText").unwrap_or_default()
        };
        let start = level.value("start").and_then(|start| start.parse().ok());
        let shape = Level {
            start: start.unwrap_or(1),
            figures: figures(format),
            label: label.to_owned(),
        };
        Some((level.number("ilvl").filter(|at| *at < 10)?, shape))
    });
    levels.collect()
}

fn figures(format: &str) -> Figures {
    match format {
        "lowerLetter" => Figures::Letters { upper: false },
        "upperLetter" => Figures::Letters { upper: true },
        "lowerRoman" => Figures::Roman { upper: false },
        "upperRoman" => Figures::Roman { upper: true },
        "none" | "bullet" => Figures::None,
        _ => Figures::Decimal,
    }
}
