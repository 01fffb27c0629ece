//! How a command ends: one place turns failures into words and exit codes.
//!
//! 0 done · 1 could not run: files, plugins · 2 the pack or the data has errors · 3 a comparison
//! failed.

use std::error::Error;
use std::io::{self, ErrorKind};

use riparto_core::diag::{Code, Diagnostic, Diagnostics, Severity, Text};
use riparto_core::say;
use riparto_core::source::SourceError;
use riparto_io::gather::GatherError;
use riparto_io::write::WriteError;

/// Why a command did not end well.
#[derive(Debug)]
pub enum Failure {
    /// It could not run: a file that cannot be read or written.
    Unable(Box<Diagnostic>),
    /// The pack, the facts or the arguments have errors.
    Refused(Diagnostics),
    /// The same, and the command has said so; the exit code.
    RefusedAlready(u8),
    /// It ran, and what came out is not what was expected; the command has said so.
    Differs,
}

impl Failure {
    /// Gives the exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Unable(_) => 1,
            Self::Refused(faults) => code_of(faults.iter()),
            Self::RefusedAlready(code) => *code,
            Self::Differs => 3,
        }
    }

    /// Refuses an argument of the command.
    pub fn argument(message: riparto_core::diag::Text, help: riparto_core::diag::Text) -> Self {
        Self::Refused(
            Diagnostic::error(Code::BadArgument, message)
                .help(help)
                .into(),
        )
    }

    fn unable(path: &str, cause: &(dyn Error + 'static)) -> Self {
        let message = say!(
            "`{path}` non si può leggere o scrivere",
            "`{path}` cannot be read or written"
        );
        let help = remedy(cause);
        Self::Unable(Box::new(
            Diagnostic::error(Code::Unreadable, message).help(help),
        ))
    }
}

/// Gives the exit code of what was refused: where nothing but plugins failed, it could not run.
pub fn code_of<'d>(faults: impl IntoIterator<Item = &'d Diagnostic>) -> u8 {
    let mut errors = faults
        .into_iter()
        .filter(|fault| fault.severity == Severity::Error);
    if errors.all(|fault| fault.code.is_of_a_plugin()) {
        1
    } else {
        2
    }
}

/// Says what to do about the innermost cause; what is rare is left in the words of the system.
fn remedy(error: &(dyn Error + 'static)) -> Text {
    if let Some(source) = error.source() {
        return remedy(source);
    }
    match error.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(ErrorKind::NotFound) => say!(
            "non c'è nulla con questo nome: controllare come è scritto e la cartella di partenza",
            "nothing has that name: check how it is written and the folder it starts from"
        ),
        Some(ErrorKind::PermissionDenied) => say!(
            "il sistema non dà il permesso: chiederlo a chi amministra la cartella",
            "the system does not permit it: ask whoever administers the folder"
        ),
        _ => say!("il sistema dice: {error}", "the system says: {error}"),
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::unable(&error.path, error.cause.as_ref())
    }
}

impl From<GatherError> for Failure {
    fn from(error: GatherError) -> Self {
        match error {
            GatherError::Source(error) => error.into(),
            GatherError::Io { path, cause } => Self::unable(&path.display().to_string(), &cause),
            GatherError::OneFile(diagnostic) => Self::Refused((*diagnostic).into()),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match &error {
            WriteError::NotEmpty { path } => Self::argument_path(
                path,
                say!("la cartella non è vuota", "the folder is not empty"),
            ),
            WriteError::NotAFolder { path } => {
                Self::argument_path(path, say!("non è una cartella", "it is not a folder"))
            }
            WriteError::Failed { path, .. } => Self::unable(&path.display().to_string(), &error),
            _ => Self::unable("--out", &error),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::unable("stdout", &error)
    }
}

impl Failure {
    fn argument_path(path: &std::path::Path, why: riparto_core::diag::Text) -> Self {
        let path = path.display();
        Self::argument(
            say!("in `{path}` non si può scrivere: {why}", "`{path}` cannot be written: {why}"; why = why),
            say!(
                "dare una cartella nuova: nulla di ciò che c'è viene sovrascritto",
                "give a new folder: nothing that is there is overwritten"
            ),
        )
    }
}

impl From<Diagnostics> for Failure {
    fn from(faults: Diagnostics) -> Self {
        Self::Refused(faults)
    }
}
