//! The one log line of a failure.

use actix_web::http::StatusCode;

use super::{Outcome, WebError};
use crate::web::request::client_ip::network;
use crate::web::request::sender::is_browser;
use crate::web::visit::Visit;

/// What the log has of a failure.
pub(in crate::web) struct LoggedFailure {
    pub(in crate::web) kind: &'static str,
    pub(in crate::web) trace: String,
}

/// One refusal as the log has it. It holds no token, address, query or full client address.
pub(super) struct Line<'a> {
    pub(super) visit: Visit<'a>,
    pub(super) trace: &'a str,
    pub(super) outcome: Outcome,
    /// The status of the answer, which is not the same in each format.
    pub(super) status: StatusCode,
    pub(super) brand: Option<&'a str>,
    pub(super) backend: Option<&'a str>,
    pub(super) error: &'a WebError,
}

pub(super) fn log(line: &Line<'_>) {
    let (client, browser) = caller(line.visit);
    let Line { trace, outcome, brand, backend, error, .. } = *line;
    let (kind, fault) = (outcome.kind, outcome.fault.as_str());
    let (path, status) = (known_path(line.visit), line.status.as_u16());
    let method = line.visit.request.method.as_str();
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
pub(in crate::web) fn caller(visit: Visit<'_>) -> (Option<String>, Option<bool>) {
    (client(visit), is_browser(visit.request.headers()).then_some(true))
}

/// The network of whoever sent the request.
pub(in crate::web) fn client(visit: Visit<'_>) -> Option<String> {
    visit.address.and_then(network).map(|it| it.to_string())
}

/// The address as the route table has it, so that nothing of the request's own gets into a log.
fn known_path(visit: Visit<'_>) -> String {
    let pattern = visit.pattern().unwrap_or_else(|| beneath(visit.request.uri.path()));
    match pattern.strip_suffix('/') {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => pattern,
    }
}

/// The beginnings of every address that people and scripts go to, the longer ones first.
pub(in crate::web) const KNOWN: &[&str] = &[
    "/access/jwt",
    "/access",
    "/backends/{backend}/access/jwt",
    "/backends/{backend}/access",
    "/backends/{backend}/login",
    "/backends/{backend}/not-me",
    "/backends/{backend}/reauthenticate",
    "/backends/{backend}/sign-in",
    "/backends/{backend}",
    "/backends",
    "/brands/{brand}/chat-token",
    "/brands/{brand}/messaging-token",
    "/brands/{brand}",
    "/brands",
    "/callback/{backend}",
    "/callback",
    "/continue",
    "/hand-off",
    "/login",
    "/logout/done/{backend}",
    "/logout/done",
    "/logout",
    "/sign-in/{flow}",
    "/sign-in",
    "/start/{brand}",
    "/start",
];

/// The last name of ours that a path has, where a script or a person has gone astray.
fn beneath(path: &str) -> String {
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
