//! Which functions a file may call, and what is said of a call to any other.

use std::collections::{BTreeMap, BTreeSet};

use rhai::{ASTNode, Expr, FnCallExpr, Position, Stmt};

use crate::diag::{Code, Diagnostic, Text};
use crate::say;

use super::super::helpers::Bundle;
use super::super::parsed::Parsed;
use super::super::sandbox;

type Fault = (Diagnostic, Position);
/// Functions by name, each with the numbers of arguments it takes.
type Arities = BTreeMap<String, BTreeSet<usize>>;

/// What one file can name.
pub(super) struct Known {
    system: Arities,
    own: Arities,
    own_constants: BTreeSet<String>,
    /// By the name that `import … as` gives.
    imported: BTreeMap<String, Imported>,
}

struct Imported {
    functions: Arities,
    constants: BTreeSet<String>,
}

impl Known {
    pub(super) fn of(bundle: &Bundle, parsed: &Parsed) -> Self {
        let imported = parsed.imports.iter().filter_map(|import| {
            let helper = bundle.helper(import)?;
            let imported = Imported {
                functions: declared(helper, false),
                constants: helper.constants.iter().cloned().collect(),
            };
            Some((import.alias.clone(), imported))
        });
        Self {
            system: system(),
            own: declared(parsed, true),
            own_constants: parsed.constants.iter().cloned().collect(),
            imported: imported.collect(),
        }
    }

    pub(super) fn is_system(&self, name: &str) -> bool {
        self.system.contains_key(name)
    }

    /// Says why a call would find no function.
    pub(super) fn unknown_call(&self, node: &ASTNode) -> Option<Fault> {
        match node {
            ASTNode::Expr(Expr::FnCall(call, position))
            | ASTNode::Stmt(Stmt::FnCall(call, position))
                if call.op_token.is_none() =>
            {
                self.plain_call(call, *position)
            }
            ASTNode::Expr(Expr::MethodCall(call, position)) => self.method_call(call, *position),
            _ => None,
        }
    }

    /// Says why `alias::NAME` would find no constant.
    pub(super) fn unknown_constant(&self, node: &ASTNode) -> Option<Fault> {
        let ASTNode::Expr(Expr::Variable(variable, _, position)) = node else {
            return None;
        };
        let (name, namespace) = (variable.1.as_str(), &variable.2);
        if namespace.is_empty() {
            return None;
        }
        let space = namespace.to_string();
        let constants = match self.imported.get(&space) {
            Some(imported) => &imported.constants,
            None if space == "global" => &self.own_constants,
            None => return None,
        };
        if constants.contains(name) {
            return None;
        }
        let message = say!(
            "la costante `{space}::{name}` non è dichiarata",
            "the constant `{space}::{name}` is not declared"
        );
        let help = closest(name, constants.iter()).map(|close| did_you_mean(&close));
        let declare = say!(
            "dichiararla in testa al file: `const {name} = …;`",
            "declare it at the head of the file: `const {name} = …;`"
        );
        let fault = Diagnostic::error(Code::UnknownName, message);
        let fault = fault.help(declare).help_maybe(help);
        Some((fault, *position))
    }

    fn plain_call(&self, call: &FnCallExpr, position: Position) -> Option<Fault> {
        let name = call.name.as_str();
        if call.namespace.is_empty() {
            return self.look_up(name, call.args.len(), position);
        }
        let space = call.namespace.to_string();
        match self.imported.get(&space) {
            Some(imported) => check(
                &format!("{space}::{name}"),
                name,
                call.args.len(),
                &[&imported.functions],
                position,
            ),
            None => {
                let message = say!(
                    "nessun `import` dichiara `{space}`",
                    "no `import` declares `{space}`"
                );
                Some((Diagnostic::error(Code::UnknownFunction, message), position))
            }
        }
    }

    fn look_up(&self, name: &str, arguments: usize, position: Position) -> Option<Fault> {
        // `x in list` becomes a call of `contains`, which the system has.
        check(name, name, arguments, &[&self.own, &self.system], position)
    }

    /// `x.f(a)` is `f(x, a)` for the functions of the system; a function of the file sees `x` as
    /// `this`.
    fn method_call(&self, call: &FnCallExpr, position: Position) -> Option<Fault> {
        let (name, arguments) = (call.name.as_str(), call.args.len());
        let takes = |arities: &Arities, count: usize| {
            arities
                .get(name)
                .is_some_and(|counts| counts.contains(&count))
        };
        if takes(&self.own, arguments) {
            return None;
        }
        self.look_up(name, arguments + 1, position)
    }
}

fn check(
    written: &str,
    name: &str,
    arguments: usize,
    places: &[&Arities],
    position: Position,
) -> Option<Fault> {
    let counts: BTreeSet<usize> = places
        .iter()
        .filter_map(|arities| arities.get(name))
        .flatten()
        .copied()
        .collect();
    if counts.contains(&arguments) {
        return None;
    }
    let (message, help) = if counts.is_empty() {
        let names = places.iter().flat_map(|arities| arities.keys());
        let message = say!(
            "la funzione `{written}` non esiste",
            "there is no function `{written}`"
        );
        (
            message,
            closest(name, names).map(|close| did_you_mean(&close)),
        )
    } else {
        let (it, en) = match arguments {
            1 => ("argomento", "argument"),
            _ => ("argomenti", "arguments"),
        };
        let message = say!(
            "la funzione `{written}` è chiamata con {arguments} {it}",
            "the function `{written}` is called with {arguments} {en}"
        );
        let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
        let (it, en) = (counts.join(" o "), counts.join(" or "));
        (message, Some(say!("ne vuole {it}", "it takes {en}")))
    };
    let fault = Diagnostic::error(Code::UnknownFunction, message).help_maybe(help);
    Some((fault, position))
}

fn did_you_mean(name: &str) -> Text {
    say!("forse si intendeva `{name}`", "perhaps `{name}` was meant")
}

/// Gives the nearest name, when it is near enough to be a slip of the pen.
fn closest<'a>(name: &str, names: impl Iterator<Item = &'a String>) -> Option<String> {
    let allowed = name.chars().count() / 3 + 1;
    names
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, other)| other.clone())
}

fn declared(parsed: &Parsed, private_too: bool) -> Arities {
    let mut arities = Arities::new();
    for function in &parsed.functions {
        if private_too || !function.private {
            let counts = arities.entry(function.name.clone()).or_default();
            counts.insert(function.parameters.len());
        }
    }
    arities
}

/// The functions of the system that have a name; operators and getters have none.
fn system() -> Arities {
    let functions = sandbox::reader().collect_fn_metadata(
        None,
        |info| Some((info.metadata.name.to_string(), info.metadata.num_params)),
        true,
    );
    let mut arities = Arities::new();
    for (name, count) in functions {
        let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
        if is_name && !super::forms::is_forbidden_name(&name) {
            arities.entry(name).or_default().insert(count);
        }
    }
    arities
}
