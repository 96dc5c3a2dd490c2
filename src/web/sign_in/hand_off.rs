//! The hand-off: the Zendesk JWT is minted and the browser posts it to the account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use crate::backend::Backend;
use crate::domain::{Brand, ClaimedProfile, Identity, SignIn};
use crate::table::Table;
use crate::token::{ReplayKey, UsedFlow, zendesk};
use crate::web::error::{Failure, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::HandOffPage;
use crate::web::page::response;
use crate::web::page::texts::Texts;
use crate::web::page::theme::BrandLook;
use crate::web::request::cookies::{self, Cookies};
use crate::web::sign_in::flows::{OpenFlow, Waiting};
use crate::web::sign_in::loop_guard;
use crate::web::state::State;

/// Who is handed off, and where to.
pub(in crate::web) struct HandOff<'a> {
    pub(in crate::web) sign_in: &'a SignIn<'a>,
    pub(in crate::web) backend: &'a Backend,
    /// An absolute address: Zendesk would resolve a relative one against the account.
    pub(in crate::web) destination: String,
    /// What the backend says about them; a question carries it along, to be admitted again.
    pub(in crate::web) claimed: ClaimedProfile,
    pub(in crate::web) identity: Identity,
    /// Zendesk refuses a second JWT with it.
    pub(in crate::web) jti: String,
}

impl<'a> HandOff<'a> {
    /// Lets the identity rules decide about who a backend says somebody is.
    pub(in crate::web) fn admit(
        table: &Table,
        sign_in: &'a SignIn<'a>,
        backend: &'a Backend,
        claimed: ClaimedProfile,
        jti: String,
    ) -> Result<Self, Failure> {
        let destination = sign_in.destination.absolute().into_owned();
        let (rules, proof) = (sign_in.rules(), backend.email_proof());
        match rules.admit(&claimed, sign_in.backend, proof, &table.reserved) {
            Ok(identity) => Ok(Self { sign_in, backend, destination, claimed, identity, jti }),
            Err(refusal) => Err(Failure::from(refusal)
                .brand(sign_in.key)
                .backend(backend.name.as_str())
                .destination(destination)),
        }
    }

    /// `error`, with what is known about this sign-in.
    pub(in crate::web) fn failure(&self, error: impl Into<WebError>) -> Failure {
        Failure::from(error.into())
            .brand(self.sign_in.key)
            .backend(self.backend.name.as_str())
            .destination(self.destination.as_str())
    }
}

/// Tells those who run it why Zendesk does not learn what a backend says.
pub(in crate::web) fn note_left_out<E>(identity: &Identity<E>, brand: &Brand, backend: &Backend) {
    for attribute in &identity.left_out {
        tracing::info!(
            brand.name = brand.name.as_str(),
            backend.name = backend.name.as_str(),
            attribute = attribute.as_str(),
            outcome = "left out",
            "not what zendesk takes"
        );
    }
}

/// Signs in the person whom `waiting` was for, now that its backend says who it is.
///
/// The flow names the JWT: whoever comes twice with one flow is refused by Zendesk itself.
pub(in crate::web) fn finish(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    waiting: Waiting<'_>,
    claimed: ClaimedProfile,
) -> Result<HttpResponse, Failure> {
    let Waiting { flow, sign_in, backend } = waiting;
    let jti = ReplayKey::of_flow(flow.id).uuid();
    let hand_off = HandOff::admit(table, &sign_in, backend, claimed, jti)?;
    let cookies = Cookies::of(request);
    respond(request, state, table, &hand_off, Some(flow), &cookies)
}

/// Answers the page that posts the JWT, and marks the flow as used.
///
/// Whoever comes here has used up what they brought, if it can be brought twice.
pub(in crate::web) fn respond(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    hand_off: &HandOff<'_>,
    flow: Option<OpenFlow>,
    cookies: &Cookies<'_>,
) -> Result<HttpResponse, Failure> {
    let now = state.clock.now();
    let mut response = page(state.texts(request), table, hand_off, now)
        .map_err(|error| hand_off.failure(error))?;
    if let Some(OpenFlow { id, flow, expires }) = flow {
        // Kept until its hour is over, so that Back and Reload can say what happened.
        let used = state.sealer.seal_until(&UsedFlow(flow), id, expires);
        let used = used.map_err(|error| hand_off.failure(error))?;
        let left = expires.saturating_sub(now);
        let way_back = hand_off.backend.way_back();
        response::set_cookie(&mut response, cookies::flow(&id, &used, way_back, left));
    }
    let counter = loop_guard::handed_off(request, cookies, &hand_off.destination, now);
    if let Some(counter) = counter {
        counter.set(&mut response, now);
    }
    note_left_out(&hand_off.identity, hand_off.sign_in.brand, hand_off.backend);
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
    let secret = table.secret_for(hand_off.sign_in.rules(), &hand_off.identity);
    let jwt = zendesk::mint(&hand_off.identity, &hand_off.jti, secret, now)?;
    let page = HandOffPage {
        texts,
        look: &BrandLook::of(hand_off.sign_in.brand),
        action: &format!("{}/access/jwt", table.brands.account().host().origin()),
        jwt: jwt.expose(),
        return_to: &hand_off.destination,
        nonce: &Nonce::random()?,
    };
    Ok(response::page(StatusCode::OK, page.page()?))
}
