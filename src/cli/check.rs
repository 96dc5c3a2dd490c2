//! `check`: everything that is wrong, or risky, with a `brands.yaml`.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use super::{Format, no, remark, say};
use crate::config;

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The configuration
    #[arg(value_name = "FILE", default_value = "brands.yaml")]
    file: PathBuf,
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let loaded = config::load(&self.file)
            .with_context(|| format!("cannot read {}", self.file.display()));
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(error) => {
                remark(&format!("error: {error:#}\n"))?;
                return Ok(no());
            }
        };
        let report = match self.format {
            Format::Text => loaded.report.text(io::stdout().is_terminal()),
            Format::Json => format!("{:#}\n", loaded.report.json()),
        };
        say(&report)?;
        let Some(config) = loaded.config else { return Ok(no()) };
        if self.format == Format::Text {
            let brands = config.brands.iter().count();
            let hosts: usize = config.brands.iter().map(|(_, brand)| brand.hosts().count()).sum();
            say(&format!(
                "{}: good: {brands} brands, {hosts} hosts, {} backends, for the account {}\n",
                self.file.display(),
                config.backends.len(),
                config.brands.account().host(),
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
