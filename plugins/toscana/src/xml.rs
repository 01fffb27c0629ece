//! XML as a tree of bounded depth and size, with names stripped of their prefixes.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// An element with what is in it.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name, without the prefix.
    pub name: String,
    /// Names, without the prefix, with values.
    pub attributes: Vec<(String, String)>,
    /// What is in it, in order.
    pub children: Vec<Node>,
}

/// What is in an element.
#[derive(Debug)]
pub enum Node {
    /// Another element.
    Element(Element),
    /// Text.
    Text(String),
}

/// Elements within elements.
const DEEPEST: usize = 100;
/// Elements, attributes and texts of a part.
const MOST: usize = 400_000;

/// Reads a whole part; in words, why it cannot be read.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|why| why.to_string())?;
        count += 1;
        match event {
            Event::Start(start) => {
                let element = element(&start, &mut count)?;
                open.push(element);
            }
            Event::Empty(start) => add(&mut open, Node::Element(element(&start, &mut count)?)),
            Event::End(_) => {
                let closed = open.pop().unwrap_or_default();
                add(&mut open, Node::Element(closed));
            }
            Event::Text(text) => add(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::CData(text) => add(&mut open, Node::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(entity) => add(&mut open, Node::Text(resolved(&entity)?)),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if open.len() > DEEPEST || count > MOST {
            return Err("XML beyond any document's depth or size".to_owned());
        }
    }
    match open.pop() {
        Some(root) if open.is_empty() => Ok(root),
        _ => Err("XML that ends too early".to_owned()),
    }
}

impl Element {
    /// Gives an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Gives a number that stands in an attribute.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attribute(name)?.parse().ok()
    }

    /// Gives the elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Gives the first element of that name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// Gives the attribute `val` of the first element of that name in it.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Gives every element of that name, at any depth.
    pub fn all<'e>(&'e self, name: &str) -> Vec<&'e Self> {
        let inner = self.elements().flat_map(|element| element.all(name));
        let own = (self.name == name).then_some(self);
        own.into_iter().chain(inner).collect()
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn element(start: &BytesStart<'_>, count: &mut usize) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|why| why.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|why| why.to_string())?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        *count += 1;
    }
    Ok(Element {
        name: start.local_name().as_ref().to_owned(),
        attributes,
        children: Vec::new(),
    })
}

fn resolved(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = entity.resolve_char_ref().map_err(|why| why.to_string())? {
        return Ok(character.to_string());
    }
    let name = entity.xml10_content();
    let text = resolve_predefined_entity(&name);
    text.map(str::to_owned)
        .ok_or_else(|| format!("unknown entity `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_go_and_entities_are_read() {
        let root = parse("<w:p w:val='1'>a&amp;b<w:t/>&#232;</w:p>").unwrap();
        let p = root.child("p").unwrap();
        assert_eq!((p.number("val"), p.children.len()), (Some(1_u8), 5));
        assert!(p.child("t").is_some());
    }

    #[test]
    fn what_is_too_deep_or_broken_is_refused() {
        let deep = format!("{}{}", "<p>".repeat(200), "</p>".repeat(200));
        assert!(parse(&deep).is_err());
        assert!(parse("<a>").is_err());
        assert!(parse("<a></b>").is_err());
        assert!(parse("<a>&unknown;</a>").is_err());
    }
}
