//! The process that contains a plugin: it reads requests from its input and answers on its
//! output, within the limits that it set itself before the plugin was loaded.
//!
//! The first request is the library itself. Every frame is a number of 32 bits, a length of 64
//! bits, and so many bytes, little end first: for a request the number is the length of the
//! capability's name, which the message follows; for an answer it is the status: [`DONE`] with
//! the bytes, or [`REFUSED`] with the [`crate::Refusal`] as JSON.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::fd::AsFd;

use riparto_plugin_abi::message::json;
use riparto_plugin_abi::{DONE, REFUSED};
use rustix::stdio::{dup2_stdin, dup2_stdout};

use crate::{Library, Refusal, confine, inspect};

/// Serves one plugin until its input ends; gives the exit code of the process.
pub fn serve(memory_mib: u64) -> u8 {
    u8::from(contain(memory_mib).is_err())
}

fn contain(memory_mib: u64) -> io::Result<()> {
    let (mut input, mut output) = pipes()?;
    let Some((_, bytes)) = read_frame(&mut input, u64::MAX) else {
        return Ok(());
    };
    let loaded = confine::for_loading(memory_mib)
        .map_err(|fault| Refusal::NoWorker(fault.to_string()))
        .and_then(|()| inspect(&bytes))
        .and_then(|inspected| Library::load(&bytes, &inspected.note))
        .and_then(|library| Ok((library.describe()?, library)));
    drop(bytes);
    let library = match loaded {
        Ok((description, library)) => {
            write_frame(&mut output, DONE, &json(&description))?;
            library
        }
        Err(refusal) => return write_frame(&mut output, REFUSED, &json(&refusal)),
    };
    confine::for_calls()?;
    while let Some((name_len, frame)) = read_frame(&mut input, u64::MAX) {
        let name_len = usize::try_from(name_len).unwrap_or(usize::MAX);
        let Some((name, message)) = frame.split_at_checked(name_len) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        match library.call(str::from_utf8(name).unwrap_or_default(), message) {
            Ok(bytes) => write_frame(&mut output, DONE, &bytes)?,
            Err(refusal) => write_frame(&mut output, REFUSED, &json(&refusal))?,
        }
    }
    Ok(())
}

/// Takes the pipes to the host away from the plugin: what it prints goes where its errors go, and
/// what it reads is empty.
fn pipes() -> io::Result<(BufReader<File>, BufWriter<File>)> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    dup2_stdin(File::open("/dev/null")?)?;
    dup2_stdout(io::stderr())?;
    Ok((BufReader::new(input.into()), BufWriter::new(output.into())))
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
pub fn write_frame(output: &mut dyn Write, number: i32, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&number.to_le_bytes())?;
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}
