//! The words for the kinds of blocks.

use super::block::Kind;

const fn masculine(key: &'static str, it: &'static str, en: &'static str) -> Kind {
    Kind {
        key,
        it,
        feminine: false,
        en,
    }
}

const fn feminine(key: &'static str, it: &'static str, en: &'static str) -> Kind {
    Kind {
        feminine: true,
        ..masculine(key, it, en)
    }
}

pub(super) const MEASURE: Kind = feminine("measure", "la misura", "measure");
pub(super) const FUND: Kind = masculine("fund", "il fondo", "fund");
pub(super) const RESERVED: Kind = feminine("reserved", "la quota riservata", "reserved share");
pub(super) const PARAM: Kind = masculine("param", "il parametro", "parameter");
pub(super) const TABLE: Kind = feminine("table", "la tabella", "table");
pub(super) const COLUMN: Kind = feminine("column", "la colonna", "column");
pub(super) const DERIVE: Kind = feminine("derive", "la colonna calcolata", "computed column");
pub(super) const ROLLUP: Kind = feminine("rollup", "la colonna raccolta", "gathered column");
pub(super) const RANK: Kind = feminine("rank", "la graduatoria", "ranking");
pub(super) const BAND: Kind = feminine("band", "la tabella di fasce", "table of bands");
pub(super) const BAND_ROW: Kind = feminine("band-row", "la fascia", "band");
pub(super) const TOTAL: Kind = masculine("total", "il totale", "total");
pub(super) const CHECK: Kind = masculine("check", "il controllo", "check");
pub(super) const ELIGIBILITY: Kind = feminine("eligibility", "la decisione", "decision");
pub(super) const CONDITION: Kind = feminine("condition", "la condizione", "condition");
pub(super) const EXCEPTION: Kind = feminine("exception", "la deroga", "derogation");
pub(super) const ALLOCATION: Kind = masculine("allocation", "il riparto", "allocation");
pub(super) const CRITERION: Kind = masculine("criterion", "il criterio", "criterion");
pub(super) const FLOOR: Kind = masculine("floor", "il minimo", "floor");
pub(super) const CAP: Kind = masculine("cap", "il massimo", "cap");
pub(super) const GUARANTEE: Kind = feminine("guarantee", "la garanzia", "guarantee");
pub(super) const TIES: Kind = feminine("ties", "la regola per i pari resto", "rule for ties");
pub(super) const EVENT: Kind = masculine("event", "l'evento", "event");
pub(super) const TERM: Kind = masculine("term", "il termine", "term");
pub(super) const WINDOW: Kind = feminine("window", "la finestra", "window");
pub(super) const PROSE: Kind = masculine("prose", "il tempo a parole", "time in words");
pub(super) const CONSEQUENCE: Kind = feminine("consequence", "la conseguenza", "consequence");
pub(super) const VALIDATOR: Kind = feminine("validator", "la validazione", "validation");
pub(super) const EXPORT: Kind = feminine("export", "l'esportazione", "export");
pub(super) const REGISTER: Kind = masculine("register", "l'elenco", "list");
pub(super) const OFFICE: Kind = masculine("office", "l'ufficio", "office");
pub(super) const LIFE: Kind = feminine("life", "la vita", "life");
pub(super) const STATE: Kind = masculine("state", "lo stato", "state");
pub(super) const TRANSITION: Kind = masculine("transition", "il passaggio", "transition");
pub(super) const REQUIREMENT: Kind = masculine("requirement", "il requisito", "requirement");
pub(super) const DOCUMENT: Kind = masculine("document", "il documento", "form");
pub(super) const COUNT: Kind = masculine("count", "il conto dei caratteri", "count of characters");
pub(super) const PART: Kind = feminine("part", "la parte", "part");
pub(super) const ITEM: Kind = feminine("item", "la lettera", "item");
pub(super) const ACTION: Kind = feminine("action", "l'azione", "action");
