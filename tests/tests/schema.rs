//! The committed JSON Schemas: those the types generate, fit for editors, true of every rule file.

#![cfg(test)]

use std::collections::BTreeSet;

use riparto_tests::files::{project_files, read};
use riparto_tests::{root, run_in};
use serde_json::{Map, Value};

const KINDS: [&str; 8] = [
    "measure",
    "pack",
    "region",
    "case",
    "holidays",
    "suspension",
    "regimes",
    "words",
];

/// All that the schemas may say: what editors' TOML servers honour, draft-07 or before.
const KEYWORDS: [&str; 19] = [
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "definitions",
    "description",
    "items",
    "maxItems",
    "maximum",
    "minItems",
    "minimum",
    "oneOf",
    "properties",
    "required",
    "title",
    "type",
];

fn committed(kind: &str) -> Value {
    let text = read(&format!("rules/schema/{kind}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn rule_files() -> Vec<String> {
    let files = project_files().unwrap().into_iter();
    let rules = files.filter(|f| f.starts_with("rules/") || f.starts_with("regions/"));
    rules.filter(|f| f.ends_with(".toml")).collect()
}

fn kind_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap();
    if path.contains("/cases/") {
        "case"
    } else if name == "pack.toml" {
        "pack"
    } else if name == "region.toml" {
        "region"
    } else if path.starts_with("rules/calendar/") {
        let kind = name.strip_suffix(".toml");
        let known = KINDS.into_iter().find(|known| Some(*known) == kind);
        known.unwrap_or_else(|| panic!("{path} is of no known kind"))
    } else {
        "measure"
    }
}

/// Gives every schema inside a schema, itself first, with the way to it.
fn inside<'s>(schema: &'s Value, way: &str) -> Vec<(String, &'s Map<String, Value>)> {
    let Some(object) = schema.as_object() else {
        return Vec::new();
    };
    let mut found = vec![(way.to_owned(), object)];
    for (keyword, value) in object {
        let way = format!("{way}/{keyword}");
        match (keyword.as_str(), value) {
            ("properties" | "definitions", Value::Object(named)) => {
                for (name, schema) in named {
                    found.extend(inside(schema, &format!("{way}/{name}")));
                }
            }
            ("allOf" | "anyOf" | "oneOf" | "items", Value::Array(schemas)) => {
                for schema in schemas {
                    found.extend(inside(schema, &way));
                }
            }
            ("items" | "additionalProperties", Value::Object(_)) => {
                found.extend(inside(value, &way));
            }
            _ => {}
        }
    }
    found
}

fn all_schemas() -> Vec<(String, Map<String, Value>)> {
    let mut found = Vec::new();
    for kind in KINDS {
        let schema = committed(kind);
        let parts = inside(&schema, kind).into_iter();
        found.extend(parts.map(|(way, schema)| (way, schema.clone())));
    }
    assert!(found.len() > 100, "only {} schemas were found", found.len());
    found
}

#[test]
fn a_committed_schema_is_the_one_that_the_program_prints() {
    let update = std::env::var_os("UPDATE_SCHEMA").is_some();
    for kind in KINDS {
        let program = env!("CARGO_BIN_EXE_riparto-under-test");
        let ran = run_in(program, &root(), &["schema", kind]).unwrap();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let path = format!("rules/schema/{kind}.json");
        if update {
            std::fs::create_dir_all(root().join("rules/schema")).unwrap();
            std::fs::write(root().join(&path), &ran.stdout).unwrap();
        }
        let written = read(&path).unwrap_or_default();
        assert!(
            written == ran.stdout,
            "{path} is not what `riparto schema {kind}` prints: run with UPDATE_SCHEMA=1"
        );
    }
}

#[test]
fn the_folder_of_schemas_holds_those_and_nothing_else() {
    let files = project_files().unwrap().into_iter();
    let found: BTreeSet<_> = files.filter(|f| f.starts_with("rules/schema/")).collect();
    let expected: BTreeSet<_> = KINDS.map(|k| format!("rules/schema/{k}.json")).into();
    assert_eq!(found, expected);
}

#[test]
fn every_rule_file_names_the_schema_of_its_kind_on_its_first_line() {
    let files = rule_files();
    assert!(files.len() >= 12, "{files:?}");
    for path in files {
        let text = read(&path).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let link = first.strip_prefix("#:schema ");
        let link = link.unwrap_or_else(|| panic!("{path}: the first line is not `#:schema …`"));
        let folder = root().join(&path);
        let target = folder.parent().unwrap().join(link);
        let kind = kind_of(&path);
        let wanted = root().join(format!("rules/schema/{kind}.json"));
        assert_eq!(
            target.canonicalize().ok(),
            wanted.canonicalize().ok(),
            "{path}: `{link}` is not the schema of a {kind}"
        );
    }
}

#[test]
fn schemas_say_only_what_editors_honour() {
    for (way, schema) in all_schemas() {
        for keyword in schema.keys() {
            assert!(KEYWORDS.contains(&keyword.as_str()), "{way}: `{keyword}`");
        }
        let kind = schema.get("type");
        assert!(kind.is_none_or(Value::is_string), "{way}: {kind:?}");
        assert_ne!(kind, Some(&"null".into()), "{way}");
        assert_ne!(schema.get("default"), Some(&Value::Null), "{way}");
        let beside_ref = schema.contains_key("$ref") && schema.len() > 1;
        assert!(!beside_ref, "{way}: draft-07 ignores what stands by a $ref");
        let choices = schema.get("allOf").and_then(Value::as_array);
        assert!(choices.is_none_or(|all| all.len() == 1), "{way}: allOf");
    }
    for kind in KINDS {
        let draft = committed(kind)["$schema"].clone();
        assert_eq!(draft, "http://json-schema.org/draft-07/schema#");
    }
}

#[test]
fn a_table_of_fixed_keys_admits_no_other() {
    for (way, schema) in all_schemas() {
        if schema.contains_key("properties") {
            let others = schema.get("additionalProperties");
            assert_eq!(others, Some(&false.into()), "{way}");
        } else if schema.get("type") == Some(&"object".into()) {
            assert!(schema["additionalProperties"].is_object(), "{way}");
        }
    }
}

#[test]
fn every_key_and_every_word_is_described_in_both_languages() {
    let two = |text: &str| {
        let halves: Vec<_> = text.split(" — ").collect();
        halves.len() == 2
            && halves
                .iter()
                .all(|half| half.ends_with('.') && half.len() > 5)
    };
    for (way, schema) in all_schemas() {
        let description = schema.get("description").and_then(Value::as_str);
        if let Some(text) = description {
            assert!(two(text), "{way}: `{text}` is not `English. — Italiano.`");
            assert!(!text.contains('\n'), "{way}: `{text}` breaks its line");
        }
        let needed = way.contains("/properties/") && !way.ends_with("additionalProperties");
        let part_of_another = ["/items", "/allOf", "/anyOf"]
            .iter()
            .any(|p| way.ends_with(p));
        if (needed && !part_of_another) || schema.contains_key("const") {
            assert!(description.is_some(), "{way} has no description");
        }
    }
}

#[test]
fn every_rule_file_is_valid_by_its_schema() {
    for path in rule_files() {
        let table: toml::Table = read(&path).unwrap().parse().unwrap();
        let schema = committed(kind_of(&path));
        let file = serde_json::to_value(table).unwrap();
        let faults = faults(&file, &schema, &schema, "");
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
}

#[test]
fn the_validator_of_these_tests_refuses_what_is_wrong() {
    let schema = committed("measure");
    let refused = |text: &str| {
        let table: toml::Table = format!("title = 't'\nmain_act = 'a'\n{text}")
            .parse()
            .unwrap();
        !faults(&serde_json::to_value(table).unwrap(), &schema, &schema, "").is_empty()
    };
    assert!(!refused(""));
    assert!(!refused("[param.a]\nvalue = '385'"));
    assert!(refused("[param.a]\nvalue = 385"));
    assert!(refused("[param.a]\nvalu = '385'"));
    assert!(refused("[fund.a]\ninterval = ['1']"));
    assert!(refused("[allocation.a]\nmethod = 'biggest'"));
    assert!(refused("[allocation.a]\ncriteria = [{ weight = 'x' }]"));
    assert!(refused("[allocation.a.floor]\npays = 'nobody'"));
    assert!(!refused("[allocation.a.floor]\npays = { where = 'x' }"));
}

/// Validates as draft-07 says, for the keywords in [`KEYWORDS`]; shares no code with the engine.
fn faults(value: &Value, schema: &Value, whole: &Value, way: &str) -> Vec<String> {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = whole.pointer(name.trim_start_matches('#'));
        let target = target.unwrap_or_else(|| panic!("`{name}` leads nowhere"));
        return faults(value, target, whole, way);
    }
    let mut found = Vec::new();
    if let Some(expected) = schema.get("type").and_then(Value::as_str) {
        let fits = match expected {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "boolean" => value.is_boolean(),
            other => panic!("unknown type `{other}`"),
        };
        if !fits {
            return vec![format!("{way}: {value} is not of type {expected}")];
        }
    }
    if schema.get("const").is_some_and(|word| word != value) {
        found.push(format!("{way}: {value} is not {}", schema["const"]));
    }
    let fitting = |choices: &Vec<Value>| {
        let fits = |choice: &&Value| faults(value, choice, whole, way).is_empty();
        choices.iter().filter(fits).count()
    };
    for (keyword, good) in [("allOf", None), ("anyOf", None), ("oneOf", Some(1))] {
        let Some(choices) = schema.get(keyword).and_then(Value::as_array) else {
            continue;
        };
        let fit = fitting(choices);
        let held = match keyword {
            "allOf" => fit == choices.len(),
            _ => good.map_or(fit > 0, |good| fit == good),
        };
        if !held {
            found.push(format!("{way}: {value} does not fit {keyword}"));
        }
    }
    found.extend(in_table(value, schema, whole, way));
    found.extend(in_list(value, schema, whole, way));
    found
}

fn in_table(value: &Value, schema: &Value, whole: &Value, way: &str) -> Vec<String> {
    let Some(entries) = value.as_object() else {
        return Vec::new();
    };
    let required = schema.get("required").and_then(Value::as_array);
    let required = required.into_iter().flatten().filter_map(Value::as_str);
    let lacking = required.filter(|key| !entries.contains_key(*key));
    let mut found: Vec<_> = lacking.map(|key| format!("{way} lacks {key}")).collect();
    for (key, value) in entries {
        let way = format!("{way}/{key}");
        let known = schema.get("properties").and_then(|known| known.get(key));
        match (known, schema.get("additionalProperties")) {
            (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => {
                found.extend(faults(value, schema, whole, &way));
            }
            (None, Some(Value::Bool(false))) => found.push(format!("{way} is not known")),
            (None, _) => {}
        }
    }
    found
}

fn in_list(value: &Value, schema: &Value, whole: &Value, way: &str) -> Vec<String> {
    let Some(items) = value.as_array() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let count = items.len() as u64;
    let short = bound("minItems").is_some_and(|least| count < least);
    if short || bound("maxItems").is_some_and(|most| count > most) {
        found.push(format!("{way}: {count} items"));
    }
    for (at, item) in items.iter().enumerate() {
        let schema = match schema.get("items") {
            Some(Value::Array(schemas)) => schemas.get(at),
            schema => schema,
        };
        if let Some(schema) = schema {
            found.extend(faults(item, schema, whole, &format!("{way}/{at}")));
        }
    }
    found
}
