//! The way back from an OpenID Connect provider.

use actix_web::{HttpRequest, HttpResponse};

use crate::backend::{BackendError, Oidc, Return};
use crate::domain::Parameter;
use crate::table::Table;
use crate::token::{FlowId, ReplayKey};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::page::response;
use crate::web::request::cookies::Cookies;
use crate::web::request::error::Malformed;
use crate::web::request::query::Query;
use crate::web::sign_in::flows::{Flows, Waiting};
use crate::web::sign_in::hand_off;
use crate::web::sign_in::replay::consume;
use crate::web::sign_in::throttle::turn_to_ask;
use crate::web::state::State;

/// Longest that a provider takes a code, in seconds (RFC 6749 §4.1.2).
const CODE_LIFETIME: u64 = 600;

/// Ends the `state` of a sign-in that has begun again by itself: it does so once. Whoever takes it
/// off gets no more than another visit to the provider.
const BEGUN_AGAIN: &str = ".2";

/// Signs in whoever comes back with a code for a flow of this browser.
pub(super) async fn back(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    oidc: &Oidc,
    name: &str,
    query: &Query<'_>,
) -> Result<HttpResponse, Failure> {
    let sent = query.value(Parameter::State)?.ok_or(Malformed::Missing(Parameter::State))?;
    let (code, error) = (query.value(Parameter::Code)?, query.value(Parameter::Error)?);
    let iss = query.value(Parameter::Iss)?;
    let (id, is_again) = match sent.strip_suffix(BEGUN_AGAIN) {
        Some(id) => (id, true),
        None => (&*sent, false),
    };
    let waiting = find(request, state, table, name, id)?;
    let outcome = match (code.as_deref(), error.as_deref()) {
        (Some(code), None) if !code.is_empty() => Ok(code),
        (None, Some(error)) => Err(error),
        (Some(_), _) | (None, None) => return Err(Malformed::Missing(Parameter::Code).into()),
    };
    let returned = Return { iss: iss.as_deref(), outcome };
    let failed = |error: BackendError| waiting.failure(error);
    let turn = turn_to_ask(request, state, table, name).map_err(failed)?;
    let claimed = match oidc.authenticate(&state.asking(), &sent, &returned).await {
        Err(BackendError::Again(word)) if !is_again => {
            tracing::info!(
                brand.name = waiting.sign_in.brand.name.as_str(),
                backend.name = name,
                outcome = "begun again",
                "the provider asks to begin again: {word}"
            );
            let state_again = format!("{id}{BEGUN_AGAIN}");
            let step = oidc.begin(&state.asking(), &state_again).await.map_err(failed)?;
            let response = response::redirect(step.into_location());
            return response.ok_or_else(|| waiting.failure(WebError::Table));
        }
        claimed => claimed.map_err(failed)?,
    };
    drop(turn);
    // The code is good with this flow alone, so the flow stands for it.
    let key = ReplayKey::of_flow(waiting.flow.id);
    let first = consume(request, state, table, waiting.backend, &key, CODE_LIFETIME).await;
    if !first.map_err(|error| waiting.failure(error))? {
        return Err(waiting.failure(FlowProblem::Used));
    }
    hand_off::finish(request, state, table, waiting, claimed)
}

/// The one flow that `id` names, if this browser holds it and it is of this backend.
fn find<'t>(
    request: &HttpRequest,
    state: &State,
    table: &'t Table,
    name: &str,
    id: &str,
) -> Result<Waiting<'t>, Failure> {
    let id = FlowId::parse(id).ok_or(FlowProblem::Missing)?;
    let mut cookies = Cookies::of(request);
    cookies.flows.retain(|flow| flow.id == id);
    cookies.unreadable.retain(|unreadable| *unreadable == id);
    let Flows { open, problem } = Flows::of(request, state, table, &cookies, None);
    let waiting = open.into_iter().next().ok_or_else(|| problem.into_failure())?;
    if waiting.backend.name.as_str() == name {
        Ok(waiting)
    } else {
        Err(Failure::from(FlowProblem::Foreign).brand(waiting.sign_in.key))
    }
}
