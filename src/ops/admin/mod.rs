//! The admin page: how brands and backends do, what failed last, and where an address leads. It changes nothing.

mod attempts;
mod history;
mod overview;
mod page;

use std::error::Error;
use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};

use actix_web::dev::Payload;
use actix_web::error::{ErrorInternalServerError, InternalError};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue,
    REFERRER_POLICY, RETRY_AFTER, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::web::{Data, Query};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

use self::attempts::Attempts;
use self::history::History;
use self::overview::Overview;
use self::page::AdminPage;
use super::{MostConnections, Readiness, say};
use crate::route;
use crate::table::Table;
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
pub(super) struct AdminQuery {
    /// An address whose way is asked for.
    #[serde(default)]
    url: String,
    /// From where a person would come who is sent there.
    #[serde(default)]
    client_ip: String,
    /// A trace code.
    #[serde(default)]
    trace: String,
    /// A part of the names or hosts of brands.
    #[serde(default)]
    brand: String,
}

/// Somebody who has shown what opens the page: nothing of it is made for anybody else.
pub(super) struct Admitted {
    asked: AdminQuery,
    state: Data<State>,
    admin: Data<Admin>,
}

impl FromRequest for Admitted {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl Admitted {
    fn of(request: &HttpRequest) -> Result<Self, actix_web::Error> {
        let data = (request.app_data::<Data<State>>(), request.app_data::<Data<Admin>>());
        let (Some(state), Some(admin)) = data else {
            return Err(ErrorInternalServerError("the admin page has nothing to show"));
        };
        if let Some(refused) = refused(request, state, admin) {
            return Err(InternalError::from_response("refused", refused).into());
        }
        let asked = Query::from_query(request.query_string()).map(Query::into_inner);
        let asked = asked.unwrap_or_default();
        Ok(Self { asked, state: state.clone(), admin: admin.clone() })
    }

    fn overview(&self, readiness: &Readiness, most: MostConnections) -> Overview {
        self.admin.take(&self.state);
        Overview::of(&self.state, &self.admin.history, readiness, most, &self.asked)
    }
}

/// Everything in one page.
pub(super) async fn page(
    admitted: Admitted,
    (readiness, most): (Data<Readiness>, Data<MostConnections>),
) -> HttpResponse {
    let overview = admitted.overview(&readiness, **most);
    let Admitted { asked, state, .. } = admitted;
    let table = state.table();
    let route = (!asked.url.is_empty())
        .then(|| asked.look_up(&table).map_or_else(str::to_owned, |answer| answer.text));
    let html = AdminPage::html(&overview, &asked, route.as_deref(), state.now());
    html.map_or_else(|error| not_made(&error), |html| answer("text/html; charset=utf-8", html))
}

/// The same as JSON.
pub(super) async fn status(
    admitted: Admitted,
    (readiness, most): (Data<Readiness>, Data<MostConnections>),
) -> HttpResponse {
    let json = serde_json::to_string(&admitted.overview(&readiness, **most));
    json.map_or_else(|error| not_made(&error), |json| answer("application/json", json))
}

/// Where an address leads, as the command `route` says it.
pub(super) async fn lead(Admitted { asked, state, .. }: Admitted) -> HttpResponse {
    match asked.look_up(&state.table()) {
        Ok(led) => answer("application/json", led.json.to_string()),
        Err(why) => {
            let why = json!({ "description": why });
            let mut response = answer("application/json", why.to_string());
            *response.status_mut() = StatusCode::BAD_REQUEST;
            response
        }
    }
}

/// What the JSON means, as `OpenAPI` has it.
pub(super) async fn openapi(_: Admitted) -> HttpResponse {
    answer("application/json", include_str!("openapi.json"))
}

pub(super) async fn stylesheet(_: Admitted) -> HttpResponse {
    answer("text/css; charset=utf-8", include_str!("../../../templates/admin.css"))
}

pub(super) async fn script(_: Admitted) -> HttpResponse {
    answer("text/javascript; charset=utf-8", include_str!("../../../templates/admin.js"))
}

impl AdminQuery {
    /// Where the address leads whoever comes from there; else why it is not looked up.
    fn look_up(&self, table: &Table) -> Result<route::Answer, &'static str> {
        let (url, client) = (self.url.trim(), self.client_ip.trim());
        if url.is_empty() {
            return Err("`url` is missing");
        }
        if self.url.len() > MAX_ADDRESS {
            return Err("`url` is longer than any address that brandgate takes");
        }
        let client = Some(client).filter(|it| !it.is_empty()).map(str::parse).transpose();
        let client =
            client.map_err(|_| "`client_ip` is no address, such as 192.0.2.7 or 2001:db8::7")?;
        Ok(route::look_up(table, url, client))
    }
}

/// What whoever does not show what opens the page is answered.
fn refused(request: &HttpRequest, state: &State, admin: &Admin) -> Option<HttpResponse> {
    let table = state.table();
    if table.admin.is_empty() {
        return Some(HttpResponse::NotFound().finish());
    }
    let Some(given) = credential(request) else {
        return Some(unauthorized(
            "The admin page wants its credential: any name, and the secret as password.\n",
        ));
    };
    // Hashes of it are compared, each with each: how long that takes says nothing about a secret.
    let given = Fingerprint::of_secret(&given);
    if table.admin.iter().filter(|known| **known == given).count() > 0 {
        return None;
    }
    let client = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    state.metrics.admin_refusals.add();
    if admin.attempts.is_one_too_many(client, state.now()) {
        let text =
            "Too many wrong credentials from this address. The right one opens the page at once.\n";
        let mut response = say(HttpResponse::TooManyRequests(), text);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
        return Some(response);
    }
    tracing::warn!(client = %network(client), "a wrong credential at the admin page");
    Some(unauthorized("This credential does not open the admin page.\n"))
}

/// Without the part that tells one machine from its neighbours.
fn network(client: IpAddr) -> String {
    let client = client.to_canonical();
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

fn unauthorized(text: &'static str) -> HttpResponse {
    let challenge = HeaderValue::from_static("Basic realm=\"brandgate\", charset=\"UTF-8\"");
    let mut response = say(HttpResponse::Unauthorized(), text);
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    response
}

/// A mistake of ours, in the page or in its JSON.
fn not_made(error: &dyn Error) -> HttpResponse {
    tracing::error!(%error, fault = "us", "the admin page cannot be made");
    let why = "the admin page cannot be made: the log says why\n";
    let mut response = answer("text/plain; charset=utf-8", why);
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
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

#[cfg(test)]
mod tests {
    use std::fmt;

    use actix_web::body::MessageBody as _;

    use super::*;

    #[test]
    fn the_log_names_a_network_however_its_address_is_written() {
        let cases = [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ];
        for (client, expected) in cases {
            assert_eq!(network(client.parse().unwrap()), expected, "{client}");
        }
    }

    #[test]
    fn what_cannot_be_made_is_told_and_is_no_empty_page() {
        let response = not_made(&fmt::Error);
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(response.headers().get(CACHE_CONTROL).unwrap(), "no-store");
        let body = response.into_body().try_into_bytes().unwrap();
        assert_eq!(body, "the admin page cannot be made: the log says why\n");
    }
}
