//! The results of a run as a folder: all of its files, or none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Why a folder was not written. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The folder is there and holds something.
    #[error("`{}` is there already and is not empty", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// Something other than a folder bears its name.
    #[error("`{}` is there already and is not a folder", path.display())]
    NotAFolder {
        /// What bears the name.
        path: PathBuf,
    },
    /// A file's name does not go down from the folder.
    #[error("`{name}` is not the name of a file in the folder")]
    BadName {
        /// The name.
        name: String,
    },
    /// The folder or one of its files cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Failed {
        /// What could not be written.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
}

/// Writes files into a new folder; their names may have parts, joined by `/`.
///
/// They are written beside it first, and the folder takes its name only when all of them are whole.
///
/// # Errors
/// - the folder is there and is not empty → [`WriteError::NotEmpty`]
/// - its name belongs to a file → [`WriteError::NotAFolder`]
/// - a name is empty, absolute or climbs → [`WriteError::BadName`]
/// - the disk refuses → [`WriteError::Failed`]
pub fn write_folder(dir: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
    write_folder_guarding(dir, files, &BTreeSet::new())
}

/// Writes files into a new folder as [`write_folder`] does; on Unix those that are named `guarded`
/// can be read and written by their owner only, from the moment they are there.
///
/// # Errors
/// Those of [`write_folder`].
pub fn write_folder_guarding(
    dir: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    guarded: &BTreeSet<String>,
) -> Result<(), WriteError> {
    if let Some(name) = files.keys().find(|name| !goes_down(name)) {
        return Err(WriteError::BadName { name: name.clone() });
    }
    refuse_occupied(dir)?;
    let parent = match dir.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let above = Created::make(parent)?;
    let draft = Draft::beside(dir)?;
    for (name, bytes) in files {
        let access = match guarded.contains(name) {
            true => Access::Owner,
            false => Access::AsUsual,
        };
        draft.write(name, bytes, access)?;
    }
    draft.take_the_name_of(dir)?;
    above.keep();
    Ok(())
}

fn goes_down(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let plain = !name.is_empty() && !name.ends_with('/') && !name.contains('\\');
    plain && parts.all(|part| matches!(part, Component::Normal(_)))
}

fn refuse_occupied(dir: &Path) -> Result<(), WriteError> {
    let path = dir.to_path_buf();
    match fs::read_dir(dir).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(WriteError::NotEmpty { path }),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(WriteError::NotAFolder { path })
        }
        Err(cause) => Err(WriteError::Failed { path, cause }),
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_path_buf();
    |cause| WriteError::Failed { path, cause }
}

/// The folders made above the one to write, removed again unless kept.
struct Created {
    /// From the deepest up.
    folders: Vec<PathBuf>,
}

impl Created {
    fn make(folder: &Path) -> Result<Self, WriteError> {
        let absent = folder.ancestors().take_while(|above| !above.exists());
        let absent = absent.filter(|above| *above != Path::new(""));
        let created = Self {
            folders: absent.map(Path::to_path_buf).collect(),
        };
        fs::create_dir_all(folder).map_err(failed(folder))?;
        Ok(created)
    }

    fn keep(mut self) {
        self.folders.clear();
    }
}

impl Drop for Created {
    fn drop(&mut self) {
        for folder in &self.folders {
            // A failure is being reported already; an empty folder left behind harms nobody.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Who can read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Whoever the system lets.
    AsUsual,
    /// Its owner, where the system can tell.
    Owner,
}

impl Access {
    fn new_file(self) -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if self == Self::Owner {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        options
    }
}

/// The folder under a name of its own, removed unless it takes its final one.
struct Draft {
    path: PathBuf,
}

impl Draft {
    /// Makes an empty folder beside `dir`, under the first name that is free.
    fn beside(dir: &Path) -> Result<Self, WriteError> {
        const MOST_TRIES: u32 = 1000;
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        let mut number = 0;
        loop {
            let path = dir.with_file_name(format!(".{name}.{number}.tmp"));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error)
                    if error.kind() == io::ErrorKind::AlreadyExists && number < MOST_TRIES =>
                {
                    number += 1;
                }
                Err(cause) => return Err(WriteError::Failed { path, cause }),
            }
        }
    }

    fn write(&self, name: &str, bytes: &[u8], access: Access) -> Result<(), WriteError> {
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(&path))?;
        }
        let file = access.new_file().open(&path);
        file.and_then(|mut file| file.write_all(bytes))
            .map_err(failed(&path))
    }

    fn take_the_name_of(mut self, dir: &Path) -> Result<(), WriteError> {
        // Not every system renames onto an empty folder. This fails on one that was filled meanwhile.
        let emptied = match fs::remove_dir(dir) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {
                let path = dir.to_path_buf();
                return Err(WriteError::NotEmpty { path });
            }
            Err(cause) => return Err(failed(dir)(cause)),
        };
        if let Err(cause) = fs::rename(&self.path, dir) {
            if emptied {
                fs::create_dir(dir).map_err(failed(dir))?;
            }
            return Err(failed(dir)(cause));
        }
        self.path.clear();
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // A failure is being reported already; what cannot be removed keeps a name of its own.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> BTreeMap<String, Vec<u8>> {
        let file = |name: &&str| ((*name).to_owned(), name.as_bytes().to_vec());
        names.iter().map(file).collect()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_are_written_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("a/b/out");
        write_folder(&dir, &files(&["x.json", "sub/y.csv"])).unwrap();
        assert_eq!(fs::read(dir.join("sub/y.csv")).unwrap(), b"sub/y.csv");
        assert_eq!(names_in(&dir), ["sub", "x.json"]);
        assert_eq!(names_in(&place.path().join("a/b")), ["out"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_guarded_file_is_its_owners_only() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("out");
        let guarded = BTreeSet::from(["sub/y".to_owned()]);
        write_folder_guarding(&dir, &files(&["x", "sub/y"]), &guarded).unwrap();
        let mode = |name: &str| fs::metadata(dir.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("sub/y"), 0o600);
        assert_ne!(mode("x"), 0o600);
    }

    #[test]
    fn an_empty_folder_is_taken() {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("out");
        fs::create_dir(&dir).unwrap();
        write_folder(&dir, &files(&["x"])).unwrap();
        assert_eq!(names_in(&dir), ["x"]);
    }

    #[test]
    fn a_folder_that_holds_something_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("old"), "kept").unwrap();
        let refused = write_folder(place.path(), &files(&["x"])).unwrap_err();
        assert!(matches!(refused, WriteError::NotEmpty { .. }));
        assert_eq!(names_in(place.path()), ["old"]);
        let refused = write_folder(&place.path().join("old"), &files(&["x"])).unwrap_err();
        assert!(matches!(refused, WriteError::NotAFolder { .. }));
        assert_eq!(fs::read(place.path().join("old")).unwrap(), b"kept");
    }

    #[test]
    fn names_go_down_only() {
        let place = tempfile::tempdir().unwrap();
        for name in ["../x", "/x", "", "a/../x", "a/"] {
            let refused = write_folder(&place.path().join("out"), &files(&["ok", name]));
            assert!(matches!(refused, Err(WriteError::BadName { .. })), "{name}");
        }
        assert!(names_in(place.path()).is_empty());
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let place = tempfile::tempdir().unwrap();
        // `x` cannot be both a file and the folder of `x/y`.
        let clash = files(&["a", "x", "x/y"]);
        let refused = write_folder(&place.path().join("new/deep/out"), &clash).unwrap_err();
        assert!(matches!(refused, WriteError::Failed { .. }));
        assert!(names_in(place.path()).is_empty());
    }

    #[test]
    fn a_failure_gives_back_the_empty_folder() {
        let place = tempfile::tempdir().unwrap();
        let dir = place.path().join("out");
        fs::create_dir(&dir).unwrap();
        write_folder(&dir, &files(&["x", "x/y"])).unwrap_err();
        assert_eq!(names_in(place.path()), ["out"]);
        assert!(names_in(&dir).is_empty());
    }

    #[test]
    fn a_leftover_draft_is_not_in_the_way() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join(".out.0.tmp")).unwrap();
        write_folder(&place.path().join("out"), &files(&["x"])).unwrap();
        assert_eq!(names_in(place.path()), [".out.0.tmp", "out"]);
    }
}
