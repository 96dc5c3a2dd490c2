//! "Continue to Acme Shoes as j•••@example.com?", asked when a stranger's page sent the assertion.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::{Decision, Match, Parameter, SignIn, SignInRequest, decide};
use crate::token::{
    Confirmation, FlowId, FlowState, OpenError, ReplayKey, Sealable, Sealed, trace_code,
};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::page::pages::{AskedBecause, ConfirmPage};
use crate::web::page::tidy::tidied;
use crate::web::query;
use crate::web::request::cookies;
use crate::web::request::cookies::Cookies;
use crate::web::request::headers;
use crate::web::request::query::Form;
use crate::web::request::sender::RequestOrigin;
use crate::web::routes::login;
use crate::web::routes::not_me;
use crate::web::sign_in::flows::{Flows, OpenFlow};
use crate::web::sign_in::hand_off;
use crate::web::sign_in::hand_off::HandOff;
use crate::web::sign_in::replay::consume;
use crate::web::state::{State, Table, look};
use crate::web::{answer, form_body};

/// Asks. The answer carries the identity back, sealed for a flow of this browser alone.
pub(in crate::web) fn ask(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    hand_off: &HandOff<'_>,
    flow: Option<&OpenFlow>,
    sender: &RequestOrigin<'_>,
    cookies: &Cookies<'_>,
) -> Result<HttpResponse, WebError> {
    // A question that nobody can see, in a frame or a script's request, leaves nothing behind.
    if flow.is_none() && !headers::is_document(request) {
        return Err(FlowProblem::Missing.into());
    }
    let id = flow.map_or_else(FlowId::random, |flow| Ok(flow.id))?;
    let confirmation = Confirmation {
        claimed: hand_off.claimed.clone(),
        jti: hand_off.jti.clone(),
        return_to: hand_off.destination.clone(),
    };
    let brand = hand_off.sign_in.brand;
    let because = match sender {
        RequestOrigin::Site(site) if !sender.is_trusted(table, brand, hand_off.backend) => {
            AskedBecause::Site(site)
        }
        _ if cookies.is_wary => AskedBecause::NotMe,
        RequestOrigin::Person => AskedBecause::NoPage,
        // A page of ours that led to other sites as well is as good as no word.
        RequestOrigin::Site(_) | RequestOrigin::Unknown | RequestOrigin::NonBrowser => {
            AskedBecause::Unknown
        }
    };
    let trace = trace_code()?;
    let page = ConfirmPage {
        texts: state.texts(request),
        look: &look(brand),
        email: hand_off.identity.email.as_str(),
        because,
        confirmation: &state.sealer.seal(&confirmation, id, state.clock.now())?,
        brand_id: brand.id,
        return_to: &hand_off.destination,
        not_me: &not_me::address(hand_off.backend, brand, &hand_off.destination),
        trace: &trace,
    };
    let mut response = headers::page(StatusCode::OK, tidied(request, page.page()?));
    if flow.is_none() {
        let flow = login::flow(hand_off.sign_in, hand_off.backend.name.as_str());
        let way_back = hand_off.backend.way_back();
        login::set_flow(state, &flow, id, way_back, cookies, &mut response)?;
    }
    tracing::info!(
        trace,
        sender = sender.as_str(),
        brand.name = brand.name.as_str(),
        backend.name = hand_off.backend.name.as_str(),
        outcome = "asked",
        "the person is asked whether to continue: what says who they are came from elsewhere"
    );
    Ok(response)
}

/// Takes the answer.
pub(in crate::web) async fn post(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    let table = state.table();
    let outcome = take(&request, &state, &table, payload).await;
    answer(&request, &state, &table, outcome)
}

async fn take(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    if request.method() != "POST" {
        return Err(WebError::Method("POST").into());
    }
    let body = form_body(request, payload).await?;
    let form = query(request)?.with_form(&body)?;
    let sealed = form.value(Parameter::Confirmation)?.unwrap_or_default();
    let sealed = Sealed::read(&sealed);
    let sender = RequestOrigin::of(request.headers());
    if !table.own_origins().any(|ours| sender.is_ours(ours)) {
        return Err(WebError::Confirmation.into());
    }
    let cookies = Cookies::of(request);
    let flows = Flows::of(request, state, table, &cookies, None);
    let now = state.clock.now();
    let key = &state.sealer;
    let found = flows.open.into_iter().find_map(|open| {
        let confirmation: Confirmation = sealed.ok()?.open(key, open.flow.id, now).ok()?;
        Some((confirmation, open))
    });
    let Some((confirmation, open)) = found else {
        let is_given = sealed.is_ok_and(|sealed| is_given(sealed, state, &cookies));
        let error = if is_given { FlowProblem::Used.into() } else { WebError::Confirmation };
        return Err(refused(error, table, &form));
    };
    let brand = (open.sign_in.key, open.sign_in.brand);
    let return_to = Some(confirmation.return_to.into());
    let destination = SignIn::resume(&table.brands, brand, return_to)?.destination;
    // The table may have changed since the question was asked.
    let Confirmation { claimed, jti, .. } = confirmation;
    let mut hand_off = HandOff::admit(table, &open.sign_in, open.backend, claimed, jti)?;
    hand_off.destination = destination.absolute().into_owned();
    let key = ReplayKey::of_confirmation(&hand_off.jti);
    let first = consume(request, state, table, open.backend, &key, Confirmation::LIFETIME).await;
    if !first.map_err(|error| hand_off.failure(error))? {
        return Err(hand_off.failure(FlowProblem::Used));
    }
    let flow = Some(open.flow);
    let mut response = hand_off::respond(request, state, table, &hand_off, flow, &cookies)?;
    if cookies.is_wary {
        headers::set_cookie(&mut response, cookies::wary(false));
    }
    Ok(response)
}

/// Whether this very answer was given: somebody went back to the question.
fn is_given(confirmation: Sealed<'_, Confirmation>, state: &State, cookies: &Cookies<'_>) -> bool {
    let (key, now) = (&state.sealer, state.clock.now());
    cookies.flows.iter().any(|flow| {
        matches!(flow.open(key, now), Some((_, FlowState::Used)))
            && confirmation.open(key, flow.id, now).err() != Some(OpenError::Altered)
    })
}

/// The answer cannot be believed any more. What stands beside it still says where the person was
/// going, as far as anybody may say so.
fn refused(error: WebError, table: &Table, form: &Form<'_>) -> Failure {
    let refused = Failure::from(error);
    let return_to = form.value(Parameter::ReturnTo).ok().flatten();
    let brand_id = form.value(Parameter::BrandId).ok().flatten();
    let brand_id = brand_id.and_then(|id| id.parse().ok());
    match decide(&table.brands, &SignInRequest { return_to, brand_id }) {
        Decision::SignIn(sign_in) if sign_in.matched > Match::Unknown => {
            refused.of(sign_in.key).towards(sign_in.destination.absolute())
        }
        Decision::SignIn(_) | Decision::Ask(_) | Decision::Refuse(_) => refused,
    }
}
