//! `GET /login`, the remote login URL: decide, open a flow, send on.

use std::pin::pin;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::backend::{Backend, Kind, Start, Step, WayBack};
use crate::domain::{
    Decision, Destination, Forward, Parameter, Refusal, SignIn, SignInRequest, decide, is_too_long,
};
use crate::token::{Flow, FlowId, Sealable};
use crate::web::error::{Failure, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::{BrandLink, BrandsPage, OnwardPage};
use crate::web::page::tidy::tidied;
use crate::web::query;
use crate::web::request::cookies;
use crate::web::request::cookies::Cookies;
use crate::web::request::headers;
use crate::web::request::query::{Malformed, Query};
use crate::web::request::sender::RequestOrigin;
use crate::web::sign_in::loop_guard;
use crate::web::sign_in::loop_guard::LoopCounter;
use crate::web::sign_in::session_cookie;
use crate::web::sign_in::throttle::in_turn;
use crate::web::state::{State, Table};
use crate::web::{answer, not_ahead, only_get, start_again};

/// Sends a person to the backend of their brand. At `/backends/{backend}/login` that backend must be
/// the one named: it is our address where browsers send its cookie.
pub(in crate::web) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let table = state.table();
    let outcome = sign_in(&request, &state, &table).await;
    answer(&request, &state, &table, outcome)
}

async fn sign_in(
    request: &HttpRequest,
    state: &State,
    table: &Table,
) -> Result<HttpResponse, Failure> {
    only_get(request)?;
    not_ahead(request)?;
    let query = query(request)?;
    let asked = read(&query)?;
    let sign_in = match decide(&table.brands, &asked) {
        Decision::SignIn(sign_in) => sign_in,
        // The choice is made where every backend's flows live.
        Decision::Ask(_) if named(request).is_some() => {
            let location = format!("{}/login?{}", table.public_url, query.as_str());
            return Ok(headers::redirect(location).ok_or(WebError::Table)?);
        }
        Decision::Ask(return_to) => {
            return Ok(ask(request, state, table, return_to.as_deref())?);
        }
        Decision::Refuse(refusal) => return Err(refused(refusal, table, &asked)),
    };
    for_all_readers(table, &sign_in, &query)?;
    if asked.return_to.as_deref().is_some_and(is_too_long) {
        tracing::info!(
            brand.name = sign_in.brand.name.as_str(),
            outcome = "shortened",
            "return_to is longer than 2,048 bytes: the brand's home takes its place"
        );
    }
    if sign_in.disagrees {
        tracing::info!(
            brand.name = sign_in.brand.name.as_str(),
            outcome = "disagreement",
            "the host of return_to and brand_id name different brands: the host decides"
        );
    }
    let forwarded = query.forwarded(sign_in.forward, &sign_in.destination.absolute(), &[]);
    begin(request, state, table, &forwarded, &sign_in).await
}

/// The backend whose own address was asked for.
fn named(request: &HttpRequest) -> Option<&str> {
    request.match_info().get("backend")
}

/// What Zendesk says in the query.
pub(in crate::web) fn read<'a>(query: &Query<'a>) -> Result<SignInRequest<'a>, Malformed> {
    // Our own values hold no `;`, whoever the brand is.
    query.for_all_readers_or(|_, _| true)?;
    let (return_to, brand_id) = (query.value(Parameter::ReturnTo)?, query.brand_id()?);
    Ok(SignInRequest { return_to, brand_id })
}

/// Where a sign-in goes, unless that depends on a provider's answer; `{flow}` stands for its flow.
/// `query` is what the backend gets to see, `is_here` says that the backend's own address was called.
pub fn step(table: &Table, sign_in: &SignIn<'_>, query: &str, is_here: bool) -> Option<Step> {
    let flow = &"{flow}";
    let start = Start { brands: &table.brands, sign_in, query, flow, is_here };
    table.backend(sign_in.backend)?.step(&start)
}

/// Refuses what other readers would read otherwise, and could harm somebody.
pub(in crate::web) fn for_all_readers(
    table: &Table,
    sign_in: &SignIn<'_>,
    query: &Query<'_>,
) -> Result<(), Malformed> {
    query.for_all_readers_or(|parameter, value| is_harmless(table, sign_in, parameter, value))
}

/// Whether it harms nobody that a backend which separates by `;`, too, finds this where we find
/// nothing: `&amp;return_to=…` has to be as good as ours would.
fn is_harmless(table: &Table, sign_in: &SignIn<'_>, parameter: Parameter, value: &str) -> bool {
    match parameter {
        Parameter::BrandId => value.parse().ok().is_some_and(|id| sign_in.brand.id == Some(id)),
        Parameter::ReturnTo => {
            let brand = (sign_in.key, sign_in.brand);
            let there = SignIn::resume(&table.brands, brand, Some(value.into()));
            there.is_ok_and(|there| {
                there.forward == Forward::AsItCame && there.backend == sign_in.backend
            })
        }
        _ => true,
    }
}

fn refused(refusal: Refusal, table: &Table, asked: &SignInRequest<'_>) -> Failure {
    let brand = asked.brand_id.and_then(|id| table.brands.by_id(id));
    match brand {
        Some(brand) => Failure::from(refusal).of(brand),
        None => refusal.into(),
    }
}

/// Sends a person on, with a flow if they come back. `query` is what the backend gets to see.
pub(in crate::web) async fn begin(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    query: &str,
    sign_in: &SignIn<'_>,
) -> Result<HttpResponse, Failure> {
    let backend = table.backend(sign_in.backend).ok_or(WebError::Table)?;
    let failed = |error: WebError| {
        let failure = Failure::from(error).of(sign_in.key).by(backend.name.as_str());
        failure.towards(sign_in.destination.absolute())
    };
    let named = named(request);
    if named.is_some_and(|name| name != backend.name.as_str()) {
        return Err(failed(WebError::OtherBackend));
    }
    let now = state.clock.now();
    let mut cookies = Cookies::of(request);
    let destination = sign_in.destination.absolute();
    let counter = loop_guard::sign_in_begins(request, &cookies, &destination, now);
    let counter = counter.map_err(failed)?;
    let seen = counter.as_ref().map(LoopCounter::value);
    cookies.loops = seen.as_deref().or(cookies.loops);
    if let Kind::SessionToken(session) = &backend.kind
        && (named.is_some() || session.at.is_none())
    {
        // In a box, so that the others, who are many, do not carry its state along.
        let arriving =
            session_cookie::arrive(request, state, table, sign_in, (backend, session), &cookies);
        if let Some(response) = Box::pin(arriving).await? {
            return Ok(response);
        }
    }
    let sent = send_on(request, state, table, query, sign_in, &cookies).await;
    let (mut response, is_final) = sent.map_err(failed)?;
    // Whoever is not seen again is as good as handed off.
    let left =
        if is_final { loop_guard::handed_off(request, &cookies, &destination, now) } else { None };
    if let Some(counter) = left.or(counter) {
        counter.set(&mut response, now);
    }
    Ok(response)
}

/// Sends the browser to the backend; whether it leaves our addresses without coming back.
async fn send_on(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    query: &str,
    sign_in: &SignIn<'_>,
    cookies: &Cookies<'_>,
) -> Result<(HttpResponse, bool), WebError> {
    let backend = table.backend(sign_in.backend).ok_or(WebError::Table)?;
    let id = FlowId::random()?;
    let start = Start {
        brands: &table.brands,
        sign_in,
        query,
        flow: &id,
        is_here: named(request).is_some(),
    };
    let asking = state.asking();
    let begun = pin!(backend.begin(&start, &asking));
    let step = in_turn(request, state, table, backend.name.as_str(), begun).await?;
    let returns = matches!(step, Step::Await(_));
    let sender = RequestOrigin::of(request.headers());
    let is_page = returns && needs_our_page(request, table, sign_in, backend, &sender);
    let mut response = if is_page {
        let texts = state.texts(request);
        let page = OnwardPage { texts, location: step.location(), nonce: &Nonce::random()? };
        headers::page(StatusCode::OK, page.page()?)
    } else {
        headers::redirect(step.into_location()).ok_or(WebError::Table)?
    };
    if returns && headers::is_document(request) {
        let flow = flow(sign_in, backend.name.as_str());
        set_flow(state, &flow, id, backend.way_back(), cookies, &mut response)?;
    }
    // The browser will name us as the sender, wherever it is sent on to from there.
    if headers::is_document(request) && (is_page || sender.is_page_of_ours(table)) {
        let led = cookies::led(cookies.led, backend.name.as_str());
        headers::set_cookie(&mut response, led);
    }
    tracing::debug!(
        brand.name = sign_in.brand.name.as_str(),
        backend.name = backend.name.as_str(),
        outcome = "started",
        "sign-in sent to its backend"
    );
    Ok((response, !returns && backend.at().is_none()))
}

/// Whether the browser goes on by a page of ours instead of a redirect.
///
/// A script whose person has a session answers with a redirect. The sender at `/access/jwt` is then
/// the page on which the chain of redirects began: with a page of ours in between, that is ours, and
/// who came by a mail or a bookmark is not asked who sent them.
fn needs_our_page(
    request: &HttpRequest,
    table: &Table,
    sign_in: &SignIn<'_>,
    backend: &Backend,
    sender: &RequestOrigin<'_>,
) -> bool {
    backend.assertions().is_some()
        && request.method() == "GET"
        && headers::is_document(request)
        && !sender.is_trusted(table, sign_in.brand, backend)
}

/// What this sign-in must remember.
pub(in crate::web) fn flow(sign_in: &SignIn<'_>, backend: &str) -> Flow {
    Flow {
        brand: sign_in.brand.name.as_str().to_owned(),
        backend: backend.to_owned(),
        route: sign_in.route,
        return_to: match &sign_in.destination {
            Destination::ReturnTo(return_to) => Some(return_to.original().to_owned()),
            Destination::Home(_) => None,
        },
    }
}

/// Gives the browser one more flow, and takes the oldest away where they are too many.
pub(in crate::web) fn set_flow(
    state: &State,
    flow: &Flow,
    id: FlowId,
    way_back: WayBack,
    cookies: &Cookies<'_>,
    response: &mut HttpResponse,
) -> Result<(), WebError> {
    let value = state.sealer.seal(flow, id, state.clock.now())?;
    for old in cookies.to_evict(&value) {
        headers::set_cookie(response, cookies::without_flow(&old));
    }
    headers::set_cookie(response, cookies::flow(&id, &value, way_back, Flow::LIFETIME));
    Ok(())
}

/// The page that lists the brands. Nothing of the request is on it but a relative destination.
fn ask(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    return_to: Option<&str>,
) -> Result<HttpResponse, WebError> {
    let listed: Vec<_> = table
        .brands
        .iter()
        .filter(|(_, brand)| brand.listed)
        .map(|(_, brand)| {
            let home = brand.home().origin();
            let destination = home + return_to.unwrap_or("/");
            let logo = brand.theme.logo.as_ref().map(ToString::to_string);
            (brand.title.as_str(), start_again(Some(brand), &destination), logo)
        })
        .collect();
    let brands = listed
        .iter()
        .map(|(name, href, logo)| BrandLink { name, href, logo: logo.as_deref() })
        .collect();
    let page = BrandsPage { texts: state.texts(request), brands }.page()?;
    Ok(headers::page(StatusCode::OK, tidied(request, page)))
}
