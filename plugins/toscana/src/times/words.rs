//! The words that Italian says times with.

pub const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
pub const SEASONS: [&str; 4] = ["primavera", "estate", "autunno", "inverno"];
pub const ORDINALS: [&str; 13] = [
    "prima", "seconda", "terza", "quarta", "ultima", "primo", "secondo", "terzo", "quarto",
    "quinto", "sesto", "ultimo", "i",
];
/// With `i`, the numbers of a part as they are printed.
pub const ROMANS: [&str; 5] = ["ii", "iii", "iv", "v", "vi"];
/// Parts of a year.
pub const PARTS: [&str; 7] = [
    "metà",
    "parte",
    "semestre",
    "trimestre",
    "quadrimestre",
    "bimestre",
    "mese",
];
/// Where in a period: alone they are no time.
pub const EDGES: [&str; 4] = ["inizio", "metà", "fine", "termine"];
pub const SPANS: [&str; 3] = ["triennio", "biennio", "quadriennio"];
pub const UNITS: [&str; 17] = [
    "giorno",
    "giorni",
    "gg",
    "settimana",
    "settimane",
    "mese",
    "mesi",
    "bimestre",
    "bimestri",
    "trimestre",
    "trimestri",
    "quadrimestre",
    "quadrimestri",
    "semestre",
    "semestri",
    "anno",
    "anni",
];
pub const WEEKDAYS: [&str; 7] = [
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
];
/// How often, as an adverb; `in modo continuo` too.
pub const OFTEN: [&str; 10] = [
    "annualmente",
    "semestralmente",
    "quadrimestralmente",
    "trimestralmente",
    "bimestralmente",
    "mensilmente",
    "settimanalmente",
    "quotidianamente",
    "periodicamente",
    "continuo",
];
/// How often, as an adjective.
pub const PACES: [&str; 12] = [
    "giornaliera",
    "quotidiana",
    "settimanale",
    "quindicinale",
    "mensile",
    "bimestrale",
    "trimestrale",
    "quadrimestrale",
    "semestrale",
    "annuale",
    "biennale",
    "periodica",
];
/// With these a time may begin.
pub const LEADS: [&str; 22] = [
    "entro", "da", "dal", "dalla", "dall", "dai", "dalle", "nel", "nella", "nell", "nei", "nelle",
    "in", "durante", "per", "fino", "sino", "dopo", "tra", "fra", "prima", "verso",
];
/// These begin one only before a period with its year, or before one of [`TURNS`].
pub const PREPOSITIONS: [&str; 4] = ["a", "ad", "al", "alla"];
pub const TURNS: [&str; 7] = [
    "partire",
    "cominciare",
    "decorrere",
    "termine",
    "fine",
    "inizio",
    "metà",
];
/// These may stand between the beginning and the time.
pub const LINKS: [&str; 35] = [
    "il", "lo", "la", "l", "'", "i", "gli", "le", "di", "del", "della", "dell", "dello", "e",
    "non", "oltre", "da", "dal", "dalla", "dall", "al", "a", "corso", "durata", "tutta", "tutto",
    "intero", "intera", "mese", "mesi", "giorno", "partire", "alla", "all", "ad",
];

const UP_TO_TWENTY: [&str; 21] = [
    "un",
    "uno",
    "una",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
/// The tens without the vowel that some units take away.
const TENS: [&str; 8] = [
    "vent", "trent", "quarant", "cinquant", "sessant", "settant", "ottant", "novant",
];
const HUNDREDS: [&str; 2] = ["cento", "cent"];

/// Tells whether a word counts: `tre`, `ventiquattro`, `centottanta`.
pub fn counts(word: &str) -> bool {
    let hundred = HUNDREDS
        .iter()
        .filter_map(|hundred| word.strip_prefix(hundred));
    let mut below = hundred.chain([word]);
    word == "cento" || below.any(|word| UP_TO_TWENTY.contains(&word) || is_ten(word))
}

fn is_ten(word: &str) -> bool {
    let mut units = TENS.iter().filter_map(|ten| word.strip_prefix(ten));
    units.any(|unit| {
        let whole = unit.strip_prefix(['i', 'a']);
        matches!(unit, "uno" | "un" | "otto")
            || whole.is_some_and(|unit| {
                unit.is_empty()
                    || unit == "tré"
                    || UP_TO_TWENTY.iter().skip(3).take(8).any(|u| *u == unit)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_words_up_to_the_hundreds() {
        for word in [
            "un",
            "nove",
            "quindici",
            "venti",
            "ventuno",
            "ventiquattro",
            "trentasei",
            "trentotto",
            "sessanta",
            "novanta",
            "cento",
            "centoventi",
            "centottanta",
        ] {
            assert!(counts(word), "{word}");
        }
        for word in ["", "vent", "ventidieci", "trenino", "centro", "i"] {
            assert!(!counts(word), "{word}");
        }
    }
}
