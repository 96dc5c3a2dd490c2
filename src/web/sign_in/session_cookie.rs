//! People who bring a login token of the brand's own site along, in a cookie.

use std::pin::pin;

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;
use serde_json::{Map, Value};

use crate::backend::{Backend, SessionToken};
use crate::domain::Brand;
use crate::table::Table;
use crate::token::{FlowId, ReplayKey};
use crate::web::error::{Outcome, WebError};
use crate::web::request::cookies::{self, Cookies};
use crate::web::request::headers;
use crate::web::request::sender::RequestOrigin;
use crate::web::sign_in::confirmation::hand_off_or_ask;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::hand_off::HandOff;
use crate::web::sign_in::refused_claims;
use crate::web::sign_in::throttle::with_permit;
use crate::web::visit::Visit;

/// The backend's cookie, if the browser sends it.
///
/// Two of its name are nobody's word: a neighbour beneath the same domain can set one, and which of
/// them comes first is for the browser to say.
pub(in crate::web) fn cookie<'a>(
    request: &'a RequestHead,
    session: &SessionToken,
) -> Result<Option<&'a str>, WebError> {
    let Some(name) = session.cookie.as_deref() else { return Ok(None) };
    let mut values = cookies::pairs(request).filter(|(it, value)| *it == name && !value.is_empty());
    let first = values.next().map(|(_, value)| value);
    if values.any(|(_, value)| Some(value) != first) {
        return Err(WebError::TwoCookies);
    }
    Ok(first)
}

/// Whether somebody asks to sign in anew, whatever their cookie says: what it lacks, it would lack
/// again.
fn reauthenticates(visit: Visit<'_>) -> bool {
    visit
        .pattern()
        .is_some_and(|pattern| pattern.trim_end_matches('/').ends_with("/reauthenticate"))
}

/// Signs in the person whom the cookie names; `None`: they must go to the login page first.
///
/// What is not proven keeps nobody from the login page: signing in anew gives another token.
///
/// There is no flow: nothing was begun that another page could have been told to finish. The
/// browser's own cookie is looked at within the very request that asks to sign in.
pub(in crate::web) async fn arrive(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    session: &SessionToken,
    cookies: &Cookies<'_>,
) -> Result<Option<HttpResponse>, WebError> {
    let Visit { request, state, table, .. } = visit;
    let SignInContext { sign_in, backend } = context;
    if !headers::is_document(request) || headers::is_prefetch(request) || reauthenticates(visit) {
        return Ok(None);
    }
    let proven = match cookie(request, session) {
        Ok(None) => return Ok(None),
        Ok(Some(token)) => {
            let proven = pin!(session.prove(token, &state.http, state.clock.now()));
            let proven = with_permit(visit, backend.name.as_str(), proven).await;
            proven.map_err(WebError::from)
        }
        Err(error) => Err(error),
    };
    let claims = match proven {
        Ok(claims) => claims,
        // Without any key, another token could not be proven either.
        Err(error @ WebError::Backend(_)) if !session.knows_keys(state.clock.now()) => {
            return Err(error);
        }
        Err(error) => {
            tracing::info!(
                kind = Outcome::of(&error).kind,
                brand.name = sign_in.brand.name.as_str(),
                backend.name = backend.name.as_str(),
                outcome = "not taken",
                "the session cookie is not taken: {error}"
            );
            return Ok(None);
        }
    };
    let hand_off = admit(visit, context, session, (&claims, FlowId::random()?))?;
    let sender = RequestOrigin::of(request.headers());
    let is_trusted = is_owner(&sender, table, sign_in.brand, backend, cookies);
    hand_off_or_ask(visit, &hand_off, None, (&sender, is_trusted), cookies).map(Some)
}

/// Lets the identity rules decide about who a token says somebody is, that has proven to say `claims`: its Zendesk JWT
/// is named by `flow`. What is of no use is kept for the admin page.
pub(in crate::web) fn admit<'a>(
    visit: Visit<'a>,
    context: SignInContext<'a>,
    session: &SessionToken,
    (claims, flow): (&Map<String, Value>, FlowId),
) -> Result<HandOff<'a>, WebError> {
    let admitted = session.read(claims).map_err(WebError::from).and_then(|claimed| {
        HandOff::admit(visit, context, claimed, ReplayKey::of_flow(flow).uuid())
    });
    admitted.inspect_err(|_| refused_claims::hear(visit, context, claims))
}

/// Whether the cookie is the browser's own: a neighbour beneath its domain can plant another, but
/// then must lead people here.
pub(in crate::web) fn is_owner(
    sender: &RequestOrigin<'_>,
    table: &Table,
    brand: &Brand,
    backend: &Backend,
    cookies: &Cookies<'_>,
) -> bool {
    // A page of ours that led nowhere yet is one that the person saw.
    let is_elsewhere = cookies.led_past(table, backend);
    *sender == RequestOrigin::Person
        || sender.is_trusted(table, brand, backend)
            && !(is_elsewhere && sender.is_page_of_ours(table))
}
