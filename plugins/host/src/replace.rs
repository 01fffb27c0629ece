//! Replaces several files at once: all of them, or none.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files, each in the place of what stood there.
///
/// All are written beside their places before the first takes its own; each takes it at once, so
/// that who reads meanwhile sees the former file or the new one, whole. Links are not followed.
///
/// # Errors
/// The path that failed, and why. What was there before is as it was.
pub fn all(files: &[(PathBuf, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
    let mut drafts = Vec::new();
    for (path, bytes) in files {
        let draft = Draft::write(path, bytes).map_err(|fault| (path.clone(), fault))?;
        drafts.push(draft);
    }
    for draft in &mut drafts {
        let placed = draft.take_its_place();
        placed.map_err(|fault| (draft.place.clone(), fault))?;
    }
    drafts.into_iter().for_each(Draft::keep);
    Ok(())
}

/// A file beside its place, under a name of its own. Unless it is kept, what was done is undone.
struct Draft {
    place: PathBuf,
    draft: PathBuf,
    /// What stood in its place, under a name of its own.
    former: Option<PathBuf>,
    /// Whether the new file is in its place.
    placed: bool,
}

impl Draft {
    fn write(place: &Path, bytes: &[u8]) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let (draft, mut file) = beside(place, |own| options.open(own))?;
        let draft = Self {
            place: place.to_owned(),
            draft,
            former: None,
            placed: false,
        };
        file.write_all(bytes)?;
        Ok(draft)
    }

    fn take_its_place(&mut self) -> io::Result<()> {
        match beside(&self.place, |own| fs::hard_link(&self.place, own)) {
            Ok((former, ())) => self.former = Some(former),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(fault) => return Err(fault),
        }
        fs::rename(&self.draft, &self.place)?;
        self.placed = true;
        Ok(())
    }

    fn keep(mut self) {
        self.placed = false;
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // A failure is being reported already; what stays behind has a name of its own.
        let _ = match (&self.former, self.placed) {
            (Some(former), true) => fs::rename(former, &self.place),
            (None, true) => fs::remove_file(&self.place),
            (Some(former), false) => fs::remove_file(former),
            (None, false) => Ok(()),
        };
        let _ = fs::remove_file(&self.draft);
    }
}

/// Makes something beside a file, under the first name of its own that is free.
fn beside<T>(path: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    const MOST_TRIES: u32 = 1000;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let own = path.with_file_name(format!(".{name}.{number}.tmp"));
        match make(&own) {
            Ok(made) => return Ok((own, made)),
            Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists && number < MOST_TRIES => {
                number += 1;
            }
            Err(fault) => return Err(fault),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Gives what a folder holds, by name.
    fn held(folder: &Path) -> BTreeMap<String, String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| {
            let entry = entry.unwrap();
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            (entry.file_name().into_string().unwrap(), text)
        });
        entries.collect()
    }

    fn holding(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = files.iter().map(|(name, text)| (*name, *text));
        owned.map(|(n, t)| (n.to_owned(), t.to_owned())).collect()
    }

    #[test]
    fn new_files_and_old_ones_are_written_and_no_draft_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old"), "before").unwrap();
        fs::write(at(".old.0.tmp"), "not ours").unwrap();
        all(&[(at("old"), b"after"), (at("new"), b"first")]).unwrap();
        let expected = [
            (".old.0.tmp", "not ours"),
            ("old", "after"),
            ("new", "first"),
        ];
        assert_eq!(held(folder.path()), holding(&expected));
    }

    #[test]
    fn a_failure_leaves_all_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old"), "before").unwrap();
        fs::create_dir(at("folder")).unwrap();
        let before = held(folder.path());
        for last in ["folder", "nowhere/x"] {
            let files: [(PathBuf, &[u8]); 3] = [
                (at("old"), b"after"),
                (at("new"), b"first"),
                (at(last), b"x"),
            ];
            let (path, _) = all(&files).unwrap_err();
            assert_eq!(path, at(last));
            assert_eq!(held(folder.path()), before);
        }
    }

    #[test]
    fn a_link_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("elsewhere"), "kept").unwrap();
        std::os::unix::fs::symlink(at("elsewhere"), at("place")).unwrap();
        std::os::unix::fs::symlink(at("made"), at(".place.0.tmp")).unwrap();
        all(&[(at("place"), b"new")]).unwrap();
        assert_eq!(fs::read(at("elsewhere")).unwrap(), b"kept");
        assert_eq!(fs::read(at("place")).unwrap(), b"new");
        assert!(!at("made").exists());
    }
}
