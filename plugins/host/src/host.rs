//! The plugins of one Region: found, checked and started when they are first called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use riparto_core::say;
use riparto_plugin_abi::Description;

use crate::session::{Session, WorkerProgram};
use crate::{Inspected, Lock, Locked, Refusal, file, inspect, signature, this_machine};

/// The plugins of one Region.
#[derive(Debug)]
pub struct Host {
    lock: Lock,
    folder: PathBuf,
    program: WorkerProgram,
    running: Mutex<BTreeMap<String, Running>>,
    used: Mutex<BTreeMap<String, String>>,
}

#[derive(Debug)]
struct Running {
    session: Session,
    description: Description,
}

/// Gives the folder that holds the plugins of a Region.
pub fn plugin_folder(region: &Path) -> PathBuf {
    region.join("plugins")
}

impl Host {
    /// Reads the lock file of a Region, given the Region's folder.
    pub fn open(region: &Path, program: WorkerProgram) -> Result<Self, Refusal> {
        Ok(Self {
            lock: Lock::read(region)?,
            folder: plugin_folder(region),
            program,
            running: Mutex::new(BTreeMap::new()),
            used: Mutex::new(BTreeMap::new()),
        })
    }

    /// Gives the plugins that are locked.
    pub fn locked(&self) -> &[Locked] {
        &self.lock.plugin
    }

    /// Checks a plugin as its bytes lie in its file; none of its code runs.
    pub fn checked(&self, name: &str) -> Result<(Vec<u8>, Inspected, &Locked), Refusal> {
        let locked = self.lock.find(name, &this_machine())?;
        let bytes = file::read(&self.folder, &locked.file)?;
        let found = inspect::sha256(&bytes);
        if found != locked.sha256 {
            let locked = locked.sha256.clone();
            return Err(Refusal::Altered { locked, found });
        }
        let inspected = inspect(&bytes)?;
        agree(locked, &inspected)?;
        if let Some(key) = &self.lock.key {
            let beside = format!("{}.minisig", locked.file);
            let signed = match file::read(&self.folder, &beside) {
                Ok(bytes) => String::from_utf8(bytes).ok(),
                Err(Refusal::Missing(_)) => None,
                Err(refusal) => return Err(refusal),
            };
            signature::verify(&bytes, &inspected, signed.as_deref(), key)?;
        }
        Ok((bytes, inspected, locked))
    }

    /// Gives what a plugin can do; it is started if it is not running.
    pub fn describe(&self, name: &str) -> Result<Description, Refusal> {
        self.with(name, |running| Ok(running.description.clone()))
    }

    /// Calls a capability of a plugin on a message.
    ///
    /// A crash, a hang or an answer outside the contract is an error of this call; the next one
    /// starts the plugin anew. What it answers differently when it is asked again is refused too.
    pub fn call(&self, name: &str, capability: &str, input: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.with(name, |running| running.session.call(capability, input))
    }

    /// Gives the SHA-256 of each plugin that was started, by name.
    pub fn used(&self) -> BTreeMap<String, String> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.clone()
    }

    fn with<T>(
        &self,
        name: &str,
        ask: impl FnOnce(&mut Running) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        // A panic while the lock was held leaves sessions that are whole: each call is its own.
        let mut all = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains_key(name) {
            let running = self.start(name)?;
            all.insert(name.to_owned(), running);
        }
        let Some(running) = all.get_mut(name) else {
            return Err(Refusal::Unlisted);
        };
        let answer = ask(running);
        if let Err(refusal) = &answer
            && refusal.ends_the_process()
            && matches!(running.session, Session::Apart(_))
        {
            all.remove(name);
        }
        answer
    }

    fn start(&self, name: &str) -> Result<Running, Refusal> {
        let (bytes, inspected, locked) = self.checked(name)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(name.to_owned(), inspected.sha256.clone());
        drop(used);
        let (trusted, limits) = (locked.trusted, locked.limits());
        let started = Session::start(&bytes, &inspected.note, trusted, limits, &self.program);
        let (session, description) = started?;
        if description.name != inspected.note.name || description.version != inspected.note.version
        {
            return Err(Refusal::Answer(say!(
                "si descrive diversamente dalla sua nota",
                "it describes itself otherwise than its note"
            )));
        }
        Ok(Running {
            session,
            description,
        })
    }
}

/// What the file says of itself is what was locked.
fn agree(locked: &Locked, inspected: &Inspected) -> Result<(), Refusal> {
    let note = &inspected.note;
    let abi = format!("{}.{}", note.abi.0, note.abi.1);
    let same = locked.name == note.name && locked.version == note.version && locked.abi == abi;
    if same {
        return Ok(());
    }
    let found = format!("{} {} (abi {abi})", note.name, note.version);
    let locked = format!("{} {} (abi {})", locked.name, locked.version, locked.abi);
    Err(Refusal::Altered { locked, found })
}
