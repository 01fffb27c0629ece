//! Lets a native plugin write a list as a file.

use crate::diag::{Code, Diagnostic, Lang};
use crate::native::Exported;
use crate::outcome::RegisterOutcome;
use crate::rules::Export;
use crate::say;

/// Gives the name of the file and its bytes.
///
/// # Errors
/// The plugin is not there, refuses, or gives the file a name that is none; told at the rule.
pub fn export(
    rule: &Export,
    list: &RegisterOutcome,
    lang: Lang,
) -> Result<(String, Vec<u8>), Box<Diagnostic>> {
    let columns = list.columns.iter();
    let rows = list.rows.iter().map(|row| {
        let cells = row.iter();
        cells
            .map(|cell| cell.as_ref().map(|cell| &cell.value))
            .collect()
    });
    let exported = Exported {
        name: &list.id,
        columns: columns
            .map(|(name, label)| (name.as_str(), label.get(lang)))
            .collect(),
        file: &list.file,
        rows: rows.collect(),
        lines: &list.lines,
    };
    let native = &rule.native;
    let written = native
        .natives
        .export(&native.plugin, &native.name, &exported);
    let written = written.and_then(|(bytes, ending)| match is_plain(&ending) {
        true => Ok((format!("{}.{ending}", rule.id), bytes)),
        false => Err(Box::new(no_ending(&ending))),
    });
    written.map_err(|fault| {
        let id = &rule.id;
        let waits = say!(
            "l'esportazione che lo aspetta: `{id}`",
            "the export that waits for it: `{id}`"
        );
        let fault = fault.at(native.place.clone()).act(rule.source.cited());
        Box::new(fault.related(rule.place.clone(), waits))
    })
}

fn is_plain(ending: &str) -> bool {
    !ending.is_empty() && ending.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn no_ending(ending: &str) -> Diagnostic {
    let message = say!(
        "il plugin chiude il nome del file con `{ending}`, che non sono solo lettere e cifre",
        "the plugin ends the name of the file with `{ending}`, which is not letters and digits only"
    );
    Diagnostic::error(Code::PluginAnswer, message).help(say!(
        "segnalarlo a chi ha scritto il plugin",
        "tell the author of the plugin"
    ))
}
