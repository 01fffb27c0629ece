//! A rule file as written: keys and values in the order of the text, each with its place.
//!
//! This is the only file that names `toml`. Numbers stay texts, so no amount ever meets a float.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use super::text::decode;
use crate::diag::{Code, Diagnostic, Diagnostics, LineIndex, Place, Text};
use crate::say;

/// A value of a rule file, with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What is written.
    pub value: Value,
    /// Where the value stands.
    pub place: Place,
}

/// What can be written in a rule file.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text in quotes.
    Text(String),
    /// A whole number, as written in base ten.
    Integer(i64),
    /// A number with a point, as written: rule files have no use for it, and say so.
    Float(String),
    /// `true` or `false`.
    Bool(bool),
    /// A date or a time without quotes.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the text.
    Table(Vec<Entry>),
}

/// A key of a table, with what stands under it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_place: Place,
    /// What stands under it.
    pub node: Node,
}

impl Node {
    /// Reads a rule file; what can be read is given even where something is wrong.
    ///
    /// # Shape
    /// The root is always a table.
    pub fn parse(file: &str, bytes: &[u8]) -> (Self, Diagnostics) {
        let text = match decode(file, bytes) {
            Ok(text) => text,
            Err(faults) => return (Self::empty(file), faults),
        };
        let mut faults = Diagnostics::new();
        let index = LineIndex::new(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let place = index.place(file, text, span.start, span.end);
            faults.push(syntax_fault(error.message()).at(place));
        }
        let reader = Reader { file, text, index };
        let span = table.span();
        let place = reader.place(&span);
        (
            Self {
                value: reader.table(table.get_ref(), &mut faults),
                place,
            },
            faults,
        )
    }

    /// Gives what stands for a file in which nothing can be read.
    pub fn empty(file: &str) -> Self {
        Self {
            value: Value::Table(Vec::new()),
            place: Place::start_of(file),
        }
    }

    /// Gives the entries when this is a table, otherwise none.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Gives the entry under a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// Gives the value under a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Gives the items when this is a list, otherwise none.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Gives the text when this is text.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Reads this as a type, or gives nothing where its shape is faulty: the shape check has
    /// already said why.
    pub fn decode<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(self.json()).ok()
    }

    fn json(&self) -> Json {
        match &self.value {
            Value::Text(text) => Json::String(text.clone()),
            Value::Integer(number) => Json::from(*number),
            Value::Bool(value) => Json::Bool(*value),
            // Rule files have no use for bare numbers and dates; the shape check refuses them.
            Value::Float(_) | Value::Date(_) => Json::Null,
            Value::List(items) => Json::Array(items.iter().map(Self::json).collect()),
            Value::Table(entries) => {
                let pairs = entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.node.json()));
                Json::Object(pairs.collect())
            }
        }
    }

    /// Follows a path of keys and list positions as far as it goes.
    pub fn find(&self, path: &[&str]) -> &Self {
        let Some((first, rest)) = path.split_first() else {
            return self;
        };
        let next = match &self.value {
            Value::List(items) => first.parse::<usize>().ok().and_then(|i| items.get(i)),
            _ => self.get(first),
        };
        next.map_or(self, |node| node.find(rest))
    }
}

fn syntax_fault(message: &str) -> Diagnostic {
    if message.contains("duplicate key") {
        return Diagnostic::error(
            Code::DuplicateKey,
            say!(
                "questa chiave è già scritta sopra",
                "this key is already written above"
            ),
        )
        .help(say!(
            "tenerne una sola: l'ultima non vince, il file è rifiutato",
            "keep one of them: the last one does not win, the file is refused"
        ));
    }
    let (message, help) = words_of_syntax(message);
    Diagnostic::error(Code::TomlSyntax, message).help(help)
}

/// Says in words what the TOML parser found; what it finds seldom is told in one general way.
fn words_of_syntax(message: &str) -> (Text, Text) {
    let is = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
    if is(&["string values must be quoted"]) {
        return (
            say!(
                "questo testo non è fra virgolette",
                "this text is not in quotes"
            ),
            say!(
                "mettere fra virgolette i testi, gli importi, le percentuali e le date: `\"95%\"`",
                "put texts, amounts, percentages and dates in quotes: `\"95%\"`"
            ),
        );
    }
    if is(&[
        "invalid basic string",
        "invalid literal string",
        "missing opening quote",
    ]) {
        return (
            say!(
                "le virgolette di questo testo non si chiudono",
                "the quotes of this text are not closed"
            ),
            say!(
                "chiudere le virgolette sulla stessa riga; dentro un testo, scriverle `\\\"`",
                "close the quotes on the same line; inside a text write them `\\\"`"
            ),
        );
    }
    if is(&["unclosed", "missing comma", "extra comma"]) {
        return (
            say!(
                "una parentesi non si chiude, o fra due voci manca la virgola",
                "a bracket is not closed, or a comma between two items is missing"
            ),
            say!(
                "chiudere `[` con `]` e `{{` con `}}`; fra una voce e l'altra va una virgola",
                "close `[` with `]` and `{{` with `}}`; a comma goes between one item and the next"
            ),
        );
    }
    if is(&["missing value", "key with no value"]) {
        return (
            say!("a questa chiave manca il valore", "this key has no value"),
            say!(
                "scrivere `chiave = \"valore\"`; un commento comincia con `#`",
                "write `key = \"value\"`; a comment begins with `#`"
            ),
        );
    }
    (
        say!(
            "qui il testo non si legge come TOML",
            "the text cannot be read as TOML here"
        ),
        say!(
            "una riga è `chiave = valore`; i testi, gli importi e le percentuali vanno fra virgolette",
            "a line is `key = value`; texts, amounts and percentages go in quotes"
        ),
    )
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    index: LineIndex,
}

impl Reader<'_> {
    fn place(&self, span: &std::ops::Range<usize>) -> Place {
        self.index.place(self.file, self.text, span.start, span.end)
    }

    fn table(&self, table: &DeTable<'_>, faults: &mut Diagnostics) -> Value {
        let entries = table.iter().map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_place: self.place(&key.span()),
            node: self.node(value.get_ref(), &value.span(), faults),
        });
        Value::Table(entries.collect())
    }

    fn node(
        &self,
        value: &DeValue<'_>,
        span: &std::ops::Range<usize>,
        faults: &mut Diagnostics,
    ) -> Node {
        let place = self.place(span);
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) => Value::Float(number.as_str().to_owned()),
                }
            }
            DeValue::Float(number) => Value::Float(number.as_str().to_owned()),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.node(item.get_ref(), &item.span(), faults))
                    .collect(),
            ),
            DeValue::Table(table) => self.table(table, faults),
        };
        Node { value, place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syntax_fault_is_found_in_one_pass() {
        let (_, faults) = Node::parse("f.toml", b"a = \nb = 1\nc = = 2\n");
        let lines: Vec<_> = faults
            .into_sorted()
            .iter()
            .map(|f| f.place.clone().unwrap().line)
            .collect();
        assert!(lines.contains(&1) && lines.contains(&3), "{lines:?}");
    }

    #[test]
    fn a_key_written_twice_is_found_at_the_second() {
        let (_, faults) = Node::parse("f.toml", b"[a]\nx = 1\nx = 2\n");
        let fault = &faults.into_sorted()[0];
        assert_eq!(
            (fault.code, fault.place.clone().unwrap().line),
            (Code::DuplicateKey, 3)
        );
    }

    #[test]
    fn order_and_places_are_kept() {
        let (node, faults) =
            Node::parse("f.toml", "z = \"è\"\n[t.k]\nlist = [1, \"x\"]\n".as_bytes());
        assert!(faults.is_empty());
        assert_eq!(node.entries()[0].key, "z");
        let item = node.find(&["t", "k", "list", "1"]);
        assert_eq!(
            (item.place.line, item.place.column, item.place.length),
            (3, 12, 3)
        );
    }
}
