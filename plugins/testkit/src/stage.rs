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

impl Stage {
    /// Puts a library into a Region of its own and locks it there, within limits.
    pub fn new(library: &Path, program: WorkerProgram, limits: Limits) -> Result<Self, Refusal> {
        let unreadable =
            |fault: std::io::Error| Refusal::Unreadable(library.to_owned(), fault.to_string());
        let bytes = std::fs::read(library).map_err(unreadable)?;
        let inspected = inspect(&bytes)?;
        let folder = tempfile::tempdir().map_err(unreadable)?;
        let plugins = plugin_folder(folder.path());
        std::fs::create_dir(&plugins).map_err(unreadable)?;
        std::fs::write(plugins.join("plugin.so"), &bytes).map_err(unreadable)?;
        let mut locked = Locked::of(&inspected, "plugin.so")?;
        (locked.seconds, locked.memory_mib) = (limits.seconds, limits.memory_mib);
        let mut lock = Lock::default();
        lock.put(locked);
        lock.write(folder.path())?;
        Ok(Self {
            folder,
            name: inspected.note.name,
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
