//! What the tests share: where the project is, how the program is run, where public tables are.

pub mod copies;
pub mod files;

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Ran {
    /// Reads standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(
            |error| serde_json::json!({ "not-json": error.to_string(), "stdout": self.stdout }),
        )
    }
}

/// Gives the folder of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("/"))
        .to_owned()
}

/// Runs the program in `folder`, in a fixed environment.
///
/// # Shape
/// `program` is `env!("CARGO_BIN_EXE_riparto-under-test")`, which only a test knows.
pub fn run_in(program: &str, folder: &Path, arguments: &[&str]) -> std::io::Result<Ran> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("TZ", "America/Anchorage")
        .output()?;
    Ok(Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Gives the folder of public tables, where this machine has it: `RIPARTO_SHARED`, else `shared/`
/// beside the project.
pub fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("RIPARTO_SHARED").map(PathBuf::from);
    let beside = root().parent().map(|parent| parent.join("shared"));
    named
        .into_iter()
        .chain(beside)
        .find(|folder| folder.is_dir())
}
