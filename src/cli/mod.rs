//! The commands, one file each. Exit code 0: yes, 1: no, 2: could not run.

mod brands_api;
mod check;
mod completions;
#[cfg(feature = "demo")]
mod demo;
mod health;
mod import;
mod inspect;
mod mint;
mod private_listener;
mod reload;
mod route;
mod schema;
mod serve;
mod signals;
mod sockets;
mod systemd;
mod visitor;
mod who;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};
use serde_json::json;

#[cfg(feature = "demo")]
pub use self::demo::RunningDemo;

use crate::backend::Backend;
use crate::config::{self, Code, Config};
use crate::domain::Brand;
use crate::log::{self, LogFormat};

/// How long whoever reads the log may let its last lines wait.
const PATIENCE: Duration = Duration::from_secs(1);

/// One Zendesk remote login and logout URL in front of many brands.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Args {
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
    /// Make a first brands.yaml of what is there already
    Import(import::Import),
    /// Say what a token is, what would be refused, and how to mend it
    Inspect(inspect::Inspect),
    /// Make a token for trying things out
    Mint(mint::Mint),
    /// Print the JSON Schema of brands.yaml, for editors
    Schema(schema::Schema),
    /// Print what a shell completes
    Completions(completions::Completions),
    /// Print the manual page
    Man(completions::Man),
    /// Try it out: a stand-in Zendesk, five brands and brandgate in one process
    #[cfg(feature = "demo")]
    Demo(demo::Demo),
    /// Not in this build
    #[cfg(not(feature = "demo"))]
    #[command(hide = true)]
    Demo {
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        _arguments: Vec<OsString>,
    },
    /// Say whether the service on this machine should be sent people
    Health(health::Health),
    /// Say who a Chat visitor is, and of which brand
    Visitor(visitor::Visitor),
    /// Say under which text the audit log has somebody
    Who(who::Who),
}

/// Which file.
#[derive(Debug, clap::Args)]
struct ConfigFile {
    /// The configuration
    #[arg(short, long, value_name = "FILE", default_value = "brands.yaml")]
    config: PathBuf,
}

impl ConfigFile {
    /// What the file says, which must be good.
    fn read(&self) -> anyhow::Result<Config> {
        let file = self.config.display();
        let loaded = config::load(&self.config).with_context(|| format!("cannot read {file}"))?;
        let Some(config) = loaded.config else {
            remark(&loaded.report.text(false))?;
            anyhow::bail!("{file} is not good: `check` explains");
        };
        Ok(config)
    }
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

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let (format, outcome) = match Args::try_parse() {
        Ok(args) => (args.format(), args.run()),
        Err(error) if error.use_stderr() && asks_for_json(std::env::args_os()) => {
            // Behind an empty line there are a usage and a hint for people.
            let message = error.to_string();
            let lines = message.lines().take_while(|line| !line.is_empty()).map(str::trim);
            let said = lines.collect::<Vec<_>>().join(" ");
            let said = said.strip_prefix("error: ").unwrap_or(&said).to_owned();
            (Format::Json, Err(anyhow::Error::msg(said)))
        }
        Err(error) => error.exit(),
    };
    let code = outcome.unwrap_or_else(|error| {
        // If not even this can be written, the exit code has to do.
        match format {
            // Who reads what we say has enough of it (`| head`).
            _ if is_reader_gone(&error) => {}
            Format::Text => drop(remark(&format!("error: {error:#}\n"))),
            Format::Json => drop(say(&failure("could-not-run", Code::CouldNotRun, &error))),
        }
        ExitCode::from(2)
    });
    log::end(PATIENCE);
    code
}

/// Whether nobody reads our standard output any more: other pipes and connections break, too.
fn is_reader_gone(error: &anyhow::Error) -> bool {
    let is_it = |Unsaid(why): &Unsaid| why.kind() == io::ErrorKind::BrokenPipe;
    error.downcast_ref().is_some_and(is_it)
}

/// Whether arguments that cannot be read ask for JSON all the same.
fn asks_for_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.collect();
    arguments.iter().any(|it| it == "--format=json")
        || arguments.windows(2).any(|two| two == ["--format", "json"])
}

/// What a program is told where there is nothing else to tell.
fn failure(outcome: &str, code: Code, error: &anyhow::Error) -> String {
    let problem = json!({
        "code": code.as_str(),
        "severity": "error",
        "message": format!("{error:#}"),
    });
    format!("{:#}\n", json!({ "outcome": outcome, "problems": [problem] }))
}

impl Args {
    /// Who reads what the command says.
    fn format(&self) -> Format {
        match &self.command {
            Command::Check(check) => check.format(),
            Command::Route(route) => route.format,
            Command::Visitor(visitor) => visitor.format,
            Command::Inspect(inspect) => inspect.format,
            Command::Import(_) | Command::Mint(_) => Format::Text,
            Command::Schema(_) | Command::Completions(_) | Command::Man(_) => Format::Text,
            Command::Serve(_) | Command::Health(_) | Command::Who(_) => Format::Text,
            #[cfg(feature = "demo")]
            Command::Demo(_) => Format::Text,
            #[cfg(not(feature = "demo"))]
            Command::Demo { .. } => Format::Text,
        }
    }

    fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Serve(serve) => serve.run(),
            Command::Check(check) => check.run(),
            Command::Route(route) => route.run(),
            Command::Import(import) => import.run(),
            Command::Inspect(inspect) => inspect.run(),
            Command::Mint(mint) => mint.run(),
            Command::Schema(schema) => schema.run(),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
            #[cfg(feature = "demo")]
            Command::Demo(demo) => demo.run(),
            #[cfg(not(feature = "demo"))]
            Command::Demo { .. } => anyhow::bail!(
                "this brandgate is built without the demo: `cargo run --release -- demo` in its \
                 project has it, and so has the image brandgate:demo"
            ),
            Command::Health(health) => health.run(),
            Command::Visitor(visitor) => visitor.run(),
            Command::Who(who) => who.run(),
        }
    }
}

/// What the command was asked for cannot be said.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output")]
struct Unsaid(#[source] io::Error);

/// What the command was asked for.
fn say(text: &str) -> Result<(), Unsaid> {
    say_bytes(text.as_bytes())
}

/// The same where it need not be text.
fn say_bytes(bytes: &[u8]) -> Result<(), Unsaid> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(Unsaid)
}

/// Everything else.
fn remark(text: &str) -> io::Result<()> {
    log::remark(text)
}

/// Which of the two nobody can sign in to, or by, for now.
fn closed(brand: &Brand, backend: &Backend) -> Option<&'static str> {
    let brand = brand.closed.as_ref().map(|_| "brand");
    brand.or(backend.closed.as_ref().map(|_| "backend"))
}

/// Says why not.
fn refuse(why: &str) -> anyhow::Result<ExitCode> {
    remark(&format!("error: {why}\n"))?;
    Ok(no())
}

/// The code for "no".
fn no() -> ExitCode {
    ExitCode::from(1)
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use anyhow::Context as _;
    use clap::CommandFactory as _;

    use super::{Unsaid, is_reader_gone};

    #[test]
    fn only_our_own_standard_output_breaks_in_silence() {
        let of = |kind: ErrorKind| Err::<(), _>(Unsaid(kind.into()));
        let elsewhere = Error::from(ErrorKind::BrokenPipe);
        // (what, how it ends, whether nothing is said)
        for (what, outcome, is_quiet) in [
            ("`| head`", of(ErrorKind::BrokenPipe).context("of a command"), true),
            ("a full disk", of(ErrorKind::StorageFull).context("of a command"), false),
            ("a connection", Err(elsewhere).context("cannot ask"), false),
        ] {
            assert_eq!(is_reader_gone(&outcome.unwrap_err()), is_quiet, "{what}");
        }
    }

    #[test]
    fn the_arguments_are_well_formed() {
        super::Args::command().debug_assert();
    }
}
