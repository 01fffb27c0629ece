//! The check of a text against the JSON Schema of its kind: every key, every type, every word.

use serde_json::{Map, Value as Json};

use super::tree::{Entry, Node, Value};
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::pack::nearest;
use crate::say;

/// Whether a text stands on its own or lists only what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Required keys must be there.
    Whole,
    /// Only what is written is judged.
    Changes,
}

/// Finds everything in `node` that the schema does not allow.
pub fn check(node: &Node, schema: &Json, reach: Reach) -> Diagnostics {
    let mut walk = Walk {
        root: schema,
        reach,
        faults: Diagnostics::new(),
    };
    walk.node(node, schema, None);
    walk.faults
}

struct Walk<'s> {
    root: &'s Json,
    reach: Reach,
    faults: Diagnostics,
}

impl<'s> Walk<'s> {
    fn node(&mut self, node: &Node, schema: &'s Json, key: Option<&Entry>) {
        let schema = self.follow(schema);
        let choices = schema
            .get("anyOf")
            .or_else(|| schema.get("oneOf"))
            .and_then(Json::as_array);
        if let Some(choices) = choices {
            return self.choice(node, choices, key);
        }
        if let Some(allowed) = words(schema) {
            return self.word(node, &allowed);
        }
        match (schema.get("type").and_then(Json::as_str), &node.value) {
            (Some("object"), Value::Table(entries)) => self.table(node, entries, schema, key),
            (Some("array"), Value::List(items)) => self.list(items, schema),
            (Some("integer"), Value::Integer(number)) => self.range(node, *number, schema),
            (Some("string"), Value::Text(_)) | (Some("boolean"), Value::Bool(_)) | (None, _) => {}
            (Some(expected), _) => self.wrong_type(node, expected),
        }
    }

    fn follow(&self, schema: &'s Json) -> &'s Json {
        let inner = schema
            .get("allOf")
            .and_then(Json::as_array)
            .and_then(|all| all.first());
        let schema = inner.unwrap_or(schema);
        let Some(name) = schema.get("$ref").and_then(Json::as_str) else {
            return schema;
        };
        let definition = name.strip_prefix("#/definitions/").and_then(|name| {
            self.root
                .get("definitions")
                .and_then(|definitions| definitions.get(name))
        });
        definition.map_or(schema, |definition| self.follow(definition))
    }

    fn choice(&mut self, node: &Node, choices: &'s [Json], key: Option<&Entry>) {
        let allowed: Vec<&str> = choices.iter().filter_map(words).flatten().collect();
        if let (Value::Text(_), false) = (&node.value, allowed.is_empty()) {
            return self.word(node, &allowed);
        }
        let fitting = choices.iter().find(|choice| {
            let expected = self.follow(choice).get("type").and_then(Json::as_str);
            expected == Some(type_name(&node.value))
        });
        match fitting {
            Some(choice) => self.node(node, choice, key),
            None => {
                let first = choices
                    .iter()
                    .find_map(|c| self.follow(c).get("type")?.as_str());
                self.wrong_type(node, first.unwrap_or("string"));
            }
        }
    }

    fn word(&mut self, node: &Node, allowed: &[&str]) {
        let Value::Text(text) = &node.value else {
            return self.wrong_type(node, "string");
        };
        if allowed.contains(&text.as_str()) {
            return;
        }
        let list = allowed
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let fault = Diagnostic::error(
            Code::MalformedValue,
            say!(
                "`{text}` non è fra i valori ammessi: {list}",
                "`{text}` is not one of {list}"
            ),
        );
        let help = nearest(text, allowed.iter().copied()).unwrap_or_else(|| {
            say!(
                "scriverne uno, così com'è, fra virgolette",
                "write one of them, as it is, in quotes"
            )
        });
        self.faults.push(fault.at(node.place.clone()).help(help));
    }

    fn table(&mut self, node: &Node, entries: &[Entry], schema: &'s Json, key: Option<&Entry>) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema
            .get("additionalProperties")
            .filter(|others| others.is_object());
        for entry in entries {
            let known = properties.and_then(|known| known.get(&entry.key));
            match known.or(others) {
                Some(schema) => self.node(&entry.node, schema, Some(entry)),
                None => self.unknown_key(entry, properties),
            }
        }
        if self.reach == Reach::Whole && node.get("removed").is_none() {
            self.required(node, schema, key);
        }
    }

    fn list(&mut self, items: &[Node], schema: &'s Json) {
        match schema.get("items") {
            Some(Json::Array(schemas)) => {
                for (item, schema) in items.iter().zip(schemas) {
                    self.node(item, schema, None);
                }
                if let (Some(item), true) = (items.last(), items.len() != schemas.len()) {
                    let expected = schemas.len();
                    self.faults.push(
                        Diagnostic::error(
                            Code::WrongType,
                            say!(
                                "qui servono {expected} valori",
                                "{expected} values are needed here"
                            ),
                        )
                        .at(item.place.clone())
                        .help(say!(
                            "scrivere `[primo, secondo]`: ce ne vogliono {expected}, né più né meno",
                            "write `[first, second]`: exactly {expected}"
                        )),
                    );
                }
            }
            Some(schema) => items.iter().for_each(|item| self.node(item, schema, None)),
            None => {}
        }
    }

    fn required(&mut self, node: &Node, schema: &Json, key: Option<&Entry>) {
        let required = schema.get("required").and_then(Json::as_array);
        for name in required.into_iter().flatten().filter_map(Json::as_str) {
            if node.get(name).is_some() {
                continue;
            }
            let (place, fault) = match key {
                Some(entry) => {
                    let block = &entry.key;
                    let text = say!("a `{block}` manca `{name}`", "`{block}` lacks `{name}`");
                    (entry.key_place.clone(), text)
                }
                None => (
                    node.place.clone(),
                    say!("manca `{name}`", "`{name}` is missing"),
                ),
            };
            let help = describe(schema, name);
            let fault = Diagnostic::error(Code::MissingKey, fault).at(place);
            self.faults.push(fault.help_maybe(help));
        }
    }

    fn unknown_key(&mut self, entry: &Entry, properties: Option<&Map<String, Json>>) {
        let key = &entry.key;
        let known: Vec<&str> = properties
            .into_iter()
            .flat_map(|known| known.keys().map(String::as_str))
            .collect();
        let list = known
            .iter()
            .map(|k| format!("`{k}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let help = nearest(key, known.into_iter()).unwrap_or_else(|| {
            say!(
                "qui si può scrivere {list}",
                "what can be written here: {list}"
            )
        });
        let fault = Diagnostic::error(
            Code::UnknownKey,
            say!(
                "la chiave `{key}` non esiste qui",
                "there is no key `{key}` here"
            ),
        );
        self.faults
            .push(fault.at(entry.key_place.clone()).help(help));
    }

    fn range(&mut self, node: &Node, number: i64, schema: &Json) {
        let bound = |key: &str| schema.get(key).and_then(Json::as_i64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        if least.is_none_or(|least| least <= number) && most.is_none_or(|most| number <= most) {
            return;
        }
        let help = match (least, most) {
            (Some(least), Some(most)) => say!(
                "scrivere un numero da {least} a {most}",
                "write a number from {least} to {most}"
            ),
            (Some(least), None) => say!(
                "scrivere un numero da {least} in su",
                "write a number from {least} up"
            ),
            (None, _) => say!("scrivere un numero minore", "write a smaller number"),
        };
        let message = say!("`{number}` qui non può stare", "`{number}` cannot be here");
        let fault = Diagnostic::error(Code::MalformedValue, message);
        self.faults.push(fault.at(node.place.clone()).help(help));
    }

    fn wrong_type(&mut self, node: &Node, expected: &str) {
        let (expected_text, found) = (type_text(expected), type_text(type_name(&node.value)));
        let (it, en) = (&expected_text.it, &expected_text.en);
        let (found_it, found_en) = (&found.it, &found.en);
        let fault = Diagnostic::error(
            Code::WrongType,
            say!(
                "qui serve {it}, non {found_it}",
                "{en} is needed here, not {found_en}"
            ),
        );
        let help = how_to_write(expected);
        self.faults.push(fault.at(node.place.clone()).help(help));
    }
}

/// The fixed words that a schema allows, when it allows only those.
fn words(schema: &Json) -> Option<Vec<&str>> {
    if let Some(word) = schema.get("const").and_then(Json::as_str) {
        return Some(vec![word]);
    }
    if let Some(list) = schema.get("enum").and_then(Json::as_array) {
        return Some(list.iter().filter_map(Json::as_str).collect());
    }
    let choices = schema.get("oneOf").and_then(Json::as_array)?;
    let words: Option<Vec<Vec<&str>>> = choices.iter().map(words).collect();
    words.map(|words| words.into_iter().flatten().collect())
}

fn describe(schema: &Json, key: &str) -> Option<Text> {
    let text = schema
        .get("properties")?
        .get(key)?
        .get("description")?
        .as_str()?;
    let (en, it) = text.split_once(" — ")?;
    // The description opens with a capital and ends with a period; here it goes on a sentence.
    let tail = |text: &str| {
        let text = text.trim_end_matches('.');
        let mut letters = text.chars();
        match letters.next() {
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => String::new(),
        }
    };
    let (it, en) = (tail(it), tail(en));
    Some(say!(
        "aggiungere `{key} = …`: {it}",
        "add `{key} = …`: {en}"
    ))
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "string",
        Value::Integer(_) => "integer",
        Value::Float(_) => "number",
        Value::Bool(_) => "boolean",
        Value::Date(_) => "date",
        Value::List(_) => "array",
        Value::Table(_) => "object",
    }
}

fn how_to_write(expected: &str) -> Text {
    match expected {
        "string" => say!(
            "mettere il valore fra virgolette: `\"95%\"`, `\"1000.50\"`, `\"2024-09-18\"`",
            "put the value in quotes: `\"95%\"`, `\"1000.50\"`, `\"2024-09-18\"`"
        ),
        "integer" => say!(
            "scrivere le cifre senza virgolette: `2024`",
            "write the digits without quotes: `2024`"
        ),
        "boolean" => say!(
            "scrivere `true` (sì) o `false` (no), senza virgolette",
            "write `true` or `false`, without quotes"
        ),
        "array" => say!(
            "mettere fra parentesi quadre anche un valore solo: `[\"stato\"]`",
            "put even a single value in square brackets: `[\"stato\"]`"
        ),
        _ => say!(
            "scrivere le chiavi fra graffe, `{{ chiave = \"valore\" }}`, o sotto un titolo fra parentesi quadre",
            "write the keys in braces, `{{ key = \"value\" }}`, or under a heading in square brackets"
        ),
    }
}

fn type_text(name: &str) -> Text {
    match name {
        "string" => say!("un testo fra virgolette", "a text in quotes"),
        "integer" => say!("un numero intero", "a whole number"),
        "number" => say!("un numero con decimali", "a number with decimals"),
        "boolean" => say!("`true` o `false`", "`true` or `false`"),
        "date" => say!("una data senza virgolette", "a date without quotes"),
        "array" => say!(
            "un elenco fra parentesi quadre",
            "a list in square brackets"
        ),
        _ => say!("un gruppo di chiavi", "a group of keys"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::raw::types::MeasureFile;
    use crate::pack::raw::{editor_schema_of, schema_of};

    fn faults(text: &str, reach: Reach) -> Vec<(Code, usize, usize)> {
        let (node, parse) = Node::parse("m.toml", text.as_bytes());
        assert!(parse.is_empty(), "{parse:?}");
        let found = check(&node, &schema_of::<MeasureFile>(), reach);
        let place = |d: &Diagnostic| d.place.clone().unwrap();
        found
            .into_sorted()
            .iter()
            .map(|d| (d.code, place(d).line, place(d).column))
            .collect()
    }

    #[test]
    fn an_unknown_key_is_found_at_the_key() {
        let found = faults("[param.a]\nvalu = \"1\"\n", Reach::Changes);
        assert_eq!(found, [(Code::UnknownKey, 2, 1)]);
    }

    #[test]
    fn an_amount_without_quotes_is_a_wrong_type() {
        let found = faults("[fund.a]\namount = 4701451.00\n", Reach::Changes);
        assert_eq!(found, [(Code::WrongType, 2, 10)]);
    }

    #[test]
    fn a_word_out_of_the_list_is_found() {
        let found = faults("[allocation.a]\nmethod = \"biggest\"\n", Reach::Changes);
        assert_eq!(found, [(Code::MalformedValue, 2, 10)]);
    }

    #[test]
    fn required_keys_count_only_in_a_whole_file() {
        let text = "title = \"t\"\nmain_act = \"a\"\n[check.c]\nlabel = \"l\"\n";
        assert_eq!(faults(text, Reach::Changes), []);
        let found = faults(text, Reach::Whole);
        assert_eq!(found, [(Code::MissingKey, 3, 8)]);
    }

    #[test]
    fn an_editor_accepts_a_block_that_lists_only_what_changed() {
        let schema = editor_schema_of::<MeasureFile>();
        let required = |name: &str| schema["definitions"][name].get("required").is_some();
        assert!(!required("Param") && !required("Round") && !required("Bound"));
        assert!(required("Criterion") && required("Reserved"));
        assert_eq!(schema["required"], serde_json::json!(["title", "main_act"]));
    }

    #[test]
    fn who_pays_is_a_word_or_a_formula() {
        let floor = |pays: &str| format!("[allocation.a.floor]\npays = {pays}\n");
        assert_eq!(faults(&floor("\"reserve\""), Reach::Changes), []);
        assert_eq!(faults(&floor("{ where = \"x\" }"), Reach::Changes), []);
        assert_eq!(
            faults(&floor("\"nobody\""), Reach::Changes),
            [(Code::MalformedValue, 2, 8)]
        );
        assert_eq!(
            faults(&floor("3"), Reach::Changes),
            [(Code::WrongType, 2, 8)]
        );
    }
}
