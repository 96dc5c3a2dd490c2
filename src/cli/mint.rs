//! `mint`: a token for trying things out; a live one only where that is said.

use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Map, Value};

use super::{ConfigFile, closed, refuse, remark, say};
use crate::audit::{self, AuditEntry, AuditOutcome, Event};
use crate::backend::Backend;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{BackendKey, ClaimedProfile, EmailAddress, Role};
use crate::log::{self, LogFormat, LogLevel};
use crate::plain::plain;
use crate::table::Table;
use crate::token::{assertion, claimed_profile, id128, trace_code, zendesk};

#[derive(Debug, clap::Args)]
pub(super) struct Mint {
    /// An assertion of this backend, as its script would sign it
    #[arg(
        long,
        value_name = "BACKEND",
        required_unless_present = "really",
        conflicts_with = "really"
    )]
    backend: Option<String>,
    /// A live Zendesk JWT: whoever has it is signed in as that person. Logged
    #[arg(long, requires = "brand")]
    really: bool,
    /// The brand whose backend says it, by whose rules it has to be
    #[arg(long, value_name = "BRAND", requires = "really")]
    brand: Option<String>,
    /// Who it is about
    #[arg(long)]
    email: String,
    /// What they are called; else what stands before the `@`
    #[arg(long)]
    name: Option<String>,
    /// Their id at the backend
    #[arg(long)]
    external_id: Option<String>,
    /// `end_user`, `agent` or `admin`; else none is said
    #[arg(long)]
    role: Option<String>,
    #[command(flatten)]
    file: ConfigFile,
}

impl Mint {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let Ok(email) = EmailAddress::parse(&self.email) else {
            return refuse("`--email` is no e-mail address");
        };
        let config = self.file.read()?;
        match (&self.backend, &self.brand) {
            (Some(backend), _) => self.assertion(backend, &email, &config.table),
            (None, Some(brand)) => self.live(brand, &config),
            (None, None) => anyhow::bail!("neither `--backend` nor `--brand` is given"),
        }
    }

    /// What the person is said to be.
    fn claims(&self) -> Map<String, Value> {
        let given = [
            ("email", Some(&self.email)),
            ("name", self.name.as_ref()),
            ("external_id", self.external_id.as_ref()),
            ("role", self.role.as_ref()),
        ];
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given.map(|(name, value)| (name.to_owned(), value.as_str().into())).collect()
    }

    fn assertion(
        &self,
        name: &str,
        email: &EmailAddress,
        table: &Table,
    ) -> anyhow::Result<ExitCode> {
        let (key, backend) = table
            .backend_named(name)
            .with_context(|| format!("the file has no backend `{}`", plain(name)))?;
        let Some(assertions) = backend.assertions() else {
            return refuse(&format!(
                "the backend {name} has no `assertion`: there is no secret of its own to sign with"
            ));
        };
        let mut claims = self.claims();
        let claimed = match claimed_profile(&claims) {
            Ok(claimed) => claimed,
            Err(error) => return refuse(&error.to_string()),
        };
        if let Err(why) = taken_somewhere(table, (key, backend), &claimed) {
            return refuse(&format!("no brand takes this of {name}: {why}"));
        }
        claims.insert("iat".to_owned(), Clock::default().now().into());
        claims.insert("jti".to_owned(), id128()?.into());
        claims.insert("aud".to_owned(), table.public_url.as_str().into());
        claims.entry("name").or_insert_with(|| email.local().into());
        let token = assertion(&claims, &assertions.keys)?;
        say(&format!("{}\n", token.expose()))?;
        remark(&format!(
            "an assertion of {name}, good once and for three minutes: a browser that has begun a sign-in \
             posts it as `jwt` to {}/backends/{name}/access/jwt\n",
            table.public_url
        ))?;
        Ok(ExitCode::SUCCESS)
    }

    fn live(&self, name: &str, config: &Config) -> anyhow::Result<ExitCode> {
        let table = &config.table;
        let (_, brand) = table
            .brands
            .named(name)
            .with_context(|| format!("the file has no brand `{}`", plain(name)))?;
        let (key, rules) = brand.backend(None).context("the brand has no backend")?;
        let backend = table.backend(key).context("the brand has no backend")?;
        if let Some(what) = closed(brand, backend) {
            return refuse(&format!("the {what} is closed"));
        }
        let claimed = match claimed_profile(&self.claims()) {
            Ok(claimed) => claimed,
            Err(error) => return refuse(&error.to_string()),
        };
        // Whoever asks here knows whose address it is.
        let claimed = ClaimedProfile { email_verified: Some(true), ..claimed };
        let identity = match table.admit(rules, (key, backend), &claimed) {
            Ok(identity) => identity,
            Err(error) => return refuse(&format!("the rules of {name} refuse this: {error}")),
        };
        let clock = Clock::default();
        let (jti, trace) = (id128()?, trace_code()?);
        let token =
            zendesk::mint(&identity, &jti, table.secret_for(rules, &identity), clock.now())?;
        let uid = rustix::process::getuid().as_raw();
        let audit = config.server.audit.as_ref();
        let (email, external_id) = (identity.email.folded(), identity.external_id.as_deref());
        let entry = AuditEntry {
            event: Event::Mint,
            outcome: AuditOutcome::Minted,
            kind: None,
            brand: Some(brand.name.as_str()),
            backend: Some(backend.name.as_str()),
            person: &audit.map(|it| it.key.person(Some(&email), external_id)).unwrap_or_default(),
            role: identity.profile.role.map(Role::as_str),
            widget: None,
            client: None,
            uid: Some(uid),
            trace: &trace,
        };
        audit::write_by_hand(audit, &entry, &clock)
            .context("the audit log cannot be written, and nothing is minted without it")?;
        log::start(LogFormat::Text, LogLevel::Info, clock)?;
        tracing::warn!(
            trace,
            brand.name = brand.name.as_str(),
            backend.name = backend.name.as_str(),
            jti,
            uid,
            email_domain = identity.email.domain(),
            "a live Zendesk JWT was minted by hand"
        );
        say(&format!("{}\n", token.expose()))?;
        remark(&format!(
            "live, good once and for three minutes: posted as `jwt` to {}/access/jwt it signs in\n",
            table.brands.account().host().origin()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Why no brand's rules take this of `backend`, if none does: what the first of them says.
fn taken_somewhere(
    table: &Table,
    backend: (BackendKey, &Backend),
    claimed: &ClaimedProfile,
) -> Result<(), String> {
    let mut first = None;
    for (_, brand) in table.brands.iter() {
        for (_, rules) in brand.rules().filter(|(key, _)| *key == backend.0) {
            match table.admit(rules, backend, claimed) {
                Ok(_) => return Ok(()),
                Err(error) => _ = first.get_or_insert((&brand.name, error)),
            }
        }
    }
    Err(first.map_or_else(
        || "none has this backend".to_owned(),
        |(brand, error)| format!("the rules of {brand} refuse it: {error}"),
    ))
}
