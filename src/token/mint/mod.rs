//! What we sign ourselves: Zendesk JWTs and the tokens of widgets.

#[cfg(test)]
mod example;
pub mod widget;
pub mod zendesk;

use aws_lc_rs::hmac::Tag;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use serde::Serialize;

/// The token cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the token cannot be written")]
pub struct MintError(#[from] serde_json::Error);

/// `{"typ":"JWT","alg":"HS256"}` in base64url.
const HEADER: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9";

/// The token of this header, in base64url, and payload, which `sign` signs by HS256.
fn token(
    header: &str,
    payload: &impl Serialize,
    sign: impl FnOnce(&str) -> Tag,
) -> Result<SecretString, MintError> {
    let payload = serde_json::to_vec(payload)?;
    // All of it at once: nothing of a live token stays behind where it had too little room.
    let length = header.len() + payload.len().div_ceil(3) * 4 + 45;
    let mut token = String::with_capacity(length);
    token.push_str(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let mac = sign(&token);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(mac, &mut token);
    Ok(token.into())
}
