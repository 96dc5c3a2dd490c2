//! `GET /login`, the remote login URL: decide, open a flow, send on.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::cookies::{self, Cookies};
use super::error::{Failure, WebError};
use super::pages::{BrandLink, BrandsPage};
use super::query::{Malformed, Query};
use super::state::{State, Table};
use super::texts::Texts;
use super::{answer, headers, only_get, query, start_again};
use crate::backend::Step;
use crate::domain::{Decision, Destination, Parameter, Refusal, SignIn, SignInRequest, decide};
use crate::store::Purpose;
use crate::token::{Flow, FlowId, FlowState};

/// Sends a person to the backend of their brand.
pub(super) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
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
    // A guess of the browser's opens no flow, so what it fetched would end nowhere.
    if headers::is_prefetch(request) {
        return Err(WebError::Prefetch.into());
    }
    let query = query(request)?;
    let asked = read(&query)?;
    let sign_in = match decide(&table.brands, &asked) {
        Decision::SignIn(sign_in) => sign_in,
        Decision::Ask(return_to) => {
            return Ok(ask(state.texts(request), table, return_to.as_deref())?);
        }
        Decision::Refuse(refusal) => return Err(refused(refusal, table, &asked)),
    };
    if sign_in.disagrees {
        tracing::info!(
            brand.name = sign_in.brand.name.as_str(),
            outcome = "disagreement",
            "the host of return_to and brand_id name different brands: the host decides"
        );
    }
    let cookies = Cookies::of(request);
    let is_first = is_first(request, state, &cookies, "login").await.map_err(|error| {
        Failure::from(error).of(sign_in.key).towards(sign_in.brand.home().origin() + "/")
    })?;
    begin(request, state, table, &query, &sign_in, &cookies, is_first)
        .map_err(|error| Failure::from(error).of(sign_in.key))
}

/// What Zendesk says in the query.
pub fn read<'a>(query: &Query<'a>) -> Result<SignInRequest<'a>, Malformed> {
    let (return_to, brand_id) = (query.value(Parameter::ReturnTo)?, query.brand_id()?);
    Ok(SignInRequest { return_to, brand_id })
}

/// Where a sign-in goes.
pub fn step(table: &Table, sign_in: &SignIn<'_>, query: &Query<'_>) -> Option<Step> {
    let forwarded = query.forwarded(sign_in.forward, &sign_in.destination.absolute(), &[]);
    Some(table.backend(sign_in.backend)?.begin(&table.brands, sign_in, &forwarded))
}

fn refused(refusal: Refusal, table: &Table, asked: &SignInRequest<'_>) -> Failure {
    let brand = asked.brand_id.and_then(|id| table.brands.by_id(id));
    match brand {
        Some(brand) => Failure::from(refusal).of(brand),
        None => refusal.into(),
    }
}

/// Counts the sign-ins (or sign-outs) of one browser; whether it is the first within a minute.
pub(super) async fn is_first(
    request: &HttpRequest,
    state: &State,
    cookies: &Cookies<'_>,
    what: &'static str,
) -> Result<bool, WebError> {
    /// The first one brings no cookie yet and is not counted.
    const MOST: u64 = 4;
    if !headers::is_document(request) {
        return Ok(false);
    }
    let Some(seen) = cookies.seen else { return Ok(true) };
    let key = Purpose::Loop.key(&[what, seen]);
    match state.store.count(&key, cookies::SEEN_SECONDS, state.clock.now()).await {
        Ok(count) if count > MOST => Err(WebError::Loop),
        // A store that is away must not stop anybody: loops fail open.
        Ok(_) | Err(_) => Ok(false),
    }
}

fn begin(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    query: &Query<'_>,
    sign_in: &SignIn<'_>,
    cookies: &Cookies<'_>,
    is_first: bool,
) -> Result<HttpResponse, WebError> {
    let backend = table.backend(sign_in.backend).ok_or(WebError::Table)?;
    let step = step(table, sign_in, query).ok_or(WebError::Table)?;
    let returns = matches!(step, Step::Redirect(_));
    let mut response = headers::redirect(step.into_location()).ok_or(WebError::Table)?;
    if returns && headers::is_document(request) {
        let flow = flow(sign_in, backend.name.as_str());
        set_flow(state, &flow, FlowId::random()?, cookies, &mut response)?;
    }
    if is_first {
        headers::set_cookie(&mut response, cookies::first_seen()?);
    }
    tracing::debug!(
        brand.name = sign_in.brand.name.as_str(),
        backend.name = backend.name.as_str(),
        outcome = "started",
        "sign-in sent to its backend"
    );
    Ok(response)
}

/// What this sign-in must remember.
pub(super) fn flow(sign_in: &SignIn<'_>, backend: &str) -> Flow {
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
pub(super) fn set_flow(
    state: &State,
    flow: &Flow,
    id: FlowId,
    cookies: &Cookies<'_>,
    response: &mut HttpResponse,
) -> Result<(), WebError> {
    let expires = state.clock.now() + Flow::LIFETIME;
    let value = flow.seal(&state.sealer, id, expires, FlowState::Open)?;
    for old in cookies.to_evict(&value) {
        headers::set_cookie(response, cookies::without_flow(&old));
    }
    headers::set_cookie(response, cookies::flow(&id, &value, Flow::LIFETIME));
    Ok(())
}

/// The page that lists the brands. Nothing of the request is on it but a relative destination.
fn ask(texts: &Texts, table: &Table, return_to: Option<&str>) -> Result<HttpResponse, WebError> {
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
    let page = BrandsPage { texts, brands }.page()?;
    Ok(headers::page(StatusCode::OK, page))
}
