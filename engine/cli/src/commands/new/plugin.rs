//! `new plugin`: a crate that builds, tests itself and does one useful thing.

use std::collections::BTreeMap;

use riparto_core::say;
use serde_json::json;

use super::Folder;
use crate::exit::Failure;
use crate::host::Host;

/// The files of a new plugin, by name.
const TEMPLATES: [(&str, &str); 5] = [
    (
        "Cargo.toml",
        include_str!("../../../templates/plugin/Cargo.txt"),
    ),
    (
        "README.md",
        include_str!("../../../templates/plugin/README.txt"),
    ),
    (
        "src/lib.rs",
        include_str!("../../../templates/plugin/src/lib.txt"),
    ),
    (
        "tests/contract.rs",
        include_str!("../../../templates/plugin/tests/contract.txt"),
    ),
    (
        "twin.rhai",
        include_str!("../../../templates/plugin/twin.rhai"),
    ),
];

/// Writes the crate of a new plugin under `plugins/`, where the workspace finds it.
pub fn new_plugin(host: &Host, name: &str) -> Result<(), Failure> {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_lowercase());
    if !first || !letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(Failure::argument(
            say!(
                "`{name}` non è il nome di un plugin",
                "`{name}` is not the name of a plugin"
            ),
            say!(
                "lettere minuscole senza accenti, cifre e trattini bassi: `terra_nuova`",
                "small letters without accents, digits and underscores: `terra_nuova`"
            ),
        ));
    }
    let files = TEMPLATES.iter();
    let files = files.map(|(file, text)| {
        let text = text.replace("@name@", name);
        ((*file).to_owned(), text.into_bytes())
    });
    Folder {
        path: format!("plugins/{name}"),
        files: files.collect::<BTreeMap<_, _>>(),
        made: say!("Creato il plugin `{name}`:", "Made the plugin `{name}`:"),
        next: say!(
            "Ora: `cargo test -p riparto-plugin-{name}`; poi `plugins/README.md` dice come bloccarlo e chiamarlo da una misura.",
            "Now: `cargo test -p riparto-plugin-{name}`; then `plugins/README.md` says how to lock it and call it from a measure."
        ),
        json: json!({ "plugin": name }),
    }
    .write(host)
}
