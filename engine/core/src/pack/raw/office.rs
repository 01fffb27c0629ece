//! The shape of an office that answers: its channels, and its hours by the Italian clock.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::Removed;

/// An office that answers, with its channels and hours. — Un ufficio che risponde, coi suoi canali e orari.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// What it is called. — Come si chiama.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// What it answers on. — Per che cosa risponde.
    pub about: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub about_en: Option<String>,
    /// How to reach it: addresses, telephones, forms. — Come si raggiunge.
    #[serde(default)]
    pub channels: Vec<String>,
    /// When it answers, by the Italian clock; none where the source does not say. — Quando risponde, in ora italiana.
    #[serde(default)]
    pub hours: Vec<Hours>,
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

/// Hours on some days of the week. — Un orario in alcuni giorni della settimana.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The days. — I giorni.
    pub days: Vec<Weekday>,
    /// From: `"09:00"`. — Da che ora.
    pub from: String,
    /// To, that instant included: `"12:00"`. — Fino a che ora, istante compreso.
    pub to: String,
}

/// A day of the week. — Un giorno della settimana.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday. — Lunedì.
    Monday,
    /// Tuesday. — Martedì.
    Tuesday,
    /// Wednesday. — Mercoledì.
    Wednesday,
    /// Thursday. — Giovedì.
    Thursday,
    /// Friday. — Venerdì.
    Friday,
    /// Saturday. — Sabato.
    Saturday,
    /// Sunday. — Domenica.
    Sunday,
}
