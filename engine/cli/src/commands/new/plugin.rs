//! `new plugin`: a crate that builds, tests itself and does one useful thing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use riparto_core::say;
use riparto_plugin_host::lock::is_callable;
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
    if !is_callable(name) {
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
    let package = format!("riparto-plugin-{name}");
    let plugins = host.root.as_ref().map(|root| root.join("plugins"));
    if let Some(folder) = plugins.and_then(|plugins| folder_of(&package, &plugins)) {
        let folder = folder.display();
        return Err(Failure::argument(
            say!(
                "c'è già un pacchetto `{package}`, in `{folder}`",
                "there is a package `{package}` already, in `{folder}`"
            ),
            say!(
                "dare un altro nome: con due pacchetti dello stesso nome non si compila più nulla",
                "give another name: with two packages of one name nothing builds any more"
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

/// Finds the folder of a package in a folder or below it.
fn folder_of(package: &str, folder: &Path) -> Option<PathBuf> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml"));
    if manifest.is_ok_and(|manifest| is_named(&manifest, package)) {
        return Some(folder.to_owned());
    }
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    // A link is no folder here: it could lead back.
    let mut folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    folders.find_map(|entry| folder_of(package, &entry.path()))
}

fn is_named(manifest: &str, package: &str) -> bool {
    let name = format!("\"{package}\"");
    let mut pairs = manifest.lines().filter_map(|line| line.split_once('='));
    pairs.any(|(key, value)| key.trim() == "name" && value.trim().starts_with(&name))
}
