//! One `.rhai` file after reading: its tree, and what its text says that the tree forgets.

use std::sync::{Arc, Mutex, PoisonError};

use rhai::{AST, Engine, Expr, Position, Stmt, Token};

use crate::diag::{Code, Diagnostic, Place};
use crate::say;

use super::faults::{in_script, place_in};
use super::{limits, sandbox};

/// A file that parses. Nothing in it has been judged or run.
pub(super) struct Parsed {
    pub(super) file: String,
    pub(super) text: String,
    pub(super) tree: AST,
    /// The functions in the order of the text, each with the place of its name.
    pub(super) functions: Vec<Function>,
    pub(super) imports: Vec<Import>,
    /// The constants outside functions.
    pub(super) constants: Vec<String>,
    /// The decimal numbers as they are written.
    pub(super) numbers: Vec<(String, Position)>,
}

/// A function as it is declared.
pub(super) struct Function {
    pub(super) name: String,
    pub(super) parameters: Vec<String>,
    pub(super) private: bool,
    pub(super) doc: Vec<String>,
    pub(super) position: Position,
}

/// An `import` at the top of the file. Its path is known when it is written as a plain text.
pub(super) struct Import {
    pub(super) path: Option<String>,
    pub(super) alias: String,
    pub(super) position: Position,
}

impl Parsed {
    pub(super) fn place(&self, position: Position) -> Place {
        place_in(&self.file, &self.text, position)
    }
}

type Tokens = Arc<Mutex<Vec<(Token, Position)>>>;

/// Reads one file.
///
/// # Errors
/// It is too long, or does not parse: Rhai stops at the first fault.
pub(super) fn read(file: &str, text: &str) -> Result<Parsed, Box<Diagnostic>> {
    if text.len() > limits::SOURCE_BYTES {
        let max = limits::SOURCE_BYTES;
        let message = say!(
            "il file supera {max} byte",
            "the file is longer than {max} bytes"
        );
        let help = say!(
            "dividi la regola in più file, con gli aiuti in `rules/lib`",
            "split the rule into files, with helpers in `rules/lib`"
        );
        let fault = Diagnostic::error(Code::ScriptLimit, message);
        return Err(Box::new(fault.at(Place::start_of(file)).help(help)));
    }
    let mut engine = sandbox::reader();
    let tokens = record_tokens(&mut engine);
    let compiled = engine.compile(text);
    let tokens = tokens
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .split_off(0);
    let mut tree = compiled.map_err(|error| {
        let constants = names_after(&tokens, &Token::Const).into_iter();
        let constants: Vec<String> = constants.map(|(name, _)| name).collect();
        Box::new(in_script(file, text, &error, &constants))
    })?;
    // Errors name the file of the function they happen in only when its tree knows it.
    tree.set_source(file);
    Ok(Parsed {
        file: file.to_owned(),
        text: text.to_owned(),
        functions: functions(&tree, &names_after(&tokens, &Token::Fn)),
        imports: imports(&tree),
        constants: constants(&tree),
        numbers: numbers(tokens),
        tree,
    })
}

/// Keeps the tokens as the parser meets them: the tree has no place for the name of a function,
/// and holds numbers already rounded.
fn record_tokens(engine: &mut Engine) -> Tokens {
    let tokens = Tokens::default();
    let recorded = Arc::clone(&tokens);
    #[expect(
        deprecated,
        reason = "marked volatile, not deprecated; the version is pinned"
    )]
    engine.on_parse_token(move |token, position, _| {
        let mut recorded = recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.push((token.clone(), position));
        token
    });
    tokens
}

fn names_after(tokens: &[(Token, Position)], keyword: &Token) -> Vec<(String, Position)> {
    let pairs = tokens.iter().zip(tokens.iter().skip(1));
    pairs
        .filter(|((first, _), _)| first == keyword)
        .filter_map(|(_, (second, position))| match second {
            Token::Identifier(name) => Some((name.to_string(), *position)),
            _ => None,
        })
        .collect()
}

fn numbers(tokens: Vec<(Token, Position)>) -> Vec<(String, Position)> {
    tokens
        .into_iter()
        .filter_map(|(token, position)| match token {
            Token::DecimalConstant(number) => Some((number.1.to_string(), position)),
            _ => None,
        })
        .collect()
}

fn functions(tree: &AST, names: &[(String, Position)]) -> Vec<Function> {
    let mut functions: Vec<Function> = tree
        .iter_functions()
        .filter(|function| !function.name.starts_with("anon$"))
        .map(|function| Function {
            name: function.name.to_owned(),
            parameters: function
                .params
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            private: function.access.is_private(),
            doc: function
                .comments
                .iter()
                .flat_map(|lines| doc_lines(lines))
                .collect(),
            position: names
                .iter()
                .find(|(name, _)| name == function.name)
                .map_or(Position::START, |(_, position)| *position),
        })
        .collect();
    functions.sort_by_key(|function| function.position);
    functions
}

fn doc_lines(comment: &str) -> impl Iterator<Item = String> {
    comment.lines().map(|line| {
        let line = line.trim().trim_start_matches("/**").trim_end_matches("*/");
        line.trim_start_matches("///").trim().to_owned()
    })
}

fn constants(tree: &AST) -> Vec<String> {
    let names = tree
        .statements()
        .iter()
        .filter_map(|statement| match statement {
            Stmt::Var(variable, ..) => Some(variable.0.name.to_string()),
            _ => None,
        });
    names.collect()
}

fn imports(tree: &AST) -> Vec<Import> {
    tree.statements()
        .iter()
        .filter_map(|statement| match statement {
            Stmt::Import(import, position) => Some(Import {
                path: match &import.0 {
                    Expr::StringConstant(path, _) => Some(path.to_string()),
                    _ => None,
                },
                alias: import.1.name.to_string(),
                position: match &import.0 {
                    Expr::StringConstant(_, path) => *path,
                    _ => *position,
                },
            }),
            _ => None,
        })
        .collect()
}
