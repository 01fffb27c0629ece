//! Other criteria tried on the index of housing hardship: which Comuni change degree.

#![cfg(test)]

use std::fs;
use std::path::Path;

use riparto_tests::copies::copy_tree;
use riparto_tests::files::read;
use riparto_tests::{Ran, root, run_in};
use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// Writes the invented facts of the case, in place of the empty ones of the pack.
fn facts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pack = root().join("regions/piemonte/2018/data");
    copy_tree(&pack, folder.path()).unwrap();
    let case = read("regions/piemonte/2018/cases/disagio-gradi.toml").unwrap();
    let case: toml::Table = case.parse().unwrap();
    for (name, text) in case["given"]["tables"].as_table().unwrap() {
        let file = folder.path().join(format!("{name}.csv"));
        fs::write(file, text.as_str().unwrap()).unwrap();
    }
    folder
}

fn piemonte(command: &str, data: &Path, more: &str) -> Ran {
    let data = data.display().to_string();
    let mut words = vec![command, "piemonte/2018", "--data", &data];
    words.extend("--set ambiti_previsti=2 --format json".split(' '));
    words.extend(more.split_whitespace());
    let ran = run_in(PROGRAM, &root(), &words).unwrap();
    assert_eq!(ran.code, 0, "{} {}", ran.stdout, ran.stderr);
    ran
}

/// Gives the rows of a decision that have this outcome, by name.
fn rows(outcome: &Value, decision: &str, wanted: &str) -> String {
    let mut decisions = outcome["decisions"].as_array().unwrap().iter();
    let decision = decisions.find(|of| of["id"] == decision).unwrap();
    let rows = decision["rows"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["outcome"] == wanted);
    let names: Vec<&str> = rows.map(|row| row["name"].as_str().unwrap()).collect();
    names.join(", ")
}

/// Alfa has 100 points, Delta 66, Gamma 50, Epsilon 33, Zeta 32.67, Beta none.
#[test]
fn a_threshold_that_moves_changes_who_is_high_to_the_point() {
    let facts = facts();
    for (threshold, high) in [
        ("66", "Alfa, Delta"),
        ("66.01", "Alfa"),
        ("50", "Alfa, Gamma, Delta"),
        ("50.01", "Alfa, Delta"),
        ("33", "Alfa, Gamma, Delta, Epsilon"),
        ("32", "Alfa, Gamma, Delta, Epsilon, Zeta"),
    ] {
        let more = format!("--set soglia_medio=20 --set soglia_alto={threshold}");
        let outcome = piemonte("run", facts.path(), &more).json();
        assert_eq!(rows(&outcome, "disagio_alto", "eligible"), high, "{more}");
    }
}

/// Of the housing rate alone Zeta has 32%, below the threshold of 32.5; of all three it has 32.67 points.
#[test]
fn a_weight_that_moves_changes_the_degree_and_never_makes_it_official() {
    let facts = facts();
    let thresholds = "--set soglia_medio=20 --set soglia_alto=32.5";
    for (weights, high) in [
        ("", "Alfa, Gamma, Delta, Epsilon, Zeta"),
        (
            "--set peso_sociale=0 --set peso_assistenziale=0",
            "Alfa, Gamma, Delta, Epsilon",
        ),
    ] {
        let more = format!("{thresholds} {weights}");
        let outcome = piemonte("run", facts.path(), &more).json();
        assert_eq!(rows(&outcome, "disagio_alto", "eligible"), high, "{more}");
        assert_eq!(rows(&outcome, "ufficiale", "not-eligible"), "Nord, Sud");
    }
}
