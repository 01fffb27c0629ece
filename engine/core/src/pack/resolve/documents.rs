//! Reads forms to be checked: their table of text, their parts and items, their limits.

use std::collections::BTreeMap;

use super::blocks::{label, members, refuse};
use super::formulas::Context;
use super::names::type_of;
use super::tables::table_help;
use crate::diag::{Code, Diagnostic, Diagnostics, Text};
use crate::model::{Counting, TableDecl};
use crate::num::Ratio;
use crate::pack::nearest;
use crate::pack::raw::document as raw;
use crate::pack::raw::{Entry, Node, Value};
use crate::rules::{
    Count, Document, DocumentItem, DocumentPart, Limit, Param, Source, TextTable, Type,
};
use crate::say;

impl Context<'_> {
    /// Reads the forms of a measure, in the order written.
    pub fn documents(
        &self,
        file: &Node,
        params: &BTreeMap<String, Param>,
        faults: &mut Diagnostics,
    ) -> Vec<Document> {
        let all = members::<raw::Document>(file, "document").into_iter();
        let read = all.filter_map(|(entry, raw)| {
            let mut reader = Reader {
                context: self,
                params,
                entry,
                faults,
            };
            reader.document(raw)
        });
        read.collect()
    }
}

struct Reader<'r> {
    context: &'r Context<'r>,
    params: &'r BTreeMap<String, Param>,
    entry: &'r Entry,
    faults: &'r mut Diagnostics,
}

impl Reader<'_> {
    /// Judges every key before any stops the form.
    fn document(&mut self, raw: Option<raw::Document>) -> Option<Document> {
        let source = self.context.acts.source(self.entry, self.faults);
        let raw = raw?;
        let node = &self.entry.node;
        let of = self
            .context
            .existing_table(self.entry, "of", &raw.of, self.faults);
        let text = self.text(&raw.text, of);
        let count = self.count(&raw.count);
        let items = self.items(&raw);
        let limit = node.get("limit").map(|node| self.limit(node));
        let parts = self.parts(&items, limit.as_ref().and_then(Option::as_ref), &source);
        let requires = node
            .get("requires")
            .map(|node| self.requires(node, &raw.of));
        if matches!(limit, Some(None)) || matches!(requires, Some(None)) {
            return None;
        }
        Some(Document {
            id: self.entry.key.clone(),
            label: label(&raw.label, raw.label_en.as_deref()),
            table: of?.name.clone(),
            text: text?,
            count: count?,
            parts: parts?,
            requires: requires.flatten(),
            source,
            place: self.entry.key_place.clone(),
        })
    }

    fn text(&mut self, raw: &raw::DocumentText, of: Option<&TableDecl>) -> Option<TextTable> {
        let node = self.entry.node.get("text")?;
        let names = self.context.names;
        let Some(table) = names.table(&raw.table) else {
            if !names.broken.contains(&raw.table) {
                let name = &raw.table;
                let message = say!("non c'è una tabella `{name}`", "there is no table `{name}`");
                let help = table_help(name, names.tables.iter().map(|t| t.name.as_str()));
                self.tell(Code::UnknownName, node.find(&["table"]), message, help);
            }
            return None;
        };
        let mut found = true;
        for key in ["document", "part", "letter", "heading", "body"] {
            if let Some(named) = node.get(key) {
                found &= self.text_column(named, table);
            }
        }
        found &= ["document", "part"]
            .into_iter()
            .all(|key| self.never_empty(node.find(&[key]), table));
        let refers = table
            .column(&raw.document)
            .and_then(|c| c.references.as_ref());
        if let (true, Some(of)) = (found, of)
            && refers != Some(&of.name)
        {
            let (column, of) = (&raw.document, &of.name);
            let message = say!(
                "la colonna `{column}` non rimanda a `{of}`: non si saprebbe di quale documento è un brano",
                "the column `{column}` does not refer to `{of}`: whose text a piece is would not be known"
            );
            let help = say!(
                "aggiungere alla colonna `references = \"{of}\"`",
                "add `references = \"{of}\"` to the column"
            );
            self.tell(Code::InvalidRule, node.find(&["document"]), message, help);
            return None;
        }
        found.then(|| TextTable {
            table: raw.table.clone(),
            document: raw.document.clone(),
            part: raw.part.clone(),
            letter: raw.letter.clone(),
            heading: raw.heading.clone(),
            body: raw.body.clone(),
        })
    }

    /// Tells whether a column is there and holds text.
    fn text_column(&mut self, node: &Node, table: &TableDecl) -> bool {
        let Some(name) = node.as_text() else {
            return false;
        };
        let of = &table.name;
        let Some(column) = table.column(name) else {
            if !self.context.names.broken.contains(name) {
                let message = say!(
                    "la tabella `{of}` non ha una colonna `{name}`",
                    "the table `{of}` has no column `{name}`"
                );
                let known = table.columns.iter().map(|column| column.name.as_str());
                let help = nearest(name, known).unwrap_or_else(|| {
                    say!(
                        "dichiararla: `[table.{of}.column.{name}]`",
                        "declare it: `[table.{of}.column.{name}]`"
                    )
                });
                self.tell(Code::UnknownName, node, message, help);
            }
            return false;
        };
        let holds = type_of(column.kind) == Type::Text;
        if !holds {
            let kind = column.kind.name();
            let message = say!(
                "la colonna `{name}` di `{of}` è di tipo `{kind}`, e serve `text`",
                "the column `{name}` of `{of}` is of type `{kind}`, `text` is needed"
            );
            let help = say!(
                "correggere il `type` della colonna, o nominarne un'altra",
                "correct the `type` of the column, or name another"
            );
            self.tell(Code::TypeMismatch, node, message, help);
        }
        holds
    }

    /// A piece that did not say whose it is, or where it stands, would be lost.
    fn never_empty(&mut self, node: &Node, table: &TableDecl) -> bool {
        let column = node.as_text().and_then(|name| table.column(name));
        let Some(column) = column.filter(|column| !column.required) else {
            return true;
        };
        let (name, of) = (&column.name, &table.name);
        let message = say!(
            "la colonna `{name}` di `{of}` può essere vuota: non si saprebbe dove sta un brano",
            "the column `{name}` of `{of}` can be empty: where a piece stands would not be known"
        );
        let help = say!(
            "togliere `required = false` dalla colonna",
            "remove `required = false` from the column"
        );
        self.tell(Code::InvalidRule, node, message, help);
        false
    }

    fn count(&mut self, raw: &raw::DocumentCount) -> Option<Count> {
        let entry = self.entry.node.entry("count")?;
        Some(Count {
            counting: Counting {
                spaces: raw.spaces,
                line_breaks: raw.line_breaks,
                headings: raw.headings,
                between: raw.between,
                ends: raw.ends,
            },
            label: say!("come si contano i caratteri", "how characters are counted"),
            source: self.context.acts.source(entry, self.faults),
        })
    }

    /// Reads what parts contain, each told from the others.
    fn items(&mut self, raw: &raw::Document) -> Vec<DocumentItem> {
        let written = members::<raw::DocumentItem>(&self.entry.node, "item");
        if let Some((first, _)) = written.first()
            && raw.text.letter.is_none()
            && raw.text.heading.is_none()
        {
            let message = say!(
                "nessuna colonna dice di quale lettera è un brano",
                "no column says which letter a piece is of"
            );
            let help = say!(
                "aggiungere a `text` la colonna delle lettere, `letter = \"…\"`, o delle intestazioni, `heading = \"…\"`",
                "add to `text` the column of the letters, `letter = \"…\"`, or of the headings, `heading = \"…\"`"
            );
            self.faults.push(
                Diagnostic::error(Code::InvalidRule, message)
                    .at(first.key_place.clone())
                    .help(help),
            );
        }
        let mut items: Vec<DocumentItem> = Vec::new();
        for (entry, item) in written {
            let Some(item) = item else { continue };
            if let Some(words) = &item.heading {
                let begins = |other: &str| other.starts_with(words) || words.starts_with(other);
                let same = items
                    .iter()
                    .find(|item| item.heading.as_deref().is_some_and(begins));
                if let Some(DocumentItem { letter, .. }) = same {
                    let message = say!(
                        "con «{words}» comincia anche l'intestazione della lettera `{letter}`",
                        "the heading of the letter `{letter}` begins with “{words}” too"
                    );
                    let help = say!(
                        "scrivere più parole, finché le due si distinguono",
                        "write more words, until the two differ"
                    );
                    self.tell(
                        Code::InvalidRule,
                        entry.node.find(&["heading"]),
                        message,
                        help,
                    );
                }
            }
            items.push(DocumentItem {
                letter: entry.key.clone(),
                label: label(&item.label, item.label_en.as_deref()),
                heading: item.heading,
            });
        }
        items
    }

    fn parts(
        &mut self,
        items: &[DocumentItem],
        limit: Option<&Limit>,
        source: &Source,
    ) -> Option<Vec<DocumentPart>> {
        let written = members::<raw::DocumentPart>(&self.entry.node, "part");
        if written.is_empty() {
            let id = &self.entry.key;
            let message = say!(
                "`{id}` non ha parti: qualunque testo andrebbe bene",
                "`{id}` has no parts: any text would do"
            );
            let fault = Diagnostic::error(Code::InvalidRule, message);
            self.faults
                .push(fault.at(self.entry.key_place.clone()).help(say!(
                    "scrivere le parti che deve avere: `[document.{id}.part.NOME]`",
                    "write the parts that it must have: `[document.{id}.part.NAME]`"
                )));
        }
        let parts = written.into_iter().map(|(entry, part)| {
            let said = ["act", "assumption"]
                .into_iter()
                .any(|key| entry.node.get(key).is_some());
            let own = match said {
                true => self.context.acts.source(entry, self.faults),
                false => Source {
                    note: entry
                        .node
                        .get("note")
                        .and_then(Node::as_text)
                        .map(str::to_owned),
                    ..source.clone()
                },
            };
            let limit = match entry.node.get("limit") {
                Some(node) => Some(self.limit(node)?),
                None => limit.cloned(),
            };
            let items = match entry.node.get("items") {
                Some(node) => self.chosen(node, items)?,
                None => items.to_vec(),
            };
            let part = part?;
            Some(DocumentPart {
                id: entry.key.clone(),
                label: label(&part.label, part.label_en.as_deref()),
                limit,
                items,
                source: own,
            })
        });
        let parts: Vec<Option<DocumentPart>> = parts.collect();
        parts.into_iter().collect()
    }

    fn chosen(&mut self, list: &Node, items: &[DocumentItem]) -> Option<Vec<DocumentItem>> {
        let Value::List(letters) = &list.value else {
            return None;
        };
        let mut chosen = Vec::new();
        for node in letters {
            let letter = node.as_text()?;
            let item = items.iter().find(|item| item.letter == letter);
            if item.is_none() {
                let id = &self.entry.key;
                let message = say!(
                    "il modulo non ha una lettera `{letter}`",
                    "the form has no letter `{letter}`"
                );
                let known: Vec<String> = items
                    .iter()
                    .map(|item| format!("`{}`", item.letter))
                    .collect();
                let known = known.join(", ");
                let help = match known.is_empty() {
                    true => say!(
                        "dichiararla: `[document.{id}.item.{letter}]`",
                        "declare it: `[document.{id}.item.{letter}]`"
                    ),
                    false => say!("ci sono: {known}", "there are: {known}"),
                };
                self.tell(Code::UnknownName, node, message, help);
            }
            chosen.push(item.cloned());
        }
        chosen.into_iter().collect()
    }

    /// A limit is a parameter that holds a whole number.
    fn limit(&mut self, node: &Node) -> Option<Limit> {
        let name = node.as_text()?;
        let Some(param) = self.params.get(name) else {
            if !self.context.names.broken.contains(name) {
                let message = say!(
                    "non c'è un valore `{name}`",
                    "there is no parameter `{name}`"
                );
                let known = self.params.keys().map(String::as_str);
                let help = nearest(name, known).unwrap_or_else(|| {
                    say!(
                        "dichiararlo: `[param.{name}]` col suo atto",
                        "declare it: `[param.{name}]` with its act"
                    )
                });
                self.tell(Code::UnknownName, node, message, help);
            }
            return None;
        };
        let characters = param.number().filter(|_| !param.percent).and_then(whole);
        if characters.is_none() {
            let message = say!(
                "`{name}` non è un numero intero di caratteri",
                "`{name}` is not a whole number of characters"
            );
            let help = say!(
                "nominare un valore come `[param.{name}]` con `value = \"3000\"`",
                "name a parameter such as `[param.{name}]` with `value = \"3000\"`"
            );
            self.tell(Code::TypeMismatch, node, message, help);
        }
        Some(Limit {
            param: name.to_owned(),
            characters: characters?,
            source: param.source.clone(),
        })
    }

    fn requires(&mut self, node: &Node, table: &str) -> Option<String> {
        let name = node.as_text()?;
        let decisions = &self.context.names.decisions;
        match decisions.get(name) {
            Some(of) if of == table => return Some(name.to_owned()),
            Some(of) => {
                let message = say!(
                    "`{name}` giudica le righe di `{of}`, non quelle di `{table}`",
                    "`{name}` judges the rows of `{of}`, not those of `{table}`"
                );
                let help = say!(
                    "nominare una `[eligibility.…]` con `of = \"{table}\"`",
                    "name an `[eligibility.…]` with `of = \"{table}\"`"
                );
                self.tell(Code::InvalidRule, node, message, help);
            }
            None if self.context.names.broken.contains(name) => {}
            None => {
                let message = say!("nessuna decisione `{name}`", "no decision `{name}`");
                let help =
                    nearest(name, decisions.keys().map(String::as_str)).unwrap_or_else(|| {
                        say!(
                            "dichiararla: `[eligibility.{name}]` con `of = \"{table}\"`",
                            "declare it: `[eligibility.{name}]` with `of = \"{table}\"`"
                        )
                    });
                self.tell(Code::UnknownName, node, message, help);
            }
        }
        None
    }

    fn tell(&mut self, code: Code, node: &Node, message: Text, help: Text) {
        self.faults.push(refuse(code, node, message).help(help));
    }
}

fn whole(number: &Ratio) -> Option<u64> {
    number.to_decimal_text()?.parse().ok()
}

/// Marks the columns whose characters forms count: their texts are kept as typed.
pub fn verbatim(mut tables: Vec<TableDecl>, documents: &[Document]) -> Vec<TableDecl> {
    for Document { text, .. } in documents {
        let counted = |name: &String| *name == text.body || Some(name) == text.heading.as_ref();
        let table = tables.iter_mut().filter(|table| table.name == text.table);
        let columns = table.flat_map(|table| &mut table.columns);
        for column in columns.filter(|column| counted(&column.name)) {
            column.verbatim = true;
        }
    }
    tables
}
