//! The shape of a register of planned actions: the groups they stand in, each action.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::Removed;

/// A group of planned actions: a working group, a table of the act. — Un gruppo di azioni: un gruppo di lavoro, una tabella dell'atto.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// Takes it away from the pack it extends. — Lo toglie dal pacchetto di partenza.
    pub removed: Option<Removed>,
}

/// A planned action to monitor; what the source leaves empty is left out. — Un'azione programmata da seguire; ciò che la fonte lascia vuoto non si scrive.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The action. — L'azione.
    pub label: String,
    /// The action in English. — L'azione in inglese.
    pub label_en: Option<String>,
    /// The group it stands in: the name of a `[group.…]`. — Il gruppo: il nome di un `[group.…]`.
    pub group: String,
    /// Its number, as printed. — Il numero, come è stampato.
    pub number: Option<String>,
    /// What it is about, as printed. — Il tema, come è stampato.
    pub theme: Option<String>,
    /// What is to be done, as printed. — L'attività, come è stampata.
    pub activity: Option<String>,
    /// By which act or means, as printed. — Lo strumento, come è stampato.
    pub tool: Option<String>,
    /// Who answers for it. — Chi ne risponde.
    pub owner: Option<String>,
    /// The resources, as printed. — Le risorse, come sono stampate.
    pub resources: Option<String>,
    /// Euro, where the source says one amount. — Euro, se la fonte dice un importo solo.
    pub amount: Option<String>,
    /// Euro, where the source says several amounts. — Euro, se la fonte dice più importi.
    #[serde(default)]
    pub amounts: Vec<ActionAmount>,
    /// The least and the most, where the source says "about". — Il minimo e il massimo, se la fonte dice «circa».
    pub interval: Option<(String, String)>,
    /// When it is due: a window, a term or a prose of this measure. — La scadenza: una `window`, un `term` o una `prose` di questa misura.
    pub deadline: Option<String>,
    /// Its times one by one, where it has several. — I suoi tempi uno per uno, se ne ha più d'uno.
    #[serde(default)]
    pub deadlines: Vec<String>,
    /// The objectives it serves, as printed. — Gli obiettivi a cui serve, come sono stampati.
    #[serde(default)]
    pub objectives: Vec<String>,
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

/// One of several amounts of an action. — Uno dei più importi di un'azione.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionAmount {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// Euro, in quotes: `"199606.30"`. — Euro, fra virgolette.
    pub amount: String,
}
