//! `/hand-off#{ticket}`: the browser goes on where a script of a company's form page stopped.
//!
//! What stands behind the `#` never leaves the browser by itself: a page of ours posts it. That page
//! also says who sent the browser here, since the sender of the post is the page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Payload;

use crate::token::{Carried, Flow, OpenError, ReplayKey, Sealable, Ticket};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::TicketPage;
use crate::web::request::body::form_body;
use crate::web::request::cookies::Cookies;
use crate::web::request::form::FormFields;
use crate::web::request::headers;
use crate::web::request::query::Query;
use crate::web::request::sender::RequestOrigin;
use crate::web::response;
use crate::web::sign_in::confirmation;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{Flows, OpenFlow, Waiting, resume};
use crate::web::sign_in::hand_off::{self, HandOff};
use crate::web::sign_in::password::{self, Pending};
use crate::web::sign_in::replay::consume;
use crate::web::visit::Visit;

/// Shows the page that posts the ticket, and takes it.
pub(in crate::web) async fn any(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    if visit.request.method == "POST" { take(visit, payload).await } else { show(visit) }
}

fn show(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let request = visit.request;
    Query::of(request)?;
    let sender = RequestOrigin::of(request.headers());
    let page = TicketPage {
        texts: visit.texts(),
        sender: sender.origin().unwrap_or_default(),
        nonce: &Nonce::random().map_err(WebError::from)?,
    };
    Ok(response::page(StatusCode::OK, page.page().map_err(WebError::from)?))
}

/// Hands off once, or asks what Cognito asks.
async fn take(visit: Visit<'_>, payload: Payload) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    Query::of(request)?;
    let body = form_body(request, payload).await?;
    let fields = FormFields::parse(&body)?;
    let is_ours = RequestOrigin::of(request.headers()).is_ours(&table.public_url);
    if !is_ours || !headers::is_document(request) {
        return Err(WebError::Ticket(OpenError::Altered).into());
    }
    // Our own page posted this: in a browser nobody else can have written what it says.
    let sender = match fields.text("sender")? {
        nobody if nobody.is_empty() => RequestOrigin::Unknown,
        site => RequestOrigin::Site(site.into()),
    };
    let text = fields.text("ticket")?;
    let (id, ticket) = Ticket::<Pending>::open(&text, visit.keys(), visit.now())
        .map_err(|error| refused(visit, &text, error))?;
    visit.belongs_to(&ticket.flow);
    let (sign_in, backend) = resume(visit, &ticket.flow).ok_or(FlowProblem::Outdated)?;
    let context = SignInContext { sign_in: &sign_in, backend };
    if !backend.is_trusted_by(&ticket.trust) {
        return Err(context.failure(FlowProblem::Outdated));
    }
    let outcome = redeem(visit, context, ReplayKey::of_flow(id), ticket, &sender).await;
    outcome.map_err(|error| context.failure(error))
}

/// Why a ticket is not taken; from one whose time is up, where to begin again.
fn refused(visit: Visit<'_>, text: &str, error: OpenError) -> Failure {
    let late = (error == OpenError::Expired)
        .then(|| Ticket::<Pending>::flow_of_late(text, visit.keys()))
        .flatten();
    if let Some(flow) = late {
        visit.belongs_to(&flow);
        if let Some((sign_in, backend)) = resume(visit, &flow) {
            return SignInContext { sign_in: &sign_in, backend }.failure(WebError::Ticket(error));
        }
    }
    WebError::Ticket(error).into()
}

async fn redeem(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    key: ReplayKey,
    ticket: Ticket<Pending>,
    sender: &RequestOrigin<'_>,
) -> Result<HttpResponse, WebError> {
    context.is_open()?;
    let SignInContext { sign_in, backend } = context;
    let Ticket { flow: kept, carried, .. } = ticket;
    if !consume(visit, backend, &key, Ticket::<Pending>::LIFETIME).await? {
        return Err(WebError::AlreadyUsed);
    }
    let cookies = Cookies::of(visit.request);
    let is_trusted = sender.may_bring(visit.table, sign_in.brand, backend, &cookies);
    let flow = own_flow(Flows::of(visit, &cookies, None), &kept);
    match carried {
        Carried::Profile(claimed) => {
            // The table may have changed since the script got the ticket.
            let hand_off = HandOff::admit(visit, context, *claimed, key.uuid())?;
            if is_trusted {
                hand_off::respond(visit, &hand_off, flow, &cookies)
            } else {
                confirmation::ask(visit, &hand_off, flow.as_ref(), sender, &cookies)
            }
        }
        // Nobody is asked to answer for an account that a stranger's page chose.
        Carried::Question(_) if !is_trusted => Err(WebError::FormRefused),
        Carried::Question(pending) => password::ask(visit, context, flow.as_ref(), &pending),
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
