//! The published files that a new year waits for: those that importers read tables from.

use riparto_core::diag::Text;
use riparto_core::model::{Import, TableDecl};
use riparto_core::rules::Pack;
use riparto_core::{say, words};
use serde_json::{Value, json};

use super::quoted;

/// The tables of a pack that importers read, each with its file.
pub(super) struct Awaited<'p>(Vec<(&'p TableDecl, &'p Import)>);

impl<'p> Awaited<'p> {
    /// Finds those of a pack.
    pub fn by(pack: &'p Pack) -> Self {
        let tables = pack.tables().into_iter();
        let imported = tables.filter_map(|table| Some((table, table.import.as_ref()?)));
        Self(imported.collect())
    }

    /// Names the files on a line of its own; nothing where there is none.
    pub fn sentence(&self, path: &str) -> Text {
        let files = self.0.iter().map(|(table, import)| {
            let (file, table, importer) = (&import.file, &table.name, import.name());
            say!(
                "`{file}` (tabella `{table}`, letta da `{importer}`)",
                "`{file}` (table `{table}`, read by `{importer}`)"
            )
        });
        match files.collect::<Vec<_>>().as_slice() {
            [] => Text::same(""),
            files => say!(
                "Da mettere in `{path}/data/`, nella forma pubblicata: {files}.\n",
                "To put into `{path}/data/`, as published: {files}.\n";
                files = words::listed(files)
            ),
        }
    }

    /// Gives the same for programs.
    pub fn json(&self, path: &str) -> Value {
        let files = self.0.iter().map(|(table, import)| {
            json!({
                "file": format!("{path}/data/{}", import.file),
                "table": table.name,
                "importer": import.name(),
            })
        });
        files.collect()
    }

    /// Writes them as items of a list in a `README.md`.
    pub fn items(&self) -> String {
        let items = self.0.iter().map(|(table, import)| {
            let (file, table, importer) = (&import.file, &table.name, import.name());
            format!(
                "   - `data/{file}`: nella forma pubblicata, per la tabella `{table}` (la legge `{importer}`); in sua vece `data/{table}.csv`.\n"
            )
        });
        items.collect()
    }
}

/// Writes again which importer reads a table, where one does: the file of the new year may bear
/// another name.
pub(super) fn declaration(table: &TableDecl, year: i64) -> Option<String> {
    let import = table.import.as_ref()?;
    let (table, importer, file) = (&table.name, import.name(), quoted(&import.file));
    Some(format!(
        r#"
# Il file pubblicato per il {year}: se ha un altro nome, scriverlo qui.
[table.{table}]
importer = "{importer}"
file     = "{file}"
"#
    ))
}
