//! `who`: under which text the audit log has somebody.

use std::io;
use std::process::ExitCode;

use anyhow::Context as _;

use super::{ConfigFile, no, remark, say};
use crate::config;
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
        let file = self.file.config.display();
        let loaded =
            config::load(&self.file.config).with_context(|| format!("cannot read {file}"))?;
        let Some(config) = loaded.config else {
            remark(&loaded.report.text(false))?;
            anyhow::bail!("{file} is not good: `check` explains");
        };
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
                remark("this is not an e-mail address\n")?;
                return Ok(no());
            };
            audit.key.email(&email.folded())
        };
        say(&format!("{hidden}\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}
