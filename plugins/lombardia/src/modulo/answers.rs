//! The answers of a form, read as what they mean; one that may mean two things means none.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::questions::has_word;
use crate::text::folded;

/// The capacities in which one takes part, each with the words that tell it.
const ROLES: [(&str, &[&str]); 5] = [
    ("presidente coordinatore", &["presidente"]),
    ("dirigente scolastico", &["dirigente", "ds"]),
    (
        "coordinatore pedagogico",
        &["coordinatore pedagogico", "coordinatrice pedagogica"],
    ),
    ("docente", &["docente", "insegnante", "maestra", "maestro"]),
    (
        "personale dei servizi educativi",
        &[
            "educatore",
            "educatrice",
            "personale dei servizi",
            "personale educativo",
        ],
    ),
];

/// Gives the role that an answer tells; of a delegate, that of whom he or she stands in for.
pub(super) fn role(answer: &str) -> Option<&'static str> {
    let answer = folded(answer);
    let behalf = answer.split_once("delegat").map(|(_, behalf)| behalf);
    behalf.and_then(only_role).or_else(|| only_role(&answer))
}

fn only_role(answer: &str) -> Option<&'static str> {
    let told = |words: &[&str]| words.iter().any(|word| has_word(answer, word));
    let mut roles = ROLES.into_iter().filter(|(_, words)| told(words));
    match (roles.next(), roles.next()) {
        (Some((role, _)), None) => Some(role),
        _ => None,
    }
}

/// Tells whether a role is held for somebody else, where it says so: one that reads *or a
/// delegate* does not.
pub(super) fn delegated(role: &str) -> Option<bool> {
    let role = folded(role);
    let either = has_word(&role, "o") || has_word(&role, "oppure");
    (role.contains("delegat") && !either).then_some(true)
}

/// What may follow a yes or a no without changing it, where a form asks for a delegate.
const OF_A_DELEGATE: [&str; 14] = [
    "coordinatore",
    "da",
    "dal",
    "dalla",
    "del",
    "della",
    "delega",
    "delegata",
    "delegato",
    "di",
    "dirigente",
    "presidente",
    "scolastico",
    "su",
];
/// What may stand in an answer on how one takes part, besides the words that tell it.
const OF_PRESENCE: [&str; 15] = [
    "a",
    "da",
    "di",
    "in",
    "io",
    "l",
    "la",
    "o",
    "ospitante",
    "partecipera",
    "partecipero",
    "partecipo",
    "presso",
    "saro",
    "sede",
];
const FAR: [&str; 6] = [
    "distanza",
    "online",
    "line",
    "remoto",
    "streaming",
    "webinar",
];
const NEAR: [&str; 2] = ["presenza", "persona"];

/// Reads yes or no: alone, or before words that do not change it.
pub(super) fn yes(answer: &str) -> Option<bool> {
    let answer = folded(answer);
    let (said, mut rest) = lead(&answer)?;
    rest.all(|word| OF_A_DELEGATE.contains(&word))
        .then_some(said)
}

/// Parts the yes or the no that words begin with from what follows.
fn lead(words: &str) -> Option<(bool, std::str::Split<'_, char>)> {
    let mut words = words.split(' ');
    match words.next()? {
        "si" | "yes" | "vero" | "true" => Some((true, words)),
        "no" | "falso" | "false" => Some((false, words)),
        _ => None,
    }
}

/// Tells whether one comes in person: at a distance is no, and both is unknown, as is an answer
/// with any word that is not known here.
pub(super) fn in_person(answer: &str) -> Option<bool> {
    let answer = folded(answer);
    if answer == "non in presenza" {
        return Some(false);
    }
    let (said, rest) = match lead(&answer) {
        Some((said, rest)) => (Some(said), rest),
        None => (None, answer.split(' ')),
    };
    let (mut far, mut near) = (false, false);
    for word in rest {
        far |= FAR.contains(&word);
        near |= NEAR.contains(&word);
        let known = FAR.contains(&word) || NEAR.contains(&word) || word == "on";
        if !known && !OF_PRESENCE.contains(&word) {
            return None;
        }
    }
    match (said, far, near) {
        (_, true, true) | (Some(false), _, true) | (None, false, false) => None,
        (_, true, false) => Some(false),
        (None, false, true) => Some(true),
        (Some(said), false, _) => Some(said),
    }
}

/// Gives the instant of an answer as `2024-11-22T09:13:45`, with the offset where the form says it.
///
/// # Shape
/// Days are written year first, or day, month, year; American days are not read. A year of two
/// figures is of this century, and comes last: after a dash, where it may come first, it is not
/// read.
pub(super) fn instant(answer: &str) -> Option<String> {
    let mut words = answer.split_whitespace();
    let day = day(words.next()?)?;
    let time = time(words.next()?)?;
    let (mut half, mut zone) = (None, None);
    for word in words {
        match word.to_uppercase().as_str() {
            "AM" if half.is_none() => half = Some(0),
            "PM" if half.is_none() => half = Some(12),
            "CET" | "GMT+1" | "+01:00" if zone.is_none() => zone = Some("+01:00"),
            "CEST" | "GMT+2" | "+02:00" if zone.is_none() => zone = Some("+02:00"),
            _ => return None,
        }
    }
    let [hour, minute, second] = time;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    let instant = NaiveDateTime::new(day, time).format("%Y-%m-%dT%H:%M:%S");
    Some(format!("{instant}{}", zone.unwrap_or_default()))
}

fn day(text: &str) -> Option<NaiveDate> {
    let [first, month, last] = three(text, &['/', '-', '.'])?;
    let long = text.find(['/', '-', '.'])? == 4;
    let (year, day) = if long { (first, last) } else { (last, first) };
    let short = !long && year < 100 && !text.contains('-');
    let year = i32::try_from(if short { 2000 + year } else { year })
        .ok()
        .filter(|year| (2000..2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn time(text: &str) -> Option<[u32; 3]> {
    three(text, &[':', '.']).or_else(|| three(&format!("{text}:00"), &[':', '.']))
}

fn three(text: &str, separators: &[char]) -> Option<[u32; 3]> {
    let number = |part: &str| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    let parts: Option<Vec<u32>> = text.split(separators).map(number).collect();
    parts?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_by_its_words_and_a_delegate_has_that_of_another() {
        let roles = [
            (
                "Presidente coordinatore del CPT",
                Some("presidente coordinatore"),
            ),
            ("Dirigente Scolastico", Some("dirigente scolastico")),
            (
                "Delegata dal Dirigente scolastico",
                Some("dirigente scolastico"),
            ),
            (
                "Docente delegato dal Presidente",
                Some("presidente coordinatore"),
            ),
            (
                "Dirigente scolastico o suo delegato",
                Some("dirigente scolastico"),
            ),
            ("Coordinatrice pedagogica", Some("coordinatore pedagogico")),
            ("Insegnante di scuola dell'infanzia", Some("docente")),
            (
                "Personale dei servizi educativi",
                Some("personale dei servizi educativi"),
            ),
            ("Dirigente scolastico, Presidente coordinatore", None),
            ("Genitore", None),
        ];
        for (answer, expected) in roles {
            assert_eq!(role(answer), expected, "{answer}");
        }
        assert_eq!(delegated("Delegata dal Dirigente scolastico"), Some(true));
        assert_eq!(delegated("Dirigente scolastico o suo delegato"), None);
        assert_eq!(delegated("Dirigente scolastico"), None, "it does not say");
    }

    #[test]
    fn presence_is_told_by_yes_by_no_or_by_the_place() {
        let answers = [
            ("Sì", Some(true)),
            ("SI, in presenza", Some(true)),
            ("In presenza", Some(true)),
            ("No", Some(false)),
            ("Non in presenza", Some(false)),
            ("Sì, a distanza", Some(false)),
            ("Da remoto", Some(false)),
            ("In presenza o a distanza", None),
            ("Forse", None),
            ("Non so", None),
            ("Non ancora deciso", None),
            ("Non solo in presenza", None),
            ("Non a distanza", None),
            ("No problem", None),
            ("No, in presenza", None),
            ("Sì se possibile", None),
            ("Preferirei in presenza", None),
            ("", None),
        ];
        for (answer, expected) in answers {
            assert_eq!(in_person(answer), expected, "{answer}");
        }
    }

    #[test]
    fn yes_and_no_stand_alone_or_before_words_that_do_not_change_them() {
        let answers = [
            ("Sì", Some(true)),
            ("No.", Some(false)),
            ("Sì, su delega del Dirigente scolastico", Some(true)),
            ("Non so", None),
            ("Non ricordo", None),
            ("No problem", None),
            ("Sì se possibile", None),
            ("Sì e no", None),
        ];
        for (answer, expected) in answers {
            assert_eq!(yes(answer), expected, "{answer}");
        }
    }

    #[test]
    fn instants_are_read_as_the_forms_write_them() {
        let instants = [
            ("22/11/2024 9.13.45", Some("2024-11-22T09:13:45")),
            ("22/11/2024 09:13", Some("2024-11-22T09:13:00")),
            ("2024-11-22 09:13:45", Some("2024-11-22T09:13:45")),
            (
                "2024/11/22 3:28:24 PM CET",
                Some("2024-11-22T15:28:24+01:00"),
            ),
            (
                "2024/07/01 12:05:00 AM GMT+2",
                Some("2024-07-01T00:05:00+02:00"),
            ),
            ("11/22/2024 9:13:45", None),
            ("22/11/24 9:05", Some("2024-11-22T09:05:00")),
            ("22.11.24 9.05", Some("2024-11-22T09:05:00")),
            ("24-11-22 9:05", None),
            ("11/22/24 9:05", None),
            ("31/02/2024 9:13:45", None),
            ("22/11/2024 25:00", None),
            ("22/11/2024 13:00 PM", None),
            ("22/11/2024 9:13 EST", None),
            ("22/11/2024", None),
            ("ieri", None),
        ];
        for (answer, expected) in instants {
            assert_eq!(instant(answer).as_deref(), expected, "{answer}");
        }
    }
}
