//! The body of a request: of so many bytes, within so long, of the type that the address takes.

use std::mem;
use std::time::Duration;

use actix_web::dev::RequestHead;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Payload;
use futures_util::StreamExt as _;
use tokio::time::timeout;
use zeroize::Zeroize as _;

use crate::web::request::error::{Malformed, RequestError};
use crate::web::request::headers;
use crate::web::request::limits::MAX_BODY;

/// The type of a form.
pub(in crate::web) const FORM: &str = "application/x-www-form-urlencoded";

/// The type of JSON.
pub(in crate::web) const JSON: &str = "application/json";

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(20);

/// The body of a form that a page submits or its script sends.
pub(in crate::web) async fn form_body(
    request: &RequestHead,
    payload: Payload,
) -> Result<String, RequestError> {
    let body = whole_body(payload).await?;
    if !is_of_type(request, FORM) {
        return Err(RequestError::ContentType);
    }
    String::from_utf8(body).map_err(|_| Malformed::Characters.into())
}

/// Whether the body is said to be of this type, in UTF-8.
pub(in crate::web) fn is_of_type(request: &RequestHead, expected: &str) -> bool {
    let written = headers::text(request.headers(), CONTENT_TYPE).unwrap_or_default();
    // As nearly all browsers write it.
    if written == expected {
        return true;
    }
    let mut parts = written.split(';').map(str::trim);
    let is_utf_8 = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8")
    };
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(expected))
        && parts.all(|part| part.is_empty() || is_utf_8(part))
}

/// A body of any type.
pub(in crate::web) async fn whole_body(payload: Payload) -> Result<Vec<u8>, RequestError> {
    timeout(BODY_TIME, every_chunk(payload)).await.map_err(|_| RequestError::TooSlow)?
}

async fn every_chunk(mut payload: Payload) -> Result<Vec<u8>, RequestError> {
    let mut body: Vec<u8> = Vec::new();
    let mut too_large = false;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| RequestError::BodyIncomplete)?;
        too_large |= body.len() + chunk.len() > MAX_BODY;
        if too_large {
            // Read on for a while: a browser that is still sending would not see the page.
            body.zeroize();
            body.shrink_to_fit();
            drained(&mut payload).await;
            return Err(RequestError::BodyTooLarge);
        }
        if body.len() + chunk.len() > body.capacity() {
            // It may hold a password: what it is copied from as it grows is wiped.
            let mut larger = Vec::with_capacity((2 * body.len()).max(body.len() + chunk.len()));
            larger.extend_from_slice(&body);
            mem::replace(&mut body, larger).zeroize();
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

async fn drained(payload: &mut Payload) {
    let mut left = 16 * MAX_BODY;
    while let Some(Ok(chunk)) = payload.next().await {
        left = left.saturating_sub(chunk.len());
        if left == 0 {
            break;
        }
    }
}
