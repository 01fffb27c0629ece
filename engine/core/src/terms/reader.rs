//! Reads a file of `rules/calendar/`, and its values, each at its place.

use chrono::Datelike;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::easter::EASTER_YEARS;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::pack::raw::calendar::Covers;
use crate::pack::raw::{Node, Reach, check, schema_of};
use crate::pack::{Acts, malformed};
use crate::rules::Cite;
use crate::say;
use crate::source::{Source, SourceError};

/// Reads a file of the rules, or says why it cannot be read.
pub(super) fn file<T: DeserializeOwned + JsonSchema>(
    source: &dyn Source,
    path: &str,
    faults: &mut Diagnostics,
) -> Result<Option<(Node, T)>, SourceError> {
    let Some(bytes) = source.read(path)? else {
        let message = say!("manca il file `{path}`", "the file `{path}` is missing");
        let help = say!(
            "rimetterlo dov'era, o controllare la cartella data con `--root`",
            "put it back, or check the folder given with `--root`"
        );
        faults.push(Diagnostic::error(Code::Unreadable, message).help(help));
        return Ok(None);
    };
    let (node, found) = Node::parse(path, &bytes);
    let legible = !found.has_errors();
    faults.extend(found);
    if legible {
        faults.extend(check(&node, &schema_of::<T>(), Reach::Whole));
    }
    let decoded = node.decode::<T>().filter(|_| legible);
    Ok(decoded.map(|decoded| (node, decoded)))
}

/// Reads the values of one file, each at its place.
pub(super) struct Reader<'n> {
    pub(super) node: &'n Node,
    acts: Acts,
}

impl<'n> Reader<'n> {
    pub(super) fn new(node: &'n Node) -> Self {
        let mut acts = Acts::default();
        acts.declare(node);
        Self { node, acts }
    }

    /// The act behind the value at a path.
    pub(super) fn cite(&self, path: &[&str], faults: &mut Diagnostics) -> String {
        let cite = self.acts.cite(self.node.find(path), faults);
        cite.map(|cite| cite.to_string()).unwrap_or_default()
    }

    /// What stands behind the block at a path: its act, or its being an assumption.
    pub(super) fn source(&self, path: &[&str], faults: &mut Diagnostics) -> Option<Cite> {
        let (key, block) = path.split_last()?;
        let entry = self.node.find(block).entry(key)?;
        self.acts.source(entry, faults).cite
    }

    /// A month and a day, `08-31`; 29 February is not a day of every year.
    pub(super) fn day(
        &self,
        path: &[&str],
        text: &str,
        faults: &mut Diagnostics,
    ) -> Option<(u32, u32)> {
        let date = crate::time::day(&format!("2001-{text}"));
        if date.is_none() {
            let message = say!(
                "`{text}` non è un mese e un giorno di ogni anno",
                "`{text}` is not a month and a day of every year"
            );
            let help = say!(
                "scrivere mese e giorno: `08-31`",
                "write month and day: `08-31`"
            );
            faults.push(malformed(self.node.find(path), message).help(help));
        }
        date.map(|date| (date.month(), date.day()))
    }

    /// Says that what stands at a path cannot hold.
    pub(super) fn refuse(
        &self,
        path: &[&str],
        message: Text,
        help: Text,
        faults: &mut Diagnostics,
    ) {
        let place = self.node.find(path).place.clone();
        faults.push(
            Diagnostic::error(Code::InvalidRule, message)
                .at(place)
                .help(help),
        );
    }
}

/// The first and the last year that a list is complete for.
pub(super) fn covers(covers: &Covers) -> (i32, i32) {
    let last = *EASTER_YEARS.end();
    let first = covers.from.max(*EASTER_YEARS.start());
    (first, covers.to.map_or(last, |to| to.min(last)))
}
