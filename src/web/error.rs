//! The one place where a failure becomes an answer: page, status, log line.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};

use super::client_ip::network;
use super::headers;
use super::pages::{Action, ErrorPage, Page, PageError};
use super::query::Malformed;
use super::state::{State, Table};
use super::{start_again, tidied};
use crate::domain::{BrandKey, IdentityRefusal, InvalidReturnTo, Refusal};
use crate::store::StoreError;
use crate::token::{AssertionError, NoRandomness, SealError, trace_code, zendesk::MintError};

/// Why a request was not answered as hoped.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the address is longer than {} bytes", super::MAX_ADDRESS)]
    AddressTooLong,
    #[error("the body is longer than {} bytes", super::MAX_BODY)]
    BodyTooLarge,
    #[error("the body ended early")]
    BodyIncomplete,
    #[error("the body did not arrive in time")]
    TooSlow,
    #[error("the body is not application/x-www-form-urlencoded")]
    ContentType,
    #[error("the address takes other methods")]
    Method(&'static str),
    #[error("no such address")]
    NotFound,
    #[error("a prefetch")]
    Prefetch,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("the request holds no assertion")]
    NoToken,
    #[error("the assertion is longer than {} bytes", super::MAX_TOKEN)]
    TokenTooLarge,
    #[error(transparent)]
    Flow(#[from] FlowProblem),
    #[error(transparent)]
    Assertion(#[from] AssertionError),
    #[error("the assertion was used before")]
    AlreadyUsed,
    #[error(transparent)]
    Identity(#[from] IdentityRefusal),
    #[error(
        "the answer to the question is altered, too old, or comes from another site or browser"
    )]
    Confirmation,
    #[error("more than five within a minute")]
    Loop,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Mint(#[from] MintError),
    #[error(transparent)]
    Page(#[from] PageError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
    #[error("the table does not hold what it refers to")]
    Table,
}

/// Why no flow of this browser can be used.
///
/// Of several, the greatest says most about what happened.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, thiserror::Error)]
pub(super) enum FlowProblem {
    #[error("this browser has no flow")]
    Missing,
    #[error("this browser's flows are for other backends")]
    Foreign,
    #[error("the flow is not as we sealed it")]
    Altered,
    #[error("the table has changed since the flow began")]
    Outdated,
    #[error("the flow is older than an hour")]
    Expired,
    #[error("the flow was used by a hand-off")]
    Used,
}

impl From<InvalidReturnTo> for WebError {
    fn from(invalid: InvalidReturnTo) -> Self {
        Self::Refused(invalid.into())
    }
}

/// Whose move it is when something fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Client,
    Backend,
    Us,
}

impl Fault {
    fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Backend => "backend",
            Self::Us => "us",
        }
    }
}

impl WebError {
    /// Names the texts, the status and whose move it is.
    fn public(&self) -> (&'static str, StatusCode, Fault) {
        use Fault::{Backend, Client, Us};
        match self {
            Self::Malformed(_) | Self::BodyIncomplete => {
                ("malformed-request", StatusCode::BAD_REQUEST, Client)
            }
            Self::TooSlow => ("request-too-slow", StatusCode::REQUEST_TIMEOUT, Client),
            Self::AddressTooLong => ("address-too-long", StatusCode::URI_TOO_LONG, Client),
            Self::BodyTooLarge => ("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, Client),
            Self::ContentType => ("wrong-content-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, Client),
            Self::Method(_) => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, Client),
            Self::NotFound => ("not-found", StatusCode::NOT_FOUND, Client),
            Self::Prefetch => ("prefetch", StatusCode::SERVICE_UNAVAILABLE, Client),
            Self::Refused(Refusal::ReturnTo(_)) => {
                ("return-to-refused", StatusCode::BAD_REQUEST, Client)
            }
            Self::Refused(Refusal::UnknownBrand) => {
                ("unknown-brand", StatusCode::NOT_FOUND, Client)
            }
            Self::NoToken => ("no-token", StatusCode::BAD_REQUEST, Backend),
            Self::TokenTooLarge => ("token-too-large", StatusCode::PAYLOAD_TOO_LARGE, Backend),
            Self::Flow(FlowProblem::Missing) => ("flow-missing", StatusCode::BAD_REQUEST, Client),
            Self::Flow(FlowProblem::Expired) => ("flow-expired", StatusCode::GONE, Client),
            Self::Flow(FlowProblem::Used) => ("flow-used", StatusCode::CONFLICT, Client),
            Self::Flow(FlowProblem::Altered) => ("flow-altered", StatusCode::BAD_REQUEST, Client),
            Self::Flow(FlowProblem::Foreign) => ("flow-foreign", StatusCode::BAD_REQUEST, Client),
            Self::Flow(FlowProblem::Outdated) => ("flow-outdated", StatusCode::CONFLICT, Us),
            Self::Assertion(error) => assertion(error),
            Self::AlreadyUsed => ("assertion-used", StatusCode::CONFLICT, Client),
            Self::Identity(refusal) => identity(*refusal),
            Self::Confirmation => ("confirmation-refused", StatusCode::FORBIDDEN, Client),
            Self::Loop => ("loop", StatusCode::TOO_MANY_REQUESTS, Client),
            Self::Store(_) => ("store-unavailable", StatusCode::SERVICE_UNAVAILABLE, Us),
            Self::Mint(_) | Self::Page(_) | Self::Seal(_) | Self::Random(_) | Self::Table => {
                ("internal", StatusCode::INTERNAL_SERVER_ERROR, Us)
            }
        }
    }
}

impl WebError {
    /// Whether another try would only end here again, so that no page may propose one.
    fn is_lasting(&self) -> bool {
        match self {
            Self::TokenTooLarge | Self::ContentType => true,
            Self::Assertion(error) => {
                matches!(error, AssertionError::Algorithm | AssertionError::Claim(_))
            }
            Self::Identity(refusal) => matches!(
                refusal,
                IdentityRefusal::AddressReserved
                    | IdentityRefusal::ExternalIdMissing
                    | IdentityRefusal::ExternalIdNotAllowed
                    | IdentityRefusal::RoleNotAllowed
                    | IdentityRefusal::AttributeNotAllowed(_)
            ),
            _ => false,
        }
    }
}

fn assertion(error: &AssertionError) -> (&'static str, StatusCode, Fault) {
    let (kind, status) = match error {
        AssertionError::Unreadable => ("assertion-unreadable", StatusCode::BAD_REQUEST),
        AssertionError::Algorithm => ("assertion-algorithm", StatusCode::FORBIDDEN),
        AssertionError::Signature => ("assertion-signature", StatusCode::FORBIDDEN),
        AssertionError::TooOld => ("assertion-too-old", StatusCode::FORBIDDEN),
        AssertionError::FromTheFuture => ("assertion-from-the-future", StatusCode::FORBIDDEN),
        AssertionError::Claim(_) => ("assertion-invalid", StatusCode::UNPROCESSABLE_ENTITY),
        AssertionError::Audience => ("assertion-audience", StatusCode::FORBIDDEN),
    };
    (kind, status, Fault::Backend)
}

fn identity(refusal: IdentityRefusal) -> (&'static str, StatusCode, Fault) {
    let (kind, status) = match refusal {
        IdentityRefusal::EmailInvalid => ("email-invalid", StatusCode::UNPROCESSABLE_ENTITY),
        IdentityRefusal::EmailUnverified => ("email-unverified", StatusCode::FORBIDDEN),
        IdentityRefusal::AddressReserved => ("address-reserved", StatusCode::FORBIDDEN),
        IdentityRefusal::AddressNotAllowed => ("address-not-allowed", StatusCode::FORBIDDEN),
        IdentityRefusal::ExternalIdMissing => {
            ("external-id-missing", StatusCode::UNPROCESSABLE_ENTITY)
        }
        IdentityRefusal::ExternalIdNotAllowed => ("external-id-not-allowed", StatusCode::FORBIDDEN),
        IdentityRefusal::RoleNotAllowed => ("role-not-allowed", StatusCode::FORBIDDEN),
        IdentityRefusal::AttributeNotAllowed(_) => ("attribute-not-allowed", StatusCode::FORBIDDEN),
    };
    (kind, status, Fault::Backend)
}

/// A failure, and what is known about the sign-in that failed.
#[derive(Debug)]
pub(super) struct Failure {
    error: WebError,
    brand: Option<BrandKey>,
    backend: Option<String>,
    destination: Option<String>,
}

impl<E: Into<WebError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { error: error.into(), brand: None, backend: None, destination: None }
    }
}

impl Failure {
    /// Whose sign-in failed: its page has that brand's look.
    pub(super) fn of(mut self, brand: BrandKey) -> Self {
        self.brand = Some(brand);
        self
    }

    /// Who was to say who the person is.
    pub(super) fn by(mut self, backend: &str) -> Self {
        self.backend = Some(backend.to_owned());
        self
    }

    /// Where the sign-in was to end: the page offers to start again, or to go on.
    pub(super) fn towards(mut self, destination: impl Into<String>) -> Self {
        self.destination = Some(destination.into());
        self
    }

    /// Whether it is known where the sign-in was to end.
    pub(super) fn has_destination(&self) -> bool {
        self.destination.is_some()
    }

    /// The page that explains, and one log line with the same code.
    pub(super) fn respond(
        self,
        request: &HttpRequest,
        state: &State,
        table: &Table,
    ) -> HttpResponse {
        let (kind, status, fault) = self.error.public();
        let trace = trace_code().unwrap_or_default();
        let brand = self.brand.and_then(|key| table.brands.brand(key));
        log(&Line {
            request,
            table,
            trace: &trace,
            kind,
            status,
            fault: fault.as_str(),
            brand: brand.map(|brand| brand.name.as_str()),
            backend: self.backend.as_deref(),
            error: &self.error,
        });
        let look = self.brand.and_then(|key| table.look(key));
        let home = brand.map(|brand| Action::home(brand.home().origin() + "/"));
        let mut actions = Vec::new();
        if let Some(destination) = self.destination {
            let start_again = Action::start_again(start_again(brand, &destination));
            match self.error {
                WebError::Flow(FlowProblem::Used) | WebError::AlreadyUsed => {
                    actions.push(Action::go_on(destination));
                    actions.push(start_again);
                }
                WebError::Loop => actions.push(Action::home(destination)),
                _ if self.error.is_lasting() => actions.extend(home),
                _ => actions.push(start_again),
            }
        } else {
            actions.extend(home);
        }
        let texts = state.texts(request);
        let look = look.as_ref();
        let page = ErrorPage { texts, look, kind, trace: &trace, actions };
        let mut response = respond(status, &page, |page| tidied(request, page));
        let headers = response.headers_mut();
        match self.error {
            WebError::Method(allowed) => {
                headers.insert(ALLOW, HeaderValue::from_static(allowed));
            }
            WebError::Loop | WebError::Store(_) => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("60"));
            }
            _ => {}
        }
        response
    }
}

/// The page for what cannot be read as a request, and one log line with the same code.
pub(super) fn unreadable(status: StatusCode, state: &State) -> HttpResponse {
    let (kind, fault) = match status {
        StatusCode::REQUEST_TIMEOUT => ("request-too-slow", Fault::Client),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ("headers-too-large", Fault::Client),
        status if status.is_server_error() => ("internal", Fault::Us),
        _ => ("malformed-request", Fault::Client),
    };
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
    let page = ErrorPage { texts, look: None, kind, trace: &trace, actions: Vec::new() };
    respond(status, &page, |page| page)
}

/// The page, or if even that fails, a sentence: better than nothing.
fn respond(
    status: StatusCode,
    page: &ErrorPage<'_>,
    tidy: impl FnOnce(Page) -> Page,
) -> HttpResponse {
    match page.page() {
        Ok(page) => headers::page(status, tidy(page)),
        Err(_) => headers::asset(
            status,
            "text/plain; charset=utf-8",
            "Sign-in failed. Code ".to_owned() + page.trace,
        ),
    }
}

/// One refusal as the log has it. It holds no token, address, query or full client address.
struct Line<'a> {
    request: &'a HttpRequest,
    table: &'a Table,
    trace: &'a str,
    kind: &'a str,
    status: StatusCode,
    fault: &'a str,
    brand: Option<&'a str>,
    backend: Option<&'a str>,
    error: &'a WebError,
}

fn log(line: &Line<'_>) {
    let client = line.table.client_address.of(line.request).and_then(network);
    let client = client.map(|net| net.to_string());
    let Line { trace, kind, fault, brand, backend, error, .. } = *line;
    let (path, status) = (known_path(line.request), line.status.as_u16());
    let method = line.request.method().as_str();
    // An unknown method is the client's own text.
    let method = if method.len() <= 7 { method } else { "other" };
    if line.status.is_server_error() && fault == "us" {
        tracing::error!(
            trace,
            kind,
            status,
            fault,
            method,
            path,
            client,
            brand.name = brand,
            backend.name = backend,
            outcome = "failed",
            "{error}"
        );
    } else {
        tracing::info!(
            trace,
            kind,
            status,
            fault,
            method,
            path,
            client,
            brand.name = brand,
            backend.name = backend,
            outcome = "refused",
            "{error}"
        );
    }
}

/// The address as the route table has it, so that nothing of the request's own gets into a log.
fn known_path(request: &HttpRequest) -> String {
    request.match_pattern().unwrap_or_else(|| "(unknown)".to_owned())
}
