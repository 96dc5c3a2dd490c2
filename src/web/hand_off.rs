//! The hand-off: the Zendesk JWT is minted and the browser posts it to the account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::cookies;
use super::error::{Failure, FlowProblem, WebError};
use super::flows::OpenFlow;
use super::headers;
use super::pages::HandOffPage;
use super::policy::Nonce;
use super::state::{State, Table, look};
use super::texts::Texts;
use crate::backend::Backend;
use crate::domain::{Identity, SignIn};
use crate::token::{ClaimId, FlowState, zendesk};

/// Who is handed off, and where to.
pub(super) struct HandOff<'a> {
    pub(super) sign_in: &'a SignIn<'a>,
    pub(super) backend: &'a Backend,
    /// An absolute address: Zendesk would resolve a relative one against the account.
    pub(super) destination: String,
    pub(super) identity: Identity,
    /// Zendesk refuses a second JWT with it.
    pub(super) jti: String,
}

impl HandOff<'_> {
    /// `error`, with what is known about this sign-in.
    pub(super) fn failure(&self, error: impl Into<WebError>) -> Failure {
        Failure::from(error.into())
            .of(self.sign_in.key)
            .by(self.backend.name.as_str())
            .towards(self.destination.as_str())
    }
}

/// Uses up the flow and answers the page that posts the JWT.
pub(super) async fn respond(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    hand_off: &HandOff<'_>,
    flow: Option<OpenFlow>,
) -> Result<HttpResponse, Failure> {
    let now = state.clock.now();
    if let Some(flow) = &flow {
        let left = flow.expires.saturating_sub(now).max(1);
        let claim = ClaimId::of_flow(flow.id);
        let first = state.store.claim_once(claim.as_bytes(), left, now).await;
        if !first.map_err(|error| hand_off.failure(error))? {
            return Err(hand_off.failure(FlowProblem::Used));
        }
    }
    let mut response = page(state.texts(request), table, hand_off, now)
        .map_err(|error| hand_off.failure(error))?;
    if let Some(OpenFlow { id, flow, expires }) = flow {
        // Kept until its hour is over, so that Back and Reload can say what happened.
        let used = flow.seal(&state.sealer, id, expires, FlowState::Used);
        let used = used.map_err(|error| hand_off.failure(error))?;
        let left = expires.saturating_sub(now);
        headers::set_cookie(&mut response, cookies::flow(&id, &used, left));
    }
    tracing::info!(
        brand.name = hand_off.sign_in.brand.name.as_str(),
        backend.name = hand_off.backend.name.as_str(),
        outcome = "handed off",
        "sign-in handed to zendesk"
    );
    Ok(response)
}

fn page(
    texts: &Texts,
    table: &Table,
    hand_off: &HandOff<'_>,
    now: u64,
) -> Result<HttpResponse, WebError> {
    let jwt = zendesk::mint(&hand_off.identity, &hand_off.jti, &table.shared_secret, now)?;
    let page = HandOffPage {
        texts,
        look: &look(hand_off.sign_in.brand),
        action: &format!("{}/access/jwt", table.brands.account().host().origin()),
        jwt: jwt.expose(),
        return_to: &hand_off.destination,
        nonce: &Nonce::random()?,
    };
    Ok(headers::page(StatusCode::OK, page.page()?))
}
