//! The program as the tests run it: the same as `riparto`, built beside them.

use std::process::ExitCode;

fn main() -> ExitCode {
    riparto::main()
}
