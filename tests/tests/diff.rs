//! What a change of rules moves: deadlines compared between packs, and before and after an edit.

#![cfg(test)]

use std::path::Path;

use riparto_tests::copies::{copy_of, edit};
use riparto_tests::{root, run_in};

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

#[test]
fn a_change_of_regime_lists_the_terms_that_move() {
    let before = copy_of(&root()).unwrap();
    let regimes = before.path().join("rules/calendar/regimes.toml");
    edit(
        &regimes,
        "[regime.tar.saturday]\nis      = \"holiday\"",
        "[regime.tar.saturday]\nis      = \"working\"",
    )
    .unwrap();
    let folder = before.path().to_str().unwrap();
    let diff = |more: &[&str]| {
        let line = [
            "diff",
            "piemonte/2018",
            "piemonte/2018",
            "--before-root",
            folder,
        ];
        let words = [line.as_slice(), more, &["--format", "json"]].concat();
        let ran = run_in(PROGRAM, &root(), &words).unwrap();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.json()
    };
    // 7 November 2018 plus 60 days is Sunday 6 January 2019; 6 November gives Saturday 5.
    let found = diff(&["--event", "comunicazione=2018-11-06"]);
    let moved = found["deadlines"].as_array().unwrap();
    assert_eq!(moved.len(), 1, "{found}");
    assert_eq!(moved[0]["id"], "tar");
    assert_eq!(moved[0]["before"]["due"], "2019-01-05");
    assert_eq!(moved[0]["after"]["due"], "2019-01-07");
    assert!(
        diff(&["--event", "comunicazione=2018-11-07"])["deadlines"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    // Without an event every day of the year is tried: those whose raw end is a Saturday move.
    let found = diff(&[]);
    let terms = found["terms"].as_array().unwrap();
    let names: Vec<_> = terms
        .iter()
        .map(|term| term["id"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["tar", "tar_da_pubblicazione"]);
    assert_eq!(terms[0]["tried"], 365);
    let moves = terms[0]["moves"].as_array().unwrap();
    assert!((40..=60).contains(&moves.len()), "{}", moves.len());
    for step in moves {
        let before: chrono::NaiveDate = step["before"].as_str().unwrap().parse().unwrap();
        assert_eq!(chrono::Datelike::weekday(&before), chrono::Weekday::Sat);
    }
}

#[test]
fn a_new_holiday_lists_the_terms_that_move() {
    let before = copy_of(&root()).unwrap();
    let holidays = before.path().join("rules/calendar/holidays.toml");
    edit(&holidays, "from    = 2026", "from    = 2028").unwrap();
    let folder = before.path().to_str().unwrap();
    // 5 July 2027 plus 60 days, August left out, is Monday 4 October.
    let event = "--event=comunicazione=2027-07-05";
    let line = ["diff", "piemonte/2018", "piemonte/2018", event];
    let line = [
        &line,
        ["--before-root", folder, "--format", "json"].as_slice(),
    ]
    .concat();
    let ran = run_in(PROGRAM, &root(), &line).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = ran.json();
    let moved = found["deadlines"].as_array().unwrap();
    assert_eq!(moved.len(), 1, "{found}");
    assert_eq!(moved[0]["before"]["due"], "2027-10-04");
    assert_eq!(moved[0]["after"]["due"], "2027-10-05");
    // Without an event the years are tried in which the calendars differ.
    let line = ["diff", "piemonte/2018", "piemonte/2018"];
    let line = [
        &line,
        ["--before-root", folder, "--format", "json"].as_slice(),
    ]
    .concat();
    let found = run_in(PROGRAM, &root(), &line).unwrap().json();
    let years: Vec<i32> = [2018].into_iter().chain(2025..2038).collect();
    assert_eq!(found["years_tried"], serde_json::json!(years));
    let terms = found["terms"].as_array().unwrap();
    assert_eq!(terms.len(), 3, "{found}");
    let moves = terms
        .iter()
        .flat_map(|term| term["moves"].as_array().unwrap());
    // Only where the new holiday is a day on which a term could end: never in 2026, a Sunday.
    let ends: Vec<&str> = moves.map(|step| step["before"].as_str().unwrap()).collect();
    assert!(ends.contains(&"2027-10-04"), "{ends:?}");
    assert!(ends.iter().all(|end| !end.starts_with("2026")), "{ends:?}");
}

#[test]
fn nothing_moves_when_nothing_changed() {
    let same = "\nno amount changes\n";
    let empty = "\namounts are not compared: in `lombardia/2018` some facts are missing\n  - the table “Comuni” is empty\n";
    let waits = "\namounts are not compared: in `toscana/2024` some facts are missing\n  - in the table “Zones”: “Weight of the zone in the split” (empty cells: 13 of 13)\n";
    for (pack, amounts) in [
        ("lombardia/2018", empty),
        ("piemonte/2018", ""),
        ("piemonte/2024", same),
        ("toscana/2024", waits),
    ] {
        let ran = run_in(PROGRAM, &root(), &["diff", pack, pack, "--lang", "en"]).unwrap();
        let none = format!("{pack} → {pack}\n\nno deadline changes its date");
        assert!(ran.stdout.starts_with(&none), "{}", ran.stdout);
        let rest = ran.stdout.split("\n\nno rule of the measures changes\n");
        let rest = rest.last().unwrap();
        assert_eq!(rest, amounts, "{pack}");
    }
}

/// The changes of the rules between two packs, wording left out, each as `block id what before after`.
fn rules(line: &[&str]) -> Vec<String> {
    let line = [&["diff"], line, &["--format", "json"]].concat();
    let ran = run_in(PROGRAM, &root(), &line).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json = ran.json();
    let rules = json["rules"].as_array().unwrap().iter();
    let rules = rules.filter(|rule| rule["wording"] == false);
    let word = |rule: &serde_json::Value, key: &str| rule[key].as_str().unwrap_or("-").to_owned();
    let keys = ["block", "id", "what", "before", "after"];
    rules
        .map(|rule| keys.map(|key| word(rule, key)).join(" "))
        .collect()
}

#[test]
fn from_2022_to_2024_the_extra_share_of_training_goes() {
    let found = rules(&["piemonte/2022", "piemonte/2024"]);
    for expected in [
        "fund stato amount 16342410.11 14630769.47",
        "fund regione amount 4701296.61 4701451.00",
        "reserved stato.1 block - quota_formazione",
        "param bambini_piemonte value 20355/1 23580/1",
        "param comuni_finanziati value 367/1 385/1",
        "param comuni_con_formazione block 45/1 -",
        "column comuni.bambini_formazione block integer -",
        "measure monitoraggio block - -",
    ] {
        assert!(
            found.iter().any(|rule| rule == expected),
            "{expected}: {found:#?}"
        );
    }
    // The share of the Comuni is 95% in both: only who says so changes.
    let share = found
        .iter()
        .find(|rule| rule.starts_with("param quota_comuni "));
    assert!(
        share.unwrap().starts_with("param quota_comuni act "),
        "{share:?}"
    );
}

#[test]
fn an_edit_is_the_only_change() {
    let before = copy_of(&root()).unwrap();
    let measure = before
        .path()
        .join("regions/piemonte/2022/piano-azione.toml");
    edit(
        &measure,
        "that     = \"regione >= cofinanziamento_minimo * stato\"",
        "that     = \"regione > cofinanziamento_minimo * stato\"",
    )
    .unwrap();
    let folder = before.path().to_str().unwrap();
    let line = ["piemonte/2022", "piemonte/2022", "--before-root", folder];
    assert_eq!(
        rules(&line),
        [
            "check cofinanziamento that regione > cofinanziamento_minimo * stato regione >= cofinanziamento_minimo * stato"
        ]
    );
}

/// The sentences of what changes in a pack after an edit of one of its files.
fn after_edit(pack: &str, file: &str, was: &str, is: &str) -> Vec<String> {
    let before = copy_of(&root()).unwrap();
    let path = format!("regions/{pack}/{file}");
    // The copy is what was before, so the edit goes backwards.
    edit(&before.path().join(path), is, was).unwrap();
    let folder = before.path().to_str().unwrap();
    let line = [
        "diff",
        pack,
        pack,
        "--before-root",
        folder,
        "--format",
        "json",
    ];
    let found = run_in(PROGRAM, &root(), &line).unwrap().json();
    let rules = found["rules"].as_array().unwrap().iter();
    rules
        .map(|rule| rule["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_limit_of_seventeen_points_is_one_parameter_and_one_line() {
    let found = after_edit(
        "toscana/2024",
        "programma-zona.toml",
        "[param.limite_punto]\nvalue = \"4000\"",
        "[param.limite_punto]\nvalue = \"3000\"",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with(
            "il parametro «Caratteri di ciascun punto, al massimo» passa da 4.000 caratteri a 3.000 caratteri"
        ),
        "{found:?}"
    );
}

#[test]
fn a_way_of_counting_is_said_in_words() {
    let found = after_edit(
        "toscana/2024",
        "programma-zona.toml",
        "spaces      = \"runs\"",
        "spaces      = \"each\"",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("cambiano gli spazi del conto dei caratteri «"));
    assert!(
        found[0].contains("»: da di fila contati per uno a contati uno per uno"),
        "{found:?}"
    );
}

#[test]
fn a_measure_with_another_file_keeps_its_rules() {
    let found = rules(&["lombardia/2021", "lombardia/2024"]);
    for expected in [
        "measure nidi-gratis-plus id nidi-gratis nidi-gratis-plus",
        "param isee_massimo value 20000.00 25000.00",
        "param tetto_mese block - 100.00",
        "eligibility comune_ammesso block comuni -",
    ] {
        assert!(
            found.iter().any(|rule| rule == expected),
            "{expected}: {found:#?}"
        );
    }
}

#[test]
fn facts_that_are_missing_are_counted_by_table() {
    let line = [
        "diff",
        "nazionale/2017",
        "nazionale/2018",
        "--format",
        "json",
    ];
    let found = run_in(PROGRAM, &root(), &line).unwrap().json();
    let missing = &found["amounts"]["missing"];
    let columns = [
        "«Popolazione 0-6 (ISTAT)»",
        "«Iscritti ai servizi educativi al 31 dicembre 2015»",
        "«Bambini 3-6 non iscritti alla scuola statale»",
    ];
    let columns = columns.map(|column| format!("{column} (celle vuote: 21 su 21)"));
    let table = "nella tabella «Regioni e Province autonome»";
    let expected = format!("{table}: {}", columns.join(", "));
    assert_eq!(*missing, serde_json::json!([expected]));
}

/// A Region begun twice alike; the second copy is then edited.
fn example() -> (tempfile::TempDir, tempfile::TempDir) {
    let copies = [(); 2].map(|()| {
        let copy = copy_of(&root()).unwrap();
        let new = [
            "new", "region", "liguria", "--istat", "07", "--year", "2026",
        ];
        let line = [&new[..], &["--amount", "1000.00"]].concat();
        let ran = run_in(PROGRAM, copy.path(), &line).unwrap();
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        copy
    });
    let [before, after] = copies;
    (before, after)
}

/// Compares the Region of two copies; each row as `key before funds rules facts after`.
fn amounts(before: &Path, after: &Path, more: &[&str]) -> (Vec<String>, serde_json::Value) {
    let before = before.to_str().unwrap();
    let line = [
        "diff",
        "liguria/2026",
        "liguria/2026",
        "--before-root",
        before,
    ];
    let line = [&line[..], more, &["--format", "json"]].concat();
    let ran = run_in(PROGRAM, after, &line).unwrap();
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let amounts = ran.json()["amounts"].clone();
    let rows = amounts["rows"].as_array().unwrap().iter();
    let keys = ["key", "before", "funds", "rules", "facts", "after"];
    let rows = rows.map(|row| keys.map(|key| row[key].as_str().unwrap_or("-")).join(" "));
    (rows.collect(), amounts)
}

/// 1000 × 80% / 50 children = 16 each; 1200 × 80% / 50 = 19,20; 1200 × 70% / 50 = 16,80; with ten
/// children more, 1200 × 70% / 60 = 14. The three bodies have 30, 15 (then 25) and 5.
#[test]
fn a_change_of_amounts_is_funds_then_rules_then_facts() {
    let (before, after) = example();
    let folder = after.path().join("regions/liguria/2026");
    let measure = folder.join("misura.toml");
    edit(&measure, "\"80%\"", "\"70%\"").unwrap();
    edit(&measure, "\"20%\"", "\"30%\"").unwrap();
    edit(&measure, "\"1000.00\"", "\"1200.00\"").unwrap();
    edit(&folder.join("data/enti.csv"), ",15", ",25").unwrap();
    let (rows, found) = amounts(before.path(), after.path(), &[]);
    assert_eq!(
        rows,
        [
            "A 480.00 96.00 -72.00 -84.00 420.00",
            "B 240.00 48.00 -36.00 98.00 350.00",
            "C 80.00 16.00 -12.00 -14.00 70.00",
        ]
    );
    let total = &found["total"];
    let parts = ["funds", "rules", "facts", "change"].map(|part| total[part].as_str().unwrap());
    assert_eq!(parts, ["160.00", "-120.00", "0.00", "40.00"]);
    // On the same facts, no part comes from facts: 504, 252 and 84 are what the rules come to.
    let facts = before.path().join("regions/liguria/2026/data");
    let (rows, _) = amounts(
        before.path(),
        after.path(),
        &["--data", facts.to_str().unwrap()],
    );
    assert_eq!(
        rows,
        [
            "A 480.00 96.00 -72.00 0.00 504.00",
            "B 240.00 48.00 -36.00 0.00 252.00",
            "C 80.00 16.00 -12.00 0.00 84.00",
        ]
    );
}

#[test]
fn a_change_that_cannot_be_split_gives_its_totals_and_says_why() {
    let (before, after) = example();
    let folder = after.path().join("regions/liguria/2026");
    let column = "[table.enti.column.bambini]\n";
    let more = "[table.enti.column.montano]\ntype  = \"bool\"\nlabel = \"Montano\"\n\n";
    edit(
        &folder.join("misura.toml"),
        column,
        &format!("{more}{column}"),
    )
    .unwrap();
    let csv = "codice,nome,bambini,montano\nA,Ente A,40,no\nB,Ente B,10,no\n";
    std::fs::write(folder.join("data/enti.csv"), csv).unwrap();
    let (rows, found) = amounts(before.path(), after.path(), &["--lang", "en"]);
    let why =
        "in the first pack the table `enti` has no column `montano`, or has it of another type";
    assert_eq!(found["unsplit"], why);
    assert_eq!(
        rows,
        [
            "A 480.00 - - - 640.00",
            "B 240.00 - - - 160.00",
            "C 80.00 - - - 0.00"
        ]
    );
}

#[test]
fn subjects_that_an_aggregate_may_hide_stay_apart() {
    let line = ["diff", "piemonte/2022", "piemonte/2024", "--format", "json"];
    let found = run_in(PROGRAM, &root(), &line).unwrap().json()["amounts"].clone();
    assert_eq!(found["rows"], serde_json::json!([]));
    let apart = found["apart"].as_array().unwrap();
    // 23 Comuni of Biella and 24 of Asti, none of them in both, and the rest of Piemonte.
    assert_eq!(apart.len(), 48, "{apart:?}");
    let cents = |key: &str| -> i64 {
        let text = found["total"][key].as_str().unwrap();
        text.replace('.', "").parse().unwrap()
    };
    let parts = cents("funds") + cents("rules") + cents("facts");
    assert_eq!(parts, cents("after") - cents("before"));
}

#[test]
fn a_pack_that_waits_for_facts_has_no_amounts_to_compare() {
    let line = ["diff", "piemonte/2024", "piemonte/2026", "--format", "json"];
    let found = run_in(PROGRAM, &root(), &line).unwrap().json();
    assert_eq!(found["amounts"]["not_run"], "piemonte/2026");
}
