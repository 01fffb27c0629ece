//! The suite: small packs of made-up Comuni, one topic each, whose sums can be redone by hand.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::path::{Path, PathBuf};

use riparto_tests::{Ran, root, run_in};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

const PACKS: [&str; 13] = [
    "aggregati/2024",
    "cascata/2024",
    "criteri/2024",
    "eredita/2023",
    "eredita/2024",
    "eredita/2025",
    "formule/2024",
    "ignoto/2024",
    "ignoto/2025",
    "limiti/2024",
    "metodi/2024",
    "nazionale/2024",
    "parita/2024",
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
    let copy = copy_of(&suite());
    let path = copy.path().join("regions/limiti/2024/riparto.toml");
    edit(
        &path,
        r#"cap      = { value = "massimo", act"#,
        r#"cap      = { value = "tetto", act"#,
    );
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

// Rules that change without a line of Rust

/// Copies a tree of rules and facts to a place where it can be edited.
fn copy_of(from: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for folder in ["rules", "regions"] {
        copy_folder(&from.join(folder), &copy.path().join(folder));
    }
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Replaces the one place where `old` stands in a file.
fn edit(path: &Path, old: &str, new: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old} in {}", path.display());
    std::fs::write(path, text.replace(old, new)).unwrap();
}

/// Runs Piemonte 2022 under a root and gives unit values and what Biella gets, fund by fund.
fn piemonte_2022(root: &Path, more: &[&str]) -> Vec<(String, String, String, String)> {
    let arguments = [
        &["run", "piemonte/2022", "--format", "json", "--root", "."],
        more,
    ]
    .concat();
    let ran = run_in(PROGRAM, root, &arguments).unwrap();
    assert_eq!(ran.code, 0, "{} {}", ran.stdout, ran.stderr);
    let outcome = ran.json();
    let of = |split: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let rows = split["rows"].as_array().unwrap();
        let biella = rows.iter().find(|row| row["name"] == "Biella").unwrap();
        let (id, fund) = (text(&split["id"]), text(&split["fund"]));
        (
            id,
            fund,
            text(&split["unit_value"]),
            text(&biella["amount"]),
        )
    };
    outcome["allocations"]
        .as_array()
        .unwrap()
        .iter()
        .map(of)
        .collect()
}

fn expected(rows: [(&str, &str, &str, &str); 4]) -> Vec<(String, String, String, String)> {
    let own = |(a, b, c, d): (&str, &str, &str, &str)| {
        (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned())
    };
    rows.map(own).to_vec()
}

/// With 90% and 10%: 16342410.11 × 90% / 20355 = 722,582612… → 722,58; × 144 = 104.051,52.
/// 4701296.61 × 90% / 20355 = 207,868678… → 207,87; × 144 = 29.933,28.
/// 16342410.11 × 10% / 9541 = 171,286135… → 171,29; × 144 = 24.665,76.
/// 4701296.61 × 10% / 9541 = 49,274673… → 49,27; × 144 = 7.094,88.
fn with_ninety_and_ten() -> Vec<(String, String, String, String)> {
    expected([
        ("comuni", "stato", "36129/50", "104051.52"),
        ("comuni", "regione", "20787/100", "29933.28"),
        ("formazione", "stato", "17129/100", "24665.76"),
        ("formazione", "regione", "4927/100", "7094.88"),
    ])
}

/// As published: 762,73 × 144 and 219,42 × 144; 85,64 × 144 and 24,64 × 144.
fn as_published() -> Vec<(String, String, String, String)> {
    expected([
        ("comuni", "stato", "76273/100", "109833.12"),
        ("comuni", "regione", "10971/50", "31596.48"),
        ("formazione", "stato", "2141/25", "12332.16"),
        ("formazione", "regione", "616/25", "3548.16"),
    ])
}

#[test]
fn changing_a_percentage_in_the_text_changes_the_amounts() {
    let copy = copy_of(&root());
    assert_eq!(piemonte_2022(copy.path(), &[]), as_published());
    edit(
        &copy.path().join("regions/piemonte/2022/piano-azione.toml"),
        "value      = \"95%\"",
        "value      = \"90%\"",
    );
    edit(
        &copy.path().join("rules/2022/pack.toml"),
        "value    = \"5%\"",
        "value    = \"10%\"",
    );
    assert_eq!(piemonte_2022(copy.path(), &[]), with_ninety_and_ten());
}

#[test]
fn changing_both_percentages_for_one_run_gives_the_same() {
    let both = ["--set", "quota_comuni=90%", "--set", "quota_formazione=10%"];
    assert_eq!(piemonte_2022(&root(), &both), with_ninety_and_ten());
}

#[test]
fn changing_one_percentage_without_the_other_is_refused() {
    let arguments = [
        "run",
        "piemonte/2022",
        "--set",
        "quota_comuni=90%",
        "--root",
        ".",
    ];
    let ran = run_in(PROGRAM, &root(), &arguments).unwrap();
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("shares-not-100"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("`comuni` 90% + `formazione` 5%"),
        "{}",
        ran.stderr
    );
}

/// By the Comuni instead of the children: the 367 Comuni of the table stand for the weight.
/// 16342410.11 × 95% / 367 = 42303,241... → 42303,24 each; 4701296.61 × 95% / 367 = 12169,569… → 12169,57.
#[test]
fn changing_the_criterion_changes_the_amounts() {
    let copy = copy_of(&root());
    edit(
        &copy.path().join("regions/piemonte/2022/piano-azione.toml"),
        "criteria   = [{ weight = \"bambini\", ",
        "criteria   = [{ weight = \"comuni_rappresentati\", ",
    );
    let changed = piemonte_2022(copy.path(), &[]);
    let amounts: Vec<(&str, &str)> = changed
        .iter()
        .map(|(id, _, _, biella)| (id.as_str(), biella.as_str()))
        .collect();
    assert_eq!(
        amounts,
        [
            ("comuni", "42303.24"),
            ("comuni", "12169.57"),
            ("formazione", "12332.16"),
            ("formazione", "3548.16"),
        ]
    );
}

/// Counting the children of Comuni with training besides all the others: 9541 + 20355 = 29896.
/// 16342410.11 × 5% / 29896 = 27,332101… → 27,33; Biella has 144 + 144 = 288: 7.871,04.
/// 4701296.61 × 5% / 29896 = 7,862751… → 7,86; × 288 = 2.263,68.
#[test]
fn changing_a_formula_of_the_script_changes_the_amounts() {
    let copy = copy_of(&root());
    let folder = copy.path().join("regions/piemonte/2022");
    edit(
        &folder.join("piano-azione.rhai"),
        "    bambini_formazione\n}",
        "    bambini + bambini_formazione\n}",
    );
    let toml = folder.join("piano-azione.toml");
    edit(&toml, "value      = \"9541\"", "value      = \"29896\"");
    let changed = piemonte_2022(copy.path(), &[]);
    let figures = |at: usize| (changed[at].2.as_str(), changed[at].3.as_str());
    assert_eq!(figures(2), ("2733/100", "7871.04"));
    assert_eq!(figures(3), ("393/50", "2263.68"));
    assert_eq!(changed[..2], as_published()[..2]);
}

#[test]
fn a_formula_changed_alone_is_stopped_by_the_check_that_reads_it() {
    let copy = copy_of(&root());
    edit(
        &copy.path().join("regions/piemonte/2022/piano-azione.rhai"),
        "    bambini_formazione\n}",
        "    2 * bambini_formazione\n}",
    );
    let ran = run_in(
        PROGRAM,
        copy.path(),
        &["run", "piemonte/2022", "--root", "."],
    )
    .unwrap();
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("check-failed"), "{}", ran.stderr);
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
    assert!(told.contains("Alba ne ha 10 bambini su 30"), "{told}");
}

// Snapshots: what the facts above do not say one by one

fn snapshot(name: &str, folder: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("../snapshots/suite").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn what_every_pack_gives_is_as_it_was_read() {
    for pack in PACKS
        .iter()
        .filter(|p| !p.starts_with("nazionale") && **p != "ignoto/2025")
    {
        let mut outcome = run(&["run", pack, "--format", "json"]).json();
        // The receipt holds hashes of every file: it has tests of its own.
        outcome.as_object_mut().unwrap().remove("receipt");
        let text = serde_json::to_string_pretty(&outcome).unwrap();
        snapshot(&pack.replace('/', "-"), "run", &text);
    }
}

#[test]
fn explanations_are_as_they_were_read() {
    for (pack, subject) in [
        ("cascata/2024", "Alba"),
        ("criteri/2024", "Alba"),
        ("ignoto/2024", "Alba"),
        ("limiti/2024", "Alba"),
        ("metodi/2024", "Bra"),
        ("parita/2024", "Bra"),
    ] {
        for lang in ["it", "en"] {
            let text = run(&["explain", pack, subject, "--lang", lang]).stdout;
            let name = format!(
                "{}-{}-{lang}",
                pack.replace('/', "-"),
                subject.to_lowercase()
            );
            snapshot(&name, "explain", &text);
        }
    }
}
