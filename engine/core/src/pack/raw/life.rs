//! The shape of the life of a sheet: its states, and what leads from one to another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::types::Removed;

/// The life of the rows of a table, replayed from a table of events. — La vita delle righe di una tabella, ricostruita da una tabella di eventi.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// What a reader calls it. — Come la chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The table whose rows live. — La tabella le cui righe hanno una vita.
    pub of: String,
    /// The table of events. — La tabella degli eventi.
    pub events: String,
    /// Its column that says which row, by its key; `sheet` unless said. — La colonna che dice quale riga, per chiave.
    pub sheet: Option<String>,
    /// Its column that says when, of type `instant`; `at` unless said. — La colonna che dice quando, di tipo `instant`.
    pub at: Option<String>,
    /// Its column that says who; `actor` unless said. — La colonna che dice chi.
    pub actor: Option<String>,
    /// Its column that says in which role; `role` unless said. — La colonna che dice in quale ruolo.
    pub role: Option<String>,
    /// Its column that says which transition; `transition` unless said. — La colonna che dice quale passaggio.
    pub transition: Option<String>,
    /// Its column that says why; `reason` unless said. — La colonna che dice perché.
    pub reason: Option<String>,
    /// What an editable state opens: columns of the row, or of the tables that lead to it, `"servizi.media"`; all those of the row unless said. — Ciò che uno stato modificabile apre: colonne della riga, o delle tabelle che rimandano a essa; tutte quelle della riga, se non è detto.
    pub edits: Option<Vec<String>>,
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

/// A state of a life. — Uno stato di una vita.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// Its life, where the measure has several. — La sua vita, se la misura ne ha più d'una.
    pub life: Option<String>,
    /// Where every row begins; one state of each life. — Da dove comincia ogni riga; uno stato per vita.
    #[serde(default)]
    pub initial: bool,
    /// Where a life ends: nothing leaves it. — Dove la vita finisce: niente ne esce.
    #[serde(default)]
    pub r#final: bool,
    /// Whether the row can be changed. — Se la riga si può modificare.
    #[serde(default)]
    pub editable: bool,
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

/// What leads from a state to another, in the life of those states. — Ciò che porta da uno stato a un altro, nella vita di quegli stati.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// What a reader calls it. — Come lo chiama chi legge.
    pub label: String,
    /// The label in English. — L'etichetta in inglese.
    pub label_en: Option<String>,
    /// The states it starts from. — Gli stati da cui parte.
    pub from: Vec<String>,
    /// The state it leads to. — Lo stato a cui porta.
    pub to: String,
    /// Who may do it; anyone unless said. — Chi può farlo; chiunque, se non è detto.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The window within which it can be done. — La finestra in cui si può fare.
    pub window: Option<String>,
    /// What must hold of the row. — Ciò che deve valere per la riga.
    #[serde(default)]
    pub requires: Vec<Requirement>,
    /// What must hold of the event: of who does it, of when. — Ciò che deve valere per l'evento: per chi lo compie, per quando.
    #[serde(default)]
    pub event_requires: Vec<Requirement>,
    /// Whether it must say why; optional unless said. — Se deve dire perché; facoltativo, se non è detto.
    #[serde(default)]
    pub reason: Reason,
    /// What it sends: the text of a mail, of a notice. — Ciò che manda: il testo di una mail, di un avviso.
    pub message: Option<String>,
    /// The same in English. — Lo stesso in inglese.
    pub message_en: Option<String>,
    /// The columns that can be changed after it, as in `edits`; those unless said. — Le colonne che poi si possono modificare, come in `edits`; quelle, se non è detto.
    pub reopens: Option<Vec<String>>,
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

/// What must hold of a row, or of an event. — Ciò che deve valere per una riga, o per un evento.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The condition: `"servizi_compilati == servizi"`. — La condizione.
    pub that: String,
    /// What is said where it fails. — Che cosa si dice se non vale.
    pub fails: String,
    /// The same in English. — Lo stesso in inglese.
    pub fails_en: Option<String>,
    /// The act, then the article; that of the transition unless said. — L'atto, poi l'articolo; quello del passaggio, se non è detto.
    pub act: Option<String>,
}

/// Whether something must be said. — Se qualcosa va detto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// It may be left out. — Si può tacere.
    #[default]
    Optional,
    /// It must be said. — Si deve dire.
    Required,
}
