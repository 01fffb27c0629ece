//! The shape of a list of rows that a pack gives out for another office.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::Removed;

/// A list of rows for another office. — Un elenco di righe per un altro ufficio.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// What the list is. — Che cos'è l'elenco.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The table whose rows it lists. — La tabella di cui elenca le righe.
    pub of: String,
    /// Which rows: a yes-or-no formula; all unless said. — Quali righe: una formula sì/no.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// What it says of each row: columns, or formulas over the row. — Che cosa dice di ogni riga: colonne, o formule sulla riga.
    pub columns: Vec<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}
