//! The way back from an OpenID Connect provider.

use actix_web::HttpResponse;

use crate::backend::{BackendError, Oidc, Return};
use crate::domain::Parameter;
use crate::token::{FlowId, ReplayKey, StateKey};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::request::cookies::Cookies;
use crate::web::request::error::Malformed;
use crate::web::request::query::Query;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{Flows, OpenFlow, Waiting};
use crate::web::sign_in::replay::consume;
use crate::web::sign_in::throttle::provider_permit;
use crate::web::sign_in::{hand_off, refused_claims};
use crate::web::visit::Visit;

/// Longest that a provider takes a code, in seconds (RFC 6749 §4.1.2).
const CODE_LIFETIME: u64 = 600;

/// Ends the `state` of a sign-in that has begun again by itself: it does so once. Whoever takes it
/// off gets no more than another visit to the provider.
const BEGUN_AGAIN: &str = ".2";

/// Signs in whoever comes back with a code for a flow of this browser.
pub(super) async fn back(
    visit: Visit<'_>,
    oidc: &Oidc,
    name: &str,
    query: &Query<'_>,
) -> Result<HttpResponse, Failure> {
    let Some(sent) = query.value(Parameter::State)? else {
        let flows = Flows::of(visit, &Cookies::of(visit.request), Some(name));
        return Err(flows.failure(Malformed::Missing(Parameter::State)));
    };
    let (id, is_again) = match sent.strip_suffix(BEGUN_AGAIN) {
        Some(id) => (id, true),
        None => (&*sent, false),
    };
    let Waiting { flow, key, sign_in, backend } = find(visit, name, id)?;
    let context = SignInContext { sign_in: &sign_in, backend };
    let returned = Returned { state: &sent, id, is_again, flow, key };
    let outcome = returned.take(visit, context, oidc, query).await;
    outcome.map_err(|error| context.failure(error))
}

/// What the provider sent back, and the flow for which it did.
struct Returned<'a> {
    state: &'a str,
    id: &'a str,
    is_again: bool,
    flow: OpenFlow,
    /// What has made its nonce and verifier.
    key: &'a StateKey,
}

impl Returned<'_> {
    async fn take(
        self,
        visit: Visit<'_>,
        context: SignInContext<'_>,
        oidc: &Oidc,
        query: &Query<'_>,
    ) -> Result<HttpResponse, WebError> {
        context.is_open()?;
        let SignInContext { sign_in, backend } = context;
        let asking = visit.state.asking(self.key);
        let (code, error) = (query.value(Parameter::Code)?, query.value(Parameter::Error)?);
        let iss = query.value(Parameter::Iss)?;
        let outcome = match (code.as_deref(), error.as_deref()) {
            (Some(code), None) if !code.is_empty() => Ok(code),
            (None, Some(error)) => Err(error),
            (Some(_), _) | (None, None) => return Err(Malformed::Missing(Parameter::Code).into()),
        };
        let permit = provider_permit(visit, backend.name.as_str())?;
        let returned = Return { iss: iss.as_deref(), outcome };
        let proven = match oidc.authenticate(&asking, self.state, &returned).await {
            Err(BackendError::Again(word)) if !self.is_again => {
                tracing::info!(
                    brand.name = sign_in.brand.name.as_str(),
                    backend.name = backend.name.as_str(),
                    outcome = "begun again",
                    "the provider asks to begin again: {word}"
                );
                let state_again = format!("{}{BEGUN_AGAIN}", self.id);
                let redirect = oidc.begin(&asking, &state_again).await?;
                return response::redirect(redirect.into_location()).ok_or(WebError::Table);
            }
            proven => proven?,
        };
        drop(permit);
        let hear = || refused_claims::hear(visit, context, &proven.all());
        let claimed = oidc.read(&proven).inspect_err(|_| hear())?;
        // The code is good with this flow alone, so the flow stands for it.
        let key = ReplayKey::of_flow(self.flow.id);
        if !consume(visit, backend, &key, CODE_LIFETIME).await? {
            return Err(FlowProblem::Used.into());
        }
        let handed_off = hand_off::finish(visit, context, self.flow, claimed);
        handed_off.inspect_err(|_| hear())
    }
}

/// The one flow that `id` names, if this browser holds it and it is of this backend.
fn find<'t>(visit: Visit<'t>, name: &str, id: &str) -> Result<Waiting<'t>, Failure> {
    let id = FlowId::parse(id).ok_or(FlowProblem::Missing)?;
    let waiting = Flows::named(visit, id)?;
    if waiting.backend.name.as_str() == name {
        Ok(waiting)
    } else {
        Err(Failure::from(FlowProblem::Foreign).brand(waiting.sign_in.key))
    }
}
