//! What the command line answers, kept as transcripts in `tests/cli/`, and what holds of every answer.
//!
//! A transcript is a text of `$ riparto …` lines, each followed by its whole output: standard output,
//! then `[stderr]` and standard error, then `[exit N]` where N is not 0. It runs in a copy of
//! `rules/` and `regions/`, or in an empty folder where its first line says `# empty`. Three
//! other commands are known: `ls FOLDER`, `cp FROM TO` and `replace FILE OLD NEW`.
//! `UPDATE_CLI=1` writes the answers anew, to be read.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use riparto_tests::copies::{copy_of, copy_tree};
use riparto_tests::{Ran, root, run_in};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// A copy of the rule files, so that nothing of the project is written.
/// Splits a line into words; double quotes hold a word together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn riparto(folder: &Path, line: &str) -> Ran {
    let words = words(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    run_in(PROGRAM, folder, &words).unwrap()
}

fn answer(folder: &Path, line: &str) -> String {
    let words = words(line);
    let path = |at: usize| folder.join(&words[at]);
    match words[0].as_str() {
        "riparto" => {
            let ran = riparto(folder, line.strip_prefix("riparto").unwrap());
            let mut text = ran.stdout;
            if !ran.stderr.is_empty() {
                text.push_str(&format!("[stderr]\n{}", ran.stderr));
            }
            if ran.code != 0 {
                text.push_str(&format!("[exit {}]\n", ran.code));
            }
            let here = folder.canonicalize().unwrap();
            text.replace(here.to_str().unwrap(), "[folder]")
        }
        "ls" => files_below(&path(1)).join("\n") + "\n",
        "cp" => {
            copy_tree(&path(1), &path(2)).unwrap();
            String::new()
        }
        "replace" => {
            let text = fs::read_to_string(path(1)).unwrap();
            assert_eq!(text.matches(&words[2]).count(), 1, "{line}");
            fs::write(path(1), text.replace(&words[2], &words[3])).unwrap();
            String::new()
        }
        other => panic!("a transcript has no command `{other}`"),
    }
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = contents(folder)
        .keys()
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    found.sort();
    found
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            let below = contents(&path).into_iter();
            found.extend(below.map(|(below, bytes)| (name.join(below), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn replay(transcript: &str) -> String {
    let folder = match transcript.starts_with("# empty") {
        true => tempfile::tempdir().unwrap(),
        false => copy_of(&root()).unwrap(),
    };
    if transcript.contains(" --root suite") {
        copy_tree(&root().join("tests/suite"), &folder.path().join("suite")).unwrap();
    }
    let mut replayed = String::new();
    for line in transcript.lines().filter(|line| is_said(line)) {
        replayed.push_str(line);
        replayed.push('\n');
        if let Some(line) = line.strip_prefix("$ ") {
            replayed.push_str(&answer(folder.path(), line));
        }
    }
    replayed
}

/// Whether a line of a transcript is the writer's: a command, or a remark at the left margin.
fn is_said(line: &str) -> bool {
    line.starts_with("$ ") || line.starts_with("# ")
}

fn transcript(name: &str) {
    let path = root().join(format!("tests/cli/{name}.txt"));
    let kept = fs::read_to_string(&path).unwrap();
    let found = replay(&kept);
    if std::env::var_os("UPDATE_CLI").is_some() {
        fs::write(&path, &found).unwrap();
        return;
    }
    let first = kept.lines().zip(found.lines()).position(|(a, b)| a != b);
    let line = first.unwrap_or_else(|| kept.lines().count().min(found.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    assert_eq!(
        kept,
        found,
        "{name}: line {}: kept `{}`, found `{}`",
        line + 1,
        at(&kept),
        at(&found)
    );
}

macro_rules! transcripts {
    ($($name:ident $file:literal)*) => {
        const TRANSCRIPTS: &[&str] = &[$($file),*];
        $(#[test] fn $name() { transcript($file); })*
    };
}

transcripts! {
    the_packs_are_listed "list"
    packs_are_checked "check"
    a_pack_is_run "run"
    a_pack_is_run_with_other_values "run-values"
    a_term_is_computed "term"
    a_term_is_refused "term-refused"
    a_year_of_holidays_is_listed "calendar"
    deadlines_are_listed "deadlines"
    deadlines_that_move_are_listed "diff"
    a_measure_under_another_name_is_compared "diff-renamed"
    a_pack_is_run_on_other_facts "run-data"
    a_run_is_written_to_a_new_folder "run-out"
    an_amount_is_explained "explain"
    cases_are_tried "test"
    a_grid_is_simulated "simulate"
    a_sum_is_split "split"
    a_new_year_is_begun "new"
    help_is_in_italian "help"
    help_is_in_english "help-en"
    what_is_not_understood_is_refused "refused"
    without_a_folder_the_embedded_packs_answer "outside"
}

#[test]
fn every_transcript_is_replayed() {
    let entries = fs::read_dir(root().join("tests/cli")).unwrap();
    let names = entries.map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = names
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    let mut replayed: Vec<&str> = TRANSCRIPTS.to_vec();
    replayed.sort_unstable();
    assert_eq!(names, replayed);
}

/// Every command that only reads, in each of its formats.
const ANSWERS: [&str; 21] = [
    "list",
    "list --format json",
    "check",
    "check --format json",
    "run piemonte/2024",
    "run piemonte/2024 --lang en",
    "run piemonte/2024 --format json",
    "run piemonte/2024 --format csv",
    "explain piemonte/2024 Asti",
    "explain piemonte/2022 Biella --format json",
    "test",
    "split 1000 --weights 3,2,1 --format json",
    "schema measure",
    "term --from 2024-06-14 --days 60 --regime tar",
    "calendar 2026 --format json",
    "deadlines toscana/2024 --at 2025-01-15T10:00:00",
    "deadlines piemonte/2024 --format ics",
    "diff piemonte/2024 piemonte/2025 --format json",
    "explain piemonte/2024 Astii",
    "simulate piemonte/2022 --vary quota_comuni=94%..96%/1% --vary quota_formazione=4%,5%",
    "simulate piemonte/2022 --vary quota_comuni=95%,96% --format json",
];

#[test]
fn an_answer_depends_on_nothing_but_what_was_asked() {
    let there = root();
    for line in ANSWERS {
        let plain = riparto(&there, line);
        let again = riparto(&there, line);
        let elsewhere = Command::new(PROGRAM)
            .args(words(line))
            .current_dir(there.join("regions/piemonte"))
            .env("TZ", "Pacific/Kiritimati")
            .env("LANG", "en_US.UTF-8")
            .env("LC_ALL", "de_DE.UTF-8")
            .env("COLUMNS", "40")
            .output()
            .unwrap();
        assert_eq!(plain.stdout, again.stdout, "{line}");
        assert_eq!(plain.stdout.as_bytes(), elsewhere.stdout, "{line}");
        assert_eq!(plain.stderr.as_bytes(), elsewhere.stderr, "{line}");
        assert_eq!(Some(plain.code), elsewhere.status.code(), "{line}");
        let escapes = [&plain.stdout, &plain.stderr].map(|text| text.contains('\u{1b}'));
        assert_eq!(escapes, [false, false], "{line}: colours in a pipe");
    }
}

#[test]
fn nothing_that_only_reads_writes() {
    let folder = copy_of(&root()).unwrap();
    let before = contents(folder.path());
    for line in ANSWERS {
        riparto(folder.path(), line);
    }
    assert_eq!(before, contents(folder.path()));
}

/// What a command writes on a terminal, given by Python's `pty`.
fn on_a_terminal(line: &str) -> Option<String> {
    let script = "import os, pty, sys\n\
                  os.environ['TERM'] = 'xterm-256color'\n\
                  sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
    let output = Command::new("python3")
        .args(["-c", script, PROGRAM])
        .args(words(line))
        .current_dir(root())
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let works = !String::from_utf8_lossy(&output.stderr).contains("Error") && !told.is_empty();
    works.then_some(told)
}

#[test]
fn a_terminal_gets_colours_and_a_drawn_table() {
    let (Some(table), Some(fault)) = (
        on_a_terminal("list"),
        on_a_terminal("explain piemonte/2024 Astii"),
    ) else {
        println!("skipped: python3 with `pty` is not here");
        return;
    };
    assert!(
        table.contains('│') && table.contains("piemonte/2024"),
        "{table}"
    );
    assert!(
        fault.contains("\u{1b}[") && fault.contains("unknown-subject"),
        "{fault}"
    );
    let piped = riparto(&root(), "list").stdout;
    assert!(!piped.contains('│'), "{piped}");
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let mut child = Command::new(PROGRAM)
        .args(["run", "piemonte/2024", "--format", "json"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

fn find<'v>(list: &'v Value, key: &str, value: &str) -> &'v Value {
    let list = list.as_array().unwrap();
    list.iter().find(|item| item[key] == value).unwrap()
}

#[test]
fn a_run_as_json_keeps_to_its_contract() {
    let json = riparto(&root(), "run piemonte/2024 --format json").json();
    assert_eq!(json["pack"], "piemonte/2024");
    assert_eq!(json["as_of"], "2024-09-18");
    for key in [
        "allocations",
        "decisions",
        "deadlines",
        "states",
        "documents",
        "actions",
        "totals",
        "diagnostics",
    ] {
        assert!(json[key].is_array(), "{key}");
    }
    assert!(json["receipt"].is_object());
    let state = find(&json["allocations"], "fund", "stato");
    assert_eq!(state["measure"], "piano-azione");
    assert_eq!(state["method"], "unit-value");
    assert_eq!(state["unit_value"], "11789/20");
    let asti = find(&state["rows"], "name", "Asti");
    // 493 children by 589.45 euro.
    assert_eq!(asti["amount"], "290598.85");
    // 493 children by (589.45 + 189.41) euro, as the press published it.
    assert_eq!(find(&json["totals"], "name", "Asti")["amount"], "383977.98");
}

#[test]
fn a_written_run_says_what_the_printed_one_says() {
    let folder = copy_of(&root()).unwrap();
    let ran = riparto(folder.path(), "run piemonte/2024 --out esito/2024");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let written = contents(&folder.path().join("esito/2024"));
    let text = |name: &str| String::from_utf8(written[Path::new(name)].clone()).unwrap();
    assert_eq!(
        text("outcome.txt"),
        riparto(folder.path(), "run piemonte/2024").stdout
    );
    let csv = riparto(folder.path(), "run piemonte/2024 --format csv").stdout;
    assert_eq!(text("amounts.csv"), csv);
    let json = riparto(folder.path(), "run piemonte/2024 --format json").json();
    let receipt: Value = serde_json::from_str(&text("receipt.json")).unwrap();
    let (rules, data) = (&receipt["rules"], &receipt["data"]);
    assert_eq!(
        (rules, data),
        (&json["receipt"]["rules"], &json["receipt"]["data"])
    );
    let is_sha256 = |hash: &Value| hash.as_str().is_some_and(|hash| hash.len() == 64);
    assert!(
        is_sha256(&rules["regions/piemonte/2024/pack.toml"]),
        "{rules}"
    );
    let data = data.as_object().unwrap();
    assert!(!data.is_empty() && data.values().all(is_sha256), "{data:?}");
}

#[test]
fn a_schema_is_printed_for_each_kind_of_file() {
    for kind in [
        "measure",
        "pack",
        "region",
        "case",
        "holidays",
        "suspension",
        "regimes",
        "words",
    ] {
        let schema = riparto(&root(), &format!("schema {kind}"));
        assert_eq!(schema.code, 0, "{kind}");
        assert!(schema.json()["properties"].is_object(), "{kind}");
    }
}

#[test]
fn split_closes_to_the_cent_and_says_what_is_left() {
    let split = |line: &str| {
        let json = riparto(&root(), &format!("split {line} --format json")).json();
        let rows = json["rows"].as_array().unwrap().iter();
        let amounts: Vec<String> = rows
            .map(|row| row["amount"].as_str().unwrap().to_owned())
            .collect();
        (
            amounts.join(" "),
            json["residue"].as_str().map(str::to_owned),
        )
    };
    let left = |residue: &str| Some(residue.to_owned());
    let (first, last) = ("--ties first", "--ties last");
    let thirds = "100 --weights 1,1,1";
    assert_eq!(
        split(&format!("{thirds} {first}")),
        ("33.34 33.33 33.33".to_owned(), left("0.00"))
    );
    assert_eq!(
        split(&format!("{thirds} {last}")),
        ("33.33 33.33 33.34".to_owned(), left("0.00"))
    );
    for method in ["unit-value", "each-rounded", "floor"] {
        let found = split(&format!("{thirds} --method {method}"));
        assert_eq!(
            found,
            ("33.33 33.33 33.33".to_owned(), left("0.01")),
            "{method}"
        );
    }
    // The greatest that all may take is 60 euro: 40 are left.
    assert_eq!(
        split("100 --weights 3,1 --max 30"),
        ("30.00 30.00".to_owned(), left("40.00"))
    );
    assert_eq!(
        split("100 --weights 9,1 --min 20"),
        ("80.00 20.00".to_owned(), left("0.00"))
    );
    // Two of eight: a quarter of the sum, and the rest is for others.
    let part = split("100 --weights 1,1 --total-weight 8 --method each-rounded");
    assert_eq!(part.0, "12.50 12.50");
}

#[test]
fn a_new_year_shows_shares_as_fractions_until_its_funds_are_known() {
    let folder = copy_of(&root()).unwrap();
    let made = riparto(folder.path(), "new year piemonte/2027 --from piemonte/2024");
    assert_eq!(made.code, 0, "{}", made.stderr);
    let facts = |year| folder.path().join(format!("regions/piemonte/{year}/data"));
    copy_tree(&facts(2024), &facts(2027)).unwrap();
    let checked = riparto(folder.path(), "check piemonte/2027");
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let json = riparto(folder.path(), "run piemonte/2027 --format json").json();
    let state = find(&json["allocations"], "fund", "stato");
    assert_eq!(state["amount"], Value::Null);
    let asti = find(&state["rows"], "name", "Asti");
    assert_eq!(
        (&asti["amount"], &asti["exact"]),
        (&Value::Null, &Value::Null)
    );
}
