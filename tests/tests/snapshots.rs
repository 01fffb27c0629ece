//! The whole outcome of every pack, its deadlines, explanations of some subjects, as last read.

#![cfg(test)]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use riparto_tests::files::project_files;
use riparto_tests::{root, run_in};
use serde_json::Value;

/// Who is explained, for each pack that splits or decides something: plain rows, and the aggregate.
const SUBJECTS: [(&str, &[&str]); 21] = [
    ("lombardia/2022", &["Fagnano Olona", "Castellanza"]),
    ("lombardia/2023", &["Lodi"]),
    ("nazionale/2018", &["Campania", "Sicilia", "Lombardia"]),
    ("nazionale/2019", &["Campania"]),
    ("nazionale/2020", &["Piemonte"]),
    ("nazionale/2021", &["Piemonte"]),
    ("nazionale/2022", &["Piemonte"]),
    ("nazionale/2023", &["Campania"]),
    ("nazionale/2024", &["Piemonte"]),
    ("nazionale/2025", &["Campania"]),
    ("nazionale/2026", &["Campania"]),
    ("piemonte/2018", &["pesi"]),
    ("piemonte/2021", &["provincia di Cuneo"]),
    ("piemonte/2022", &["Biella", "Borriana", "*altri"]),
    ("piemonte/2023", &["Cuneo", "Fossano", "*altri"]),
    ("piemonte/2024", &["Asti", "Refrancore", "*altri"]),
    ("piemonte/2025", &["provincia di Biella"]),
    ("toscana/2023", &["Trasporto scolastico"]),
    ("toscana/2024", &["Roccastrada", "Dirigente di Pistoia"]),
    ("toscana/2025", &["Pistoiese"]),
    ("toscana/2026", &["Pistoiese"]),
];

/// What is kept of an answer, and the arguments that give it.
const ANSWERS: [(&str, &[&str]); 3] = [
    ("it.txt", &["--lang", "it"]),
    ("en.txt", &["--lang", "en"]),
    ("json", &["--format", "json"]),
];

/// What is kept of the deadlines of a pack that has any, and the arguments that give it.
const DEADLINES: [(&str, &[&str]); 3] = [
    ("it.txt", &["--lang", "it"]),
    ("en.txt", &["--lang", "en"]),
    ("ics", &["--format", "ics"]),
];

fn answer(arguments: &[&str]) -> String {
    let ran = run_in(env!("CARGO_BIN_EXE_riparto-under-test"), &root(), arguments).unwrap();
    assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    assert_eq!(ran.stderr, "", "{arguments:?}");
    ran.stdout
}

/// Gives the packs that the program lists.
fn packs() -> Vec<String> {
    let listed: Value = serde_json::from_str(&answer(&["list", "--format", "json"])).unwrap();
    let packs = listed["packs"].as_array().unwrap_or_else(|| {
        listed
            .as_array()
            .unwrap_or_else(|| panic!("no packs in {listed}"))
    });
    let found: Vec<_> = packs
        .iter()
        .filter_map(|pack| pack["pack"].as_str().or(pack["id"].as_str()))
        .map(str::to_owned)
        .collect();
    assert!(found.len() >= 3, "{found:?}");
    found
}

/// Tells whether a pack gives amounts, or judges rows: one of deadlines alone has nobody to explain.
fn judges_someone(pack: &str) -> bool {
    let outcome: Value = serde_json::from_str(&answer(&["run", pack, "--format", "json"])).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let judged = |decision: &Value| !list(&decision["rows"]).is_empty();
    !list(&outcome["allocations"]).is_empty() || list(&outcome["decisions"]).iter().any(judged)
}

fn has_deadlines(pack: &str) -> bool {
    let answer = answer(&["deadlines", pack, "--format", "json"]);
    let listed: Value = serde_json::from_str(&answer).unwrap();
    !listed["deadlines"].as_array().unwrap().is_empty()
}

/// Leaves out of a receipt what changes with every release.
fn without_version(text: &str) -> String {
    let mut outcome: Value = serde_json::from_str(text).unwrap();
    if let Some(receipt) = outcome.get_mut("receipt").and_then(Value::as_object_mut) {
        assert!(receipt.shift_remove("engine").is_some());
    }
    let mut text = serde_json::to_string_pretty(&outcome).unwrap();
    text.push('\n');
    text
}

struct Kept {
    names: RefCell<BTreeSet<String>>,
}

impl Kept {
    /// Compares an answer with its snapshot `snapshots/<pack>/<name>.snap`.
    fn compare(&self, pack: &str, name: &str, answer: &str) {
        let folder = Path::new("../snapshots").join(pack);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, answer));
        let path = format!("tests/snapshots/{pack}/{name}.snap");
        self.names.borrow_mut().insert(path);
    }
}

/// A name that any system can keep: `*altri` is `aggregato-altri`.
fn file_name(subject: &str) -> String {
    subject
        .to_lowercase()
        .replace('*', "aggregato-")
        .replace(' ', "-")
}

#[test]
fn every_pack_gives_what_it_gave_and_no_snapshot_is_left_over() {
    let kept = Kept {
        names: RefCell::default(),
    };
    for pack in packs() {
        for (ending, arguments) in ANSWERS {
            let given = answer(&[&["run", &pack], arguments].concat());
            let given = match ending {
                "json" => without_version(&given),
                _ => given,
            };
            kept.compare(&pack, &format!("run.{ending}"), &given);
        }
        if has_deadlines(&pack) {
            for (ending, arguments) in DEADLINES {
                let given = answer(&[&["deadlines", &pack], arguments].concat());
                // Lines of a calendar end with both marks, which a snapshot does not keep apart.
                let given = given.replace("\r\n", "\n");
                kept.compare(&pack, &format!("deadlines.{ending}"), &given);
            }
        }
        let judges = judges_someone(&pack);
        let subjects = SUBJECTS.iter().find(|(of, _)| *of == pack);
        assert!(
            subjects.is_some() == judges,
            "{pack}: name in `SUBJECTS` whom to explain"
        );
        for subject in subjects.into_iter().flat_map(|(_, subjects)| *subjects) {
            for (ending, arguments) in ANSWERS {
                let given = answer(&[&["explain", &pack, subject], arguments].concat());
                let name = format!("explain-{}.{ending}", file_name(subject));
                kept.compare(&pack, &name, &given);
            }
        }
    }
    let files = project_files().unwrap().into_iter();
    let found: BTreeSet<_> = files
        .filter(|f| f.starts_with("tests/snapshots/"))
        // The suite keeps its own, and finds what is left over there.
        .filter(|f| !f.starts_with("tests/snapshots/suite/"))
        .collect();
    assert_eq!(found, kept.names.into_inner(), "files and snapshots differ");
}

#[test]
fn no_snapshot_holds_a_path_of_a_machine() {
    for path in project_files().unwrap() {
        if path.starts_with("tests/snapshots/") {
            let text = riparto_tests::files::read(&path).unwrap();
            let root = root().display().to_string();
            assert!(!text.contains(&root), "{path}");
        }
    }
}
