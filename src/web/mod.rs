//! The public listener: its route table and what its addresses have in common.

mod access_jwt;
mod client_ip;
mod confirm;
mod connection;
mod cookies;
mod error;
mod flows;
mod hand_off;
mod headers;
mod home;
mod login;
mod logout;
mod masked_email;
mod pages;
mod policy;
pub mod proxy_protocol;
mod query;
mod sender;
mod state;
mod texts;
mod theme;

use std::time::Duration;

use actix_web::web::{Payload, ServiceConfig, resource, to};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt as _;
use tokio::time::timeout;

pub use self::client_ip::ClientAddress;
pub use self::connection::Connection;
pub use self::login::{read as sign_in_request, step as login_step};
pub use self::logout::{location as logout_location, reports_an_error};
pub use self::query::{Malformed, Query};
pub use self::state::{State, Table};
pub use self::texts::TextsError;

use self::error::{Failure, WebError};
use self::pages::Page;
use self::policy::Nonce;
use crate::backend::query_value;
use crate::domain::Brand;

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

/// The request's query, every name of it checked.
fn query(request: &HttpRequest) -> Result<Query<'_>, WebError> {
    let uri = request.uri();
    let query = uri.query().unwrap_or_default();
    if uri.path().len() + query.len() > MAX_ADDRESS {
        return Err(WebError::AddressTooLong);
    }
    Ok(Query::parse(query)?)
}

/// The body of a form.
async fn form_body(request: &HttpRequest, payload: Payload) -> Result<String, WebError> {
    timeout(BODY_TIME, whole_form_body(request, payload)).await.map_err(|_| WebError::TooSlow)?
}

async fn whole_form_body(request: &HttpRequest, mut payload: Payload) -> Result<String, WebError> {
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
    let content_type = headers::text(request.headers(), "content-type").unwrap_or_default();
    if !content_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(WebError::ContentType);
    }
    String::from_utf8(body).map_err(|_| Malformed.into())
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

/// The address that begins a sign-in to `destination` anew.
fn start_again(brand: Option<&Brand>, destination: &str) -> String {
    let id = brand.and_then(|brand| brand.id).map(|id| format!("brand_id={id}&"));
    format!("/login?{}return_to={}", id.unwrap_or_default(), query_value(destination))
}
