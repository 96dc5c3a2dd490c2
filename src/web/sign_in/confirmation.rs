//! "Continue to Acme Shoes as j•••@example.com?", asked when a stranger's page brought somebody.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::metrics::SignIn;
use crate::table::Table;
use crate::token::{Confirmation, FlowId, trace_code};
use crate::web::error::{FlowProblem, WebError};
use crate::web::page::links;
use crate::web::page::pages::{AskedBecause, ConfirmPage};
use crate::web::page::theme::BrandLook;
use crate::web::page::tidy::tidied;
use crate::web::request::cookies::Cookies;
use crate::web::request::headers;
use crate::web::request::sender::RequestOrigin;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{self, OpenFlow};
use crate::web::sign_in::hand_off::{self, HandOff};
use crate::web::visit::Visit;

/// Hands off where nothing speaks against it, and asks where a stranger's page brought what says who
/// the person is, or the person has just said that they are somebody else.
pub(in crate::web) fn hand_off_or_ask(
    visit: Visit<'_>,
    hand_off: &HandOff<'_>,
    flow: Option<OpenFlow>,
    (sender, is_trusted): (&RequestOrigin<'_>, bool),
    cookies: &Cookies<'_>,
) -> Result<HttpResponse, WebError> {
    if is_trusted && !cookies.is_wary {
        hand_off::respond(visit, hand_off, flow, cookies)
    } else {
        ask(visit, hand_off, flow.as_ref(), sender, cookies)
    }
}

/// Asks. The answer carries the identity back, sealed for a flow of this browser alone.
pub(in crate::web) fn ask(
    visit: Visit<'_>,
    hand_off: &HandOff<'_>,
    flow: Option<&OpenFlow>,
    sender: &RequestOrigin<'_>,
    cookies: &Cookies<'_>,
) -> Result<HttpResponse, WebError> {
    let Visit { request, table, .. } = visit;
    let SignInContext { sign_in, backend } = hand_off.context;
    // A question that nobody can see, in a frame or a script's request, leaves nothing behind.
    if flow.is_none() && !headers::is_document(request) {
        return Err(FlowProblem::Missing.into());
    }
    let id = flow.map_or_else(FlowId::random, |flow| Ok(flow.id))?;
    let confirmation = Confirmation {
        claimed: hand_off.claimed.clone(),
        trust: backend.trust(),
        jti: hand_off.jti.clone(),
        return_to: hand_off.destination.clone(),
    };
    let brand = sign_in.brand;
    let trace = trace_code()?;
    let page = ConfirmPage {
        texts: visit.texts(),
        look: &BrandLook::of(brand),
        email: hand_off.identity.email.as_str(),
        because: because(table, hand_off.context, sender, cookies),
        confirmation: &visit.keys().sealing().seal(&confirmation, id, visit.now())?,
        brand_id: brand.id,
        return_to: &hand_off.destination,
        not_me: &links::not_me(backend, brand, &hand_off.destination),
        trace: &trace,
    };
    let mut response = response::page(StatusCode::OK, tidied(request, page.page()?));
    if flow.is_none() {
        let flow = flows::new_flow(visit, sign_in, backend.name.as_str());
        let way_back = backend.way_back();
        flows::set_flow(visit, &flow, id, way_back, cookies, &mut response)?;
    }
    visit.count(sign_in, backend, SignIn::Asked);
    if let Some(span) = visit.span {
        span.code(&trace);
    }
    tracing::info!(
        trace,
        sender = sender.as_str(),
        brand.name = brand.name.as_str(),
        backend.name = backend.name.as_str(),
        outcome = "asked",
        "the person is asked whether to continue: what says who they are came from elsewhere"
    );
    Ok(response)
}

/// What made us ask, as the page says it.
fn because<'s>(
    table: &Table,
    context: SignInContext<'_>,
    sender: &'s RequestOrigin<'_>,
    cookies: &Cookies<'_>,
) -> AskedBecause<'s> {
    let is_trusted = || sender.is_trusted(table, context.sign_in.brand, context.backend);
    match sender {
        RequestOrigin::Site(site) if !is_trusted() && !sender.is_page_of_ours(table) => {
            AskedBecause::Site(site)
        }
        _ if cookies.is_wary => AskedBecause::NotMe,
        RequestOrigin::Person => AskedBecause::NoPage,
        // A page of ours that led to other sites as well is as good as no word.
        RequestOrigin::Site(_) | RequestOrigin::Unknown | RequestOrigin::NonBrowser => {
            AskedBecause::Unknown
        }
    }
}
