//! The lock file of a Region: which plugins may run, byte by byte.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use riparto_core::diag::Text;
use riparto_core::say;
use serde::{Deserialize, Serialize};

use crate::{Inspected, Refusal, file, replace};

/// The plugins that a Region lets run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The key that the Region signs its plugins with, as minisign prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The plugins, each for one machine.
    #[serde(default)]
    pub plugin: Vec<Locked>,
}

/// A plugin as it was locked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// Its name, as rules call it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the contract that it keeps, `1.0`.
    pub abi: String,
    /// The machine that it was built for, `x86_64-linux`.
    pub target: String,
    /// Its file in the Region's folder of plugins.
    pub file: String,
    /// The SHA-256 of its bytes, in lowercase hexadecimal.
    pub sha256: String,
    /// Whether it runs in the program itself instead of a process of its own.
    #[serde(default)]
    pub trusted: bool,
    /// How long one call may take, in seconds.
    #[serde(default = "seconds")]
    pub seconds: u64,
    /// How much memory its process may have, in MiB.
    #[serde(default = "memory_mib")]
    pub memory_mib: u64,
}

/// What one plugin may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long one call may take, in seconds.
    pub seconds: u64,
    /// How much memory its process may have, in MiB.
    pub memory_mib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            seconds: seconds(),
            memory_mib: memory_mib(),
        }
    }
}

fn seconds() -> u64 {
    60
}

fn memory_mib() -> u64 {
    1024
}

/// What stands at the head of a lock file.
const HEAD: &str = "\
# I plugin che questa Regione lascia eseguire, byte per byte: lo scrive `riparto plugin lock`.
# `trusted`, `seconds` e `memory_mib` si possono cambiare a mano e restano al blocco seguente;
# `trusted` resta finché i byte sono gli stessi.

";

/// The largest lock file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

impl Lock {
    /// Gives the path of a Region's lock file.
    pub fn path(region: &Path) -> PathBuf {
        region.join("plugins.lock")
    }

    /// Reads the lock file of a Region; an absent one lists nothing.
    pub fn read(region: &Path) -> Result<Self, Refusal> {
        let path = Self::path(region);
        let refuse = |why: Text| Refusal::Lock(path.clone(), why);
        let Some(text) = text_of(&path).map_err(refuse)? else {
            return Ok(Self::default());
        };
        let read = toml::from_str(&text);
        let mut lock: Self = read.map_err(|fault| refuse(Text::same(fault.message())))?;
        for plugin in &mut lock.plugin {
            plugin.sha256.make_ascii_lowercase();
        }
        lock.sound().map_err(refuse)?;
        Ok(lock)
    }

    /// Gives what stands in its file.
    pub fn text(&self) -> String {
        // Texts and numbers under plain keys: nothing that TOML cannot hold.
        format!("{HEAD}{}", toml::to_string(self).unwrap_or_default())
    }

    /// Writes it, all or nothing.
    pub fn write(&self, region: &Path) -> Result<(), Refusal> {
        let written = replace::all(&[(Self::path(region), self.text().as_bytes())]);
        written.map_err(|(path, fault)| Refusal::Lock(path, Text::same(fault.to_string())))
    }

    /// Each plugin can be called, is there once for a machine, and may use something.
    fn sound(&self) -> Result<(), Text> {
        let mut rest = self.plugin.iter();
        while let Some(plugin) = rest.next() {
            let Locked { name, target, .. } = plugin;
            callable(name)?;
            if plugin.seconds == 0 || plugin.memory_mib == 0 {
                return Err(say!(
                    "`seconds` e `memory_mib` di `{name}` devono essere maggiori di zero",
                    "`seconds` and `memory_mib` of `{name}` must be above zero"
                ));
            }
            if let Some(other) = rest.clone().find(|other| plugin.is_the_same_as(other)) {
                let (file, again) = (&plugin.file, &other.file);
                return Err(say!(
                    "`{name}` per `{target}` vi sta due volte: `{file}` e `{again}`",
                    "`{name}` for `{target}` stands in it twice: `{file}` and `{again}`"
                ));
            }
        }
        Ok(())
    }

    /// Finds a plugin of this machine.
    pub fn find(&self, name: &str, target: &str) -> Result<&Locked, Refusal> {
        let mut named = self.plugin.iter().filter(|plugin| plugin.name == name);
        let found = named.clone().find(|plugin| plugin.target == target);
        match (found, named.next()) {
            (Some(found), _) => Ok(found),
            (None, Some(other)) => Err(Refusal::Machine {
                plugin: other.target.clone(),
                host: target.to_owned(),
            }),
            (None, None) => Err(Refusal::Unlisted),
        }
    }

    /// Puts a plugin in, in the place of its former self: the limits set by hand stay, the trust
    /// only in the same bytes.
    pub fn put(&mut self, mut plugin: Locked) {
        let mut known = self.plugin.iter_mut();
        if let Some(known) = known.find(|known| known.is_the_same_as(&plugin)) {
            plugin.trusted = known.trusted && known.sha256 == plugin.sha256;
            plugin.seconds = known.seconds;
            plugin.memory_mib = known.memory_mib;
            *known = plugin;
        } else {
            self.plugin.push(plugin);
        }
        self.plugin
            .sort_by(|a, b| (&a.name, &a.target).cmp(&(&b.name, &b.target)));
    }
}

impl Locked {
    /// Gives the entry of a plugin that was inspected, with the ordinary limits; refuses a name
    /// that no rule can call.
    pub fn of(inspected: &Inspected, file: &str) -> Result<Self, Refusal> {
        let note = &inspected.note;
        callable(&note.name).map_err(Refusal::Format)?;
        Ok(Self {
            name: note.name.clone(),
            version: note.version.clone(),
            abi: format!("{}.{}", note.abi.0, note.abi.1),
            target: note.target.clone(),
            file: file.to_owned(),
            sha256: inspected.sha256.clone(),
            trusted: false,
            seconds: seconds(),
            memory_mib: memory_mib(),
        })
    }

    /// Whether it is the same plugin for the same machine, whatever its bytes.
    fn is_the_same_as(&self, other: &Self) -> bool {
        self.name == other.name && self.target == other.target
    }

    /// Gives its limits.
    pub fn limits(&self) -> Limits {
        Limits {
            seconds: self.seconds,
            memory_mib: self.memory_mib,
        }
    }
}

/// Tells whether rules can call something by that name, as they write `plugin.function`.
pub fn is_callable(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_lowercase());
    first && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn callable(name: &str) -> Result<(), Text> {
    if is_callable(name) {
        return Ok(());
    }
    Err(say!(
        "si chiama {name:?}, e nessuna regola può chiamarlo: servono lettere minuscole senza accenti, cifre e trattini bassi",
        "its name is {name:?}, and no rule can call it: small letters without accents, digits and underscores will do"
    ))
}

/// Reads a lock file, which is a plain file and not a long one; none where nothing is there.
fn text_of(path: &Path) -> Result<Option<String>, Text> {
    let unreadable = |fault: io::Error| Text::same(fault.to_string());
    let opened = path.canonicalize().and_then(|real| file::open(&real));
    let file = match opened {
        Ok(file) => file,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(unreadable(fault)),
    };
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(say!("non è un file", "it is not a file"));
    }
    let mut text = String::new();
    let read = file.take(LARGEST + 1).read_to_string(&mut text);
    read.map_err(unreadable)?;
    if text.len() as u64 > LARGEST {
        return Err(say!(
            "supera i {LARGEST} byte",
            "it has more than {LARGEST} bytes"
        ));
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests;
