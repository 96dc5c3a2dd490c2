//! `check`: everything that is wrong, or risky, with a `brands.yaml`.

mod github;

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::brands_api::BrandsApi;
use super::plain::plain;
use super::{Format, failure, no, remark, say};
use crate::config::{self, Checked, References, Summary};
use crate::zendesk_api::{Drift, drift};

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The configuration
    #[arg(value_name = "FILE", default_value = "brands.yaml")]
    file: PathBuf,
    /// Open no secret: for a place where they are not, such as a pull request's checks
    #[arg(long)]
    without_secrets: bool,
    /// Let warnings count as errors do
    #[arg(long)]
    strict: bool,
    /// Also name what the account's brands at Zendesk no longer say as the file does
    #[arg(long)]
    against_zendesk: bool,
    #[command(flatten)]
    api: BrandsApi,
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
}

/// Who reads what `check` says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, clap::ValueEnum)]
enum CheckFormat {
    /// A person
    #[default]
    Text,
    /// A program
    Json,
    /// GitHub, which shows each problem at its line of a pull request
    Github,
}

impl Check {
    /// Who reads that the command could not run.
    pub(super) fn format(&self) -> Format {
        if self.format == CheckFormat::Json { Format::Json } else { Format::Text }
    }

    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let references =
            if self.without_secrets { References::Unopened } else { References::Opened };
        let checked = match config::check(&self.file, references) {
            Ok(checked) => checked,
            Err(error) => {
                let code = error.code();
                let error = anyhow::Error::new(error)
                    .context(format!("cannot read {}", self.file.display()));
                match self.format {
                    CheckFormat::Text => remark(&format!("error: {error:#}\n"))?,
                    CheckFormat::Json => say(&failure("unreadable", code, &error))?,
                    CheckFormat::Github => {
                        say(&github::line("error", code.as_str(), &format!("{error:#}"), None))?;
                    }
                }
                return Ok(no());
            }
        };
        let drift = match &checked.brands {
            Some(brands) if self.against_zendesk => {
                Some(drift(brands, &self.api.ask(brands.account())?))
            }
            _ => None,
        };
        let (_, warnings) = checked.report.counts();
        let has_drifted = drift.as_ref().is_some_and(|it| !it.is_empty());
        let is_good = checked.summary.is_some() && (warnings == 0 || !self.strict) && !has_drifted;
        match self.format {
            CheckFormat::Text => say(&self.text(&checked, drift.as_deref(), is_good)?)?,
            CheckFormat::Json => {
                say(&format!("{:#}\n", self.json(&checked, drift.as_deref(), is_good)))?;
            }
            CheckFormat::Github => {
                say(&github::lines(&checked.report.json(), drift.as_deref(), &self.file))?;
            }
        }
        Ok(if is_good { ExitCode::SUCCESS } else { no() })
    }

    fn text(
        &self,
        checked: &Checked,
        drift: Option<&[Drift]>,
        is_good: bool,
    ) -> Result<String, std::fmt::Error> {
        let mut text = checked.report.text(io::stdout().is_terminal());
        let Some(Summary { brands, hosts, backends, account }) = &checked.summary else {
            return Ok(text);
        };
        let name = self.file.display();
        for drift in drift.unwrap_or_default() {
            writeln!(text, "drift[{}]: {}", drift.kind.as_str(), plain(&drift.to_string()))?;
        }
        let differences = drift.map_or(0, <[_]>::len);
        if differences > 0 {
            writeln!(
                text,
                "{name}: not good: {differences} differences from the account {account}"
            )?;
        } else if is_good {
            let but = if self.without_secrets { ", its secrets unopened" } else { "" };
            let same = if drift.is_some() { ", and says what Zendesk says" } else { "" };
            writeln!(
                text,
                "{name}: good{but}: {brands} brands, {hosts} hosts, {backends} backends, for the \
                 account {account}{same}"
            )?;
        } else {
            writeln!(text, "{name}: not good: with --strict a warning counts")?;
        }
        Ok(text)
    }

    fn json(&self, checked: &Checked, drift: Option<&[Drift]>, is_good: bool) -> Value {
        let (errors, warnings) = checked.report.counts();
        let problems = checked.report.json();
        let shown = problems.as_array().map_or(0, Vec::len);
        let table = checked.summary.as_ref().map(|it| {
            json!({
                "account": it.account,
                "brands": it.brands,
                "hosts": it.hosts,
                "backends": it.backends,
            })
        });
        let drift = drift.map(|all| {
            let one = |it: &Drift| {
                json!({ "kind": it.kind.as_str(), "brand": it.brand, "message": it.message })
            };
            all.iter().map(one).collect::<Vec<_>>()
        });
        json!({
            "outcome": if is_good { "good" } else { "problems" },
            "file": self.file.display().to_string(),
            "strict": self.strict,
            "secrets_opened": !self.without_secrets,
            "errors": errors,
            "warnings": warnings,
            "not_shown": (errors + warnings).saturating_sub(shown),
            "table": table,
            "problems": problems,
            "drift": drift,
        })
    }
}
