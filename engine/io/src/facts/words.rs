//! The words in which faults of cells are told.

use riparto_core::diag::Text;
use riparto_core::identifiers::{masked, without_codes};
use riparto_core::model::ColumnType;
use riparto_core::say;

/// How a reader is told what a cell must be.
#[derive(Debug)]
pub(super) struct Expected {
    /// What it must be, after "is not".
    pub name: Text,
    /// How to write it.
    pub form: Text,
}

/// Says what the cells of a type must be.
pub(super) fn expected(kind: ColumnType) -> Expected {
    let (name, form) = match kind {
        ColumnType::Text => (
            say!("un testo", "a text"),
            say!("scrivere un testo", "write a text"),
        ),
        ColumnType::Integer => (
            say!("un numero intero", "a whole number"),
            say!(
                "scrivere un numero intero, come `12`",
                "write a whole number, such as `12`"
            ),
        ),
        ColumnType::Decimal => (
            say!("un numero", "a number"),
            say!(
                "scrivere solo cifre e il segno dei decimali, come `12,5`, senza unità di misura",
                "write digits and the decimal sign only, such as `12.5`, without units"
            ),
        ),
        ColumnType::Euro => (
            say!(
                "un importo in euro con al più due decimali",
                "an amount in euro with two decimals at most"
            ),
            say!(
                "scrivere l'importo senza simbolo e con al più due decimali, come `1250,00`",
                "write the amount without a symbol and with two decimals at most, such as `1250.00`"
            ),
        ),
        ColumnType::Bool => (
            say!("né sì né no", "yes or no"),
            say!(
                "scrivere `sì` o `no` (si leggono anche `vero`/`falso` e `1`/`0`)",
                "write `yes` or `no` (`true`/`false` and `1`/`0` are read too)"
            ),
        ),
        ColumnType::Date => (
            say!("una data", "a date"),
            say!(
                "scrivere anno, mese e giorno, come `2024-09-18`",
                "write year, month and day, such as `2024-09-18`"
            ),
        ),
        ColumnType::Moment => (
            say!("un giorno con la sua ora", "a day and a time"),
            say!(
                "scrivere giorno e ora italiana, come `2026-05-18 12:00`",
                "write the day and the Italian time, such as `2026-05-18 12:00`"
            ),
        ),
        ColumnType::Istat => (
            say!("un codice ISTAT di Comune", "the ISTAT code of a Comune"),
            say!(
                "scrivere le sei cifre del codice, come `001272`",
                "write the six digits of the code, such as `001272`"
            ),
        ),
        ColumnType::FiscalCode => (
            say!("un codice fiscale", "a fiscal code"),
            say!(
                "scrivere i sedici caratteri del codice, in maiuscolo, o le undici cifre",
                "write the sixteen characters of the code, in capitals, or the eleven digits"
            ),
        ),
        ColumnType::BodyFiscalCode => (
            say!("il codice fiscale di un ente", "the fiscal code of a body"),
            say!(
                "scrivere le undici cifre del codice, come `80050050154`",
                "write the eleven digits of the code, such as `80050050154`"
            ),
        ),
        ColumnType::Ipa => (
            say!("un codice IPA", "an IPA code"),
            say!(
                "scrivere il codice dell'indice delle amministrazioni, senza spazi, come `c_e497`",
                "write the code of the index of administrations, without spaces, such as `c_e497`"
            ),
        ),
        ColumnType::Cup => (
            say!("un CUP", "a CUP"),
            say!(
                "scrivere i quindici caratteri del codice, come `B11B23000110001`",
                "write the fifteen characters of the code, such as `B11B23000110001`"
            ),
        ),
        ColumnType::SchoolCode => (
            say!("un codice meccanografico", "the code of a school"),
            say!(
                "scrivere i dieci caratteri del codice, come `AVIC849003`",
                "write the ten characters of the code, such as `AVIC849003`"
            ),
        ),
        ColumnType::Cadastral => (
            say!(
                "un codice catastale di Comune",
                "the cadastral code of a Comune"
            ),
            say!(
                "scrivere una lettera maiuscola e tre cifre, come `L219`",
                "write a capital letter and three digits, such as `L219`"
            ),
        ),
    };
    Expected { name, form }
}

/// Tells whether a cell holds a sign that stands for a value that is not there.
///
/// In a column of text only what cannot be a word counts: `NA` is also the province of Napoli.
pub(super) fn misses_a_value(text: &str, kind: ColumnType) -> bool {
    const ERRORS: [&str; 14] = [
        "#n/d", "#n/a", "#nd", "#rif!", "#ref!", "#valore!", "#value!", "#div/0!", "#nome?",
        "#name?", "#num!", "#nullo!", "#null!", "#err!",
    ];
    const SIGNS: [&str; 8] = ["n.d.", "n.d", "n/d", "n.a.", "-", "--", "–", "—"];
    const WORDS: [&str; 7] = ["nd", "na", "n/a", "null", "nan", "?", "."];
    let text = text.to_lowercase();
    let is_one_of = |signs: &[&str]| signs.contains(&text.as_str());
    is_one_of(&ERRORS) || is_one_of(&SIGNS) || (kind != ColumnType::Text && is_one_of(&WORDS))
}

/// Gives the content of a cell as a message shows it: on one line, not too long.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let line: String = without_codes(text)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match line.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or_default()),
        None => line,
    }
}

/// Gives the content of a cell as a message shows it, masked where it is personal.
pub(super) fn veiled(text: &str, hidden: bool) -> String {
    if hidden {
        shown(&masked(text))
    } else {
        shown(text)
    }
}

/// Joins names as a list of the kind `a`, `b`.
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
