//! The shape of what native plugins do around the rules: judge the facts, write the lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::Removed;

/// A judgement of the facts by a native plugin. — Un giudizio sui dati, dato da un plugin.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Validator {
    /// What it judges. — Che cosa giudica.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The validator of the plugin: `"region.validator"`. — Il validatore del plugin.
    pub native: String,
    /// The tables that it looks at, in its order. — Le tabelle che guarda, nel suo ordine.
    pub tables: Vec<String>,
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

/// A file that a native plugin writes from a list. — Un file che un plugin scrive da un elenco.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// What the file is. — Che cos'è il file.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The exporter of the plugin: `"region.exporter"`. — L'esportatore del plugin.
    pub native: String,
    /// The list whose rows it writes: a `[register.NAME]`. — L'elenco di cui scrive le righe.
    pub register: String,
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
