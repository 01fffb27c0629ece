//! A plugin that is running: in a process of its own, or in this one when it is trusted.

use std::io::{BufReader, BufWriter, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use riparto_core::diag::Text;
use riparto_core::say;
use riparto_plugin_abi::{DONE, Description, LONGEST_ANSWER, Note};
use rustix::process::{Pid, Signal, kill_process_group};

use crate::lock::Limits;
use crate::worker::{read_frame, write_frame};
use crate::{Library, Refusal, library};

/// The program that runs [`crate::worker::serve`], and how to ask it to.
///
/// The memory limit in MiB is added as the last argument.
#[derive(Debug, Clone)]
pub struct WorkerProgram {
    /// The program.
    pub path: PathBuf,
    /// What comes before the limit.
    pub arguments: Vec<String>,
}

/// A plugin that is running.
#[derive(Debug)]
pub enum Session {
    /// In this process.
    Inside(Library),
    /// In a process of its own.
    Apart(Worker),
}

impl Session {
    /// Gives what the plugin can do, as it said when it started.
    pub fn start(
        bytes: &[u8],
        note: &Note,
        trusted: bool,
        limits: Limits,
        program: &WorkerProgram,
    ) -> Result<(Self, Description), Refusal> {
        if trusted {
            let library = Library::load(bytes, note)?;
            let description = library.describe()?;
            return Ok((Self::Inside(library), description));
        }
        let mut worker = Worker::start(limits, program)?;
        let answer = worker.ask(0, bytes.to_vec())?;
        Ok((Self::Apart(worker), library::description(&answer)?))
    }

    /// Calls a capability on a message, twice: an answer that changes is refused, since nobody
    /// could get the same bytes again. After a crash or a time-out the session is over.
    pub fn call(&mut self, capability: &str, input: &[u8]) -> Result<Vec<u8>, Refusal> {
        let answer = self.call_once(capability, input)?;
        match self.call_once(capability, input) {
            Ok(again) if again == answer => Ok(answer),
            Ok(_) | Err(Refusal::Refused(_)) => Err(Refusal::Unsteady),
            Err(refusal) => Err(refusal),
        }
    }

    fn call_once(&mut self, capability: &str, input: &[u8]) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Inside(library) => library.call(capability, input),
            Self::Apart(worker) => {
                let name_len = i32::try_from(capability.len()).unwrap_or(i32::MAX);
                worker.ask(name_len, [capability.as_bytes(), input].concat())
            }
        }
    }
}

/// A process that contains a plugin.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    requests: Sender<(i32, Vec<u8>)>,
    answers: Receiver<(i32, Vec<u8>)>,
    last_words: Receiver<Vec<u8>>,
    limits: Limits,
    ended: Option<ExitStatus>,
}

impl Worker {
    fn start(limits: Limits, program: &WorkerProgram) -> Result<Self, Refusal> {
        let refuse = |fault: std::io::Error| Refusal::NoWorker(fault.to_string());
        let mut child = Command::new(&program.path)
            .args(&program.arguments)
            .arg(limits.memory_mib.to_string())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .map_err(refuse)?;
        let (to_child, from_child) = (child.stdin.take(), child.stdout.take());
        let (Some(to_child), Some(from_child), Some(said)) =
            (to_child, from_child, child.stderr.take())
        else {
            return Err(Refusal::NoWorker("no pipes".to_owned()));
        };
        let (requests, wanted) = channel::<(i32, Vec<u8>)>();
        let (given, answers) = channel();
        // The pipes are held by a thread of their own, so that a plugin that neither reads nor
        // writes can be given up on.
        thread::spawn(move || {
            let mut output = BufWriter::new(to_child);
            let mut input = BufReader::new(from_child);
            for (number, bytes) in wanted {
                let sent = write_frame(&mut output, number, &bytes);
                let answer = read_frame(&mut input, LONGEST_ANSWER as u64);
                let (Ok(()), Some(answer)) = (sent, answer) else {
                    return;
                };
                if given.send(answer).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            requests,
            answers,
            last_words: last_words(said),
            limits,
            ended: None,
        })
    }

    fn ask(&mut self, number: i32, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let limit = Duration::from_secs(self.limits.seconds);
        if self.requests.send((number, bytes)).is_err() {
            return Err(self.over());
        }
        match self.answers.recv_timeout(limit) {
            Ok((DONE, bytes)) => Ok(bytes),
            Ok((_, bytes)) => Err(serde_json::from_slice(&bytes)
                .unwrap_or_else(|fault| Refusal::Answer(Text::same(fault.to_string())))),
            Err(RecvTimeoutError::Timeout) => match self.end() {
                Ok(_) => Err(Refusal::TimeOut(self.limits.seconds)),
                Err(fault) => Err(Refusal::Crashed(Text::same(fault.to_string()))),
            },
            Err(RecvTimeoutError::Disconnected) => Err(self.over()),
        }
    }

    /// Says how the process ended.
    fn over(&mut self) -> Refusal {
        // A process that ends closes what it writes to; one that goes on has nothing more to say.
        let said = self.last_words.recv_timeout(GRACE).unwrap_or_default();
        match self.end() {
            Ok(status) => why(status, &String::from_utf8_lossy(&said), self.limits),
            Err(fault) => Refusal::Crashed(Text::same(fault.to_string())),
        }
    }

    /// Ends the process with all that it started.
    fn end(&mut self) -> std::io::Result<ExitStatus> {
        if let Some(status) = self.ended {
            return Ok(status);
        }
        // An error says that there is nobody left to end.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let status = self.child.wait()?;
        self.ended = Some(status);
        Ok(status)
    }
}

/// How long a process that closed its pipes may take to end by itself.
const GRACE: Duration = Duration::from_secs(1);
/// How much is kept of what a process says on its standard error, in bytes.
const LAST_WORDS: usize = 4096;

/// Reads what a process says on its standard error, and gives the end of it when it falls silent.
///
/// It tells why the process ended and is shown to nobody: a plugin may print what it was given.
fn last_words(mut said: ChildStderr) -> Receiver<Vec<u8>> {
    let (given, words) = channel();
    thread::spawn(move || {
        let (mut kept, mut chunk) = (Vec::new(), [0; LAST_WORDS]);
        while let Ok(read @ 1..) = said.read(&mut chunk) {
            kept.extend_from_slice(chunk.get(..read).unwrap_or_default());
            kept.drain(..kept.len().saturating_sub(LAST_WORDS));
        }
        // The worker may be gone: then nobody asks any more.
        let _ = given.send(kept);
    });
    words
}

impl Drop for Worker {
    fn drop(&mut self) {
        // What it was doing is no longer wanted; an error here leaves a process that ends with us.
        let _ = self.end();
    }
}

/// Says why a process ended: from what the run-time library of Rust says last when a stack
/// overflows or memory is refused, else from the signal or the exit code.
fn why(status: ExitStatus, said: &str, limits: Limits) -> Refusal {
    if said.contains("has overflowed its stack") {
        return Refusal::Stack;
    }
    if said.contains("memory allocation of") {
        return Refusal::Memory(limits.memory_mib);
    }
    Refusal::Crashed(match (status.signal(), status.code()) {
        (Some(6), _) => say!("si è chiuso da sé (segnale 6)", "it aborted (signal 6)"),
        (Some(9), _) => say!(
            "è stato chiuso: dal sistema, o perché ha scritto fuori dal contratto (segnale 9)",
            "it was killed: by the system, or for writing outside the contract (signal 9)"
        ),
        (Some(11), _) => say!(
            "ha usato un puntatore sbagliato (segnale 11)",
            "it used a wrong pointer (signal 11)"
        ),
        (Some(signal), _) => say!("segnale {signal}", "signal {signal}"),
        (None, Some(code)) => say!("codice di uscita {code}", "exit code {code}"),
        (None, None) => say!("non si sa come", "nobody knows how"),
    })
}
