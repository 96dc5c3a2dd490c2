//! `route`: which brand, rule, backend and exact Location, and why not the others.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{ConfigFile, Format, no, remark, say};
use crate::app;
use crate::backend::{Backend, query_value};
use crate::config;
use crate::domain::{
    BrandKey, Decision, Explanation, Match, Refusal, SignIn, SignInRequest, decide, decide_logout,
    explain,
};
use crate::web::{Query, Table, login_step, logout_location, reports_an_error, sign_in_request};

/// Most brands that are listed one by one as misses.
const MOST_MISSES: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Route {
    /// A captured login or logout URL, or a bare `return_to` as people see it
    url: String,
    #[command(flatten)]
    file: ConfigFile,
    /// Who reads the output
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// What is asked: the query of a captured URL, or a `return_to` alone.
enum Asked<'a> {
    Login(&'a str),
    Logout(&'a str),
    ReturnTo(&'a str),
}

/// What came out.
struct Outcome<'a> {
    is_logout: bool,
    sign_in: Option<SignIn<'a>>,
    /// Whether no criterion named a brand, so that `unknown` decided.
    is_unknown: bool,
    /// What happens.
    leads_to: LeadsTo,
    explanation: Explanation,
}

/// Where a request leads.
enum LeadsTo {
    /// The exact `Location`.
    Location(String),
    /// Wherever this provider says, which is asked first.
    Provider(String),
    /// Not on: what is answered instead.
    Answer(String),
}

impl LeadsTo {
    /// The exact `Location`, or the provider of `backend` that is asked for it.
    fn of(location: Option<String>, backend: Option<&Backend>) -> Option<Self> {
        let provider = || backend?.provider().map(|issuer| Self::Provider(issuer.to_owned()));
        location.map(Self::Location).or_else(provider)
    }
}

impl Route {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let loaded = config::load(&self.file.config)
            .with_context(|| format!("cannot read {}", self.file.config.display()))?;
        let Some(config) = loaded.config else {
            remark(&loaded.report.text(false))?;
            anyhow::bail!("{} is not good: `check` explains", self.file.config.display());
        };
        let (table, _) = app::table(config);
        let asked = asked(&self.url, &table);
        // Zendesk would send a bare `return_to` in a query, too.
        let query = match asked {
            Asked::Login(query) | Asked::Logout(query) => Cow::Borrowed(query),
            Asked::ReturnTo(text) => Cow::Owned(format!("return_to={}", query_value(text))),
        };
        let query = Query::parse(&query);
        let request = query.as_ref().ok().and_then(|query| sign_in_request(query).ok());
        let (Ok(query), Some(request)) = (&query, request) else {
            say(
                "refused: the parameters are not written so that every reader understands them alike\n",
            )?;
            return Ok(no());
        };
        let outcome = match asked {
            Asked::Logout(_) => logout(&table, query, &request),
            Asked::Login(_) | Asked::ReturnTo(_) => login(&table, query, &request),
        };
        match self.format {
            Format::Text => say(&text(&table, &request, &outcome)?)?,
            Format::Json => say(&format!("{:#}\n", as_json(&table, &outcome)))?,
        }
        let leads_on = !matches!(outcome.leads_to, LeadsTo::Answer(_));
        Ok(if leads_on { ExitCode::SUCCESS } else { no() })
    }
}

/// A captured URL has our path and our host, or at least no brand's.
fn asked<'a>(text: &'a str, table: &Table) -> Asked<'a> {
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let query = query.split('#').next().unwrap_or_default();
    let host = address.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
    let is_brands = host.is_some_and(|host| {
        let same = |it: &crate::domain::Host| it.as_str().eq_ignore_ascii_case(host);
        table.brands.iter().any(|(_, brand)| brand.hosts().any(same))
    });
    let path = match host {
        Some(host) => address.split_once(host).map_or("", |(_, path)| path),
        None => address,
    };
    match path {
        "/logout" if !is_brands => Asked::Logout(query),
        "/login" if !is_brands => Asked::Login(query),
        _ => {
            let of_backend =
                path.strip_prefix("/backends/").and_then(|it| it.strip_suffix("/login"));
            match of_backend {
                Some(name) if !is_brands && !name.contains('/') => Asked::Login(query),
                _ => Asked::ReturnTo(text),
            }
        }
    }
}

fn login<'a>(table: &'a Table, query: &Query<'_>, request: &SignInRequest<'a>) -> Outcome<'a> {
    let decision = decide(&table.brands, request);
    let is_unknown = match &decision {
        Decision::SignIn(sign_in) => sign_in.matched == Match::Unknown,
        Decision::Ask(_) | Decision::Refuse(Refusal::UnknownBrand) => true,
        Decision::Refuse(Refusal::ReturnTo(_)) => false,
    };
    let (sign_in, leads_to) = match decision {
        Decision::SignIn(sign_in) => {
            let location =
                login_step(table, &sign_in, query).map(|step| step.location().to_owned());
            let leads_to = LeadsTo::of(location, table.backend(sign_in.backend))
                .unwrap_or_else(|| LeadsTo::Answer("refused: the table is broken".to_owned()));
            (Some(sign_in), leads_to)
        }
        Decision::Ask(_) => (None, LeadsTo::Answer("the page that lists the brands".to_owned())),
        Decision::Refuse(refusal) => (None, LeadsTo::Answer(format!("refused: {refusal}"))),
    };
    let explanation = explain(&table.brands, request, sign_in.as_ref());
    Outcome { is_logout: false, is_unknown, sign_in, leads_to, explanation }
}

fn logout<'a>(table: &'a Table, query: &Query<'_>, request: &SignInRequest<'a>) -> Outcome<'a> {
    let sign_in = decide_logout(&table.brands, request);
    let leads_to = if reports_an_error(query) {
        LeadsTo::Answer("the page that explains Zendesk's error: nobody is signed out".to_owned())
    } else {
        let location = sign_in.as_ref().and_then(|it| logout_location(table, query, it));
        let backend = sign_in.as_ref().and_then(|sign_out| table.backend(sign_out.backend));
        LeadsTo::of(location, backend)
            .unwrap_or_else(|| LeadsTo::Answer("the page that says: you are signed out".to_owned()))
    };
    let explanation = explain(&table.brands, request, sign_in.as_ref());
    Outcome { is_logout: true, is_unknown: false, sign_in, leads_to, explanation }
}

fn brand_name(table: &Table, key: BrandKey) -> &str {
    table.brands.brand(key).map_or("", |brand| brand.name.as_str())
}

fn text(
    table: &Table,
    request: &SignInRequest<'_>,
    outcome: &Outcome<'_>,
) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let Outcome { is_logout, sign_in, leads_to, explanation, .. } = outcome;
    let hit_or_miss = |found: &Result<BrandKey, &'static str>| match found {
        Ok(key) => format!("hit   it is `{}`", brand_name(table, *key)),
        Err(why) => format!("miss  {why}"),
    };
    let return_to = format!("return_to  {}", hit_or_miss(&explanation.host));
    let brand_id = format!("brand_id   {}", hit_or_miss(&explanation.brand_id));
    // In the order in which they are asked.
    let (first, second) = if *is_logout { (brand_id, return_to) } else { (return_to, brand_id) };
    writeln!(text, "{first}\n{second}")?;
    if outcome.is_unknown {
        writeln!(text, "unknown    {}", unknown(table))?;
    }
    if let Some(sign_in) = sign_in {
        let brand = sign_in.brand;
        if sign_in.disagrees {
            writeln!(text, "           return_to and brand_id name different brands")?;
        }
        writeln!(text, "brand      {} ({})", brand.name, brand.title)?;
        for (index, (route, hit)) in brand.routes.iter().zip(&explanation.routes).enumerate() {
            let hit = if sign_in.route == Some(index) {
                "hit "
            } else if *hit {
                "late"
            } else {
                "miss"
            };
            let path = sign_in.destination.path();
            writeln!(text, "route      {hit}  [{index}] {} on {path}", route.path)?;
        }
        let backend = table.backend(sign_in.backend).map_or("", |it| it.name.as_str());
        writeln!(text, "backend    {backend}")?;
        writeln!(text, "ends at    {}", sign_in.destination.absolute())?;
    }
    misses(table, request, outcome, &mut text)?;
    match leads_to {
        LeadsTo::Location(location) => writeln!(text, "location   {location}")?,
        LeadsTo::Provider(issuer) => {
            let what = if *is_logout { "sign-out" } else { "sign-in" };
            writeln!(text, "provider   the {what} goes to {issuer}, which says where")?;
        }
        LeadsTo::Answer(instead) => writeln!(text, "answer     {instead}")?,
    }
    Ok(text)
}

/// Why not the others.
fn misses(
    table: &Table,
    request: &SignInRequest<'_>,
    outcome: &Outcome<'_>,
    text: &mut String,
) -> std::fmt::Result {
    let chosen = outcome.sign_in.as_ref().map(|sign_in| sign_in.key);
    let others = || table.brands.iter().filter(|(key, _)| Some(*key) != chosen);
    for (key, brand) in others().take(MOST_MISSES) {
        let host = if outcome.explanation.host == Ok(key) {
            "its host is in return_to, but brand_id comes first"
        } else {
            "not its host"
        };
        let id = match (brand.id, request.brand_id) {
            (None, _) => "it has no brand_id",
            (Some(own), Some(asked)) if own == asked => {
                "its brand_id, but the host of return_to comes first"
            }
            _ => "not its brand_id",
        };
        writeln!(text, "not        {}: {host}; {id}", brand.name)?;
    }
    match others().count().saturating_sub(MOST_MISSES) {
        0 => Ok(()),
        more => writeln!(text, "not        {more} more brands"),
    }
}

fn unknown(table: &Table) -> String {
    use crate::domain::Unknown;
    match table.brands.unknown() {
        Unknown::Ask => "hit   ask which brand".to_owned(),
        Unknown::Refuse => "hit   refuse".to_owned(),
        Unknown::Brand(key) => format!("hit   take `{}`", brand_name(table, key)),
    }
}

fn as_json(table: &Table, outcome: &Outcome<'_>) -> Value {
    let Outcome { is_logout, sign_in, leads_to, explanation, .. } = outcome;
    let criterion = |found: &Result<BrandKey, &'static str>| match found {
        Ok(key) => json!({ "hit": true, "brand": brand_name(table, *key) }),
        Err(why) => json!({ "hit": false, "reason": why }),
    };
    let backend = sign_in.as_ref().and_then(|sign_in| table.backend(sign_in.backend));
    let (location, provider, answer) = match leads_to {
        LeadsTo::Location(location) => (Some(location), None, None),
        LeadsTo::Provider(issuer) => (None, Some(issuer), None),
        LeadsTo::Answer(instead) => (None, None, Some(instead)),
    };
    json!({
        "kind": if *is_logout { "logout" } else { "login" },
        "return_to": criterion(&explanation.host),
        "brand_id": criterion(&explanation.brand_id),
        "brand": sign_in.as_ref().map(|sign_in| sign_in.brand.name.as_str()),
        "route": sign_in.as_ref().and_then(|sign_in| sign_in.route),
        "backend": backend.map(|backend| backend.name.as_str()),
        "disagrees": sign_in.as_ref().is_some_and(|sign_in| sign_in.disagrees),
        "destination": sign_in.as_ref().map(|sign_in| sign_in.destination.absolute()),
        "location": location,
        "provider": provider,
        "answer": answer,
    })
}
