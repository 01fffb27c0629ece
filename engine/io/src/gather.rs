//! Finds the files of facts that a pack expects: its own `data/`, a folder, a single file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use riparto_core::diag::{Code, Diagnostic};
use riparto_core::model::TableDecl;
use riparto_core::pack::folder_of;
use riparto_core::rules::Pack;
use riparto_core::say;
use riparto_core::source::{Source, SourceError};

use crate::facts::{File, Files};

/// Where facts come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum From {
    /// The pack's own `data/`.
    #[default]
    Pack,
    /// A folder of CSV files, or one CSV file, on disk.
    Path(PathBuf),
    /// Texts given in place, by table; a table that is not given has no rows.
    Texts(BTreeMap<String, String>),
    /// Texts given in place of some of the pack's own files, by table.
    PackWith(BTreeMap<String, String>),
}

/// Why the files of facts cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The pack's own files cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file or folder on disk cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// One file was given, and the pack expects other tables too.
    #[error("one file was given, but the pack expects several tables")]
    OneFile(Box<Diagnostic>),
}

/// Gives the files of a pack's facts: the CSV files, by the name of the table each is named after,
/// and the foreign ones that its importers read.
///
/// # Errors
/// See [`GatherError`].
pub fn gather(source: &dyn Source, pack: &Pack, from: &From) -> Result<Files, GatherError> {
    match from {
        From::Pack => of_pack(source, pack),
        From::Path(path) if path.is_dir() => of_folder(path, pack),
        From::Path(path) => of_file(path, pack),
        From::Texts(texts) => Ok(over(without_rows(pack), texts)),
        From::PackWith(texts) => Ok(over(of_pack(source, pack)?, texts)),
    }
}

fn over(mut files: Files, texts: &BTreeMap<String, String>) -> Files {
    for (table, text) in texts {
        files.foreign.remove(table);
        let file = in_place(table, text.clone());
        files.own.insert(table.clone(), file);
    }
    files
}

/// Every table of a pack as a file that has its header and nothing else.
fn without_rows(pack: &Pack) -> Files {
    let header = |table: &TableDecl| {
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        format!("{}\n", names.join(","))
    };
    let tables = pack.tables().into_iter();
    Files {
        own: tables
            .map(|table| (table.name.clone(), in_place(&table.name, header(table))))
            .collect(),
        ..Files::default()
    }
}

fn in_place(table: &str, text: String) -> File {
    (format!("{table}.csv"), text.into_bytes())
}

fn of_pack(source: &dyn Source, pack: &Pack) -> Result<Files, GatherError> {
    let folder = format!("{}/data", folder_of(&pack.id));
    let mut files = Files::default();
    for name in source.list(&folder)? {
        let role = Role::of(&name, pack);
        if role.is_none() {
            continue;
        }
        let path = format!("{folder}/{name}");
        if let Some(bytes) = source.read(&path)? {
            role.put((path, bytes), &mut files);
        }
    }
    Ok(files)
}

/// What a file is to a pack, by its name.
struct Role {
    /// The table that it is named after.
    own: Option<String>,
    /// The tables that an importer reads from it.
    foreign: Vec<String>,
}

impl Role {
    fn of(name: &str, pack: &Pack) -> Self {
        let tables = pack.tables();
        let imported = |table: &&TableDecl| {
            let import = table.import.as_ref();
            import.is_some_and(|import| import.file == name)
        };
        let foreign = tables.iter().filter(|table| imported(table));
        let foreign: Vec<String> = foreign.map(|table| table.name.clone()).collect();
        let stem = name.rsplit_once('.');
        let stem = stem.filter(|(_, extension)| extension.eq_ignore_ascii_case("csv"));
        let declared = |stem: &str| tables.iter().any(|table| table.name == stem);
        let own = stem.map(|(stem, _)| stem);
        let own = own.filter(|stem| foreign.is_empty() || declared(stem));
        Self {
            own: own.map(str::to_owned),
            foreign,
        }
    }

    fn is_none(&self) -> bool {
        self.own.is_none() && self.foreign.is_empty()
    }

    fn put(self, file: File, files: &mut Files) {
        for table in self.foreign {
            files.foreign.insert(table, file.clone());
        }
        if let Some(table) = self.own {
            files.own.insert(table, file);
        }
    }
}

fn of_folder(folder: &Path, pack: &Pack) -> Result<Files, GatherError> {
    let unreadable = |path: &Path, cause| GatherError::Io {
        path: path.to_owned(),
        cause,
    };
    let mut files = Files::default();
    for entry in std::fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(role) = name.map(|name| Role::of(name, pack)) else {
            continue;
        };
        if role.is_none() {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|cause| unreadable(&path, cause))?;
        role.put((path.display().to_string(), bytes), &mut files);
    }
    Ok(files)
}

/// One file holds the one table that the pack expects, whatever the file is called; it is the
/// foreign one where it bears its name.
fn of_file(path: &Path, pack: &Pack) -> Result<Files, GatherError> {
    let cause = |cause| GatherError::Io {
        path: path.to_owned(),
        cause,
    };
    let bytes = std::fs::read(path).map_err(cause)?;
    let tables = pack.tables();
    let [table] = tables.as_slice() else {
        let names = tables
            .iter()
            .map(|t| format!("`{}.csv`", t.name))
            .collect::<Vec<_>>();
        let names = names.join(", ");
        let fault = Diagnostic::error(
            Code::BadArgument,
            say!(
                "`--data` è un file solo, ma il pacchetto aspetta: {names}",
                "`--data` is one file, but the pack expects: {names}"
            ),
        );
        return Err(GatherError::OneFile(Box::new(fault.help(say!(
            "dare a `--data` la cartella che li contiene",
            "give `--data` the folder that holds them"
        )))));
    };
    let name = path.file_name().and_then(|name| name.to_str());
    let import = table.import.as_ref();
    let foreign = import.is_some_and(|import| Some(import.file.as_str()) == name);
    let file = [(table.name.clone(), (path.display().to_string(), bytes))];
    let mut files = Files::default();
    match foreign {
        true => files.foreign = file.into(),
        false => files.own = file.into(),
    }
    Ok(files)
}
