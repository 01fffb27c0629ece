//! The forms of Rhai that a rule may not use, each with what to write instead.

use rhai::{ASTFlags, ASTNode, Expr, Position, Stmt};

use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::say;

use super::super::parsed::Parsed;

type Fault = (Diagnostic, Position);

const MAKE_CODE: [&str; 9] = [
    "eval",
    "Fn",
    "call",
    "curry",
    "is_def_var",
    "is_def_fn",
    "type_of",
    "is_shared",
    "import",
];
const PRINT: [&str; 2] = ["print", "debug"];
const APPROXIMATE: [&str; 20] = [
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "sqrt", "exp", "ln", "log", "hypot", "PI", "E", "to_float",
];
const OUTSIDE: [&str; 6] = ["sleep", "timestamp", "exit", "rand", "open_file", "now"];
const OPERATORS: [&str; 6] = ["**", "&", "|", "^", "<<", ">>"];

/// Tells whether a function of that name is forbidden, so that no script may define one either.
pub(super) fn is_forbidden_name(name: &str) -> bool {
    forbidden_call_help(name).is_some()
}

/// Finds what stands outside functions and is neither a constant nor an import.
pub(super) fn top_level(parsed: &Parsed, faults: &mut Diagnostics) {
    for statement in parsed.tree.statements() {
        let allowed = match statement {
            Stmt::Noop(_) | Stmt::Import(..) => true,
            Stmt::Var(_, flags, _) => {
                flags.contains(ASTFlags::CONSTANT) && !flags.contains(ASTFlags::EXPORTED)
            }
            _ => false,
        };
        if allowed {
            continue;
        }
        let message = say!(
            "fuori dalle funzioni si scrivono solo `fn`, `const` e `import`",
            "only `fn`, `const` and `import` are written outside functions"
        );
        let help = say!(
            "spostare questa riga in una funzione",
            "move this line into a function"
        );
        let fault = Diagnostic::error(Code::ScriptForbidden, message).help(help);
        faults.push(fault.at(parsed.place(statement.position())));
    }
}

/// Finds an `import` inside a function, which no reading of the file would have followed.
pub(super) fn nested_import(node: &ASTNode, parsed: &Parsed) -> Option<Fault> {
    let ASTNode::Stmt(Stmt::Import(_, position)) = node else {
        return None;
    };
    let mut top_level = parsed.tree.statements().iter();
    if top_level.any(|statement| statement.position() == *position) {
        return None;
    }
    let message = say!(
        "`import` sta in testa al file, non dentro una funzione",
        "`import` stands at the top of the file, not inside a function"
    );
    let fault = Diagnostic::error(Code::ScriptForbidden, message);
    Some((fault, *position))
}

/// Says why a node may not stand in a rule.
pub(super) fn forbidden(node: &ASTNode) -> Option<Fault> {
    match node {
        ASTNode::Stmt(statement) => forbidden_statement(statement),
        ASTNode::Expr(Expr::FnCall(call, position)) if call.op_token.is_some() => {
            forbidden_operator(&call.name, *position)
        }
        ASTNode::Expr(Expr::FnCall(call, position) | Expr::MethodCall(call, position)) => {
            forbidden_call(&call.name, *position)
        }
        _ => None,
    }
}

fn forbidden_statement(statement: &Stmt) -> Option<Fault> {
    let endless = || {
        say!(
            "scorrere un elenco o un intervallo: `for x in 0..10 {{ … }}`",
            "run over a list or a range: `for x in 0..10 {{ … }}`"
        )
    };
    match statement {
        Stmt::While(flow, position) if matches!(flow.expr, Expr::Unit(_)) => {
            Some(refuse("loop", endless(), *position))
        }
        Stmt::While(_, position) => Some(refuse("while", endless(), *position)),
        Stmt::Do(_, _, position) => Some(refuse("do", endless(), *position)),
        Stmt::TryCatch(_, position) => Some(refuse(
            "try",
            say!(
                "un errore deve fermare la regola: controllare prima i valori con `if`",
                "an error must stop the rule: check the values first with `if`"
            ),
            *position,
        )),
        Stmt::Switch(_, position) => Some(refuse(
            "switch",
            say!(
                "scrivere `if x == 1 {{ … }} else if x == 2 {{ … }}`: `switch` non vede che 1 e 1.0 sono uguali",
                "write `if x == 1 {{ … }} else if x == 2 {{ … }}`: `switch` does not see that 1 and 1.0 are equal"
            ),
            *position,
        )),
        Stmt::FnCall(call, position) => forbidden_call(&call.name, *position),
        Stmt::Assignment(assignment) if goes_through_index(&assignment.1.lhs) => Some(refuse(
            "[…] =",
            say!(
                "scrivere `elenco.set(posizione, valore)` o `oggetto.set(\"nome\", valore)`",
                "write `list.set(position, value)` or `object.set(\"name\", value)`"
            ),
            assignment.0.position(),
        )),
        Stmt::Assignment(assignment) => {
            let (_, _, _, written, _, op) = assignment.0.get_op_assignment_info()?;
            let help = operator_help(op);
            OPERATORS
                .contains(&op)
                .then(|| refuse(written, help, assignment.0.position()))
        }
        _ => None,
    }
}

/// Rhai does not measure a list or an object that grows this way; `set` and `push` are measured.
fn goes_through_index(target: &Expr) -> bool {
    match target {
        Expr::Index(..) => true,
        Expr::Dot(pair, ..) => goes_through_index(&pair.lhs) || goes_through_index(&pair.rhs),
        _ => false,
    }
}

fn forbidden_operator(name: &str, position: Position) -> Option<Fault> {
    OPERATORS
        .contains(&name)
        .then(|| refuse(name, operator_help(name), position))
}

fn operator_help(op: &str) -> Text {
    match op {
        "&" => say!("per «e» scrivere `&&`", "for “and” write `&&`"),
        "|" => say!("per «o» scrivere `||`", "for “or” write `||`"),
        _ => say!(
            "una regola usa `+` `-` `*` `/` e `%`",
            "a rule uses `+` `-` `*` `/` and `%`"
        ),
    }
}

fn forbidden_call(name: &str, position: Position) -> Option<Fault> {
    forbidden_call_help(name).map(|help| refuse(name, help, position))
}

fn forbidden_call_help(name: &str) -> Option<Text> {
    if MAKE_CODE.contains(&name) {
        return Some(say!(
            "chiamare le funzioni per nome, come sono scritte nel file",
            "call functions by name, as they are written in the file"
        ));
    }
    if PRINT.contains(&name) {
        return Some(say!(
            "una regola non stampa: ciò che restituisce si vede con `riparto spiega`",
            "a rule does not print: `riparto explain` shows what it returns"
        ));
    }
    if APPROXIMATE.contains(&name) {
        return Some(say!(
            "fare il conto con le quattro operazioni: questa funzione dà un risultato approssimato",
            "do the sum with the four operations: this function gives an approximate result"
        ));
    }
    if OUTSIDE.contains(&name) {
        return Some(say!(
            "il risultato dipende solo dagli argomenti: passare una data come argomento",
            "the result depends on the arguments only: pass a date as an argument"
        ));
    }
    (name == "round").then(|| {
        say!(
            "scrivere `euro(x)` o `round_half_up(x, 2)`: `round` porta la metà alla cifra pari",
            "write `euro(x)` or `round_half_up(x, 2)`: `round` sends the half to the even digit"
        )
    })
}

fn refuse(what: &str, help: Text, position: Position) -> Fault {
    let message = say!(
        "`{what}` non si può usare in una regola",
        "`{what}` cannot be used in a rule"
    );
    let fault = Diagnostic::error(Code::ScriptForbidden, message).help(help);
    (fault, position)
}
