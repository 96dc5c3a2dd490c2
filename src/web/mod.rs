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

pub use self::connection::{
    Activity, Connection, FullWarning, Room, TlsStream, proxy_protocol, serving,
};
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
use self::serve::Addresses;

/// Every address of the public listener, and what it takes. `/login` comes first: it is the hot path.
///
/// Beneath a backend's cookie (`at`) lie sign-ins by that backend, its questions, and the widgets of
/// its brands. Our own pages vouch for where they led by a cookie of one host: what else lay at two
/// hosts could be opened at one and brought back to the other.
pub fn routes(config: &mut ServiceConfig) {
    let addresses = &mut Addresses::all(config);
    addresses.at("/login", Takes::STEP, login::get);
    addresses.at("/logout", Takes::STEP, logout::get);
    addresses.at_with_body("/access/jwt", Takes::ASSERTION, access_jwt::any);
    addresses.at_with_body("/hand-off", Takes::FORM, hand_off::any);
    addresses.at_with_body("/continue", Takes::ANSWER.at_every_origin(), confirm::post);
    files(addresses);
    addresses.file("/", Takes::PAGE, home::get);
    addresses.beneath("/brands", widgets);
    addresses.beneath("/backends", of_backends);
    addresses.beneath("/start", |addresses| {
        addresses.at("/start/{brand}", Takes::STEP, start::get);
    });
    addresses.beneath("/sign-in", |addresses| {
        addresses.at_with_body("/sign-in/{flow}", Takes::FORM, password_form::any);
    });
    addresses.beneath("/callback", |addresses| {
        addresses.at("/callback/{backend}", Takes::VISIT.at_every_origin(), callback::get);
    });
    addresses.beneath("/logout/done", |addresses| {
        addresses.at("/logout/done/{backend}", Takes::PAGE, logout_done::get);
    });
    addresses.elsewhere(home::not_found);
}

/// What one backend's people and pages ask.
fn of_backends(addresses: &mut Addresses<'_>) {
    addresses.at_with_body("/backends/{backend}/access/jwt", Takes::ASSERTION, access_jwt::any);
    addresses.at_with_body("/backends/{backend}/sign-in", Takes::ANYTHING, form_page::any);
    addresses.at("/backends/{backend}/login", Takes::STEP.at_every_origin(), login::get);
    addresses.at("/backends/{backend}/reauthenticate", Takes::STEP.at_every_origin(), login::get);
    addresses.at("/backends/{backend}/not-me", Takes::STEP.at_every_origin(), not_me::get);
}

/// What a brand's own pages ask, with the login cookie where that is the proof.
fn widgets(addresses: &mut Addresses<'_>) {
    addresses.at_with_body(
        "/brands/{brand}/chat-token",
        Takes::ANYTHING.at_every_origin(),
        widget_token::chat,
    );
    addresses.at_with_body(
        "/brands/{brand}/messaging-token",
        Takes::ANYTHING.at_every_origin(),
        widget_token::messaging,
    );
}

/// What belongs to every page.
fn files(addresses: &mut Addresses<'_>) {
    let takes = Takes::PAGE.at_every_origin();
    addresses.file("/assets/brandgate.css", takes, home::stylesheet);
    addresses.file("/favicon.ico", takes, home::favicon);
    addresses.file("/robots.txt", takes, home::robots);
    addresses.beneath("/assets/brands", |addresses| {
        addresses.file("/assets/brands/{brand}.css", takes, home::brand_stylesheet);
    });
}
