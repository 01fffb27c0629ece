//! Rule files in a folder of this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use riparto_core::source::{Source, SourceError};

/// The files of a folder, by their path below it.
///
/// Each file is read once: what is asked for again is what was read the first time, whatever
/// happens to the file meanwhile.
#[derive(Debug)]
pub struct DiskSource {
    root: PathBuf,
    read: Mutex<BTreeMap<String, Option<Vec<u8>>>>,
}

/// Why a path does not lead to a file of the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// The path is absolute, is empty in a part, or climbs with `..`.
    #[error("a path goes down from the folder, with `/` between its parts")]
    NotBelow,
    /// A link leads out of the folder.
    #[error("a link leads out of the folder")]
    LeadsOut,
}

impl DiskSource {
    /// Opens a folder.
    ///
    /// # Errors
    /// The folder is not there or cannot be opened → [`io::Error`].
    pub fn open(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        // Listing tells at once a folder from a file, and one that may be opened from one that may not.
        fs::read_dir(&root)?;
        Ok(Self {
            root,
            read: Mutex::default(),
        })
    }

    /// Gives the folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Gives where a logical path leads, or nothing when nothing is there.
    fn locate(&self, path: &str) -> Result<Option<PathBuf>, SourceError> {
        let parts: Vec<Component<'_>> = Path::new(path).components().collect();
        let goes_down = parts
            .iter()
            .all(|part| matches!(part, Component::Normal(_)));
        if !goes_down || path.starts_with('/') || path.contains('\\') {
            return Err(failed(path, PathError::NotBelow));
        }
        match self.root.join(path).canonicalize() {
            Ok(found) if found.starts_with(&self.root) => Ok(Some(found)),
            Ok(_) => Err(failed(path, PathError::LeadsOut)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(failed(path, error)),
        }
    }

    fn read_anew(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let Some(found) = self.locate(path)? else {
            return Ok(None);
        };
        fs::read(found)
            .map(Some)
            .map_err(|error| failed(path, error))
    }
}

impl Source for DiskSource {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = read.get(path) {
            return Ok(bytes.clone());
        }
        let bytes = self.read_anew(path)?;
        read.insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, SourceError> {
        // A file is not a folder, and what is not there holds nothing.
        let Some(found) = self.locate(folder)?.filter(|found| !found.is_file()) else {
            return Ok(BTreeSet::new());
        };
        let listing = fs::read_dir(found).map_err(|error| failed(folder, error))?;
        listing
            .map(|entry| {
                let name = entry.map_err(|error| failed(folder, error))?.file_name();
                name.into_string().map_err(|name| {
                    let shown = format!("{folder}/{}", name.to_string_lossy());
                    failed(&shown, io::Error::from(io::ErrorKind::InvalidFilename))
                })
            })
            .collect()
    }
}

fn failed(path: &str, cause: impl std::error::Error + Send + Sync + 'static) -> SourceError {
    SourceError {
        path: path.to_owned(),
        cause: Box::new(cause),
    }
}

/// Tells whether an error means that nothing is there, also where a file stands for a folder.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Finds the folder that holds both `rules/` and `regions/`: this one or the nearest above it.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    let holds_rules =
        |folder: &&Path| folder.join("rules").is_dir() && folder.join("regions").is_dir();
    let from = from.canonicalize().ok()?;
    from.ancestors().find(holds_rules).map(Path::to_path_buf)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn cause(error: &SourceError) -> PathError {
        *error.cause.downcast_ref::<PathError>().unwrap()
    }

    #[test]
    fn a_file_is_read_once_and_stays_the_same() {
        let folder = folder(&[("rules/a.toml", "x = 1")]);
        let source = DiskSource::open(folder.path()).unwrap();
        assert_eq!(source.read("rules/a.toml").unwrap().unwrap(), b"x = 1");
        assert_eq!(source.read("rules/b.toml").unwrap(), None);
        fs::write(folder.path().join("rules/a.toml"), "x = 2").unwrap();
        fs::write(folder.path().join("rules/b.toml"), "late").unwrap();
        assert_eq!(source.read("rules/a.toml").unwrap().unwrap(), b"x = 1");
        assert_eq!(source.read("rules/b.toml").unwrap(), None);
    }

    #[test]
    fn a_folder_is_listed_in_order() {
        let folder = folder(&[("r/b.toml", ""), ("r/a/x.toml", ""), ("r/c", "")]);
        let source = DiskSource::open(folder.path()).unwrap();
        let names: Vec<String> = source.list("r").unwrap().into_iter().collect();
        assert_eq!(names, ["a", "b.toml", "c"]);
        assert!(source.list("nowhere").unwrap().is_empty());
        assert!(source.list("r/c/d").unwrap().is_empty());
        assert!(source.list("").unwrap().contains("r"));
    }

    #[test]
    fn a_path_only_goes_down() {
        let folder = folder(&[("a", "")]);
        let source = DiskSource::open(folder.path()).unwrap();
        for path in ["/etc/hostname", "../a", "x/../a", "./a", "x\\a"] {
            let error = source.read(path).unwrap_err();
            assert_eq!(cause(&error), PathError::NotBelow, "{path}");
            assert!(source.list(path).is_err(), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_not_leave_the_folder() {
        let outside = folder(&[("secret", "s")]);
        let inside = folder(&[("a", "1")]);
        let link = |to: &Path, name: &str| {
            std::os::unix::fs::symlink(to, inside.path().join(name)).unwrap();
        };
        link(outside.path(), "out");
        link(&inside.path().join("a"), "in");
        let source = DiskSource::open(inside.path()).unwrap();
        assert_eq!(source.read("in").unwrap().unwrap(), b"1");
        assert_eq!(
            cause(&source.read("out/secret").unwrap_err()),
            PathError::LeadsOut
        );
        assert_eq!(cause(&source.list("out").unwrap_err()), PathError::LeadsOut);
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_an_error() {
        let folder = folder(&[("a/b", "")]);
        let source = DiskSource::open(folder.path()).unwrap();
        assert!(source.read("a").is_err());
        assert!(DiskSource::open(&folder.path().join("a/b")).is_err());
    }

    #[test]
    fn the_root_is_the_nearest_with_rules_and_regions() {
        let folder = folder(&[
            ("rules/x", ""),
            ("regions/regione/2024/x", ""),
            ("regions/rules/x", ""),
        ]);
        let root = folder.path().canonicalize().unwrap();
        let deep = root.join("regions/regione/2024");
        assert_eq!(find_root(&deep), Some(root.clone()));
        assert_eq!(find_root(&root), Some(root.clone()));
        assert_eq!(find_root(&root.join("nowhere")), None);
        assert_eq!(find_root(root.parent().unwrap()), None);
    }
}
