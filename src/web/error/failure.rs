//! The one place where a failure becomes an answer: page, headers, log line.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::log::{Line, LoggedFailure, client, log};
use super::outcome::{Next, Outcome};
use super::{RefusedIdentity, WebError};
use crate::audit::{AuditEntry, AuditOutcome, Event};
use crate::backend::BackendError;
use crate::domain::{Brand, BrandKey, Parameter};
use crate::metrics::SignIn;
use crate::recent::{self, Claim};
use crate::table::Table;
use crate::token::trace_code;
use crate::web::page::csp::Nonce;
use crate::web::page::links::{home, reauthenticate, start_again, way_on};
use crate::web::page::pages::{Action, ErrorPage, Page, ShownAddress};
use crate::web::page::theme::BrandLook;
use crate::web::page::tidy::tidied;
use crate::web::request::error::RequestError;
use crate::web::response;
use crate::web::state::State;
use crate::web::visit::Visit;

/// Most claims that are kept of one failure.
const MOST_CLAIMS: usize = 64;

/// A failure, and what is known about the sign-in that failed.
#[derive(Debug)]
pub(in crate::web) struct Failure {
    error: WebError,
    brand: Option<BrandKey>,
    backend: Option<String>,
    destination: Option<String>,
    action: Option<Box<Action>>,
}

impl<E: Into<WebError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { error: error.into(), brand: None, backend: None, destination: None, action: None }
    }
}

impl Failure {
    /// Whose sign-in failed: its page has that brand's look.
    pub(in crate::web) fn brand(mut self, brand: BrandKey) -> Self {
        self.brand = Some(brand);
        self
    }

    /// Whose sign-in it must have been, if nothing else is known.
    pub(in crate::web) fn brand_or(mut self, brand: BrandKey) -> Self {
        self.brand.get_or_insert(brand);
        self
    }

    /// Who was to say who the person is.
    pub(in crate::web) fn backend(mut self, backend: &str) -> Self {
        self.backend = Some(backend.to_owned());
        self
    }

    /// The brand, where it is known.
    pub(in crate::web) fn known_brand(&self) -> Option<BrandKey> {
        self.brand
    }

    /// Where the sign-in was to end: the page offers to start again, or to go on.
    pub(in crate::web) fn destination(mut self, destination: impl Into<String>) -> Self {
        self.destination = Some(destination.into());
        self
    }

    /// Whether it is known where the sign-in was to end.
    pub(in crate::web) fn has_destination(&self) -> bool {
        self.destination.is_some()
    }

    /// The brand, and where the sign-in was to end, where both are known.
    pub(in crate::web) fn into_page(self) -> Option<(BrandKey, String)> {
        Some((self.brand?, self.destination?))
    }

    /// What the person can do before anything else.
    pub(in crate::web) fn action(mut self, action: Option<Action>) -> Self {
        self.action = action.map(Box::new);
        self
    }

    pub(in crate::web) fn error(&self) -> &WebError {
        &self.error
    }

    pub(in crate::web) fn outcome(&self) -> Outcome {
        Outcome::of(&self.error)
    }

    /// Writes the one log line: for answers that are no page of this failure's own, and are sent
    /// with this status.
    pub(in crate::web) fn note_as(&self, status: StatusCode, visit: Visit<'_>) -> LoggedFailure {
        let outcome = self.outcome();
        let trace = trace_code().unwrap_or_default();
        self.count(visit, status.is_server_error());
        let brand = self.brand.and_then(|key| visit.table.brands.brand(key));
        log(&Line {
            visit,
            trace: &trace,
            outcome,
            status,
            brand: brand.map(|brand| brand.name.as_str()),
            backend: self.backend.as_deref(),
            error: &self.error,
        });
        if let Some(span) = visit.span {
            let brand = brand.map(|brand| brand.name.as_str());
            span.failed((outcome.kind, status.is_server_error()), (brand, self.backend.as_deref()));
            span.code(&trace);
        }
        self.audit(visit, outcome.kind, &trace);
        if !visit.table.admin.is_empty() {
            self.remember(visit, (outcome, status), &trace);
        }
        LoggedFailure { kind: outcome.kind, trace }
    }

    /// Keeps it for the admin page.
    fn remember(&self, visit: Visit<'_>, (outcome, status): (Outcome, StatusCode), trace: &str) {
        let brand = self.brand.and_then(|key| visit.table.brands.brand(key));
        let claims = claims(&self.error, visit.heard(), outcome.kind);
        visit.state.recent.push(recent::RecentFailure {
            time: visit.now(),
            trace: trace.to_owned(),
            kind: outcome.kind,
            status: status.as_u16(),
            fault: outcome.fault.as_str(),
            brand: brand.map(|brand| brand.name.to_string()),
            backend: self.backend.clone(),
            reason: self.error.to_string(),
            claims,
        });
    }

    /// Says in the audit log who was refused for who they are.
    fn audit(&self, visit: Visit<'_>, kind: &'static str, trace: &str) {
        let WebError::Identity(RefusedIdentity { person: Some(person), .. }) = &self.error else {
            return;
        };
        let Some(audit) = &visit.state.audit else { return };
        let brand = self.brand.and_then(|key| visit.table.brands.brand(key));
        audit.write(&AuditEntry {
            event: if visit.step().is_some() { Event::SignIn } else { Event::WidgetToken },
            outcome: AuditOutcome::Refused,
            kind: Some(kind),
            person,
            role: None,
            widget: None,
            brand: brand.map(|brand| brand.name.as_str()),
            backend: self.backend.as_deref(),
            client: client(visit).as_deref(),
            uid: None,
            trace,
        });
    }

    /// Counts it, and for whose sign-in, where that is known.
    fn count(&self, visit: Visit<'_>, is_failed: bool) {
        visit.state.metrics.refusals.add(self.outcome().kind);
        let backend = self.backend.as_deref().and_then(|name| visit.table.backend_named(name));
        if let (Some(brand), Some((backend, _)), Some(step)) = (self.brand, backend, visit.step()) {
            let what = if is_failed { SignIn::Failed(step) } else { SignIn::Refused(step) };
            visit.table.sign_ins.add(brand, backend, what);
        }
    }

    /// The page that explains, and one log line with the same code.
    pub(in crate::web) fn respond(self, visit: Visit<'_>) -> HttpResponse {
        let Visit { request, table, .. } = visit;
        let outcome = self.outcome();
        let LoggedFailure { kind, trace } = self.note_as(outcome.status, visit);
        let brand = self.brand.and_then(|key| table.brands.brand(key));
        let look = brand.map(BrandLook::of);
        let parameter = match self.error {
            WebError::Request(RequestError::Malformed(malformed)) => malformed.parameter(),
            _ => None,
        };
        let texts = visit.texts();
        let page = ErrorPage {
            texts,
            look: look.as_ref(),
            kind,
            parameter: parameter.map(Parameter::as_str),
            said: match &self.error {
                WebError::Closed { said, .. } => Some(said.to(texts.language())),
                _ => None,
            },
            trace: &trace,
            actions: self.actions(outcome.next, table, brand),
        };
        let mut response = respond(outcome.status, &page, |page| tidied(request, page));
        outcome.set_headers(&self.error, &mut response);
        response
    }

    /// What the person can do, the best first.
    fn actions(&self, next: Next, table: &Table, brand: Option<&Brand>) -> Vec<Action> {
        let mut actions: Vec<Action> = self.action.iter().map(|it| Action::clone(it)).collect();
        let Some(destination) = &self.destination else {
            actions.extend(way_on(table, brand));
            return actions;
        };
        let start_again = || start_again(brand, destination);
        match next {
            Next::StartAgain => actions.push(Action::start_again(start_again())),
            Next::StartAtPublicUrl => {
                let address = table.public_url.clone() + &start_again();
                actions.push(Action::start_again(address).elsewhere());
            }
            Next::Reauthenticate => {
                let backend = self.backend.as_ref().and_then(|name| table.backend_named(name));
                let address = match backend {
                    Some((_, backend)) => reauthenticate(backend, brand, destination),
                    None => start_again(),
                };
                actions.push(Action::start_again(address));
            }
            Next::GoOn => actions.push(Action::go_on(destination.clone())),
            Next::GoOnOrStartAgain => {
                actions.push(Action::go_on(destination.clone()));
                actions.push(Action::start_again(start_again()));
            }
            Next::GoHome => actions.extend(brand.map(home)),
        }
        actions
    }
}

/// What was said, where that is why: what is refused, by its kind, and what is missing.
fn claims(error: &WebError, mut said: Vec<Claim>, kind: &str) -> Vec<Claim> {
    let is_refused: &dyn Fn(&str, Option<&str>) -> bool = match error {
        WebError::Identity(refused) => {
            if said.is_empty() {
                let claim = |(name, kind): &(&'static str, String)| Claim {
                    name: (*name).to_owned(),
                    kind: kind.clone(),
                    became: "read".to_owned(),
                    zendesk: Some((*name).to_owned()),
                };
                said = refused.claims.iter().map(claim).collect();
            }
            &|_, zendesk| zendesk.is_some_and(|it| refused.refusal.is_about(it))
        }
        WebError::Assertion(error)
        | WebError::Session(error)
        | WebError::Backend(BackendError::Claims(error)) => &|name, zendesk| {
            error.claim().is_some_and(|it| zendesk.map_or(name == it, |zendesk| zendesk == it))
        },
        _ => return Vec::new(),
    };
    let is_silent = said.is_empty();
    let is_refused_one = |it: &Claim| is_refused(&it.name, it.zendesk.as_deref());
    // What is refused comes first, so that nothing takes its place.
    let (mut refused, others): (Vec<_>, Vec<_>) = said.into_iter().partition(is_refused_one);
    for claim in &mut refused {
        claim.became = format!("refused: {kind}");
    }
    if refused.is_empty() && !is_silent {
        let missing = ["email", "email_verified", "external_id", "iat"];
        let missing = missing.into_iter().find(|name| is_refused(name, Some(name)));
        refused.extend(missing.map(|name| Claim {
            name: name.to_owned(),
            kind: "missing".to_owned(),
            became: format!("refused: {kind}"),
            zendesk: Some(name.to_owned()),
        }));
    }
    refused.into_iter().chain(others).take(MOST_CLAIMS).collect()
}

/// The page for what cannot be read as a request, and one log line with the same code.
pub(in crate::web) fn unreadable(status: StatusCode, state: &State) -> HttpResponse {
    let Outcome { kind, status, fault, .. } = Outcome::of_no_request(status);
    state.metrics.refusals.add(kind);
    let trace = trace_code().unwrap_or_default();
    tracing::info!(
        trace = trace.as_str(),
        kind,
        status = status.as_u16(),
        fault = fault.as_str(),
        outcome = "refused",
        "what came is no request"
    );
    let texts = state.default_texts();
    let actions = way_on(&state.table(), None).into_iter().collect();
    let page =
        ErrorPage { texts, look: None, kind, parameter: None, said: None, trace: &trace, actions };
    respond(status, &page, |page| match Nonce::random() {
        // Whatever it was, it may have held a token.
        Ok(nonce) => page.at(ShownAddress::Path, &nonce),
        Err(_) => page,
    })
}

/// The page, or if even that fails, a sentence: better than nothing.
fn respond(
    status: StatusCode,
    page: &ErrorPage<'_>,
    tidy: impl FnOnce(Page) -> Page,
) -> HttpResponse {
    match page.page() {
        Ok(page) => response::page(status, tidy(page)),
        Err(_) => response::asset(
            status,
            "text/plain; charset=utf-8",
            "Sign-in failed. Code ".to_owned() + page.trace,
        ),
    }
}
