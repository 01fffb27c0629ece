//! The process that contains a plugin, for the tests and the benchmarks of this crate; the
//! program `riparto` serves as its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    let memory_mib = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let Some(memory_mib) = memory_mib else {
        return ExitCode::FAILURE;
    };
    ExitCode::from(riparto_plugin_host::worker::serve(memory_mib))
}
