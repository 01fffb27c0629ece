//! What is wrong with a script that parses, found before any of it runs.
//!
//! Rhai would find an unknown function when a row reaches it, and would let a script replace a
//! function of the system under the feet of a helper. Here each call is looked up first.

mod calls;
mod forms;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::say;

use super::expression::too_many_digits;
use super::helpers::Bundle;
use super::limits;
use super::parsed::Parsed;
use calls::Known;

/// Judges all the files of a bundle.
pub(super) fn lint(bundle: &Bundle) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for parsed in bundle.files() {
        let known = Known::of(bundle, parsed);
        redefinitions(bundle, parsed, &known, &mut faults);
        long_numbers(parsed, &mut faults);
        forms::top_level(parsed, &mut faults);
        parsed.tree.walk(&mut |path| {
            if let Some(node) = path.last() {
                let fault = forms::forbidden(node)
                    .or_else(|| forms::nested_import(node, parsed))
                    .or_else(|| known.unknown_call(node))
                    .or_else(|| known.unknown_constant(node));
                if let Some((fault, position)) = fault {
                    faults.push(fault.at(parsed.place(position)));
                }
            }
            true
        });
    }
    faults
}

/// A function of the script would take the place of the system's, even inside the helpers.
fn redefinitions(bundle: &Bundle, parsed: &Parsed, known: &Known, faults: &mut Diagnostics) {
    let mut earlier: Vec<&str> = Vec::new();
    for function in &parsed.functions {
        let name = &function.name;
        let place = parsed.place(function.position);
        let choose_another = say!("scegliere un altro nome", "choose another name");
        let taken = |message| {
            Diagnostic::error(Code::ScriptForbidden, message)
                .at(place.clone())
                .help(choose_another.clone())
        };
        if known.is_system(name) || forms::is_forbidden_name(name) {
            faults.push(taken(say!(
                "il nome `{name}` è già di una funzione del sistema",
                "the name `{name}` already belongs to a function of the system"
            )));
        } else if earlier.contains(&name.as_str()) {
            faults.push(taken(say!(
                "due funzioni si chiamano `{name}`",
                "two functions are called `{name}`"
            )));
        }
        for import in &parsed.imports {
            let Some(helper) = bundle.helper(import) else {
                continue;
            };
            let same = helper.functions.iter().find(|other| other.name == *name);
            if let Some(same) = same {
                let file = &helper.file;
                let fault = taken(say!(
                    "il nome `{name}` è già di una funzione importata da `{file}`",
                    "the name `{name}` already belongs to a function imported from `{file}`"
                ));
                let text = say!(
                    "qui è definita quella importata",
                    "the imported one is defined here"
                );
                faults.push(fault.related(helper.place(same.position), text));
            }
        }
        earlier.push(name);
    }
}

/// Rhai would round them.
fn long_numbers(parsed: &Parsed, faults: &mut Diagnostics) {
    for (number, position) in &parsed.numbers {
        if too_many_digits(&number.replace('_', "")) {
            let max = limits::DIGITS;
            let message = say!(
                "il numero `{number}` ha più di {max} cifre",
                "the number `{number}` has more than {max} digits"
            );
            let fault = Diagnostic::error(Code::ScriptSyntax, message);
            faults.push(fault.at(parsed.place(*position)));
        }
    }
}
