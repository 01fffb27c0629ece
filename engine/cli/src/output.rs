//! Writes answers to standard output and diagnostics to standard error.

use std::io::Write;

use riparto_core::diag::{Diagnostic, Diagnostics, Lang};
use riparto_core::identifiers::without_codes;
use riparto_io::report::json::{diagnostic, text};
use serde_json::{Value, json};

use crate::args::Format;
use crate::exit::{Failure, code_of};
use crate::host::Host;
use crate::render::diagnostics;

/// Writes an answer; a reader that closed the pipe has had enough of it.
pub fn print(text: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes what is not an answer: how many faults there are.
pub fn eprint(text: &str) -> std::io::Result<()> {
    anstream::stderr().lock().write_all(text.as_bytes())
}

/// Answers in JSON: what was found, under its name, and what is wrong beside it.
///
/// # Errors
/// Something is wrong, which is said already.
pub fn listed(
    host: &Host,
    name: &str,
    found: Vec<Value>,
    faults: Diagnostics,
) -> Result<(), Failure> {
    let faults = faults.into_sorted();
    let refused = faults.iter().map(|fault| diagnostic(fault, host.lang));
    let all = json!({ name: found, "diagnostics": refused.collect::<Vec<_>>() });
    print(&text(&all))?;
    match faults.as_slice() {
        [] => Ok(()),
        faults => Err(Failure::RefusedAlready(code_of(faults))),
    }
}

/// Writes diagnostics: as text to standard error, as JSON to standard output.
pub fn report(
    found: &[Diagnostic],
    host: Option<&Host>,
    format: Format,
    lang: Lang,
) -> std::io::Result<()> {
    if format == Format::Json {
        let all: Vec<_> = found.iter().map(|fault| diagnostic(fault, lang)).collect();
        return print(&text(&json!({ "diagnostics": all })));
    }
    if found.is_empty() {
        return Ok(());
    }
    let texts = |path: &str| text_of(path, host);
    let rendered = diagnostics::render(found, &texts, lang);
    writeln!(anstream::stderr().lock(), "{rendered}")
}

/// The text of a file that a diagnostic points to: of a pack by logical path, of facts on disk.
/// A file with personal data is not shown: the place says which line it is.
fn text_of(path: &str, host: Option<&Host>) -> Option<String> {
    if host.is_some_and(|host| host.is_personal(path)) {
        return None;
    }
    let of_pack = host.and_then(|host| host.source.read(path).ok().flatten());
    let bytes = of_pack.or_else(|| std::fs::read(path).ok())?;
    // Letter for letter, so that a caret still stands under what it means.
    Some(without_codes(&String::from_utf8_lossy(&bytes)))
}
