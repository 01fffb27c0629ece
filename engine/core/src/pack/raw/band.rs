//! The shape of a decision table: which value belongs to which interval of a number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::Removed;
use crate::model::ColumnType;

/// A column decided by the interval that a number is in. — Una colonna decisa dalla fascia in cui sta un numero.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The table it belongs to. — La tabella a cui si aggiunge.
    pub table: String,
    /// The number that decides: a formula over a row, `"isee"`. — Il numero che decide: una formula su una riga.
    pub of: String,
    /// A yes-or-no or text column that decides as well. — Una colonna sì/no o di testo che decide anch'essa.
    pub by: Option<String>,
    /// The least value that `of` can have; `"0"` unless said. — Il minimo valore di `of`.
    pub least: Option<String>,
    /// The finest difference between two values of `of`: `"0.01"` for euro, `"1"` for whole numbers. — La differenza più piccola fra due valori.
    pub step: Option<String>,
    /// The type of its values: `text` or a number. — Il tipo dei valori: `text` o un numero.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// What its numbers count. — Che cosa contano i numeri.
    pub unit: Option<String>,
    /// The intervals, each with its value. — Le fasce, ciascuna col suo valore.
    pub rows: Vec<BandRow>,
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The act, then the article, of the rows that say none. — L'atto delle fasce che non ne dicono uno.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// One interval; an end that is left out is open. — Una fascia; un estremo non detto è aperto.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BandRow {
    /// Starts here, this value included; a number or a parameter. — Comincia qui, estremo compreso.
    pub from: Option<String>,
    /// Starts after this value. — Comincia dopo questo valore.
    pub above: Option<String>,
    /// Ends here, this value included. — Finisce qui, estremo compreso.
    pub up_to: Option<String>,
    /// Ends before this value. — Finisce prima di questo valore.
    pub below: Option<String>,
    /// The value of `by` that it is for. — Il valore di `by` a cui si applica.
    pub is: Option<Side>,
    /// What holds in it: an exact number in quotes, a parameter, or a word. — Ciò che vi si applica: un numero, un parametro, o una parola.
    pub value: String,
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: Option<String>,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
}

/// A value of the column that also decides. — Un valore della colonna che decide anch'essa.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Side {
    /// `true` or `false`. — Sì o no.
    Flag(bool),
    /// `"word"`. — Una parola.
    Word(String),
}
