//! `GET /hand-off/{ticket}`: the browser goes on where a script of a company's form page stopped.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::confirm;
use super::cookies::Cookies;
use super::error::{Failure, FlowProblem, WebError};
use super::flows::{Flows, OpenFlow, Waiting, resume};
use super::hand_off::{self, HandOff};
use super::sender::RequestOrigin;
use super::sign_in::{Pending, ask};
use super::state::{State, Table};
use super::{answer, headers, only_visit, query};
use crate::domain::Identity;
use crate::store::Claim;
use crate::token::{Carried, ClaimId, Flow, Ticket, TicketError};

/// Hands off once, or asks what Cognito asks.
pub(super) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let table = state.table();
    let outcome = take(&request, &state, &table).await;
    answer(&request, &state, &table, outcome)
}

async fn take(
    request: &HttpRequest,
    state: &State,
    table: &Table,
) -> Result<HttpResponse, Failure> {
    only_visit(request)?;
    query(request)?;
    if !headers::is_document(request) {
        return Err(TicketError::Altered.into());
    }
    let text = request.match_info().get("ticket").unwrap_or_default();
    let now = state.clock.now();
    let (ticket, born) = Ticket::open(text, &state.sealer, now)?;
    let Ticket { id, flow: kept, carried } = ticket;
    let (sign_in, backend) = resume(table, &kept).ok_or(FlowProblem::Outdated)?;
    let claim = ClaimId::of_flow(id);
    let failed = |error: WebError| {
        let failure = Failure::from(error).of(sign_in.key).by(backend.name.as_str());
        failure.towards(sign_in.destination.absolute())
    };
    let once = Claim { id: claim.as_bytes(), born, ends: now + Ticket::LIFETIME };
    let first = state.store.claim_once(&once, now).await;
    if !first.map_err(|error| failed(error.into()))? {
        return Err(failed(WebError::AlreadyUsed));
    }
    let form = backend.cognito().and_then(|cognito| cognito.form_page.as_ref());
    let origins = form.map_or(&[][..], |form| form.origins.as_slice());
    let sender = RequestOrigin::of(request.headers());
    let account = table.brands.account();
    let is_trusted = sender.is_trusted(origins, sign_in.brand, account, &table.public_url);

    let cookies = Cookies::of(request);
    let flows = Flows::of(request, state, table, &cookies, None);
    let flow = own_flow(flows, &kept);
    match carried {
        Carried::Identity(identity) => {
            let hand_off = HandOff {
                sign_in: &sign_in,
                backend,
                destination: sign_in.destination.absolute().into_owned(),
                identity: Identity::clone(&identity),
                jti: claim.uuid(),
            };
            if is_trusted {
                hand_off::respond(request, state, table, &hand_off, flow).await
            } else {
                confirm::ask(request, state, &hand_off, flow.as_ref(), &sender, &cookies)
                    .map_err(|error| hand_off.failure(error))
            }
        }
        // Nobody is asked to answer for an account that a stranger's page chose.
        Carried::Challenge(_) if !is_trusted => Err(failed(WebError::FormRefused)),
        Carried::Challenge(pending) => {
            let pending: Option<Pending> = serde_json::from_value(pending).ok();
            let pending = pending.ok_or_else(|| failed(WebError::Table))?;
            ask(request, state, table, (sign_in, backend), flow, pending)
        }
    }
}

/// The flow of this browser that the ticket's sign-in began with, if it has one.
fn own_flow(flows: Flows<'_>, kept: &Flow) -> Option<OpenFlow> {
    let same = |open: &Waiting<'_>| {
        let flow = &open.flow.flow;
        flow.brand == kept.brand && flow.backend == kept.backend && flow.route == kept.route
    };
    let best = flows.open.into_iter().filter(same);
    best.map(|open| open.flow).max_by_key(|it| (it.flow.return_to == kept.return_to, it.expires))
}
