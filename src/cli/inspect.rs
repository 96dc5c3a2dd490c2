//! `inspect`: what a token is, what it says, what would be refused, and how to mend it.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Read as _};
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{ConfigFile, Format, closed, no, refuse, remark, say};
use crate::clock::Clock;
use crate::config;
use crate::inspect::{
    ExplainedMember, InspectedToken, Mend, SecretUse, Severity, ago, explain, used,
};
use crate::plain::{plain, plain_json};
use crate::token::{Validation, VerifiedJws};

/// Most that is read of what is pasted, in bytes.
const MAX_PASTED: u64 = 64 * 1024;

/// Longest value that is shown whole, in characters.
const MAX_SHOWN: usize = 120;

#[derive(Debug, clap::Args)]
pub(super) struct Inspect {
    /// The token, or an address or a header with it; `-`: read from standard input, which keeps it
    /// out of the shell's history
    #[arg(value_name = "JWT", default_value = "-", allow_hyphen_values = true)]
    token: String,
    /// The environment variable with the secret that should have signed it
    #[arg(long, value_name = "NAME")]
    secret_env: Option<String>,
    /// Whether this brand's backend and rules would take it, as an assertion
    #[arg(long, value_name = "BRAND")]
    brand: Option<String>,
    #[command(flatten)]
    file: ConfigFile,
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// What a brand of the file makes of a token.
struct Judged {
    brand: String,
    backend: String,
    refused: Option<String>,
}

impl Inspect {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let pasted = self.pasted()?;
        let secret = match &self.secret_env {
            Some(name) => Some(config::variable(name).context(
                "there is no environment variable of that name; `--secret-env` takes a name, not the \
                 secret itself",
            )?),
            None => None,
        };
        let now = Clock::default().now();
        let explanation = match explain(&pasted, now) {
            Ok(explanation) => explanation,
            Err(error) => match self.format {
                Format::Text => return refuse(&error.to_string()),
                Format::Json => {
                    let said = json!({ "outcome": "no-token", "message": error.to_string() });
                    say(&format!("{said:#}\n"))?;
                    return Ok(no());
                }
            },
        };
        let secret = secret.map(|secret| used(&secret, &explanation.token));
        let judged = match &self.brand {
            Some(brand) => Some(self.judge(brand, &explanation.token, now)?),
            None => None,
        };
        let is_refused = explanation.findings.iter().any(|it| it.severity == Severity::Refused)
            || secret.is_some_and(|it| it != SecretUse::AsItIs)
            || judged.as_ref().is_some_and(|it| it.refused.is_some());
        match self.format {
            Format::Text => say(&text(&explanation, secret, judged.as_ref(), now)?)?,
            Format::Json => {
                say(&plain_json(&as_json(&explanation, secret, judged.as_ref(), is_refused)))?;
            }
        }
        Ok(if is_refused { no() } else { ExitCode::SUCCESS })
    }

    /// What was pasted, be it as an argument or into standard input.
    fn pasted(&self) -> anyhow::Result<String> {
        if self.token != "-" {
            return Ok(self.token.clone());
        }
        let stdin = io::stdin();
        if stdin.is_terminal() {
            remark("paste a token, then press Ctrl-D on a line of its own\n")?;
        }
        let mut bytes = Vec::new();
        stdin.lock().take(MAX_PASTED + 1).read_to_end(&mut bytes)?;
        anyhow::ensure!(bytes.len() as u64 <= MAX_PASTED, "this is longer than any token (64 KB)");
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What `/access/jwt` would make of the token as an assertion for `brand`, but for the flow.
    fn judge(&self, brand: &str, token: &str, now: u64) -> anyhow::Result<Judged> {
        let table = self.file.read()?.table;
        let (_, brand) = table
            .brands
            .named(brand)
            .with_context(|| format!("the file has no brand `{}`", plain(brand)))?;
        let (key, rules) = brand.backend(None).context("the brand has no backend")?;
        let backend = table.backend(key).context("the brand has no backend")?;
        let refused = || -> Result<(), String> {
            let assertions = backend
                .assertions()
                .ok_or("this backend takes no assertions: it has no `assertion`")?;
            let verified = VerifiedJws::verify(token, &assertions.keys).map_err(|error| {
                let is_live = VerifiedJws::verify(token, &table.shared_secret).is_ok();
                let live =
                    "; it is by Zendesk's own secret: a live Zendesk JWT, for the account itself";
                format!("{error}{}", if is_live { live } else { "" })
            })?;
            let validation =
                Validation::of_assertion(&table.public_url, assertions.audience_required);
            let assertion =
                verified.validate(&validation, now).map_err(|error| error.to_string())?;
            let admitted = table.admit(rules, (key, backend), &assertion.claimed);
            admitted.map(drop).map_err(|error| error.to_string())?;
            closed(brand, backend).map_or(Ok(()), |what| Err(format!("the {what} is closed")))
        };
        Ok(Judged {
            brand: brand.name.to_string(),
            backend: backend.name.to_string(),
            refused: refused().err(),
        })
    }
}

fn text(
    explanation: &InspectedToken,
    secret: Option<SecretUse>,
    judged: Option<&Judged>,
    now: u64,
) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "this is    {}", explanation.kind.sentence())?;
    match secret {
        // The brand's line says it.
        None if judged.is_some() => {}
        None => writeln!(
            text,
            "signature  not looked at; `--secret-env NAME` names the variable with the secret"
        )?,
        Some(used) => {
            let (sentence, mend) = used.sentence();
            writeln!(text, "signature  {sentence}")?;
            mended(&mut text, mend)?;
        }
    }
    if let Some(Judged { brand, backend, refused }) = judged {
        let verdict = match refused {
            None => "signed in, if a sign-in was begun in the browser".to_owned(),
            Some(why) => format!("refused: {}", plain(why)),
        };
        writeln!(text, "brand      {brand}, by its backend {backend}: {verdict}")?;
    }
    for (title, said) in [("header", &explanation.header), ("claims", &explanation.claims)] {
        writeln!(text, "\n{title}")?;
        let values: Vec<String> = said.iter().map(|it| shown(&it.value)).collect();
        let width = said.iter().map(|it| it.name.chars().count()).max().unwrap_or_default().min(24);
        for (ExplainedMember { name, value, meaning }, shown) in said.iter().zip(&values) {
            let when = value
                .as_u64()
                .filter(|_| ["iat", "exp", "nbf", "auth_time"].contains(&name.as_str()));
            let when = when.map_or(String::new(), |at| format!(" ({})", ago(at, now)));
            let meaning = if meaning.is_empty() { String::new() } else { format!("  # {meaning}") };
            writeln!(text, "  {:<width$}  {shown}{when}{meaning}", plain(name))?;
        }
    }
    if explanation.findings.is_empty() {
        writeln!(text, "\nnothing is wrong with what it says")?;
    } else {
        writeln!(text, "\nwhat is wrong")?;
    }
    for finding in &explanation.findings {
        let word = match finding.severity {
            Severity::Refused => "refused: ",
            Severity::Doubtful => "",
        };
        writeln!(text, "- {word}{}: {}", plain(&finding.at), plain(&finding.message))?;
        mended(&mut text, finding.mend)?;
    }
    Ok(text)
}

fn mended(text: &mut String, mend: Option<Mend>) -> std::fmt::Result {
    let Some(Mend { php, node, python, ruby }) = mend else { return Ok(()) };
    for (language, line) in [("PHP", php), ("Node.js", node), ("Python", python), ("Ruby", ruby)] {
        writeln!(text, "    {language:<8} {line}")?;
    }
    Ok(())
}

/// A value, cut where it is long.
fn shown(value: &Value) -> String {
    let whole = plain(&value.to_string());
    match whole.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", whole.get(..end).unwrap_or_default()),
        None => whole,
    }
}

fn as_json(
    explanation: &InspectedToken,
    secret: Option<SecretUse>,
    judged: Option<&Judged>,
    is_refused: bool,
) -> Value {
    let said = |all: &[ExplainedMember]| -> Vec<Value> {
        let one = |it: &ExplainedMember| json!({ "name": it.name, "value": it.value, "meaning": it.meaning });
        all.iter().map(one).collect()
    };
    let mend = |it: Option<Mend>| {
        it.map(|it| json!({ "php": it.php, "node": it.node, "python": it.python, "ruby": it.ruby }))
    };
    let findings = explanation.findings.iter().map(|it| {
        json!({
            "severity": if it.severity == Severity::Refused { "refused" } else { "doubtful" },
            "at": it.at,
            "message": it.message,
            "mend": mend(it.mend),
        })
    });
    json!({
        "outcome": if is_refused { "refused" } else { "good" },
        "kind": explanation.kind.as_str(),
        "header": said(&explanation.header),
        "claims": said(&explanation.claims),
        "findings": findings.collect::<Vec<_>>(),
        "signature": secret.map(|it| {
            let (sentence, how) = it.sentence();
            json!({ "is_by_secret": it == SecretUse::AsItIs, "message": sentence, "mend": mend(how) })
        }),
        "brand": judged.map(|it| json!({ "brand": it.brand, "backend": it.backend, "refused": it.refused })),
    })
}
