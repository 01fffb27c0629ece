//! How Italian says a time: words that lead to it, then a period, a length, an event.

use super::words::{
    EDGES, LEADS, LINKS, MONTHS, OFTEN, ORDINALS, PACES, PARTS, PREPOSITIONS, ROMANS, SEASONS,
    SPANS, TURNS, UNITS, WEEKDAYS, counts,
};

/// The longest way to a time, in words.
const LONGEST_LEAD: usize = 8;

/// The most periods in a row.
const LONGEST_CHAIN: usize = 12;

/// Tells how many words say a time from the first on; nothing where they say none.
///
/// # Shape
/// `first` is whether a sentence begins here: only there is a bare year a time, and a bare length.
pub fn time(words: &[&str], first: bool) -> Option<usize> {
    let found = led(words)
        .or_else(|| often(words))
        .or_else(|| bare(words, first))?;
    // What goes on is something else: half of a time is worse than none.
    let goes_on = matches!(words.get(found..), Some(["/", next, ..]) if is_number(next, 4));
    (!goes_on).then_some(found)
}

/// `entro dicembre 2024`, `per la durata di tre anni`, `da gennaio a marzo 2025`.
fn led(words: &[&str]) -> Option<usize> {
    let (lead, rest) = words.split_first()?;
    if !LEADS.contains(lead) && !PREPOSITIONS.contains(lead) {
        return None;
    }
    if matches!(words, ["da", "subito", ..]) {
        return Some(2);
    }
    if PREPOSITIONS.contains(lead) && !rest.first().is_some_and(|word| TURNS.contains(word)) {
        return chain(rest, false).map(|found| found + 1);
    }
    let end = *lead == "entro";
    for at in 1..LONGEST_LEAD {
        let (before, after) = words.split_at_checked(at)?;
        let turn = before.iter().find(|word| TURNS.contains(word)).copied();
        let between = matches!(*lead, "tra" | "fra");
        let found = chain(after, true)
            .filter(|found| !between || after.get(..*found).is_some_and(|said| said.contains(&"e")))
            .or_else(|| {
                length(
                    after,
                    end || matches!(*lead, "per" | "dopo" | "fra" | "tra"),
                )
            })
            .or_else(|| year_unsaid(after).filter(|_| end || turn.is_some()))
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

/// `annualmente`, `ogni sei mesi`, `con cadenza mensile`, `due volte l'anno`.
fn often(words: &[&str]) -> Option<usize> {
    match words {
        [word, ..] if OFTEN.contains(word) => Some(1),
        ["con" | "a", "cadenza" | "periodicità", pace, ..] if PACES.contains(pace) => Some(3),
        ["ogni", word, ..] if UNITS.contains(word) || MONTHS.contains(word) => Some(2),
        ["ogni", ordinal, day, "del" | "di", "mese", ..]
            if ORDINALS.contains(ordinal) && WEEKDAYS.contains(day) =>
        {
            Some(5)
        }
        ["ogni", rest @ ..] => length(rest, true).map(|found| found + 1),
        [count, "volte" | "volta", rest @ ..] if is_count(count) => match rest {
            ["l", "'", "anno", ..] => Some(5),
            ["all", "'", "anno", ..] => Some(5),
            ["al" | "alla" | "a" | "ogni" | "per", unit, ..] if UNITS.contains(unit) => Some(4),
            _ => None,
        },
        _ => None,
    }
}

/// A time without a word before it: a bare month is none, a bare year only at the beginning.
fn bare(words: &[&str], first: bool) -> Option<usize> {
    if let Some(found) = length(words, true).filter(|_| first) {
        return Some(found);
    }
    let found = chain(words, false)?;
    let is_year = years(words) == Some(found) || year(words) == Some(found);
    (first || !is_year).then_some(found)
}

/// Periods in a row: `gennaio-marzo 2025`, `da settembre 2025 a giugno 2026`, `maggio e giugno 2025`.
///
/// `loose` is whether the last may lack its year: where a word led to it.
fn chain(words: &[&str], loose: bool) -> Option<usize> {
    let open = |words: &[&str]| unsaid(words).map(|found| (found, false));
    let next = |words: &[&str]| {
        period(words)
            .map(|found| (found, true))
            .or_else(|| open(words))
    };
    let (mut end, mut whole) = next(words)?;
    let mut best = (whole || loose).then_some(end);
    for _ in 1..LONGEST_CHAIN {
        let rest = words.get(end..)?;
        let year_after = match rest {
            ["e", "il", next @ ..] | ["e", next @ ..] => year(next).is_some(),
            _ => false,
        };
        let link = match rest {
            ["all", "'", ..] => 2,
            ["fino" | "sino", "a" | "ad" | "al" | "alla", ..] => 2,
            ["a" | "ad" | "al" | "alla" | "-" | "/", ..] => 1,
            ["e" | "o" | ",", ..] if !whole || year_after => 1,
            _ => break,
        };
        let link = link
            + match rest.get(link..) {
                Some(["l", "'", ..]) => 2,
                Some(["il" | "la", ..]) => 1,
                _ => 0,
            };
        let Some((found, is_whole)) = rest.get(link..).and_then(next) else {
            break;
        };
        end += link + found;
        whole = is_whole;
        best = (whole || loose).then_some(end).or(best);
    }
    best.map(|end| end + words.get(end..).map_or(0, suffix))
}

/// `p.v.`, `di ogni anno`, which belong to the day or to the month before them.
fn suffix(words: &[&str]) -> usize {
    match words {
        ["p", ".", "v", ".", ..] | ["c", ".", "a", ".", ..] | ["c", ".", "m", ".", ..] => 4,
        ["di", "ogni" | "ciascun", "anno", ..] | ["del", "corrente", "anno", ..] => 3,
        ["prossimo" | "successivo", ..] => 1,
        _ => 0,
    }
}

/// A month, a day or a part without its year; a day before another of the same month.
fn unsaid(words: &[&str]) -> Option<usize> {
    match words {
        [month, ..] if MONTHS.contains(month) => Some(1),
        [ordinal, part, ..] if ORDINALS.contains(ordinal) && part.ends_with("mestre") => Some(2),
        [first, "al" | "e" | "-" | "/", last, month, ..]
            if MONTHS.contains(month) && is_day(first) && is_day(last) =>
        {
            Some(1)
        }
        [day, "/", month, ..] if is_day(day) && month.len() == 2 && is_month(month) => Some(3),
        _ => day(words),
    }
}

/// `anno`, `anno scolastico`: the one that runs.
fn year_unsaid(words: &[&str]) -> Option<usize> {
    match words {
        ["anno", "scolastico" | "educativo" | "corrente", rest @ ..] => Some(2 + suffix(rest)),
        ["mese", "di" | "del", ..] => None,
        ["anno" | "mese", rest @ ..] => Some(1 + suffix(rest)),
        _ => None,
    }
}

/// A time that says its year, or a season, or a span.
fn period(words: &[&str]) -> Option<usize> {
    match words {
        [month, rest @ ..] if MONTHS.contains(month) => match rest {
            ["del", rest @ ..] => year(rest).map(|found| found + 2),
            rest => short_year(rest).map(|found| found + 1),
        },
        [season, "del", rest @ ..] if SEASONS.contains(season) && year(rest).is_some() => {
            year(rest).map(|found| found + 2)
        }
        [season, rest @ ..] if SEASONS.contains(season) => {
            Some(1 + years(rest).or_else(|| short_year(rest)).unwrap_or(0))
        }
        [number, "°", part, rest @ ..] if is_number(number, 1) && PARTS.contains(part) => {
            part_of(rest).map(|found| found + 3)
        }
        [ordinal, part, rest @ ..]
            if PARTS.contains(part)
                && (ORDINALS.contains(ordinal)
                    || ROMANS.contains(ordinal)
                    || is_number(ordinal, 1) && part.ends_with("mestre")) =>
        {
            part_of(rest).map(|found| found + 2)
        }
        ["primi" | "prime" | "ultimi" | "ultime", rest @ ..] => {
            let count = usize::from(rest.first().is_some_and(|word| is_count(word)));
            let unit = rest.get(count).filter(|word| UNITS.contains(word));
            let of = unit.and(rest.get(count + 1..)).and_then(part_of);
            of.map(|found| found + count + 2)
        }
        ["a", ".", "s" | "e", ".", rest @ ..] => years(rest).or_else(|| year(rest)).map(|n| n + 4),
        ["as" | "ae", rest @ ..] => years(rest).map(|found| found + 1),
        ["anno", "scolastico" | "educativo", rest @ ..] => {
            years(rest).or_else(|| year(rest)).map(|found| found + 2)
        }
        ["anno" | "anni", rest @ ..] => years(rest).or_else(|| year(rest)).map(|n| n + 1),
        [span, rest @ ..] if SPANS.contains(span) => Some(1 + years(rest).unwrap_or(0)),
        [edge, rest @ ..] if EDGES.contains(edge) => at_the_edge(rest).map(|found| found + 1),
        _ => date(words)
            .or_else(|| day(words).and_then(|found| Some(found + short_year(words.get(found..)?)?)))
            .or_else(|| years(words))
            .or_else(|| year(words)),
    }
}

/// What begins, halves or ends: `2025`, `anno 2025`, `di giugno 2025`, `dell'anno scolastico 2025/26`.
fn at_the_edge(words: &[&str]) -> Option<usize> {
    let link = match words {
        ["dell", "'", ..] => 2,
        ["di" | "del" | "della", ..] => 1,
        _ => 0,
    };
    let rest = words.get(link..)?;
    let anno = || (link == 0).then(|| year_unsaid(rest)).flatten();
    period(rest).or_else(anno).map(|found| found + link)
}

/// The year that a part is of: `2025`, `del 2025`, `dell'anno 2025`.
fn part_of(words: &[&str]) -> Option<usize> {
    match words {
        ["del", rest @ ..] => years(rest).or_else(|| year(rest)).map(|found| found + 1),
        ["dell", "'", "anno", rest @ ..] => {
            let school = usize::from(matches!(rest, ["scolastico" | "educativo", ..]));
            let year = rest
                .get(school..)
                .and_then(|r| years(r).or_else(|| year(r)));
            Some(3 + school + year.unwrap_or(0))
        }
        _ => short_year(words),
    }
}

/// `30/06/2025`, `30.06.25`, `2025-06-30`, `06/2025`.
fn date(words: &[&str]) -> Option<usize> {
    match words {
        [first, a @ ("/" | "." | "-"), month, b, last, ..] if a == b => {
            let in_order =
                is_day(first) && (is_number(last, 2) && last.len() == 2 || is_year(last));
            let backwards = is_year(first) && is_day(last);
            ((in_order || backwards) && is_month(month)).then_some(5)
        }
        [month, "/", year, ..] if is_month(month) && is_year(year) => Some(3),
        _ => None,
    }
}

/// `31 dicembre`, `1° gennaio`, `primo gennaio`.
fn day(words: &[&str]) -> Option<usize> {
    match words {
        ["primo", month, ..] if MONTHS.contains(month) => Some(2),
        ["1", "°", month, ..] if MONTHS.contains(month) => Some(3),
        [day, month, ..] if MONTHS.contains(month) && is_day(day) => Some(2),
        _ => None,
    }
}

/// `tre anni scolastici`, and `un anno dalla sottoscrizione`; alone only where a word led to it.
fn length(words: &[&str], alone: bool) -> Option<usize> {
    let [count, unit, rest @ ..] = words else {
        return None;
    };
    if !is_count(count) || !UNITS.contains(unit) {
        return None;
    }
    let more = match rest {
        ["scolastico" | "scolastici" | "educativi" | "lavorativi", ..] => 1,
        [".", next, ..] if *unit == "gg" && next.starts_with("dal") => 1,
        _ => 0,
    };
    let since = match rest.get(more..)? {
        ["dall", "'", rest @ ..] => event(rest).or_else(|| other(rest)).map(|found| found + 2),
        ["dal" | "dalla", rest @ ..] => event(rest).or_else(|| other(rest)).map(|found| found + 1),
        _ => None,
    };
    match since {
        Some(since) => Some(2 + more + since),
        None => alone.then_some(2 + more),
    }
}

/// Since when, in a word that is not listed: `conclusione dei lavori`.
fn other(words: &[&str]) -> Option<usize> {
    let found = named(words).filter(|_| unsaid(words).is_none() && year_unsaid(words).is_none())?;
    Some(found + words.get(found..).map_or(0, of_what))
}

/// `firma`, `stipula del presente accordo`, `avvio del progetto`.
fn event(words: &[&str]) -> Option<usize> {
    const EVENTS: [&str; 7] = [
        "sottoscrizione",
        "firma",
        "stipula",
        "approvazione",
        "pubblicazione",
        "avvio",
        "inizio",
    ];
    let dated = match words {
        ["data", "di" | "della" | "del", ..] => 2,
        ["data", "dell", "'", ..] => 3,
        _ => 0,
    };
    let rest = words.get(dated..)?;
    let event = rest.first().filter(|word| EVENTS.contains(word));
    event.map(|_| dated + 1 + rest.get(1..).map_or(0, of_what))
}

/// `dell'accordo`, `del presente accordo`, `del bando`; nothing is no word.
fn of_what(words: &[&str]) -> usize {
    let link = match words {
        ["dell" | "nell", "'", ..] => 2,
        [
            "del" | "della" | "dello" | "dei" | "degli" | "delle" | "di",
            ..,
        ] => 1,
        _ => return 0,
    };
    let rest = words.get(link..).unwrap_or_default();
    let present = usize::from(rest.first() == Some(&"presente"));
    let what = rest.get(present..).and_then(named);
    what.map_or(0, |what| link + present + what)
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
    // After the month the year would be cut from a date: `2025-06-30`.
    let is_date = matches!(words.get(found..), Some(["-", day, ..]) if is_day(day));
    (!is_date && (is_number(last, 2) && last.len() == 2 || is_year(last))).then_some(found)
}

fn year(words: &[&str]) -> Option<usize> {
    words.first().filter(|word| is_year(word)).map(|_| 1)
}

/// `2025`, and after a month `'25`.
fn short_year(words: &[&str]) -> Option<usize> {
    let short = matches!(words, ["'", year, ..] if is_number(year, 2) && year.len() == 2);
    year(words).or(short.then_some(2))
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && word
            .parse()
            .is_ok_and(|year: u32| (1950..=2100).contains(&year))
}

fn is_month(word: &str) -> bool {
    is_number(word, 2)
        && word
            .parse()
            .is_ok_and(|month: u32| (1..=12).contains(&month))
}

fn is_day(word: &str) -> bool {
    is_number(word, 2) && word.parse().is_ok_and(|day: u32| (1..=31).contains(&day))
}

fn is_count(word: &str) -> bool {
    counts(word) || is_number(word, 3)
}

fn is_number(word: &str, longest: usize) -> bool {
    (1..=longest).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}
