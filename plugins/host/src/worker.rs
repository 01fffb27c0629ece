//! The process that contains a plugin: it reads requests from its input and answers on its
//! output, within the limits that it set itself before the plugin was loaded.
//!
//! The first request is the library itself. Every frame is a number of 32 bits, a length of 64
//! bits, and so many bytes, little end first: for a request the number is the length of the
//! capability's name, which the message follows; for an answer it is the status.

use std::io::{Read, Write};

use riparto_plugin_abi::{DONE, Fault, MALFORMED, PANICKED, REFUSED, Status};
use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};

use crate::{Library, Refusal, inspect};

/// Serves one plugin until its input ends; gives the exit code of the process.
pub fn serve(input: &mut dyn Read, output: &mut dyn Write, memory_mib: u64) -> u8 {
    if limit(memory_mib).is_err() {
        return 1;
    }
    let Some((_, bytes)) = read_frame(input, u64::MAX) else {
        return 1;
    };
    let loaded = inspect(&bytes)
        .and_then(|inspected| Library::load(&bytes, &inspected.note))
        .and_then(|library| Ok((library.describe()?, library)));
    drop(bytes);
    let library = match loaded {
        Ok((description, library)) => {
            let description = riparto_plugin_abi::message::json(&description);
            if write_frame(output, DONE, &description).is_err() {
                return 1;
            }
            library
        }
        Err(refusal) => {
            let (status, fault) = told(refusal);
            let written = write_frame(output, status, &fault);
            return u8::from(written.is_err());
        }
    };
    if shut().is_err() {
        return 1;
    }
    while let Some((name_len, frame)) = read_frame(input, u64::MAX) {
        let name_len = usize::try_from(name_len).unwrap_or(usize::MAX);
        let (status, bytes) = match frame.split_at_checked(name_len) {
            Some((name, message)) => {
                let name = str::from_utf8(name).unwrap_or_default();
                match library.call(name, message) {
                    Ok(bytes) => (DONE, bytes),
                    Err(refusal) => told(refusal),
                }
            }
            None => (MALFORMED, Vec::new()),
        };
        if write_frame(output, status, &bytes).is_err() {
            return 1;
        }
    }
    0
}

fn only(value: u64) -> Rlimit {
    Rlimit {
        current: Some(value),
        maximum: Some(value),
    }
}

/// From here on the plugin opens nothing and writes no file: what it had open stays open.
fn shut() -> rustix::io::Result<()> {
    setrlimit(Resource::Nofile, only(0))?;
    setrlimit(Resource::Fsize, only(0))
}

/// Sets what the process may use, and ends it with the one that started it.
fn limit(memory_mib: u64) -> rustix::io::Result<()> {
    setrlimit(Resource::As, only(memory_mib.saturating_mul(1 << 20)))?;
    setrlimit(Resource::Core, only(0))?;
    rustix::thread::set_no_new_privs(true)?;
    set_parent_process_death_signal(Some(Signal::KILL))
}

fn told(refusal: Refusal) -> (Status, Vec<u8>) {
    let (status, fault) = match refusal {
        Refusal::Refused(fault) => (REFUSED, *fault),
        Refusal::Crashed(how) => (PANICKED, fault_of(&how)),
        Refusal::Answer(why) => (MALFORMED, fault_of(&why)),
        other => (MALFORMED, fault_of(&format!("{other:?}"))),
    };
    (status, riparto_plugin_abi::message::json(&fault))
}

fn fault_of(said: &str) -> Fault {
    Fault {
        message: said.to_owned(),
        message_en: said.to_owned(),
        ..Fault::default()
    }
}

/// Reads a frame: its number and its bytes; none at the end, or where it is longer than it may.
pub fn read_frame(input: &mut dyn Read, longest: u64) -> Option<(i32, Vec<u8>)> {
    let (mut number, mut len) = ([0; 4], [0; 8]);
    input.read_exact(&mut number).ok()?;
    input.read_exact(&mut len).ok()?;
    let len = u64::from_le_bytes(len);
    if len > longest {
        return None;
    }
    let mut bytes = Vec::new();
    let read = input.take(len).read_to_end(&mut bytes).ok()?;
    (read as u64 == len).then_some((i32::from_le_bytes(number), bytes))
}

/// Writes a frame.
pub fn write_frame(output: &mut dyn Write, number: i32, bytes: &[u8]) -> std::io::Result<()> {
    output.write_all(&number.to_le_bytes())?;
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}
