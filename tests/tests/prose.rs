//! Times said in words: readings stated by hand, what is left unread, what holds for every text.

#![cfg(test)]

use std::sync::LazyLock;

use proptest::prelude::*;
use riparto_core::terms::load;
use riparto_core::time::{Reading, Words};
use riparto_io::disk::DiskSource;
use riparto_tests::root;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let (law, faults) = load(&DiskSource::open(&root()).unwrap()).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    law.unwrap().words
});

fn read(text: &str) -> Option<Reading> {
    WORDS.read(text)
}

/// Gives the days of a reading as `2024-12-01 2024-12-31`, an upper limit as `by 2024-12-31`.
fn days(text: &str) -> Option<String> {
    let period = read(text)?.period;
    let first = period.earliest.map(|day| day.to_string());
    let first = first.unwrap_or_else(|| "by".to_owned());
    Some(format!("{first} {}", period.latest))
}

fn hold(by_hand: &[(&str, &str)], rests_on_a_choice: bool) {
    for (text, expected) in by_hand {
        assert_eq!(days(text).as_deref(), Some(*expected), "{text}");
        let note = read(text).unwrap().note;
        assert_eq!(note.is_some(), rests_on_a_choice, "{text}");
    }
}

#[test]
fn months_and_years_are_their_own_days() {
    hold(
        &[
            ("Entro dicembre 2024", "by 2024-12-31"),
            ("Giugno 2025", "2025-06-01 2025-06-30"),
            ("entro febbraio 2025", "by 2025-02-28"),
            ("entro febbraio 2024", "by 2024-02-29"),
            ("entro marzo 2025", "by 2025-03-31"),
            ("dicembre 2025", "2025-12-01 2025-12-31"),
            ("nel mese di giugno 2025", "2025-06-01 2025-06-30"),
            ("entro il mese di giugno 2025", "by 2025-06-30"),
            ("entro la fine di giugno 2025", "by 2025-06-30"),
            ("entro 2026", "by 2026-12-31"),
            ("entro il 2026", "by 2026-12-31"),
            ("entro la fine del 2026", "by 2026-12-31"),
            ("entro fine 2026", "by 2026-12-31"),
            ("entro anno 2025", "by 2025-12-31"),
            ("l'anno 2025", "2025-01-01 2025-12-31"),
            ("entro la fine dell’anno 2025", "by 2025-12-31"),
            ("nell'anno 2025", "2025-01-01 2025-12-31"),
            ("nel 2025", "2025-01-01 2025-12-31"),
            ("durante il 2025", "2025-01-01 2025-12-31"),
            ("Anno 2025 e 2026", "2025-01-01 2026-12-31"),
            ("2025 e 2026", "2025-01-01 2026-12-31"),
            ("triennio 2024-2026", "2024-01-01 2026-12-31"),
            ("nel triennio 2024–2026", "2024-01-01 2026-12-31"),
            ("biennio 2025/26", "2025-01-01 2026-12-31"),
            ("Da gennaio 2025 a dicembre 2026", "2025-01-01 2026-12-31"),
            ("dal 2025 al 2026", "2025-01-01 2026-12-31"),
            ("dall'anno 2025 all'anno 2026", "2025-01-01 2026-12-31"),
            ("da marzo 2025 a marzo 2025", "2025-03-01 2025-03-31"),
            // The first ends after the last: it holds all the days of both.
            ("dal 2025 a marzo 2025", "2025-01-01 2025-12-31"),
        ],
        false,
    );
}

#[test]
fn seasons_halves_and_school_years_rest_on_a_choice() {
    hold(
        &[
            ("Primavera 2025", "2025-03-01 2025-06-21"),
            ("Estate 2025", "2025-06-01 2025-09-23"),
            ("entro l’estate 2025", "by 2025-09-23"),
            ("Autunno 2025", "2025-09-01 2025-12-22"),
            ("nell'autunno del 2025", "2025-09-01 2025-12-22"),
            ("inverno 2024", "2024-12-01 2025-03-21"),
            ("inverno 2024/25", "2024-12-01 2025-03-21"),
            (
                "Nel corso della prima metà del 2025",
                "2025-01-01 2025-06-30",
            ),
            ("seconda parte del 2025", "2025-07-01 2025-12-31"),
            ("seconda metà dell'anno 2025", "2025-07-01 2025-12-31"),
            ("a.s. 2025/26", "2025-09-01 2026-08-31"),
            ("A.S. 2025/'26", "2025-09-01 2026-08-31"),
            ("A.S. 2025/’26;", "2025-09-01 2026-08-31"),
            ("nell'a.s. 2025/2026", "2025-09-01 2026-08-31"),
            ("anno scolastico 2025/26", "2025-09-01 2026-08-31"),
            ("anno educativo 2025-2026", "2025-09-01 2026-08-31"),
            ("a.s. 1999/00", "1999-09-01 2000-08-31"),
            (
                "dalla primavera 2025 all'autunno 2025",
                "2025-03-01 2025-12-22",
            ),
            ("da a.s. 2024/25 a a.s. 2025/26", "2024-09-01 2026-08-31"),
            ("da gennaio 2025 all'estate 2025", "2025-01-01 2025-09-23"),
        ],
        true,
    );
}

#[test]
fn what_is_not_understood_to_the_last_word_is_not_read() {
    for text in [
        // A term, and events.
        "Entro 1 anno dalla sottoscrizione dell'accordo",
        "A partire dall'avvio dei primi laboratori",
        // No year.
        "entro giugno",
        "primavera",
        "prima metà",
        "a.s.",
        "da gennaio a dicembre 2025",
        "",
        " ; ",
        // No such year, or not the one that follows.
        "entro dicembre 20244",
        "entro dicembre 24",
        "nel 1500",
        "nel ٢٠٢٥",
        "a.s. 2025",
        "a.s. 2025/27",
        "a.s. 2025/6",
        "primavera 2025/26",
        "triennio 2024-2025",
        "2025 e 2027",
        "2026 e 2025",
        "2025-2026",
        "20 25",
        // A day is the business of a window.
        "31 dicembre 2024",
        "entro il 31 dicembre 2024",
        "31/12/2024",
        "dal 1 gennaio 2025 al 31 dicembre 2025",
        // Backwards, open, or part of a period that is not defined.
        "da dicembre 2025 a gennaio 2025",
        "da dicembre 2025",
        "dal 2025 al",
        "entro da gennaio 2025 a marzo 2025",
        "fine 2025",
        "inizio estate 2025",
        "prima del 2025",
        "dopo giugno 2025",
        // Words left over.
        "entro dicembre 2024 e oltre",
        "entro dicembre 2024, salvo proroga",
        "dicembre 2024 (circa)",
        "entro entro dicembre 2024",
        "dicembre.2024",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_note_names_the_choice_in_both_languages() {
    let note = |text| read(text).unwrap().note.unwrap();
    let season = note("entro autunno 2025");
    assert!(season.it.contains("22 dicembre"), "{}", season.it);
    assert!(season.en.contains("22 December"), "{}", season.en);
    let two = note("dalla primavera 2025 all'autunno 2025");
    assert_eq!(two.it.matches("; ").count(), 1, "{}", two.it);
    assert!(two.it.ends_with(&season.it) && two.en.ends_with(&season.en));
    let once = note("dall'autunno 2024 all'autunno 2025");
    assert_eq!(once, season);
}

/// Texts made of what readings are made of, so that many of them are read.
fn likely() -> impl Strategy<Value = String> {
    let words = "entro la fine di del dell ' nel corso durante da dal a al e anno triennio . s \
                 prima seconda metà parte primavera inverno dicembre febbraio - / 2024 2025 26";
    let any_words = prop::collection::vec(one_of(words, " "), 0..8);
    let periods = "dicembre 2024|inverno 2025|a . s . 2025 / 26|2025|anno 2026|2024 e 2025";
    let sentence = (
        one_of("|entro|da|dal|nel corso di", "|"),
        one_of(periods, "|"),
        one_of("|a|al|e", "|"),
        one_of(periods, "|"),
    );
    prop_oneof![
        any_words.prop_map(|words| words.join(" ")),
        sentence.prop_map(|(lead, first, to, last)| match to {
            "" => format!("{lead} {first}"),
            _ => format!("{lead} {first} {to} {last}"),
        }),
    ]
}

fn one_of(texts: &'static str, between: &'static str) -> impl Strategy<Value = &'static str> {
    let texts: Vec<&str> = texts.split(between).map(str::trim).collect();
    prop::sample::select(texts)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_read_into_days_that_run_backwards(text in any::<String>(), likely in likely()) {
        for text in [text, likely] {
            let ordered = read(&text).is_none_or(|read| read.period.earliest < Some(read.period.latest));
            prop_assert!(ordered, "{text}");
        }
    }

    #[test]
    fn case_and_spaces_make_no_difference(text in likely(), space in "[ \t\n\u{a0}]{1,3}", end in "[ ;.,]{0,3}") {
        let shouted = text.to_uppercase().replace(' ', &space);
        prop_assert_eq!(read(&text), read(&format!("{space}{shouted}{end}")));
    }
}
