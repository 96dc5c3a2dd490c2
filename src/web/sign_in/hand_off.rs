//! The hand-off: the Zendesk JWT is minted and the browser posts it to the account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::audit::{AuditEntry, AuditOutcome, Event};
use crate::backend::Backend;
use crate::domain::{Brand, ClaimedProfile, Identity, Role};
use crate::metrics::SignIn;
use crate::table::Table;
use crate::token::{NoRandomness, ReplayKey, UsedFlow, trace_code, zendesk};
use crate::web::error::{RefusedIdentity, WebError, client};
use crate::web::page::csp::Nonce;
use crate::web::page::hand_off::HandOffPage;
use crate::web::page::texts::Texts;
use crate::web::page::theme::BrandLook;
use crate::web::request::cookies::{self, Cookies};
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::OpenFlow;
use crate::web::sign_in::loop_guard;
use crate::web::visit::Visit;

/// Who is handed off, and where to.
pub(in crate::web) struct HandOff<'a> {
    pub(in crate::web) context: SignInContext<'a>,
    /// An absolute address: Zendesk would resolve a relative one against the account.
    pub(in crate::web) destination: String,
    /// What the backend says about them; a question carries it along, to be admitted again.
    pub(in crate::web) claimed: ClaimedProfile,
    pub(in crate::web) identity: Identity,
    /// Zendesk refuses a second JWT with it.
    pub(in crate::web) jti: String,
}

impl<'a> HandOff<'a> {
    /// Lets the identity rules decide about who a backend says somebody is, where anybody may come.
    pub(in crate::web) fn admit(
        visit: Visit<'_>,
        context: SignInContext<'a>,
        claimed: ClaimedProfile,
        jti: String,
    ) -> Result<Self, WebError> {
        context.is_open()?;
        let SignInContext { sign_in, backend } = context;
        let destination = sign_in.destination.absolute().into_owned();
        let admitted = visit.table.admit(sign_in.rules(), (sign_in.backend, backend), &claimed);
        let identity = admitted.map_err(|refusal| {
            RefusedIdentity::of(refusal, &claimed, visit.state.audit.as_ref())
        })?;
        Ok(Self { context, destination, claimed, identity, jti })
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

/// Signs in the person whom `flow` was for, now that its backend says who it is.
///
/// The flow names the JWT: whoever comes twice with one flow is refused by Zendesk itself.
pub(in crate::web) fn finish(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    flow: OpenFlow,
    claimed: ClaimedProfile,
) -> Result<HttpResponse, WebError> {
    let jti = ReplayKey::of_flow(flow.id).uuid();
    let hand_off = HandOff::admit(visit, context, claimed, jti)?;
    respond(visit, &hand_off, Some(flow), &Cookies::of(visit.request))
}

/// Answers the page that posts the JWT, and marks the flow as used.
///
/// Whoever comes here has used up what they brought, if it can be brought twice.
pub(in crate::web) fn respond(
    visit: Visit<'_>,
    hand_off: &HandOff<'_>,
    flow: Option<OpenFlow>,
    cookies: &Cookies<'_>,
) -> Result<HttpResponse, WebError> {
    let Visit { request, table, .. } = visit;
    let now = visit.now();
    let SignInContext { sign_in, backend } = hand_off.context;
    if let Some(open) = &flow {
        visit.belongs_to(&open.flow);
        visit.goes_on_in_traces(open.id);
    }
    let mut response = page(visit.texts(), table, hand_off, now)?;
    if let Some(OpenFlow { id, flow, expires }) = flow {
        // Kept until its hour is over, so that Back and Reload can say what happened.
        let used = visit.keys().sealing().seal_until(&UsedFlow(flow), id, expires)?;
        let left = expires.saturating_sub(now);
        let way_back = backend.way_back();
        response::set_cookie(&mut response, cookies::flow(&id, &used, way_back, left));
    }
    let counter = loop_guard::handed_off(request, cookies, &hand_off.destination, now);
    if let Some(counter) = counter {
        counter.set(&mut response, now);
    }
    note_left_out(&hand_off.identity, sign_in.brand, backend);
    visit.count(sign_in, backend, SignIn::HandedOff);
    let trace = audit(visit, hand_off)?;
    if let (Some(span), Some(code)) = (visit.span, &trace) {
        span.code(code);
    }
    tracing::info!(
        trace,
        brand.name = sign_in.brand.name.as_str(),
        backend.name = backend.name.as_str(),
        outcome = "handed off",
        "sign-in handed to zendesk"
    );
    Ok(response)
}

/// Says in the audit log who is handed off; the code under which the log has it too.
fn audit(visit: Visit<'_>, hand_off: &HandOff<'_>) -> Result<Option<String>, NoRandomness> {
    let Some(audit) = &visit.state.audit else { return Ok(None) };
    let trace = trace_code()?;
    let HandOff { context, identity, .. } = hand_off;
    let email = identity.email.folded();
    audit.write(&AuditEntry {
        event: Event::SignIn,
        outcome: AuditOutcome::HandedOff,
        kind: None,
        person: &audit.person(Some(&email), identity.external_id.as_deref()),
        role: identity.profile.role.map(Role::as_str),
        widget: None,
        brand: Some(context.sign_in.brand.name.as_str()),
        backend: Some(context.backend.name.as_str()),
        client: client(visit).as_deref(),
        uid: None,
        trace: &trace,
    });
    Ok(Some(trace))
}

fn page(
    texts: &Texts,
    table: &Table,
    hand_off: &HandOff<'_>,
    now: u64,
) -> Result<HttpResponse, WebError> {
    let sign_in = hand_off.context.sign_in;
    let secret = table.secret_for(sign_in.rules(), &hand_off.identity);
    let jwt = zendesk::mint(&hand_off.identity, &hand_off.jti, secret, now)?;
    let page = HandOffPage {
        texts,
        look: &BrandLook::of(sign_in.brand),
        action: &table.brands.account().host().at("/access/jwt"),
        jwt: jwt.expose(),
        return_to: &hand_off.destination,
        nonce: &Nonce::random()?,
    };
    Ok(response::page(StatusCode::OK, page.page()?))
}
