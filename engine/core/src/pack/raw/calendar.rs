//! The shape of the files of `rules/calendar/`: holidays, suspension, regimes of terms, words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::{Act, Named};

/// The holidays, each with the law that made it one. — I giorni festivi, ciascuno con la sua norma.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidaysFile {
    /// The years that the list is complete for. — Gli anni per cui l'elenco è completo.
    pub covers: Covers,
    /// The acts cited here. — Gli atti citati qui.
    #[serde(default)]
    pub act: Named<Act>,
    /// What is said of Sundays. — Ciò che vale per le domeniche.
    pub sunday: Sunday,
    /// The holidays by name. — I giorni festivi, per nome.
    #[serde(default)]
    pub holiday: Named<Holiday>,
}

/// The years that a list is complete for. — Gli anni per cui un elenco è completo.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Covers {
    /// The first year. — Il primo anno.
    #[schemars(range(min = 1583, max = 4099))]
    pub from: i32,
    /// The last year; none where the rules hold until they change. — L'ultimo anno, se ce n'è uno.
    #[schemars(range(min = 1583, max = 4099))]
    pub to: Option<i32>,
    /// Why it starts or ends there. — Perché comincia o finisce lì.
    pub note: Option<String>,
}

/// What is said of Sundays. — Ciò che vale per le domeniche.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sunday {
    /// Its name in Italian. — Il nome in italiano.
    pub name: String,
    /// Its name in English. — Il nome in inglese.
    pub name_en: String,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
}

/// A holiday: one of `day`, `easter`, `on`. — Un giorno festivo: uno fra `day`, `easter`, `on`.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its name in Italian. — Il nome in italiano.
    pub name: String,
    /// Its name in English. — Il nome in inglese.
    pub name_en: String,
    /// The same day every year, month and day: `"04-25"`. — Lo stesso giorno ogni anno, mese e giorno.
    pub day: Option<String>,
    /// How many days after Easter, or before it. — Quanti giorni dopo Pasqua, o prima.
    pub easter: Option<i64>,
    /// One day only: `"2011-03-17"`. — Un giorno soltanto.
    pub on: Option<String>,
    /// The first year. — Il primo anno.
    #[schemars(range(min = 1583, max = 4099))]
    pub from: Option<i32>,
    /// The last year, with the act that took it away. — L'ultimo anno, con l'atto che lo ha tolto.
    pub until: Option<Until>,
    /// The only municipality where it holds, by cadastral code. — Il solo Comune in cui vale, per codice catastale.
    pub municipality: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
}

/// The end of a holiday. — La fine di un giorno festivo.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Until {
    /// The last year. — L'ultimo anno.
    #[schemars(range(min = 1583, max = 4099))]
    pub year: i32,
    /// The act that took it away, then the article. — L'atto che lo ha tolto, poi l'articolo.
    pub act: String,
}

/// When the terms of courts stand still. — Quando si sospendono i termini processuali.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionFile {
    /// The years that the list is complete for. — Gli anni per cui l'elenco è completo.
    pub covers: Covers,
    /// The acts cited here. — Gli atti citati qui.
    #[serde(default)]
    pub act: Named<Act>,
    /// The periods by name. — I periodi, per nome.
    #[serde(default)]
    pub period: Named<Period>,
}

/// The same days of every year, over some years. — Gli stessi giorni di ogni anno, per alcuni anni.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first year. — Il primo anno.
    #[schemars(range(min = 1583, max = 4099))]
    pub from: Option<i32>,
    /// The last year. — L'ultimo anno.
    #[schemars(range(min = 1583, max = 4099))]
    pub to: Option<i32>,
    /// The first day, month and day: `"08-01"`. — Il primo giorno, mese e giorno.
    pub start: String,
    /// The last day, month and day: `"08-31"`. — L'ultimo giorno, mese e giorno.
    pub end: String,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
}

/// How terms are counted, by regime. — Come si contano i termini, regime per regime.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegimesFile {
    /// The acts cited here. — Gli atti citati qui.
    #[serde(default)]
    pub act: Named<Act>,
    /// What says that both ends are left out. — Che cosa dice dei giorni liberi.
    pub free_days: TermRule,
    /// The regimes by name. — I regimi, per nome.
    #[serde(default)]
    pub regime: Named<Regime>,
}

/// A named set of rules for terms. — Un insieme di regole per i termini.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: String,
    /// Whether its terms run backwards. — Se i termini vanno a ritroso.
    #[serde(default)]
    pub back: bool,
    /// Whether both ends are left out. — Se i giorni sono liberi.
    #[serde(default)]
    pub free_days: bool,
    /// How days are counted. — Come si contano i giorni.
    pub count: TermRule,
    /// How months and years are counted. — Come si contano mesi e anni.
    pub months: TermRule,
    /// What happens on a holiday. — Che cosa accade in un giorno festivo.
    pub holiday: HolidayRule,
    /// What a Saturday is. — Che cos'è il sabato.
    pub saturday: SaturdayRule,
    /// Whether August counts. — Se agosto conta.
    pub suspension: SuspensionRule,
    /// The working days that a term must hold. — I giorni lavorativi che un termine deve contenere.
    pub working_days: Option<WorkingDays>,
    /// What the hour of the last day is worth. — Che cosa vale l'ora dell'ultimo giorno.
    pub filing: Option<FilingRule>,
}

/// What stands behind a rule. — Che cosa sta dietro una regola.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermRule {
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
}

/// What a holiday does to a term, and why. — Che cosa fa un festivo a un termine, e perché.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayRule {
    /// The term ends on it all the same, as a term of office does. — Il termine vi finisce lo stesso, come la durata di un incarico.
    #[serde(default)]
    pub stays: bool,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
}

/// What the hour of the last day is worth, and why. — Che cosa vale l'ora dell'ultimo giorno, e perché.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilingRule {
    /// In Italian. — In italiano.
    pub is: String,
    /// In English. — In inglese.
    pub is_en: String,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
    /// What a reader should know, as where sources disagree. — Ciò che chi legge deve sapere, come dove le fonti discordano.
    pub note: Option<String>,
    /// The note in English. — La nota in inglese.
    pub note_en: Option<String>,
}

/// What a Saturday is, and why. — Che cos'è il sabato, e perché.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaturdayRule {
    /// Whether it moves a term. — Se sposta un termine.
    pub is: Saturday,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
    /// Sources disagree: the note holds for the other choice too. — Le fonti discordano: la nota vale anche per l'altra scelta.
    #[serde(default)]
    pub disputed: bool,
    /// What a reader should know, as where sources disagree. — Ciò che chi legge deve sapere, come dove le fonti discordano.
    pub note: Option<String>,
    /// The note in English. — La nota in inglese.
    pub note_en: Option<String>,
}

/// What a Saturday is to a term. — Che cos'è il sabato per un termine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Saturday {
    /// Like a holiday: it moves the term. — Come un festivo: sposta il termine.
    Holiday,
    /// A day like the others. — Un giorno come gli altri.
    Working,
}

/// Whether August counts, and why. — Se agosto conta, e perché.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionRule {
    /// Which suspension holds. — Quale sospensione vale.
    pub is: Suspension,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
    /// Sources disagree: the note holds for the other choice too. — Le fonti discordano: la nota vale anche per l'altra scelta.
    #[serde(default)]
    pub disputed: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// The note in English. — La nota in inglese.
    pub note_en: Option<String>,
}

/// Which suspension holds. — Quale sospensione vale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Suspension {
    /// The one of summer, as in force in each year. — Quella feriale, come in vigore anno per anno.
    August,
    /// No suspension. — Nessuna sospensione.
    None,
}

/// The working days that a term must hold. — I giorni lavorativi che un termine deve contenere.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingDays {
    /// How many, in a term of as many days or more. — Quanti, in un termine di almeno altrettanti giorni.
    pub least: i64,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: String,
    /// The official text was not read: shown as such. — Il testo ufficiale non è stato letto: si mostra come ipotesi.
    #[serde(default)]
    pub assumption: bool,
}

/// The words that a time is said in, and the days they stand for. — Le parole con cui si dice un tempo, e i giorni che indicano.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// The numbers that are read as years. — I numeri che si leggono come anni.
    pub covers: Covers,
    /// The acts cited here. — Gli atti citati qui.
    #[serde(default)]
    pub act: Named<Act>,
    /// The school year, said with both its years: `a.s. 2025/26`. — L'anno scolastico, detto con entrambi gli anni.
    pub school_year: Stretch,
    /// Parts of a year by name: seasons, halves. — Le parti dell'anno, per nome: stagioni, metà.
    #[serde(default)]
    pub part: Named<Stretch>,
}

/// The days of every year that some words stand for. — I giorni di ogni anno che alcune parole indicano.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The words, any of these, before the year. — Le parole, una qualunque, prima dell'anno.
    pub words: Vec<String>,
    /// The first day, month and day: `"03-01"`. — Il primo giorno, mese e giorno.
    pub start: String,
    /// The last day, month and day; of the next year where it comes before the first. — L'ultimo giorno, mese e giorno; dell'anno dopo, se viene prima del primo.
    pub end: String,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// Why these days: whoever reads the date is told. — Perché questi giorni: si dice a chi legge la data.
    pub note: String,
    /// The note in English. — La nota in inglese.
    pub note_en: String,
}
