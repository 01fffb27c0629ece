//! Finds what a reader asks about: a row by key, name or code, a part of a form, an action.

use std::collections::BTreeMap;

use serde::Serialize;

use super::document::part_key;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::identifiers::{masked, person_fiscal_code};
use crate::model::{Dataset, TableDecl};
use crate::pack::nearest;
use crate::rules::Pack;
use crate::say;

/// Whom an explanation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The key of its row.
    pub key: String,
    /// What a reader calls it.
    pub name: String,
}

/// Finds the one subject that `wanted` names, whatever the case of the letters.
///
/// # Errors
/// No row, or several subjects → [`Code::UnknownSubject`].
pub fn find(pack: &Pack, data: &Dataset, wanted: &str) -> Result<Subject, Diagnostics> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    for declared in pack.tables() {
        let Some(table) = data.tables.get(&declared.name) else {
            continue;
        };
        for row in 0..table.len() {
            let Some(key) = declared.key_shown(table, row) else {
                continue;
            };
            let name = declared
                .title_shown(table, row)
                .unwrap_or_else(|| key.clone());
            let own = [&declared.key, &declared.title].map(|column| table.text(column, row));
            let called = |text: &str| text.to_lowercase() == wanted.to_lowercase();
            let codes = codes(declared).filter_map(|column| table.text(column, row));
            let shown = [key.as_str(), name.as_str()].into_iter();
            if shown
                .chain(own.into_iter().flatten())
                .chain(codes)
                .any(called)
            {
                found.insert(key, name.clone());
            }
            names.push(name);
        }
    }
    for document in pack.measures.iter().flat_map(|measure| &measure.documents) {
        for part in &document.parts {
            let (key, name) = (part_key(&document.id, &part.id), &part.label);
            let called = |text: &str| text.to_lowercase() == wanted.to_lowercase();
            if [&key, &name.it, &name.en]
                .into_iter()
                .any(|text| called(text))
            {
                found.insert(key.clone(), name.it.clone());
            }
            names.push(key);
        }
    }
    for action in pack.measures.iter().flat_map(|measure| &measure.actions) {
        if action.id.to_lowercase() == wanted.to_lowercase() {
            found.insert(action.id.clone(), action.label.it.clone());
        }
        names.push(action.id.clone());
    }
    // What was asked is said again only where it is no code of a person.
    let asked = match person_fiscal_code(&wanted.to_uppercase()) {
        Ok(_) => masked(wanted),
        Err(_) => wanted.to_owned(),
    };
    let mut subjects = found.into_iter().map(|(key, name)| Subject { key, name });
    match (subjects.next(), subjects.next()) {
        (Some(subject), None) => Ok(subject),
        (Some(first), Some(second)) => {
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
            .help(say!("ripetere con il codice", "ask again with the code"))
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

fn codes(table: &TableDecl) -> impl Iterator<Item = &str> {
    let codes = table.columns.iter().filter(|column| column.kind.is_code());
    codes.map(|column| column.name.as_str())
}
