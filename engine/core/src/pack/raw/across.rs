//! The shape of the columns computed across rows: rollups and ranks. Doc comments are what an
//! editor shows: English first, then Italian.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Removed;
use crate::model::ColumnType;

/// A column computed from the rows of another table. — Una colonna calcolata dalle righe di un'altra tabella.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rollup {
    /// The table it belongs to. — La tabella a cui si aggiunge.
    pub to: String,
    /// The table whose rows are gathered. — La tabella di cui si raccolgono le righe.
    pub from: String,
    /// The column of `from` that refers to `to`. — La colonna di `from` che rimanda a `to`.
    pub by: String,
    /// What becomes of the rows gathered. — Che cosa si fa delle righe raccolte.
    pub how: How,
    /// A formula over a row of `from`; none where rows are counted. — Una formula su una riga di `from`; nessuna se le righe si contano.
    pub of: Option<String>,
    /// Which rows of `from`: a yes-or-no formula. — Quali righe di `from`: una formula sì/no.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// The type of its values. — Il tipo dei valori.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// What its numbers count. — Che cosa contano i numeri.
    pub unit: Option<String>,
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

/// The place of each row among those of its group. — Il posto di ogni riga fra quelle del suo gruppo.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// The table it belongs to. — La tabella a cui si aggiunge.
    pub table: String,
    /// What rows are ordered by: a formula that gives a number, a day or an instant. — In base a che cosa: una formula che dà un numero, una data o un istante.
    pub by: String,
    /// The column that rows of one group have alike; all of them are one group unless said. — La colonna che le righe di un gruppo hanno uguale; se manca, il gruppo è uno solo.
    pub within: Option<String>,
    /// Which rows take part: a yes-or-no formula; the others have no place. — Quali righe contano: una formula sì/no; le altre non hanno un posto.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// Who comes first. — Chi viene primo.
    pub order: Order,
    /// What a reader calls it. — Come lo chiama chi legge.
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
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// Who comes first in a ranking. — Chi viene primo in una graduatoria.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// The greatest, or the latest day. — Il maggiore, o la data più recente.
    Descending,
    /// The least, or the earliest day. — Il minore, o la data più lontana.
    Ascending,
}

/// What becomes of the rows gathered. — Che cosa si fa delle righe raccolte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// How many they are; none is zero. — Quante sono; nessuna è zero.
    Count,
    /// Their sum; of none, zero. — La somma; di nessuna è zero.
    Sum,
    /// The lowest; of none, missing. — Il minimo; di nessuna, manca.
    Lowest,
    /// The highest; of none, missing. — Il massimo; di nessuna, manca.
    Highest,
    /// Whether one does; of none, no. — Se vale per almeno una; di nessuna, no.
    Any,
    /// Whether all do; of none, yes. — Se vale per tutte; di nessuna, sì.
    All,
}

impl How {
    /// Gives the name that rule files use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Lowest => "lowest",
            Self::Highest => "highest",
            Self::Any => "any",
            Self::All => "all",
        }
    }
}
