//! `check`: everything that is wrong, or risky, with a `brands.yaml`.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::{Format, failure, no, remark, say};
use crate::config::{self, Checked, References, Summary};

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
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl Check {
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
                    Format::Text => remark(&format!("error: {error:#}\n"))?,
                    Format::Json => say(&failure("unreadable", code, &error))?,
                }
                return Ok(no());
            }
        };
        let (_, warnings) = checked.report.counts();
        let is_good = checked.summary.is_some() && (warnings == 0 || !self.strict);
        match self.format {
            Format::Text => say(&self.text(&checked, is_good))?,
            Format::Json => say(&format!("{:#}\n", self.json(&checked, is_good)))?,
        }
        Ok(if is_good { ExitCode::SUCCESS } else { no() })
    }

    fn text(&self, checked: &Checked, is_good: bool) -> String {
        let text = checked.report.text(io::stdout().is_terminal());
        let Some(Summary { brands, hosts, backends, account }) = &checked.summary else {
            return text;
        };
        let name = self.file.display();
        if !is_good {
            return text + &format!("{name}: not good: with --strict a warning counts\n");
        }
        let but = if self.without_secrets { ", its secrets unopened" } else { "" };
        text + &format!(
            "{name}: good{but}: {brands} brands, {hosts} hosts, {backends} backends, \
             for the account {account}\n"
        )
    }

    fn json(&self, checked: &Checked, is_good: bool) -> Value {
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
        })
    }
}
