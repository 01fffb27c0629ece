//! The shape of decisions: conditions with their reasons, and the derogations that lift them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::{Named, Removed};

/// Who is admitted: every row of a table judged by conditions. — Chi è ammesso: ogni riga di una tabella, secondo delle condizioni.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// What is decided. — Che cosa si decide.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The table whose rows are judged. — La tabella di cui si giudicano le righe.
    pub of: String,
    /// The words for a row that is admitted, where it is no admission: `quadra`. — Le parole per una riga ammessa, se non si tratta di un'ammissione.
    pub yes: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub yes_en: Option<String>,
    /// The words for a row that is not admitted: `non quadra`. — Le parole per una riga non ammessa.
    pub no: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub no_en: Option<String>,
    /// What must hold, each with its act. — Ciò che deve valere, ciascuna col suo atto.
    #[serde(default)]
    pub condition: Named<Condition>,
    /// What an admitted row receives: columns of the table, in euro or in what they count. — Ciò che riceve una riga ammessa: colonne della tabella, in euro o in ciò che contano.
    #[serde(default)]
    pub gives: Vec<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// What must hold for a row. — Ciò che deve valere per una riga.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What it requires, as a reader is told it when it fails. — Che cosa richiede, come si dice a chi non la soddisfa.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// A yes-or-no formula over the row. — Una formula sì/no sulla riga.
    pub that: String,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// A derogation: where it holds, it lifts conditions. — Una deroga: dove vale, toglie delle condizioni.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// What it allows. — Che cosa consente.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The conditions it lifts, of one decision: `["cpt.comuni"]`. — Le condizioni che toglie, di una sola decisione.
    pub lifts: Vec<String>,
    /// For which rows it holds: a yes-or-no formula. — Per quali righe vale: una formula sì/no.
    pub when: String,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}
