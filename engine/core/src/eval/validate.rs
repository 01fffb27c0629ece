//! Lets native plugins judge the facts before any rule is applied to them.

use crate::diag::{Diagnostic, Diagnostics, Place};
use crate::model::{Dataset, Table};
use crate::rules::{Pack, Validator};
use crate::say;

/// Gives what the validators of a pack find in its facts, each where it stands there.
///
/// # Shape
/// A validator whose tables are not all there is not asked.
pub fn validate(pack: &Pack, data: &Dataset) -> Diagnostics {
    let rules = pack.measures.iter().flat_map(|measure| &measure.validators);
    rules.flat_map(|rule| judged(rule, data)).collect()
}

fn judged(rule: &Validator, data: &Dataset) -> Vec<Diagnostic> {
    let tables = rule.tables.iter().map(|name| data.tables.get(name));
    let Some(tables) = tables.collect::<Option<Vec<&Table>>>() else {
        return Vec::new();
    };
    let native = &rule.native;
    let act = || rule.source.cited();
    match native
        .natives
        .validate(&native.plugin, &native.name, &tables)
    {
        Ok(found) => {
            let found = found.into_iter();
            found
                .map(|fault| placed(fault, rule, &tables).act(act()))
                .collect()
        }
        Err(fault) => {
            let id = &rule.id;
            let waits = say!(
                "la validazione che lo aspetta: `{id}`",
                "the validation that waits for it: `{id}`"
            );
            let fault = fault.at(native.place.clone());
            vec![fault.related(rule.place.clone(), waits).act(act())]
        }
    }
}

/// Puts a finding where the facts stand; what stands nowhere in them is told at the rule.
fn placed(fault: Diagnostic, rule: &Validator, tables: &[&Table]) -> Diagnostic {
    let found = fault.place.clone().and_then(|place| {
        let file = file_of(&place, tables)?;
        Some(Place { file, ..place })
    });
    match found {
        Some(place) => {
            let label = rule.label.clone();
            let asked = say!("lo chiede: {label}", "asked by: {label}"; label = label);
            fault.at(place).related(rule.place.clone(), asked)
        }
        None => fault.at(rule.place.clone()),
    }
}

/// A plugin calls a file by the name of its table, or as it was told; it need not name the only one.
fn file_of(place: &Place, tables: &[&Table]) -> Option<String> {
    let named = tables
        .iter()
        .find(|table| table.name == place.file || table.file == place.file);
    let only = match tables {
        [only] if place.file.is_empty() => Some(only),
        _ => None,
    };
    named.or(only).map(|table| table.file.clone())
}
