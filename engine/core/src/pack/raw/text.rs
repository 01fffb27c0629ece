//! The text of a rule file: UTF-8, without a byte order mark.

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::say;

/// Gives the text of a rule file or script.
///
/// # Errors
/// Bytes that are not UTF-8, or a byte order mark at the start → one diagnostic at its line.
pub fn decode<'t>(file: &str, bytes: &'t [u8]) -> Result<&'t str, Diagnostics> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.iter().take(error.valid_up_to());
        let line = before.filter(|b| **b == b'\n').count() + 1;
        Diagnostics::from(not_utf8(file, line))
    })?;
    if text.starts_with('\u{feff}') {
        return Err(bom(file).into());
    }
    Ok(text)
}

fn not_utf8(file: &str, line: usize) -> Diagnostic {
    let place = Place {
        line,
        ..Place::start_of(file)
    };
    Diagnostic::error(
        Code::Encoding,
        say!("il file non è in UTF-8", "the file is not UTF-8"),
    )
    .at(place)
    .help(say!(
        "salvare il file di nuovo scegliendo la codifica UTF-8",
        "save the file again, choosing the UTF-8 encoding"
    ))
}

fn bom(file: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Bom,
        say!(
            "il file comincia con un segno BOM, che un file di regole non può avere",
            "the file starts with a byte order mark, which a rule file cannot have"
        ),
    )
    .at(Place::start_of(file))
    .help(say!(
        "salvare il file di nuovo come «UTF-8», non come «UTF-8 con BOM»",
        "save the file again as `UTF-8`, not as `UTF-8 with BOM`"
    ))
}
