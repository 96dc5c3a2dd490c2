//! Assertions as backends make them, right and wrong, and tokens as Zendesk reads them.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

pub(crate) const ZENDESK: &str = "zendesk-secret-of-the-journeys-0123456789";
pub(crate) const SHOES: &str = "shoes-secret-of-the-journeys-0123456789abc";
pub(crate) const OLD_SHOES: &str = "last-years-shoes-secret-0123456789abcdef0";
pub(crate) const COFFEE: &str = "coffee-secret-of-the-journeys-0123456789ab";
pub(crate) const STAFF: &str = "staff-secret-of-the-journeys-0123456789abc";

/// What an honest backend says about Joe, with `changes`; `null` leaves a claim out.
pub(crate) fn claims(now: u64, changes: &Value) -> Value {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let jti = format!("jti-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let mut claims = json!({
        "iat": now, "jti": jti, "email": "joe@example.com", "name": "Joe", "external_id": "7",
    });
    let all = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            all.remove(name);
        } else {
            all.insert(name.clone(), value.clone());
        }
    }
    claims
}

/// A token of HMAC-SHA256, whatever its header says.
pub(crate) fn sign(header: &Value, claims: &Value, secret: &str) -> String {
    let (header, claims) = (header.to_string(), claims.to_string());
    sign_parts(&URL_SAFE_NO_PAD, header.as_bytes(), claims.as_bytes(), secret)
}

/// The same as Zendesk's library for Classic ASP writes it: padding kept, the other alphabet.
pub(crate) fn sign_classic(header: &Value, claims: &Value, secret: &str) -> String {
    let (header, claims) = (header.to_string(), claims.to_string());
    sign_parts(&STANDARD, header.as_bytes(), claims.as_bytes(), secret)
}

/// A token whose payload is any bytes.
pub(crate) fn sign_bytes(payload: &[u8], secret: &str) -> String {
    sign_parts(&URL_SAFE_NO_PAD, header().to_string().as_bytes(), payload, secret)
}

fn sign_parts(engine: &GeneralPurpose, header: &[u8], payload: &[u8], secret: &str) -> String {
    let message = format!("{}.{}", engine.encode(header), engine.encode(payload));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), message.as_bytes());
    format!("{message}.{}", engine.encode(tag))
}

/// An honest header.
pub(crate) fn header() -> Value {
    json!({ "typ": "JWT", "alg": "HS256" })
}

/// Header and claims of a Zendesk JWT, read as Zendesk reads it.
pub(crate) fn read_by_zendesk(jwt: &str) -> (Value, Value) {
    read(jwt, ZENDESK)
}

/// Header and claims of a token that `secret` must have signed.
pub(crate) fn read(jwt: &str, secret: &str) -> (Value, Value) {
    assert!(is_signed(jwt, secret), "{jwt}");
    let parts = jwt.split('.').take(2);
    let mut values =
        parts.map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap());
    (values.next().unwrap(), values.next().unwrap())
}

/// Whether `secret` has signed it.
pub(crate) fn is_signed(jwt: &str, secret: &str) -> bool {
    let (message, signature) = jwt.rsplit_once('.').unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    hmac::verify(&key, message.as_bytes(), &signature).is_ok()
}
