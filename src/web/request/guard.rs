//! What is refused before anything of a request is read: other methods, and guesses of a browser.

use actix_web::HttpRequest;

use crate::web::request::error::RequestError;
use crate::web::request::headers;

/// Refuses every method but GET and HEAD.
pub(in crate::web) fn only_get(request: &HttpRequest) -> Result<(), RequestError> {
    match request.method().as_str() {
        "GET" | "HEAD" => Ok(()),
        _ => Err(RequestError::Method("GET, HEAD")),
    }
}

/// Refuses what a browser fetches ahead of a click: nothing is begun, used or ended by a guess.
pub(in crate::web) fn not_ahead(request: &HttpRequest) -> Result<(), RequestError> {
    if headers::is_prefetch(request) { Err(RequestError::Prefetch) } else { Ok(()) }
}

/// A visit that uses something up. A HEAD would show nothing for it.
pub(in crate::web) fn only_visit(request: &HttpRequest) -> Result<(), RequestError> {
    if request.method() != "GET" {
        return Err(RequestError::Method("GET"));
    }
    not_ahead(request)
}
