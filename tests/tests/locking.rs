//! What `plugin lock`, `plugin list` and `plugin check` do, through the program.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use riparto_tests::{Ran, run_in};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_riparto-under-test");
const LOCK: &str = "regions/prova/plugins.lock";

/// A root with the Regions `prova` and `quiete`, and no plugin.
struct Root(TempDir);

impl Root {
    fn new() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        for region in ["prova", "quiete"] {
            let name = format!("name = \"{region}\"\nistat = \"99\"\n");
            root.write(&format!("regions/{region}/region.toml"), name.as_bytes());
        }
        root
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> String {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn plugin(&self, words: &[&str]) -> Ran {
        let words = [&["plugin"], words, &["--root", ".", "--lang", "en"]].concat();
        run_in(PROGRAM, self.0.path(), &words).unwrap()
    }

    /// Runs a command that must succeed.
    fn done(&self, words: &[&str]) -> Ran {
        let ran = self.plugin(words);
        assert_eq!(ran.code, 0, "{words:?}: {ran:?}");
        ran
    }

    /// Runs a command that must be refused, and gives what it says.
    fn refused(&self, words: &[&str]) -> String {
        let ran = self.plugin(words);
        assert_ne!(ran.code, 0, "{words:?}: {ran:?}");
        ran.stderr
    }

    /// Gives every file of a Region with what it holds.
    fn files(&self, region: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found.insert(path.clone(), Vec::new());
                    collect(&path, found);
                } else {
                    found.insert(path.clone(), fs::read(&path).unwrap_or_default());
                }
            }
        }
        let mut found = BTreeMap::new();
        collect(&self.path(&format!("regions/{region}")), &mut found);
        found
    }
}

/// Gives the bytes of the rogue, as it was built beside this test.
fn rogue() -> Vec<u8> {
    let test = std::env::current_exe().unwrap();
    fs::read(test.parent().unwrap().join("libriparto_plugin_rogue.so")).unwrap()
}

/// Gives the rogue under a name of as many letters, in its note and wherever else it says it.
fn renamed(name: &str) -> Vec<u8> {
    let mut bytes = rogue();
    let (from, to) = (br#""name":"rogue""#, format!(r#""name":"{name}""#));
    assert_eq!(from.len(), to.len());
    let found: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(from))
        .collect();
    assert!(!found.is_empty(), "the note says the name");
    for at in found {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    bytes
}

/// Gives the rogue as if it had been built for an ARM processor.
fn for_arm() -> Vec<u8> {
    let mut bytes = rogue();
    // `e_machine` of the ELF header: AArch64 is 183.
    bytes[18..20].copy_from_slice(&183_u16.to_le_bytes());
    bytes
}

#[test]
fn what_was_set_by_hand_stays_when_the_library_is_given_again() {
    let root = Root::new();
    let library = root.write("librogue.so", &rogue());
    root.done(&["lock", "prova", &library]);
    let by_hand = root.read(LOCK);
    let by_hand = by_hand.replace("trusted = false", "trusted = true");
    let by_hand = by_hand.replace("seconds = 60", "seconds = 7");
    let by_hand = by_hand.replace("memory_mib = 1024", "memory_mib = 512");
    root.write(LOCK, by_hand.as_bytes());
    for words in [&["lock", "prova"][..], &["lock", "prova", &library]] {
        root.done(words);
        assert_eq!(root.read(LOCK), by_hand);
    }
    // Other bytes are another thing to trust, within the same limits.
    let mut changed = rogue();
    changed.push(0);
    let library = root.write("librogue.so", &changed);
    let said = root.done(&["lock", "prova", &library]).stdout;
    assert!(said.contains("no longer `trusted`"), "{said}");
    let lock = root.read(LOCK);
    for kept in ["trusted = false", "seconds = 7", "memory_mib = 512"] {
        assert!(lock.contains(kept), "{kept}: {lock}");
    }
}

#[test]
fn what_cannot_be_written_whole_is_not_written() {
    let root = Root::new();
    let library = root.write("librogue.so", &rogue());
    root.done(&["lock", "prova", &library]);
    let mut changed = rogue();
    changed.push(0);
    let library = root.write("librogue.so", &changed);
    let drafts: Vec<String> = (0..=1000)
        .map(|number| root.write(&format!("regions/prova/.plugins.lock.{number}.tmp"), b""))
        .collect();
    let before = root.files("prova");
    let told = root.refused(&["lock", "prova", &library]);
    assert!(told.contains("error[unreadable]"), "{told}");
    assert_eq!(root.files("prova"), before);
    root.done(&["list", "prova"]);
    drafts
        .iter()
        .for_each(|draft| fs::remove_file(draft).unwrap());
    // What bears the name of a draft is neither in the way nor followed.
    fs::create_dir(root.path("regions/prova/plugins.lock.new")).unwrap();
    let elsewhere = root.path("elsewhere");
    symlink(&elsewhere, &drafts[0]).unwrap();
    root.done(&["lock", "prova", &library]);
    assert!(!elsewhere.exists());
    let listed = root.done(&["list", "prova"]).stdout;
    assert!(listed.contains("in its own process"), "{listed}");
}

#[test]
fn a_lock_file_that_cannot_be_read_is_told_beside_the_others() {
    let root = Root::new();
    let library = root.write("librogue.so", &rogue());
    root.done(&["lock", "prova", &library]);
    root.write("regions/quiete/plugins.lock", b"plugin = 3");
    let ran = root.plugin(&["list"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("rogue"), "{ran:?}");
    assert!(ran.stderr.contains("error[plugin-lock]"), "{ran:?}");
    assert!(ran.stderr.contains("move it away"), "{ran:?}");
    let ran = root.plugin(&["list", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let told = ran.json();
    assert_eq!(told["plugins"][0]["name"], "rogue");
    assert_eq!(told["diagnostics"][0]["code"], "plugin-lock");
    // The remedy works.
    root.refused(&["lock", "quiete"]);
    fs::remove_file(root.path("regions/quiete/plugins.lock")).unwrap();
    root.done(&["lock", "quiete"]);
    root.done(&["list"]);
}

#[test]
fn two_libraries_of_one_plugin_are_refused() {
    let root = Root::new();
    let one = root.write("one.so", &rogue());
    let two = root.write("two.so", &rogue());
    let before = root.files("prova");
    let told = root.refused(&["lock", "prova", &one, &two]);
    assert!(told.contains("error[plugin-lock]"), "{told}");
    for named in ["`rogue`", "`one.so`", "`two.so`"] {
        assert!(told.contains(named), "{named}: {told}");
    }
    assert_eq!(root.files("prova"), before);
    root.done(&["lock", "prova", &one]);
    root.write("regions/prova/plugins/two.so", &rogue());
    let told = root.refused(&["lock", "prova"]);
    assert!(told.contains("`one.so`"), "{told}");
}

#[test]
fn another_machine_keeps_its_entries_and_its_library() {
    let root = Root::new();
    let library = root.write("librogue.so", &rogue());
    root.done(&["lock", "prova", &library]);
    let theirs = "
[[plugin]]
name = \"rogue\"
version = \"0.1.0\"
abi = \"1.0\"
target = \"aarch64-linux\"
file = \"arm.so\"
sha256 = \"00\"
trusted = true
seconds = 5
memory_mib = 64
";
    root.write(LOCK, format!("{}{theirs}", root.read(LOCK)).as_bytes());
    root.done(&["lock", "prova"]);
    assert!(
        root.read(LOCK).contains(theirs.trim()),
        "{}",
        root.read(LOCK)
    );
    root.write("regions/prova/plugins/arm.so", &for_arm());
    root.done(&["lock", "prova", &library]);
    assert!(
        root.read(LOCK).contains(theirs.trim()),
        "{}",
        root.read(LOCK)
    );
    let listed = root.done(&["list", "prova"]).stdout;
    assert!(listed.contains("plugin-machine"), "{listed}");
    assert!(listed.contains("in its own process"), "{listed}");
    // To lock it here is refused, by the name in its note.
    let given = root.write("libarm.so", &for_arm());
    let told = root.refused(&["lock", "prova", &given]);
    assert!(told.contains("error[plugin-machine]"), "{told}");
    assert!(
        told.contains("`cargo build --release -p riparto-plugin-rogue`"),
        "{told}"
    );
    let told = root.refused(&["lock", "prova", "nothing.so"]);
    assert!(told.contains("error[plugin-missing]"), "{told}");
    assert!(!told.contains("riparto-plugin-nothing"), "{told}");
}

#[test]
fn a_region_is_a_plain_name() {
    let root = Root::new();
    for region in [
        "../regions/prova",
        "prova/",
        "./prova",
        "prova/../quiete",
        "",
        ".",
    ] {
        for command in ["lock", "list", "check"] {
            let told = root.refused(&[command, region]);
            assert!(told.contains("bad-argument"), "{command} {region}: {told}");
        }
    }
}

#[test]
fn a_plugin_has_a_name_that_rules_can_call() {
    let root = Root::new();
    let before = root.files("prova");
    for name in ["../xx", "a b c", "Rogue", "1ogue", "ro-ue", "rogé"] {
        let library = root.write("librogue.so", &renamed(name));
        let told = root.refused(&["lock", "prova", &library]);
        assert!(told.contains("no rule can call it"), "{name}: {told}");
        assert_eq!(root.files("prova"), before);
    }
}
