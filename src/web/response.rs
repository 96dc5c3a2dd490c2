//! Our answers: pages, redirects and small files, with the headers that all of them share.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, LOCATION, REFERRER_POLICY, SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS,
};

use crate::web::page::pages::Page;

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Nothing we say may be kept, and nobody but the site itself learns from where a request came.
fn with_common(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    // Neither is there yet: to append asks for less than to insert, which gives back what was there.
    headers.append(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    response
}

/// Sends the browser on.
pub(in crate::web) fn redirect(location: String) -> Option<HttpResponse> {
    let location = HeaderValue::try_from(location).ok()?;
    let mut response = HttpResponse::new(StatusCode::FOUND);
    response.headers_mut().append(LOCATION, location);
    Some(with_common(response))
}

/// Has the browser tell nobody behind a redirect that a page of ours led there (Referrer Policy, "set
/// request's referrer policy on redirect").
pub(in crate::web) fn unnamed(mut response: HttpResponse) -> HttpResponse {
    let nobody = HeaderValue::from_static("no-referrer");
    response.headers_mut().insert(REFERRER_POLICY, nobody);
    response
}

/// A page that people see.
pub(in crate::web) fn page(status: StatusCode, page: Page) -> HttpResponse {
    let mut response = asset(status, "text/html; charset=utf-8", page.html);
    let headers = response.headers_mut();
    headers.append(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    // A policy that is no header value would leave the page without one: then allow nothing.
    let policy = HeaderValue::try_from(page.policy);
    let nothing = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.append(CONTENT_SECURITY_POLICY, policy.unwrap_or(nothing));
    in_language(response, page.language)
}

/// Says which language an answer is in, and that another browser might get another.
pub(in crate::web) fn in_language(mut response: HttpResponse, tag: &'static str) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(tag));
    headers.insert(VARY, HeaderValue::from_static("accept-language"));
    response
}

/// Anything else with a body.
pub(in crate::web) fn asset(
    status: StatusCode,
    kind: &'static str,
    body: impl Into<String>,
) -> HttpResponse {
    let mut response = HttpResponse::new(status).set_body(body.into()).map_into_boxed_body();
    let headers = response.headers_mut();
    headers.append(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.append(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    with_common(response)
}

/// An answer without a body.
pub(in crate::web) fn empty(status: StatusCode) -> HttpResponse {
    with_common(HttpResponse::new(status))
}

/// Adds a cookie; our own are always header values.
pub(in crate::web) fn set_cookie(response: &mut HttpResponse, cookie: String) {
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}
