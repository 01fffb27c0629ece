//! The `riparto` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    riparto::main()
}
