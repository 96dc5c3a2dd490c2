//! What a browser's headers say about a request.

use actix_web::dev::RequestHead;
use actix_web::http::header::{AsHeaderName, HeaderMap, HeaderName};

static FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");
static PURPOSE: HeaderName = HeaderName::from_static("sec-purpose");

/// A header's text, if it occurs once and is text.
pub(in crate::web) fn text(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    let mut values = headers.get_all(name);
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

/// Whether the browser wants a page of its own: no frame, no picture, no script's request.
///
/// Flows are set and read only then. Old browsers and programs do not say (Fetch Metadata, W3C).
pub(in crate::web) fn is_document(request: &RequestHead) -> bool {
    request.headers().get(&FETCH_DEST).is_none_or(|dest| dest == "document")
}

/// Whether the browser only guesses that somebody will want this.
pub(in crate::web) fn is_prefetch(request: &RequestHead) -> bool {
    request.headers().contains_key(&PURPOSE)
}
