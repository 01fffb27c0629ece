//! The files that a script imports, read before anything runs: only from `rules/lib`, never in a
//! circle, never from disk.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::say;
use crate::source::SourceError;

use super::parsed::{self, Import, Parsed};
use super::run::on_big_stack;

/// The folder of the helper scripts.
pub const LIBRARY: &str = "rules/lib/";

/// Gives the text of a helper by its logical path, such as `rules/lib/scaglioni.rhai`, or nothing
/// when there is no such file.
pub type HelperSource<'a> = dyn Fn(&str) -> Result<Option<String>, HelperError> + 'a;

/// Why the text of a helper cannot be had.
#[derive(Debug)]
pub enum HelperError {
    /// The file is there but cannot be read.
    Unreadable(SourceError),
    /// The file is no text that a rule can be; what is wrong with it.
    Refused(Diagnostics),
}

impl From<SourceError> for HelperError {
    fn from(error: SourceError) -> Self {
        Self::Unreadable(error)
    }
}

/// A script and its helpers, all read.
pub(super) struct Bundle {
    pub(super) script: Parsed,
    /// The helpers, each after those that it imports itself.
    pub(super) helpers: Vec<Parsed>,
}

impl Bundle {
    /// Finds the helper that an import loads.
    pub(super) fn helper(&self, import: &Import) -> Option<&Parsed> {
        let file = file_of(import.path.as_deref()?);
        self.helpers.iter().find(|helper| helper.file == file)
    }

    /// Gives the helpers and then the script.
    pub(super) fn files(&self) -> impl Iterator<Item = &Parsed> {
        self.helpers.iter().chain(std::iter::once(&self.script))
    }
}

/// Gives the file that a path written in an `import` stands for.
pub(super) fn file_of(path: &str) -> String {
    format!("{path}.rhai")
}

/// Reads a script and what it imports.
///
/// # Errors
/// Every file that does not parse, is missing or may not be imported → one diagnostic each.
pub(super) fn read(
    file: &str,
    text: &str,
    helpers: &HelperSource<'_>,
) -> Result<Bundle, Diagnostics> {
    let mut reading = Reading {
        source: helpers,
        done: BTreeMap::new(),
        order: Vec::new(),
        faults: Diagnostics::new(),
    };
    let mut chain = Vec::new();
    let script = reading.file(file, text, &mut chain);
    let mut done = reading.done;
    let helpers = reading.order.iter().filter_map(|file| done.remove(file)?);
    match script {
        Some(script) if !reading.faults.has_errors() => Ok(Bundle {
            script,
            helpers: helpers.collect(),
        }),
        _ => Err(reading.faults),
    }
}

struct Reading<'a> {
    source: &'a HelperSource<'a>,
    /// The helpers met so far; one that does not parse has no tree.
    done: BTreeMap<String, Option<Parsed>>,
    order: Vec<String>,
    faults: Diagnostics,
}

impl Reading<'_> {
    fn file(&mut self, file: &str, text: &str, chain: &mut Vec<String>) -> Option<Parsed> {
        let read = on_big_stack(|| parsed::read(file, text));
        let parsed = match read {
            Ok(Ok(parsed)) => parsed,
            Ok(Err(fault)) => {
                self.faults.push(*fault);
                return None;
            }
            Err(message) => {
                self.faults
                    .push(Diagnostic::error(Code::ScriptError, message));
                return None;
            }
        };
        chain.push(file.to_owned());
        for import in &parsed.imports {
            if let Err(fault) = self.import(&parsed, import, chain) {
                self.faults.push(*fault);
            }
        }
        chain.pop();
        Some(parsed)
    }

    fn import(
        &mut self,
        parsed: &Parsed,
        import: &Import,
        chain: &mut Vec<String>,
    ) -> Result<(), Box<Diagnostic>> {
        let place = || parsed.place(import.position);
        let path = allowed_path(import).map_err(|fault| Box::new(fault.at(place())))?;
        let file = file_of(path);
        if let Some(first) = chain.iter().position(|earlier| *earlier == file) {
            let circle = chain.iter().skip(first).chain(std::iter::once(&file));
            let circle = circle.cloned().collect::<Vec<_>>().join(" → ");
            let message = say!(
                "gli script si importano in cerchio: {circle}",
                "the scripts import one another in a circle: {circle}"
            );
            let help = say!(
                "uno di questi deve smettere di importare il successivo",
                "one of these must stop importing the next"
            );
            return Err(Box::new(
                Diagnostic::error(Code::Cycle, message)
                    .at(place())
                    .help(help),
            ));
        }
        if self.done.contains_key(&file) {
            return Ok(());
        }
        let found = match (self.source)(&file) {
            Ok(found) => Ok(found),
            Err(HelperError::Unreadable(error)) => Err(error),
            Err(HelperError::Refused(faults)) => {
                self.faults.extend(faults);
                self.done.insert(file, None);
                return Ok(());
            }
        };
        let text = found.map_err(|error| {
            let (path, cause) = (&error.path, &error.cause);
            let message = say!(
                "il file `{path}` non si legge: {cause}",
                "the file `{path}` cannot be read: {cause}"
            );
            let help = say!(
                "controllare i permessi del file",
                "check the permissions of the file"
            );
            Box::new(
                Diagnostic::error(Code::ScriptError, message)
                    .at(place())
                    .help(help),
            )
        })?;
        let Some(text) = text else {
            let message = say!("il file `{file}` non c'è", "there is no file `{file}`");
            let help = say!(
                "controllare il nome dopo `import`, o scrivere il file",
                "check the name after `import`, or write the file"
            );
            return Err(Box::new(
                Diagnostic::error(Code::UnknownName, message)
                    .at(place())
                    .help(help),
            ));
        };
        let helper = self.file(&file, &text, chain);
        self.done.insert(file.clone(), helper);
        self.order.push(file);
        Ok(())
    }
}

/// Lets through `rules/lib/NAME`, where a name is lowercase letters, digits, `_`, `-` and `/`.
fn allowed_path(import: &Import) -> Result<&str, Box<Diagnostic>> {
    let forbidden = |message| {
        let fault = Diagnostic::error(Code::ScriptForbidden, message).help(say!(
            "scrivere `import \"rules/lib/NOME\" as nome;`, senza `.rhai`",
            "write `import \"rules/lib/NAME\" as name;`, without `.rhai`"
        ));
        Box::new(fault)
    };
    let Some(path) = import.path.as_deref() else {
        return Err(forbidden(say!(
            "il percorso di un `import` va scritto per intero, fra virgolette",
            "the path of an `import` is written in full, in quotes"
        )));
    };
    let is_plain = |part: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
        !part.is_empty() && part.chars().all(plain)
    };
    let name = path.strip_prefix(LIBRARY).unwrap_or_default();
    if !name.split('/').all(is_plain) {
        return Err(forbidden(say!(
            "si importano solo gli script di `rules/lib`, non `{path}`",
            "only the scripts of `rules/lib` are imported, not `{path}`"
        )));
    }
    if import.alias.is_empty() {
        return Err(forbidden(say!(
            "all'`import` di `{path}` manca il nome dopo `as`",
            "the `import` of `{path}` has no name after `as`"
        )));
    }
    Ok(path)
}
