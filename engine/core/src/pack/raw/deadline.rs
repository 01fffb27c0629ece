//! The shape of what has a time in a measure: events, windows, terms, times said in words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Saturday, Suspension};
use super::types::Removed;

/// What a term runs from; its day is given for each answer. — Ciò da cui un termine decorre.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// An interval in Italian time; it belongs to its year, and no later year takes it over. — Un intervallo in ora italiana; vale per il suo anno, e nessun anno dopo lo eredita.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// When it opens: `"2026-04-27 12:00"`, or a day, from its first instant. — Quando si apre.
    pub opens: Option<String>,
    /// When it closes, that instant included; a day ends at 23:59:59. — Quando si chiude, istante compreso.
    pub closes: Option<String>,
    /// Later closings, each with the act that sets it. — Le proroghe, ciascuna col suo atto.
    #[serde(default)]
    pub extended: Vec<Extension>,
    /// Who must keep it. — Chi deve rispettarla.
    pub who: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub who_en: Option<String>,
    /// What follows for those who miss it. — Che cosa succede a chi la manca.
    pub consequence: Option<Consequence>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
}

/// A later closing. — Una proroga.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The new closing; one of `closes` and `text`. — La nuova chiusura; uno fra `closes` e `text`.
    pub closes: Option<String>,
    /// The new closing in words, where no source says the day: `"estate 2024"`. — La chiusura a parole.
    pub text: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
}

/// What follows for those who miss a deadline. — Che cosa succede a chi manca la scadenza.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequence {
    /// In Italian. — In italiano.
    pub text: String,
    /// In English. — In inglese.
    pub text_en: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
}

/// A legal term that runs from an event: one of `days`, `months`, `years`. — Un termine che decorre da un evento: uno fra `days`, `months`, `years`.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The events it runs from: the first that happens. — Gli eventi da cui decorre: il primo che accade.
    pub from: Vec<String>,
    /// How many days. — Quanti giorni.
    #[schemars(range(min = 1, max = 36500))]
    pub days: Option<i64>,
    /// How many months. — Quanti mesi.
    #[schemars(range(min = 1, max = 1200))]
    pub months: Option<i64>,
    /// How many years. — Quanti anni.
    #[schemars(range(min = 1, max = 100))]
    pub years: Option<i64>,
    /// The rules it is counted by, a name of `rules/calendar/regimes.toml`. — Il regime con cui si conta.
    pub regime: String,
    /// Counted backwards, even where the regime does not. — A ritroso, anche se il regime non lo è.
    #[serde(default)]
    pub back: bool,
    /// Both ends left out, even where the regime does not. — Giorni liberi, anche se il regime non li ha.
    #[serde(default)]
    pub free_days: bool,
    /// What a Saturday is, against the regime. — Che cos'è il sabato, contro il regime.
    pub saturday: Option<Saturday>,
    /// Whether August counts, against the regime. — Se agosto si conta, contro il regime.
    pub suspension: Option<Suspension>,
    /// Who must keep it. — Chi deve rispettarlo.
    pub who: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub who_en: Option<String>,
    /// What follows for those who miss it. — Che cosa succede a chi lo manca.
    pub consequence: Option<Consequence>,
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

/// A time said in words; it belongs to its year, and no later year takes it over. — Un tempo detto a parole; vale per il suo anno, e nessun anno dopo lo eredita.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The words of the source: `"entro dicembre 2024"`. — Le parole della fonte.
    pub text: String,
    /// The words from which the days are read, where those of the source do not stand alone. — Le parole da cui si leggono i giorni, se quelle della fonte non bastano da sole.
    pub read_as: Option<String>,
    /// The source sets no date: none is read. — La fonte non fissa date: non se ne legge nessuna.
    #[serde(default)]
    pub undated: bool,
    /// Who must keep it. — Chi deve rispettarlo.
    pub who: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub who_en: Option<String>,
    /// What follows for those who miss it. — Che cosa succede a chi lo manca.
    pub consequence: Option<Consequence>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
}
