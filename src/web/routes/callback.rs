//! `GET /callback/{backend}`: the way back from a login page that is not ours.

mod oidc;
mod session_token;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::backend::{Backend, Kind};
use crate::table::Table;
use crate::web::answer;
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::request::guard::only_visit;
use crate::web::request::query::Query;
use crate::web::sign_in::flows::{Flows, Waiting};
use crate::web::state::State;

/// Takes people back.
pub(in crate::web) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
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
    let name = request.match_info().get("backend").unwrap_or_default();
    let (key, backend) = table.backend_named(name).ok_or(WebError::NotFound)?;
    let query = Query::of(request)?;
    let outcome = match &backend.kind {
        Kind::SessionToken(session) => {
            session_token::take(request, state, table, (backend, session), &query).await
        }
        Kind::Oidc(oidc) => oidc::back(request, state, table, oidc, name, &query).await,
        Kind::Redirect(_) | Kind::Cognito(_) | Kind::Zendesk => Err(WebError::NotFound.into()),
    };
    // Where nothing else says it, the backend may: nobody is to be left without a way on.
    outcome.map_err(|failure| match table.only_brand_of(key) {
        Some((brand, _)) => failure.brand_or(brand),
        None => failure,
    })
}

/// The flows of this browser that wait for `backend`, the newest first; if there is none, why.
fn waiting<'t>(flows: Flows<'t>, backend: &Backend) -> Result<Vec<Waiting<'t>>, Failure> {
    let mut problem = flows.problem;
    let (mut waiting, others): (Vec<_>, Vec<_>) =
        flows.open.into_iter().partition(|open| open.backend.name == backend.name);
    if waiting.is_empty() {
        if !others.is_empty() {
            problem.note(FlowProblem::Foreign, || FlowProblem::Foreign.into());
        }
        return Err(problem.into_failure());
    }
    waiting.sort_by_key(|open| std::cmp::Reverse(open.flow.expires));
    Ok(waiting)
}
