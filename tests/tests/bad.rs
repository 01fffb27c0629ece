//! One folder for every fault that Riparto tells: the smallest root that shows it, and its words.
//!
//! A folder of `tests/bad/` is named after its code, and after the face that it shows where a code
//! has several: `malformed-cell--date`. It holds:
//! - `command`: the arguments; `--root .` is added to the commands that read packs
//! - `it.txt`, `en.txt`: what is said, as printed; `UPDATE_BAD=1` writes them anew, to be read
//! - `place`: `file:line:column` and the text pointed at, where a file is at fault
//! - `exit`: the exit code, where it is not 2
//! - `also`: the codes that come along by right, one a line

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use riparto_core::diag::{Code, Lang};
use riparto_tests::copies::copy_tree;
use riparto_tests::{Ran, root, run_in};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");
const READ_PACKS: [&str; 7] = [
    "list",
    "check",
    "run",
    "explain",
    "deadlines",
    "test",
    "new",
];
/// Roots with several faults at once, which bear no code.
const MANY: [&str; 2] = ["many", "many-cells"];

/// Every folder of `tests/bad/`, run once for all the tests.
static ALL: LazyLock<Vec<Bad>> = LazyLock::new(|| {
    let entries = fs::read_dir(root().join("tests/bad")).unwrap();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders.into_iter().map(Bad::new).collect()
});

/// A folder of `tests/bad/`, with what its command gave in every language and format.
struct Bad {
    name: String,
    folder: PathBuf,
    it: Ran,
    en: Ran,
    json_it: Ran,
    json_en: Ran,
}

impl Bad {
    fn new(folder: PathBuf) -> Self {
        let run = |more: &[&str]| run(&folder, more);
        Self {
            name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
            it: run(&["--lang", "it"]),
            en: run(&["--lang", "en"]),
            json_it: run(&["--lang", "it", "--format", "json"]),
            json_en: run(&["--lang", "en", "--format", "json"]),
            folder,
        }
    }

    fn code(&self) -> &str {
        self.name.split("--").next().unwrap()
    }

    fn note(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(file)).ok()
    }

    fn expected_exit(&self) -> i32 {
        self.note("exit")
            .map_or(2, |text| text.trim().parse().unwrap())
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn place_of(diagnostic: &Value) -> Option<String> {
    let file = diagnostic["file"].as_str()?;
    let (line, column) = (&diagnostic["line"], &diagnostic["column"]);
    Some(format!("{file}:{line}:{column}"))
}

fn coded() -> Vec<&'static Bad> {
    let all = ALL.iter();
    all.filter(|bad| !MANY.contains(&bad.name.as_str()))
        .collect()
}

fn named(name: &str) -> &'static Bad {
    ALL.iter().find(|bad| bad.name == name).unwrap()
}

/// Runs the command of a folder on a copy of it, and holds that the copy stays as it was.
fn run(folder: &Path, more: &[&str]) -> Ran {
    let copy = tempfile::tempdir().unwrap();
    copy_tree(folder, copy.path()).unwrap();
    // A root of Regions has the national calendar, unless the folder shows a fault of its own.
    let calendar = Path::new("rules/calendar");
    if folder.join("regions").is_dir() && !folder.join(calendar).is_dir() {
        copy_tree(&root().join(calendar), &copy.path().join(calendar)).unwrap();
    }
    let before = contents(copy.path());
    let command = fs::read_to_string(folder.join("command")).unwrap();
    let mut arguments: Vec<&str> = command.split_whitespace().collect();
    if READ_PACKS.contains(&arguments[0]) && !arguments.contains(&"--root") {
        arguments.extend(["--root", "."]);
    }
    arguments.extend(more);
    let ran = run_in(PROGRAM, copy.path(), &arguments).unwrap();
    let written = before != contents(copy.path());
    assert!(!written, "{}: something was written", folder.display());
    ran
}

fn diagnostics(ran: &Ran) -> Vec<Value> {
    let json = ran.json();
    let mut found = list(&json["diagnostics"]);
    for case in list(&json["cases"]) {
        found.extend(list(&case["diagnostics"]));
    }
    found
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
            found.insert(path, Vec::new());
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// Compares a text with a file kept beside the test, or writes the file anew.
fn hold(path: &Path, found: &str, faults: &mut Vec<String>) {
    if std::env::var_os("UPDATE_BAD").is_some() {
        fs::write(path, found).unwrap();
        return;
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept != found {
        let path = path.display();
        faults.push(format!(
            "{path}: the words differ\n--- kept\n{kept}\n--- found\n{found}"
        ));
    }
}

/// Runs a check over every folder and tells all that is wrong at once.
fn over<'b>(folders: impl IntoIterator<Item = &'b Bad>, check: impl Fn(&Bad, &mut Vec<String>)) {
    let mut faults = Vec::new();
    for bad in folders {
        check(bad, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The codes that only a real library shows: the tests of the plugin host build one that misbehaves.
const LIVE: [&str; 13] = [
    "plugin-abi",
    "plugin-answer",
    "plugin-crashed",
    "plugin-memory",
    "plugin-no-entry",
    "plugin-not-a-file",
    "plugin-panicked",
    "plugin-refused",
    "plugin-signature",
    "plugin-stack",
    "plugin-timeout",
    "plugin-truncated",
    "plugin-unsteady",
];

#[test]
fn the_codes_of_live_plugins_are_shown_by_the_host() {
    let tests = ["contained.rs", "refused.rs"].map(|file| {
        let path = root().join("plugins/host/tests").join(file);
        fs::read_to_string(path).unwrap()
    });
    for code in Code::ALL
        .iter()
        .filter(|code| LIVE.contains(&code.as_str()))
    {
        let name = format!("Code::{code:?}");
        assert!(tests.iter().any(|text| text.contains(&name)), "{name}");
    }
}

#[test]
fn no_code_lacks_a_folder_and_no_folder_lacks_a_code() {
    let folders = coded();
    let shown: BTreeSet<&str> = folders.iter().map(|bad| bad.code()).collect();
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let codes: BTreeSet<&str> = codes.filter(|code| !LIVE.contains(code)).collect();
    assert_eq!(shown, codes);
    let names: BTreeSet<&str> = folders.iter().map(|bad| bad.name.as_str()).collect();
    let only_faces: Vec<&&str> = codes.difference(&names).collect();
    assert!(only_faces.is_empty(), "no plain folder: {only_faces:?}");
}

#[test]
fn one_mistake_is_one_diagnostic() {
    over(coded(), |bad, faults| {
        let found = diagnostics(&bad.json_it);
        let found: Vec<&str> = found.iter().map(|fault| text(fault, "code")).collect();
        let also = bad.note("also").unwrap_or_default();
        let mut expected = vec![bad.code()];
        expected.extend(also.lines());
        if found != expected {
            faults.push(format!("{}: {found:?}, not {expected:?}", bad.name));
        }
    });
}

#[test]
fn the_exit_code_is_the_same_in_every_language_and_format() {
    over(coded(), |bad, faults| {
        for ran in [&bad.it, &bad.en, &bad.json_it, &bad.json_en] {
            if ran.code != bad.expected_exit() {
                faults.push(format!("{}: exit {}", bad.name, ran.code));
            }
        }
    });
}

#[test]
fn what_is_said_is_what_was_read_and_accepted() {
    over(ALL.iter(), |bad, faults| {
        for (lang, ran) in [("it", &bad.it), ("en", &bad.en)] {
            hold(&bad.folder.join(format!("{lang}.txt")), &ran.stderr, faults);
            if ran.stderr.contains('\u{1b}') {
                faults.push(format!("{}: colours where no terminal reads", bad.name));
            }
        }
    });
}

#[test]
fn each_says_what_is_wrong_and_how_to_mend_it_in_both_languages() {
    over(ALL.iter(), |bad, faults| {
        let (it, en) = (diagnostics(&bad.json_it), diagnostics(&bad.json_en));
        if it.is_empty() || it.len() != en.len() {
            faults.push(format!("{}: not the same number of faults", bad.name));
        }
        for (it, en) in it.iter().zip(&en) {
            for key in ["message", "help"] {
                let (it, en) = (text(it, key), text(en, key));
                if it.is_empty() || en.is_empty() || it == en {
                    faults.push(format!("{}: {key} `{it}` / `{en}`", bad.name));
                }
                if it.ends_with('.') || it.starts_with(char::is_uppercase) {
                    faults.push(format!("{}: not in the house's form: `{it}`", bad.name));
                }
            }
            if place_of(it) != place_of(en) || it["code"] != en["code"] {
                faults.push(format!("{}: the languages tell different faults", bad.name));
            }
        }
    });
}

#[test]
fn a_fault_of_a_file_is_pointed_at() {
    over(coded(), |bad, faults| {
        let found = diagnostics(&bad.json_it).iter().find_map(place_of);
        let note = bad.note("place").unwrap_or_default();
        let note = note.trim_end_matches('\n');
        let (place, pointed) = note.split_once(' ').unwrap_or((note, ""));
        if found.as_deref().unwrap_or_default() != place {
            faults.push(format!("{}: at {found:?}, not `{place}`", bad.name));
            return;
        }
        let told = &bad.it.stderr;
        if found.is_some() && !told.contains(&format!("--> {place}\n")) {
            faults.push(format!("{}: the text does not show {place}", bad.name));
        }
        let under = under_the_caret(told);
        if !pointed.is_empty() && under.as_deref() != Some(pointed) {
            let name = &bad.name;
            faults.push(format!(
                "{name}: under the caret {under:?}, not `{pointed}`"
            ));
        }
    });
}

/// Gives the part of the excerpt that the carets underline.
fn under_the_caret(told: &str) -> Option<String> {
    let lines: Vec<&str> = told.lines().collect();
    let at = lines.iter().position(|line| {
        let marks = line.trim_start().strip_prefix('|').unwrap_or_default();
        !marks.trim().is_empty() && marks.trim().chars().all(|c| c == '^')
    })?;
    let start = lines[at].chars().take_while(|c| *c != '^').count();
    let length = lines[at].matches('^').count();
    Some(lines[at - 1].chars().skip(start).take(length).collect())
}

/// Gives the faults of a folder as `file:line code`, with the name of the file only.
fn lines_and_codes(name: &str) -> Vec<String> {
    let found = diagnostics(&named(name).json_it);
    let brief = |fault: &Value| {
        let file = text(fault, "file").rsplit('/').next().unwrap().to_owned();
        format!("{file}:{} {}", fault["line"], text(fault, "code"))
    };
    found.iter().map(brief).collect()
}

fn is_sorted_by_place(name: &str) -> bool {
    let key = |fault: &Value| {
        let number = |key: &str| fault[key].as_u64();
        let file = text(fault, "file").to_owned();
        (file, number("line"), number("column"))
    };
    diagnostics(&named(name).json_it)
        .iter()
        .is_sorted_by_key(key)
}

#[test]
fn a_pack_with_many_faults_tells_all_of_them_in_one_pass() {
    assert_eq!(
        lines_and_codes("many"),
        [
            "m.rhai:2 script-forbidden",
            "m.rhai:3 script-forbidden",
            "m.toml:4 missing-act",
            "m.toml:11 unknown-key",
            "m.toml:16 malformed-value",
            "m.toml:22 malformed-value",
            "m.toml:24 unknown-name",
            "m.toml:28 unknown-name",
            "m.toml:48 expression-syntax",
            "m.toml:56 type-mismatch",
            "m.toml:57 unknown-name",
            "m.toml:58 malformed-value",
            "pack.toml:2 wrong-type",
            "pack.toml:3 malformed-value",
            "pack.toml:4 malformed-value",
        ]
    );
    assert!(is_sorted_by_place("many"));
}

#[test]
fn a_table_with_many_bad_cells_tells_all_of_them_in_one_pass() {
    assert_eq!(
        lines_and_codes("many-cells"),
        [
            "comuni.csv:3 istat-leading-zero",
            "comuni.csv:3 malformed-cell",
            "comuni.csv:3 malformed-cell",
            "comuni.csv:3 malformed-cell",
            "comuni.csv:3 malformed-cell",
            "comuni.csv:4 mojibake",
            "comuni.csv:4 empty-cell",
            "comuni.csv:4 mixed-decimals",
            "comuni.csv:4 malformed-cell",
            "comuni.csv:5 duplicate-row",
            "comuni.csv:5 malformed-cell",
            "comuni.csv:5 malformed-cell",
            "comuni.csv:6 field-count",
            "comuni.csv:7 mixed-separators",
            "comuni.csv:7 malformed-cell",
            "comuni.csv:7 malformed-cell",
        ]
    );
    assert!(is_sorted_by_place("many-cells"));
}

#[test]
fn the_reference_lists_every_code_with_its_folders() {
    let mut page = String::from(
        "# I codici degli errori · The codes of the diagnostics\n\n\
         Ogni codice ha qui una cartella con il più piccolo pacchetto che lo mostra: `command` è il \
         comando, `it.txt` e `en.txt` ciò che Riparto risponde. Un codice non cambia mai e non si \
         riusa.\n\n\
         Each code has here a folder with the smallest pack that shows it: `command` is the \
         command, `it.txt` and `en.txt` what Riparto answers. A code never changes and is never \
         reused.\n\n\
         | codice · code | che cosa vuol dire | what it means | altre forme · other faces |\n\
         |---|---|---|---|\n",
    );
    let folders = coded();
    for code in Code::ALL {
        if LIVE.contains(&code.as_str()) {
            let (it, en) = (code.meaning(Lang::It), code.meaning(Lang::En));
            page.push_str(&format!(
                "| `{code}` | {it} | {en} | |\n",
                code = code.as_str()
            ));
            continue;
        }
        let (it, en) = (code.meaning(Lang::It), code.meaning(Lang::En));
        let name = code.as_str();
        let own = folders.iter().filter(|bad| bad.code() == name);
        let faces = own.filter_map(|bad| Some((&bad.name, bad.name.split_once("--")?.1)));
        let faces: Vec<String> = faces
            .map(|(bad, face)| format!("[{face}]({bad})"))
            .collect();
        let faces = faces.join(", ");
        page.push_str(&format!("| [`{name}`]({name}) | {it} | {en} | {faces} |\n"));
    }
    page.push_str(
        "\nPiù errori insieme · several faults at once: [many](many), [many-cells](many-cells).\n",
    );
    let mut faults = Vec::new();
    hold(&root().join("tests/bad/README.md"), &page, &mut faults);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
