//! `visitor`: who a Chat visitor is, and of which brand.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Value, json};
use tokio::runtime;

use super::{ConfigFile, Format, no, remark, say};
use crate::backend::Http;
use crate::config;
use crate::domain::Brand;
use crate::zendesk_api::{self, VisitorError, VisitorId, brands_of};

#[derive(Debug, clap::Args)]
pub(super) struct Visitor {
    /// The visitor's id, as Chat and its transcripts have it
    id: String,
    #[command(flatten)]
    file: ConfigFile,
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl Visitor {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let loaded = config::load(&self.file.config)
            .with_context(|| format!("cannot read {}", self.file.config.display()))?;
        let Some(config) = loaded.config else {
            remark(&loaded.report.text(false))?;
            anyhow::bail!("{} is not good: `check` explains", self.file.config.display());
        };
        let api = config.chat_api.context(
            "the file has no `zendesk.chat_api`, such as `chat_api: { token: { env: CHAT_TOKEN } }`",
        )?;
        let Ok(id) = VisitorId::parse(&self.id) else {
            remark("this is not the id of a visitor\n")?;
            return Ok(no());
        };
        let http = Http::default();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let visitor = match runtime.block_on(zendesk_api::visitor(&http, &api, &id)) {
            Ok(visitor) => visitor,
            Err(error @ VisitorError::NotFound) => {
                remark(&format!("{error}\n"))?;
                return Ok(no());
            }
            Err(error) => return Err(error.into()),
        };
        let brands = match &visitor.external_id {
            Some(external_id) => brands_of(&config.table.brands, external_id),
            None => Vec::new(),
        };
        match self.format {
            Format::Text => say(&text(&visitor, &brands)?)?,
            Format::Json => say(&plain_json(&as_json(&visitor, &brands)))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn text(visitor: &zendesk_api::Visitor, brands: &[&Brand]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let named: Vec<String> =
        brands.iter().map(|brand| format!("{} ({})", brand.name, brand.display_name)).collect();
    let brand = match (&visitor.external_id, named.is_empty()) {
        (None, _) => None,
        (Some(_), true) => Some("none has this prefix".to_owned()),
        (Some(_), false) => Some(named.join(", ")),
    };
    let banned = visitor.banned.map(|banned| if banned { "yes" } else { "no" }.to_owned());
    let lines = [
        ("visitor", Some(&visitor.id)),
        ("name", visitor.name.as_ref()),
        ("email", visitor.email.as_ref()),
        ("phone", visitor.phone.as_ref()),
        ("external id", visitor.external_id.as_ref()),
        ("brand", brand.as_ref()),
        ("created", visitor.created.as_ref()),
        ("banned", banned.as_ref()),
        ("notes", visitor.notes.as_ref()),
    ];
    for (name, value) in lines {
        writeln!(text, "{name:<12} {}", value.map_or_else(|| "-".to_owned(), |it| plain(it)))?;
    }
    Ok(text)
}

fn as_json(visitor: &zendesk_api::Visitor, brands: &[&Brand]) -> Value {
    let names: Vec<&str> = brands.iter().map(|brand| brand.name.as_str()).collect();
    json!({
        "id": visitor.id,
        "name": visitor.name,
        "email": visitor.email,
        "phone": visitor.phone,
        "external_id": visitor.external_id,
        "brands": names,
        "created": visitor.created,
        "banned": visitor.banned,
        "notes": visitor.notes,
    })
}

/// Visitors choose their own names: none of them may steer a terminal, or turn a line around.
fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The same as JSON escapes it: the library leaves most of them as they are. The only line breaks
/// are its own.
fn plain_json(value: &Value) -> String {
    let mut plain = String::new();
    for c in format!("{value:#}\n").chars() {
        if steers(c) && c != '\n' {
            // Writing to a text cannot fail.
            let _ = write!(plain, "\\u{:04x}", u32::from(c));
        } else {
            plain.push(c);
        }
    }
    plain
}

/// A text without what steers.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { plain.extend(c.escape_unicode()) } else { plain.push(c) }
    }
    plain
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{plain, plain_json};

    #[test]
    fn neither_does_one_in_json_and_it_is_still_the_same() {
        let value = json!({ "name": "Joe \u{9b}2J\u{7f} \u{202e}eoJ\u{2028}\u{1b}\n李" });
        let text = plain_json(&value);
        assert_eq!(
            text,
            "{\n  \"name\": \"Joe \\u009b2J\\u007f \\u202eeoJ\\u2028\\u001b\\n李\"\n}\n"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn a_name_does_not_steer_the_terminal() {
        let cases = [
            ("Joe Bücher 李", "Joe Bücher 李"),
            ("\u{1b}[2Jgone", "\\u{1b}[2Jgone"),
            ("a\r\nbrand  shoes", "a\\u{d}\\u{a}brand  shoes"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("\u{202e}eoJ", "\\u{202e}eoJ"),
            ("a\u{2028}b", "a\\u{2028}b"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
