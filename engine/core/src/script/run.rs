//! A measure's `.rhai` file, checked once and called for many rows.

#![expect(
    clippy::result_large_err,
    reason = "each row has its result, made once and handed over as it is"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use rhai::module_resolvers::StaticModuleResolver;
use rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, Module, Scope};

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Text};
use crate::say;

use super::faults::{Texts, explain, in_script};
use super::helpers::{self, Bundle, HelperSource};
use super::parsed::Parsed;
use super::value::Value;
use super::{limits, lint, sandbox};

/// A function of a script, as a measure can call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionDecl {
    /// Its name, which no other function of the file has.
    pub name: String,
    /// The names of its parameters, in order.
    pub parameters: Vec<String>,
    /// Where its name stands.
    pub place: Place,
    /// The lines of the `///` comment before it.
    pub doc: Vec<String>,
}

/// A script that was checked and is ready to run.
///
/// Its functions are pure: the same arguments give the same result, on any thread.
#[derive(Debug)]
pub struct Script {
    file: String,
    engine: Engine,
    tree: AST,
    functions: Vec<FunctionDecl>,
    texts: Texts,
}

impl Script {
    /// Reads and checks a script and the helpers that it imports.
    ///
    /// `helpers` is asked for the text of `rules/lib/NAME.rhai` when the script says
    /// `import "rules/lib/NAME" as name;`.
    ///
    /// # Errors
    /// - it does not parse → [`Code::ScriptSyntax`], the first fault of each file
    /// - it uses what a rule may not → [`Code::ScriptForbidden`], all the faults
    /// - a call finds no function → [`Code::UnknownFunction`], all the faults
    /// - a name is not declared, a helper is missing → [`Code::UnknownName`]
    /// - helpers import one another → [`Code::Cycle`]
    /// - it is too long → [`Code::ScriptLimit`]
    pub fn compile(
        file: &str,
        text: &str,
        helpers: &HelperSource<'_>,
    ) -> Result<Self, Diagnostics> {
        let bundle = helpers::read(file, text, helpers)?;
        on_big_stack(move || build(bundle)).unwrap_or_else(|message| {
            let fault = Diagnostic::error(Code::ScriptError, message);
            Err(fault.at(Place::start_of(file)).into())
        })
    }

    /// Gives the functions that a measure can call, in the order of the text. Those marked
    /// `private` are left out.
    pub fn functions(&self) -> &[FunctionDecl] {
        &self.functions
    }

    /// Gives the text that a function is made of, without comments and blank lines: its own, that of
    /// the private functions beside it, that of the helpers that the script imports.
    pub fn code(&self, function: &str) -> String {
        let others = self.functions.iter().filter(|other| other.name != function);
        let others: Vec<usize> = others.map(|other| other.place.line).collect();
        let mut code = String::new();
        for (file, text) in self.texts.each() {
            let mut of_another = false;
            for (line, number) in text.lines().zip(1..) {
                let declares = line.starts_with("fn ") || line.starts_with("private ");
                if *file == self.file && declares {
                    of_another = others.contains(&number);
                }
                let said = line.trim();
                if !of_another && !said.is_empty() && !said.starts_with("//") {
                    code.push_str(line);
                    code.push('\n');
                }
            }
        }
        code
    }

    /// Calls a function once for each row of arguments and gives the results in the same order.
    ///
    /// Rows do not see one another: one that fails leaves the others as they are.
    ///
    /// # Errors
    /// Each row on its own:
    /// - the function is not there, or takes another number of arguments → [`Code::UnknownFunction`]
    /// - it stops → [`Code::ScriptError`], at the innermost place, with the calls as related places
    /// - it goes beyond a limit → [`Code::ScriptLimit`], at the function that was called
    pub fn call_rows(&self, function: &str, rows: &[Vec<Value>]) -> Vec<Result<Value, Diagnostic>> {
        let Some(declared) = self.functions.iter().find(|f| f.name == function) else {
            let file = &self.file;
            let message = say!(
                "in `{file}` non c'è la funzione `{function}`",
                "there is no function `{function}` in `{file}`"
            );
            let fault = Diagnostic::error(Code::UnknownFunction, message);
            let fault = fault.at(Place::start_of(file));
            return rows.iter().map(|_| Err(fault.clone())).collect();
        };
        let call_all = || {
            let mut results = Vec::with_capacity(rows.len());
            for row in rows {
                let call = AssertUnwindSafe(|| self.call(declared, row));
                let result = catch_unwind(call);
                results.push(result.unwrap_or_else(|_| Err(stopped(declared, broke_down()))));
            }
            results
        };
        on_big_stack(call_all).unwrap_or_else(|message| {
            let fault = stopped(declared, message);
            rows.iter().map(|_| Err(fault.clone())).collect()
        })
    }

    fn call(&self, function: &FunctionDecl, row: &[Value]) -> Result<Value, Diagnostic> {
        let name = &function.name;
        let (given, expected) = (row.len(), function.parameters.len());
        if given != expected {
            let message = say!(
                "la funzione `{name}` vuole {expected} argomenti e ne riceve {given}",
                "the function `{name}` takes {expected} arguments and is given {given}"
            );
            let fault = Diagnostic::error(Code::UnknownFunction, message);
            return Err(fault.at(function.place.clone()));
        }
        let arguments: Vec<Dynamic> = row.iter().map(Value::to_dynamic).collect();
        let options = CallFnOptions::new();
        let mut scope = Scope::new();
        let (engine, tree) = (&self.engine, &self.tree);
        let result: Result<Dynamic, Box<EvalAltResult>> =
            engine.call_fn_with_options(options, &mut scope, tree, name, arguments);
        let result = result.map_err(|error| explain(&error, &function.place, &self.texts))?;
        Value::from_dynamic(result).map_err(|(message, help)| {
            let fault = Diagnostic::error(Code::ScriptError, message);
            fault.at(function.place.clone()).help_maybe(help)
        })
    }
}

fn build(bundle: Bundle) -> Result<Script, Diagnostics> {
    let faults = lint::lint(&bundle);
    if faults.has_errors() {
        return Err(faults);
    }
    let mut texts = Texts::default();
    let mut resolver = StaticModuleResolver::new();
    for helper in &bundle.helpers {
        texts.insert(&helper.file, &helper.text);
        let engine = sandbox::engine(resolver.clone());
        let tree = compile(&engine, helper)?;
        let module = module(&engine, &tree, helper)
            .map_err(|error| explain(&error, &Place::start_of(&helper.file), &texts))?;
        let path = helper.file.trim_end_matches(".rhai");
        resolver.insert(path, module);
    }
    let script = bundle.script;
    texts.insert(&script.file, &script.text);
    let engine = sandbox::engine(resolver);
    let tree = compile(&engine, &script)?;
    // Constants are computed here once, so that a faulty one is found before any row.
    engine
        .run_ast(&tree)
        .map_err(|error| explain(&error, &Place::start_of(&script.file), &texts))?;
    Ok(Script {
        functions: declarations(&script),
        file: script.file,
        engine,
        tree,
        texts,
    })
}

/// Makes the module that an import gives. Rhai would keep constants that are not exported to the
/// module itself; ours are seen by whoever imports it.
fn module(engine: &Engine, tree: &AST, helper: &Parsed) -> Result<Module, Box<EvalAltResult>> {
    let mut scope = Scope::new();
    engine.run_ast_with_scope(&mut scope, tree)?;
    let mut module = Module::eval_ast_as_new(Scope::new(), tree, engine)?;
    for constant in &helper.constants {
        if let Some(value) = scope.get_value::<Dynamic>(constant) {
            module.set_var(constant, value);
        }
    }
    Ok(module)
}

/// Parses again with the interpreter that runs, which knows fewer words than the one that reads.
fn compile(engine: &Engine, parsed: &Parsed) -> Result<AST, Diagnostics> {
    let mut tree = engine
        .compile(&parsed.text)
        .map_err(|error| in_script(&parsed.file, &parsed.text, &error, &parsed.constants))?;
    tree.set_source(&parsed.file);
    Ok(tree)
}

fn declarations(script: &Parsed) -> Vec<FunctionDecl> {
    let public = script.functions.iter().filter(|function| !function.private);
    public
        .map(|function| FunctionDecl {
            name: function.name.clone(),
            parameters: function.parameters.clone(),
            place: script.place(function.position),
            doc: function.doc.clone(),
        })
        .collect()
}

fn stopped(function: &FunctionDecl, message: Text) -> Diagnostic {
    Diagnostic::error(Code::ScriptError, message).at(function.place.clone())
}

fn broke_down() -> Text {
    say!(
        "lo script ha fatto cadere l'interprete: è un difetto di Riparto, da segnalare",
        "the script broke the interpreter: it is a defect of Riparto, please report it"
    )
}

/// Does some work on a thread whose stack no script can fill.
///
/// # Errors
/// The work panicked, or the machine has no room for the thread → what happened, in words.
pub(super) fn on_big_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Text> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(limits::STACK_BYTES);
        match builder.spawn_scoped(scope, work) {
            Ok(running) => running.join().map_err(|_| broke_down()),
            Err(cause) => Err(say!(
                "il sistema non dà spazio per far girare lo script: {cause}",
                "the system gives no room to run the script: {cause}"
            )),
        }
    })
}
