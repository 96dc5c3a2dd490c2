//! `GET /login`, the remote login URL: decide, open a flow, send on.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;

use crate::domain::{
    Decision, Dispatch, Forward, Parameter, Refusal, RemoteRequest, decide, is_too_long,
};
use crate::table::Table;
use crate::web::error::{Failure, WebError};
use crate::web::request::error::Malformed;
use crate::web::request::guard::Takes;
use crate::web::request::query::Query;
use crate::web::response;
use crate::web::routes::choice;
use crate::web::sign_in::begin::{begin, begin_at_once};
use crate::web::state::State;
use crate::web::visit::{Notes, Visit};

/// Answers `/login` before the route table is asked, where nothing has to be waited for; `None` for
/// everything else, for whatever is refused, and for what is traced: it goes the whole way.
pub fn get_at_once(request: &RequestHead, state: &State) -> Option<HttpResponse> {
    if request.uri.path() != "/login" || state.traces.is_some() {
        return None;
    }
    let table = state.table();
    let notes = Notes::default();
    let visit = Visit::before_routing(request, state, &table, &notes);
    if visit.at.is_some() {
        return None;
    }
    Takes::STEP.check(request).ok()?;
    let query = Query::of(request).ok()?;
    let asked = read(&query).ok()?;
    let asked = RemoteRequest { client: visit.client(), ..asked.by_ref() };
    let Decision::SignIn(sign_in) = decide(&table.brands, &asked) else { return None };
    for_all_readers(&table, &sign_in, &query).ok()?;
    let response = begin_at_once(visit, &forwarded(&query, &sign_in), &sign_in)?;
    note(&asked, &sign_in);
    Some(response)
}

/// Sends a person to the backend of their brand. At `/backends/{backend}/login` that backend must be
/// the one named: it is our address where browsers send its cookie.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let query = Query::of(request)?;
    let asked = read(&query)?;
    let asked = RemoteRequest { client: visit.client(), ..asked.by_ref() };
    let sign_in = match decide(&table.brands, &asked) {
        Decision::SignIn(sign_in) => sign_in,
        // The choice is made where every backend's flows live.
        Decision::Ask(_) if visit.named("backend").is_some() => {
            let location = format!("{}/login?{}", table.public_url, query.as_str());
            return Ok(response::redirect(location).ok_or(WebError::Table)?);
        }
        Decision::Ask(return_to) => {
            return Ok(choice::page(visit, return_to.as_deref(), query.as_str())?);
        }
        Decision::Refuse(refusal) => return Err(refused(refusal, table, &asked)),
    };
    for_all_readers(table, &sign_in, &query)?;
    note(&asked, &sign_in);
    begin(visit, &forwarded(&query, &sign_in), &sign_in).await
}

/// What the backend gets to see of the query.
fn forwarded<'q>(query: &Query<'q>, sign_in: &Dispatch<'_>) -> Cow<'q, str> {
    query.forwarded(sign_in.forward, &sign_in.destination.absolute(), &[])
}

/// Says in the log what somebody may wonder about.
fn note(asked: &RemoteRequest<'_>, sign_in: &Dispatch<'_>) {
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
}

/// What Zendesk says in the query.
pub(in crate::web) fn read<'a>(query: &Query<'a>) -> Result<RemoteRequest<'a>, Malformed> {
    // Our own values hold no `;`, whoever the brand is.
    query.for_all_readers_or(|_, _| true)?;
    let (return_to, brand_id) = (query.value(Parameter::ReturnTo)?, query.brand_id()?);
    Ok(RemoteRequest { return_to, brand_id, client: None })
}

/// Refuses what other readers would read otherwise, and could harm somebody.
pub(in crate::web) fn for_all_readers(
    table: &Table,
    sign_in: &Dispatch<'_>,
    query: &Query<'_>,
) -> Result<(), Malformed> {
    query.for_all_readers_or(|parameter, value| is_harmless(table, sign_in, parameter, value))
}

/// Whether it harms nobody that a backend which separates by `;`, too, finds this where we find
/// nothing: `&amp;return_to=…` has to be as good as ours would.
fn is_harmless(table: &Table, sign_in: &Dispatch<'_>, parameter: Parameter, value: &str) -> bool {
    match parameter {
        Parameter::BrandId => value.parse().ok().is_some_and(|id| sign_in.brand.id == Some(id)),
        Parameter::ReturnTo => {
            let brand = (sign_in.key, sign_in.brand);
            let there = Dispatch::resume(&table.brands, brand, sign_in.client, Some(value.into()));
            there.is_ok_and(|there| {
                there.forward == Forward::Verbatim && there.backend == sign_in.backend
            })
        }
        _ => true,
    }
}

fn refused(refusal: Refusal, table: &Table, asked: &RemoteRequest<'_>) -> Failure {
    let brand = asked.brand_id.and_then(|id| table.brands.by_id(id));
    match brand {
        Some(brand) => Failure::from(refusal).brand(brand),
        None => refusal.into(),
    }
}
