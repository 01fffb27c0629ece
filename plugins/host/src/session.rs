//! A plugin that is running: in a process of its own, or in this one when it is trusted.

use std::io::{BufReader, BufWriter};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use riparto_plugin_abi::{DONE, Description, Fault, LONGEST_ANSWER, Note, PANICKED, REFUSED};

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

    /// Calls a capability on a message. After a crash or a time-out the session is over.
    pub fn call(&mut self, capability: &str, input: &[u8]) -> Result<Vec<u8>, Refusal> {
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
    limits: Limits,
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
            .stderr(Stdio::null())
            .spawn()
            .map_err(refuse)?;
        let (to_child, from_child) = (child.stdin.take(), child.stdout.take());
        let (Some(to_child), Some(from_child)) = (to_child, from_child) else {
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
            limits,
        })
    }

    fn ask(&mut self, number: i32, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        let limit = Duration::from_secs(self.limits.seconds);
        if self.requests.send((number, bytes)).is_err() {
            return Err(self.over());
        }
        match self.answers.recv_timeout(limit) {
            Ok((DONE, bytes)) => Ok(bytes),
            Ok((status, bytes)) => Err(refusal(status, &bytes)),
            Err(RecvTimeoutError::Timeout) => match self.end() {
                Ok(_) => Err(Refusal::TimeOut(self.limits.seconds)),
                Err(fault) => Err(Refusal::Crashed(fault.to_string())),
            },
            Err(RecvTimeoutError::Disconnected) => Err(self.over()),
        }
    }

    /// Says how the process ended.
    fn over(&mut self) -> Refusal {
        // It closed its pipes; if it still runs, it has nothing more to say.
        let ended = match self.child.try_wait() {
            Ok(Some(status)) => Ok(status),
            _ => {
                thread::sleep(Duration::from_millis(50));
                self.end()
            }
        };
        match ended {
            Ok(status) => Refusal::Crashed(how(status, self.limits)),
            Err(fault) => Refusal::Crashed(fault.to_string()),
        }
    }

    fn end(&mut self) -> std::io::Result<ExitStatus> {
        if let Some(status) = self.child.try_wait()? {
            return Ok(status);
        }
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // What it was doing is no longer wanted; an error here leaves a process that ends with us.
        let _ = self.end();
    }
}

fn how(status: ExitStatus, limits: Limits) -> String {
    let memory = limits.memory_mib;
    match (status.signal(), status.code()) {
        (Some(6), _) => format!("signal 6 (abort, or more than {memory} MiB of memory)"),
        (Some(11), _) => "signal 11 (a wrong pointer, or too deep a recursion)".to_owned(),
        (Some(9), _) => "an answer outside the contract".to_owned(),
        (Some(signal), _) => format!("signal {signal}"),
        (None, Some(code)) => format!("exit code {code}"),
        (None, None) => "for reasons unknown".to_owned(),
    }
}

fn refusal(status: i32, bytes: &[u8]) -> Refusal {
    match serde_json::from_slice::<Fault>(bytes) {
        Ok(fault) if status == REFUSED => Refusal::Refused(Box::new(fault)),
        Ok(fault) if status == PANICKED => Refusal::Crashed(fault.message_en),
        Ok(fault) if !fault.code.is_empty() => Refusal::Refused(Box::new(fault)),
        Ok(fault) => Refusal::Answer(fault.message_en),
        Err(fault) => Refusal::Answer(fault.to_string()),
    }
}
