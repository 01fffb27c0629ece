//! What a table of facts must look like, as a pack declares it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Unit;
use crate::diag::{Place, Text};

/// The type of a column's cells. — Il tipo delle celle di una colonna.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnType {
    /// Any text. — Un testo qualsiasi.
    Text,
    /// A whole number, not below zero. — Un numero intero, non negativo.
    Integer,
    /// A decimal number, kept exactly. — Un numero decimale, conservato esatto.
    Decimal,
    /// Euro, with two decimals at most. — Euro, con al più due decimali.
    Euro,
    /// Yes or no: `sì`/`no`, `yes`/`no`, `true`/`false`, `vero`/`falso`, `1`/`0`. — Sì o no, in una di queste forme.
    Bool,
    /// A day: `2024-09-18`. — Un giorno, anno-mese-giorno.
    Date,
    /// A day and a time by the Italian clock: `2026-05-18 12:00`, with the offset where the clock shows it twice. — Un giorno con la sua ora italiana.
    #[serde(rename = "instant")]
    Moment,
    /// The ISTAT code of a Comune: six digits, leading zero included. — Il codice ISTAT: sei cifre, zero iniziale compreso.
    Istat,
    /// The cadastral code of a Comune: a letter and three digits, such as `A479`. — Il codice catastale: una lettera e tre cifre.
    Cadastral,
    /// The fiscal code of a person, never shown in full, or the eleven digits of a body. — Il codice fiscale di una persona, mai mostrato per intero, o le undici cifre di un ente.
    FiscalCode,
    /// The fiscal code of a body, or a VAT number: eleven digits. — Il codice fiscale di un ente, o una partita IVA: undici cifre.
    BodyFiscalCode,
    /// The code of a body in the index of administrations (IPA): `c_e497`. — Il codice IPA di un ente.
    Ipa,
    /// The code of a project (CUP): fifteen characters. — Il CUP di un progetto: quindici caratteri.
    Cup,
    /// The code of a school: ten characters. — Il codice meccanografico di una scuola: dieci caratteri.
    SchoolCode,
}

impl ColumnType {
    /// Gives the name that rule files use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Euro => "euro",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Moment => "instant",
            Self::Istat => "istat",
            Self::Cadastral => "cadastral",
            Self::FiscalCode => "fiscal-code",
            Self::BodyFiscalCode => "body-fiscal-code",
            Self::Ipa => "ipa",
            Self::Cup => "cup",
            Self::SchoolCode => "school-code",
        }
    }

    /// Tells whether its cells are codes, so texts of a given form.
    pub fn is_code(self) -> bool {
        match self {
            Self::Istat
            | Self::Cadastral
            | Self::FiscalCode
            | Self::BodyFiscalCode
            | Self::Ipa
            | Self::Cup
            | Self::SchoolCode => true,
            Self::Text
            | Self::Integer
            | Self::Decimal
            | Self::Euro
            | Self::Bool
            | Self::Date
            | Self::Moment => false,
        }
    }
}

/// One declared column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDecl {
    /// Its name, as in the header of the file.
    pub name: String,
    /// What a reader calls it.
    pub label: Text,
    /// The type of its cells.
    pub kind: ColumnType,
    /// What its numbers count; `euro` for money, none for text.
    pub unit: Unit,
    /// Whether an empty cell is an error rather than a missing value.
    pub required: bool,
    /// The table and so the key that its cells must be found in.
    pub references: Option<String>,
    /// The only texts that its cells can hold; none where they hold any.
    pub values: Vec<String>,
    /// Whether its cells tell who someone is, and are shown masked.
    pub personal: bool,
    /// Whether its texts are kept as typed, blank ends included: those whose characters count.
    pub verbatim: bool,
    /// Where the pack declares it.
    pub place: Option<Place>,
}

/// One declared table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDecl {
    /// Its name; the file is named after it: `comuni.csv`.
    pub name: String,
    /// What a reader calls it.
    pub label: Text,
    /// The column that tells one row from another.
    pub key: String,
    /// The column that a reader calls a row by.
    pub title: String,
    /// The integer column that says for how many subjects a row stands, where some rows are
    /// aggregates of subjects whose figures were not published. The key of such a row is not a
    /// code but a word that starts with `*`.
    pub aggregate: Option<String>,
    /// Lists of columns: no two rows have the cells of one list all alike.
    pub unique: Vec<Vec<String>>,
    /// The columns, in the order declared.
    pub columns: Vec<ColumnDecl>,
    /// The foreign file that it is read from where its own is not there.
    pub import: Option<Import>,
    /// Where the pack declares it.
    pub place: Option<Place>,
}

/// A file in a form of its own, and the importer of a native plugin that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The plugin.
    pub plugin: String,
    /// The importer.
    pub importer: String,
    /// The name of the file, beside the tables.
    pub file: String,
    /// Where the pack names the importer.
    pub place: Option<Place>,
}

impl Import {
    /// Gives the importer as rules name it: its plugin, a point, its own name.
    pub fn name(&self) -> String {
        format!("{}.{}", self.plugin, self.importer)
    }
}

impl TableDecl {
    /// Gives the column of that name.
    pub fn column(&self, name: &str) -> Option<&ColumnDecl> {
        self.columns.iter().find(|column| column.name == name)
    }
}
