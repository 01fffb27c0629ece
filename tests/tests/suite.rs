//! The suite: small packs of made-up Comuni, one topic each, whose sums can be redone by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use riparto_tests::copies::{copy_of, edit};
use riparto_tests::files::project_files;
use riparto_tests::{Ran, root, run_in};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

const PACKS: [&str; 26] = [
    "aggregati/2024",
    "attesi/2024",
    "azioni/2024",
    "benefici/2024",
    "cascata/2024",
    "criteri/2024",
    "decisioni/2024",
    "eredita/2023",
    "eredita/2024",
    "eredita/2025",
    "fasce/2024",
    "formule/2024",
    "garanzia/2018",
    "garanzia/2019",
    "ignoto/2024",
    "ignoto/2025",
    "letture/2024",
    "limiti/2024",
    "metodi/2024",
    "moduli/2024",
    "nazionale/2024",
    "parita/2024",
    "pesi/2024",
    "riservati/2024",
    "schede/2026",
    "tabelle/2024",
];

fn suite() -> PathBuf {
    root().join("tests/suite")
}

/// Runs the program on the suite.
fn run(arguments: &[&str]) -> Ran {
    run_in(PROGRAM, &suite(), &[arguments, &["--root", "."]].concat()).unwrap()
}

fn split<'o>(outcome: &'o Value, allocation: &str, fund: &str) -> &'o Value {
    let all = outcome["allocations"].as_array().unwrap();
    all.iter()
        .find(|a| a["id"] == allocation && a["fund"] == fund)
        .unwrap()
}

/// Gives one field of the rows of a split, as `Alba 3.34, Bra 3.33`.
fn rows(split: &Value, field: &str) -> String {
    let rows = split["rows"].as_array().unwrap().iter();
    let rows = rows.map(|row| {
        let name = row["name"].as_str().unwrap();
        format!("{name} {}", row[field].as_str().unwrap_or("null"))
    });
    rows.collect::<Vec<_>>().join(", ")
}

/// Gives the text with plain spaces, so that amounts can be looked for.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn every_case_of_every_pack_passes() {
    let ran = run(&["test", "--format", "json"]);
    let answer = ran.json();
    let cases = answer["cases"].as_array().unwrap();
    let failed: Vec<&Value> = cases.iter().filter(|c| c["passed"] != true).collect();
    assert_eq!((ran.code, failed), (0, vec![]), "{}", ran.stderr);
    for pack in PACKS.iter().filter(|pack| **pack != "nazionale/2024") {
        assert!(
            cases.iter().any(|c| c["pack"] == *pack),
            "{pack} has no case"
        );
    }
}

#[test]
fn the_packs_of_the_suite_are_those_listed_here_and_nothing_is_wrong_with_them() {
    let listed = run(&["list", "--format", "json"]).json();
    let found: Vec<&str> = listed["packs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pack| pack["pack"].as_str().unwrap())
        .collect();
    assert_eq!(found, PACKS);
    let checked = run(&["check"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
}

#[test]
fn every_case_says_a_sentence_and_shows_its_sum() {
    for pack in PACKS {
        let folder = suite().join("regions").join(pack).join("cases");
        for file in std::fs::read_dir(folder).into_iter().flatten() {
            let path = file.unwrap().path();
            let case: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            let words = case["title"].as_str().unwrap().split(' ').count();
            assert!(words >= 5, "{}: the title is no sentence", path.display());
            assert!(case["why"].as_str().is_some(), "{}", path.display());
        }
    }
}

// Whatever the method

#[test]
fn what_is_distributed_and_what_is_left_are_what_there_was() {
    for pack in PACKS
        .iter()
        .filter(|p| !p.starts_with("nazionale") && **p != "ignoto/2025")
    {
        let outcome = run(&["run", pack, "--format", "json"]).json();
        for split in outcome["allocations"].as_array().unwrap() {
            let cents = |value: &Value| -> Option<i64> {
                value
                    .as_str()
                    .unwrap_or("null")
                    .replace('.', "")
                    .parse()
                    .ok()
            };
            let Some(distributed) = cents(&split["distributed"]) else {
                continue;
            };
            let rows: i64 = split["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| cents(&row["amount"]).unwrap())
                .sum();
            assert_eq!(rows, distributed, "{pack} {}", split["id"]);
            // The reserve of `limiti` adds 100 euro to the fund.
            let reserve = if split["id"] == "paga_la_riserva" {
                10_000
            } else {
                0
            };
            let left = cents(&split["residue"]).unwrap();
            assert_eq!(
                distributed + left,
                cents(&split["amount"]).unwrap() + reserve,
                "{pack} {}",
                split["id"]
            );
        }
    }
}

// A fund that is not known

#[test]
fn a_fund_that_is_not_known_is_split_into_fractions_and_no_total_is_invented() {
    let outcome = run(&["run", "ignoto/2024", "--format", "json"]).json();
    let state = split(&outcome, "comuni", "stato");
    assert_eq!(state["amount"], Value::Null);
    assert_eq!(rows(state, "amount"), "Alba null, Bra null, Cuneo null");
    assert_eq!(
        rows(split(&outcome, "comuni", "regione"), "amount"),
        "Alba 30.00, Bra 20.00, Cuneo 20.00"
    );
    for total in outcome["totals"].as_array().unwrap() {
        assert_eq!(total["amount"], Value::Null);
    }
    let told = plain(&run(&["explain", "ignoto/2024", "Alba"]).stdout);
    assert!(told.contains("Ad Alba spettano 3/7 della quota"), "{told}");
    assert!(
        told.contains("non si può dire finché un fondo non è noto"),
        "{told}"
    );
}

// Refusals that name what collides

/// Runs with a parameter or fund changed and gives what was refused.
fn refused(arguments: &[&str]) -> String {
    let ran = run(arguments);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    plain(&ran.stderr)
}

#[test]
fn infeasible_minimums_are_named_with_the_smallest_fund_that_would_do() {
    let told = refused(&["run", "limiti/2024", "--set", "minimo=400"]);
    for words in [
        "infeasible",
        "i minimi fanno 1200.00, più dell'importo da ripartire, 1000.00",
        "`Alba` (400.00), `Bra` (400.00), `Cuneo` (400.00)",
        "il più piccolo importo che basta è 1200.00",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // That fund does do, and one cent less does not.
    let with =
        |fund: &str| run(&["run", "limiti/2024", "--set", "minimo=400", "--fund", fund]).code;
    assert_eq!((with("f_minimo=1200.00"), with("f_minimo=1199.99")), (0, 2));
}

#[test]
fn a_minimum_above_the_maximum_names_the_row_and_both() {
    let told = refused(&["run", "limiti/2024", "--set", "minimo_basso=500"]);
    assert!(
        told.contains("per `Alba` il minimo 500.00 supera il massimo 450.00"),
        "{told}"
    );
}

#[test]
fn payers_that_cannot_give_enough_are_named() {
    let told = refused(&["run", "limiti/2024", "--set", "minimo_classe=600"]);
    assert!(
        told.contains("chi paga (`Cuneo`) non può dare abbastanza"),
        "{told}"
    );
    // Every row must get 600, and Bra's own 30% passes 600 only above 2000: 3 × 600 = 1800.
    assert!(
        told.contains("il più piccolo importo che basta è 1800.00"),
        "{told}"
    );
    let with = |fund: &str| {
        run(&[
            "run",
            "limiti/2024",
            "--set",
            "minimo_classe=600",
            "--fund",
            fund,
        ])
        .code
    };
    assert_eq!((with("f_classe=1800.00"), with("f_classe=1799.99")), (0, 2));
}

#[test]
fn a_tie_names_who_competes() {
    let told = refused(&["run", "parita/2024", "--fund", "f_nessuna=10.00"]);
    assert!(told.contains("3 righe hanno lo stesso resto"), "{told}");
    assert!(told.contains("`Alba`, `Bra`, `Cuneo`"), "{told}");
}

#[test]
fn a_condition_that_excludes_everybody_is_told_with_the_condition() {
    let data = tempfile::tempdir().unwrap();
    let table = "comune,bambini,montano\nAlba,3,no\nBra,2,no\n";
    std::fs::write(data.path().join("comuni.csv"), table).unwrap();
    let told = refused(&[
        "run",
        "cascata/2024",
        "--data",
        data.path().to_str().unwrap(),
    ]);
    let words = "nessuna riga di `comuni` soddisfa `montano`: non c'è a chi ripartire";
    assert!(told.contains(words), "{told}");
}

#[test]
fn a_negative_residue_says_which_allocation_gave_too_much() {
    let told = refused(&["run", "cascata/2024", "--fund", "f_unita=10.00"]);
    assert!(
        told.contains("il riparto `unita` ha dato più del fondo (-0.01)"),
        "{told}"
    );
}

#[test]
fn an_empty_cell_is_not_the_absence_of_a_bound() {
    let copy = copy_of(&suite()).unwrap();
    let path = copy.path().join("regions/limiti/2024/riparto.toml");
    edit(
        &path,
        r#"cap      = { value = "massimo", act"#,
        r#"cap      = { value = "tetto", act"#,
    )
    .unwrap();
    let ran = run_in(PROGRAM, copy.path(), &["run", "limiti/2024", "--root", "."]).unwrap();
    let told = plain(&ran.stderr);
    assert_eq!(ran.code, 2);
    // Alba on line 2 and Cuneo on line 4 have no `tetto`; Bra has one.
    for words in [
        "missing-datum",
        "manca `tetto` alla riga 2",
        "manca `tetto` alla riga 4",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("alla riga 3"), "{told}");
}

// Explanations

/// Reads a number as people write it in Italian, `1.234,5678`, in hundred-millionths.
fn italian(text: &str) -> i64 {
    let text = text.trim_end_matches(['…', '€', ' ']).replace('.', "");
    let (whole, decimals) = text.split_once(',').unwrap_or((&text, ""));
    assert!(decimals.len() <= 8, "{text}");
    format!("{whole}{decimals:0<8}").parse().unwrap()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let start = text
        .find(before)
        .unwrap_or_else(|| panic!("{before} in {text}"))
        + before.len();
    let end = text[start..].find(after).unwrap() + start;
    &text[start..end]
}

/// The steps of the explanation of one split, as text.
fn steps_of(pack: &str, subject: &str, allocation: &str) -> Vec<(String, String)> {
    let ran = run(&["explain", pack, subject, "--format", "json"]).json();
    let parts = ran["parts"].as_array().unwrap();
    let part = parts
        .iter()
        .find(|p| p["allocation"] == allocation)
        .unwrap();
    let steps = part["steps"].as_array().unwrap().iter();
    let step = |s: &Value| {
        (
            s["kind"].as_str().unwrap().to_owned(),
            plain(s["text"].as_str().unwrap()),
        )
    };
    steps.map(step).collect()
}

fn step<'s>(steps: &'s [(String, String)], kind: &str) -> &'s str {
    let found = steps.iter().find(|(of, _)| of == kind);
    &found.unwrap_or_else(|| panic!("{kind} in {steps:?}")).1
}

#[test]
fn the_numbers_of_a_largest_remainder_sentence_recompute_the_amount() {
    for (subject, served) in [("Alba", false), ("Bra", true), ("Cuneo", true)] {
        let steps = steps_of("metodi/2024", subject, "maggiori_resti");
        let quota = step(&steps, "quota");
        let fraction = between(quota, "esattamente ", " = ");
        let (n, d) = fraction.split_once('/').unwrap();
        let exact = n.parse::<i64>().unwrap() * 100_000_000 / d.parse::<i64>().unwrap();
        let floor = italian(between(quota, "per difetto ", " €"));
        let remainder = italian(between(quota, "un resto di ", "…"));
        assert_eq!(italian(between(quota, " = ", "…")), exact, "{quota}");
        assert_eq!(floor + remainder, exact, "{quota}");
        assert_eq!(floor, exact / 1_000_000 * 1_000_000, "{quota}");

        let told = step(&steps, "remainder");
        assert!(told.starts_with("restano 2 passi da 0,01 €"), "{told}");
        let rank: usize = between(told, "è il n. ", " e ").parse().unwrap();
        assert_eq!(rank, if served { 1 } else { 3 }, "{told}");
        assert_eq!(told.contains("e ne riceve uno"), served, "{told}");
        assert_eq!(told.contains("e non ne riceve"), !served, "{told}");
        let last = italian(between(
            told,
            "gli ultimi serviti sono Bra, Cuneo con ",
            "…",
        ));
        let first_not = italian(between(told, "il primo non servito è Alba con ", "…"));
        assert_eq!((last, first_not), (714_285, 571_428));
        assert_eq!(remainder, if served { last } else { first_not });

        let amount = italian(between(step(&steps, "amount"), "spettano ", " €"));
        assert_eq!(amount, floor + if served { 1_000_000 } else { 0 });
    }
}

#[test]
fn the_row_that_takes_the_residue_is_told_its_own_amount_then_the_residue() {
    let steps = steps_of("cascata/2024", "Alba", "nominato");
    let own = italian(step(&steps, "amount").split(": ").nth(1).unwrap());
    let told = step(&steps, "residue");
    let residue = italian(between(told, "del riparto, ", " €"));
    let all = italian(between(told, "in tutto ", " €"));
    assert_eq!((own, residue, all), (428_000_000, 2_000_000, 430_000_000));
}

#[test]
fn who_does_not_pay_for_others_is_told_the_unit_it_keeps() {
    let steps = steps_of("limiti/2024", "Bra", "unita_col_minimo");
    assert!(step(&steps, "unit").contains("10,00 €"), "{steps:?}");
    assert_eq!(
        step(&steps, "amount"),
        "a Bra spettano 30 × 10,00 € = 300,00 €"
    );
    // Cuneo pays Alba's 100: 500 / 60 = 8,333… → 8,33 × 60 = 499,80.
    let steps = steps_of("limiti/2024", "Cuneo", "unita_col_minimo");
    assert_eq!(
        step(&steps, "amount"),
        "a Cuneo spettano 60 × 8,33 € = 499,80 €"
    );
}

#[test]
fn who_takes_no_part_is_told_the_condition_and_the_value() {
    let steps = steps_of("cascata/2024", "Alba", "resto_del_primo");
    assert_eq!(
        step(&steps, "excluded"),
        "Alba non prende parte: serve `montano`, ma montano = no"
    );
}

#[test]
fn who_is_refused_is_left_out_even_of_a_split_that_waits() {
    let found = run(&["run", "decisioni/2024", "--format", "json"]).json();
    let decisions = found["decisions"].as_array().unwrap().iter();
    let rows = decisions.filter(|one| one["id"] == "candidatura");
    let mut rows = rows.flat_map(|one| one["rows"].as_array().unwrap());
    let refused = rows.find(|row| row["outcome"] == "not-eligible").unwrap();
    let key = refused["key"].as_str().unwrap();
    let told = plain(&run(&["explain", "decisioni/2024", key]).stdout);
    assert!(
        told.contains("è fuori dal riparto e non riceve nulla: serve `candidatura`"),
        "{told}"
    );
    assert!(!told.contains("finché mancano dei dati"), "{told}");
}

// Inheritance

#[test]
fn a_pack_with_two_bases_takes_what_one_removes_from_the_other() {
    let outcome = run(&["run", "eredita/2025", "--format", "json"]).json();
    let ids: Vec<&str> = outcome["allocations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| a["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["prima"]);
    let told = plain(&run(&["explain", "eredita/2025", "Alba"]).stdout);
    // 25 − 15 and 35 − 15: the threshold is that of the State, not the 25 of the Region.
    assert!(told.contains("Alba ha 10 bambini su 30"), "{told}");
}

// Lives

/// Gives the sheets of a life, each with its history as `invia +`, or `invia window, role`.
fn histories(outcome: &Value, life: usize) -> Vec<(String, Vec<String>)> {
    let event = |event: &Value| {
        let reasons = event["reasons"].as_array().unwrap().iter();
        let reasons: Vec<&str> = reasons.map(|r| r["condition"].as_str().unwrap()).collect();
        let accepted = event["accepted"] == true;
        assert_eq!(accepted, reasons.is_empty());
        let said = if accepted {
            "+".to_owned()
        } else {
            reasons.join(", ")
        };
        format!("{} {said}", event["transition"].as_str().unwrap())
    };
    let rows = outcome["states"][life]["rows"].as_array().unwrap().iter();
    rows.map(|row| {
        let history = row["history"].as_array().unwrap().iter().map(event);
        (row["name"].as_str().unwrap().to_owned(), history.collect())
    })
    .collect()
}

#[test]
fn every_event_is_accepted_or_refused_with_its_reasons() {
    let outcome = run(&["run", "schede/2026", "--format", "json"]).json();
    let expected: [(&str, &[&str]); 8] = [
        ("Alba", &["invia +", "valida +"]),
        ("Bra", &["invia +", "rifiuta +", "invia +", "valida +"]),
        ("Cuneo", &["invia window", "invia +"]),
        ("Dogliani", &["invia window"]),
        ("Envie", &[]),
        (
            "Fossano",
            &["invia compilati == servizi", "valida state, role"],
        ),
        ("Garessio", &["invia +", "rifiuta reason"]),
        ("Mondovì", &["invia compilati == servizi"]),
    ];
    let found = histories(&outcome, 0);
    let found: Vec<(&str, Vec<&str>)> = found
        .iter()
        .map(|(name, events)| (name.as_str(), events.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        found,
        expected.map(|(name, events)| (name, events.to_vec()))
    );
    let refused = &outcome["states"][0]["rows"][1]["history"][1];
    assert_eq!(
        refused["reason"],
        "la media dei frequentanti non è quella del registro"
    );
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.starts_with("indicazioni di correzione"),
        "{message}"
    );
}

// Snapshots: what the facts above do not say one by one

fn snapshot(name: &str, folder: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("../snapshots/suite").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Whose explanations are kept.
const EXPLAINED: [(&str, &str); 14] = [
    ("cascata/2024", "Alba"),
    ("criteri/2024", "Alba"),
    ("decisioni/2024", "Centro"),
    ("garanzia/2018", "Lombardia"),
    ("ignoto/2024", "Alba"),
    ("letture/2024", "Bra"),
    ("limiti/2024", "Alba"),
    ("metodi/2024", "Bra"),
    ("moduli/2024", "modulo.1"),
    ("moduli/2024", "lungo"),
    ("fasce/2024", "A3"),
    ("parita/2024", "Bra"),
    ("schede/2026", "Cuneo"),
    ("tabelle/2024", "Alba"),
];

fn kept_packs() -> impl Iterator<Item = &'static str> {
    let runs = |pack: &&str| !pack.starts_with("nazionale") && *pack != "ignoto/2025";
    PACKS.into_iter().filter(runs)
}

fn explanation_name(pack: &str, subject: &str, lang: &str) -> String {
    let (pack, subject) = (pack.replace('/', "-"), subject.to_lowercase());
    format!("{pack}-{subject}-{lang}")
}

#[test]
fn what_every_pack_gives_is_as_it_was_read() {
    for pack in kept_packs() {
        let mut outcome = run(&["run", pack, "--format", "json"]).json();
        // The receipt holds hashes of every file: it has tests of its own.
        outcome.as_object_mut().unwrap().remove("receipt");
        let text = serde_json::to_string_pretty(&outcome).unwrap();
        snapshot(&pack.replace('/', "-"), "run", &text);
    }
}

#[test]
fn explanations_are_as_they_were_read() {
    for (pack, subject) in EXPLAINED {
        for lang in ["it", "en"] {
            let text = run(&["explain", pack, subject, "--lang", lang]).stdout;
            snapshot(&explanation_name(pack, subject, lang), "explain", &text);
        }
    }
}

#[test]
fn no_snapshot_is_left_over() {
    let runs = kept_packs().map(|pack| format!("run/{}.snap", pack.replace('/', "-")));
    let explained = EXPLAINED.iter().flat_map(|(pack, subject)| {
        ["it", "en"].map(|l| format!("explain/{}.snap", explanation_name(pack, subject, l)))
    });
    let expected: BTreeSet<String> = runs.chain(explained).collect();
    let files = project_files().unwrap().into_iter();
    let found = files.filter_map(|f| Some(f.strip_prefix("tests/snapshots/suite/")?.to_owned()));
    assert_eq!(found.collect::<BTreeSet<String>>(), expected);
}
