//! The public listener: its route table and what its addresses have in common.

mod connection;
mod error;
mod page;
pub mod preview;
mod request;
mod routes;
mod sign_in;
mod state;

use actix_web::web::{ServiceConfig, resource, to};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder};

pub use self::connection::{Activity, Connection, FullWarning, Room, proxy_protocol, serving};
pub use self::page::texts::TextsError;
pub use self::request::error::Malformed;
pub use self::request::query::Query;
pub use self::routes::logout::location as logout_location;
pub use self::sign_in::begin::step as login_step;
pub use self::state::State;

use self::error::Failure;
use self::routes::{
    access_jwt, callback, confirm, form_page, home, login, logout, logout_done, not_me,
    password_form, start, ticket, widget_token,
};
use crate::table::Table;

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
    at(config, "/backends/{backend}/reauthenticate", login::get);
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
