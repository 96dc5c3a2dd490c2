//! How a sign-in begins: a flow for the browser, and the way to its backend.

use std::pin::pin;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::backend::{Backend, BackendType, Redirect, SessionToken, Start};
use crate::domain::{Dispatch, Parameter};
use crate::metrics::{ClockNews, SignIn};
use crate::table::Table;
use crate::token::{FlowId, NoRandomness};
use crate::web::error::{Failure, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::OnwardPage;
use crate::web::request::cookies::Cookies;
use crate::web::request::headers;
use crate::web::request::query::Query;
use crate::web::request::sender::RequestOrigin;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::loop_guard::{self, LoopCounter};
use crate::web::sign_in::throttle::with_permit;
use crate::web::sign_in::{flows, rates, session_cookie};
use crate::web::visit::Visit;

/// Sends a person on, with a flow if they come back. `query` is what the backend gets to see.
pub(in crate::web) async fn begin(
    visit: Visit<'_>,
    query: &str,
    sign_in: &Dispatch<'_>,
) -> Result<HttpResponse, Failure> {
    let backend = visit.table.backend(sign_in.backend).ok_or(WebError::Table)?;
    let context = SignInContext { sign_in, backend };
    proceed(visit, query, context).await.map_err(|error| context.failure(error))
}

/// The same where nothing has to be waited for; `None` where something has, or where it is refused.
pub(in crate::web) fn begin_at_once(
    visit: Visit<'_>,
    query: &str,
    sign_in: &Dispatch<'_>,
) -> Option<HttpResponse> {
    let backend = visit.table.backend(sign_in.backend)?;
    let context = SignInContext { sign_in, backend };
    if context.is_open().is_err() || session_looked_at(visit, backend).is_some() {
        return None;
    }
    let cookies = Cookies::of(visit.request);
    let counter = begins(visit, sign_in, &cookies).ok()?;
    let seen = counter.as_ref().map(LoopCounter::value);
    let cookies = Cookies { loops: seen.as_deref().or(cookies.loops), ..cookies };
    let id = new_id(backend).ok()?;
    let redirect = backend.redirect(&start(visit, query, context, id.as_ref()))?;
    // What goes the whole way is counted there.
    if !rates::admits_at_login(visit) {
        return None;
    }
    send_on(visit, context, &cookies, (redirect, id), counter).ok()
}

async fn proceed(
    visit: Visit<'_>,
    query: &str,
    context: SignInContext<'_>,
) -> Result<HttpResponse, WebError> {
    let SignInContext { sign_in, backend } = context;
    if visit.named("backend").is_some_and(|name| name != backend.name.as_str()) {
        return Err(WebError::OtherBackend);
    }
    context.is_open()?;
    let cookies = Cookies::of(visit.request);
    let counter = begins(visit, sign_in, &cookies)?;
    let seen = counter.as_ref().map(LoopCounter::value);
    let cookies = Cookies { loops: seen.as_deref().or(cookies.loops), ..cookies };
    if let Some(session) = session_looked_at(visit, backend) {
        // In a box, so that the others, who are many, do not carry its state along.
        let arriving = session_cookie::arrive(visit, context, session, &cookies);
        if let Some(response) = Box::pin(arriving).await? {
            return Ok(response);
        }
    }
    let id = new_id(backend)?;
    let asking = visit.asking();
    let start = start(visit, query, context, id.as_ref());
    let begun = pin!(backend.begin(&start, &asking));
    let redirect = with_permit(visit, backend.name.as_str(), begun).await?;
    send_on(visit, context, &cookies, (redirect, id), counter)
}

/// The backend whose cookie says here who somebody is, if it is one.
fn session_looked_at<'t>(visit: Visit<'_>, backend: &'t Backend) -> Option<&'t SessionToken> {
    match &backend.kind {
        BackendType::SessionToken(session) => {
            (visit.named("backend").is_some() || session.at.is_none()).then_some(session)
        }
        _ => None,
    }
}

/// Notes that the sign-in begins.
fn begins(
    visit: Visit<'_>,
    sign_in: &Dispatch<'_>,
    cookies: &Cookies<'_>,
) -> Result<Option<LoopCounter>, WebError> {
    let destination = sign_in.destination.absolute();
    loop_guard::sign_in_begins(visit.request, cookies, &destination, visit.now())
}

/// Names the flow. Nobody comes back from a backend that does not say to us who somebody is.
fn new_id(backend: &Backend) -> Result<Option<FlowId>, NoRandomness> {
    backend.names_people().then(FlowId::random).transpose()
}

fn start<'a>(
    visit: Visit<'a>,
    query: &'a str,
    context: SignInContext<'a>,
    id: Option<&'a FlowId>,
) -> Start<'a> {
    Start {
        brands: &visit.table.brands,
        sign_in: context.sign_in,
        query,
        flow: id.map_or(&"", |id| id),
        is_here: visit.named("backend").is_some(),
    }
}

/// Sends the browser to the backend, with what it has to remember.
fn send_on(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    cookies: &Cookies<'_>,
    (redirect, id): (Redirect, Option<FlowId>),
    counter: Option<LoopCounter>,
) -> Result<HttpResponse, WebError> {
    let Visit { request, table, .. } = visit;
    let SignInContext { sign_in, backend } = context;
    let now = visit.now();
    let returns = matches!(redirect, Redirect::RoundTrip(_));
    let is_document = headers::is_document(request);
    let sender = if !is_document {
        None
    } else if returns {
        Some(RequestOrigin::of(request.headers()))
    } else {
        // Of whoever does not come back, only that a page of ours led there counts.
        RequestOrigin::of_page(request.headers())
    };
    let is_page = returns && sender.as_ref().is_some_and(|it| needs_our_page(visit, context, it));
    let mut response = if is_page {
        let texts = visit.texts();
        let page = OnwardPage { texts, location: redirect.location(), nonce: &Nonce::random()? };
        response::page(StatusCode::OK, page.page()?)
    } else {
        response::redirect(redirect.into_location()).ok_or(WebError::Table)?
    };
    if let (true, Some(_), Some(id)) = (returns, &sender, id) {
        let flow = flows::new_flow(visit, sign_in, backend.name.as_str());
        flows::set_flow(visit, &flow, id, backend.way_back(), cookies, &mut response)?;
    }
    // The browser will name us as the sender, wherever it is sent on to from there.
    if is_page || sender.is_some_and(|sender| sender.is_page_of_ours(table)) {
        for led in cookies.led_to(backend.name.as_str()) {
            response::set_cookie(&mut response, led);
        }
    }
    let counter = if is_document && !returns && backend.at().is_none() {
        Some(loop_guard::left(cookies, &sign_in.destination.absolute(), now))
    } else {
        counter
    };
    if let Some(counter) = counter {
        counter.set(&mut response, now);
    }
    visit.count(sign_in, backend, SignIn::Started);
    if visit.state.metrics.clock_offset.is_due(now) {
        look_at_clock(visit, now);
    }
    tracing::debug!(
        brand.name = sign_in.brand.name.as_str(),
        backend.name = backend.name.as_str(),
        outcome = "started",
        "sign-in sent to its backend"
    );
    Ok(response)
}

/// Compares our clock with Zendesk's, which has said what time it is.
#[cold]
fn look_at_clock(visit: Visit<'_>, now: u64) {
    let Ok(query) = Query::of(visit.request) else { return };
    let Ok(Some(theirs)) = query.value(Parameter::Timestamp) else { return };
    let Ok(theirs) = theirs.parse() else { return };
    match visit.state.metrics.clock_offset.observe(now, theirs) {
        Some(ClockNews::Far(seconds)) => {
            tracing::warn!(seconds, fault = "us", "our clock differs from Zendesk's");
        }
        Some(ClockNews::Near(seconds)) => {
            tracing::info!(seconds, "our clock agrees with Zendesk's again");
        }
        None => {}
    }
}

/// Whether the browser goes on by a page of ours instead of a redirect.
///
/// A script whose person has a session answers with a redirect. The sender at `/access/jwt` is then
/// the page on which the chain of redirects began: with a page of ours in between, that is ours, and
/// who came by a mail or a bookmark is not asked who sent them.
fn needs_our_page(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    sender: &RequestOrigin<'_>,
) -> bool {
    let SignInContext { sign_in, backend } = context;
    backend.assertions().is_some()
        && visit.request.method == "GET"
        && !sender.is_trusted(visit.table, sign_in.brand, backend)
}

/// Where a sign-in goes, unless that depends on a provider's answer; `{flow}` stands for its flow.
/// `query` is what the backend gets to see, `is_here` says that the backend's own address was called.
pub fn redirect(
    table: &Table,
    sign_in: &Dispatch<'_>,
    query: &str,
    is_here: bool,
) -> Option<Redirect> {
    let flow = &"{flow}";
    let start = Start { brands: &table.brands, sign_in, query, flow, is_here };
    table.backend(sign_in.backend)?.redirect(&start)
}
