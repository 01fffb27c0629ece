//! A Region with one plugin, made for a test.

use std::path::{Path, PathBuf};
use std::process::Command;

use riparto_plugin_host::{
    Host, Limits, Lock, Locked, Refusal, WorkerProgram, inspect, plugin_folder,
};
use tempfile::TempDir;

/// A Region in a temporary folder, with one plugin in it.
#[derive(Debug)]
pub struct Stage {
    folder: TempDir,
    name: String,
    program: WorkerProgram,
}

/// Gives the library of a plugin that was built with the test that asks for it.
///
/// # Shape
/// `package` is the name of the plugin's package, which the test depends on.
pub fn built(package: &str) -> PathBuf {
    let name = package.replace('-', "_");
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let test = std::env::current_exe().unwrap_or_default();
    let deps = test.parent().unwrap_or(Path::new("."));
    deps.join(format!("{prefix}{name}{suffix}"))
}

/// Gives the program that contains plugins, built with the tests of the workspace; where it is
/// not there yet, it is built now.
pub fn worker() -> WorkerProgram {
    let name = format!("riparto-plugin-worker{}", std::env::consts::EXE_SUFFIX);
    let test = std::env::current_exe().unwrap_or_default();
    let folder = test.parent().and_then(Path::parent);
    let path = folder.unwrap_or(Path::new(".")).join(name);
    if !path.is_file() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--package", "riparto-plugin-host"]);
        // A build that fails shows in what is called next: the program is not there.
        let _ = build.status();
    }
    WorkerProgram {
        path,
        arguments: Vec::new(),
    }
}

/// The file of the plugin in its Region.
const FILE: &str = "plugin.so";

impl Stage {
    /// Puts a library into a Region of its own and locks it there, within limits.
    pub fn new(library: &Path, program: WorkerProgram, limits: Limits) -> Result<Self, Refusal> {
        let bytes = std::fs::read(library)
            .map_err(|fault| Refusal::Unreadable(library.to_owned(), fault.to_string()))?;
        Self::of_bytes(&bytes, limits, program)
    }

    /// Puts the bytes of a library, which were read and checked already, into a Region of its own
    /// and locks them there, within limits: it is they that run.
    pub fn of_bytes(bytes: &[u8], limits: Limits, program: WorkerProgram) -> Result<Self, Refusal> {
        let mut locked = Locked::of(&inspect(bytes)?, FILE)?;
        (locked.seconds, locked.memory_mib) = (limits.seconds, limits.memory_mib);
        let name = locked.name.clone();
        let folder = tempfile::tempdir();
        let folder = folder.map_err(|fault| unwritten(&std::env::temp_dir(), &fault))?;
        let plugins = plugin_folder(folder.path());
        std::fs::create_dir(&plugins)
            .and_then(|()| std::fs::write(plugins.join(FILE), bytes))
            .map_err(|fault| unwritten(&plugins, &fault))?;
        let mut lock = Lock::default();
        lock.put(locked);
        lock.write(folder.path())?;
        Ok(Self {
            folder,
            name,
            program,
        })
    }

    /// Gives the name of the plugin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens the Region's plugins: each time a process of their own.
    pub fn host(&self) -> Result<Host, Refusal> {
        Host::open(self.folder.path(), self.program.clone())
    }
}

fn unwritten(path: &Path, fault: &std::io::Error) -> Refusal {
    Refusal::Unreadable(path.to_owned(), fault.to_string())
}
