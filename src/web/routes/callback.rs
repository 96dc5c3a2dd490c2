//! `GET /callback/{backend}`: the way back from a login page that is not ours.

mod oidc;
mod session_token;

use actix_web::HttpResponse;

use crate::backend::{Backend, BackendType};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::request::query::Query;
use crate::web::sign_in::flows::{Flows, Waiting};
use crate::web::visit::Visit;

/// Takes people back.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let name = visit.named("backend").unwrap_or_default();
    let (key, backend) = table.backend_named(name).ok_or(WebError::NotFound)?;
    let query = Query::of(request)?;
    let outcome = match &backend.kind {
        BackendType::SessionToken(session) => {
            session_token::take(visit, (backend, session), &query).await
        }
        BackendType::Oidc(oidc) => oidc::back(visit, oidc, name, &query).await,
        BackendType::Redirect(_) | BackendType::Cognito(_) | BackendType::Zendesk => {
            Err(WebError::NotFound.into())
        }
    };
    // Where nothing else says it, the backend may: nobody is to be left without a way on.
    outcome.map_err(|failure| match table.brands.only_user_of(key) {
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
            problem.note(FlowProblem::Foreign);
        }
        return Err(problem.into_failure());
    }
    waiting.sort_by_key(|open| std::cmp::Reverse(open.flow.expires));
    Ok(waiting)
}
