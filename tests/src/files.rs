//! The files of the project, as the house tests walk them.

use std::io;
use std::path::Path;

/// Gives every file of the project as a path from its root, with `/`, sorted.
///
/// # Shape
/// What the build makes (`target`) and what version control keeps (`.git`) is left out.
///
/// # Errors
/// A folder that cannot be listed → the system's error.
pub fn project_files() -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    walk(&crate::root(), "", &mut found)?;
    found.sort();
    Ok(found)
}

/// Reads a file of the project as text.
///
/// # Errors
/// A file that is not there, or is not UTF-8 → the system's error.
pub fn read(path: &str) -> io::Result<String> {
    std::fs::read_to_string(crate::root().join(path))
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if prefix.is_empty() && (name == "target" || name == ".git") {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
