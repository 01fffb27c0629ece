//! Maps the bytes that were checked, and calls through the contract.
#![allow(
    unsafe_code,
    reason = "loading a library and calling through pointers cannot be checked by the compiler"
)]

use std::mem::forget;
use std::os::fd::AsRawFd;

use libloading::os::unix::{Library as Loaded, RTLD_LOCAL, RTLD_NOW};
use riparto_core::diag::Text;
use riparto_core::say;
use riparto_plugin_abi::{
    Buffer, DONE, Description, ENTRY, Entry, Fault, LONGEST_ANSWER, MAGIC, Note, PANICKED, Slice,
    Status, VTable,
};
use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

use crate::Refusal;

/// Never taken out of memory again, whoever closes it.
const RTLD_NODELETE: i32 = 0x1000;

/// A plugin in the memory of this process. It is never unloaded: what it gave out stays valid.
#[derive(Debug)]
pub struct Library {
    table: &'static VTable,
}

impl Library {
    /// Maps bytes that [`crate::inspect()`] accepted, with what it read of them.
    ///
    /// The bytes are sealed in memory and mapped from there: no path is opened a second time.
    pub fn load(bytes: &[u8], note: &Note) -> Result<Self, Refusal> {
        let sealed = sealed(bytes).map_err(|fault| Refusal::NoWorker(fault.to_string()))?;
        let path = format!("/proc/self/fd/{}", sealed.as_raw_fd());
        // The loader tells libraries apart by their path: the number must not be used again.
        forget(sealed);
        let flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;
        // SAFETY: loading runs the initialisers of the library. It was named by the lock file
        // with these very bytes, so its Region trusts it to run, here or in a worker.
        let loaded = unsafe { Loaded::open(Some(path), flags) };
        let loaded = loaded.map_err(|fault| not_loaded(&fault))?;
        // SAFETY: the contract fixes the type behind the name of the entry, which holds the
        // major version.
        let entry = unsafe { loaded.get::<Entry>(ENTRY.as_bytes()) };
        let entry = *entry.map_err(|fault| not_loaded(&fault))?;
        forget(loaded);
        let table = entry();
        if table.is_null() || !table.is_aligned() {
            return Err(Refusal::Answer(say!(
                "la sua entrata non dà una tabella",
                "its entry gives no table"
            )));
        }
        // SAFETY: not null, aligned, and the contract lets it live as long as the library,
        // which is never unloaded.
        let table = unsafe { &*table };
        if table.magic != MAGIC
            || (table.abi_major, table.abi_minor) != note.abi
            || table.size < size_of::<VTable>()
        {
            return Err(Refusal::Answer(say!(
                "la sua tabella contraddice la sua nota",
                "its table contradicts its note"
            )));
        }
        Ok(Self { table })
    }

    /// Gives what the plugin says it can do.
    pub fn describe(&self) -> Result<Description, Refusal> {
        let mut answer = Buffer::empty();
        let status = (self.table.describe)(&raw mut answer);
        let bytes = self.taken(answer)?;
        self.done(status)?;
        description(&bytes)
    }

    /// Calls a capability on a message.
    pub fn call(&self, capability: &str, input: &[u8]) -> Result<Vec<u8>, Refusal> {
        let mut answer = Buffer::empty();
        let (capability, input) = (Slice::of(capability.as_bytes()), Slice::of(input));
        let status = (self.table.call)(capability, input, &raw mut answer);
        let bytes = self.taken(answer)?;
        self.done(status)?;
        Ok(bytes)
    }

    fn done(&self, status: Status) -> Result<(), Refusal> {
        if status == DONE {
            return Ok(());
        }
        let mut answer = Buffer::empty();
        let told = (self.table.last_error)(&raw mut answer);
        let bytes = self.taken(answer)?;
        let fault = (told == DONE).then(|| serde_json::from_slice::<Fault>(&bytes).ok());
        match fault.flatten() {
            Some(fault) if status == PANICKED => Err(Refusal::Panicked(fault.message_en)),
            Some(fault) => Err(Refusal::Refused(Box::new(fault))),
            None => Err(Refusal::Answer(say!(
                "l'esito è {status} e non dice perché",
                "its status is {status} and it does not say why"
            ))),
        }
    }

    /// Copies a buffer and gives it back to its maker.
    fn taken(&self, buffer: Buffer) -> Result<Vec<u8>, Refusal> {
        if buffer.ptr.is_null() {
            return Ok(Vec::new());
        }
        if buffer.len > LONGEST_ANSWER || buffer.capacity < buffer.len {
            let len = buffer.len;
            return Err(Refusal::Answer(say!(
                "una risposta di {len} byte",
                "an answer of {len} bytes"
            )));
        }
        // SAFETY: the contract says that `len` bytes can be read there until they are freed.
        let bytes = unsafe { std::slice::from_raw_parts(buffer.ptr, buffer.len) }.to_vec();
        (self.table.free)(buffer);
        Ok(bytes)
    }
}

/// Reads a description that a plugin gave.
pub fn description(bytes: &[u8]) -> Result<Description, Refusal> {
    serde_json::from_slice(bytes).map_err(|fault| match fault.is_eof() {
        true => Refusal::Truncated,
        false => Refusal::Answer(Text::same(fault.to_string())),
    })
}

fn sealed(bytes: &[u8]) -> rustix::io::Result<std::os::fd::OwnedFd> {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let file = memfd_create("riparto-plugin", flags)?;
    let mut rest = bytes;
    while !rest.is_empty() {
        let written = rustix::io::write(&file, rest)?;
        rest = rest.get(written..).unwrap_or_default();
    }
    let seals = SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL;
    fcntl_add_seals(&file, seals)?;
    Ok(file)
}

fn not_loaded(fault: &libloading::Error) -> Refusal {
    use std::error::Error;
    let why = fault
        .source()
        .map_or_else(|| fault.to_string(), ToString::to_string);
    Refusal::Format(say!("non si carica: {why}", "it does not load: {why}"))
}
