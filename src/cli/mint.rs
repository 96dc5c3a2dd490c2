//! `mint`: a token for trying things out; a live one only where that is said.

use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Map, Value};

use super::plain::plain;
use super::{ConfigFile, no, remark, say};
use crate::clock::Clock;
use crate::domain::{ClaimedProfile, EmailAddress};
use crate::log::{self, LogFormat, LogLevel};
use crate::table::Table;
use crate::token::{assertion, claimed_profile, id128, zendesk};

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
            remark("`--email` is no e-mail address\n")?;
            return Ok(no());
        };
        let table = self.file.table()?;
        match (&self.backend, &self.brand) {
            (Some(backend), _) => self.assertion(backend, &email, &table),
            (None, Some(brand)) => self.live(brand, &table),
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
        let (_, backend) = table
            .backend_named(name)
            .with_context(|| format!("the file has no backend `{}`", plain(name)))?;
        let Some(assertions) = backend.assertions() else {
            remark(&format!(
                "the backend {name} has no `assertion`: there is no secret of its own to sign with\n"
            ))?;
            return Ok(no());
        };
        let mut claims = self.claims();
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

    fn live(&self, name: &str, table: &Table) -> anyhow::Result<ExitCode> {
        let (_, brand) = table
            .brands
            .named(name)
            .with_context(|| format!("the file has no brand `{}`", plain(name)))?;
        let (key, rules) = brand.backend(None).context("the brand has no backend")?;
        let backend = table.backend(key).context("the brand has no backend")?;
        let claimed = match claimed_profile(&self.claims()) {
            Ok(claimed) => claimed,
            Err(error) => {
                remark(&format!("{error}\n"))?;
                return Ok(no());
            }
        };
        // Whoever asks here knows whose address it is.
        let claimed = ClaimedProfile { email_verified: Some(true), ..claimed };
        let admitted = rules.admit(&claimed, key, backend.email_proof(), &table.reserved);
        let admitted = admitted.and_then(|identity| {
            table.denied.admit(Some(&identity.email), identity.external_id.as_deref())?;
            Ok(identity)
        });
        let identity = match admitted {
            Ok(identity) => identity,
            Err(error) => {
                remark(&format!("the rules of {name} refuse this: {error}\n"))?;
                return Ok(no());
            }
        };
        let clock = Clock::default();
        let jti = id128()?;
        let token =
            zendesk::mint(&identity, &jti, table.secret_for(rules, &identity), clock.now())?;
        log::start(LogFormat::Text, LogLevel::Info, clock)?;
        tracing::warn!(
            brand = %brand.name,
            jti,
            uid = rustix::process::getuid().as_raw(),
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
