//! Signs what the demo's sites assert, by hand, the way their scripts would.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// A compact HS256 token; the header is the caller's, right or wrong.
pub(super) fn sign(header: &Value, claims: &Value, secret: &SecretString) -> String {
    let text = unsigned(header, claims);
    let tag = hmac::sign(&key(secret), text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// The part that a signature covers.
pub(super) fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// The secret's characters are the key, as Zendesk and its samples have it.
pub(super) fn key(secret: &SecretString) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes())
}
