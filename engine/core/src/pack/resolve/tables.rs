//! The tables of facts that a measure expects.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::blocks::{label, members, refuse};
use super::imports::import;
use super::names::type_of;
use super::values::unit_of;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::model::{ColumnDecl, ColumnType, Import, TableDecl};
use crate::pack::nearest;
use crate::pack::raw::{self, Entry, Node};
use crate::rules::{Measure, Type};
use crate::say;

/// Reads the tables of a measure, whose columns may refer also to those `elsewhere`; gives also the
/// names of the faulty ones.
pub fn tables(
    file: &Node,
    elsewhere: &[&str],
    faults: &mut Diagnostics,
) -> (Vec<TableDecl>, Vec<String>) {
    let (mut tables, mut broken) = (Vec::new(), Vec::new());
    let all = members::<raw::Table>(file, "table");
    let own = all.iter().map(|(entry, _)| entry.key.as_str());
    let names: Vec<&str> = own.chain(elsewhere.iter().copied()).collect();
    for (entry, raw) in &all {
        let Some(raw) = raw else {
            broken.push(entry.key.clone());
            continue;
        };
        let columns: Vec<ColumnDecl> = members::<raw::Column>(&entry.node, "column")
            .into_iter()
            .filter_map(|(entry, raw)| {
                let read = raw.map(|raw| column(entry, raw));
                if read.is_none() {
                    broken.push(entry.key.clone());
                }
                read
            })
            .collect();
        check_special_columns(entry, &columns, &broken, faults);
        check_references(entry, &names, faults);
        check_values(entry, faults);
        check_personal(entry, &columns, faults);
        check_unique(entry, &columns, &broken, faults);
        tables.push(TableDecl {
            name: entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            key: raw.key.clone(),
            title: raw.title.clone(),
            aggregate: raw.aggregate.clone(),
            unique: raw.unique.clone(),
            columns,
            import: import(entry, faults),
            place: Some(entry.key_place.clone()),
        });
    }
    (tables, broken)
}

/// A column that refers to a personal key, here or in a table `elsewhere`, tells who someone is, as
/// the key does.
pub fn share_what_is_personal(tables: &mut [TableDecl], elsewhere: &[&TableDecl]) {
    let all = tables.iter().chain(elsewhere.iter().copied());
    let keys = all.filter(|table| table.is_personal(&table.key));
    let personal: Vec<String> = keys.map(|table| table.name.clone()).collect();
    let columns = tables.iter_mut().flat_map(|table| &mut table.columns);
    for column in columns {
        let refers = column.references.as_ref();
        column.personal |= refers.is_some_and(|table| personal.contains(table));
    }
}

/// Finds the tables that two measures declare differently: one file cannot have both shapes.
pub fn one_table_one_shape(measures: &[Arc<Measure>]) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let mut seen: BTreeMap<&str, (&Measure, &TableDecl)> = BTreeMap::new();
    for measure in measures {
        for table in &measure.tables {
            let name = table.name.as_str();
            let (owner, first) = *seen.entry(name).or_insert((measure, table));
            // A table that is read and declared too was refused already.
            let told = measure.reads(&owner.id) || owner.reads(&measure.id);
            if told || shape(first) == shape(table) {
                continue;
            }
            let owner = &owner.id;
            let fault = Diagnostic::error(
                Code::InvalidRule,
                say!(
                    "la tabella `{name}` è dichiarata in modo diverso nella misura `{owner}`",
                    "the table `{name}` is declared differently in the measure `{owner}`"
                ),
            );
            let fault = fault.at_maybe(table.place.clone()).help(say!(
                "i dati di una tabella stanno in un file solo: dichiararla uguale nelle due misure, o darle un altro nome",
                "the facts of a table are in one file: declare it alike in both measures, or give it another name"
            ));
            faults.push(match first.place.clone() {
                Some(place) => fault.related(
                    place,
                    say!("l'altra dichiarazione", "the other declaration"),
                ),
                None => fault,
            });
        }
    }
    faults
}

/// A table without its labels and places, its columns by name.
fn shape(table: &TableDecl) -> TableDecl {
    let mut columns: Vec<ColumnDecl> = table.columns.clone();
    columns.sort_by(|a, b| a.name.cmp(&b.name));
    for column in &mut columns {
        column.label = Text::same("");
        column.place = None;
    }
    let import = table.import.clone();
    TableDecl {
        label: Text::same(""),
        columns,
        import: import.map(|import| Import {
            place: None,
            ..import
        }),
        place: None,
        ..table.clone()
    }
}

fn column(entry: &Entry, raw: raw::Column) -> ColumnDecl {
    let unit = unit_of(raw.kind, raw.unit.as_deref());
    ColumnDecl {
        name: entry.key.clone(),
        label: label(&raw.label, raw.label_en.as_deref()),
        kind: raw.kind,
        unit,
        required: raw.required,
        references: raw.references,
        values: raw.values,
        personal: raw.personal || raw.kind == ColumnType::FiscalCode,
        verbatim: false,
        place: Some(entry.key_place.clone()),
    }
}

fn check_special_columns(
    table: &Entry,
    columns: &[ColumnDecl],
    broken: &[String],
    faults: &mut Diagnostics,
) {
    for role in ["key", "title", "aggregate"] {
        let Some(node) = table.node.get(role) else {
            continue;
        };
        let Some(name) = node.as_text() else { continue };
        let Some(column) = columns.iter().find(|column| column.name == name) else {
            if !broken.iter().any(|column| column == name) {
                faults.push(no_column(node, name, columns));
            }
            continue;
        };
        let fits = match role {
            "aggregate" => column.kind == ColumnType::Integer,
            _ => column.kind == ColumnType::Text || column.kind.is_code(),
        };
        if !fits {
            let kind = column.kind.name();
            let message = say!(
                "`{name}` è di tipo `{kind}` e non può fare da `{role}`",
                "`{name}` is of type `{kind}` and cannot be the `{role}`"
            );
            let fault = refuse(Code::TypeMismatch, node, message);
            faults.push(fault.help(match role {
                "aggregate" => say!(
                    "nominare una colonna di tipo `integer`",
                    "name a column of type `integer`"
                ),
                _ => say!(
                    "nominare una colonna di tipo `text`, o di un codice: `istat`, `cadastral`…",
                    "name a column of type `text`, or of a code: `istat`, `cadastral`…"
                ),
            }));
        }
    }
}

fn no_column(node: &Node, name: &str, columns: &[ColumnDecl]) -> Diagnostic {
    let message = say!(
        "non c'è una colonna `{name}`",
        "there is no column `{name}`"
    );
    let known = columns.iter().map(|column| column.name.as_str());
    let help = nearest(name, known).unwrap_or_else(|| {
        say!(
            "dichiararla, o nominarne una che c'è",
            "declare it, or name one that is there"
        )
    });
    refuse(Code::UnknownName, node, message).help(help)
}

/// What two rows cannot have all alike is one column at least, each named once.
fn check_unique(
    table: &Entry,
    columns: &[ColumnDecl],
    broken: &[String],
    faults: &mut Diagnostics,
) {
    let lists = table.node.get("unique").map(Node::items);
    for list in lists.unwrap_or_default() {
        let names: Vec<&str> = list.items().iter().filter_map(Node::as_text).collect();
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        if names.is_empty() || distinct.len() < names.len() {
            let message = say!(
                "un elenco di `unique` è vuoto, o ha due volte la stessa colonna",
                "a list of `unique` is empty, or has a column twice"
            );
            faults.push(refuse(Code::InvalidRule, list, message).help(say!(
                "nominare le colonne che insieme distinguono una riga: `unique = [[\"domanda\", \"mese\"]]`",
                "name the columns that together tell a row from the others: `unique = [[\"domanda\", \"mese\"]]`"
            )));
        }
        for node in list.items() {
            let Some(name) = node.as_text() else { continue };
            let known = columns.iter().any(|column| column.name == name);
            if !known && !broken.iter().any(|column| column == name) {
                faults.push(no_column(node, name, columns));
            }
        }
    }
}

/// Only texts can be masked: half a number would be another number.
fn check_personal(table: &Entry, columns: &[ColumnDecl], faults: &mut Diagnostics) {
    for column in columns.iter().filter(|column| column.personal) {
        if column.kind == ColumnType::Text || column.kind.is_code() {
            continue;
        }
        let (name, kind) = (&column.name, column.kind.name());
        let message = say!(
            "`{name}` è di tipo `{kind}` e non si può mascherare",
            "`{name}` is of type `{kind}` and cannot be masked"
        );
        let node = table.node.find(&["column", name, "personal"]);
        faults.push(refuse(Code::TypeMismatch, node, message).help(say!(
            "togliere `personal`: si mascherano i testi e i codici",
            "remove `personal`: texts and codes are masked"
        )));
    }
}

fn check_references(table: &Entry, names: &[&str], faults: &mut Diagnostics) {
    let columns = table
        .node
        .get("column")
        .map(Node::entries)
        .unwrap_or_default();
    for column in columns {
        let Some(node) = column.node.get("references") else {
            continue;
        };
        check_key_type(column, node, faults);
        let Some(name) = node.as_text().filter(|name| !names.contains(name)) else {
            continue;
        };
        let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
        let fault = refuse(Code::UnknownName, node, message);
        faults.push(fault.help(table_help(name, names.iter().copied())));
    }
}

/// Keys are texts and codes, and so is what refers to them.
fn check_key_type(column: &Entry, references: &Node, faults: &mut Diagnostics) {
    let Some(raw::Column { kind, .. }) = column.node.decode() else {
        return;
    };
    if type_of(kind) == Type::Text {
        return;
    }
    let (name, kind) = (&column.key, kind.name());
    let message = say!(
        "`{name}` è di tipo `{kind}` e non può rimandare a una tabella",
        "`{name}` is of type `{kind}` and cannot refer to a table"
    );
    let fault = refuse(Code::TypeMismatch, references, message);
    faults.push(fault.help(say!(
        "dare alla colonna il tipo della chiave: `text`, `istat` o `cadastral`",
        "give the column the type of the key: `text`, `istat` or `cadastral`"
    )));
}

/// The words that a column can hold are texts, each said once.
fn check_values(table: &Entry, faults: &mut Diagnostics) {
    for (column, raw) in members::<raw::Column>(&table.node, "column") {
        let (Some(raw), Some(node)) = (raw, column.node.get("values")) else {
            continue;
        };
        let (name, kind) = (&column.key, raw.kind.name());
        let distinct: BTreeSet<&String> = raw.values.iter().collect();
        if raw.kind != ColumnType::Text {
            let message = say!(
                "`{name}` è di tipo `{kind}`: solo un testo ha le sue parole in `values`",
                "`{name}` is of type `{kind}`: only a text has its words in `values`"
            );
            let fault = refuse(Code::TypeMismatch, node, message);
            faults.push(fault.help(say!(
                "togliere `values`, o scrivere `type = \"text\"`",
                "remove `values`, or write `type = \"text\"`"
            )));
        } else if raw.values.is_empty() || distinct.len() < raw.values.len() {
            let message = say!(
                "`values` di `{name}` è vuoto, o ha due volte la stessa parola",
                "`values` of `{name}` is empty, or has a word twice"
            );
            let fault = refuse(Code::InvalidRule, node, message);
            faults.push(fault.help(say!(
                "elencare ogni parola una volta, o togliere `values`",
                "list each word once, or remove `values`"
            )));
        }
    }
}

/// Gives the remedy for the name of a table that is not there.
pub fn table_help<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Text {
    nearest(name, known).unwrap_or_else(|| {
        say!(
            "dichiararla: `[table.{name}]` con le sue colonne",
            "declare it: `[table.{name}]` with its columns"
        )
    })
}
