//! The iCalendar file as somebody else reads it: the Python package `icalendar`, field by field.
//!
//! `RIPARTO_PYTHON` says which Python; with `RIPARTO_REQUIRE_ICALENDAR` it must have the package.

#![cfg(test)]

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use chrono::NaiveDate;
use riparto_core::diag::{Lang, Text};
use riparto_core::outcome::{
    Certainty, ConsequenceOutcome, DeadlineKind, DeadlineOutcome, EventOutcome, ExtensionOutcome,
};
use riparto_core::rules::Until;
use riparto_core::say;
use riparto_core::terms::Step;
use riparto_core::time::{Period, RomeTime, local};
use riparto_io::report::ics::{Almanac, ics};
use riparto_tests::{root, run_in};
use serde_json::{Value, json};

/// Gives a Python that has the package, or says why nothing is read back.
fn python() -> Option<String> {
    let python = std::env::var("RIPARTO_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let tried = Command::new(&python)
        .args(["-c", "import icalendar"])
        .output();
    if tried.is_ok_and(|tried| tried.status.success()) {
        return Some(python);
    }
    let missing = format!("`{python}` is missing, or has no package `icalendar` (RIPARTO_PYTHON)");
    let required = std::env::var_os("RIPARTO_REQUIRE_ICALENDAR").is_some();
    assert!(!required, "{missing}");
    eprintln!("skipped: {missing}");
    None
}

/// Gives what the package reads in the file of these deadlines.
fn read_back(python: &str, deadlines: &[DeadlineOutcome], lang: Lang) -> Value {
    let almanac = Almanac {
        pack: "regione/2026",
        title: &say!("Nidi, sezioni; poli 2026", "Nurseries, 2026"),
        as_of: day("2026-01-15"),
        deadlines,
    };
    read_file(python, &ics(&almanac, lang))
}

/// Gives what the package reads in a file; it would write the same lines, but for where they fold.
fn read_file(python: &str, written: &str) -> Value {
    let mut reader = Command::new(python)
        .arg(root().join("tests/ics/read_back.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Dropped at the end of the statement, so that the reader sees the end of the file.
    let sent = reader.stdin.take().unwrap().write_all(written.as_bytes());
    let read = reader.wait_with_output().unwrap();
    sent.unwrap();
    assert!(read.status.success(), "{written}");
    let mut read: Value = serde_json::from_slice(&read.stdout).unwrap();
    assert!(written.split("\r\n").all(|line| line.len() <= 75));
    assert_eq!(written.replace("\r\n ", ""), read["written"]);
    read["calendar"].take()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> Option<RomeTime> {
    Some(local(text, None).unwrap())
}

fn deadline(id: &str, kind: DeadlineKind, label: Text) -> DeadlineOutcome {
    DeadlineOutcome {
        id: id.to_owned(),
        measure: "nidi".to_owned(),
        label,
        who: None,
        kind,
        opens: None,
        closes: None,
        first_closes: None,
        extensions: Vec::new(),
        events: Vec::new(),
        at_an_hour: (true, true),
        by: false,
        counted: None,
        raw: None,
        due: None,
        steps: Vec::new(),
        text: None,
        earliest: None,
        latest: None,
        reading: None,
        certainty: Certainty::Exact,
        state: None,
        left: None,
        consequence: None,
        act: None,
        assumption: false,
        note: None,
    }
}

fn window() -> DeadlineOutcome {
    let label = say!(
        "Domanda di contributo, prima finestra; nidi, sezioni primavera e poli per l'età 0-6: già così è più lunga di una riga",
        "Application"
    );
    DeadlineOutcome {
        opens: instant("2026-03-02 09:00"),
        closes: instant("2026-05-18 12:00"),
        who: Some(say!("i Comuni", "municipalities")),
        act: Some("D.D. 1/2026, art. 2 c. 3".to_owned()),
        note: Some("prima riga\r\nseconda: \"così\"; c:\\dati".to_owned()),
        ..deadline("domanda", DeadlineKind::Window, label)
    }
}

fn extended() -> DeadlineOutcome {
    DeadlineOutcome {
        first_closes: instant("2026-05-18 12:00"),
        closes: instant("2026-06-30 23:59:59"),
        extensions: vec![ExtensionOutcome {
            until: Until::At(instant("2026-06-30 23:59:59").unwrap()),
            act: "D.D. 2/2026".to_owned(),
        }],
        ..deadline(
            "proroga",
            DeadlineKind::Window,
            say!("Rendiconto", "Report"),
        )
    }
}

fn extended_in_words() -> DeadlineOutcome {
    let period = Period {
        earliest: Some(day("2026-09-01")),
        latest: day("2026-09-30"),
    };
    DeadlineOutcome {
        opens: instant("2026-03-02 09:00"),
        closes: None,
        extensions: vec![ExtensionOutcome {
            until: Until::In {
                text: "a settembre 2026".to_owned(),
                period,
                note: None,
            },
            act: "D.D. 3/2026".to_owned(),
        }],
        certainty: Certainty::Interval,
        id: "a-parole".to_owned(),
        ..extended()
    }
}

fn term() -> DeadlineOutcome {
    DeadlineOutcome {
        events: vec![EventOutcome {
            id: "pubblicazione".to_owned(),
            label: say!("pubblicazione", "publication"),
            date: Some(day("2024-06-14")),
        }],
        due: Some(day("2024-09-16")),
        steps: vec![Step {
            date: day("2024-09-16"),
            why: say!("si arriva a lunedì", "it comes to Monday"),
            act: Some("c.p.a., art. 52".to_owned()),
        }],
        consequence: Some(ConsequenceOutcome {
            text: say!("decadenza", "loss of the right"),
            act: None,
            assumption: true,
            note: None,
        }),
        ..deadline("ricorso", DeadlineKind::Term, say!("Ricorso", "Appeal"))
    }
}

fn prose() -> DeadlineOutcome {
    DeadlineOutcome {
        text: Some("dicembre 2024".to_owned()),
        earliest: Some(day("2024-12-01")),
        latest: Some(day("2024-12-31")),
        certainty: Certainty::Interval,
        ..deadline("riparto", DeadlineKind::Prose, say!("Riparto", "Split"))
    }
}

fn awaiting() -> DeadlineOutcome {
    DeadlineOutcome {
        events: vec![EventOutcome {
            id: "notifica".to_owned(),
            label: say!("notifica, o avviso", "notice"),
            date: None,
        }],
        certainty: Certainty::AwaitsEvent,
        ..deadline("reclamo", DeadlineKind::Term, say!("Reclamo", "Complaint"))
    }
}

fn alarm(trigger: &str, ahead: i64, text: &str) -> Value {
    json!({
        "name": "VALARM",
        "errors": [],
        "properties": { "ACTION": "DISPLAY", trigger: ahead, "DESCRIPTION": text },
        "components": [],
    })
}

fn entry(properties: Value, alarms: [Option<Value>; 2]) -> Value {
    let mut properties = properties;
    properties["DTSTAMP"] = json!("2026-01-15T00:00:00+00:00");
    properties["TRANSP"] = json!("TRANSPARENT");
    properties["CATEGORIES"] = json!(["nidi"]);
    let alarms: Vec<_> = alarms.into_iter().flatten().collect();
    json!({ "name": "VEVENT", "errors": [], "properties": properties, "components": alarms })
}

const DAY: i64 = 24 * 60 * 60;

/// Two alarms before the end of a window.
fn before_the_end(text: &str) -> [Option<Value>; 2] {
    [7 * DAY, DAY].map(|ahead| Some(alarm("TRIGGER;RELATED=END", -ahead, text)))
}

/// Two alarms at nine in the morning, a week before a day and the day before.
fn at_nine(text: &str) -> [Option<Value>; 2] {
    [7 * DAY, DAY].map(|ahead| Some(alarm("TRIGGER", 9 * 60 * 60 - ahead, text)))
}

#[test]
fn another_reader_finds_every_field_in_italian() {
    let Some(python) = python() else { return };
    let deadlines = [
        window(),
        extended(),
        extended_in_words(),
        term(),
        prose(),
        awaiting(),
    ];
    let title = "Nidi, sezioni; poli 2026";
    let about = "scadenze di regione/2026, regole lette a giovedì 15 gennaio 2026\n\
        senza una data:\n- Reclamo: in attesa di notifica, o avviso";
    let label = window().label.it;
    let closing = "si chiude lunedì 18 maggio 2026, ore 12:00 (ora italiana)";
    let extended_closing = "si chiude martedì 30 giugno 2026, ore 23:59:59 (ora italiana)";
    let first = "chiusura lunedì 18 maggio 2026, ore 12:00 (ora italiana), poi prorogata";
    let due = "entro lunedì 16 settembre 2024";
    let expected = json!({
        "name": "VCALENDAR",
        "errors": [],
        "properties": {
            "VERSION": "2.0",
            "PRODID": concat!("-//Riparto//", env!("CARGO_PKG_VERSION"), "//IT"),
            "CALSCALE": "GREGORIAN",
            "METHOD": "PUBLISH",
            "NAME": title,
            "X-WR-CALNAME": title,
            "DESCRIPTION": about,
            "X-WR-CALDESC": about,
            "X-WR-TIMEZONE": "Europe/Rome",
        },
        "components": [
            entry(json!({
                "UID": "nidi.domanda.2026.regione@riparto",
                "SEQUENCE": 0,
                "DTSTART": "2026-03-02T08:00:00+00:00",
                "DTEND": "2026-05-18T10:00:00+00:00",
                "SUMMARY": label,
                "DESCRIPTION": format!("si apre lunedì 2 marzo 2026, ore 09:00 (ora italiana)\n\
                    {closing}\nchi: i Comuni\nfonte: D.D. 1/2026, art. 2 c. 3\n\
                    nota: prima riga\nseconda: \"così\"; c:\\dati"),
            }), before_the_end(&format!("{label}: {closing}"))),
            entry(json!({
                "UID": "nidi.proroga.2026.regione@riparto",
                "SEQUENCE": 1,
                "DTSTART": "2026-06-30T21:59:59+00:00",
                "SUMMARY": "Rendiconto",
                "DESCRIPTION": format!("{extended_closing}\n\
                    la prima chiusura era lunedì 18 maggio 2026, ore 12:00 (ora italiana)\n\
                    prorogata: martedì 30 giugno 2026, ore 23:59:59 (ora italiana); \
                    fonte: D.D. 2/2026"),
            }), [7 * DAY, DAY].map(|ahead| {
                let text = format!("Rendiconto: {extended_closing}");
                Some(alarm("TRIGGER;RELATED=START", -ahead, &text))
            })),
            entry(json!({
                "UID": "nidi.a-parole.2026.regione@riparto",
                "SEQUENCE": 1,
                "STATUS": "TENTATIVE",
                "DTSTART": "2026-03-02T08:00:00+00:00",
                "DTEND": "2026-05-18T10:00:00+00:00",
                "SUMMARY": "Rendiconto",
                "DESCRIPTION": format!("si apre lunedì 2 marzo 2026, ore 09:00 (ora italiana)\n\
                    {first}\nprorogata: «a settembre 2026», \
                    tra martedì 1° settembre 2026 e mercoledì 30 settembre 2026; \
                    fonte: D.D. 3/2026"),
            }), before_the_end(&format!("Rendiconto: {first}"))),
            entry(json!({
                "UID": "nidi.ricorso.2026.regione@riparto",
                "SEQUENCE": 0,
                "DTSTART;VALUE=DATE": "2024-09-16",
                "SUMMARY": "Ricorso",
                "DESCRIPTION": format!("{due}\n\
                    conseguenza: decadenza; fonte: ipotesi, nessuna fonte lo dice così\n\
                    decorre da: pubblicazione, venerdì 14 giugno 2024\n\
                    - 2024-09-16: si arriva a lunedì; fonte: c.p.a., art. 52"),
            }), at_nine(&format!("Ricorso: {due}"))),
            entry(json!({
                "UID": "nidi.riparto.2026.regione@riparto",
                "SEQUENCE": 0,
                "STATUS": "TENTATIVE",
                "DTSTART;VALUE=DATE": "2024-12-01",
                "DTEND;VALUE=DATE": "2025-01-01",
                "SUMMARY": "Riparto (tempo indicativo)",
                "DESCRIPTION": "tra domenica 1° dicembre 2024 e martedì 31 dicembre 2024\n\
                    la fonte dice: «dicembre 2024»",
            }), [None, None]),
        ],
    });
    let read = read_back(&python, &deadlines, Lang::It);
    assert_eq!(read, expected, "{read:#}");
}

#[test]
fn another_reader_finds_the_same_entries_in_english() {
    let Some(python) = python() else { return };
    let read = read_back(&python, &[term(), prose(), awaiting()], Lang::En);
    let calendar = &read["properties"];
    assert_eq!(calendar["NAME"], "Nurseries, 2026");
    let about = "deadlines of regione/2026, rules read as of Thursday 15 January 2026\n\
        with no date:\n- Complaint: awaits notice";
    assert_eq!(calendar["X-WR-CALDESC"], about);

    let [term, prose] = [0, 1].map(|at| &read["components"][at]["properties"]);
    assert_eq!(term["UID"], "nidi.ricorso.2026.regione@riparto");
    assert_eq!(term["SUMMARY"], "Appeal");
    let said = "by Monday 16 September 2024\n\
        consequence: loss of the right; source: assumption, no source says so\n\
        runs from: publication, Friday 14 June 2024\n\
        - 2024-09-16: it comes to Monday; source: c.p.a., art. 52";
    assert_eq!(term["DESCRIPTION"], said);
    assert_eq!(prose["UID"], "nidi.riparto.2026.regione@riparto");
    assert_eq!(prose["SUMMARY"], "Split (approximate time)");
}

#[test]
fn another_reader_finds_every_label_wherever_it_folds() {
    let Some(python) = python() else { return };
    // No backslash before an `n`: the package takes the two for an end of line.
    let labels = (0..80).map(|length| {
        let before = "x".repeat(length);
        format!("{before}è, à; 😀 \\ c:\\dati\nù{}  fine", "é".repeat(90))
    });
    let labels: Vec<String> = labels.collect();
    let deadlines = labels.iter().map(|label| DeadlineOutcome {
        label: Text::same(label),
        ..term()
    });
    let read = read_back(&python, &deadlines.collect::<Vec<_>>(), Lang::It);
    let entries = read["components"].as_array().unwrap().iter();
    let found: Vec<_> = entries
        .map(|entry| entry["properties"]["SUMMARY"].as_str().unwrap())
        .collect();
    assert_eq!(found, labels);
}

#[test]
fn the_calendars_of_real_packs_are_read_whole() {
    let Some(python) = python() else { return };
    let program = env!("CARGO_BIN_EXE_riparto-under-test");
    for pack in [
        "piemonte/2018",
        "piemonte/2024",
        "piemonte/2026",
        "toscana/2024",
    ] {
        let uids = ["it", "en"].map(|lang| {
            let line = ["deadlines", pack, "--format", "ics", "--lang", lang];
            let event = ["--event", "comunicazione=2018-07-02"];
            let more: &[&str] = if pack == "piemonte/2018" { &event } else { &[] };
            let ran = run_in(program, &root(), &[&line, more].concat()).unwrap();
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            let read = read_file(&python, &ran.stdout);
            assert_eq!(read["errors"], json!([]), "{pack}");
            let entries = read["components"].as_array().unwrap();
            let uids = entries.iter().map(|one| {
                assert_eq!(one["errors"], json!([]), "{pack}");
                one["properties"]["UID"].as_str().unwrap().to_owned()
            });
            uids.collect::<Vec<_>>()
        });
        // The same entries in both languages, each with a name of its own.
        assert_eq!(uids[0], uids[1], "{pack}");
        let distinct: BTreeSet<&String> = uids[0].iter().collect();
        assert!(
            !distinct.is_empty() && distinct.len() == uids[0].len(),
            "{pack}"
        );
    }
}
