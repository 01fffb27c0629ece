//! What a lock file may say, and what may stand in its place.

use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, mknodat};
use tempfile::TempDir;

use super::*;

const ENTRY: &str = r#"
[[plugin]]
name = "rogue"
version = "0.1.0"
abi = "1.0"
target = "x86_64-linux"
file = "a.so"
sha256 = "ABCDEF"
"#;

fn region(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(Lock::path(folder.path()), text).unwrap();
    folder
}

/// Gives why a lock file is refused, in English.
fn refused(region: &Path) -> String {
    match Lock::read(region).unwrap_err() {
        Refusal::Lock(path, why) => {
            assert_eq!(path, Lock::path(region));
            why.en
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_plugin_for_one_machine_stands_there_once() {
    let other = ENTRY.replace("a.so", "b.so");
    let found = refused(region(&format!("{ENTRY}{other}")).path());
    assert!(found.contains("`a.so` and `b.so`"), "{found}");
    let other = other.replace("x86_64", "aarch64");
    let lock = Lock::read(region(&format!("{ENTRY}{other}")).path()).unwrap();
    assert_eq!(lock.plugin.len(), 2);
}

#[test]
fn a_name_that_no_rule_can_call_is_refused() {
    for name in ["", "../../x", "a b", "é", "A", "1a", "_a", "a-b", "a.b"] {
        let text = ENTRY.replace("\"rogue\"", &format!("{name:?}"));
        let found = refused(region(&text).path());
        assert!(found.contains("no rule can call it"), "{name}: {found}");
    }
}

#[test]
fn a_limit_of_nothing_is_refused() {
    for limit in ["seconds = 0", "memory_mib = 0"] {
        let found = refused(region(&format!("{ENTRY}{limit}\n")).path());
        assert!(found.contains("above zero"), "{limit}: {found}");
    }
}

#[test]
fn a_digest_is_the_same_in_capitals() {
    let lock = Lock::read(region(ENTRY).path()).unwrap();
    let digests: Vec<&str> = lock.plugin.iter().map(|p| p.sha256.as_str()).collect();
    assert_eq!(digests, ["abcdef"]);
}

#[test]
fn what_is_no_plain_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = Lock::path(folder.path());
    mknodat(CWD, &path, FileType::Fifo, Mode::RUSR, 0).unwrap();
    assert_eq!(refused(folder.path()), "it is not a file");
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    assert_eq!(refused(folder.path()), "it is not a file");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(refused(folder.path()), "it is not a file");
}

#[test]
fn a_file_that_goes_on_is_not_read_to_its_end() {
    let folder = region("");
    let file = std::fs::File::create(Lock::path(folder.path())).unwrap();
    file.set_len(LARGEST + 1).unwrap();
    let found = refused(folder.path());
    assert!(found.contains("more than 1048576 bytes"), "{found}");
}

#[test]
fn what_was_set_by_hand_stays_and_trust_only_in_the_same_bytes() {
    let by_hand = format!("{ENTRY}trusted = true\nseconds = 5\nmemory_mib = 64\n");
    let mut lock = Lock::read(region(&by_hand).path()).unwrap();
    let again = |sha256: &str| Locked {
        sha256: sha256.to_owned(),
        trusted: false,
        seconds: seconds(),
        memory_mib: memory_mib(),
        ..lock.plugin.first().unwrap().clone()
    };
    let (same, changed) = (again("abcdef"), again("012345"));
    let limits = Limits {
        seconds: 5,
        memory_mib: 64,
    };
    lock.put(same);
    let known = lock.plugin.first().unwrap();
    assert_eq!((known.trusted, known.limits()), (true, limits));
    lock.put(changed);
    let known = lock.plugin.first().unwrap();
    assert_eq!((known.trusted, known.limits()), (false, limits));
}
