//! The public listener: its route table and what its addresses have in common.

mod connection;
mod error;
mod page;
pub mod preview;
mod request;
mod response;
mod routes;
mod serve;
mod sign_in;
mod state;
#[cfg(test)]
mod tests;
mod visit;

use actix_web::web::ServiceConfig;

pub use self::connection::{Activity, Connection, FullWarning, Room, proxy_protocol, serving};
pub use self::page::texts::TextsError;
pub use self::request::error::Malformed;
pub use self::request::query::Query;
pub use self::routes::login::get_at_once as login_at_once;
pub use self::routes::logout::location as logout_location;
pub use self::sign_in::begin::redirect as login_redirect;
pub use self::state::State;

use self::request::guard::Takes;
use self::routes::{
    access_jwt, callback, confirm, form_page, hand_off, home, login, logout, logout_done, not_me,
    password_form, start, widget_token,
};
use self::serve::{at, at_with_body, elsewhere, file};

/// Every address of the public listener, and what it takes. `/login` comes first: it is the hot path.
///
/// Beneath a backend's cookie (`at`) lie sign-ins by that backend, its questions, and the widgets of
/// its brands. Our own pages vouch for where they led by a cookie of one host: what else lay at two
/// hosts could be opened at one and brought back to the other.
pub fn routes(config: &mut ServiceConfig) {
    at(config, "/login", Takes::STEP, login::get);
    at(config, "/logout", Takes::STEP, logout::get);
    at_with_body(config, "/access/jwt", Takes::ASSERTION, access_jwt::any);
    at_with_body(config, "/hand-off", Takes::FORM, hand_off::any);
    at_with_body(config, "/continue", Takes::ANSWER.at_every_origin(), confirm::post);
    files(config);
    file(config, "/", Takes::PAGE, home::get);
    // Behind those that are compared: of these, each is searched for by a regular expression.
    at_with_body(config, "/backends/{backend}/access/jwt", Takes::ASSERTION, access_jwt::any);
    at(config, "/start/{brand}", Takes::STEP, start::get);
    at_with_body(config, "/sign-in/{flow}", Takes::FORM, password_form::any);
    at_with_body(config, "/backends/{backend}/sign-in", Takes::ANYTHING, form_page::any);
    at(config, "/backends/{backend}/login", Takes::STEP.at_every_origin(), login::get);
    at(config, "/backends/{backend}/reauthenticate", Takes::STEP.at_every_origin(), login::get);
    at(config, "/backends/{backend}/not-me", Takes::STEP.at_every_origin(), not_me::get);
    at(config, "/callback/{backend}", Takes::VISIT.at_every_origin(), callback::get);
    at(config, "/logout/done/{backend}", Takes::PAGE, logout_done::get);
    file(
        config,
        "/assets/brands/{brand}.css",
        Takes::PAGE.at_every_origin(),
        home::brand_stylesheet,
    );
    widgets(config);
    elsewhere(config, home::not_found);
}

/// What a brand's own pages ask, with the login cookie where that is the proof.
fn widgets(config: &mut ServiceConfig) {
    at_with_body(
        config,
        "/brands/{brand}/chat-token",
        Takes::ANYTHING.at_every_origin(),
        widget_token::chat,
    );
    at_with_body(
        config,
        "/brands/{brand}/messaging-token",
        Takes::ANYTHING.at_every_origin(),
        widget_token::messaging,
    );
}

/// What belongs to every page.
fn files(config: &mut ServiceConfig) {
    file(config, "/assets/brandgate.css", Takes::PAGE.at_every_origin(), home::stylesheet);
    file(config, "/favicon.ico", Takes::PAGE.at_every_origin(), home::favicon);
    file(config, "/robots.txt", Takes::PAGE.at_every_origin(), home::robots);
}
