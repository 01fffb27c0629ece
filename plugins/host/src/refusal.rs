//! Why a plugin is refused, or why a call of it failed; each with its code and its remedy.

use std::path::PathBuf;

use riparto_core::diag::{Code, Diagnostic, Place, Text};
use riparto_core::say;
use riparto_plugin_abi::message::Unread;
use riparto_plugin_abi::{ENTRY, Fault};
use serde::{Deserialize, Serialize};

/// Why a plugin is refused, or a call of it failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Refusal {
    /// The lock file does not name it.
    Unlisted,
    /// It is listed, but there is no file.
    Missing(PathBuf),
    /// Its file cannot be read.
    Unreadable(PathBuf, String),
    /// What stands there is a folder.
    Folder(PathBuf),
    /// What stands there is not a file: a pipe, a device.
    NotAFile(PathBuf),
    /// Its file lies outside the folder of the plugins, by a link or by its name.
    Outside(PathBuf),
    /// Its bytes are not those that were locked.
    Altered {
        /// The SHA-256 in the lock file.
        locked: String,
        /// The SHA-256 of the file.
        found: String,
    },
    /// Its file is not a library that can be loaded here; in words, why.
    Format(Text),
    /// It lacks the symbol that the host looks up.
    NoEntry,
    /// It was built for another machine.
    Machine {
        /// What it was built for.
        plugin: String,
        /// What this is.
        host: String,
    },
    /// It keeps another version of the contract.
    Abi {
        /// The plugin's version.
        plugin: (u32, u32),
        /// The host's version.
        host: (u32, u32),
    },
    /// The Region signs its plugins, and this signature does not hold; in words, why.
    Signature(Text),
    /// The lock file cannot be read; in words, why.
    Lock(PathBuf, Text),
    /// It panicked, and caught itself; what it said.
    Panicked(String),
    /// Its process ended; in words, how.
    Crashed(Text),
    /// It called itself deeper than its stack holds.
    Stack,
    /// It asked for more memory than the limit, in MiB.
    Memory(u64),
    /// It gave no answer within the limit, in seconds.
    TimeOut(u64),
    /// Its answer is not what the contract says; in words, why.
    Answer(Text),
    /// Its answer ends before it is whole.
    Truncated,
    /// It answered the same question in different ways.
    Unsteady,
    /// It answered with a fault of its own.
    Refused(Box<Fault>),
    /// The process that contains it could not be started.
    NoWorker(String),
}

impl Refusal {
    /// Gives the stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Unlisted => Code::PluginUnlisted,
            Self::Missing(_) => Code::PluginMissing,
            Self::Unreadable(..) | Self::NoWorker(_) => Code::Unreadable,
            Self::Folder(_) => Code::PluginFolder,
            Self::NotAFile(_) => Code::PluginNotAFile,
            Self::Outside(_) => Code::PluginOutside,
            Self::Altered { .. } => Code::PluginAltered,
            Self::Format(_) => Code::PluginFormat,
            Self::NoEntry => Code::PluginNoEntry,
            Self::Machine { .. } => Code::PluginMachine,
            Self::Abi { .. } => Code::PluginAbi,
            Self::Signature(_) => Code::PluginSignature,
            Self::Lock(..) => Code::PluginLock,
            Self::Panicked(_) => Code::PluginPanicked,
            Self::Crashed(_) => Code::PluginCrashed,
            Self::Stack => Code::PluginStack,
            Self::Memory(_) => Code::PluginMemory,
            Self::TimeOut(_) => Code::PluginTimeout,
            Self::Answer(_) => Code::PluginAnswer,
            Self::Truncated => Code::PluginTruncated,
            Self::Unsteady => Code::PluginUnsteady,
            Self::Refused(_) => Code::PluginRefused,
        }
    }

    /// Gives what is wrong with an answer that cannot be read.
    pub fn unread(unread: &Unread) -> Self {
        match unread {
            Unread::CutShort => Self::Truncated,
            Unread::TooLong(more) => Self::Answer(say!(
                "{more} byte di troppo in fondo",
                "{more} bytes too many at its end"
            )),
            Unread::Nonsense(why) => Self::Answer(Text::same(why)),
        }
    }

    /// Gives the row of a batch, from zero, whose doing it is; none where it is not one row's.
    pub(crate) fn row(&self) -> Option<usize> {
        let Self::Refused(fault) = self else {
            return None;
        };
        let place = fault.place.as_ref().filter(|at| at.file.is_empty())?;
        usize::try_from(place.line).ok()?.checked_sub(1)
    }

    /// Whether a plugin in a process of its own is to be started anew for the next call.
    pub(crate) fn ends_the_process(&self) -> bool {
        matches!(
            self,
            Self::Panicked(_) | Self::Crashed(_) | Self::Stack | Self::Memory(_) | Self::TimeOut(_)
        )
    }

    /// Says it to the person who must fix it.
    pub fn diagnostic(&self, plugin: &str, region: &str) -> Diagnostic {
        let fault = Diagnostic::error(self.code(), self.message(plugin));
        let fault = fault.help(self.remedy(plugin, region));
        match self {
            Self::Refused(said) => fault.at_maybe(place_of(said)),
            _ => fault,
        }
    }

    fn message(&self, plugin: &str) -> Text {
        match self {
            Self::Unlisted => say!(
                "il plugin `{plugin}` non è nel file di blocco della Regione",
                "the plugin `{plugin}` is not in the Region's lock file"
            ),
            Self::Missing(path) => {
                let path = path.display();
                say!(
                    "il plugin `{plugin}` non c'è: manca `{path}`",
                    "the plugin `{plugin}` is not there: `{path}` is missing"
                )
            }
            Self::Unreadable(path, why) => {
                let path = path.display();
                say!(
                    "il plugin `{plugin}` non si può leggere: `{path}`: {why}",
                    "the plugin `{plugin}` cannot be read: `{path}`: {why}"
                )
            }
            Self::Folder(path) => {
                let path = path.display();
                say!(
                    "il plugin `{plugin}` è una cartella: `{path}`",
                    "the plugin `{plugin}` is a folder: `{path}`"
                )
            }
            Self::NotAFile(path) => {
                let path = path.display();
                say!(
                    "il plugin `{plugin}` non è un file: `{path}`",
                    "the plugin `{plugin}` is not a file: `{path}`"
                )
            }
            Self::Outside(path) => {
                let path = path.display();
                say!(
                    "il plugin `{plugin}` sta fuori dalla cartella dei plugin: `{path}`",
                    "the plugin `{plugin}` lies outside the folder of the plugins: `{path}`"
                )
            }
            Self::Altered { locked, found } => say!(
                "il plugin `{plugin}` non è quello bloccato: SHA-256 atteso `{locked}`, trovato `{found}`",
                "the plugin `{plugin}` is not the one that was locked: SHA-256 expected `{locked}`, found `{found}`"
            ),
            Self::Format(why) => say!(
                "il plugin `{plugin}` non è una libreria che si possa caricare: {why}",
                "the plugin `{plugin}` is not a library that can be loaded: {why}"; why = why.clone()
            ),
            Self::NoEntry => say!(
                "il plugin `{plugin}` non ha il simbolo `{ENTRY}`, da cui si entra",
                "the plugin `{plugin}` does not have the symbol `{ENTRY}`, which is its entry"
            ),
            Self::Machine {
                plugin: built,
                host,
            } => say!(
                "il plugin `{plugin}` è fatto per `{built}`, e questa macchina è `{host}`",
                "the plugin `{plugin}` was built for `{built}`, and this machine is `{host}`"
            ),
            Self::Abi {
                plugin: (major, minor),
                host: (ours, least),
            } => say!(
                "il plugin `{plugin}` segue il contratto {major}.{minor}, qui vale il {ours}.{least}",
                "the plugin `{plugin}` keeps the contract {major}.{minor}, here it is {ours}.{least}"
            ),
            Self::Signature(why) => say!(
                "la firma del plugin `{plugin}` non vale: {why}",
                "the signature of the plugin `{plugin}` does not hold: {why}"; why = why.clone()
            ),
            Self::Lock(path, why) => {
                let path = path.display();
                say!(
                    "il file di blocco `{path}` non si legge: {why}",
                    "the lock file `{path}` cannot be read: {why}"; why = why.clone()
                )
            }
            Self::Panicked(said) => say!(
                "il plugin `{plugin}` si è interrotto per un suo errore: {said}",
                "the plugin `{plugin}` panicked: {said}"
            ),
            Self::Crashed(how) => say!(
                "il processo del plugin `{plugin}` è finito: {how}",
                "the process of the plugin `{plugin}` ended: {how}"; how = how.clone()
            ),
            Self::Stack => say!(
                "il plugin `{plugin}` ha esaurito la pila: chiama sé stesso troppe volte",
                "the plugin `{plugin}` overflowed its stack: it calls itself too deep"
            ),
            Self::Memory(mib) => say!(
                "il plugin `{plugin}` ha chiesto più memoria dei {mib} MiB che può usare",
                "the plugin `{plugin}` asked for more memory than the {mib} MiB that it may use"
            ),
            Self::TimeOut(seconds) => say!(
                "il plugin `{plugin}` non ha risposto entro {seconds} secondi",
                "the plugin `{plugin}` gave no answer within {seconds} seconds"
            ),
            Self::Answer(why) => say!(
                "il plugin `{plugin}` ha risposto fuori dal contratto: {why}",
                "the plugin `{plugin}` answered outside the contract: {why}"; why = why.clone()
            ),
            Self::Truncated => say!(
                "la risposta del plugin `{plugin}` finisce prima di essere intera",
                "the answer of the plugin `{plugin}` ends before it is whole"
            ),
            Self::Unsteady => say!(
                "il plugin `{plugin}` risponde in modi diversi alla stessa domanda",
                "the plugin `{plugin}` answers the same question in different ways"
            ),
            Self::Refused(fault) => {
                let said = said_of(fault);
                let code = &fault.code;
                say!(
                    "il plugin `{plugin}` rifiuta ({code}): {said}",
                    "the plugin `{plugin}` refuses ({code}): {said}"; said = said
                )
            }
            Self::NoWorker(why) => say!(
                "il processo che contiene il plugin `{plugin}` non parte: {why}",
                "the process that contains the plugin `{plugin}` does not start: {why}"
            ),
        }
    }

    fn remedy(&self, plugin: &str, region: &str) -> Text {
        let library = std::env::consts::DLL_PREFIX;
        let ending = std::env::consts::DLL_SUFFIX;
        let file = format!("{library}riparto_plugin_{plugin}{ending}");
        match self {
            Self::Unlisted | Self::Missing(_) | Self::Machine { .. } => say!(
                "compilarlo (`cargo build --release -p riparto-plugin-{plugin}`), poi bloccarlo: `riparto plugin lock {region} target/release/{file}`",
                "build it (`cargo build --release -p riparto-plugin-{plugin}`), then lock it: `riparto plugin lock {region} target/release/{file}`"
            ),
            Self::Unreadable(..) => say!(
                "controllare che il file ci sia e che si possa leggere",
                "check that the file is there and can be read"
            ),
            Self::Folder(_) | Self::NotAFile(_) | Self::Outside(_) => say!(
                "mettere la libreria stessa, e non un collegamento, nella cartella dei plugin della Regione",
                "put the library itself, not a link, into the Region's folder of plugins"
            ),
            Self::Altered { .. } => say!(
                "se è stato cambiato di proposito, bloccarlo di nuovo con `riparto plugin lock {region}`; altrimenti rimettere il file di prima e cercare chi lo ha cambiato",
                "if it was changed on purpose, lock it again with `riparto plugin lock {region}`; otherwise put the former file back and find who changed it"
            ),
            Self::Format(_) | Self::NoEntry => say!(
                "compilarlo di nuovo come `cdylib`, con `riparto_plugin::export!` (vedi plugins/README.md)",
                "build it again as a `cdylib`, with `riparto_plugin::export!` (see plugins/README.md)"
            ),
            Self::Abi { .. } => say!(
                "compilarlo di nuovo con il kit di questa versione di Riparto",
                "build it again with the kit of this version of Riparto"
            ),
            Self::Signature(_) => say!(
                "farlo firmare con la chiave della Regione: la firma sta accanto al file, con `.minisig` in fondo al nome",
                "have it signed with the Region's key: the signature stands beside the file, with `.minisig` at the end of its name"
            ),
            Self::Lock(..) => say!(
                "correggerlo; oppure spostarlo altrove e rifarlo con `riparto plugin lock {region}`",
                "correct it; or move it away and write it anew with `riparto plugin lock {region}`"
            ),
            Self::Panicked(_) | Self::Crashed(_) | Self::Stack => say!(
                "segnalarlo a chi ha scritto il plugin, con i dati che lo provocano",
                "tell the author of the plugin, with the facts that provoke it"
            ),
            Self::Memory(_) | Self::TimeOut(_) => say!(
                "segnalarlo a chi ha scritto il plugin, con i dati che lo provocano; i limiti stanno nel file di blocco (`seconds`, `memory_mib`)",
                "tell the author of the plugin, with the facts that provoke it; the limits are in the lock file (`seconds`, `memory_mib`)"
            ),
            Self::Answer(_) | Self::Truncated => say!(
                "segnalarlo a chi ha scritto il plugin: `riparto plugin check {region}` lo ripete",
                "tell the author of the plugin: `riparto plugin check {region}` repeats it"
            ),
            Self::Unsteady => say!(
                "segnalarlo a chi ha scritto il plugin: una risposta non può dipendere da ora, caso, ordine o chiamate precedenti",
                "tell the author of the plugin: an answer may not depend on time, chance, order or earlier calls"
            ),
            Self::Refused(fault) if !fault.help.is_empty() => both(&fault.help, &fault.help_en),
            Self::Refused(_) => say!(
                "correggere ciò che il plugin ha ricevuto",
                "correct what the plugin was given"
            ),
            Self::NoWorker(_) => say!(
                "controllare che il programma `riparto` si possa eseguire",
                "check that the program `riparto` can be run"
            ),
        }
    }
}

/// Says what a plugin found in facts.
pub(crate) fn diagnostic_of(fault: &Fault, plugin: &str) -> Diagnostic {
    let refusal = Refusal::Refused(Box::new(fault.clone()));
    refusal.diagnostic(plugin, "")
}

fn place_of(fault: &Fault) -> Option<Place> {
    let at = fault.place.as_ref().filter(|at| at.line > 0)?;
    Some(Place {
        line: usize::try_from(at.line).unwrap_or_default(),
        ..Place::start_of(at.file.clone())
    })
}

/// Gives what a fault says, and of which column.
fn said_of(fault: &Fault) -> Text {
    let said = both(&fault.message, &fault.message_en);
    match fault.place.as_ref().map(|at| at.column.as_str()) {
        Some(column) if !column.is_empty() => say!(
            "{said}, nella colonna `{column}`",
            "{said}, in the column `{column}`"; said = said
        ),
        _ => said,
    }
}

fn both(it: &str, en: &str) -> Text {
    Text {
        it: it.to_owned(),
        en: en.to_owned(),
    }
}
