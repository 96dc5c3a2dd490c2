//! How a sign-in begins: a flow for the browser, and the way to its backend.

use std::pin::pin;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use crate::backend::{Backend, Kind, Start, Step};
use crate::domain::SignIn;
use crate::table::Table;
use crate::token::FlowId;
use crate::web::error::{Failure, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::OnwardPage;
use crate::web::page::response;
use crate::web::request::cookies::{self, Cookies};
use crate::web::request::headers;
use crate::web::request::sender::RequestOrigin;
use crate::web::sign_in::loop_guard::{self, LoopCounter};
use crate::web::sign_in::throttle::in_turn;
use crate::web::sign_in::{flows, session_cookie};
use crate::web::state::State;

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
        let failure = Failure::from(error).brand(sign_in.key).backend(backend.name.as_str());
        failure.destination(sign_in.destination.absolute())
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
        response::page(StatusCode::OK, page.page()?)
    } else {
        response::redirect(step.into_location()).ok_or(WebError::Table)?
    };
    if returns && headers::is_document(request) {
        let flow = flows::new_flow(sign_in, backend.name.as_str());
        flows::set_flow(state, &flow, id, backend.way_back(), cookies, &mut response)?;
    }
    // The browser will name us as the sender, wherever it is sent on to from there.
    if headers::is_document(request) && (is_page || sender.is_page_of_ours(table)) {
        let led = cookies::led(cookies.led, backend.name.as_str());
        response::set_cookie(&mut response, led);
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

/// The backend whose own address was asked for.
pub(in crate::web) fn named(request: &HttpRequest) -> Option<&str> {
    request.match_info().get("backend")
}

/// Where a sign-in goes, unless that depends on a provider's answer; `{flow}` stands for its flow.
/// `query` is what the backend gets to see, `is_here` says that the backend's own address was called.
pub fn step(table: &Table, sign_in: &SignIn<'_>, query: &str, is_here: bool) -> Option<Step> {
    let flow = &"{flow}";
    let start = Start { brands: &table.brands, sign_in, query, flow, is_here };
    table.backend(sign_in.backend)?.step(&start)
}
