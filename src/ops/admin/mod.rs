//! The admin page: how brands and backends do, what failed last, and where an address leads. It changes nothing.

mod attempts;
mod history;
mod overview;
mod page;

use std::net::{IpAddr, Ipv4Addr};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    RETRY_AFTER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

use self::attempts::Attempts;
use self::history::History;
use self::overview::Overview;
use self::page::Page;
use super::{MostConnections, Readiness};
use crate::route;
use crate::token::Fingerprint;
use crate::web::State;

/// Of a page that loads nothing from elsewhere, and runs nothing but its own file.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Longest address that is looked up, in bytes: as long as one may be that people send us.
const MAX_ADDRESS: usize = 24 * 1024;

/// What the admin page remembers.
#[derive(Debug, Default)]
pub struct Admin {
    attempts: Attempts,
    history: History,
}

impl Admin {
    /// Counts what has come since it was last asked, if anybody may look; else forgets what there was.
    pub fn take(&self, state: &State) {
        let table = state.table();
        if table.admin.is_empty() {
            self.history.clear();
            state.recent.clear();
        } else {
            self.history.take(&table, state.now());
        }
    }
}

/// What somebody wants to see.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// An address whose way is asked for.
    #[serde(default)]
    url: String,
    /// A trace code.
    #[serde(default)]
    trace: String,
    /// A part of the names or hosts of brands.
    #[serde(default)]
    brand: String,
}

/// Everything in one page.
pub(super) async fn page(
    request: HttpRequest,
    asked: Option<Query<Asked>>,
    (state, admin): (Data<State>, Data<Admin>),
    (readiness, most): (Data<Readiness>, Data<MostConnections>),
) -> HttpResponse {
    if let Some(refused) = refused(&request, &state, &admin) {
        return refused;
    }
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    admin.take(&state);
    let overview = Overview::of(&state, &admin.history, &readiness, **most, &asked);
    let table = state.table();
    let route = (!asked.url.is_empty())
        .then(|| address(&asked.url))
        .map(|url| url.map_or_else(str::to_owned, |url| route::look_up(&table, url, None).text));
    match Page::html(&overview, &asked, route.as_deref(), state.now()) {
        Ok(html) => answer("text/html; charset=utf-8", html),
        Err(error) => {
            tracing::error!(%error, fault = "us", "the admin page cannot be made");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// The same as JSON.
pub(super) async fn status(
    request: HttpRequest,
    asked: Option<Query<Asked>>,
    (state, admin): (Data<State>, Data<Admin>),
    (readiness, most): (Data<Readiness>, Data<MostConnections>),
) -> HttpResponse {
    if let Some(refused) = refused(&request, &state, &admin) {
        return refused;
    }
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    admin.take(&state);
    let overview = Overview::of(&state, &admin.history, &readiness, **most, &asked);
    answer("application/json", serde_json::to_string(&overview).unwrap_or_default())
}

/// Where an address leads, as the command `route` says it.
pub(super) async fn lead(
    request: HttpRequest,
    asked: Option<Query<Asked>>,
    (state, admin): (Data<State>, Data<Admin>),
) -> HttpResponse {
    if let Some(refused) = refused(&request, &state, &admin) {
        return refused;
    }
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let table = state.table();
    match address(&asked.url) {
        Ok(url) if !url.is_empty() => {
            answer("application/json", route::look_up(&table, url, None).json.to_string())
        }
        _ => {
            let mut response = answer(
                "application/json",
                json!({ "description": "`url` is missing, or too long" }).to_string(),
            );
            *response.status_mut() = StatusCode::BAD_REQUEST;
            response
        }
    }
}

/// What the JSON means, as `OpenAPI` has it.
pub(super) async fn openapi(
    request: HttpRequest,
    (state, admin): (Data<State>, Data<Admin>),
) -> HttpResponse {
    file(&request, &state, &admin, "application/json", include_str!("openapi.json"))
}

pub(super) async fn stylesheet(
    request: HttpRequest,
    (state, admin): (Data<State>, Data<Admin>),
) -> HttpResponse {
    let css = include_str!("../../../templates/admin.css");
    file(&request, &state, &admin, "text/css; charset=utf-8", css)
}

pub(super) async fn script(
    request: HttpRequest,
    (state, admin): (Data<State>, Data<Admin>),
) -> HttpResponse {
    let script = include_str!("../../../templates/admin.js");
    file(&request, &state, &admin, "text/javascript; charset=utf-8", script)
}

fn file(
    request: &HttpRequest,
    state: &State,
    admin: &Admin,
    kind: &str,
    text: &'static str,
) -> HttpResponse {
    refused(request, state, admin).unwrap_or_else(|| answer(kind, text))
}

/// The address to look up; else why it is not.
fn address(url: &str) -> Result<&str, &'static str> {
    if url.len() > MAX_ADDRESS {
        return Err("This is longer than any address that brandgate takes.");
    }
    Ok(url.trim())
}

/// What whoever does not show what opens the page is answered.
fn refused(request: &HttpRequest, state: &State, admin: &Admin) -> Option<HttpResponse> {
    let table = state.table();
    if table.admin.is_empty() {
        return Some(HttpResponse::NotFound().finish());
    }
    let client = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    let Some(given) = credential(request) else { return Some(unauthorized()) };
    let now = state.now();
    if !admin.attempts.admit(client, now) {
        let mut response = HttpResponse::TooManyRequests();
        return Some(response.insert_header((RETRY_AFTER, "60")).finish());
    }
    // Hashes of it are compared, each with each: how long that takes says nothing about a secret.
    let given = Fingerprint::of_secret(&given);
    if table.admin.iter().filter(|known| **known == given).count() > 0 {
        return None;
    }
    admin.attempts.note(client, now);
    state.metrics.admin_refusals.add();
    tracing::warn!(client = %network(client), "a wrong credential at the admin page");
    Some(unauthorized())
}

/// Without the part that tells one machine from its neighbours.
fn network(client: IpAddr) -> String {
    let length = if client.is_ipv4() { 24 } else { 48 };
    let net = ipnet::IpNet::new(client, length);
    net.map_or_else(|_| "unknown".to_owned(), |net| net.trunc().to_string())
}

/// A bearer token, or the password of anybody.
fn credential(request: &HttpRequest) -> Option<Vec<u8>> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, text) = header.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(text.trim().as_bytes().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = STANDARD.decode(text.trim()).ok()?;
    let at = memchr::memchr(b':', &pair)?;
    Some(pair.get(at + 1..)?.to_owned())
}

fn unauthorized() -> HttpResponse {
    let challenge = "Basic realm=\"brandgate\", charset=\"UTF-8\"";
    let mut response = HttpResponse::Unauthorized();
    response.insert_header((CACHE_CONTROL, "no-store"));
    response.insert_header((WWW_AUTHENTICATE, challenge)).finish()
}

fn answer(kind: &str, text: impl Into<String>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, kind.to_owned()))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .body(text.into())
}
