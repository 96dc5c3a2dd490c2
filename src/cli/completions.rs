//! `completions` and `man`: what a shell and `man` know of the commands.

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Args, say_bytes};

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell that reads them
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Args::command(), "brandgate", &mut script);
        say_bytes(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The command that the page is about, such as `import php`; without one, brandgate itself, with a list of them
    command: Vec<String>,
}

impl Man {
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let mut command = Args::command().disable_help_subcommand(true);
        command.build();
        for name in &self.command {
            let named = command.find_subcommand(name).filter(|it| !it.is_hide_set());
            command = named.cloned().ok_or_else(|| {
                anyhow::anyhow!("there is no such command; `brandgate --help` lists them")
            })?;
        }
        let source = concat!("brandgate ", env!("CARGO_PKG_VERSION"));
        let mut page = Vec::new();
        clap_mangen::Man::new(command).source(source).render(&mut page)?;
        say_bytes(&page)?;
        Ok(ExitCode::SUCCESS)
    }
}
