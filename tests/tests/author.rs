//! The path of `plugins/README.md`, from nothing to a loaded plugin, walked as it is written.

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::Command;

use riparto_tests::copies::copy_tree;
use riparto_tests::{Ran, root, run_in};

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");

/// Copies the project without what is built, which is kept between two runs of this test.
fn project() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if name != "target" && name != ".git" {
            copy_tree(&entry.path(), &copy.path().join(name)).unwrap();
        }
    }
    let built = root().join("target/author");
    fs::create_dir_all(&built).unwrap();
    std::os::unix::fs::symlink(built, copy.path().join("target")).unwrap();
    copy
}

/// The blocks of a kind in a text, in order.
fn blocks(text: &str, kind: &str) -> Vec<String> {
    let fence = format!("```{kind}\n");
    let parts = text.split(&fence).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap().to_owned())
        .collect()
}

/// Runs a line as it stands; `cargo run --` is the program under test.
fn run(line: &str, folder: &Path) -> Ran {
    if let Some(words) = line.strip_prefix("cargo run -- ") {
        let words: Vec<&str> = words.split(' ').collect();
        return run_in(PROGRAM, folder, &words).unwrap();
    }
    let words: Vec<&str> = line.split(' ').collect();
    let (cargo, words) = words.split_first().unwrap();
    assert_eq!(*cargo, "cargo", "{line}");
    let output = Command::new(env!("CARGO"))
        .args(words)
        .current_dir(folder)
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs the lines of a block, each of which must succeed, and gives what the last one did.
fn run_all(block: &str, folder: &Path) -> Ran {
    let mut runs: Vec<Ran> = Vec::new();
    for line in block.lines() {
        let ran = run(line, folder);
        assert_eq!(ran.code, 0, "{line}: {} {}", ran.stdout, ran.stderr);
        runs.push(ran);
    }
    runs.pop().unwrap()
}

#[test]
fn a_developer_goes_from_nothing_to_a_loaded_plugin() {
    let copy = project();
    let folder = copy.path();
    let readme = fs::read_to_string(folder.join("plugins/README.md")).unwrap();
    let commands = blocks(&readme, "sh");
    let [begin, load] = commands.as_slice() else {
        panic!("{} blocks of commands", commands.len());
    };
    run_all(begin, folder);

    let measure = folder.join("regions/prova/2026/misura.toml");
    let rules = fs::read_to_string(&measure).unwrap();
    let added = blocks(&readme, "toml").remove(0);
    fs::write(&measure, format!("{rules}\n{added}")).unwrap();
    let waits = run("cargo run -- run prova/2026 --lang en", folder);
    assert_eq!(waits.code, 1);
    for said in ["plugin-unlisted", "a_bambino", "riparto plugin lock prova"] {
        assert!(waits.stderr.contains(said), "{said}: {}", waits.stderr);
    }

    let listed = run_all(load, folder).stdout;
    assert!(listed.contains("200"), "1000 / 5 = 200: {listed}");
}

/// The page names capabilities of the author's own; here they are those of the rogue.
#[test]
fn an_importer_a_validator_and_an_exporter_stand_in_a_pack_as_the_page_has_them() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    copy_tree(&root().join("rules"), &folder.join("rules")).unwrap();
    let done = |words: &str| {
        let line = format!("cargo run -- {words} --root . --lang en");
        let ran = run(&line, folder);
        assert_eq!(ran.code, 0, "{words}: {} {}", ran.stdout, ran.stderr);
        ran
    };
    done("new region prova --istat 07 --year 2026");
    let readme = fs::read_to_string(root().join("plugins/README.md")).unwrap();
    let [_, others @ ..] = &blocks(&readme, "toml")[..] else {
        panic!("no block of rules");
    };
    assert_eq!(others.len(), 3, "importer, validator, exporter");
    let added = others.concat().replace("\"prova.", "\"rogue.");
    let measure = folder.join("regions/prova/2026/misura.toml");
    let rules = fs::read_to_string(&measure).unwrap();
    fs::write(&measure, format!("{rules}\n{added}")).unwrap();
    let data = folder.join("regions/prova/2026/data/popolazione.txt");
    fs::write(data, "alfa;2\nbeta;0\n").unwrap();
    let test = std::env::current_exe().unwrap();
    let rogue = test.with_file_name("libriparto_plugin_rogue.so");
    done(&format!("plugin lock prova {}", rogue.display()));
    let ran = done("run prova/2026 --out out");
    assert!(ran.stderr.contains("it is zero"), "{}", ran.stderr);
    let written = fs::read_to_string(folder.join("out/invio.csv")).unwrap();
    assert_eq!(written, "key,number\nalfa,2\nbeta,0\n");
}
