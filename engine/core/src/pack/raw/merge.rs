//! `extends`: a file that lists only what changed, laid over the one it starts from.

use super::tree::{Entry, Node, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::pack::nearest;
use crate::say;

/// The keys of a file that a later year never takes over: it says its own. A window or a time in
/// words is of one year: taken over, it would be a false date.
const OWN: [&str; 11] = [
    "title",
    "title_en",
    "status",
    "main_act",
    "year",
    "as_of",
    "extends",
    "removed_measures",
    "note",
    "window",
    "prose",
];

/// The blocks whose members have a name and can be removed by it.
pub const BLOCKS: [&str; 25] = [
    "act",
    "param",
    "fund",
    "table",
    "derive",
    "rollup",
    "rank",
    "band",
    "total",
    "check",
    "eligibility",
    "exception",
    "allocation",
    "validator",
    "register",
    "export",
    "office",
    "event",
    "term",
    "life",
    "state",
    "transition",
    "group",
    "action",
    "document",
];

/// Lays `over` upon `base`: tables join key by key, every other value is replaced.
///
/// In a named block, `removed = true` takes it away and `removed = ["key"]` takes single keys
/// away; removing what is not there is a fault. A changed `value` or `amount` must restate the
/// `act`, since the old act does not say the new value.
pub fn merge(base: &Node, over: &Node) -> (Node, Diagnostics) {
    let mut faults = Diagnostics::new();
    let mut entries: Vec<Entry> = base
        .entries()
        .iter()
        .filter(|e| !OWN.contains(&e.key.as_str()))
        .cloned()
        .collect();
    for entry in over.entries() {
        let below = entries.iter_mut().find(|e| e.key == entry.key);
        match below {
            Some(below) if BLOCKS.contains(&entry.key.as_str()) => {
                // A total is computed, not decided: it has no act to restate.
                let restate = entry.key != "total";
                below.node = merge_block(&below.node, &entry.node, restate, &mut faults);
                below.key_place = entry.key_place.clone();
            }
            Some(below) => below.node = entry.node.clone(),
            None => entries.push(lonely(entry, &mut faults)),
        }
    }
    (
        Node {
            value: Value::Table(entries),
            place: over.place.clone(),
        },
        faults,
    )
}

/// Tells about every `removed` of a file that starts from nothing.
pub fn check_nothing_removed(file: &Node) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for entry in file.entries() {
        lonely(entry, &mut faults);
    }
    faults
}

fn lonely(entry: &Entry, faults: &mut Diagnostics) -> Entry {
    if BLOCKS.contains(&entry.key.as_str()) {
        for named in entry.node.entries() {
            nothing_removed_in(named, faults);
        }
    }
    entry.clone()
}

/// Tells about every `removed` of what starts from nothing, at any depth.
fn nothing_removed_in(named: &Entry, faults: &mut Diagnostics) {
    if let Some(removed) = named.node.entry("removed") {
        faults.push(nothing_to_remove(&named.key, removed, &[]));
    }
    for inner in named.node.entries() {
        nothing_removed_in(inner, faults);
    }
}

fn merge_block(base: &Node, over: &Node, restate: bool, faults: &mut Diagnostics) -> Node {
    let mut entries = base.entries().to_vec();
    for entry in over.entries() {
        let position = entries.iter().position(|e| e.key == entry.key);
        let removed = entry.node.entry("removed");
        match (position, removed) {
            (None, None) => {
                nothing_removed_in(entry, faults);
                entries.push(entry.clone());
            }
            (None, Some(removed)) => {
                let known: Vec<_> = entries.iter().map(|e| e.key.as_str()).collect();
                faults.push(nothing_to_remove(&entry.key, removed, &known));
            }
            (Some(at), Some(removed)) if is_true(removed) => {
                entries.remove(at);
            }
            (Some(at), _) => {
                if let Some(below) = entries.get_mut(at) {
                    if restate {
                        check_act_restated(&below.node, entry, faults);
                    }
                    below.node = merge_named(&below.node, &entry.node, faults);
                    below.key_place = entry.key_place.clone();
                }
            }
        }
    }
    Node {
        value: Value::Table(entries),
        place: over.place.clone(),
    }
}

fn merge_named(base: &Node, over: &Node, faults: &mut Diagnostics) -> Node {
    let (Value::Table(below), Value::Table(above)) = (&base.value, &over.value) else {
        return over.clone();
    };
    let mut entries = below.clone();
    // What is removed goes first, wherever it is written: the same key can then be written anew.
    for entry in above.iter().filter(|e| e.key == "removed") {
        remove_keys(&mut entries, entry, faults);
    }
    for entry in above.iter().filter(|e| e.key != "removed") {
        let position = entries.iter().position(|e| e.key == entry.key);
        match (position, entry.node.entry("removed")) {
            (Some(at), Some(removed)) if is_true(removed) => {
                entries.remove(at);
            }
            (Some(at), _) => {
                if let Some(below) = entries.get_mut(at) {
                    below.node = merge_named(&below.node, &entry.node, faults);
                    below.key_place = entry.key_place.clone();
                }
            }
            (None, Some(removed)) => {
                let known: Vec<_> = entries.iter().map(|e| e.key.as_str()).collect();
                faults.push(nothing_to_remove(&entry.key, removed, &known));
            }
            (None, None) => {
                nothing_removed_in(entry, faults);
                entries.push(entry.clone());
            }
        }
    }
    Node {
        value: Value::Table(entries),
        place: over.place.clone(),
    }
}

fn is_true(removed: &Entry) -> bool {
    matches!(removed.node.value, Value::Bool(true))
}

fn remove_keys(entries: &mut Vec<Entry>, removed: &Entry, faults: &mut Diagnostics) {
    let Value::List(keys) = &removed.node.value else {
        return;
    };
    for key in keys {
        let Some(name) = key.as_text() else { continue };
        match entries.iter().position(|e| e.key == name) {
            Some(at) => {
                entries.remove(at);
            }
            None => {
                let known: Vec<_> = entries.iter().map(|e| e.key.as_str()).collect();
                let fault = nothing_to_remove(name, removed, &known);
                faults.push(Diagnostic {
                    place: Some(key.place.clone()),
                    ..fault
                });
            }
        }
    }
}

fn nothing_to_remove(name: &str, removed: &Entry, known: &[&str]) -> Diagnostic {
    Diagnostic::error(
        Code::NothingToRemove,
        say!(
            "si toglie `{name}`, che il pacchetto di partenza non ha",
            "`{name}` is removed, but the pack it extends does not have it"
        ),
    )
    .at(removed.key_place.clone())
    .help(nearest(name, known.iter().copied()).unwrap_or_else(|| {
        say!(
            "cancellare questa riga: qui non c'è nulla da togliere",
            "delete this line: there is nothing to remove here"
        )
    }))
}

/// Whether the new value takes the old act away and says that it is an assumption.
fn drops_the_act(over: &Node) -> bool {
    let assumed = over
        .get("assumption")
        .is_some_and(|node| matches!(node.value, Value::Bool(true)));
    let removed = over.get("removed").map(|node| &node.value);
    let dropped = matches!(removed, Some(Value::List(keys)) if keys.iter().any(|k| k.as_text() == Some("act")));
    assumed && dropped
}

/// Whether each row of a list has an act of its own.
fn each_says_its_act(changed: &Node) -> bool {
    match &changed.value {
        Value::List(rows) => !rows.is_empty() && rows.iter().all(|row| row.get("act").is_some()),
        _ => false,
    }
}

/// What an act decides of a block: whoever changes one of these says which act does.
const DECIDED: [&str; 14] = [
    "value",
    "amount",
    "rows",
    "that",
    "when",
    "from",
    "days",
    "months",
    "years",
    "regime",
    "back",
    "free_days",
    "saturday",
    "suspension",
];

fn check_act_restated(base: &Node, over: &Entry, faults: &mut Diagnostics) {
    let conditions = over.node.get("condition").map(Node::entries);
    for condition in conditions.unwrap_or_default() {
        if let Some(base) = base
            .get("condition")
            .and_then(|all| all.get(&condition.key))
        {
            check_act_restated(base, condition, faults);
        }
    }
    // One is enough to say it of the block.
    let mut changed = DECIDED.into_iter().filter_map(|key| over.node.entry(key));
    let changed = changed.find(|changed| !each_says_its_act(&changed.node));
    if let Some(changed) = changed
        && over.node.get("act").is_none()
        && !drops_the_act(&over.node)
    {
        let name = &over.key;
        let fault = Diagnostic::error(
            Code::MissingAct,
            say!(
                "`{name}` cambia valore ma non dice quale atto lo cambia",
                "`{name}` changes its value but does not say which act changes it"
            ),
        );
        faults.push(fault.at(changed.key_place.clone()).help(say!(
            "aggiungere `act = \"…\"` accanto al nuovo valore",
            "add `act = \"…\"` beside the new value"
        )));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Node {
        let (node, faults) = Node::parse("f.toml", text.as_bytes());
        assert!(faults.is_empty(), "{faults:?}");
        node
    }

    #[test]
    fn a_later_year_changes_one_field_and_keeps_the_rest() {
        let base = parse("[param.a]\nvalue = \"1\"\nunit = \"u\"\nact = \"x\"\n");
        let over = parse("[param.a]\nvalue = \"2\"\nact = \"y\"\n");
        let (merged, faults) = merge(&base, &over);
        assert!(faults.is_empty());
        let param = merged.find(&["param", "a"]);
        let field = |key| param.get(key).and_then(Node::as_text).unwrap();
        assert_eq!(
            (field("value"), field("unit"), field("act")),
            ("2", "u", "y")
        );
    }

    #[test]
    fn removing_takes_a_block_or_single_keys_away() {
        let base = parse("[param.a]\nvalue = \"1\"\n[param.b]\nvalue = \"1\"\nnote = \"n\"\n");
        let over = parse("[param.a]\nremoved = true\n[param.b]\nremoved = [\"note\"]\n");
        let (merged, faults) = merge(&base, &over);
        assert!(faults.is_empty());
        assert!(merged.get("param").unwrap().get("a").is_none());
        assert!(merged.find(&["param", "b"]).get("note").is_none());
    }

    #[test]
    fn removing_what_is_not_there_is_a_fault() {
        let (_, faults) = merge(
            &parse("[param.a]\nvalue = \"1\"\n"),
            &parse("[param.aa]\nremoved = true\n"),
        );
        assert_eq!(faults.into_sorted()[0].code, Code::NothingToRemove);
    }

    #[test]
    fn a_changed_value_restates_its_act() {
        let (_, faults) = merge(
            &parse("[param.a]\nvalue = \"1\"\nact = \"x\"\n"),
            &parse("[param.a]\nvalue = \"2\"\n"),
        );
        assert_eq!(faults.into_sorted()[0].code, Code::MissingAct);
    }

    #[test]
    fn a_later_year_says_its_own_title() {
        let (merged, _) = merge(&parse("title = \"2022\"\n"), &parse("note = \"n\"\n"));
        assert!(merged.get("title").is_none());
    }
}
