//! Copies of rules and facts, made where a test can edit them.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// Copies the `rules/` and `regions/` of a root into a new folder.
///
/// # Errors
/// A file that cannot be read or written → `io::Error`.
pub fn copy_of(root: &Path) -> io::Result<TempDir> {
    let copy = tempfile::tempdir()?;
    for folder in ["rules", "regions"] {
        copy_tree(&root.join(folder), &copy.path().join(folder))?;
    }
    Ok(copy)
}

/// Copies a file, or a folder with all that is in it.
///
/// # Errors
/// A file that cannot be read or written → `io::Error`.
pub fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_tree(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Replaces the one place where `old` stands in a file.
///
/// # Errors
/// The file cannot be read or written, or `old` does not stand there once → `io::Error`.
pub fn edit(path: &Path, old: &str, new: &str) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    match text.matches(old).count() {
        1 => fs::write(path, text.replace(old, new)),
        found => Err(io::Error::other(format!(
            "`{old}` stands {found} times in {}",
            path.display()
        ))),
    }
}
