//! `GET /logout/done/{backend}`: the way back from a provider's logout.

use actix_web::HttpResponse;

use crate::domain::Parameter;
use crate::web::error::{Failure, WebError};
use crate::web::request::query::Query;
use crate::web::routes::logout;
use crate::web::visit::Visit;

/// Says that the person is signed out.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let query = Query::of(request)?;
    let name = visit.named("backend").unwrap_or_default();
    let (key, _) = table.backend_named(name).ok_or(WebError::NotFound)?;
    // We sent the brand along as `state`. Anybody can write one: all it changes is whose look the
    // page has and whose home it links to.
    let brand = query.value(Parameter::State)?;
    let brand = brand.and_then(|brand| table.brands.named(&brand));
    let brand =
        brand.filter(|(_, brand)| brand.uses(key)).or_else(|| table.brands.only_user_of(key));
    Ok(logout::signed_out(visit, brand.map(|(_, brand)| brand))?)
}
