//! Facts about scripts, stated by hand.

#![expect(clippy::result_large_err, reason = "results are those of the rows")]

mod attacks;
mod checking;
mod results;

use std::collections::BTreeMap;

use super::{Script, Value};
use crate::diag::{Code, Diagnostic, Diagnostics};

const FILE: &str = "regions/prova/2024/misura.rhai";

/// Compiles with helpers given as name and text.
fn compile(text: &str, helpers: &[(&str, &str)]) -> Result<Script, Diagnostics> {
    let helpers: BTreeMap<String, String> = helpers
        .iter()
        .map(|(name, text)| (format!("rules/lib/{name}.rhai"), (*text).to_owned()))
        .collect();
    Script::compile(FILE, text, &|path| Ok(helpers.get(path).cloned()))
}

#[track_caller]
fn script(text: &str) -> Script {
    compile(text, &[]).unwrap_or_else(|faults| panic!("{text}: {faults:#?}"))
}

/// Gives the value of an expression, written as the body of a function.
#[track_caller]
fn value(body: &str) -> Value {
    run(body).unwrap_or_else(|fault| panic!("{body}: {fault:#?}"))
}

#[track_caller]
fn run(body: &str) -> Result<Value, Diagnostic> {
    call(&script(&format!("fn f() {{ {body} }}")), "f", &[])
}

fn call(script: &Script, function: &str, row: &[Value]) -> Result<Value, Diagnostic> {
    script.call_rows(function, &[row.to_vec()]).remove(0)
}

fn decimal(text: &str) -> Value {
    Value::Decimal(text.parse().unwrap())
}

fn date(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

/// Gives code, line, column, length and Italian message of every fault, sorted by place.
#[track_caller]
fn faults(text: &str, helpers: &[(&str, &str)]) -> Vec<(Code, usize, usize, usize, String)> {
    let faults = compile(text, helpers).map(|_| text).unwrap_err();
    let faults = faults.into_sorted().into_iter().map(|fault| {
        let place = fault.place.expect("a place");
        (
            fault.code,
            place.line,
            place.column,
            place.length,
            fault.message.it,
        )
    });
    faults.collect()
}

#[track_caller]
fn only_fault(text: &str, helpers: &[(&str, &str)]) -> Diagnostic {
    let mut faults = compile(text, helpers)
        .map(|_| text)
        .unwrap_err()
        .into_sorted();
    assert_eq!(faults.len(), 1, "{text}: {faults:#?}");
    faults.remove(0)
}

/// Gives file, line and column of a diagnostic.
fn spot(fault: &Diagnostic) -> (&str, usize, usize) {
    let place = fault.place.as_ref().expect("a place");
    (&place.file, place.line, place.column)
}
