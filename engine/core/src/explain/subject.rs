//! Finds what a reader asks about: a row by key, name or code, a part of a form, an action.

use std::collections::BTreeMap;

use serde::Serialize;

use super::document::part_key;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::identifiers::{masked, person_fiscal_code};
use crate::model::{Dataset, Table, TableDecl};
use crate::pack::nearest;
use crate::rules::{Action, Document, Pack};
use crate::say;

/// Whom an explanation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The key of its row.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
}

/// How a word belongs to a subject, the closest first: what a subject is called by comes before
/// what it only bears, as an event bears the code of its Comune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// The key of a row, the name of an action or of a part of a form, to the letter.
    Exact,
    /// The same, whatever the case of the letters.
    Key,
    /// A code that no two rows of its table can share.
    OwnCode,
    /// A title.
    Title,
    /// Another code, not said to be of a row of another table.
    Code,
    /// The code of a row of another table.
    Reference,
}

/// The subjects that a word may mean, by how it belongs to them.
struct Search<'w> {
    wanted: &'w str,
    found: BTreeMap<Claim, BTreeMap<String, String>>,
    names: Vec<String>,
}

impl Search<'_> {
    /// Notes a subject where a word that belongs to it is the one wanted.
    fn offer(&mut self, claim: Claim, word: &str, key: &str, name: &str) {
        let claim = match claim {
            Claim::Key if word == self.wanted => Claim::Exact,
            claim => claim,
        };
        if word.to_lowercase() == self.wanted.to_lowercase() {
            let subjects = self.found.entry(claim).or_default();
            subjects.insert(key.to_owned(), name.to_owned());
        }
    }

    fn rows(&mut self, declared: &TableDecl, table: &Table) {
        for row in 0..table.len() {
            let Some(key) = declared.key_shown(table, row) else {
                continue;
            };
            let name = declared.title_shown(table, row);
            let name = name.unwrap_or_else(|| key.clone());
            self.offer(Claim::Key, &key, &key, &name);
            self.offer(Claim::Title, &name, &key, &name);
            let own = [(Claim::Key, &declared.key), (Claim::Title, &declared.title)];
            let own = own
                .into_iter()
                .map(|(claim, column)| (claim, column.as_str()));
            for (claim, column) in own.chain(codes(declared)) {
                if let Some(word) = table.text(column, row) {
                    self.offer(claim, word, &key, &name);
                }
            }
            self.names.push(name);
        }
    }

    fn parts(&mut self, document: &Document) {
        for part in &document.parts {
            let (key, name) = (part_key(&document.id, &part.id), &part.label);
            self.offer(Claim::Key, &key, &key, &name.it);
            self.offer(Claim::Title, &name.it, &key, &name.it);
            self.offer(Claim::Title, &name.en, &key, &name.it);
            self.names.push(key);
        }
    }

    fn action(&mut self, action: &Action) {
        self.offer(Claim::Key, &action.id, &action.id, &action.label.it);
        self.names.push(action.id.clone());
    }
}

/// Finds the one subject that `wanted` names, whatever the case of the letters; of several, those
/// that it names most closely.
///
/// # Errors
/// No row, or several subjects that are named as closely → [`Code::UnknownSubject`].
pub fn find(pack: &Pack, data: &Dataset, wanted: &str) -> Result<Subject, Diagnostics> {
    let mut search = Search {
        wanted,
        found: BTreeMap::new(),
        names: Vec::new(),
    };
    for declared in pack.tables() {
        if let Some(table) = data.tables.get(&declared.name) {
            search.rows(declared, table);
        }
    }
    for measure in &pack.measures {
        measure.documents.iter().for_each(|form| search.parts(form));
    }
    for measure in &pack.measures {
        measure.actions.iter().for_each(|one| search.action(one));
    }
    let Search { found, names, .. } = search;
    let closest = found.into_values().next().unwrap_or_default();
    // What was asked is said again only where it is no code of a person.
    let asked = match person_fiscal_code(&wanted.to_uppercase()) {
        Ok(_) => masked(wanted),
        Err(_) => wanted.to_owned(),
    };
    let mut subjects = closest.into_iter().map(|(key, name)| Subject { key, name });
    match (subjects.next(), subjects.next()) {
        (Some(subject), None) => Ok(subject),
        (Some(first), Some(second)) => {
            let one = first.key.clone();
            let keys: Vec<String> = [first, second]
                .into_iter()
                .chain(subjects)
                .map(|s| format!("`{}`", s.key))
                .collect();
            let keys = keys.join(", ");
            Err(Diagnostic::error(
                Code::UnknownSubject,
                say!(
                    "`{asked}` è il nome di più righe: {keys}",
                    "`{asked}` names more than one row: {keys}"
                ),
            )
            .help(say!(
                "ripetere con il codice di una sola, così come è scritto: `{one}`",
                "ask again with the code of one of them, as it is written: `{one}`"
            ))
            .into())
        }
        (None, _) => {
            let help = longer_name(wanted, &names)
                .or_else(|| nearest(wanted, names.iter().map(String::as_str)))
                .unwrap_or_else(|| how_to_ask(pack));
            Err(Diagnostic::error(
                Code::UnknownSubject,
                say!("nessuna riga è `{asked}`", "no row is `{asked}`"),
            )
            .help(help)
            .into())
        }
    }
}

/// The one name that starts with what was asked: `Nizza` for `Nizza Monferrato`.
fn longer_name(wanted: &str, names: &[String]) -> Option<Text> {
    let wanted = format!("{} ", wanted.to_lowercase());
    let mut longer = names
        .iter()
        .filter(|name| name.to_lowercase().starts_with(&wanted));
    let name = longer.next()?;
    longer
        .next()
        .is_none()
        .then(|| say!("forse `{name}`?", "did you mean `{name}`?"))
}

fn how_to_ask(pack: &Pack) -> Text {
    if pack.tables().iter().any(|table| table.aggregate.is_some()) {
        return say!(
            "si può dare il nome, il codice ISTAT o il codice catastale; chi non ha una riga sua sta in quella aggregata, la cui chiave comincia con `*`",
            "a name, an ISTAT code or a cadastral code will do; who has no row of its own is in the aggregate one, whose key starts with `*`"
        );
    }
    say!(
        "si può dare il nome, il codice ISTAT o il codice catastale",
        "a name, an ISTAT code or a cadastral code will do"
    )
}

/// The columns of codes, with how each belongs to a row.
fn codes(table: &TableDecl) -> impl Iterator<Item = (Claim, &str)> {
    let codes = table.columns.iter().filter(|column| column.kind.is_code());
    codes.map(|column| {
        let unique = table
            .unique
            .iter()
            .any(|list| *list == [column.name.as_str()]);
        let claim = match (unique, &column.references) {
            (_, Some(_)) => Claim::Reference,
            (true, None) => Claim::OwnCode,
            (false, None) => Claim::Code,
        };
        (claim, column.name.as_str())
    })
}
