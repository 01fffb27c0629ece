//! The shape of a case: a test of a pack that an officer can write.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A test of a pack: facts given, results expected. — Una prova: dati forniti, risultati attesi.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What the case shows, as a sentence. — Che cosa mostra, in una frase.
    pub title: String,
    /// The title in English. — Il titolo in inglese.
    pub title_en: Option<String>,
    /// Where the expected figures come from. — Da dove vengono le cifre attese.
    pub source: String,
    /// The sum that gives them, spelled out. — Il conto che le dà, per esteso.
    pub why: Option<String>,
    /// The pack's own `data/` is read for the tables not given; else these have no rows. — Per le tabelle non date si leggono i `data/` del pacchetto; altrimenti sono senza righe.
    #[serde(default)]
    pub pack_data: bool,
    /// The facts of the case, and what differs from the pack. — I dati del caso, e ciò che cambia rispetto al pacchetto.
    #[serde(default)]
    pub given: Given,
    /// What must come out. — Ciò che deve risultare.
    pub expect: Expect,
}

/// The facts of the case, and what differs from the pack. — I dati del caso, e ciò che cambia rispetto al pacchetto.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Amounts of funds, in euro. — Importi dei fondi, in euro.
    #[serde(default)]
    pub funds: BTreeMap<String, String>,
    /// Parameters. — Parametri.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// Tables as CSV text; those not given have no rows, save with `pack_data`. — Tabelle in CSV; quelle non date sono senza righe, salvo `pack_data`.
    #[serde(default)]
    pub tables: BTreeMap<String, String>,
}

/// What must come out: rows are named by key or by name. — Ciò che deve risultare.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// What rows receive in all. — Quanto ricevono le righe in tutto.
    #[serde(default)]
    pub totals: BTreeMap<String, String>,
    /// What rows receive from each fund. — Quanto ricevono le righe da ciascun fondo.
    #[serde(default)]
    pub by_fund: BTreeMap<String, BTreeMap<String, String>>,
    /// What each allocation does with each fund. — Che cosa fa ogni riparto con ogni fondo.
    #[serde(default)]
    pub allocation: BTreeMap<String, BTreeMap<String, ExpectSplit>>,
    /// What is decided of rows: `eligible`, `not-eligible`, `undetermined`. — Che cosa si decide delle righe.
    #[serde(default)]
    pub decisions: BTreeMap<String, BTreeMap<String, String>>,
    /// The conditions in the way of rows: those that fail, or those that miss a datum. — Le condizioni che mancano alle righe.
    #[serde(default)]
    pub reasons: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Values that the conditions of rows found, as they are told: `["ISEE: 6.400,01"]`. — I valori trovati dalle condizioni delle righe, come si leggono.
    #[serde(default)]
    pub found: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The states that sheets come to. — Gli stati a cui arrivano le schede.
    #[serde(default)]
    pub states: BTreeMap<String, String>,
    /// How far planned actions have come: `"in corso"`. — A che punto sono le azioni programmate.
    #[serde(default)]
    pub actions: BTreeMap<String, String>,
    /// What is found of documents, form by form. — Che cosa risulta dei documenti, modulo per modulo.
    #[serde(default)]
    pub documents: BTreeMap<String, BTreeMap<String, ExpectDocument>>,
    /// The codes of the diagnostics that refuse it. — I codici dei rifiuti attesi.
    #[serde(default)]
    pub diagnostics: Vec<String>,
}

impl Expect {
    /// Tells whether a case expects results, and so a run that was not refused.
    pub fn has_results(&self) -> bool {
        let amounts = [
            self.totals.is_empty(),
            self.by_fund.is_empty(),
            self.allocation.is_empty(),
        ];
        let decided = [
            self.decisions.is_empty(),
            self.reasons.is_empty(),
            self.found.is_empty(),
        ];
        let lived = [
            self.states.is_empty(),
            self.actions.is_empty(),
            self.documents.is_empty(),
        ];
        [&amounts[..], &decided, &lived].concat().contains(&false)
    }

    /// Tells whether a case expects nothing at all.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty() && !self.has_results()
    }
}

/// What is found of a document. — Che cosa risulta di un documento.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectDocument {
    /// What is decided: `eligible`, `not-eligible`, `undetermined`. — Che cosa si decide.
    pub outcome: Option<String>,
    /// The parts, then the conditions, that stand in its way. — Le parti, poi le condizioni, che lo impediscono.
    pub reasons: Option<Vec<String>>,
    /// The parts on which another way of counting decides otherwise. — Le parti che un altro modo di contare giudica diversamente.
    pub otherwise: Option<Vec<String>>,
    /// The characters of parts. — I caratteri delle parti.
    #[serde(default)]
    pub characters: BTreeMap<String, u64>,
    /// The letters that parts miss. — Le lettere che mancano alle parti.
    #[serde(default)]
    pub missing: BTreeMap<String, Vec<String>>,
    /// The letters that parts print for others: `["a per e"]`. — Le lettere stampate al posto di altre.
    #[serde(default)]
    pub misprinted: BTreeMap<String, Vec<String>>,
}

/// What an allocation does with a fund. — Che cosa fa un riparto con un fondo.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectSplit {
    /// What one unit of weight is worth. — Quanto vale un'unità di peso.
    pub unit_value: Option<String>,
    /// The sum of what rows receive. — La somma di ciò che le righe ricevono.
    pub distributed: Option<String>,
    /// What is left. — Ciò che resta.
    pub residue: Option<String>,
    /// What rows receive. — Quanto ricevono le righe.
    #[serde(default)]
    pub amounts: BTreeMap<String, String>,
}
