//! Rules that change without a line of Rust: a percentage, a criterion, a formula edited in a copy
//! of a real pack, each result against a sum made by hand.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::path::Path;

use riparto_tests::copies::{copy_of, edit};
use riparto_tests::{root, run_in};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

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
    let copy = copy_of(&root()).unwrap();
    assert_eq!(piemonte_2022(copy.path(), &[]), as_published());
    edit(
        &copy.path().join("regions/piemonte/2022/piano-azione.toml"),
        "value      = \"95%\"",
        "value      = \"90%\"",
    )
    .unwrap();
    edit(
        &copy.path().join("rules/2022/pack.toml"),
        "value    = \"5%\"",
        "value    = \"10%\"",
    )
    .unwrap();
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
    let copy = copy_of(&root()).unwrap();
    edit(
        &copy.path().join("regions/piemonte/2022/piano-azione.toml"),
        "criteria   = [{ weight = \"bambini\", ",
        "criteria   = [{ weight = \"comuni_rappresentati\", ",
    )
    .unwrap();
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
    let copy = copy_of(&root()).unwrap();
    let folder = copy.path().join("regions/piemonte/2022");
    edit(
        &folder.join("piano-azione.rhai"),
        "    controlli::parte_di(bambini_formazione, bambini)\n}",
        "    bambini + bambini_formazione\n}",
    )
    .unwrap();
    let toml = folder.join("piano-azione.toml");
    edit(&toml, "value      = \"9541\"", "value      = \"29896\"").unwrap();
    let changed = piemonte_2022(copy.path(), &[]);
    let figures = |at: usize| (changed[at].2.as_str(), changed[at].3.as_str());
    assert_eq!(figures(2), ("2733/100", "7871.04"));
    assert_eq!(figures(3), ("393/50", "2263.68"));
    assert_eq!(changed[..2], as_published()[..2]);
}

#[test]
fn a_formula_changed_alone_is_stopped_by_the_check_that_reads_it() {
    let copy = copy_of(&root()).unwrap();
    edit(
        &copy.path().join("regions/piemonte/2022/piano-azione.rhai"),
        "    controlli::parte_di(bambini_formazione, bambini)\n}",
        "    2 * bambini_formazione\n}",
    )
    .unwrap();
    let ran = run_in(
        PROGRAM,
        copy.path(),
        &["run", "piemonte/2022", "--root", "."],
    )
    .unwrap();
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("check-failed"), "{}", ran.stderr);
}
