//! The `brandgate` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    brandgate::cli::main()
}
