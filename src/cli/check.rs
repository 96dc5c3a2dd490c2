//! `check`: everything that is wrong, or risky, with a `brands.yaml`.

mod github;
mod live;

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value, json};

use self::live::Answered;
use super::brands_api::BrandsApi;
use super::{Format, failure, no, remark, say};
use crate::config::{self, Checked, References, Summary};
use crate::plain::{counted, plain};
use crate::zendesk_api::{Drift, drift};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct Check {
    /// The configuration
    #[arg(value_name = "FILE", default_value = "brands.yaml", conflicts_with = "config")]
    file: PathBuf,
    /// The same, as every other command takes it
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Open no secret: for a place where they are not, such as a pull request's checks
    #[arg(long)]
    without_secrets: bool,
    /// Let warnings count as errors do
    #[arg(long)]
    strict: bool,
    /// Also name what the account's brands at Zendesk no longer say as the file does
    #[arg(long)]
    against_zendesk: bool,
    /// Also ask every backend, the store and Zendesk's clock whether they answer
    #[arg(long, conflicts_with = "without_secrets")]
    live: bool,
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

/// Everything that was found out.
struct Found {
    checked: Checked,
    /// In what Zendesk differs, if it was asked.
    drift: Option<Vec<Drift>>,
    /// What answers, if it was asked.
    live: Option<Vec<Answered>>,
}

impl Found {
    /// How many did not answer as they must.
    fn unanswered(&self) -> usize {
        let all = self.live.iter().flatten();
        all.filter(|it| it.reached.outcome.is_err()).count()
    }

    fn is_good(&self, strict: bool) -> bool {
        let (_, warnings) = self.checked.report.counts();
        self.checked.summary.is_some()
            && (warnings == 0 || !strict)
            && self.drift.as_ref().is_none_or(Vec::is_empty)
            && self.unanswered() == 0
    }
}

impl Check {
    /// Who reads that the command could not run.
    pub(super) fn format(&self) -> Format {
        if self.format == CheckFormat::Json { Format::Json } else { Format::Text }
    }

    pub(super) fn run(mut self) -> anyhow::Result<ExitCode> {
        if let Some(file) = self.config.take() {
            self.file = file;
        }
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
        let live = match &checked.summary {
            // It was good a moment ago.
            Some(_) if self.live => {
                config::load(&self.file)?.config.as_ref().map(live::ask).transpose()?
            }
            _ => None,
        };
        let found = Found { checked, drift, live };
        let is_good = found.is_good(self.strict);
        match self.format {
            CheckFormat::Text => say(&self.text(&found, is_good)?)?,
            CheckFormat::Json => say(&format!("{:#}\n", self.json(&found, is_good)))?,
            CheckFormat::Github => {
                let problems = found.checked.report.json();
                let (drift, live) = (found.drift.as_deref(), found.live.as_deref());
                say(&github::lines(&problems, drift, live, &self.file))?;
            }
        }
        Ok(if is_good { ExitCode::SUCCESS } else { no() })
    }

    fn text(&self, found: &Found, is_good: bool) -> Result<String, std::fmt::Error> {
        let Found { checked, drift, live } = found;
        let mut text = checked.report.text(io::stdout().is_terminal());
        let Some(Summary { brands, hosts, backends, account }) = &checked.summary else {
            return Ok(text);
        };
        let name = self.file.display();
        text += &live::text(live.as_deref().unwrap_or_default())?;
        let unanswered = found.unanswered();
        for drift in drift.as_deref().unwrap_or_default() {
            writeln!(text, "drift[{}]: {}", drift.kind.as_str(), plain(&drift.to_string()))?;
        }
        let differences = drift.as_ref().map_or(0, Vec::len);
        if unanswered > 0 {
            writeln!(
                text,
                "{name}: not good: {unanswered} of what it names do not answer as they must"
            )?;
        } else if differences > 0 {
            writeln!(
                text,
                "{name}: not good: {} from the account {account}",
                counted(differences, "difference")
            )?;
        } else if is_good {
            let but = if self.without_secrets { ", its secrets unopened" } else { "" };
            let same = if drift.is_some() { ", and says what Zendesk says" } else { "" };
            let answers = if live.is_some() { ", and all of it answers" } else { "" };
            writeln!(
                text,
                "{name}: good{but}: {}, {}, {}, for the account {account}{same}{answers}",
                counted(*brands, "brand"),
                counted(*hosts, "host"),
                counted(*backends, "backend")
            )?;
        } else {
            writeln!(text, "{name}: not good: with --strict a warning counts")?;
        }
        Ok(text)
    }

    fn json(&self, found: &Found, is_good: bool) -> Value {
        let Found { checked, drift, live } = found;
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
        let drift = drift.as_ref().map(|all| {
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
            "live": live.as_deref().map(live::as_json),
        })
    }
}
