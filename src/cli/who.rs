//! `who`: under which text the audit log has somebody.

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;

use super::{ConfigFile, refuse, say};
use crate::domain::EmailAddress;

#[derive(Debug, clap::Args)]
pub(super) struct Who {
    /// Their e-mail address; without one, a line of standard input
    person: Option<String>,
    /// It is an external id, as Zendesk has it
    #[arg(long)]
    external_id: bool,
    #[command(flatten)]
    file: ConfigFile,
}

impl Who {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let config = self.file.read()?;
        let audit = config.server.audit.context("the file has no `server.audit`")?;
        let person = match self.person {
            Some(person) => person,
            None => io::read_to_string(io::stdin()).context("cannot read standard input")?,
        };
        let person = person.trim();
        let hidden = if self.external_id {
            audit.key.external_id(person)
        } else {
            let Ok(email) = EmailAddress::parse(person) else {
                return refuse("this is not an e-mail address");
            };
            audit.key.email(&email.folded())
        };
        say(&format!("{hidden}\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}
