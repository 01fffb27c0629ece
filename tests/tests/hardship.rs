//! Other criteria tried on the index of housing hardship: which Comuni change degree.

#![cfg(test)]

use std::fs;
use std::path::Path;

use riparto_tests::copies::{copy_of, copy_tree};
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

/// Thirty areas of one Comune each, and an act for every element.
fn thirty_areas(folder: &Path) {
    let numbers = 1..=30;
    let areas = numbers.clone().map(|n| format!("Ambito {n},sì\n"));
    let areas = areas.collect::<String>();
    let comuni = numbers.map(|n| {
        let code = 900 + n;
        format!("001{code},Comune {n},Ambito {n},sì,1000,500,{n},{n},{n}\n")
    });
    let comuni = comuni.collect::<String>();
    let elements = [
        "variabili dei tre contesti",
        "pesi",
        "soglie dei gradi",
        "passaggio dai Comuni agli ambiti",
    ];
    let elements = elements.map(|element| format!("{element},sì\n")).concat();
    let head = "istat,comune,ambito,capofila,abitanti,famiglie,senza_risposta,indigenti,assistiti";
    for (name, text) in [
        ("ambiti", format!("ambito,coincide_ente_gestore\n{areas}")),
        ("comuni", format!("{head}\n{comuni}")),
        ("elementi", format!("elemento,stabilito\n{elements}")),
    ] {
        fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

#[test]
fn a_degree_is_official_once_every_value_has_its_act_and_none_is_given() {
    let copy = copy_of(&root()).unwrap();
    let pack = copy.path().join("regions/piemonte/2018");
    thirty_areas(&pack.join("data"));
    let official = |more: &str| {
        let words = format!("run piemonte/2018 --format json {more}");
        let words: Vec<&str> = words.split_whitespace().collect();
        let ran = run_in(PROGRAM, copy.path(), &words).unwrap();
        assert_eq!(ran.code, 0, "{} {}", ran.stdout, ran.stderr);
        rows(&ran.json(), "ufficiale", "eligible")
            .split(", ")
            .filter(|name| !name.is_empty())
            .count()
    };
    assert_eq!(official(""), 0);
    let measure = pack.join("disagio-abitativo.toml");
    let text = fs::read_to_string(&measure).unwrap();
    let (before, rest) = text.split_once("[param.peso_abitativo]").unwrap();
    let (params, after) = rest.split_once("# I dati").unwrap();
    // One value without an act is enough.
    let sum_up = |params: &str| format!("{before}[param.peso_abitativo]{params}# I dati{after}");
    let with_act = "act = \"dgr_16_6646\"";
    let but_one = params.replacen("assumption = true", with_act, 5);
    assert_eq!(but_one.matches("assumption = true").count(), 1);
    fs::write(&measure, sum_up(&but_one)).unwrap();
    assert_eq!(official(""), 0);
    fs::write(
        &measure,
        sum_up(&params.replace("assumption = true", with_act)),
    )
    .unwrap();
    assert_eq!(official(""), 30);
    assert_eq!(official("--set peso_sociale=1"), 0);
}
