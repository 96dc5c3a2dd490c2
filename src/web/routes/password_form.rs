//! `/sign-in/{flow}`: our own form for an address and a password, and for what follows.

use actix_web::HttpResponse;
use actix_web::web::Payload;
use zeroize::Zeroizing;

use crate::web::error::Failure;
use crate::web::request::body::form_body;
use crate::web::request::form::FormFields;
use crate::web::request::query::Query;
use crate::web::sign_in::password::{AtForm, find};
use crate::web::visit::Visit;

/// Shows the form, and takes it.
pub(in crate::web) async fn any(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    if visit.request.method == "POST" { take(visit, payload).await } else { show(visit) }
}

fn show(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    Query::of(visit.request)?;
    let waiting = find(visit)?;
    let context = waiting.context();
    let form = AtForm::of(visit, context, &waiting.flow);
    form.and_then(|form| form.show()).map_err(|error| context.failure(error))
}

async fn take(visit: Visit<'_>, payload: Payload) -> Result<HttpResponse, Failure> {
    Query::of(visit.request)?;
    let body = Zeroizing::new(form_body(visit.request, payload).await?);
    let fields = FormFields::parse(&body)?;
    let waiting = find(visit)?;
    let context = waiting.context();
    let form = AtForm::of(visit, context, &waiting.flow);
    let form = form.map_err(|error| context.failure(error))?;
    form.take(&fields).await.map_err(|error| form.failure(error))
}
