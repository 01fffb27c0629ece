//! What every command works with: where the packs are, in which language and format to answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::Path;

use chrono::NaiveDate;
use riparto_core::diag::{Code, Diagnostic, Diagnostics, Lang, Text};
use riparto_core::eval::{Run, evaluate, validate};
use riparto_core::identifiers::{REGISTER, Register};
use riparto_core::model::{Dataset, TableDecl};
use riparto_core::pack::{self, Overrides};
use riparto_core::rules::Pack;
use riparto_core::say;
use riparto_core::source::Source;
use riparto_core::terms::{self, Law};
use riparto_core::time::day;
use riparto_io::disk::{DiskSource, find_root};
use riparto_io::facts::{Dialect, Files, read_tables};
use riparto_io::gather::{From, gather};

use crate::args::{Common, Format, Inputs};
use crate::embedded::Embedded;
use crate::exit::Failure;
use crate::world::World;

/// What every command works with.
pub struct Host {
    /// The packs.
    pub source: Box<dyn Source>,
    /// The folder they are in; none where they are embedded.
    pub root: Option<std::path::PathBuf>,
    /// The language to answer in.
    pub lang: Lang,
    /// The format to answer in.
    pub format: Format,
    /// Whether a person reads the answer on a terminal.
    pub terminal: bool,
    /// The files of facts that were read and hold personal data.
    personal: RefCell<BTreeSet<String>>,
}

/// A pack run on its facts.
pub struct Ran {
    /// The rules.
    pub pack: Pack,
    /// The facts.
    pub data: Dataset,
    /// The files that the facts were read from.
    pub files: Files,
    /// How each file is written.
    pub dialects: BTreeMap<String, Dialect>,
    /// What came out.
    pub run: Run,
    /// What the reader should know.
    pub warnings: Vec<Diagnostic>,
}

impl Host {
    /// Opens the packs: `--root`, else those found upward from the working directory, else those
    /// embedded in the binary.
    pub fn open(common: &Common) -> Result<Self, Failure> {
        let (source, root) = open_source(common.root.as_deref())?;
        Ok(Self {
            source,
            root,
            lang: common.lang.into(),
            format: common.format,
            terminal: std::io::stdout().is_terminal(),
            personal: RefCell::default(),
        })
    }

    /// Opens the packs of another folder, to answer in the same way.
    pub fn at(&self, root: &Path) -> Result<Self, Failure> {
        let (source, root) = open_source(Some(root))?;
        Ok(Self {
            source,
            root,
            lang: self.lang,
            format: self.format,
            terminal: self.terminal,
            personal: RefCell::default(),
        })
    }

    /// Gives a text in the language to answer in.
    pub fn say<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang)
    }

    /// Refuses a format that a command does not write.
    pub fn only(&self, formats: &[Format]) -> Result<(), Failure> {
        if formats.contains(&self.format) {
            return Ok(());
        }
        let format = self.format.word();
        let known: Vec<_> = formats.iter().map(|f| format!("`{}`", f.word())).collect();
        let known = known.join(", ");
        Err(Failure::argument(
            say!(
                "questo comando non scrive `--format {format}`",
                "this command does not write `--format {format}`"
            ),
            say!("si può dare: {known}", "what will do: {known}"),
        ))
    }

    /// Loads a pack, or refuses it with all that is wrong.
    pub fn load(&self, id: &str, overrides: &Overrides) -> Result<(Pack, Diagnostics), Failure> {
        let (pack, faults) = pack::load(self.source.as_ref(), id, overrides)?;
        match pack {
            Some(pack) => Ok((pack, faults)),
            None => Err(Failure::Refused(faults)),
        }
    }

    /// Reads the files of a pack's facts, and remembers which hold personal data.
    pub fn gather(&self, pack: &Pack, from: &From) -> Result<Files, Failure> {
        let files = gather(self.source.as_ref(), pack, from)?;
        let tables = pack
            .tables()
            .into_iter()
            .filter(|table| table.has_personal());
        let paths = tables.filter_map(|table| Some(files.of(&table.name)?.0.clone()));
        self.personal.borrow_mut().extend(paths);
        Ok(files)
    }

    /// Reads the facts of a pack, foreign files with the plugins of its Region.
    pub fn read(
        &self,
        pack: &Pack,
        files: &Files,
    ) -> (Option<Dataset>, Diagnostics, BTreeMap<String, Dialect>) {
        let declared: Vec<TableDecl> = pack.tables().into_iter().cloned().collect();
        let natives = self.source.natives(pack.region());
        read_tables(&declared, files, natives.as_ref())
    }

    /// Gives the SHA-256 of each plugin that a pack has asked for anything, by name.
    pub fn plugins_used(&self, pack: &str) -> BTreeMap<String, String> {
        let region = pack.split('/').next().unwrap_or(pack);
        self.source.natives(region).used()
    }

    /// Tells whether a file holds personal data, so that no line of it is shown.
    pub fn is_personal(&self, path: &str) -> bool {
        self.personal.borrow().contains(path)
    }

    /// Finds the files of a pack's own `data/` that no table is read from.
    ///
    /// # Shape
    /// Where a table has no file, the fault is that one: its remedy names the file that was meant.
    pub fn stray_facts(&self, pack: &Pack, files: &Files) -> Result<Diagnostics, Failure> {
        let tables = pack.tables();
        if !tables.iter().all(|table| files.of(&table.name).is_some()) {
            return Ok(Diagnostics::new());
        }
        let source = self.source.as_ref();
        Ok(pack::check_data_folder(source, &pack.id, &tables)?)
    }

    /// Loads the national rules on terms, or refuses them with all that is wrong.
    pub fn law(&self) -> Result<Law, Failure> {
        let (law, faults) = terms::load(self.source.as_ref())?;
        law.ok_or(Failure::Refused(faults))
    }

    /// Finds the rows whose codes do not agree with the register of Comuni, where there is one.
    pub fn unknown_comuni(&self, pack: &Pack, data: &Dataset) -> Result<Diagnostics, Failure> {
        let mut faults = Diagnostics::new();
        let Some(bytes) = self.source.read(REGISTER)? else {
            return Ok(faults);
        };
        let tables = pack.tables().into_iter();
        let tables = tables.filter_map(|one| Some((one, data.tables.get(&one.name)?)));
        let tables: Vec<_> = tables.collect();
        let text = String::from_utf8_lossy(&bytes);
        let register = Register::about(&text, &tables);
        for (declared, table) in tables {
            faults.extend(register.judge(declared, table, pack.as_of));
        }
        Ok(faults)
    }

    /// Loads a pack, reads its facts and runs it.
    pub fn run(&self, id: &str, overrides: &Overrides, from: &From) -> Result<Ran, Failure> {
        let (pack, faults) = self.load(id, overrides)?;
        self.run_loaded(pack, faults, from)
    }

    /// Reads the facts of a loaded pack and runs it; `faults` are what was found in loading it.
    pub fn run_loaded(
        &self,
        pack: Pack,
        mut faults: Diagnostics,
        from: &From,
    ) -> Result<Ran, Failure> {
        let files = self.gather(&pack, from)?;
        if *from == From::Pack {
            faults.extend(self.stray_facts(&pack, &files)?);
        }
        let (data, found, dialects) = self.read(&pack, &files);
        faults.extend(found);
        // A case tells the rules apart on facts made for it; judged are those of the pack.
        if let (Some(data), From::Pack | From::Path(_)) = (&data, from) {
            faults.extend(validate(&pack, data));
        }
        let Some(data) = data.filter(|_| !faults.has_errors()) else {
            return Err(Failure::Refused(faults));
        };
        faults.extend(self.unknown_comuni(&pack, &data)?);
        let (run, found) = evaluate(&pack, &data);
        faults.extend(found);
        let Some(run) = run else {
            return Err(Failure::Refused(faults));
        };
        Ok(Ran {
            pack,
            data,
            files,
            dialects,
            run,
            warnings: faults.into_sorted(),
        })
    }
}

/// Opens the packs of a folder, of the nearest folder upward, or of the binary.
fn open_source(
    root: Option<&Path>,
) -> Result<(Box<dyn Source>, Option<std::path::PathBuf>), Failure> {
    let found = match root {
        Some(root) => Some(root.to_owned()),
        None => std::env::current_dir()
            .ok()
            .and_then(|here| find_root(&here)),
    };
    let Some(root) = found else {
        return Ok((Box::new(World::new(Box::new(Embedded), None)), None));
    };
    let holds_rules = root.join("rules").is_dir() || root.join("regions").is_dir();
    if root.is_dir() && !holds_rules {
        let shown = root.display();
        return Err(Failure::argument(
            say!(
                "in `{shown}` non ci sono né `rules/` né `regions/`",
                "`{shown}` holds neither `rules/` nor `regions/`"
            ),
            say!(
                "dare con `--root` la cartella che le contiene",
                "give with `--root` the folder that holds them"
            ),
        ));
    }
    let source = DiskSource::open(&root).map_err(|cause| {
        let cause = Box::new(cause);
        riparto_core::source::SourceError {
            path: root.display().to_string(),
            cause,
        }
    })?;
    let world = World::new(Box::new(source), Some(root.clone()));
    Ok((Box::new(world), Some(root)))
}

impl Inputs {
    /// Reads the values given for this run.
    pub fn overrides(&self) -> Result<Overrides, Failure> {
        let mut overrides = Overrides::default();
        let mut faults = Diagnostics::new();
        for (option, given, into) in [
            ("--fund", &self.funds, &mut overrides.funds),
            ("--set", &self.params, &mut overrides.params),
        ] {
            for text in given {
                match text.split_once('=') {
                    Some((id, value)) if !id.is_empty() && !value.is_empty() => {
                        let id = id.trim().to_owned();
                        if into.insert(id.clone(), value.trim().to_owned()).is_some() {
                            faults.push(given_twice(option, &id));
                        }
                    }
                    _ => faults.push(not_a_pair(option, text)),
                }
            }
        }
        if faults.has_errors() {
            Err(Failure::Refused(faults))
        } else {
            Ok(overrides)
        }
    }

    /// Gives where facts come from.
    pub fn from(&self) -> From {
        self.data.clone().map_or(From::Pack, From::Path)
    }

    /// Reads the date given for this run, or gives the pack's own.
    pub fn as_of(&self, pack: &Pack) -> Result<NaiveDate, Failure> {
        let Some(text) = &self.as_of else {
            return Ok(pack.as_of);
        };
        day(text).ok_or_else(|| {
            Failure::argument(
                say!(
                    "`--as-of {text}` non è una data",
                    "`--as-of {text}` is not a date"
                ),
                say!(
                    "scriverla anno-mese-giorno: `2024-09-18`",
                    "write it year-month-day: `2024-09-18`"
                ),
            )
        })
    }
}

fn given_twice(option: &str, id: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BadArgument,
        say!(
            "`{option} {id}=…` è dato due volte",
            "`{option} {id}=…` is given twice"
        ),
    )
    .help(say!("darlo una volta sola", "give it once"))
}

fn not_a_pair(option: &str, text: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BadArgument,
        say!(
            "`{option} {text}` non si legge",
            "`{option} {text}` cannot be read"
        ),
    )
    .help(say!(
        "scrivere `{option} NOME=VALORE`",
        "write `{option} NAME=VALUE`"
    ))
}
