//! The columns of the table `servizi`: how a sheet may call them, and how their cells are read.

use super::Cell;
use Reading::{Day, Decimal, Digits, Plain, Word};

/// A column of the table.
#[derive(Debug)]
pub struct Known {
    /// Its name in the pack.
    pub name: &'static str,
    /// How its cells are read.
    pub kind: Reading,
    /// Whether every service must have it.
    pub required: bool,
    /// How else a sheet may call it: the pack's label, then words of the notes.
    pub labels: &'static [&'static str],
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy)]
pub enum Reading {
    /// As they stand.
    Plain,
    /// Codes of so many digits, which a number in a workbook loses the first zeros of.
    Digits(usize),
    /// One of these words, whatever its capitals and accents.
    Word(&'static [&'static str]),
    /// Days: `1/9/2025` is `2025-09-01`.
    Day,
    /// Numbers: a comma alone stands before decimals.
    Decimal,
}

const fn column(
    name: &'static str,
    kind: Reading,
    required: bool,
    labels: &'static [&'static str],
) -> Known {
    Known {
        name,
        kind,
        required,
        labels,
    }
}

const TYPES: &[&str] = &[
    "nido",
    "micronido",
    "sezione primavera",
    "nido in famiglia",
    "centro di custodia oraria",
];
const DECLARATIONS: &[&str] = &["attivo", "cessato", "sospeso", "non raggiunto"];

/// The columns, in the order of the table.
pub const COLUMNS: [Known; 15] = [
    column("servizio", Plain, true, &["Codice del servizio"]),
    column("nome", Plain, true, &["Nome del servizio"]),
    column(
        "comune",
        Digits(6),
        true,
        &["Comune in cui ha sede", "Codice ISTAT"],
    ),
    column("tipo", Word(TYPES), true, &["Tipo di servizio"]),
    column("posti", Plain, false, &["Posti autorizzati"]),
    column(
        "titolare",
        Digits(11),
        false,
        &["Codice fiscale del titolare"],
    ),
    column(
        "aggiunto",
        Plain,
        true,
        &["Aggiunto dal Comune con la funzione AGGIUNGI SERVIZIO"],
    ),
    column(
        "autorizzato",
        Plain,
        false,
        &["Autorizzato al funzionamento"],
    ),
    column(
        "autorizzato_dal",
        Day,
        false,
        &["Autorizzato dal", "Data di autorizzazione"],
    ),
    column(
        "attivo_dal",
        Day,
        false,
        &["Attivo dal", "Data di attivazione"],
    ),
    column(
        "dati_conformi",
        Plain,
        false,
        &["Dati uguali a quelli del provvedimento di autorizzazione più recente"],
    ),
    column(
        "dichiarazione",
        Word(DECLARATIONS),
        false,
        &["Dichiarazione del Comune"],
    ),
    column(
        "provvedimento_cessazione",
        Plain,
        false,
        &["Chiuso con formale provvedimento di cessazione"],
    ),
    column(
        "motivazione",
        Plain,
        false,
        &["Motivazioni del mancato raggiungimento"],
    ),
    column(
        "media_dichiarata",
        Decimal,
        false,
        &[
            "Media dei frequentanti dichiarata",
            "Media dei frequentanti",
            "Media dei frequentanti compresi tra il 3 marzo 2025 e il 27 febbraio 2026",
        ],
    ),
];

impl Known {
    /// Tells whether a header names it.
    pub fn is_called(&self, header: &str) -> bool {
        let header = folded(header);
        let names = std::iter::once(&self.name).chain(self.labels);
        names.into_iter().any(|name| folded(name) == header)
    }
}

impl Reading {
    /// Gives the text of a cell as the host reads it; what is wrong with it the host says.
    pub fn text_of(self, cell: &Cell) -> String {
        match (self, cell) {
            (_, Cell::Empty) => String::new(),
            (Digits(length), Cell::Number(digits)) => zeros_before(digits, length),
            (
                Day,
                Cell::Day {
                    digits,
                    plausible: false,
                    ..
                },
            ) => digits.clone(),
            (Day, Cell::Text(text)) => italian_day(text).unwrap_or_else(|| text.clone()),
            (Word(words), cell) => {
                let said = folded(cell.shown());
                let word = words.iter().find(|word| folded(word) == said);
                word.map_or_else(|| cell.shown().to_owned(), |word| (*word).to_owned())
            }
            (Decimal, Cell::Text(text)) if !text.contains('.') => text.replacen(',', ".", 1),
            (_, cell) => cell.shown().to_owned(),
        }
    }
}

/// Gives a text without capitals, accents and what is neither letter nor digit, so that `ATTIVO
/// DAL` and `attivo_dal` are one.
pub fn folded(text: &str) -> String {
    let plain = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'á' => 'a',
            'è' | 'é' => 'e',
            'ì' | 'í' => 'i',
            'ò' | 'ó' => 'o',
            'ù' | 'ú' => 'u',
            other => other,
        });
    plain.filter(|c| c.is_alphanumeric()).collect()
}

/// Gives a whole number with as many digits at least.
pub fn zeros_before(digits: &str, length: usize) -> String {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{digits:0>length$}")
    } else {
        digits.to_owned()
    }
}

fn italian_day(text: &str) -> Option<String> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = [day, month, year]
        .iter()
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let lengths = matches!((day.len(), month.len(), year.len()), (1..=2, 1..=2, 4));
    let whole = digits && lengths && parts.next().is_none();
    whole.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}
