//! `GET /start/{brand}?to=/hc/requests`: a link from the brand's own site that signs in.

use std::fmt::{Display, Write as _};
use std::net::IpAddr;

use actix_web::HttpResponse;

use crate::backend::query_value;
use crate::domain::{Brand, BrandKey, Dispatch, InvalidReturnTo, Parameter};
use crate::table::Table;
use crate::web::error::{Failure, WebError};
use crate::web::request::query::Query;
use crate::web::sign_in::begin::begin;
use crate::web::visit::Visit;

/// Signs in to one brand, without a press on "Sign in" at its Help Center.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let name = visit.named("brand").unwrap_or_default();
    let (key, brand) = table.brands.named(name).ok_or(WebError::NotFound)?;
    let failed = |error: WebError| Failure::from(error).brand(key);
    let query = Query::of(request).map_err(|error| failed(error.into()))?;
    let sign_in = sign_in(table, (key, brand), visit.client(), &query).map_err(failed)?;
    let told = as_zendesk_says(&sign_in, &visit.now());
    begin(visit, &told, &sign_in).await
}

/// The sign-in to this brand that the link means.
pub(in crate::web) fn sign_in<'a>(
    table: &'a Table,
    brand: (BrandKey, &'a Brand),
    client: Option<IpAddr>,
    query: &Query<'a>,
) -> Result<Dispatch<'a>, WebError> {
    let to = query.value(Parameter::To)?;
    // Whoever writes such a link knows the site, not its hosts.
    if to.as_ref().is_some_and(|to| !to.starts_with('/')) {
        let resumed = Dispatch::resume(&table.brands, brand, client, to);
        return Err(resumed.err().unwrap_or(InvalidReturnTo::Miswritten).into());
    }
    Ok(Dispatch::resume(&table.brands, brand, client, to)?)
}

/// What Zendesk itself would have sent along at the time `now`, in seconds.
pub(in crate::web) fn as_zendesk_says(sign_in: &Dispatch<'_>, now: &dyn Display) -> String {
    let mut query = String::new();
    if let Some(id) = sign_in.brand.id {
        // Writing to a text cannot fail.
        let _ = write!(query, "brand_id={id}&");
    }
    let return_to = sign_in.destination.absolute();
    let _ = write!(query, "return_to={}&timestamp={now}", query_value(&return_to));
    query
}
