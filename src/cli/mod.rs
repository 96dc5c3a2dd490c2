//! The commands, one file each. Exit code 0: yes, 1: no, 2: could not run.

mod check;
mod demo;
mod route;
mod serve;
mod visitor;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

pub use self::demo::RunningDemo;

use crate::telemetry::LogFormat;

/// One Zendesk remote login and logout URL in front of many brands.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service
    Serve(serve::Serve),
    /// Say everything that is wrong, or risky, with a brands.yaml
    Check(check::Check),
    /// Say where a remote login or logout URL leads, and why
    Route(route::Route),
    /// Try it out: a stand-in Zendesk, five brands and brandgate in one process
    Demo(demo::Demo),
    /// Say who a Chat visitor is, and of which brand
    Visitor(visitor::Visitor),
}

/// Which file.
#[derive(Debug, clap::Args)]
struct ConfigFile {
    /// The configuration
    #[arg(short, long, value_name = "FILE", default_value = "brands.yaml")]
    config: PathBuf,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
enum Format {
    /// A person
    #[default]
    Text,
    /// A program
    Json,
}

impl From<Format> for LogFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
        }
    }
}

impl Args {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Serve(serve) => serve.run(),
            Command::Check(check) => check.run(),
            Command::Route(route) => route.run(),
            Command::Demo(demo) => demo.run(),
            Command::Visitor(visitor) => visitor.run(),
        }
    }
}

/// What the command was asked for.
fn say(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Everything else.
fn remark(text: &str) -> io::Result<()> {
    io::stderr().lock().write_all(text.as_bytes())
}

/// The code for "no".
fn no() -> ExitCode {
    ExitCode::from(1)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_well_formed() {
        super::Args::command().debug_assert();
    }
}
