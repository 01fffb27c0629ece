//! The shape of the house: who may name what, which way arrows point, what stands where.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use riparto_tests::files::{project_files, read};
use toml::{Table, Value};

/// The Regions, as their names would show up in a program.
const REGIONS: [&str; 22] = [
    "abruzzo",
    "basilicata",
    "bolzano",
    "calabria",
    "campania",
    "emilia",
    "friuli",
    "lazio",
    "liguria",
    "lombardia",
    "marche",
    "molise",
    "piemonte",
    "puglia",
    "romagna",
    "sardegna",
    "sicilia",
    "toscana",
    "trento",
    "umbria",
    "aosta",
    "veneto",
];

fn files(folder: &str, ending: &str) -> Vec<String> {
    let all = project_files().unwrap().into_iter();
    let found: Vec<_> = all
        .filter(|path| path.starts_with(folder) && path.ends_with(ending))
        .collect();
    assert!(!found.is_empty(), "no {ending} under {folder}");
    found
}

/// Gives the words of a text: what stands between characters that no name has.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
}

/// Gives the lines of a file where one of these words stands.
fn lines_with(path: &str, wanted: &[&str]) -> Vec<String> {
    let text = read(path).unwrap();
    let lines = text.lines().zip(1..);
    lines
        .filter(|(line, _)| words(line).any(|word| wanted.contains(&word)))
        .map(|(line, number)| format!("{path}:{number}: {}", line.trim()))
        .collect()
}

/// Gives the lines of a file that are not comments.
fn code(path: &str) -> String {
    let text = read(path).unwrap();
    let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Tells whether a text names something of a crate: `crate::…`, not `self.crate::<…>` or `a_crate::`.
fn names_crate(code: &str, crate_name: &str) -> bool {
    let path = format!("{crate_name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.')
    })
}

#[test]
fn a_crate_is_named_by_a_path_that_starts_with_it() {
    assert!(names_crate("use toml::de;", "toml") && names_crate("fn f(x: toml::Table)", "toml"));
    assert!(!names_crate("self.toml::<File>()", "toml") && !names_crate("a_toml::b", "toml"));
}

#[test]
fn the_engine_names_no_region() {
    for path in files("engine/", ".rs") {
        let text = read(&path).unwrap();
        for (line, number) in text.lines().zip(1..) {
            let line = line.to_lowercase();
            let named = words(&line).flat_map(|word| word.split('_'));
            for word in named {
                assert!(!REGIONS.contains(&word), "{path}:{number} names `{word}`");
            }
        }
    }
}

#[test]
fn only_the_script_folder_names_rhai() {
    for path in files("engine/", ".rs") {
        let named = names_crate(&code(&path), "rhai");
        let allowed = path.starts_with("engine/core/src/script");
        assert!(allowed || !named, "{path} names the crate `rhai`");
    }
}

#[test]
fn only_the_raw_pack_names_toml() {
    for path in files("engine/", ".rs") {
        let named = names_crate(&code(&path), "toml");
        let allowed = path.starts_with("engine/core/src/pack/raw/");
        assert!(allowed || !named, "{path} names the crate `toml`");
    }
}

#[test]
fn only_the_plugin_host_may_name_libloading() {
    for path in project_files().unwrap() {
        let judged = path.ends_with(".rs") || path.ends_with("Cargo.toml");
        // The version of a crate is said at the root, once for all.
        let elsewhere = ["Cargo.toml", "tests/tests/house.rs"].contains(&path.as_str());
        if judged && !path.starts_with("plugins/host/") && !elsewhere {
            let found = lines_with(&path, &["libloading"]);
            assert!(found.is_empty(), "{found:?}");
        }
    }
}

#[test]
fn neither_core_nor_io_knows_floats_unordered_maps_or_clocks() {
    let kept_out = [
        "f32",
        "f64",
        "HashMap",
        "HashSet",
        "SystemTime",
        "Instant",
        "UNIX_EPOCH",
    ];
    for folder in ["engine/core/src/", "engine/io/src/"] {
        for path in files(folder, ".rs") {
            // A test of scripts lists the types that they must not know, in quotes.
            let code = kept_out.iter().fold(code(&path), |code, word| {
                code.replace(&format!("\"{word}\""), "")
            });
            let found: Vec<_> = words(&code).filter(|w| kept_out.contains(w)).collect();
            assert!(found.is_empty(), "{path}: {found:?}");
        }
    }
}

/// Gives what a crate of ours depends on among ours, tests left out.
fn ours(manifest: &str) -> BTreeSet<String> {
    let manifest: Table = read(manifest).unwrap().parse().unwrap();
    let mut found = BTreeSet::new();
    for block in ["dependencies", "build-dependencies"] {
        let names = manifest.get(block).and_then(Value::as_table);
        let names = names.into_iter().flat_map(Table::keys);
        found.extend(names.filter(|name| name.starts_with("riparto")).cloned());
    }
    found
}

#[test]
fn arrows_between_crates_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = [
        ("engine/core/Cargo.toml", [].as_slice()),
        ("engine/io/Cargo.toml", &["riparto-core"]),
        (
            "engine/cli/Cargo.toml",
            &[
                "riparto-core",
                "riparto-io",
                "riparto-plugin-abi",
                "riparto-plugin-host",
                "riparto-plugin-testkit",
            ],
        ),
        ("plugins/abi/Cargo.toml", &[]),
        ("plugins/sdk/Cargo.toml", &["riparto-plugin-abi"]),
        (
            "plugins/host/Cargo.toml",
            &["riparto-core", "riparto-plugin-abi"],
        ),
        (
            "plugins/testkit/Cargo.toml",
            &[
                "riparto-core",
                "riparto-plugin",
                "riparto-plugin-abi",
                "riparto-plugin-host",
            ],
        ),
        ("plugins/testkit/rogue/Cargo.toml", &["riparto-plugin"]),
        ("plugins/lombardia/Cargo.toml", &["riparto-plugin"]),
        ("plugins/piemonte/Cargo.toml", &["riparto-plugin"]),
        ("plugins/toscana/Cargo.toml", &["riparto-plugin"]),
        (
            "tests/Cargo.toml",
            &["riparto", "riparto-core", "riparto-io"],
        ),
    ]
    .into();
    for path in project_files().unwrap() {
        if !path.ends_with("/Cargo.toml") {
            continue;
        }
        let may = allowed.get(path.as_str());
        let may = may.unwrap_or_else(|| panic!("{path}: say here what it may depend on"));
        let may: BTreeSet<_> = may.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(ours(&path), may, "{path}");
    }
}

#[test]
fn the_top_level_holds_what_is_settled_and_every_folder_has_a_door() {
    let files = project_files().unwrap();
    let top: BTreeSet<_> = files.iter().filter_map(|f| f.split('/').next()).collect();
    let visible: Vec<_> = top
        .into_iter()
        .filter(|name| !name.starts_with('.'))
        .collect();
    let settled = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE",
        "README.md",
        "deny.toml",
        "engine",
        "plugins",
        "publiccode.yml",
        "regions",
        "rules",
        "tests",
    ];
    assert_eq!(visible, settled);
    for folder in ["engine", "plugins", "regions", "rules", "tests"] {
        let door = format!("{folder}/README.md");
        assert!(files.contains(&door), "{door} is missing");
    }
}

#[test]
fn no_file_holds_a_path_of_a_machine() {
    // Written in two halves, so that this file does not hold them.
    let paths = ["/wo-rk/", "/ro-ot/", "/tmp/w-t", "/ho-me/"].map(|path| path.replace('-', ""));
    for path in project_files().unwrap() {
        let bytes = std::fs::read(riparto_tests::root().join(&path)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for kept_out in &paths {
            assert!(!text.contains(kept_out), "{path} holds {kept_out}");
        }
    }
}

#[test]
fn a_file_of_code_opens_with_what_it_is_and_fits_a_reader() {
    for path in files("", ".rs") {
        let text = read(&path).unwrap();
        let opens = text.starts_with("//! ") || path == "engine/cli/build.rs";
        assert!(opens, "{path} does not open with `//!`");
        let lines = text.lines().count();
        assert!(
            lines <= 600,
            "{path} has {lines} lines: split it where it says `and`"
        );
    }
}

/// Gives every act that a value cites: the first word of `act` and of `main_act`.
fn cited(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                match (key.as_str(), value) {
                    ("act" | "main_act", Value::String(text)) => {
                        found.extend(text.split_whitespace().next().map(str::to_owned));
                    }
                    _ => cited(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| cited(item, found)),
        _ => {}
    }
}

/// One pack as its files tell it: the acts that it declares and cites, the packs it starts from.
#[derive(Default)]
struct Acts {
    declared: BTreeSet<String>,
    cited: BTreeSet<String>,
    extends: Vec<String>,
}

fn packs() -> BTreeMap<String, Acts> {
    let mut packs = BTreeMap::<String, Acts>::new();
    for path in project_files().unwrap() {
        let parts: Vec<_> = path.split('/').collect();
        let id = match parts.as_slice() {
            ["rules", year, _] => format!("nazionale/{year}"),
            ["regions", region, year, _] => format!("{region}/{year}"),
            _ => continue,
        };
        if !path.ends_with(".toml") {
            continue;
        }
        let file: Table = read(&path).unwrap().parse().unwrap();
        let pack = packs.entry(id).or_default();
        let declared = file.get("act").and_then(Value::as_table);
        pack.declared
            .extend(declared.into_iter().flat_map(Table::keys).cloned());
        let bases = file.get("extends").and_then(Value::as_array);
        let bases = bases.into_iter().flatten().filter_map(Value::as_str);
        pack.extends.extend(bases.map(str::to_owned));
        cited(&Value::Table(file), &mut pack.cited);
    }
    assert!(packs.len() >= 3, "{:?}", packs.keys());
    packs
}

/// Gives a pack and all that it starts from, however far.
fn lineage(packs: &BTreeMap<String, Acts>, id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([id.to_owned()]);
    for base in &packs[id].extends {
        found.extend(lineage(packs, base));
    }
    found
}

#[test]
fn every_act_that_is_cited_is_declared() {
    let packs = packs();
    for (id, pack) in &packs {
        let lineage = lineage(&packs, id);
        let known: BTreeSet<_> = lineage.iter().flat_map(|of| &packs[of].declared).collect();
        for act in &pack.cited {
            assert!(
                known.contains(act),
                "{id} cites `{act}`, that nobody declares"
            );
        }
    }
}

#[test]
fn every_act_that_is_declared_is_cited() {
    let packs = packs();
    for (id, pack) in &packs {
        let heirs = packs
            .keys()
            .filter(|heir| lineage(&packs, heir).contains(id));
        let cited: BTreeSet<_> = heirs.flat_map(|heir| &packs[heir].cited).collect();
        for act in &pack.declared {
            assert!(
                cited.contains(act),
                "{id} declares `{act}`, that nobody cites"
            );
        }
    }
}
