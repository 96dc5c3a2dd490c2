//! Where an address leads: which brand, rule, backend and exact `Location`, and why not the others. The command `route`
//! and the admin page ask, and both are told what the service does.

mod asked;
mod fault;
mod show;

use std::net::IpAddr;

use serde_json::Value;

use self::asked::{AskedAddress, Endpoint};
use crate::backend::Backend;
use crate::domain::{
    BrandId, Decision, Dispatch, Explanation, Match, Parameter, Refusal, RemoteRequest, decide,
    decide_logout, explain,
};
use crate::table::Table;
use crate::web::preview::{self, Refused};
use crate::web::{Query, login_redirect, logout_location};

/// What is answered, for whoever asks.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Whether people are sent on.
    pub leads_on: bool,
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
}

/// Where `url` leads whoever comes from `client`: a captured address of brandgate's, or a bare
/// `return_to` as people see it.
pub fn look_up(table: &Table, url: &str, client: Option<IpAddr>) -> Answer {
    let client = client.map(|address| address.to_canonical());
    let asked = AskedAddress { client, ..AskedAddress::read(url, table) };
    let outcome = outcome(table, &asked).unwrap_or_else(|refused| Outcome {
        address: asked.address.as_str(),
        faults: faults(table, &asked),
        explained: None,
        leads_to: LeadsTo::Refused(refused),
    });
    Answer {
        leads_on: matches!(outcome.leads_to, LeadsTo::Location(_) | LeadsTo::Provider(_)),
        // Writing to a string does not fail.
        text: show::text(table, &outcome).unwrap_or_default(),
        json: show::json(table, &outcome),
    }
}

/// What `route` has found out about an address.
struct Outcome<'a> {
    /// The word for the address that was asked about.
    address: &'static str,
    /// What is wrong with which parameter.
    faults: Vec<String>,
    /// How the brand was found; nothing where the parameters are not read.
    explained: Option<Explained<'a>>,
    leads_to: LeadsTo,
}

/// How a brand was found, or why none was.
struct Explained<'a> {
    criteria: Explanation,
    brand_id: Option<BrandId>,
    /// Whether no criterion named a brand, so that `unknown` decided.
    is_unknown: bool,
    sign_in: Option<Dispatch<'a>>,
}

/// Where a request leads.
enum LeadsTo {
    /// The exact `Location`.
    Location(String),
    /// Wherever this provider says, which is asked first.
    Provider(String),
    /// Not on, but to a page that is no refusal.
    Page(String),
    /// Not on.
    Refused(Refused),
}

impl LeadsTo {
    /// The exact `Location`, or the provider of `backend` that is asked for it.
    fn of(location: Option<String>, backend: Option<&Backend>) -> Option<Self> {
        let provider = || backend?.provider().map(|issuer| Self::Provider(issuer.to_owned()));
        location.map(Self::Location).or_else(provider)
    }
}

impl Outcome<'_> {
    fn is_logout(&self) -> bool {
        self.address == Endpoint::Logout.as_str()
    }

    fn is_start(&self) -> bool {
        self.address == Endpoint::START
    }
}

/// What is wrong with parameters that are not even read, or lead nowhere.
fn faults(table: &Table, asked: &AskedAddress<'_>) -> Vec<String> {
    let mut faults = fault::of_query(&asked.query);
    let to =
        Query::parse(&asked.query).ok().filter(|_| matches!(asked.address, Endpoint::Start(_)));
    let to = to.as_ref().and_then(|query| query.value(Parameter::To).ok().flatten());
    faults.extend(to.as_deref().and_then(|to| {
        if to.starts_with('/') {
            return fault::of_return_to(to, None, table).map(|how| format!("to: {how}"));
        }
        Some("to: it is no path that begins with `/`: the address names the brand".to_owned())
    }));
    faults
}

/// What the service would answer; an error where it does not even read the parameters.
fn outcome<'a>(table: &'a Table, asked: &'a AskedAddress<'_>) -> Result<Outcome<'a>, Refused> {
    if asked.is_elsewhere {
        return Err(Refused::other_address());
    }
    if matches!(asked.address, Endpoint::Other) {
        let leads_to = match asked.path.as_ref() {
            "" | "/" => LeadsTo::Page("the page that says what this is".to_owned()),
            _ => LeadsTo::Refused(Refused::not_found()),
        };
        let address = asked.address.as_str();
        return Ok(Outcome { address, faults: Vec::new(), explained: None, leads_to });
    }
    let query = preview::query(&asked.path, &asked.query)?;
    let client = asked.client;
    let (request, explained, leads_to) = match &asked.address {
        Endpoint::Logout => logout(table, client, &query)?,
        Endpoint::Start(brand) => start(table, brand, client, &query)?,
        Endpoint::Assertion(backend) => assertion(table, backend.as_deref(), &query)?,
        Endpoint::Login(backend) => login(table, backend.as_deref(), client, &query)?,
        Endpoint::ReturnTo | Endpoint::Other => login(table, None, client, &query)?,
    };
    let return_to = request.return_to.as_deref();
    let fault = return_to.and_then(|it| fault::of_return_to(it, request.brand_id, table));
    Ok(Outcome {
        address: asked.address.as_str(),
        faults: fault.map(|how| format!("return_to: {how}")).into_iter().collect(),
        explained: Some(explained),
        leads_to,
    })
}

type Found<'a> = (RemoteRequest<'a>, Explained<'a>, LeadsTo);

fn login<'a>(
    table: &'a Table,
    named: Option<&str>,
    client: Option<IpAddr>,
    query: &Query<'a>,
) -> Result<Found<'a>, Refused> {
    let request = RemoteRequest { client, ..preview::login_request(query)? };
    let decision = decide(&table.brands, &request);
    let is_unknown = match &decision {
        Decision::SignIn(sign_in) => sign_in.matched == Match::Unknown,
        Decision::Ask(_) | Decision::Refuse(Refusal::UnknownBrand) => true,
        Decision::Refuse(Refusal::ReturnTo(_)) => false,
    };
    let (sign_in, leads_to) = match decision {
        Decision::SignIn(sign_in) => {
            preview::for_all_readers(table, &sign_in, query)?;
            let told = query.forwarded(sign_in.forward, &sign_in.destination.absolute(), &[]);
            let leads_to = step(table, named, &sign_in, &told);
            (Some(sign_in), leads_to)
        }
        // The choice is made where every backend's flows live.
        Decision::Ask(_) if named.is_some() => {
            let location = format!("{}/login?{}", table.public_url, query.as_str());
            (None, LeadsTo::Location(location))
        }
        Decision::Ask(_) => (None, LeadsTo::Page("the page that lists the brands".to_owned())),
        Decision::Refuse(refusal) => (None, LeadsTo::Refused(refusal.into())),
    };
    let explained = Explained::of(table, &request, sign_in, is_unknown);
    Ok((request, explained, leads_to))
}

/// Where a sign-in goes on from the address of the backend that is `named`, or from ours.
fn step(table: &Table, named: Option<&str>, sign_in: &Dispatch<'_>, told: &str) -> LeadsTo {
    let backend = table.backend(sign_in.backend);
    if named.is_some_and(|name| backend.is_none_or(|it| it.name.as_str() != name)) {
        return LeadsTo::Refused(Refused::other_backend());
    }
    if let Some(Err(refused)) = backend.map(|it| preview::is_open(sign_in, it)) {
        return LeadsTo::Refused(refused);
    }
    let redirect = login_redirect(table, sign_in, told, named.is_some());
    LeadsTo::of(redirect.map(|it| it.location().to_owned()), backend)
        .unwrap_or_else(|| LeadsTo::Page("an error of brandgate's own".to_owned()))
}

fn start<'a>(
    table: &'a Table,
    brand: &str,
    client: Option<IpAddr>,
    query: &Query<'a>,
) -> Result<Found<'a>, Refused> {
    let (sign_in, told) = preview::start_request(table, brand, client, query)?;
    let leads_to = step(table, None, &sign_in, &told);
    // A link names its brand by the address; what it says besides comes from us.
    let request = RemoteRequest { return_to: None, brand_id: sign_in.brand.id, client };
    let explained = Explained::of(table, &request, Some(sign_in), false);
    Ok((request, explained, leads_to))
}

fn logout<'a>(
    table: &'a Table,
    client: Option<IpAddr>,
    query: &Query<'a>,
) -> Result<Found<'a>, Refused> {
    let (request, reported) = preview::logout_request(query)?;
    let request = RemoteRequest { client, ..request };
    let sign_out = decide_logout(&table.brands, &request);
    let leads_to = if let Some(kind) = reported {
        let page = "the page that explains Zendesk's error: nobody is signed out";
        LeadsTo::Page(format!("{page} ({kind})"))
    } else {
        let location = sign_out.as_ref().and_then(|it| logout_location(table, query, it));
        let backend = sign_out.as_ref().and_then(|sign_out| table.backend(sign_out.backend));
        LeadsTo::of(location, backend)
            .unwrap_or_else(|| LeadsTo::Page("the page that says: you are signed out".to_owned()))
    };
    let explained = Explained::of(table, &request, sign_out, false);
    Ok((request, explained, leads_to))
}

/// What happens depends on the browser's flows and on the token, of which nothing is known here.
fn assertion<'a>(
    table: &'a Table,
    named: Option<&str>,
    query: &Query<'a>,
) -> Result<Found<'a>, Refused> {
    if named.is_some_and(|name| table.backend_named(name).is_none()) {
        return Err(Refused::not_found());
    }
    let request = preview::login_request(query)?;
    let page = if preview::brings_token(query) {
        "the assertion is verified, which takes the browser's flow: `route` has none"
    } else {
        "this address takes an assertion, and there is none in the query"
    };
    let explained = Explained::of(table, &request, None, false);
    Ok((request, explained, LeadsTo::Page(page.to_owned())))
}

impl<'a> Explained<'a> {
    fn of(
        table: &Table,
        request: &RemoteRequest<'_>,
        sign_in: Option<Dispatch<'a>>,
        is_unknown: bool,
    ) -> Self {
        let criteria = explain(&table.brands, request, sign_in.as_ref());
        Self { criteria, brand_id: request.brand_id, is_unknown, sign_in }
    }
}
