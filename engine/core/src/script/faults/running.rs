//! What stopped a script while it ran: the cause, its innermost place, the calls that led there.

use rhai::{Dynamic, EvalAltResult, Position};

use crate::diag::{Code, Diagnostic, Place, Text};
use crate::say;

use super::super::limits;
use super::Texts;

/// An error raised by one of our own functions, already in words.
#[derive(Debug, Clone)]
pub(in crate::script) struct Complaint {
    pub(in crate::script) message: Text,
    pub(in crate::script) help: Option<Text>,
}

/// Makes the error that a function of ours returns; Rhai adds the place of the call.
pub(in crate::script) fn complain(message: Text, help: Option<Text>) -> Box<EvalAltResult> {
    let complaint = Dynamic::from(Complaint { message, help });
    EvalAltResult::ErrorRuntime(complaint, Position::NONE).into()
}

/// Turns an error into a diagnostic. `start` is where the run started: an error without a place
/// of its own, as Rhai leaves those of a limit, is said to be there.
pub(in crate::script) fn explain(
    error: &EvalAltResult,
    start: &Place,
    texts: &Texts,
) -> Diagnostic {
    let mut error = error;
    let mut file = start.file.clone();
    let mut calls: Vec<(Place, Text)> = Vec::new();
    loop {
        match error {
            EvalAltResult::ErrorInFunctionCall(name, source, inner, position) => {
                if !position.is_none() {
                    let place = texts.place(&file, *position);
                    let name = function_name(name);
                    calls.push((
                        place,
                        say!("qui è chiamata {name}", "{name} is called here"),
                    ));
                }
                if !source.is_empty() {
                    file.clone_from(source);
                }
                error = inner;
            }
            EvalAltResult::ErrorInModule(_, inner, _) => error = inner,
            _ => break,
        }
    }
    let (code, message, help) = say_cause(error);
    let place = match error.position() {
        position if position.is_none() => start.clone(),
        position => texts.place(&file, position),
    };
    let look = say!(
        "correggere la formula in questo punto, o il dato che vi arriva",
        "correct the formula here, or the datum that comes to it"
    );
    let mut diagnostic = Diagnostic::error(code, message).at(place);
    diagnostic = diagnostic.help(look).help_maybe(help);
    for (place, text) in calls.into_iter().rev() {
        diagnostic = diagnostic.related(place, text);
    }
    diagnostic
}

type Cause = (Code, Text, Option<Text>);

fn say_cause(error: &EvalAltResult) -> Cause {
    if let Some(text) = limit_text(error) {
        let help = say!(
            "la regola chiede troppo: dividerla, o accorciare gli elenchi e i cicli",
            "the rule asks too much: split it, or shorten its lists and loops"
        );
        return (Code::ScriptLimit, text, Some(help));
    }
    let (message, help) = match error {
        EvalAltResult::ErrorRuntime(token, _) => said_by_script(token),
        EvalAltResult::ErrorArithmetic(words, _) => arithmetic(words),
        EvalAltResult::ErrorFunctionNotFound(signature, _) => (not_found(signature), None),
        EvalAltResult::ErrorDotExpr(words, _) => (unknown_property(words), None),
        EvalAltResult::ErrorPropertyNotFound(name, _) => (
            say!("l'oggetto non ha `{name}`", "the object has no `{name}`"),
            None,
        ),
        EvalAltResult::ErrorVariableNotFound(name, _) => (
            say!(
                "il nome `{name}` non è dichiarato",
                "the name `{name}` is not declared"
            ),
            None,
        ),
        EvalAltResult::ErrorMismatchDataType(expected, actual, _)
        | EvalAltResult::ErrorMismatchOutputType(expected, actual, _) => {
            let (expected, actual) = (kind_of_type(expected), kind_of_type(actual));
            let (it, en) = (&expected.it, &expected.en);
            let (actual_it, actual_en) = (&actual.it, &actual.en);
            (
                say!(
                    "qui serve {it}, c'è {actual_it}",
                    "{en} is needed here, there is {actual_en}"
                ),
                None,
            )
        }
        EvalAltResult::ErrorArrayBounds(length, index, _) => (
            say!(
                "l'elenco ha {length} elementi e si chiede la posizione {index}",
                "the list has {length} items and position {index} is asked for"
            ),
            Some(say!("la prima posizione è la 0", "the first position is 0")),
        ),
        EvalAltResult::ErrorStringBounds(length, index, _) => (
            say!(
                "il testo ha {length} caratteri e si chiede la posizione {index}",
                "the text has {length} characters and position {index} is asked for"
            ),
            Some(say!("la prima posizione è la 0", "the first position is 0")),
        ),
        EvalAltResult::ErrorIndexingType(..) => (
            say!(
                "questo valore non ha posizioni",
                "this value has no positions"
            ),
            None,
        ),
        EvalAltResult::ErrorFor(_) => (
            say!(
                "`for` scorre solo un elenco o un intervallo",
                "`for` runs only over a list or a range"
            ),
            None,
        ),
        EvalAltResult::ErrorAssignmentToConstant(name, _) => (
            say!(
                "la costante `{name}` non si cambia",
                "the constant `{name}` cannot be changed"
            ),
            None,
        ),
        EvalAltResult::ErrorUnboundThis(_) => (
            say!("qui `this` non è niente", "`this` is nothing here"),
            None,
        ),
        _ => (
            say!(
                "lo script non può proseguire da qui",
                "the script cannot go on from here"
            ),
            None,
        ),
    };
    (Code::ScriptError, message, help)
}

fn limit_text(error: &EvalAltResult) -> Option<Text> {
    Some(match error {
        EvalAltResult::ErrorTooManyOperations(_) => {
            let max = limits::OPERATIONS;
            say!(
                "lo script ha superato {max} passi",
                "the script went beyond {max} steps"
            )
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            let max = limits::CALL_LEVELS;
            say!(
                "lo script ha superato {max} funzioni in attesa l'una dell'altra",
                "the script went beyond {max} functions that wait for one another"
            )
        }
        EvalAltResult::ErrorTooManyVariables(_) => {
            let max = limits::VARIABLES;
            say!(
                "lo script ha superato {max} variabili",
                "the script went beyond {max} variables"
            )
        }
        EvalAltResult::ErrorTooManyModules(_) => {
            let max = limits::MODULES;
            say!(
                "lo script ha superato {max} `import`",
                "the script went beyond {max} imports"
            )
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => too_large(what),
        EvalAltResult::ErrorTerminated(..) => {
            say!("lo script è stato fermato", "the script was stopped")
        }
        _ => return None,
    })
}

fn too_large(what: &str) -> Text {
    let what = what.to_lowercase();
    if what.contains("string") {
        let max = limits::TEXT_BYTES;
        return say!(
            "un testo ha superato {max} byte",
            "a text went beyond {max} bytes"
        );
    }
    if what.contains("map") {
        let max = limits::OBJECT_ENTRIES;
        return say!(
            "un oggetto ha superato {max} voci",
            "an object went beyond {max} entries"
        );
    }
    let max = limits::LIST_ITEMS;
    say!(
        "un elenco ha superato {max} elementi",
        "a list went beyond {max} items"
    )
}

/// What `throw` gave, or what one of our functions said.
fn said_by_script(token: &Dynamic) -> (Text, Option<Text>) {
    if let Some(complaint) = token.clone().try_cast::<Complaint>() {
        return (complaint.message, complaint.help);
    }
    let words = token.to_string();
    let text = if words.is_empty() {
        say!(
            "lo script si è fermato con `throw`",
            "the script stopped with `throw`"
        )
    } else {
        say!(
            "lo script si è fermato: {words}",
            "the script stopped: {words}"
        )
    };
    let help = say!(
        "la regola rifiuta questi dati: correggere i dati, o la regola",
        "the rule refuses these facts: correct the facts, or the rule"
    );
    (text, Some(help))
}

/// Rhai tells overflow from division by zero only in words.
fn arithmetic(words: &str) -> (Text, Option<Text>) {
    let operation = words
        .split_once(": ")
        .map_or("", |(_, operation)| operation);
    if words.starts_with("Division by zero") || words.starts_with("Modulo division by zero") {
        return (
            say!(
                "divisione per zero: `{operation}`",
                "division by zero: `{operation}`"
            ),
            Some(say!(
                "controllare prima il divisore: `if x == 0 {{ … }} else {{ … }}`",
                "check the divisor first: `if x == 0 {{ … }} else {{ … }}`"
            )),
        );
    }
    let message = if operation.is_empty() {
        say!(
            "il risultato è un numero troppo grande",
            "the result is too large a number"
        )
    } else {
        say!(
            "il risultato di `{operation}` è un numero troppo grande",
            "the result of `{operation}` is too large a number"
        )
    };
    (message, None)
}

/// From `+ (bool, i64)` to words.
fn not_found(signature: &str) -> Text {
    // Rhai's `sort` speaks through the same error, with a sentence instead of a signature.
    let Some((name, types)) = signature.split_once(" (") else {
        return say!(
            "gli elementi dell'elenco sono di tipi diversi e non si possono ordinare",
            "the items of the list are of different kinds and cannot be sorted"
        );
    };
    let kinds: Vec<Text> = types
        .trim_end_matches(')')
        .split(", ")
        .filter(|name| !name.is_empty())
        .map(kind_of_type)
        .collect();
    let list = |and: &str, words: Vec<&str>| words.join(and);
    let it = list(" e ", kinds.iter().map(|kind| kind.it.as_str()).collect());
    let en = list(" and ", kinds.iter().map(|kind| kind.en.as_str()).collect());
    if it.is_empty() {
        return say!(
            "la funzione `{name}` vuole argomenti",
            "the function `{name}` takes arguments"
        );
    }
    let is_operator = !name.chars().any(char::is_alphanumeric);
    if is_operator {
        say!(
            "`{name}` non si può usare con {it}",
            "`{name}` cannot be used with {en}"
        )
    } else {
        say!(
            "la funzione `{name}` non accetta {it}",
            "the function `{name}` does not take {en}"
        )
    }
}

/// From `Unknown property 'x' - …` to words.
fn unknown_property(words: &str) -> Text {
    let name = words.split('\'').nth(1).unwrap_or(words);
    say!(
        "questo valore non ha `.{name}`",
        "this value has no `.{name}`"
    )
}

fn function_name(name: &str) -> String {
    if name.starts_with("anon$") {
        return "`|…| …`".to_owned();
    }
    format!("`{name}`")
}

/// Gives the name that an officer knows for one of Rhai's types.
pub(in crate::script) fn kind_of_type(name: &str) -> Text {
    match name.trim() {
        "i64" | "INT" => say!("un intero", "a whole number"),
        "decimal" | "Decimal" => say!("un decimale", "a decimal"),
        "bool" => say!("un sì-no", "a yes-no"),
        "()" => say!("un valore mancante", "a missing value"),
        "array" | "Array" => say!("un elenco", "a list"),
        "map" | "Map" => say!("un oggetto", "an object"),
        "char" => say!("un carattere", "a character"),
        "Fn" | "FnPtr" => say!("una funzione", "a function"),
        name if name == "date" || name.ends_with("::Date") => say!("una data", "a date"),
        name if name.contains("tring") || name.contains("str") => say!("un testo", "a text"),
        name if name.contains("Decimal") => say!("un decimale", "a decimal"),
        name if name.contains("ange") => say!("un intervallo", "a range"),
        _ => say!("un altro tipo di valore", "another kind of value"),
    }
}
