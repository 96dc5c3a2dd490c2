//! `GET /backends/{backend}/not-me`: somebody is not who a site says they are. They are signed out
//! there, and asked the next time: signing in right away would only bring the same answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use url::Url;

use crate::domain::{Decision, Dispatch, Refusal, RemoteRequest, decide};
use crate::web::error::{Failure, WebError};
use crate::web::page::links::reauthenticate;
use crate::web::page::pages::NotMePage;
use crate::web::page::theme::BrandLook;
use crate::web::request::query::Query;
use crate::web::request::{cookies, headers};
use crate::web::response;
use crate::web::routes::{login, logout};
use crate::web::visit::Visit;

/// Leads to the site's logout, or says how to sign out there.
pub(in crate::web) async fn get(visit: Visit<'_>) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    let name = visit.named("backend").unwrap_or_default();
    let (key, backend) = table.backend_named(name).ok_or(WebError::NotFound)?;
    let query = Query::of(request)?;
    // The logout gets the query to see.
    query.for_all_readers()?;
    let asked = RemoteRequest { client: visit.client(), ..login::read(&query)? };
    let sign_in = match decide(&table.brands, &asked) {
        Decision::SignIn(sign_in) if sign_in.brand.uses(key) => {
            Dispatch { backend: key, ..sign_in }
        }
        Decision::SignIn(_) => return Err(WebError::NotFound.into()),
        Decision::Refuse(refusal) => return Err(refusal.into()),
        Decision::Ask(_) => return Err(Refusal::UnknownBrand.into()),
    };
    tracing::info!(
        brand.name = sign_in.brand.name.as_str(),
        backend.name = name,
        outcome = "not me",
        "a person is not who the backend says they are"
    );
    let destination = sign_in.destination.absolute();
    let again = reauthenticate(backend, Some(sign_in.brand), &destination);
    let out = logout::next(visit, &query, &sign_in).await;
    let mut response = if let Some(out) = out {
        response::unnamed(response::redirect(out).ok_or(WebError::Table)?)
    } else if let Some(site) = backend.login_page().as_deref().and_then(site) {
        let page = NotMePage {
            texts: visit.texts(),
            look: &BrandLook::of(sign_in.brand),
            site: &site,
            again: &again,
        };
        response::page(StatusCode::OK, page.page().map_err(WebError::from)?)
    } else {
        // Nobody is signed in there: a password was asked for.
        response::redirect(again).ok_or(WebError::Table)?
    };
    // A frame or a program that looks ahead is nobody who has said so.
    if request.method == "GET" && headers::is_document(request) {
        response::set_cookie(&mut response, cookies::wary(true));
    }
    Ok(response)
}

/// The front page of the site on which `page` lies.
fn site(page: &str) -> Option<String> {
    Url::parse(page).ok()?.join("/").ok().map(Into::into)
}
