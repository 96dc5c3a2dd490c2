//! `route`: which brand, rule, backend and exact Location, and why not the others.

use std::net::IpAddr;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::json;

use super::{ConfigFile, Format, no, remark, say};
use crate::config;
use crate::route::look_up;

#[derive(Debug, clap::Args)]
pub(super) struct Route {
    /// A captured address of brandgate's, or a bare `return_to` as people see it
    url: String,
    /// The person's address, for routes with `client_ip`
    #[arg(long, value_name = "ADDRESS")]
    client_ip: Option<IpAddr>,
    #[command(flatten)]
    file: ConfigFile,
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl Route {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let loaded = config::load(&self.file.config)
            .with_context(|| format!("cannot read {}", self.file.config.display()))?;
        let Some(config) = loaded.config else {
            if self.format == Format::Json {
                let problems = loaded.report.json();
                let said = json!({ "outcome": "could-not-run", "problems": problems });
                say(&format!("{said:#}\n"))?;
                return Ok(ExitCode::from(2));
            }
            remark(&loaded.report.text(false))?;
            anyhow::bail!("{} is not good: `check` explains", self.file.config.display());
        };
        let answer = look_up(&config.table, &self.url, self.client_ip);
        match self.format {
            Format::Text => say(&answer.text)?,
            Format::Json => say(&format!("{:#}\n", answer.json))?,
        }
        Ok(if answer.leads_on { ExitCode::SUCCESS } else { no() })
    }
}
