//! How Italian says a time: words that lead to it, then a period, a length, an event.

const MONTHS: [&str; 12] = [
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
const SEASONS: [&str; 4] = ["primavera", "estate", "autunno", "inverno"];
const ORDINALS: [&str; 8] = [
    "prima", "seconda", "primo", "secondo", "terza", "terzo", "quarto", "ultimo",
];
const PARTS: [&str; 7] = [
    "metà",
    "parte",
    "semestre",
    "trimestre",
    "quadrimestre",
    "bimestre",
    "mese",
];
const SPANS: [&str; 2] = ["triennio", "biennio"];
const NUMBERS: [&str; 12] = [
    "un", "uno", "una", "due", "tre", "quattro", "cinque", "sei", "dieci", "dodici", "trenta",
    "sessanta",
];
const UNITS: [&str; 8] = [
    "giorno",
    "giorni",
    "settimana",
    "settimane",
    "mese",
    "mesi",
    "anno",
    "anni",
];
const EVENTS: [&str; 7] = [
    "sottoscrizione",
    "firma",
    "stipula",
    "approvazione",
    "pubblicazione",
    "avvio",
    "inizio",
];
const OFTEN: [&str; 7] = [
    "annualmente",
    "semestralmente",
    "trimestralmente",
    "mensilmente",
    "settimanalmente",
    "periodicamente",
    "continuo",
];
/// With these a time may begin.
const LEADS: [&str; 13] = [
    "entro", "da", "dal", "dalla", "dall", "nel", "nella", "nell", "in", "durante", "per", "fino",
    "dopo",
];
/// These begin one only before `partire`, `termine` and the like.
const PREPOSITIONS: [&str; 3] = ["a", "al", "alla"];
const TURNS: [&str; 5] = ["partire", "cominciare", "decorrere", "termine", "fine"];
/// These may stand between the beginning and the time.
const LINKS: [&str; 27] = [
    "il", "lo", "la", "l", "'", "i", "gli", "le", "di", "del", "della", "dell", "dello", "e",
    "non", "oltre", "da", "dal", "dalla", "dall", "al", "a", "corso", "durata", "tutta", "tutto",
    "mese",
];
/// The longest way to a time, in words.
const LONGEST_LEAD: usize = 8;

/// Tells how many words say a time from the first on; nothing where they say none.
///
/// # Shape
/// `first` is whether a sentence begins here: only there is a bare year a time.
pub fn time(words: &[&str], first: bool) -> Option<usize> {
    led(words)
        .or_else(|| often(words))
        .or_else(|| bare(words, first))
}

/// `entro dicembre 2024`, `per la durata di tre anni`, `da gennaio a marzo 2025`.
fn led(words: &[&str]) -> Option<usize> {
    let (lead, rest) = words.split_first()?;
    let turns = rest.first().is_some_and(|word| TURNS.contains(word));
    let leads = LEADS.contains(lead) || PREPOSITIONS.contains(lead) && turns;
    if !leads {
        return None;
    }
    for at in 1..LONGEST_LEAD {
        let (before, after) = words.split_at_checked(at)?;
        let turn = before.iter().find(|word| TURNS.contains(word)).copied();
        let end = *lead == "entro";
        let found = range(after)
            .or_else(|| day(after))
            .or_else(|| {
                after
                    .first()
                    .filter(|word| MONTHS.contains(word))
                    .map(|_| 1)
            })
            .or_else(|| length(after, end || *lead == "per"))
            .or_else(|| event(after).filter(|_| turn.is_some()))
            .or_else(|| named(after).filter(|_| turn == Some("termine")));
        if let Some(found) = found {
            return Some(at + found);
        }
        let next = after.first()?;
        if !LINKS.contains(next) && !TURNS.contains(next) {
            return None;
        }
    }
    None
}

/// `annualmente`, `ogni anno`, `ogni sei mesi`.
fn often(words: &[&str]) -> Option<usize> {
    match words {
        [word, ..] if OFTEN.contains(word) => Some(1),
        ["ogni", unit, ..] if UNITS.contains(unit) => Some(2),
        ["ogni", rest @ ..] => length(rest, true).map(|found| found + 1),
        _ => None,
    }
}

/// A time without a word before it: a bare month is none, a bare year only at the beginning.
fn bare(words: &[&str], first: bool) -> Option<usize> {
    let found = range(words).or_else(|| day(words))?;
    let is_year = years(words) == Some(found) || year(words) == Some(found);
    (first || !is_year).then_some(found)
}

/// A period, or two with `a` between them.
fn range(words: &[&str]) -> Option<usize> {
    let from = period(words)?;
    let to = match words.get(from..)? {
        ["all", "'", rest @ ..] => period(rest).map(|to| to + 2),
        ["a" | "ad" | "al" | "alla", rest @ ..] => period(rest).map(|to| to + 1),
        _ => None,
    };
    Some(from + to.unwrap_or(0))
}

fn period(words: &[&str]) -> Option<usize> {
    match words {
        [month, rest @ ..] if MONTHS.contains(month) => year(rest).map(|found| found + 1),
        [season, "del", rest @ ..] if SEASONS.contains(season) && year(rest).is_some() => {
            year(rest).map(|found| found + 2)
        }
        [season, rest @ ..] if SEASONS.contains(season) => {
            Some(1 + years(rest).or_else(|| year(rest)).unwrap_or(0))
        }
        [ordinal, part, rest @ ..] if ORDINALS.contains(ordinal) && PARTS.contains(part) => {
            part_of(rest).map(|found| found + 2)
        }
        ["a", ".", "s", ".", rest @ ..] => school_years(rest).map(|found| found + 4),
        ["anno", "scolastico" | "educativo", rest @ ..] => {
            school_years(rest).map(|found| found + 2)
        }
        ["anno" | "anni", rest @ ..] => match years(rest).or_else(|| year(rest))? {
            1 => match rest {
                [_, "e", second @ ..] if year(second).is_some() => Some(4),
                _ => Some(2),
            },
            found => Some(found + 1),
        },
        [span, rest @ ..] if SPANS.contains(span) => Some(1 + years(rest).unwrap_or(0)),
        _ => years(words).or_else(|| year(words)),
    }
}

/// The year that a part is of: `2025`, `del 2025`, `dell'anno 2025`.
fn part_of(words: &[&str]) -> Option<usize> {
    match words {
        ["del", rest @ ..] => year(rest).map(|found| found + 1),
        ["dell", "'", "anno", rest @ ..] => {
            Some(3 + years(rest).or_else(|| year(rest)).unwrap_or(0))
        }
        _ => year(words),
    }
}

fn school_years(words: &[&str]) -> Option<usize> {
    years(words).or_else(|| year(words))
}

/// `31 dicembre 2025`, `31 dicembre`.
fn day(words: &[&str]) -> Option<usize> {
    match words {
        [day, month, rest @ ..] if MONTHS.contains(month) && number(day, 2) => {
            Some(2 + year(rest).unwrap_or(0))
        }
        _ => None,
    }
}

/// `tre anni scolastici`, and `un anno dalla sottoscrizione`; alone only where a word led to it.
fn length(words: &[&str], alone: bool) -> Option<usize> {
    let [count, unit, rest @ ..] = words else {
        return None;
    };
    let counted = NUMBERS.contains(count) || number(count, 3);
    if !counted || !UNITS.contains(unit) {
        return None;
    }
    let school = ["scolastico", "scolastici", "educativi"];
    let school = usize::from(rest.first().is_some_and(|word| school.contains(word)));
    let since = match rest.get(school..)? {
        ["dall", "'", rest @ ..] => event(rest).map(|found| found + 2),
        ["dal" | "dalla", rest @ ..] => event(rest).map(|found| found + 1),
        _ => None,
    };
    match since {
        Some(since) => Some(2 + school + since),
        None => alone.then_some(2 + school),
    }
}

/// `firma`, `stipula del presente accordo`, `sottoscrizione dell'accordo`.
fn event(words: &[&str]) -> Option<usize> {
    let (_, rest) = words
        .split_first()
        .filter(|(word, _)| EVENTS.contains(word))?;
    let links = ["del", "dell", "'", "di", "presente"];
    let linked = rest.iter().take_while(|word| links.contains(word)).count();
    let of = (rest.get(linked) == Some(&"accordo")).then_some(linked + 1);
    Some(1 + of.unwrap_or(0))
}

/// What ends, in `al termine del progetto`: any word but those that lead to it.
fn named(words: &[&str]) -> Option<usize> {
    let word = words.first()?;
    let is_name = word.chars().all(char::is_alphabetic) && !LINKS.contains(word);
    (is_name && !TURNS.contains(word)).then_some(1)
}

/// `2025/26`, `2025/'26`, `2025-2026`.
fn years(words: &[&str]) -> Option<usize> {
    year(words)?;
    let (last, found) = match words {
        [_, "/" | "-", "'", last, ..] => (last, 4),
        [_, "/" | "-", last, ..] => (last, 3),
        _ => return None,
    };
    (number(last, 2) && last.len() == 2 || year(&[last]).is_some()).then_some(found)
}

fn year(words: &[&str]) -> Option<usize> {
    let number: u32 = words.first()?.parse().ok()?;
    (1950..=2100).contains(&number).then_some(1)
}

fn number(word: &str, longest: usize) -> bool {
    (1..=longest).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}
