//! How a sign-in begins: a flow for the browser, and the way to its backend.

use std::pin::pin;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::backend::{BackendType, Redirect, Start};
use crate::domain::Dispatch;
use crate::table::Table;
use crate::token::FlowId;
use crate::web::error::{Failure, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::OnwardPage;
use crate::web::request::cookies::Cookies;
use crate::web::request::headers;
use crate::web::request::sender::RequestOrigin;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::loop_guard::{self, LoopCounter};
use crate::web::sign_in::throttle::with_permit;
use crate::web::sign_in::{flows, session_cookie};
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

async fn proceed(
    visit: Visit<'_>,
    query: &str,
    context: SignInContext<'_>,
) -> Result<HttpResponse, WebError> {
    let SignInContext { sign_in, backend } = context;
    let request = visit.request;
    let named = visit.named("backend");
    if named.is_some_and(|name| name != backend.name.as_str()) {
        return Err(WebError::OtherBackend);
    }
    let now = visit.now();
    let mut cookies = Cookies::of(request);
    let destination = sign_in.destination.absolute();
    let counter = loop_guard::sign_in_begins(request, &cookies, &destination, now)?;
    let seen = counter.as_ref().map(LoopCounter::value);
    cookies.loops = seen.as_deref().or(cookies.loops);
    if let BackendType::SessionToken(session) = &backend.kind
        && (named.is_some() || session.at.is_none())
    {
        // In a box, so that the others, who are many, do not carry its state along.
        let arriving = session_cookie::arrive(visit, context, session, &cookies);
        if let Some(response) = Box::pin(arriving).await? {
            return Ok(response);
        }
    }
    let (mut response, is_final) = send_on(visit, query, context, &cookies).await?;
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
    visit: Visit<'_>,
    query: &str,
    context: SignInContext<'_>,
    cookies: &Cookies<'_>,
) -> Result<(HttpResponse, bool), WebError> {
    let Visit { request, state, table, .. } = visit;
    let SignInContext { sign_in, backend } = context;
    // Nobody comes back from a backend that does not say to us who somebody is.
    let id = backend.names_people().then(FlowId::random).transpose()?;
    let start = Start {
        brands: &table.brands,
        sign_in,
        query,
        flow: id.as_ref().map_or(&"", |id| id),
        is_here: visit.named("backend").is_some(),
    };
    let asking = state.asking();
    let begun = pin!(backend.begin(&start, &asking));
    let redirect = with_permit(visit, backend.name.as_str(), begun).await?;
    let returns = matches!(redirect, Redirect::RoundTrip(_));
    let sender = headers::is_document(request).then(|| RequestOrigin::of(request.headers()));
    let is_page = returns && sender.as_ref().is_some_and(|it| needs_our_page(visit, context, it));
    let mut response = if is_page {
        let texts = visit.texts();
        let page = OnwardPage { texts, location: redirect.location(), nonce: &Nonce::random()? };
        response::page(StatusCode::OK, page.page()?)
    } else {
        response::redirect(redirect.into_location()).ok_or(WebError::Table)?
    };
    if let (true, Some(_), Some(id)) = (returns, &sender, id) {
        let flow = flows::new_flow(sign_in, backend.name.as_str());
        flows::set_flow(state, &flow, id, backend.way_back(), cookies, &mut response)?;
    }
    // The browser will name us as the sender, wherever it is sent on to from there.
    if is_page || sender.is_some_and(|sender| sender.is_page_of_ours(table)) {
        for led in cookies.led_to(backend.name.as_str()) {
            response::set_cookie(&mut response, led);
        }
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
