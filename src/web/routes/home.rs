//! `GET /`, and the small files that browsers and pages ask for.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::web::error::{Failure, WebError};
use crate::web::page::links::way_on;
use crate::web::page::pages::HomePage;
use crate::web::page::theme::{self, STYLESHEET};
use crate::web::page::tidy::tidied;
use crate::web::response;
use crate::web::sign_in::rates;
use crate::web::visit::Visit;

const CSS: &str = "text/css; charset=utf-8";

/// Says what this is.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let action = way_on(visit.table, None);
    let page = HomePage { texts: visit.texts(), action }.page()?;
    Ok(response::page(StatusCode::OK, tidied(visit.request, page)))
}

/// The stylesheet of every page.
pub(in crate::web) async fn stylesheet(_: Visit<'_>) -> Result<HttpResponse, Failure> {
    Ok(response::asset(StatusCode::OK, CSS, STYLESHEET))
}

/// The colour of one brand.
pub(in crate::web) async fn brand_stylesheet(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let name = visit.named("brand").unwrap_or_default();
    let (_, brand) = visit.table.brands.named(name).ok_or(WebError::NotFound)?;
    let color = brand.theme.as_ref().and_then(|theme| theme.color);
    let css = color.map(theme::stylesheet).ok_or(WebError::NotFound)?;
    Ok(response::asset(StatusCode::OK, CSS, css))
}

/// We have no icon, and say so without a page that nobody sees.
pub(in crate::web) async fn favicon(_: Visit<'_>) -> Result<HttpResponse, Failure> {
    Ok(response::empty(StatusCode::NO_CONTENT))
}

/// Nothing here is for search engines.
pub(in crate::web) async fn robots(_: Visit<'_>) -> Result<HttpResponse, Failure> {
    const ROBOTS: &str = "User-agent: *\nDisallow: /\n";
    Ok(response::asset(StatusCode::OK, "text/plain; charset=utf-8", ROBOTS))
}

/// Everything else.
pub(in crate::web) async fn not_found(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    rates::admit(visit)?;
    Err(WebError::NotFound.into())
}
