//! The foreign file that a table is read from, and the importer that reads it.

use super::blocks::{malformed, refuse};
use super::natives::capability;
use crate::diag::{Code, Diagnostics};
use crate::model::Import;
use crate::pack::raw::{Entry, Node};
use crate::say;

/// Reads which importer reads a table; none where no plugin does, or where that is faulty.
pub(super) fn import(table: &Entry, faults: &mut Diagnostics) -> Option<Import> {
    let (importer, file) = (table.node.get("importer"), table.node.get("file"));
    let (importer, file) = match (importer, file) {
        (Some(importer), Some(file)) => (importer, file),
        (Some(alone), None) | (None, Some(alone)) => {
            let name = &table.key;
            let message = say!(
                "della tabella `{name}` è detto solo uno fra `importer` e `file`",
                "of table `{name}` only one of `importer` and `file` is said"
            );
            faults.push(refuse(Code::InvalidRule, alone, message).help(say!(
                "dire quale importatore legge quale file: `importer = \"regione.nome\"` e `file = \"…\"`",
                "say which importer reads which file: `importer = \"region.name\"` and `file = \"…\"`"
            )));
            return None;
        }
        (None, None) => return None,
    };
    let found = capability(importer, faults);
    let file = foreign(file, &table.key, faults);
    let ((plugin, importer_name), file) = (found?, file?);
    Some(Import {
        plugin,
        importer: importer_name,
        file,
        place: Some(importer.place.clone()),
    })
}

/// Reads the name of a foreign file: a plain one, and not that of the table's own.
fn foreign(node: &Node, table: &str, faults: &mut Diagnostics) -> Option<String> {
    let name = node.as_text()?;
    let plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
    if !plain {
        let message = say!(
            "`{name}` non è il nome di un file in `data/`",
            "`{name}` is not the name of a file in `data/`"
        );
        faults.push(malformed(node, message).help(say!(
            "scrivere il nome del file, senza cartelle",
            "write the name of the file, without folders"
        )));
        return None;
    }
    if name.to_lowercase() == format!("{}.csv", table.to_lowercase()) {
        let message = say!(
            "`{name}` è già il file della tabella, letto senza importatore",
            "`{name}` is the table's own file already, read without an importer"
        );
        faults.push(refuse(Code::InvalidRule, node, message).help(say!(
            "lasciare al file il nome con cui è stato pubblicato, o togliere `importer` e `file`",
            "leave the file the name under which it was published, or remove `importer` and `file`"
        )));
        return None;
    }
    Some(name.to_owned())
}
