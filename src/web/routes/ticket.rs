//! `/hand-off#{ticket}`: the browser goes on where a script of a company's form page stopped.
//!
//! What stands behind the `#` never leaves the browser by itself: a page of ours posts it. That page
//! also says who sent the browser here, since the sender of the post is the page.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::table::Table;
use crate::token::{Carried, Flow, OpenError, ReplayKey, Sealable, Ticket};
use crate::web::answer;
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::TicketPage;
use crate::web::page::response;
use crate::web::request::body::form_body;
use crate::web::request::cookies::Cookies;
use crate::web::request::error::RequestError;
use crate::web::request::form::Fields;
use crate::web::request::headers;
use crate::web::request::query::Query;
use crate::web::request::sender::RequestOrigin;
use crate::web::sign_in::confirmation;
use crate::web::sign_in::flows::{Flows, OpenFlow, Waiting, resume};
use crate::web::sign_in::hand_off::{self, HandOff};
use crate::web::sign_in::password::{Pending, ask};
use crate::web::sign_in::replay::consume;
use crate::web::state::State;

/// Shows the page that posts the ticket, and takes it.
pub(in crate::web) async fn any(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    let table = state.table();
    let outcome = match request.method().as_str() {
        "GET" | "HEAD" => show(&request, &state),
        "POST" => take(&request, &state, &table, payload).await,
        _ => Err(RequestError::Method("GET, HEAD, POST").into()),
    };
    answer(&request, &state, &table, outcome)
}

fn show(request: &HttpRequest, state: &State) -> Result<HttpResponse, Failure> {
    Query::of(request)?;
    let sender = RequestOrigin::of(request.headers());
    let page = TicketPage {
        texts: state.texts(request),
        sender: sender.origin().unwrap_or_default(),
        nonce: &Nonce::random().map_err(WebError::from)?,
    };
    Ok(response::page(StatusCode::OK, page.page().map_err(WebError::from)?))
}

/// Hands off once, or asks what Cognito asks.
async fn take(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    Query::of(request)?;
    let body = form_body(request, payload).await?;
    let fields = Fields::parse(&body)?;
    let is_ours = RequestOrigin::of(request.headers()).is_ours(&table.public_url);
    if !is_ours || !headers::is_document(request) {
        return Err(WebError::Ticket(OpenError::Altered).into());
    }
    // Our own page posted this: in a browser nobody else can have written what it says.
    let sender = match fields.text("sender")? {
        nobody if nobody.is_empty() => RequestOrigin::Unknown,
        site => RequestOrigin::Site(site.into()),
    };
    let now = state.clock.now();
    let (id, ticket) = Ticket::<Pending>::open(&fields.text("ticket")?, &state.sealer, now)
        .map_err(WebError::Ticket)?;
    let Ticket { flow: kept, carried } = ticket;
    let (sign_in, backend) = resume(table, &kept).ok_or(FlowProblem::Outdated)?;
    let key = ReplayKey::of_flow(id);
    let failed = |error: WebError| {
        let failure = Failure::from(error).brand(sign_in.key).backend(backend.name.as_str());
        failure.destination(sign_in.destination.absolute())
    };
    let first = consume(request, state, table, backend, &key, Ticket::<Pending>::LIFETIME).await;
    if !first.map_err(|error| failed(error.into()))? {
        return Err(failed(WebError::AlreadyUsed));
    }
    let cookies = Cookies::of(request);
    let is_trusted = sender.may_bring(table, sign_in.brand, backend, &cookies);
    let flows = Flows::of(request, state, table, &cookies, None);
    let flow = own_flow(flows, &kept);
    match carried {
        Carried::Profile(claimed) => {
            // The table may have changed since the script got the ticket.
            let hand_off = HandOff::admit(table, &sign_in, backend, *claimed, key.uuid())?;
            if is_trusted {
                hand_off::respond(request, state, table, &hand_off, flow, &cookies)
            } else {
                confirmation::ask(
                    request,
                    state,
                    table,
                    &hand_off,
                    flow.as_ref(),
                    &sender,
                    &cookies,
                )
                .map_err(|error| hand_off.failure(error))
            }
        }
        // Nobody is asked to answer for an account that a stranger's page chose.
        Carried::Question(_) if !is_trusted => Err(failed(WebError::FormRefused)),
        Carried::Question(pending) => {
            ask(request, state, table, (sign_in, backend), flow, &pending)
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
