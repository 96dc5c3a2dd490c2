//! `GET /`, and the small files that browsers and pages ask for.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::web::answer;
use crate::web::error::{Failure, WebError};
use crate::web::page::links::way_on;
use crate::web::page::pages::HomePage;
use crate::web::page::response;
use crate::web::page::theme::{self, STYLESHEET};
use crate::web::page::tidy::tidied;
use crate::web::request::guard::only_get;
use crate::web::state::State;

const CSS: &str = "text/css; charset=utf-8";

/// Says what this is.
pub(in crate::web) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let table = state.table();
    let action = way_on(&table, None);
    let outcome = only_get(&request)
        .map_err(WebError::from)
        .and_then(|()| Ok(HomePage { texts: state.texts(&request), action }.page()?))
        .map(|page| response::page(StatusCode::OK, tidied(&request, page)));
    answer(&request, &state, &table, outcome.map_err(Failure::from))
}

/// The stylesheet of every page.
pub(in crate::web) async fn stylesheet(request: HttpRequest, state: Data<State>) -> HttpResponse {
    small(&request, &state, || Ok(response::asset(StatusCode::OK, CSS, STYLESHEET)))
}

/// The colour of one brand.
pub(in crate::web) async fn brand_stylesheet(
    request: HttpRequest,
    state: Data<State>,
) -> HttpResponse {
    small(&request, &state, || {
        let table = state.table();
        let name = request.match_info().get("brand").unwrap_or_default();
        let (_, brand) = table.brands.named(name).ok_or(WebError::NotFound)?;
        let css = brand.theme.color.map(theme::stylesheet).ok_or(WebError::NotFound)?;
        Ok(response::asset(StatusCode::OK, CSS, css))
    })
}

/// We have no icon, and say so without a page that nobody sees.
pub(in crate::web) async fn favicon(request: HttpRequest, state: Data<State>) -> HttpResponse {
    small(&request, &state, || Ok(response::empty(StatusCode::NO_CONTENT)))
}

/// Nothing here is for search engines.
pub(in crate::web) async fn robots(request: HttpRequest, state: Data<State>) -> HttpResponse {
    const ROBOTS: &str = "User-agent: *\nDisallow: /\n";
    small(&request, &state, || {
        Ok(response::asset(StatusCode::OK, "text/plain; charset=utf-8", ROBOTS))
    })
}

/// Everything else.
pub(in crate::web) async fn not_found(request: HttpRequest, state: Data<State>) -> HttpResponse {
    answer(&request, &state, &state.table(), Err(WebError::NotFound.into()))
}

fn small(
    request: &HttpRequest,
    state: &State,
    make: impl FnOnce() -> Result<HttpResponse, WebError>,
) -> HttpResponse {
    let outcome = only_get(request).map_err(WebError::from).and_then(|()| make());
    answer(request, state, &state.table(), outcome.map_err(Failure::from))
}
