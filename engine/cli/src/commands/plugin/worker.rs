//! The process that contains a plugin. It is not a command for people: it reads no command line
//! but its memory limit, and answers on its output in the form of the plugin host.

use std::ffi::OsString;

use riparto_plugin_host::worker;

/// The first argument that asks for it.
pub const WORKER: &str = "plugin-worker";

/// Serves a plugin if the program was called for that; gives the exit code.
pub fn serve(arguments: &[OsString]) -> Option<u8> {
    if arguments.get(1)?.to_str()? != WORKER {
        return None;
    }
    let memory_mib = arguments.get(2)?.to_str()?.parse().ok()?;
    Some(worker::serve(memory_mib))
}
