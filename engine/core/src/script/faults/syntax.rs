//! What does not parse, said for the person who wrote it.

use rhai::{LexError, ParseError, ParseErrorType, Position};

use crate::diag::{Code, Diagnostic, Place, Text};
use crate::say;

use super::super::limits;
use super::place_in;

/// What is wrong with a text and what to do about it; the caller knows where.
pub(in crate::script) struct ParseFault {
    pub(in crate::script) message: Text,
    pub(in crate::script) help: Option<Text>,
}

/// The text before and from the place of a fault.
pub(in crate::script) struct Around {
    pub(in crate::script) before: String,
    pub(in crate::script) from: String,
}

/// Says why an expression does not parse.
pub(in crate::script) fn in_expression(error: &ParseError, around: &Around) -> ParseFault {
    if around.before.trim_end().ends_with('%') || around.from.starts_with('%') {
        return ParseFault {
            message: say!(
                "in un'espressione le percentuali non si scrivono con `%`",
                "in an expression percentages are not written with `%`"
            ),
            help: Some(say!(
                "scrivere 5% come `0.05`, o dichiarare un parametro con `value = \"5%\"`",
                "write 5% as `0.05`, or declare a parameter with `value = \"5%\"`"
            )),
        };
    }
    let ParseFault { message, help } = parse_fault(error);
    let meant = if around.before.ends_with('<') && around.from.starts_with('>') {
        operator_help("<>")
    } else if around.from.starts_with("=<") {
        operator_help("=<")
    } else {
        None
    };
    ParseFault {
        message,
        help: meant.or(help),
    }
}

/// Says why a script does not parse, and where. `constants` are those of the file.
pub(in crate::script) fn in_script(
    file: &str,
    text: &str,
    error: &ParseError,
    constants: &[String],
) -> Diagnostic {
    let ParseFault { message, help } = parse_fault(error);
    let code = match error.err_type() {
        ParseErrorType::VariableUndefined(_) | ParseErrorType::ModuleUndefined(_) => {
            Code::UnknownName
        }
        ParseErrorType::Reserved(_) => Code::ScriptForbidden,
        _ => Code::ScriptSyntax,
    };
    let help = match error.err_type() {
        ParseErrorType::VariableUndefined(name) if constants.contains(name) => Some(say!(
            "dentro una funzione una costante del file si scrive `global::{name}`",
            "inside a function a constant of the file is written `global::{name}`"
        )),
        _ => help,
    };
    let place = match error.err_type() {
        ParseErrorType::MissingToken(token, _) if token == ";" => {
            end_of_what_precedes(file, text, error.position())
        }
        ParseErrorType::UnexpectedEOF => last_character(file, text),
        _ if error.position().is_none() => last_character(file, text),
        _ => place_in(file, text, error.position()),
    };
    Diagnostic::error(code, message).at(place).help_maybe(help)
}

/// Rhai reports a missing `;` where the next statement starts; the reader looks for it before.
fn end_of_what_precedes(file: &str, text: &str, position: Position) -> Place {
    let lines_before = position.line().unwrap_or(1) - 1;
    let columns_before = position.position().unwrap_or(1) - 1;
    let mut before: String = text.split_inclusive('\n').take(lines_before).collect();
    let line = text.split_inclusive('\n').nth(lines_before);
    before.extend(line.unwrap_or_default().chars().take(columns_before));
    last_character(file, &before)
}

fn last_character(file: &str, text: &str) -> Place {
    let text = text.trim_end();
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    Place {
        file: file.to_owned(),
        line: text.matches('\n').count() + 1,
        column: last_line.chars().count().max(1),
        length: 1,
    }
}

fn parse_fault(error: &ParseError) -> ParseFault {
    let (message, help) = match error.err_type() {
        ParseErrorType::BadInput(lexical) => return lexical_fault(lexical),
        ParseErrorType::UnexpectedEOF => (
            say!("il testo finisce a metà", "the text ends half-way"),
            Some(say!(
                "controllare che ogni parentesi sia chiusa e che dopo ogni operatore ci sia qualcosa",
                "check that every bracket is closed and that something follows every operator"
            )),
        ),
        ParseErrorType::UnknownOperator(symbol) => (
            say!(
                "l'operatore `{symbol}` non esiste",
                "there is no operator `{symbol}`"
            ),
            operator_help(symbol),
        ),
        ParseErrorType::MissingToken(token, _) => {
            let help = say!(
                "scriverlo nel punto indicato; dopo ogni riga di una funzione va `;`, tranne l'ultima, e ogni `{{` si chiude con `}}`",
                "write it at the place shown; each line of a function ends with `;`, except the last, and each `{{` is closed by `}}`"
            );
            (say!("manca `{token}`", "`{token}` is missing"), Some(help))
        }
        ParseErrorType::Reserved(sign) if !sign.contains(char::is_alphabetic) => (
            say!(
                "il segno `{sign}` non si usa",
                "the sign `{sign}` is not used"
            ),
            operator_help(sign),
        ),
        ParseErrorType::Reserved(word) => (
            say!(
                "`{word}` è una parola riservata e qui non si può usare",
                "`{word}` is a reserved word and cannot be used here"
            ),
            operator_help(word),
        ),
        ParseErrorType::VariableUndefined(name) => (
            say!(
                "il nome `{name}` non è dichiarato",
                "the name `{name}` is not declared"
            ),
            Some(say!(
                "una funzione vede solo i suoi parametri e i nomi che dichiara con `let`",
                "a function sees only its parameters and the names it declares with `let`"
            )),
        ),
        ParseErrorType::ModuleUndefined(name) => (
            say!(
                "nessun `import` dichiara `{name}`",
                "no `import` declares `{name}`"
            ),
            Some(say!(
                "aggiungere in testa al file `import \"rules/lib/NOME\" as {name};`",
                "add at the top of the file `import \"rules/lib/NAME\" as {name};`"
            )),
        ),
        ParseErrorType::VariableExists(name) => (
            say!(
                "il nome `{name}` è già dichiarato",
                "the name `{name}` is already declared"
            ),
            Some(say!("scegliere un altro nome", "choose another name")),
        ),
        ParseErrorType::FnDuplicatedDefinition(name, _) => (
            say!(
                "la funzione `{name}` è scritta due volte",
                "the function `{name}` is written twice"
            ),
            None,
        ),
        ParseErrorType::FnDuplicatedParam(name, parameter) => (
            say!(
                "nella funzione `{name}` il parametro `{parameter}` è scritto due volte",
                "in the function `{name}` the parameter `{parameter}` is written twice"
            ),
            None,
        ),
        ParseErrorType::FnMissingName => (
            say!(
                "dopo `fn` manca il nome della funzione",
                "the name of the function is missing after `fn`"
            ),
            None,
        ),
        ParseErrorType::FnMissingParams(name) => (
            say!(
                "dopo `fn {name}` mancano le parentesi",
                "the brackets are missing after `fn {name}`"
            ),
            Some(say!(
                "scrivere `fn {name}() {{ … }}`",
                "write `fn {name}() {{ … }}`"
            )),
        ),
        ParseErrorType::FnMissingBody(name) => (
            say!(
                "alla funzione `{name}` manca il corpo fra graffe",
                "the function `{name}` has no body in braces"
            ),
            None,
        ),
        ParseErrorType::WrongFnDefinition => (
            say!(
                "una funzione non si scrive dentro un'altra",
                "a function cannot be written inside another"
            ),
            None,
        ),
        ParseErrorType::WrongDocComment => (
            say!(
                "un commento `///` sta solo subito prima di una funzione",
                "a `///` comment stands only right before a function"
            ),
            Some(say!(
                "scrivere il commento con `//`",
                "write the comment with `//`"
            )),
        ),
        ParseErrorType::AssignmentToConstant(name) => (
            say!(
                "la costante `{name}` non si cambia",
                "the constant `{name}` cannot be changed"
            ),
            None,
        ),
        ParseErrorType::AssignmentToInvalidLHS(_) => (
            say!(
                "a sinistra di `=` ci va il nome di una variabile",
                "the name of a variable goes before `=`"
            ),
            Some(say!(
                "per confrontare scrivere `==`",
                "write `==` to compare"
            )),
        ),
        ParseErrorType::MismatchedType(wanted, _) if wanted.contains("iterable") => (
            say!(
                "`for` scorre solo un elenco o un intervallo",
                "`for` runs only over a list or a range"
            ),
            Some(say!("scrivere `for x in 0..10`", "write `for x in 0..10`")),
        ),
        ParseErrorType::MismatchedType(..) => (
            say!(
                "qui serve una condizione, vera o falsa",
                "a condition, true or false, is needed here"
            ),
            Some(say!(
                "per confrontare scrivere `==`",
                "write `==` to compare"
            )),
        ),
        ParseErrorType::ExprExpected(_) => (
            say!("qui manca un'espressione", "an expression is missing here"),
            None,
        ),
        ParseErrorType::PropertyExpected => (
            say!(
                "dopo il punto manca un nome",
                "a name is missing after the point"
            ),
            None,
        ),
        ParseErrorType::VariableExpected => (
            say!(
                "qui manca il nome di una variabile",
                "the name of a variable is missing here"
            ),
            None,
        ),
        ParseErrorType::LoopBreak => (
            say!(
                "`break` e `continue` stanno solo dentro un `for`",
                "`break` and `continue` stand only inside a `for`"
            ),
            None,
        ),
        ParseErrorType::ExprTooDeep => (
            say!(
                "ci sono troppi termini in fila o troppe parentesi una dentro l'altra",
                "there are too many terms in a row or too many brackets inside one another"
            ),
            Some(say!(
                "dividi il calcolo in più passi, con una funzione nel file .rhai",
                "split the calculation into steps, with a function in the .rhai file"
            )),
        ),
        ParseErrorType::TooManyFunctions => {
            let max = limits::FUNCTIONS;
            (
                say!(
                    "ci sono più di {max} funzioni",
                    "there are more than {max} functions"
                ),
                None,
            )
        }
        ParseErrorType::LiteralTooLarge(_, max) => (
            say!(
                "qui si va oltre il limite di {max}",
                "this goes beyond the limit of {max}"
            ),
            None,
        ),
        _ => (
            say!("qui il testo non si legge", "the text cannot be read here"),
            None,
        ),
    };
    ParseFault { message, help }
}

fn lexical_fault(error: &LexError) -> ParseFault {
    let (message, help) = match error {
        LexError::UnexpectedInput(token) => (
            say!("qui `{token}` non può stare", "`{token}` cannot stand here"),
            operator_help(token),
        ),
        LexError::UnterminatedString => (
            say!(
                "manca la virgoletta che chiude il testo",
                "the quote that closes the text is missing"
            ),
            None,
        ),
        LexError::StringTooLong(max) => (
            say!(
                "il testo supera {max} caratteri",
                "the text is longer than {max} characters"
            ),
            None,
        ),
        LexError::MalformedEscapeSequence(sequence) => (
            say!(
                "nel testo la sequenza `{sequence}` non esiste",
                "there is no sequence `{sequence}` in a text"
            ),
            Some(say!(
                "una barra rovesciata si scrive `\\\\`",
                "a backslash is written `\\\\`"
            )),
        ),
        LexError::MalformedNumber(number) => {
            let max = limits::DIGITS;
            (
                say!(
                    "`{number}` non si legge come numero",
                    "`{number}` cannot be read as a number"
                ),
                Some(say!(
                    "scrivere per esempio `1200.50`: il punto per i decimali, niente esponente, non più di {max} cifre",
                    "write for example `1200.50`: a point for decimals, no exponent, no more than {max} digits"
                )),
            )
        }
        LexError::MalformedChar(_) => (
            say!(
                "i testi stanno fra virgolette doppie, non fra apici",
                "texts stand in double quotes, not in single ones"
            ),
            Some(say!(
                "scrivere `\"testo\"`; in TOML mettere l'espressione fra apici: `where = 'tipo == \"nido\"'`",
                "write `\"text\"`; in TOML put the expression in single quotes: `where = 'kind == \"nido\"'`"
            )),
        ),
        LexError::MalformedIdentifier(name) => (
            say!(
                "`{name}` non può essere un nome",
                "`{name}` cannot be a name"
            ),
            None,
        ),
        LexError::ImproperSymbol(symbol, _) => (
            say!(
                "il segno `{symbol}` non esiste",
                "there is no sign `{symbol}`"
            ),
            operator_help(symbol),
        ),
        _ => (
            say!("qui il testo non si legge", "the text cannot be read here"),
            None,
        ),
    };
    ParseFault { message, help }
}

/// Guesses what was meant by a word or a sign that other languages have.
fn operator_help(token: &str) -> Option<Text> {
    let meant = match token {
        "and" | "e" | "AND" | "E" => "&&",
        "or" | "o" | "OR" | "O" => "||",
        "not" | "non" | "NOT" | "NON" => "!",
        "=" | "===" | ":=" => "==",
        "<>" | "!==" => "!=",
        "=<" => "<=",
        "=>" => ">=",
        "," => {
            return Some(say!(
                "i decimali si scrivono con il punto: `0.5`",
                "decimals are written with a point: `0.5`"
            ));
        }
        _ => return None,
    };
    Some(say!("scrivere `{meant}`", "write `{meant}`"))
}
