//! `GET /logout/done/{backend}`: the way back from a provider's logout.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::Parameter;
use crate::table::Table;
use crate::web::answer;
use crate::web::error::{Failure, WebError};
use crate::web::request::guard::only_get;
use crate::web::request::query::Query;
use crate::web::routes::logout;
use crate::web::state::State;

/// Says that the person is signed out.
pub(in crate::web) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let table = state.table();
    let outcome = done(&request, &state, &table);
    answer(&request, &state, &table, outcome)
}

fn done(request: &HttpRequest, state: &State, table: &Table) -> Result<HttpResponse, Failure> {
    only_get(request)?;
    let query = Query::of(request)?;
    let name = request.match_info().get("backend").unwrap_or_default();
    let (key, _) = table.backend_named(name).ok_or(WebError::NotFound)?;
    // We sent the brand along as `state`. Anybody can write one: all it changes is whose look the
    // page has and whose home it links to.
    let brand = query.value(Parameter::State)?;
    let brand = brand.and_then(|brand| table.brands.named(&brand));
    let brand = brand.filter(|(_, brand)| brand.uses(key)).or_else(|| table.only_brand_of(key));
    Ok(logout::signed_out(request, state.texts(request), table, brand.map(|(_, brand)| brand))?)
}
