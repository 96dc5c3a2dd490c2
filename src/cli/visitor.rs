//! `visitor`: who a Chat visitor is, and of which brand.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Value, json};
use tokio::runtime;

use super::{ConfigFile, Format, refuse, say};
use crate::backend::Http;
use crate::domain::Brand;
use crate::plain::{plain, plain_json};
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
        let config = self.file.read()?;
        let api = config.chat_api.context(
            "the file has no `zendesk.chat_api`, such as `chat_api: { token: { env: CHAT_TOKEN } }`",
        )?;
        let Ok(id) = VisitorId::parse(&self.id) else {
            return refuse("this is not the id of a visitor");
        };
        let http = Http::default();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let visitor = match runtime.block_on(zendesk_api::visitor(&http, &api, &id)) {
            Ok(visitor) => visitor,
            Err(error @ VisitorError::NotFound) => return refuse(&error.to_string()),
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
