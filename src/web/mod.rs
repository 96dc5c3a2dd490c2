//! The public listener: its route table and what its addresses have in common.

mod connection;
mod error;
mod page;
pub mod preview;
mod request;
mod routes;
mod sign_in;
mod state;

use std::time::Duration;

use actix_web::web::{Payload, ServiceConfig, resource, to};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder};
use futures_util::StreamExt as _;
use tokio::time::timeout;

pub use self::connection::{Activity, Connection, FullWarning, Room, proxy_protocol, serving};
pub use self::page::texts::TextsError;
pub use self::request::query::{Malformed, Query};
pub use self::routes::login::step as login_step;
pub use self::routes::logout::location as logout_location;
pub use self::state::{State, Table};

use self::error::{Failure, WebError};
use self::page::pages::Action;
use self::request::headers;
use self::routes::{
    access_jwt, callback, confirm, form_page, home, login, logout, logout_done, not_me,
    password_form, start, ticket, widget_token,
};
use crate::backend::query_value;
use crate::domain::{Brand, Unknown};

/// The type of a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// Longest address, in bytes: an assertion of the old GET and a `return_to` fit in.
const MAX_ADDRESS: usize = 24 * 1024;

/// Longest body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(20);

/// Longest assertion, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// Every address of the public listener. `/login` comes first: it is the hot path.
pub fn routes(config: &mut ServiceConfig) {
    at(config, "/login", login::get);
    at(config, "/logout", logout::get);
    at(config, "/access/jwt", access_jwt::any);
    at(config, "/backends/{backend}/access/jwt", access_jwt::any);
    at(config, "/start/{brand}", start::get);
    at(config, "/sign-in/{flow}", password_form::any);
    at(config, "/backends/{backend}/sign-in", form_page::any);
    at(config, "/hand-off", ticket::any);
    at(config, "/backends/{backend}/login", login::get);
    at(config, "/backends/{backend}/login/anew", login::get);
    at(config, "/backends/{backend}/not-me", not_me::get);
    at(config, "/callback/{backend}", callback::get);
    at(config, "/logout/done/{backend}", logout_done::get);
    at(config, "/brands/{brand}/chat-token", widget_token::chat);
    at(config, "/brands/{brand}/messaging-token", widget_token::messaging);
    at(config, "/continue", confirm::post);
    config
        .service(resource("/assets/brandgate.css").to(home::stylesheet))
        .service(resource("/assets/brands/{brand}.css").to(home::brand_stylesheet))
        .service(resource("/favicon.ico").to(home::favicon))
        .service(resource("/robots.txt").to(home::robots))
        .service(resource("/").to(home::get))
        .default_service(to(home::not_found));
}

/// Serves `path`, with a slash at its end, too: people and scripts add one.
fn at<F, Args>(config: &mut ServiceConfig, path: &str, handler: F)
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    config
        .service(resource(path).to(handler.clone()))
        .service(resource(format!("{path}/")).to(handler));
}

/// Answers with `outcome`, or with the page that explains why not.
fn answer(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    outcome: Result<HttpResponse, Failure>,
) -> HttpResponse {
    outcome.unwrap_or_else(|failure| failure.respond(request, state, table))
}

/// Refuses every method but GET and HEAD.
fn only_get(request: &HttpRequest) -> Result<(), WebError> {
    match request.method().as_str() {
        "GET" | "HEAD" => Ok(()),
        _ => Err(WebError::Method("GET, HEAD")),
    }
}

/// Refuses what a browser fetches ahead of a click: nothing is begun, used or ended by a guess.
fn not_ahead(request: &HttpRequest) -> Result<(), WebError> {
    if headers::is_prefetch(request) { Err(WebError::Prefetch) } else { Ok(()) }
}

/// A visit that uses something up. A HEAD would show nothing for it.
fn only_visit(request: &HttpRequest) -> Result<(), WebError> {
    if request.method() != "GET" {
        return Err(WebError::Method("GET"));
    }
    not_ahead(request)
}

/// The request's query, every name of it checked.
fn query(request: &HttpRequest) -> Result<Query<'_>, WebError> {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    if uri.path().len() + query.len() > MAX_ADDRESS {
        return Err(WebError::AddressTooLong);
    }
    Ok(Query::parse(query)?)
}

/// The body of a form that a page submits or its script sends.
async fn form_body(request: &HttpRequest, payload: Payload) -> Result<String, WebError> {
    let body = whole_body(payload).await?;
    if !is_of_type(request, FORM) {
        return Err(WebError::ContentType);
    }
    String::from_utf8(body).map_err(|_| Malformed::Characters.into())
}

/// Whether the body is said to be of this type, in UTF-8.
fn is_of_type(request: &HttpRequest, expected: &str) -> bool {
    let written = headers::text(request.headers(), "content-type").unwrap_or_default();
    let mut parts = written.split(';').map(str::trim);
    let is_utf_8 = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8")
    };
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(expected))
        && parts.all(|part| part.is_empty() || is_utf_8(part))
}

/// A body of any type.
async fn whole_body(payload: Payload) -> Result<Vec<u8>, WebError> {
    timeout(BODY_TIME, every_chunk(payload)).await.map_err(|_| WebError::TooSlow)?
}

async fn every_chunk(mut payload: Payload) -> Result<Vec<u8>, WebError> {
    let mut body = Vec::new();
    let mut too_large = false;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| WebError::BodyIncomplete)?;
        too_large |= body.len() + chunk.len() > MAX_BODY;
        if too_large {
            // Read on for a while: a browser that is still sending would not see the page.
            body.truncate(0);
            body.shrink_to_fit();
            drained(&mut payload).await;
            return Err(WebError::BodyTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

async fn drained(payload: &mut Payload) {
    let mut left = 16 * MAX_BODY;
    while let Some(Ok(chunk)) = payload.next().await {
        left = left.saturating_sub(chunk.len());
        if left == 0 {
            break;
        }
    }
}

/// Where a person can go on who was on no way that we know: the brand's home, or the choice of a
/// help center, where there is one.
fn way_on(table: &Table, brand: Option<&Brand>) -> Option<Action> {
    let home = |brand: &Brand| Action::home(brand.home().origin() + "/");
    let only = || {
        let mut brands = table.brands.iter();
        brands.next().filter(|_| brands.next().is_none()).map(|(_, brand)| brand)
    };
    let unknown = match table.brands.unknown() {
        Unknown::Brand(key) => table.brands.brand(key),
        Unknown::Ask | Unknown::Refuse => only(),
    };
    if let Some(brand) = brand.or(unknown) {
        return Some(home(brand));
    }
    let has_choice = table.brands.unknown() == Unknown::Ask
        && table.brands.iter().any(|(_, brand)| brand.listed);
    has_choice.then(|| Action::choose(format!("{}/login", table.public_url)))
}

/// The address that begins a sign-in to `destination` anew.
fn start_again(brand: Option<&Brand>, destination: &str) -> String {
    let id = brand.and_then(|brand| brand.id).map(|id| format!("brand_id={id}&"));
    format!("/login?{}return_to={}", id.unwrap_or_default(), query_value(destination))
}
