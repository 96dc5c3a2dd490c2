//! `/sign-in/{flow}`: our own form for an address and a password, and for what follows.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::table::Table;
use crate::web::answer;
use crate::web::error::{Failure, WebError};
use crate::web::request::body::form_body;
use crate::web::request::error::RequestError;
use crate::web::request::form::Fields;
use crate::web::request::query::Query;
use crate::web::sign_in::password::AtForm;
use crate::web::state::State;

/// Shows the form, and takes it.
pub(in crate::web) async fn any(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    let table = state.table();
    let outcome = match request.method().as_str() {
        "GET" | "HEAD" => show(&request, &state, &table),
        "POST" => take(&request, &state, &table, payload).await,
        _ => Err(RequestError::Method("GET, HEAD, POST").into()),
    };
    answer(&request, &state, &table, outcome)
}

fn show(request: &HttpRequest, state: &State, table: &Table) -> Result<HttpResponse, Failure> {
    Query::of(request)?;
    let form = AtForm::find(request, state, table)?;
    form.page(StatusCode::OK, "", None).map_err(|error| form.waiting.failure(error))
}

async fn take(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    Query::of(request)?;
    let body = form_body(request, payload).await?;
    let fields = Fields::parse(&body)?;
    let form = AtForm::find(request, state, table)?;
    if !form.sent(&fields.text("token")?) {
        return Err(form.waiting.failure(WebError::FormRefused));
    }
    match fields.value("challenge")? {
        None => form.password(&fields).await,
        Some(sealed) => form.challenge(&sealed, &fields).await,
    }
}
