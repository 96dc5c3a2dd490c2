//! The public listener: its route table and what its addresses have in common.

mod access_jwt;
mod attempts;
mod callback;
mod client_ip;
mod confirm;
mod connection;
mod cookies;
mod error;
mod fields;
mod flows;
mod form_page;
mod hand_off;
mod headers;
mod home;
mod login;
mod logout;
mod logout_done;
mod loop_guard;
mod masked_email;
mod not_me;
mod pages;
mod policy;
pub mod preview;
mod query;
mod replay;
mod sender;
mod session;
mod sign_in;
mod sign_in_page;
mod start;
mod state;
mod texts;
mod theme;
mod ticket;
mod widget_token;

use std::time::Duration;

use actix_web::web::{Payload, ServiceConfig, resource, to};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt as _;
use tokio::time::timeout;

pub use self::client_ip::ClientAddress;
pub use self::connection::{Activity, Connection, FullWarning, Room, proxy_protocol, serving};
pub use self::login::step as login_step;
pub use self::logout::location as logout_location;
pub use self::query::{Malformed, Query};
pub use self::state::{State, Table};
pub use self::texts::TextsError;

use self::error::{Failure, WebError};
use self::pages::{Action, Page};
use self::policy::Nonce;
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
    config
        .service(resource("/login").to(login::get))
        .service(resource("/logout").to(logout::get))
        .service(resource("/access/jwt").to(access_jwt::any))
        .service(resource("/backends/{backend}/access/jwt").to(access_jwt::any))
        .service(resource("/start/{brand}").to(start::get))
        .service(resource("/sign-in/{flow}").to(sign_in::any))
        .service(resource("/backends/{backend}/sign-in").to(form_page::any))
        .service(resource("/hand-off").to(ticket::any))
        .service(resource("/backends/{backend}/login").to(login::get))
        .service(resource("/backends/{backend}/login/anew").to(login::get))
        .service(resource("/backends/{backend}/not-me").to(not_me::get))
        .service(resource("/callback/{backend}").to(callback::get))
        .service(resource("/logout/done/{backend}").to(logout_done::get))
        .service(resource("/brands/{brand}/chat-token").to(widget_token::chat))
        .service(resource("/brands/{brand}/messaging-token").to(widget_token::messaging))
        .service(resource("/continue").to(confirm::post))
        .service(resource("/assets/brandgate.css").to(home::stylesheet))
        .service(resource("/assets/brands/{brand}.css").to(home::brand_stylesheet))
        .service(resource("/favicon.ico").to(home::favicon))
        .service(resource("/robots.txt").to(home::robots))
        .service(resource("/").to(home::get))
        .default_service(to(home::not_found));
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

/// The body of a form that a page submits: browsers say its type, and nothing more about it.
async fn form_body(request: &HttpRequest, payload: Payload) -> Result<String, WebError> {
    let body = whole_body(payload).await?;
    let written = headers::text(request.headers(), "content-type").unwrap_or_default();
    if !written.eq_ignore_ascii_case(FORM) {
        return Err(WebError::ContentType);
    }
    String::from_utf8(body).map_err(|_| Malformed.into())
}

/// The body of a form that a page submits or its script sends, which also says its charset.
async fn form_or_script_body(request: &HttpRequest, payload: Payload) -> Result<String, WebError> {
    let body = whole_body(payload).await?;
    if !is_of_type(request, FORM) {
        return Err(WebError::ContentType);
    }
    String::from_utf8(body).map_err(|_| Malformed.into())
}

/// Whether the body is said to be of this type, in UTF-8.
fn is_of_type(request: &HttpRequest, expected: &str) -> bool {
    let written = headers::text(request.headers(), "content-type").unwrap_or_default();
    let (kind, parameter) = written.split_once(';').unwrap_or((written, "charset=utf-8"));
    kind.trim().eq_ignore_ascii_case(expected)
        && parameter.trim().eq_ignore_ascii_case("charset=utf-8")
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

/// The page without the token in its address that an old script's GET leaves there: neither the
/// history nor whoever looks over a shoulder is to have it.
fn tidied(request: &HttpRequest, page: Page) -> Page {
    if !request.path().ends_with("/access/jwt") || request.query_string().is_empty() {
        return page;
    }
    // Without random numbers there are no sign-ins either, and the page matters more.
    match Nonce::random() {
        Ok(nonce) => page.without_query(&nonce),
        Err(_) => page,
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
