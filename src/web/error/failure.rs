//! The one place where a failure becomes an answer: page, headers, log line.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};

use super::{FlowProblem, WebError, no_request};
use crate::backend::CognitoError;
use crate::domain::{BrandKey, Parameter};
use crate::store::StoreError;
use crate::table::Table;
use crate::token::trace_code;
use crate::web::page::csp::Nonce;
use crate::web::page::links::{start_again, way_on};
use crate::web::page::pages::{Action, Address, ErrorPage, Page};
use crate::web::page::response;
use crate::web::page::theme::BrandLook;
use crate::web::page::tidy::tidied;
use crate::web::request::client_ip::network;
use crate::web::request::error::RequestError;
use crate::web::request::sender::is_browser;
use crate::web::state::State;

/// A failure, and what is known about the sign-in that failed.
#[derive(Debug)]
pub(in crate::web) struct Failure {
    error: WebError,
    brand: Option<BrandKey>,
    backend: Option<String>,
    destination: Option<String>,
    offer: Option<Box<Action>>,
}

impl<E: Into<WebError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { error: error.into(), brand: None, backend: None, destination: None, offer: None }
    }
}

impl Failure {
    /// Whose sign-in failed: its page has that brand's look.
    pub(in crate::web) fn of(mut self, brand: BrandKey) -> Self {
        self.brand = Some(brand);
        self
    }

    /// Whose sign-in it must have been, if nothing else is known.
    pub(in crate::web) fn of_at_least(mut self, brand: BrandKey) -> Self {
        self.brand.get_or_insert(brand);
        self
    }

    /// Who was to say who the person is.
    pub(in crate::web) fn by(mut self, backend: &str) -> Self {
        self.backend = Some(backend.to_owned());
        self
    }

    /// Where the sign-in was to end: the page offers to start again, or to go on.
    pub(in crate::web) fn towards(mut self, destination: impl Into<String>) -> Self {
        self.destination = Some(destination.into());
        self
    }

    /// Whether it is known where the sign-in was to end.
    pub(in crate::web) fn has_destination(&self) -> bool {
        self.destination.is_some()
    }

    /// What the person can do before anything else.
    pub(in crate::web) fn offering(mut self, action: Option<Action>) -> Self {
        self.offer = action.map(Box::new);
        self
    }

    /// What failed.
    pub(in crate::web) fn error(&self) -> &WebError {
        &self.error
    }

    /// The status of its page.
    pub(in crate::web) fn status(&self) -> StatusCode {
        let (_, status, _) = self.error.public();
        status
    }

    /// Writes the one log line: for answers that are no page of this failure's own, and are sent
    /// with this status.
    pub(in crate::web) fn note_as(
        &self,
        status: StatusCode,
        request: &HttpRequest,
        table: &Table,
    ) -> Noted {
        let (kind, _, fault) = self.error.public();
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
        Noted { kind, trace }
    }

    /// The page that explains, and one log line with the same code.
    pub(in crate::web) fn respond(
        self,
        request: &HttpRequest,
        state: &State,
        table: &Table,
    ) -> HttpResponse {
        let status = self.status();
        let Noted { kind, trace } = self.note_as(status, request, table);
        let brand = self.brand.and_then(|key| table.brands.brand(key));
        let look = brand.map(BrandLook::of);
        let home = brand.map(|brand| Action::home(brand.home().origin() + "/"));
        let mut actions: Vec<Action> = self.offer.into_iter().map(|it| *it).collect();
        if let Some(destination) = self.destination {
            let mut address = start_again(brand, &destination);
            // The host that was asked may be the backend's own; other backends' flows live at ours.
            if matches!(self.error, WebError::OtherBackend) {
                address.insert_str(0, &table.public_url);
            } else if self.error.may_end_anew()
                && let Some(anew) =
                    self.backend.and_then(|name| table.backend_named(&name)?.1.anew())
            {
                address.replace_range(.."/login".len(), &anew);
            }
            let start_again = Action::start_again(address);
            match self.error {
                WebError::Flow(FlowProblem::Used) | WebError::AlreadyUsed => {
                    actions.push(Action::go_on(destination));
                    actions.push(start_again);
                }
                WebError::Loop => actions.push(Action::go_on(destination)),
                _ if self.error.is_lasting() => actions.extend(home),
                _ => actions.push(start_again),
            }
        } else {
            actions.extend(way_on(table, brand));
        }
        let texts = state.texts(request);
        let look = look.as_ref();
        let parameter = match self.error {
            WebError::Request(RequestError::Malformed(malformed)) => {
                malformed.parameter().map(Parameter::as_str)
            }
            _ => None,
        };
        let page = ErrorPage { texts, look, kind, parameter, trace: &trace, actions };
        let mut response = respond(status, &page, |page| tidied(request, page));
        let headers = response.headers_mut();
        match self.error {
            WebError::Request(RequestError::Method(allowed)) => {
                headers.insert(ALLOW, HeaderValue::from_static(allowed));
            }
            WebError::TooManyAttempts | WebError::Cognito(CognitoError::Throttled) => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("900"));
            }
            WebError::Store(StoreError::BackendShare | StoreError::NetworkShare) => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("300"));
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
pub(in crate::web) fn unreadable(status: StatusCode, state: &State) -> HttpResponse {
    let (kind, status, fault) = no_request(status);
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
    let page = ErrorPage { texts, look: None, kind, parameter: None, trace: &trace, actions };
    respond(status, &page, |page| match Nonce::random() {
        // Whatever it was, it may have held a token.
        Ok(nonce) => page.at(Address::Path, &nonce),
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

/// What the log has of a failure.
pub(in crate::web) struct Noted {
    pub(in crate::web) kind: &'static str,
    pub(in crate::web) trace: String,
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
    let (client, browser) = caller(line.request, line.table);
    let Line { trace, kind, fault, brand, backend, error, .. } = *line;
    let (path, status) = (known_path(line.request), line.status.as_u16());
    let method = line.request.method().as_str();
    // An unknown method is the client's own text.
    let method = if method.len() <= 7 { method } else { "other" };
    macro_rules! event {
        ($level:ident, outcome = $outcome:literal) => {
            tracing::$level!(
                trace,
                kind,
                status,
                fault,
                method,
                path,
                client,
                browser,
                brand.name = brand,
                backend.name = backend,
                outcome = $outcome,
                "{error}"
            )
        };
    }
    match (line.status.is_server_error(), fault) {
        (true, "us") => event!(error, outcome = "failed"),
        (true, "backend") => event!(warn, outcome = "failed"),
        _ => event!(info, outcome = "refused"),
    }
}

/// The network of whoever sent `request`, and whether it is said to be a browser: the log keeps lines
/// of people where it leaves out those of programs.
pub(in crate::web) fn caller(
    request: &HttpRequest,
    table: &Table,
) -> (Option<String>, Option<bool>) {
    let network = table.client_address.of(request).and_then(network);
    (network.map(|it| it.to_string()), is_browser(request.headers()).then_some(true))
}

/// The address as the route table has it, so that nothing of the request's own gets into a log.
fn known_path(request: &HttpRequest) -> String {
    let pattern = request.match_pattern().unwrap_or_else(|| beneath(request.path()));
    match pattern.strip_suffix('/') {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => pattern,
    }
}

/// The last name of ours that a path has, where a script or a person has gone astray.
fn beneath(path: &str) -> String {
    const KNOWN: [&str; 17] = [
        "/access/jwt",
        "/access",
        "/backends/{backend}/access/jwt",
        "/backends/{backend}/access",
        "/backends/{backend}/login",
        "/backends/{backend}/sign-in",
        "/backends/{backend}",
        "/backends",
        "/brands/{brand}",
        "/callback/{backend}",
        "/callback",
        "/continue",
        "/hand-off",
        "/login",
        "/logout",
        "/sign-in",
        "/start",
    ];
    let parts: Vec<&str> = path.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    let begins = |pattern: &&&str| {
        let names: Vec<&str> = pattern.split('/').skip(1).collect();
        let is = |(name, part): (&&str, &&str)| name == part || name.starts_with('{');
        names.len() <= parts.len() && names.iter().zip(&parts).all(is)
    };
    let Some(known) = KNOWN.iter().find(begins) else { return "(unknown)".to_owned() };
    let is_all = known.split('/').skip(1).count() == parts.len();
    if is_all { (*known).to_owned() } else { format!("{known}/{{other}}") }
}
