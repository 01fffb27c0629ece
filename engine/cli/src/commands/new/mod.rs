//! `new`: folders to begin from, written whole or not at all.

mod awaited;
mod plugin;
mod region;
mod year;

use std::collections::BTreeMap;

use riparto_core::diag::Text;
use riparto_core::say;
use riparto_io::write::write_folder;
use serde_json::Value;

use crate::args::{Format, New};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;

/// Begins a year, a Region or a plugin.
pub fn new(host: &Host, what: &New) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    match what {
        New::Year(args) => year::new_year(host, args),
        New::Region(args) => region::new_region(host, args),
        New::Plugin { name } => plugin::new_plugin(host, name),
    }
}

/// A folder to write, and what is said of it.
struct Folder {
    /// Where it goes, from the root.
    path: String,
    /// Its files, by name.
    files: BTreeMap<String, Vec<u8>>,
    /// What was made.
    made: Text,
    /// What comes next.
    next: Text,
    /// What programs are told, without the files.
    json: Value,
}

impl Folder {
    /// Writes it under the root, where nothing is yet, and tells which files it has.
    fn write(mut self, host: &Host) -> Result<(), Failure> {
        let Some(root) = &host.root else {
            return Err(Failure::argument(
                say!(
                    "non c'è una cartella in cui scrivere",
                    "there is no folder to write into"
                ),
                say!(
                    "dare con `--root` la cartella che contiene `rules/` e `regions/`",
                    "give with `--root` the folder that holds `rules/` and `regions/`"
                ),
            ));
        };
        write_folder(&root.join(&self.path), &self.files)?;
        let path = &self.path;
        let files = self.files.keys().map(|name| format!("{path}/{name}"));
        let files: Vec<String> = files.collect();
        if host.format == Format::Json {
            if let Value::Object(json) = &mut self.json {
                json.insert("files".to_owned(), files.into());
            }
            print(&riparto_io::report::json::text(&self.json))?;
            return Ok(());
        }
        let lines = files.iter().map(|file| format!("\n  {file}"));
        let lines: String = lines.collect();
        print(&format!(
            "{}{lines}\n{}\n",
            host.say(&self.made),
            host.say(&self.next)
        ))?;
        Ok(())
    }
}

/// Tells whether a name can be that of a Region's folder: small letters, with hyphens between them.
fn is_region(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    name.split('-').all(word)
}

/// Tells whether a text is a year, in four digits.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Writes a text as rule files hold it between double quotes.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
