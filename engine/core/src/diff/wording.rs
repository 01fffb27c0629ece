//! The words for what rule files say by a keyword: types, methods, ways of counting.

use crate::allocate::Method;
use crate::diag::Text;
use crate::model::{ColumnType, LineBreaks, Spaces};
use crate::pack::raw::calendar::{Saturday, Suspension};
use crate::rules::{How, Order};
use crate::say;

/// Says the type of a column.
pub(super) fn kind(kind: ColumnType) -> Text {
    match kind {
        ColumnType::Text => say!("testo", "text"),
        ColumnType::Integer => say!("numero intero", "whole number"),
        ColumnType::Decimal => say!("numero con decimali", "number with decimals"),
        ColumnType::Euro => say!("importo in euro", "amount in euro"),
        ColumnType::Bool => say!("sì o no", "yes or no"),
        ColumnType::Date => say!("data", "date"),
        ColumnType::Moment => say!("data e ora", "date and time"),
        ColumnType::Istat => say!("codice ISTAT", "ISTAT code"),
        ColumnType::Cadastral => say!("codice catastale", "cadastral code"),
        ColumnType::FiscalCode => say!("codice fiscale", "fiscal code"),
        ColumnType::BodyFiscalCode => {
            say!("codice fiscale di un ente", "fiscal code of a body")
        }
        ColumnType::Ipa => say!("codice IPA", "IPA code"),
        ColumnType::Cup => say!("codice CUP", "CUP code"),
        ColumnType::SchoolCode => say!("codice di una scuola", "code of a school"),
    }
}

/// Says how amounts come out of quotas.
pub(super) fn method(method: Method) -> Text {
    match method {
        Method::LargestRemainder => say!("maggior resto", "largest remainder"),
        Method::UnitValue => say!(
            "valore unitario arrotondato, per un numero intero",
            "rounded unit value, times a whole number"
        ),
        Method::EachRounded => say!("ogni quota arrotondata", "each quota rounded"),
        Method::Floor => say!("ogni quota per difetto", "each quota rounded down"),
    }
}

/// Says what becomes of the rows gathered.
pub(super) fn gathering(how: How) -> Text {
    match how {
        How::Sum => say!("somma", "sum"),
        How::Count => say!("conto", "count"),
        How::Lowest => say!("minimo", "least"),
        How::Highest => say!("massimo", "greatest"),
        How::All => say!("tutte", "all"),
        How::Any => say!("almeno una", "one at least"),
    }
}

/// Says who comes first.
pub(super) fn order(order: Order) -> Text {
    match order {
        Order::Descending => say!("dal maggiore al minore", "from the greatest down"),
        Order::Ascending => say!("dal minore al maggiore", "from the least up"),
    }
}

/// Says what spaces count.
pub(super) fn spaces(spaces: Spaces) -> Text {
    match spaces {
        Spaces::Each => say!("contati uno per uno", "counted one by one"),
        Spaces::Runs => say!("di fila contati per uno", "in a row counted as one"),
        Spaces::None => say!("non contati", "not counted"),
    }
}

/// Says what the ends of lines count.
pub(super) fn line_breaks(breaks: LineBreaks) -> Text {
    match breaks {
        LineBreaks::One => say!("contati per uno", "counted as one"),
        LineBreaks::Two => say!("contati per due", "counted as two"),
        LineBreaks::None => say!("non contati", "not counted"),
    }
}

/// Says what a Saturday is.
pub(super) fn saturday(saturday: Saturday) -> (String, Text) {
    match saturday {
        Saturday::Holiday => ("holiday".to_owned(), say!("festivo", "a holiday")),
        Saturday::Working => ("working".to_owned(), say!("lavorativo", "a working day")),
    }
}

/// Says whether August counts.
pub(super) fn suspension(suspension: Suspension) -> (String, Text) {
    match suspension {
        Suspension::August => {
            let said = say!("sospensione feriale", "summer suspension");
            ("august".to_owned(), said)
        }
        Suspension::None => ("none".to_owned(), say!("nessuna", "none")),
    }
}
