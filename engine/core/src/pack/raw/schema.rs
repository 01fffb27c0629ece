//! The JSON Schema of the rule files, made from the types.
//!
//! One source of truth: what an editor completes is what `check` accepts.

use std::collections::BTreeSet;

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value as Json};

/// Gives the draft-07 JSON Schema of a whole rule file.
pub fn schema_of<T: JsonSchema>() -> Json {
    let settings = SchemaSettings::draft07()
        .with_transform(WithoutNull)
        .with_transform(Described);
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// Gives the JSON Schema that an editor checks a rule file with.
///
/// A file that starts from another pack lists only what changed, and an editor sees one file at a
/// time: whatever a block may take over from that pack is required by `check` alone.
pub fn editor_schema_of<T: JsonSchema>() -> Json {
    let mut schema = schema_of::<T>();
    let Some(definitions) = schema.get_mut("definitions").and_then(Json::as_object_mut) else {
        return schema;
    };
    for name in taken_over(definitions) {
        if let Some(definition) = definitions.get_mut(&name).and_then(Json::as_object_mut) {
            definition.remove("required");
        }
    }
    schema
}

/// The blocks that can be removed, and the tables inside them: their keys join one by one. An item
/// of a list is not among them, because a list is replaced whole.
fn taken_over(definitions: &Map<String, Json>) -> BTreeSet<String> {
    let properties = |name: &str| definitions.get(name)?.get("properties")?.as_object();
    let mut waiting: Vec<String> = definitions
        .keys()
        .filter(|name| properties(name).is_some_and(|keys| keys.contains_key("removed")))
        .cloned()
        .collect();
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let inside = properties(&name).into_iter().flat_map(Map::values);
        waiting.extend(inside.filter_map(referred).map(str::to_owned));
        found.insert(name);
    }
    found
}

fn referred(schema: &Json) -> Option<&str> {
    let inner = schema
        .get("allOf")
        .and_then(Json::as_array)
        .and_then(|all| all.first());
    let name = inner.unwrap_or(schema).get("$ref")?.as_str()?;
    name.strip_prefix("#/definitions/")
}

/// An editor shows a key by its description: one that has none takes that of the table it is in.
#[derive(Debug, Clone)]
struct Described;

impl Transform for Described {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(description) = schema.get("description").cloned() else {
            return;
        };
        let Some(Json::Object(properties)) = schema.get_mut("properties") else {
            return;
        };
        for property in properties.values_mut().filter_map(Json::as_object_mut) {
            let own = property.entry("description");
            own.or_insert_with(|| description.clone());
        }
    }
}

/// TOML has no null: an optional key is simply not written.
#[derive(Debug, Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(object) = schema.as_object_mut() else {
            return;
        };
        if object.get("default").is_some_and(Json::is_null) {
            object.remove("default");
        }
        drop_null_type(object);
        drop_null_choice(object);
        // `int64` and the like are no formats of JSON Schema: an editor may warn of them.
        object.remove("format");
    }
}

fn drop_null_type(object: &mut Map<String, Json>) {
    let Some(Json::Array(types)) = object.get_mut("type") else {
        return;
    };
    types.retain(|t| t != "null");
    if let [only] = types.as_slice() {
        let only = only.clone();
        object.insert("type".to_owned(), only);
    }
}

fn drop_null_choice(object: &mut Map<String, Json>) {
    let Some(Json::Array(choices)) = object.get_mut("anyOf") else {
        return;
    };
    choices.retain(|choice| choice.get("type").is_none_or(|t| t != "null"));
    let [only] = choices.as_slice() else { return };
    // Draft-07 ignores whatever stands beside a `$ref`, so a description keeps it in `allOf`.
    let only = only.clone();
    object.remove("anyOf");
    match only {
        Json::Object(only) if !only.contains_key("$ref") => object.extend(only),
        only => {
            object.insert("allOf".to_owned(), Json::Array(vec![only]));
        }
    }
}
