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
mod visit;

use actix_web::guard::{GuardContext, fn_guard};
use actix_web::web::{Data, ServiceConfig, scope};

pub use self::connection::{Activity, Connection, FullWarning, Room, proxy_protocol, serving};
pub use self::page::texts::TextsError;
pub use self::request::error::Malformed;
pub use self::request::query::Query;
pub use self::routes::logout::location as logout_location;
pub use self::sign_in::begin::redirect as login_redirect;
pub use self::state::State;

use self::request::guard::Takes;
use self::request::own_address;
use self::routes::{
    access_jwt, callback, confirm, form_page, hand_off, home, login, logout, logout_done, not_me,
    password_form, start, widget_token,
};
use self::serve::{at, at_with_body, elsewhere, file};

/// Every address of the public listener, and what it takes. `/login` comes first: it is the hot path.
pub fn routes(config: &mut ServiceConfig) {
    config.service(scope("").guard(fn_guard(is_at)).configure(routes_at));
    at(config, "/login", Takes::STEP, login::get);
    at(config, "/logout", Takes::STEP, logout::get);
    at_with_body(config, "/access/jwt", Takes::ASSERTION, access_jwt::any);
    at_with_body(config, "/backends/{backend}/access/jwt", Takes::ASSERTION, access_jwt::any);
    at(config, "/start/{brand}", Takes::STEP, start::get);
    at_with_body(config, "/sign-in/{flow}", Takes::FORM, password_form::any);
    at_with_body(config, "/backends/{backend}/sign-in", Takes::ANYTHING, form_page::any);
    at_with_body(config, "/hand-off", Takes::FORM, hand_off::any);
    at(config, "/backends/{backend}/login", Takes::STEP, login::get);
    at(config, "/backends/{backend}/reauthenticate", Takes::STEP, login::get);
    at(config, "/backends/{backend}/not-me", Takes::STEP, not_me::get);
    at(config, "/callback/{backend}", Takes::VISIT, callback::get);
    at(config, "/logout/done/{backend}", Takes::PAGE, logout_done::get);
    widgets(config);
    at_with_body(config, "/continue", Takes::ANSWER, confirm::post);
    files(config);
    file(config, "/", home::get);
    elsewhere(config, home::not_found);
}

/// Whether a request goes to an address beneath a backend's cookie.
fn is_at(context: &GuardContext<'_>) -> bool {
    let state = context.app_data::<Data<State>>();
    state.is_some_and(|it| own_address::at(&it.table(), context.head().headers()).is_some())
}

/// Every address there: a sign-in by that backend, its questions, and the widgets of its brands.
///
/// Our own pages vouch for where they led by a cookie of one host. What lies at two hosts could be
/// opened at one and brought back to the other.
fn routes_at(config: &mut ServiceConfig) {
    at(config, "/backends/{backend}/login", Takes::STEP, login::get);
    at(config, "/backends/{backend}/reauthenticate", Takes::STEP, login::get);
    at(config, "/backends/{backend}/not-me", Takes::STEP, not_me::get);
    at(config, "/callback/{backend}", Takes::VISIT, callback::get);
    at_with_body(config, "/continue", Takes::ANSWER, confirm::post);
    widgets(config);
    files(config);
    elsewhere(config, home::other_address);
}

/// What a brand's own pages ask, with the login cookie where that is the proof.
fn widgets(config: &mut ServiceConfig) {
    at_with_body(config, "/brands/{brand}/chat-token", Takes::ANYTHING, widget_token::chat);
    at_with_body(
        config,
        "/brands/{brand}/messaging-token",
        Takes::ANYTHING,
        widget_token::messaging,
    );
}

/// What belongs to every page.
fn files(config: &mut ServiceConfig) {
    file(config, "/assets/brandgate.css", home::stylesheet);
    file(config, "/assets/brands/{brand}.css", home::brand_stylesheet);
    file(config, "/favicon.ico", home::favicon);
    file(config, "/robots.txt", home::robots);
}
