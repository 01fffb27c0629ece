//! The lock file of a Region: which plugins may run, byte by byte.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Inspected, Refusal};

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
# `trusted`, `seconds` e `memory_mib` si possono cambiare a mano e restano al blocco seguente.

";

impl Lock {
    /// Gives the path of a Region's lock file.
    pub fn path(region: &Path) -> PathBuf {
        region.join("plugins.lock")
    }

    /// Reads the lock file of a Region; an absent one lists nothing.
    pub fn read(region: &Path) -> Result<Self, Refusal> {
        let path = Self::path(region);
        let refuse = |why: String| Refusal::Lock(path.clone(), why);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|fault| refuse(fault.message().to_owned())),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(fault) => Err(refuse(fault.to_string())),
        }
    }

    /// Writes it, all or nothing.
    pub fn write(&self, region: &Path) -> Result<(), Refusal> {
        let path = Self::path(region);
        let refuse = |why: String| Refusal::Lock(path.clone(), why);
        let text = toml::to_string(self).map_err(|fault| refuse(fault.to_string()))?;
        let beside = path.with_extension("lock.new");
        std::fs::write(&beside, format!("{HEAD}{text}"))
            .and_then(|()| std::fs::rename(&beside, &path))
            .map_err(|fault| refuse(fault.to_string()))
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

    /// Puts a plugin in, in the place of its former self; the limits set by hand stay.
    pub fn put(&mut self, mut plugin: Locked) {
        let same = |known: &Locked| known.name == plugin.name && known.target == plugin.target;
        if let Some(known) = self.plugin.iter_mut().find(|known| same(known)) {
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
    /// Gives the entry of a plugin that was inspected, with the ordinary limits.
    pub fn of(inspected: &Inspected, file: &str) -> Self {
        let note = &inspected.note;
        Self {
            name: note.name.clone(),
            version: note.version.clone(),
            abi: format!("{}.{}", note.abi.0, note.abi.1),
            target: note.target.clone(),
            file: file.to_owned(),
            sha256: inspected.sha256.clone(),
            trusted: false,
            seconds: seconds(),
            memory_mib: memory_mib(),
        }
    }

    /// Gives its limits.
    pub fn limits(&self) -> Limits {
        Limits {
            seconds: self.seconds,
            memory_mib: self.memory_mib,
        }
    }
}
