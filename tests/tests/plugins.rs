//! What packs ask of native plugins, through the program: import, judge, write.

#![cfg(test)]

use std::fs;
use std::path::PathBuf;

use riparto_tests::{Ran, run_in};
use serde_json::{Value, json};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

const MANIFEST: &str = r#"
title = "Prova"
year = 2026
as_of = "2026-01-01"
status = "draft"
main_act = "dgr"
[act.dgr]
title = "D.G.R. di prova"
"#;

const MEASURE: &str = r#"
title = "Misura"
main_act = "dgr"
[table.popolazione]
label = "Popolazione"
key = "key"
title = "key"
importer = "rogue.lines"
file = "pop.txt"
[table.popolazione.column.key]
type = "text"
label = "Chiave"
[table.popolazione.column.number]
type = "integer"
unit = "abitanti"
label = "Numero"
"#;

const VALIDATOR: &str = r#"
[validator.pari]
label = "Numeri pari"
native = "rogue.odd"
tables = ["popolazione"]
act = "dgr art. 3"
"#;

const EXPORT: &str = r#"
[register.elenco]
label = "Elenco"
of = "popolazione"
columns = ["key", "number"]
act = "dgr"
[export.invio]
label = "Invio"
native = "rogue.plain"
register = "elenco"
act = "dgr"
"#;

const TEXT: &str = "regions/prova/2026/data/pop.txt";
const CSV: &str = "regions/prova/2026/data/popolazione.csv";
const RULES: &str = "regions/prova/2026/m.toml";

/// A root with one Region, one pack and the rogue among its plugins.
struct Root(TempDir);

impl Root {
    /// Locks the rogue as an officer would.
    fn new(blocks: &[&str]) -> Self {
        let root = Self::without_plugin(blocks);
        let library = library().display().to_string();
        let locked = root.run(&["plugin", "lock", "prova", &library]);
        assert_eq!(locked.code, 0, "{locked:?}");
        root
    }

    fn without_plugin(blocks: &[&str]) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        let name = "name = \"Prova\"\nistat = \"99\"\n";
        root.write("regions/prova/region.toml", name)
            .write("regions/prova/2026/pack.toml", MANIFEST)
            .write(RULES, &format!("{MEASURE}{}", blocks.concat()))
    }

    fn write(self, path: &str, text: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn json(&self, path: &str) -> Value {
        let text = fs::read_to_string(self.path(path)).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let arguments = [arguments, &["--root", ".", "--lang", "en"]].concat();
        run_in(PROGRAM, self.0.path(), &arguments).unwrap()
    }

    /// Gives code and place of all that `check` finds.
    fn found(&self) -> Vec<String> {
        let ran = self.run(&["check", "prova/2026", "--format", "json"]);
        let found = ran.json()["diagnostics"].as_array().cloned();
        let brief = |one: &Value| {
            let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
            let (severity, code, file) = (text("severity"), text("code"), text("file"));
            format!("{severity} {code} {file}:{}", one["line"])
        };
        found.unwrap().iter().map(brief).collect()
    }
}

/// The library that was built beside this test.
fn library() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let name = format!(
        "{}riparto_plugin_rogue{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    test.parent().unwrap().join(name)
}

#[test]
fn a_published_file_is_read_judged_and_written_as_a_list() {
    let root = Root::new(&[VALIDATOR, EXPORT]).write(TEXT, "alfa;2\n\nbeta;1200\n");
    assert_eq!(root.found(), [""; 0]);
    let ran = root.run(&["run", "prova/2026", "--out", "out"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let written = fs::read_to_string(root.path("out/invio.csv")).unwrap();
    assert_eq!(written, "key,number\nalfa,2\nbeta,1200\n");
    let receipt = root.json("out/receipt.json");
    // What `sha256sum` says of the file as it was published.
    let sum = "cb5e9b4caf0666e6bd4f8f744b41fbad8d24e515c5e5066028659a2db709f91f";
    assert_eq!(receipt["data"], json!({ "pop.txt": sum }));
}

#[test]
fn facts_name_the_importer_or_how_the_csv_is_written() {
    let root = Root::new(&[]).write(TEXT, "alfa;2\n");
    let run = ["run", "prova/2026", "--format", "json"];
    let imported = json!([{ "table": "popolazione", "rows": 1, "importer": "rogue.lines" }]);
    assert_eq!(root.run(&run).json()["facts"], imported);
    fs::remove_file(root.path(TEXT)).unwrap();
    let root = root.write(CSV, "key;number\nalfa;2\nbeta;4\n");
    let read = json!([{
        "table": "popolazione",
        "rows": 2,
        "separator": ";",
        "decimal_mark": null,
        "bom": false,
    }]);
    assert_eq!(root.run(&run).json()["facts"], read);
}

#[test]
fn a_plugin_that_only_writes_is_in_the_receipt() {
    let root = Root::new(&[EXPORT]).write(CSV, "key,number\nalfa,2\n");
    let run = ["run", "prova/2026", "--format", "json"];
    let printed = root.run(&[&run[..], &["--out", "out"]].concat()).json();
    let locked = root.run(&["plugin", "list", "--format", "json"]).json();
    let plugins = json!({ "rogue": locked["plugins"][0]["sha256"] });
    assert_eq!(printed["receipt"]["plugins"], plugins, "{locked}");
    assert_eq!(root.json("out/receipt.json"), printed["receipt"]);
    assert_eq!(root.json("out/outcome.json"), printed);
    // Without a folder nothing is written, and no plugin is asked.
    let printed = root.run(&run).json();
    assert_eq!(printed["receipt"].get("plugins"), None);
}

#[test]
fn where_one_file_cannot_be_written_none_is() {
    let export = EXPORT.split_once("[export.invio]").unwrap().1;
    let unheard_of = format!("[export.altro]{}", export.replace("plain", "unheard_of"));
    let clash = format!("[export.amounts]{export}");
    for (other, said) in [(unheard_of, "`altro`"), (clash, "called `amounts.csv`")] {
        let root = Root::new(&[EXPORT, &other]).write(TEXT, "alfa;2\n");
        assert_eq!(root.run(&["run", "prova/2026"]).code, 0);
        let ran = root.run(&["run", "prova/2026", "--out", "out"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        assert!(ran.stderr.contains(said), "{ran:?}");
        assert!(!root.path("out").exists());
    }
}

#[test]
fn the_whole_of_the_region_is_checked_with_its_plugins_in_it() {
    let root = Root::new(&[]).write(TEXT, "alfa;2\n");
    let ran = root.run(&["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn what_is_wrong_is_told_in_the_lines_of_the_published_file() {
    let cell = Root::new(&[]).write(TEXT, "alfa;2\n\nbeta;due\n");
    assert_eq!(cell.found(), [format!("error malformed-cell {TEXT}:3")]);
    let line = cell.write(TEXT, "alfa;2\nbeta\n");
    assert_eq!(line.found(), [format!("error plugin-refused {TEXT}:2")]);
    let ran = line.run(&["run", "prova/2026"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the number is missing"), "{ran:?}");
}

#[test]
fn an_odd_number_refuses_the_facts_and_a_zero_is_only_told() {
    let root = Root::new(&[VALIDATOR]).write(TEXT, "alfa;0\nbeta;3\ngamma;2\n");
    let found = [
        format!("warning plugin-refused {TEXT}:1"),
        format!("error plugin-refused {TEXT}:2"),
    ];
    assert_eq!(root.found(), found);
    let ran = root.run(&["run", "prova/2026"]);
    assert_eq!(ran.code, 2);
    for told in ["it is odd", "it is zero", "D.G.R. di prova, art. 3"] {
        assert!(ran.stderr.contains(told), "{told}: {ran:?}");
    }
    let root = root.write(TEXT, "alfa;0\n");
    let ran = root.run(&["run", "prova/2026"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("it is zero"), "{ran:?}");
}

#[test]
fn an_importer_that_breaks_the_contract_is_told_where_it_is_named() {
    let root = Root::new(&[]).write(TEXT, "alfa;2\n");
    let rules = MEASURE.replace("rogue.lines", "rogue.invents");
    let root = root.write(RULES, &rules);
    assert_eq!(root.found(), [format!("error plugin-answer {RULES}:8")]);
    let rules = MEASURE.replace("rogue.lines", "rogue.unheard_of");
    let root = root.write(RULES, &rules);
    assert_eq!(root.found(), [format!("error unknown-function {RULES}:8")]);
}

#[test]
fn without_its_plugin_a_pack_runs_on_its_own_file_only() {
    let root = Root::without_plugin(&[]).write(TEXT, "alfa;2\n");
    assert_eq!(root.found(), [format!("error plugin-unlisted {RULES}:8")]);
    fs::remove_file(root.path(TEXT)).unwrap();
    let root = root.write(CSV, "key,number\nalfa,2\n");
    assert_eq!(root.found(), [""; 0]);
    let root = root.write(TEXT, "alfa;2\n");
    assert_eq!(root.found(), [format!("error unexpected-file {CSV}:1")]);
}

/// Makes the list one of persons, which is left out of a run until it is named; gives the run that
/// names it.
fn listed_in_full(root: Root) -> (Root, Ran) {
    let personal = MEASURE.replace("label = \"Chiave\"", "label = \"Chiave\"\npersonal = true");
    let root = root.write(RULES, &format!("{personal}{EXPORT}"));
    let ran = root.run(&["run", "prova/2026", "--out", "masked"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("`--unmasked elenco`"), "{ran:?}");
    assert!(!root.path("masked/invio.csv").exists());
    let ran = root.run(&["run", "prova/2026", "--out", "full", "--unmasked", "elenco"]);
    (root, ran)
}

#[test]
fn a_list_of_persons_is_exported_only_when_it_is_named() {
    let root = Root::new(&[EXPORT]).write(TEXT, "Anna;2\n");
    let (root, ran) = listed_in_full(root);
    assert_eq!(ran.code, 0, "{ran:?}");
    let file = root.path("full/invio.csv");
    assert_eq!(fs::read_to_string(&file).unwrap(), "key,number\nAnna,2\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn an_empty_list_of_persons_asks_for_no_plugin_until_it_is_named() {
    let root = Root::without_plugin(&[EXPORT]).write(CSV, "key,number\n");
    let (_, ran) = listed_in_full(root);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("plugin-unlisted"), "{ran:?}");
}
