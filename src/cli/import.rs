//! `import`: makes a first `brands.yaml` of what is there already.

mod output;
mod php;
mod zendesk;

use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, clap::Subcommand)]
enum Source {
    /// Of the published router, zdlogin.php and zdlogout.php: their tables of hosts and login pages
    Php(php::Php),
    /// Of an account, by the Brands API: its brands with their numbers and hosts
    Zendesk(zendesk::Zendesk),
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        match self.source {
            Source::Php(php) => php.run(),
            Source::Zendesk(zendesk) => zendesk.run(),
        }
    }
}
