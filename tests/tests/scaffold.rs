//! A Region begun from nothing: it checks, runs, explains, tells its deadlines, and follows an edit,
//! without a line of Rust.

#![cfg(test)]

use std::fs;
use std::path::Path;

use riparto_tests::copies::{copy_of, copy_tree, edit};
use riparto_tests::{Ran, root, run_in};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// Begins the Region of these tests.
const NEW: [&str; 7] = [
    "new", "region", "liguria", "--istat", "07", "--year", "2026",
];

fn riparto(folder: &Path, words: &[&str]) -> Ran {
    run_in(PROGRAM, folder, words).unwrap()
}

/// Runs a command that must succeed, and gives its JSON.
fn done(folder: &Path, words: &[&str]) -> Value {
    let words = [words, &["--format", "json"]].concat();
    let ran = riparto(folder, &words);
    assert_eq!(ran.code, 0, "{words:?}: {} {}", ran.stdout, ran.stderr);
    ran.json()
}

/// What each body of the example receives of 1000 euro, in the order of the table.
fn amounts(folder: &Path) -> Vec<String> {
    let run = done(folder, &["run", "liguria/2026", "--fund", "fondo=1000.00"]);
    let totals = run["totals"].as_array().unwrap().iter();
    totals
        .map(|total| total["amount"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_fourth_region_needs_no_rust() {
    let copy = copy_of(&root()).unwrap();
    let folder = copy.path();
    let made = done(folder, &NEW);
    assert_eq!(made["pack"], "liguria/2026");
    // All the packs are judged with it, the three other Regions included.
    let checked = done(folder, &["check"]);
    assert_eq!(checked["diagnostics"], json!([]));
    let tried = riparto(folder, &["test", "liguria/2026", "--lang", "en"]);
    assert_eq!(tried.code, 0, "{}", tried.stdout);
    assert!(tried.stdout.contains("✓ liguria/2026"), "{}", tried.stdout);
    let listed = done(folder, &["list"]);
    let packs = listed["packs"].as_array().unwrap();
    let pack = packs.iter().find(|pack| pack["pack"] == "liguria/2026");
    assert_eq!(pack.unwrap()["status"], "draft");
    // 80% of 1000 euro is 800, for 50 children: 30, 15 and 5 of them; the fourth body has too few.
    assert_eq!(amounts(folder), ["480.00", "240.00", "80.00"]);
    let why = riparto(folder, &["explain", "liguria/2026", "D", "--lang", "en"]);
    assert_eq!(why.code, 0, "{}", why.stderr);
    assert!(
        why.stdout.contains("enough children are needed"),
        "{}",
        why.stdout
    );
    let times = done(
        folder,
        &["deadlines", "liguria/2026", "--at", "2026-09-30 12:00"],
    );
    assert_eq!(times["deadlines"][0]["state"], "open");
    // 70% of 1000 euro is 700: 420, 210, 70.
    let measure = folder.join("regions/liguria/2026/misura.toml");
    edit(&measure, "\"80%\"", "\"70%\"").unwrap();
    edit(&measure, "\"20%\"", "\"30%\"").unwrap();
    assert_eq!(amounts(folder), ["420.00", "210.00", "70.00"]);
    // The fourth body is admitted with 2 children: 700 for 52, and the cents to the largest rests.
    edit(&measure, "value      = \"5\"", "value      = \"2\"").unwrap();
    assert_eq!(amounts(folder), ["403.85", "201.92", "67.31", "26.92"]);
    // The case brings its own facts and values: it still holds.
    assert_eq!(riparto(folder, &["test", "liguria/2026"]).code, 0);
}

#[test]
fn a_region_can_be_the_first() {
    let folder = tempfile::tempdir().unwrap();
    copy_tree(&root().join("rules"), &folder.path().join("rules")).unwrap();
    let new = ["new", "region", "liguria", "--istat", "07", "--root", "."];
    let ran = riparto(folder.path(), &new);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`--year 2026`"), "{}", ran.stderr);
    assert!(!folder.path().join("regions").exists());
    let label = "Liguria, \"prova\"";
    let words = ["--year", "2026", "--label", label, "--amount", "1000.00"];
    let words = [&new[..], &words].concat();
    done(folder.path(), &words);
    done(folder.path(), &["check"]);
    let run = done(folder.path(), &["run", "liguria/2026"]);
    assert_eq!(run["totals"][0]["amount"], "480.00");
    let listed = riparto(folder.path(), &["list"]);
    assert!(listed.stdout.contains(label), "{}", listed.stdout);
    // The year after starts from it, and has its title with another year.
    done(folder.path(), &["new", "year", "liguria", "2027"]);
    done(folder.path(), &["check", "liguria/2027"]);
    let pack = folder.path().join("regions/liguria/2027/pack.toml");
    let text = fs::read_to_string(pack).unwrap();
    assert!(
        text.contains(r#"title    = "Regione Liguria, \"prova\", 2027""#),
        "{text}"
    );
    assert!(text.contains(r#"extends  = ["liguria/2026"]"#), "{text}");
}

#[test]
fn every_value_of_the_example_says_that_it_is_a_placeholder() {
    let copy = copy_of(&root()).unwrap();
    done(copy.path(), &NEW);
    let measure = copy.path().join("regions/liguria/2026/misura.toml");
    let text = fs::read_to_string(measure).unwrap();
    let acts = text.lines().filter(|line| line.starts_with("act "));
    let acts: Vec<&str> = acts.collect();
    assert!(acts.len() >= 8, "{acts:?}");
    assert!(
        acts.iter().all(|act| act.ends_with("\"atto_fittizio\"")),
        "{acts:?}"
    );
    let assumed = text.lines().filter(|line| *line == "assumption = true");
    assert_eq!(assumed.count(), acts.len());
}

#[test]
fn what_is_refused_leaves_nothing() {
    let copy = copy_of(&root()).unwrap();
    let regions = copy.path().join("regions");
    let names = || {
        let entries = fs::read_dir(&regions).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    for (words, said) in [
        (
            ["Liguria", "--istat", "07"],
            "`Liguria` is not the name of a Region's folder",
        ),
        (
            ["../liguria", "--istat", "07"],
            "is not the name of a Region's folder",
        ),
        (
            ["nazionale", "--istat", "07"],
            "is not the name of a Region's folder",
        ),
        (
            ["a--b", "--istat", "07"],
            "is not the name of a Region's folder",
        ),
        (
            ["liguria", "--istat", "7"],
            "`7` is not the ISTAT code of a Region",
        ),
        (
            ["liguria", "--istat", "21"],
            "`21` is not the ISTAT code of a Region",
        ),
        (
            ["liguria", "--istat", "09"],
            "the ISTAT code `09` is already that of `toscana`",
        ),
        (["piemonte", "--istat", "07"], "the folder is not empty"),
    ] {
        let words = [&["new", "region", "--lang", "en"], &words[..]].concat();
        let ran = riparto(copy.path(), &words);
        assert_eq!(ran.code, 2, "{words:?}");
        assert!(ran.stderr.contains(said), "{words:?}: {}", ran.stderr);
    }
    assert_eq!(names(), before);
}

#[test]
fn a_year_asks_for_the_window_that_a_transition_needs() {
    let copy = copy_of(&root()).unwrap();
    done(copy.path(), &["new", "year", "piemonte", "2027"]);
    // The table that a published file is read from can be given as a CSV file too.
    let data = copy.path().join("regions/piemonte/2027/data/servizi.csv");
    let earlier = copy.path().join("regions/piemonte/2026/data/servizi.csv");
    fs::copy(earlier, data).unwrap();
    let ran = riparto(copy.path(), &["check", "piemonte/2027", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let found = ran.json();
    let first = &found["diagnostics"][0];
    assert_eq!(
        first["file"], "regions/piemonte/2027/rilevazione.toml",
        "{found}"
    );
    let measure = copy.path().join("regions/piemonte/2027/rilevazione.toml");
    edit(
        &measure,
        "\"2027-…\"\ncloses = \"2027-…\"",
        "\"2027-04-26 12:00\"\ncloses = \"2027-05-17 12:00\"",
    )
    .unwrap();
    done(copy.path(), &["check", "piemonte/2027"]);
}

#[test]
fn a_year_asks_for_the_file_that_an_importer_reads() {
    let copy = copy_of(&root()).unwrap();
    let (folder, year) = (copy.path(), copy.path().join("regions/toscana/2026"));
    let new = ["new", "year", "toscana/2026", "--from", "toscana/2024"];
    let said = riparto(folder, &[&new[..], &["--lang", "en"]].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let wanted = "To put into `regions/toscana/2026/data/`, as published: `zona_pistoiese.txt` (table `testi`, read by `toscana.programma`)";
    assert!(said.stdout.contains(wanted), "{}", said.stdout);
    // Nothing stands where the file will; the other tables have their headers.
    assert!(!year.join("data/testi.csv").exists());
    assert!(year.join("data/programmi.csv").exists());
    let readme = fs::read_to_string(year.join("README.md")).unwrap();
    assert!(readme.contains("`data/zona_pistoiese.txt`"), "{readme}");
    let rules = fs::read_to_string(year.join("programma-zona.toml")).unwrap();
    let declared =
        "[table.testi]\nimporter = \"toscana.programma\"\nfile     = \"zona_pistoiese.txt\"\n";
    assert!(rules.contains(declared), "{rules}");
    let checked = riparto(folder, &["check", "toscana/2026", "--format", "json"]);
    let found = checked.json()["diagnostics"].as_array().unwrap().clone();
    let missing = found.iter().map(|one| one["code"].as_str().unwrap());
    assert_eq!(missing.collect::<Vec<_>>(), ["missing-table"], "{found:?}");
    // Programs are told the same.
    fs::remove_dir_all(&year).unwrap();
    let awaited = json!([{
        "file": "regions/toscana/2026/data/zona_pistoiese.txt",
        "table": "testi",
        "importer": "toscana.programma",
    }]);
    assert_eq!(done(folder, &new)["awaits"], awaited);
    let none = ["new", "year", "piemonte/2028", "--from", "piemonte/2024"];
    assert_eq!(done(folder, &none)["awaits"], json!([]));
}

#[test]
fn a_plugin_takes_no_name_that_a_package_has() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "plugins/testkit/rogue/Cargo.toml";
    let rogue = folder.path().join("plugins/testkit/rogue");
    fs::create_dir_all(&rogue).unwrap();
    fs::create_dir(folder.path().join("rules")).unwrap();
    fs::copy(root().join(manifest), folder.path().join(manifest)).unwrap();
    let new = |name: &str| {
        let words = ["new", "plugin", name, "--root", ".", "--lang", "en"];
        riparto(folder.path(), &words)
    };
    let refused = new("rogue");
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    let said = "there is a package `riparto-plugin-rogue` already, in `./plugins/testkit/rogue`";
    assert!(refused.stderr.contains(said), "{}", refused.stderr);
    assert!(!folder.path().join("plugins/rogue").exists());
    assert_eq!(new("rogues").code, 0);
}
