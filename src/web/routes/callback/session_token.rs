//! The way back of a `session_token` backend: with a token in the address, or with its cookie.

use std::pin::pin;

use actix_web::HttpResponse;

use super::waiting;
use crate::backend::{Backend, SessionToken};
use crate::domain::{Parameter, PostedReturnTo};
use crate::table::Table;
use crate::web::error::{Failure, WebError};
use crate::web::request::cookies::Cookies;
use crate::web::request::error::RequestError;
use crate::web::request::limits::MAX_TOKEN;
use crate::web::request::query::Query;
use crate::web::request::sender::RequestOrigin;
use crate::web::sign_in::came_back::Fit;
use crate::web::sign_in::confirmation::hand_off_or_ask;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{Flows, OpenFlow, Waiting};
use crate::web::sign_in::session_cookie;
use crate::web::sign_in::throttle::with_permit;
use crate::web::visit::Visit;

/// Signs in whom the token names, if this browser has asked to sign in by this backend.
pub(super) async fn take(
    visit: Visit<'_>,
    (backend, session): (&Backend, &SessionToken),
    query: &Query<'_>,
) -> Result<HttpResponse, Failure> {
    let table = visit.table;
    let cookies = Cookies::of(visit.request);
    let flows = waiting(Flows::of(visit, &cookies, Some(backend.name.as_str())), backend)?;
    let return_to = query.value(Parameter::ReturnTo).unwrap_or_default();
    let open = choose(flows, return_to.as_deref(), table).ok_or(WebError::Table)?;
    let Waiting { flow, sign_in, backend, .. } = open;
    let context = SignInContext { sign_in: &sign_in, backend };
    let outcome = identify(visit, context, flow, session, query).await;
    outcome.map_err(|error| context.failure(error))
}

async fn identify(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    flow: OpenFlow,
    session: &SessionToken,
    query: &Query<'_>,
) -> Result<HttpResponse, WebError> {
    context.is_open()?;
    let Visit { request, state, table, .. } = visit;
    let SignInContext { sign_in, backend } = context;
    let sent = query.value(Parameter::Token)?;
    if sent.as_ref().is_some_and(|token| token.len() > MAX_TOKEN) {
        return Err(RequestError::TokenTooLarge.into());
    }
    let token = match &sent {
        Some(token) => token,
        None => session_cookie::cookie(request, session)?.ok_or(WebError::NoToken)?,
    };
    let claims = pin!(session.prove(token, &state.http, visit.now()));
    let claims = with_permit(visit, backend.name.as_str(), claims).await?;

    // A token in an address may be anybody's, and so may a cookie that a neighbour planted.
    let sender = RequestOrigin::of(request.headers());
    let cookies = Cookies::of(request);
    let is_trusted = match sent {
        None => session_cookie::is_owner(&sender, table, sign_in.brand, backend, &cookies),
        Some(_) => sender.may_bring(table, sign_in.brand, backend, &cookies),
    };
    let hand_off = session_cookie::admit(visit, context, session, (&claims, flow.id))?;
    hand_off_or_ask(visit, &hand_off, Some(flow), (&sender, is_trusted), &cookies)
}

/// The flow that the page which the provider gives back, if it does, fits best; of several the
/// newest, which comes first.
fn choose<'t>(
    flows: Vec<Waiting<'t>>,
    return_to: Option<&str>,
    table: &'t Table,
) -> Option<Waiting<'t>> {
    let posted = return_to.map(PostedReturnTo::new);
    let fits = flows.into_iter().map(|mut open| {
        // A provider only gives back what it was given: where a sign-in ends, its flow says.
        let destination = open.sign_in.destination.clone();
        let fit = Fit::judge(posted.as_ref(), &mut open, table);
        open.sign_in.destination = destination;
        (fit, open)
    });
    fits.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, open)| open)
}
