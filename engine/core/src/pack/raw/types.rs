//! The shape of the rule files: these types are the JSON Schema that editors complete from, the
//! check of what an officer wrote, and what the next pass reads. Doc comments are what an editor
//! shows: English first, then Italian.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::across::{Rank, Rollup};
use super::action::{Action, Group};
use super::band::Band;
use super::deadline::{Event, Prose, Term, Window};
use super::document::Document;
use super::eligibility::{Eligibility, Exception};
use super::life::{Life, State, Transition};
use super::office::Office;
use super::register::Register;
use crate::allocate::Method;
use crate::model::ColumnType;
use crate::num::Rounding;

/// What a Region is called. — Come si chiama una Regione.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionFile {
    /// Its name. — Il nome.
    pub name: String,
    /// Its ISTAT code, two digits. — Il codice ISTAT, due cifre.
    pub istat: String,
}

/// Named blocks, such as `[param.quota_comuni]`.
pub type Named<T> = BTreeMap<String, T>;

/// The rules of one Region for one year. — Le regole di una Regione per un anno.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    /// What the pack is, in Italian. — Che cos'è il pacchetto.
    pub title: String,
    /// The title in English. — Il titolo in inglese.
    pub title_en: Option<String>,
    /// Year of competence. — Anno di competenza.
    pub year: i64,
    /// The day as of which the rules are read, `2024-09-18`. — Il giorno a cui si leggono le regole.
    pub as_of: String,
    /// How far the rules have come. — A che punto sono le regole.
    pub status: Status,
    /// The act that the pack carries out. — L'atto che il pacchetto attua.
    pub main_act: String,
    /// The packs it starts from; a later one wins. — I pacchetti da cui parte; vince l'ultimo.
    #[serde(default)]
    pub extends: Vec<String>,
    /// Measures of those packs that this one no longer has. — Misure di quei pacchetti che qui non ci sono più.
    #[serde(default)]
    pub removed_measures: Vec<String>,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// The acts that its measures cite. — Gli atti che le misure citano.
    #[serde(default)]
    pub act: Named<Act>,
    /// Parameters that its measures share. — I parametri comuni alle misure.
    #[serde(default)]
    pub param: Named<Param>,
}

/// A measure: one decision of the Region, with its money. — Una misura della Regione, coi suoi fondi.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureFile {
    /// What the measure is, in Italian. — Che cos'è la misura.
    pub title: String,
    /// The title in English. — Il titolo in inglese.
    pub title_en: Option<String>,
    /// The act that decides it. — L'atto che la decide.
    pub main_act: String,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Measures whose tables and values this one names as its own; not those that they read in turn. — Le misure di cui questa nomina tabelle e valori come suoi; non quelle che esse leggono.
    #[serde(default)]
    pub reads: Vec<String>,
    /// The acts cited here only. — Gli atti citati solo qui.
    #[serde(default)]
    pub act: Named<Act>,
    /// Values with unit, label and act. — Valori con unità, etichetta e atto.
    #[serde(default)]
    pub param: Named<Param>,
    /// Money to split, with its act. — Le somme da ripartire, col loro atto.
    #[serde(default)]
    pub fund: Named<Fund>,
    /// Facts expected, one file each in `data/`. — I dati attesi, un file ciascuno in `data/`.
    #[serde(default)]
    pub table: Named<Table>,
    /// New columns computed row by row. — Colonne nuove, calcolate riga per riga.
    #[serde(default)]
    pub derive: Named<Derive>,
    /// New columns computed from the rows of another table. — Colonne nuove, calcolate dalle righe di un'altra tabella.
    #[serde(default)]
    pub rollup: Named<Rollup>,
    /// The place of each row among the others. — Il posto di ogni riga fra le altre.
    #[serde(default)]
    pub rank: Named<Rank>,
    /// New columns decided by the interval that a number is in. — Colonne nuove, decise dalla fascia in cui sta un numero.
    #[serde(default)]
    pub band: Named<Band>,
    /// Single values over a whole table. — Valori unici su un'intera tabella.
    #[serde(default)]
    pub total: Named<Total>,
    /// What must hold before anything is split. — Ciò che deve valere prima di ripartire.
    #[serde(default)]
    pub check: Named<Check>,
    /// Who is admitted. — Chi è ammesso.
    #[serde(default)]
    pub eligibility: Named<Eligibility>,
    /// Derogations that lift conditions. — Le deroghe che tolgono condizioni.
    #[serde(default)]
    pub exception: Named<Exception>,
    /// How a fund is split. — Come si ripartisce un fondo.
    #[serde(default)]
    pub allocation: Named<Allocation>,
    /// Lists of rows for other offices. — Gli elenchi di righe per altri uffici.
    #[serde(default)]
    pub register: Named<Register>,
    /// Offices that answer. — Gli uffici che rispondono.
    #[serde(default)]
    pub office: Named<Office>,
    /// What terms run from. — Ciò da cui i termini decorrono.
    #[serde(default)]
    pub event: Named<Event>,
    /// Intervals in which something can be done. — Gli intervalli in cui si può fare qualcosa.
    #[serde(default)]
    pub window: Named<Window>,
    /// Legal terms that run from an event. — I termini che decorrono da un evento.
    #[serde(default)]
    pub term: Named<Term>,
    /// Times said in words. — I tempi detti a parole.
    #[serde(default)]
    pub prose: Named<Prose>,
    /// The lives of sheets. — Le vite delle schede.
    #[serde(default)]
    pub life: Named<Life>,
    /// The states of a life. — Gli stati di una vita.
    #[serde(default)]
    pub state: Named<State>,
    /// What leads from a state to another. — Ciò che porta da uno stato a un altro.
    #[serde(default)]
    pub transition: Named<Transition>,
    /// The groups of planned actions. — I gruppi di azioni programmate.
    #[serde(default)]
    pub group: Named<Group>,
    /// Planned actions to monitor. — Le azioni programmate da seguire.
    #[serde(default)]
    pub action: Named<Action>,
    /// The table that holds the progress of the actions: columns `action`, `date`, `state`, and `note` if wanted. — La tabella con l'avanzamento delle azioni: colonne `action`, `date`, `state` e, se serve, `note`.
    pub monitoring: Option<String>,
    /// Forms to be checked. — I documenti da controllare.
    #[serde(default)]
    pub document: Named<Document>,
}

/// How far a pack has come. — A che punto è un pacchetto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Rules that were applied, with acts and figures. — Regole applicate.
    Applied,
    /// Rules being written; not for an act. — Regole in lavorazione.
    Draft,
    /// Rules that other packs start from; nothing of their own to run. — Regole comuni ad altri pacchetti.
    Shared,
}

/// A cited source. — Una fonte citata.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// As a reader cites it: issuer, date, number. — Come la si cita: organo, data, numero.
    pub title: String,
    /// What kind of source it is. — Che tipo di fonte è.
    #[serde(default)]
    pub kind: ActKind,
    /// URN:NIR, where the source is an act. — URN:NIR, se la fonte è un atto.
    pub urn: Option<String>,
    /// Where it can be read. — Dove si legge.
    pub link: Option<String>,
    /// What a reader should know of it. — Ciò che chi legge deve saperne.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// What kind of source an act is. — Il tipo di fonte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ActKind {
    /// A law, a decree, a resolution. — Una legge, un decreto, una delibera.
    #[default]
    Act,
    /// A newspaper that published figures. — Un giornale che ha pubblicato cifre.
    Press,
    /// A page of an administration. — Una pagina di un'amministrazione.
    Page,
}

/// What a block takes away from the pack it extends. — Ciò che si toglie al pacchetto di partenza.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Removed {
    /// `true`: the whole block. — Tutto il blocco.
    Whole(bool),
    /// `["key"]`: single keys. — Singole chiavi.
    Keys(Vec<String>),
}

/// A value with unit, label and act. — Un valore con unità, etichetta e atto.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// In quotes: `"95%"`, `"1000.50"`, `"20355"`, a day, `"2025-03-03"`, an instant, `"2025-09-20 00:01"`; `"unknown"` until an act sets it. — Fra virgolette, col punto decimale; oppure un giorno, un istante, o `"unknown"` finché un atto non lo fissa.
    pub value: String,
    /// A number, unless said. — Un numero, se non detto.
    #[serde(rename = "type", default)]
    pub kind: ParamType,
    /// What it counts: `euro`, `bambini`…, `1` for a pure number; a percentage has none. — Che cosa conta.
    pub unit: Option<String>,
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The act, then the article: `"dgr art. 3"`. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says it: it is ours, and shown as such. — Nessuna fonte lo dice: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// The type of a parameter. — Il tipo di un parametro.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ParamType {
    /// A number or a percentage. — Un numero o una percentuale.
    #[default]
    Number,
    /// A day: `2025-03-03`. — Un giorno, anno-mese-giorno.
    Date,
    /// A day with its time by the Italian clock: `2025-09-20 00:01`. — Un giorno con l'ora italiana.
    #[serde(rename = "instant")]
    Moment,
}

/// Money to split. — Una somma da ripartire.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fund {
    /// Euro in quotes, `"4701451.00"`, or `"unknown"`. — Euro fra virgolette, oppure `"unknown"`.
    pub amount: String,
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// No source says the amount: it is ours. — Nessuna fonte dà l'importo: è un'ipotesi.
    #[serde(default)]
    pub assumption: bool,
    /// The figure as it was published, where it is not the amount. — La cifra come fu pubblicata.
    pub published: Option<String>,
    /// The least and the greatest amount that agree with the sources. — Il minimo e il massimo compatibili con le fonti.
    pub interval: Option<(String, String)>,
    /// Shares that other rules split. — Quote che altre regole ripartiscono.
    #[serde(default)]
    pub reserved: Vec<Reserved>,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// A share of a fund that is not split here. — Una quota di un fondo che non si ripartisce qui.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reserved {
    /// The share: a parameter or `"5%"`. — La quota: un parametro o `"5%"`.
    pub share: String,
    /// Whom it goes to, or which measure splits it. — A chi va, o quale misura la ripartisce.
    pub to: String,
    /// The same in English. — Lo stesso in inglese.
    pub to_en: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
}

/// A table of facts. — Una tabella di dati.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The column that tells one row from another. — La colonna che distingue le righe.
    pub key: String,
    /// The column that a reader calls a row by. — La colonna con cui si nomina una riga.
    pub title: String,
    /// The column that says how many subjects a row stands for. — La colonna che dice quanti soggetti rappresenta la riga.
    pub aggregate: Option<String>,
    /// Lists of columns that no two rows have all alike: `[["domanda", "mese"]]`; an empty cell is like no other. — Elenchi di colonne che due righe non possono avere tutte uguali; una cella vuota non è uguale a nessun'altra.
    #[serde(default)]
    pub unique: Vec<Vec<String>>,
    /// The columns. — Le colonne.
    #[serde(default)]
    pub column: Named<Column>,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// A column of a table. — Una colonna di una tabella.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The type of its cells. — Il tipo delle celle.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// What its numbers count. — Che cosa contano i numeri.
    pub unit: Option<String>,
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// Whether an empty cell is an error; yes unless said otherwise. — Se la cella vuota è un errore.
    #[serde(default = "yes")]
    pub required: bool,
    /// The table whose keys its cells are. — La tabella di cui le celle sono chiavi.
    pub references: Option<String>,
    /// The only words that its cells can hold. — Le sole parole che le celle possono contenere.
    #[serde(default)]
    pub values: Vec<String>,
    /// Its texts tell who someone is and are shown masked; the `fiscal-code` of a person always is. — I testi dicono chi è una persona e si mostrano mascherati.
    #[serde(default)]
    pub personal: bool,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — La toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

fn yes() -> bool {
    true
}

/// A column computed row by row. — Una colonna calcolata riga per riga.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Derive {
    /// The table it belongs to. — La tabella a cui si aggiunge.
    pub table: String,
    /// The type of its values. — Il tipo dei valori.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// What its numbers count. — Che cosa contano i numeri.
    pub unit: Option<String>,
    /// The formula on one line; without it, the function of the same name in the `.rhai` file. — La formula su una riga; senza, la funzione omonima nel file `.rhai`.
    pub value: Option<String>,
    /// The function of a native plugin that computes it, in the place of `value`: `"region.function"`. — La funzione di un plugin che la calcola, al posto di `value`.
    pub native: Option<String>,
    /// What that function takes from each row: a formula per argument. — Ciò che la funzione prende da ogni riga: una formula per argomento.
    #[serde(default)]
    pub takes: Vec<String>,
    /// The whole tables that it reads besides. — Le tabelle intere che legge inoltre.
    #[serde(default)]
    pub reads: Vec<String>,
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
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

/// A single value over a table. — Un valore unico su una tabella.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// The formula: `"sum(comuni.bambini)"`. — La formula.
    pub value: String,
    /// What it counts; a pure number unless said. — Che cosa conta.
    pub unit: Option<String>,
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// What a reader should know. — Ciò che chi legge deve sapere.
    pub note: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// What must hold. — Ciò che deve valere.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The condition: `"totale_bambini == bambini_regione"`. — La condizione.
    pub that: String,
    /// What it means. — Che cosa significa.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// What happens to a split while a datum is missing. — Che cosa accade a un riparto finché manca un dato.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Incomplete {
    /// The whole run is refused. — Tutto il calcolo è rifiutato.
    Refuse,
    /// This split is not made, and the run says what it waits for. — Questo riparto non si fa, e si dice che cosa attende.
    Withhold,
}

/// How a fund is split. — Come si ripartisce un fondo.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The funds, each split on its own. — I fondi, ciascuno ripartito per conto suo.
    pub funds: Vec<String>,
    /// The share of each fund: a parameter or `"95%"`; all of it unless said. — La quota di ciascun fondo.
    pub share: Option<String>,
    /// The allocation whose residue this one splits. — Il riparto di cui si ripartisce il residuo.
    pub residue_of: Option<String>,
    /// The table whose rows receive. — La tabella delle righe che ricevono.
    pub to: String,
    /// Which rows: a yes-or-no formula. — Quali righe: una formula sì/no.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// What happens while a datum of a row is missing; the run is refused unless said. — Che cosa accade finché manca un dato.
    pub incomplete: Option<Incomplete>,
    /// By what, each with its share. — In base a che cosa, ciascuno con la sua quota.
    pub criteria: Vec<Criterion>,
    /// How amounts come out of quotas. — Come dalle quote si arriva agli importi.
    pub method: Method,
    /// The step and the mode of rounding. — Il passo e il modo dell'arrotondamento.
    pub round: Round,
    /// Who wins when equal remainders compete; nobody unless said: the run stops. — Chi vince a parità di resto.
    pub ties: Option<Ties>,
    /// The least that a row receives. — Il minimo per riga.
    pub floor: Option<Bound>,
    /// The most that a row receives. — Il massimo per riga.
    pub cap: Option<Bound>,
    /// The least that a row keeps of an earlier amount. — Quanto si conserva di un importo precedente.
    pub guarantee: Option<Guarantee>,
    /// The key of the row that takes the residue; `keep` unless said. — La riga che prende il residuo.
    pub residue: Option<String>,
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

/// One criterion of an allocation. — Un criterio di riparto.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The weight of a row: a column or a formula. — Il peso di una riga: una colonna o una formula.
    pub weight: String,
    /// Its share: a parameter or `"100%"`. — La sua quota: un parametro o `"100%"`.
    pub share: String,
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: Option<String>,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The act, then the article; the allocation's unless said. — L'atto, poi l'articolo.
    pub act: Option<String>,
}

/// A rounding. — Un arrotondamento.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// The step, in euro and in quotes: `"0.01"`. — Il passo, in euro e fra virgolette.
    pub step: String,
    /// The mode; the commercial rounding unless said. — Il modo; commerciale se non detto.
    #[serde(default)]
    pub mode: Rounding,
}

/// Who wins among equal remainders. — Chi vince a parità di resto.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ties {
    /// By the order of the table. — Secondo l'ordine della tabella.
    pub order: Option<TableOrder>,
    /// By a number, the greatest first. — Secondo un numero, vince il maggiore.
    pub by: Option<String>,
    /// By a public draw: the keys in the order drawn. — Per sorteggio pubblico: le chiavi nell'ordine estratto.
    pub draw: Option<Vec<String>>,
    /// The act or the minutes that say so. — L'atto o il verbale che lo dice.
    pub act: Option<String>,
}

/// Which end of the table wins. — Quale capo della tabella vince.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TableOrder {
    /// The row that comes first. — La riga che viene prima.
    First,
    /// The row that comes last. — La riga che viene dopo.
    Last,
}

/// A least or a most for each row. — Un minimo o un massimo per riga.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Euro: a formula; a row where a datum of it is missing stops the run. — Euro: una formula; se in una riga manca un dato, il calcolo si ferma.
    pub value: String,
    /// Who pays for it. — Chi lo paga.
    #[serde(default)]
    pub pays: Pays,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
}

/// A least measured on an earlier amount. — Un minimo misurato su un importo precedente.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guarantee {
    /// The earlier amount: a column or a formula in euro. — L'importo precedente.
    pub of: String,
    /// How much of it is kept: a parameter or `"90%"`. — Quanto se ne conserva.
    pub share: String,
    /// Who pays for it. — Chi la paga.
    #[serde(default)]
    pub pays: Pays,
    /// The act, then the article. — L'atto, poi l'articolo.
    pub act: Option<String>,
}

/// Who pays for a bound. — Chi paga un limite.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Pays {
    /// All the rows, in proportion to their quota. — Tutte le righe, in proporzione.
    #[default]
    All,
    /// The rows that a formula picks. — Le righe scelte da una formula.
    Where(String),
    /// A reserve outside the fund. — Una riserva fuori dal fondo.
    Reserve,
}
