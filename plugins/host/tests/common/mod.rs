//! A Region with the rogue plugin in its folder, locked.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::{Path, PathBuf};

use riparto_plugin_abi::message::{self, Batch, Column};
use riparto_plugin_host::{
    Host, Lock, Locked, WorkerProgram, inspect, plugin_folder, this_machine,
};
use tempfile::TempDir;

/// The folder of a Region, for one test.
pub struct Region {
    folder: TempDir,
}

/// The file of the rogue in the Region's folder.
pub const FILE: &str = "librogue.so";

/// Gives the library that was built beside this test.
pub fn rogue() -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    let deps = test.parent().expect("a program is in a folder");
    deps.join("libriparto_plugin_rogue.so")
}

impl Region {
    /// Locks the rogue as it was built, then lets the test change how it is locked.
    pub fn with_rogue(change: impl FnOnce(&mut Locked)) -> Self {
        let bytes = std::fs::read(rogue()).expect("the rogue is built with the tests");
        Self::with_bytes(&bytes, change)
    }

    /// Puts bytes in the place of the rogue; locks them if they can be read as a plugin.
    pub fn with_bytes(bytes: &[u8], change: impl FnOnce(&mut Locked)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let plugins = plugin_folder(folder.path());
        std::fs::create_dir(&plugins).expect("a folder");
        std::fs::write(plugins.join(FILE), bytes).expect("a file");
        let mut locked = Locked {
            name: "rogue".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            abi: "1.0".to_owned(),
            target: this_machine(),
            file: FILE.to_owned(),
            sha256: riparto_plugin_host::inspect::sha256(bytes),
            trusted: false,
            seconds: 30,
            memory_mib: 1024,
        };
        if let Ok(read) = inspect(bytes) {
            locked.version = read.note.version;
        }
        change(&mut locked);
        let mut lock = Lock::default();
        lock.put(locked);
        lock.write(folder.path()).expect("a lock file");
        Self { folder }
    }

    /// Gives its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the file of the plugin.
    pub fn file(&self) -> PathBuf {
        plugin_folder(self.path()).join(FILE)
    }

    /// Opens its plugins.
    pub fn host(&self) -> Host {
        let program = WorkerProgram {
            path: env!("CARGO_BIN_EXE_riparto-plugin-worker").into(),
            arguments: Vec::new(),
        };
        Host::open(self.path(), program).expect("the lock file can be read")
    }
}

/// Asks the rogue for the one thing that it does well.
pub fn doubled(host: &Host, number: i64) -> i128 {
    let batch = Batch {
        rows: 1,
        columns: vec![Column::Integers(vec![Some(number)])],
        tables: Vec::new(),
    };
    let input = message::write(&batch).expect("a batch is a message");
    let answer = host.call("rogue", "function/doubled", &input);
    let answer = answer.unwrap_or_else(|refusal| panic!("{refusal:?}"));
    match message::read::<Column>(&answer).expect("a column") {
        Column::Fractions(cells) => match cells.as_slice() {
            [Some((number, 1))] => *number,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}
