//! `POST /continue`: the answer to the question whether to continue.

use actix_web::HttpResponse;
use actix_web::web::Payload;

use crate::domain::{ClaimedProfile, Decision, Dispatch, Match, Parameter, RemoteRequest, decide};
use crate::table::Table;
use crate::token::{Confirmation, FlowState, OpenError, ReplayKey, Sealable, Sealed};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::request::body::form_body;
use crate::web::request::cookies::{self, Cookies};
use crate::web::request::query::{Form, Query};
use crate::web::request::sender::RequestOrigin;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{Flows, OpenFlow, Waiting};
use crate::web::sign_in::hand_off::{self, HandOff};
use crate::web::sign_in::replay::consume;
use crate::web::visit::Visit;

/// Takes the answer.
pub(in crate::web) async fn post(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let body = form_body(request, payload).await?;
    let form = Query::of(request)?.with_form(&body)?;
    let sealed = form.value(Parameter::Confirmation)?.unwrap_or_default();
    let sealed = Sealed::read(&sealed);
    let sender = RequestOrigin::of(request.headers());
    if !table.own_origins().any(|ours| sender.is_ours(ours)) {
        return Err(WebError::Confirmation.into());
    }
    let cookies = Cookies::of(request);
    let flows = Flows::of(visit, &cookies, None);
    let now = visit.now();
    let keys = visit.keys();
    let found = flows.open.into_iter().find_map(|open| {
        let confirmation: Confirmation = sealed.ok()?.open(keys, open.flow.id, now).ok()?;
        Some((confirmation, open))
    });
    let Some((confirmation, mut open)) = found else {
        let is_given = sealed.is_ok_and(|sealed| is_given(sealed, visit, &cookies));
        let error = if is_given { FlowProblem::Used.into() } else { WebError::Confirmation };
        return Err(refused(error, table, &form));
    };
    let Confirmation { claimed, trust, jti, return_to } = confirmation;
    let brand = (open.sign_in.key, open.sign_in.brand);
    let resumed =
        Dispatch::resume(&table.brands, brand, open.sign_in.client, Some(return_to.into()))?;
    open.sign_in.destination = resumed.destination;
    let Waiting { flow, sign_in, backend, .. } = open;
    let context = SignInContext { sign_in: &sign_in, backend };
    if !backend.is_trusted_by(&trust) {
        return Err(context.failure(FlowProblem::Outdated));
    }
    let outcome = go_on(visit, context, flow, (claimed, jti), &cookies).await;
    outcome.map_err(|error| context.failure(error))
}

async fn go_on(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    flow: OpenFlow,
    (claimed, jti): (ClaimedProfile, String),
    cookies: &Cookies<'_>,
) -> Result<HttpResponse, WebError> {
    // The table may have changed since the question was asked.
    let hand_off = HandOff::admit(visit, context, claimed, jti)?;
    let key = ReplayKey::of_confirmation(&hand_off.jti);
    if !consume(visit, context.backend, &key, Confirmation::LIFETIME).await? {
        return Err(FlowProblem::Used.into());
    }
    let mut response = hand_off::respond(visit, &hand_off, Some(flow), cookies)?;
    if cookies.is_wary {
        response::set_cookie(&mut response, cookies::wary(false));
    }
    Ok(response)
}

/// Whether this very answer was given: somebody went back to the question.
fn is_given(
    confirmation: Sealed<'_, Confirmation>,
    visit: Visit<'_>,
    cookies: &Cookies<'_>,
) -> bool {
    let (keys, now) = (visit.keys(), visit.now());
    cookies.flows.iter().any(|flow| {
        matches!(flow.open(keys, now), Some((_, FlowState::Used, _)))
            && confirmation.open(keys, flow.id, now).err() != Some(OpenError::Altered)
    })
}

/// The answer cannot be believed any more. What stands beside it still says where the person was
/// going, as far as anybody may say so.
fn refused(error: WebError, table: &Table, form: &Form<'_>) -> Failure {
    let refused = Failure::from(error);
    let return_to = form.value(Parameter::ReturnTo).ok().flatten();
    let brand_id = form.value(Parameter::BrandId).ok().flatten();
    let brand_id = brand_id.and_then(|id| id.parse().ok());
    match decide(&table.brands, &RemoteRequest { return_to, brand_id, client: None }) {
        Decision::SignIn(sign_in) if sign_in.matched > Match::Unknown => {
            refused.brand(sign_in.key).destination(sign_in.destination.absolute())
        }
        Decision::SignIn(_) | Decision::Ask(_) | Decision::Refuse(_) => refused,
    }
}
