//! The shape of a form to be checked: its parts, their items, how characters are counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::{Named, Removed};
use crate::model::{LineBreaks, Spaces};

/// A form to be checked: what it must say, within which limits. — Un documento da controllare: che cosa deve dire, entro quali limiti.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The table with a row for each document. — La tabella con una riga per documento.
    pub of: String,
    /// Where its text is. — Dove sta il suo testo.
    pub text: DocumentText,
    /// How characters are counted. — Come si contano i caratteri.
    pub count: DocumentCount,
    /// The most characters of a part that says no limit: a parameter. — I caratteri al massimo di una parte che non ha un limite suo: un parametro.
    pub limit: Option<String>,
    /// What each part must contain, by the letter that the form gives it. — Ciò che ogni parte deve contenere, con la lettera del modulo.
    #[serde(default)]
    pub item: Named<DocumentItem>,
    /// The parts that it must have, by the name that the text gives them. — Le parti che deve avere, col nome che hanno nel testo.
    #[serde(default)]
    pub part: Named<DocumentPart>,
    /// What else it must meet: an `[eligibility.…]` of the same table. — Che cos'altro deve rispettare: una `[eligibility.…]` della stessa tabella.
    pub requires: Option<String>,
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

/// The table of a text, a row for each piece of it. — La tabella di un testo, una riga per brano.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentText {
    /// The table. — La tabella.
    pub table: String,
    /// The column that refers to the document. — La colonna che rimanda al documento.
    pub document: String,
    /// The column that says the part. — La colonna che dice la parte.
    pub part: String,
    /// The column of the letter, as printed. — La colonna della lettera, come è stampata.
    pub letter: Option<String>,
    /// The column of the heading, as printed. — La colonna dell'intestazione, come è stampata.
    pub heading: Option<String>,
    /// The column of the text. — La colonna del testo.
    pub body: String,
}

/// How the characters of a form are counted. — Come si contano i caratteri di un modulo.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentCount {
    /// What spaces count. — Quanto contano gli spazi.
    pub spaces: Spaces,
    /// What the end of a line counts. — Quanto conta un a capo.
    pub line_breaks: LineBreaks,
    /// Whether the headings of the form count. — Se si contano le intestazioni del modulo.
    pub headings: bool,
    /// Whether the end of a line counts between a piece of a part and the next. — Se si conta l'a capo fra un brano di una parte e il seguente.
    #[serde(default)]
    pub between: bool,
    /// Whether what is blank before and after a piece counts. — Se si conta ciò che è bianco in testa e in coda a un brano.
    #[serde(default)]
    pub ends: bool,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
}

/// What each part of a form must contain. — Ciò che ogni parte di un modulo deve contenere.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentItem {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The words that its heading begins with: by them it is found, whatever letter is printed. — Le parole con cui comincia la sua intestazione: da queste si riconosce, qualunque lettera sia stampata.
    pub heading: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// A part that a form must have. — Una parte che un modulo deve avere.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentPart {
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The most characters: a parameter; that of the document unless said. — I caratteri al massimo: un parametro; quello del documento, se non detto.
    pub limit: Option<String>,
    /// The letters of the items that it must contain; all of them unless said. — Le lettere di ciò che deve contenere; tutte, se non detto.
    pub items: Option<Vec<String>>,
    /// The act, then the article; the document's unless said. — L'atto, poi l'articolo; quello del documento, se non detto.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}
