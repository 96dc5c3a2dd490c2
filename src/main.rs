//! The `brandgate` command.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match brandgate::cli::Args::parse().run() {
        Ok(code) => code,
        Err(error) => {
            // If not even this can be written, the exit code has to do.
            drop(writeln!(std::io::stderr(), "error: {error:#}"));
            ExitCode::from(2)
        }
    }
}
