//! The keys that a provider's ID tokens are verified with.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::JsonWebKeySet;
use serde_json::Value;

use super::wire::KeySet;
use crate::backend::BackendError;

/// Fewest bytes of an RSA modulus: 2048 bits.
const MIN_RSA: usize = 256;

/// Reads a JWK Set (RFC 7517): the keys in it that may verify RS256 or ES256.
pub(super) fn read(document: &[u8]) -> Result<KeySet, BackendError> {
    let unusable = |why: &str| BackendError::Unavailable(why.to_owned());
    let document: Value =
        serde_json::from_slice(document).map_err(|_| unusable("its keys are not JSON"))?;
    let keys = document.get("keys").and_then(Value::as_array);
    let keys = keys.ok_or_else(|| unusable("its keys are no JWK Set"))?;
    let fit = keys.iter().filter(|key| is_fit(key)).cloned();
    let keys: Vec<_> = fit.filter_map(|key| serde_json::from_value(key).ok()).collect();
    if keys.is_empty() {
        return Err(unusable("none of its keys verifies RS256 or ES256"));
    }
    Ok(JsonWebKeySet::new(keys))
}

/// The library looks at `use`, `alg` and `kty` too, but neither at `key_ops` nor at the length.
fn is_fit(key: &Value) -> bool {
    let is = |name: &str, wanted: &str| key.get(name).is_none_or(|value| value == wanted);
    let verifies =
        |ops: &Value| ops.as_array().is_some_and(|ops| ops.iter().any(|op| op == "verify"));
    if !is("use", "sig") || !key.get("key_ops").is_none_or(verifies) {
        return false;
    }
    match key.get("kty").and_then(Value::as_str) {
        Some("RSA") => is("alg", "RS256") && modulus(key) >= MIN_RSA,
        Some("EC") => is("alg", "ES256") && key.get("crv").is_some_and(|crv| crv == "P-256"),
        _ => false,
    }
}

/// Bytes of an RSA key's modulus, without leading zeros.
fn modulus(key: &Value) -> usize {
    let text = key.get("n").and_then(Value::as_str).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).unwrap_or_default();
    bytes.iter().skip_while(|byte| **byte == 0).count()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};

    use super::read;

    fn rsa(bytes: usize) -> Value {
        json!({"kty": "RSA", "kid": "a", "e": "AQAB", "n": URL_SAFE_NO_PAD.encode(vec![0xab; bytes])})
    }

    fn ec(curve: &str) -> Value {
        let number = URL_SAFE_NO_PAD.encode([7; 32]);
        json!({"kty": "EC", "kid": "b", "crv": curve, "x": number, "y": number})
    }

    fn with(mut key: Value, name: &str, value: Value) -> Value {
        key[name] = value;
        key
    }

    #[test]
    fn only_keys_that_may_verify_are_taken() {
        let zeros = URL_SAFE_NO_PAD.encode([vec![0; 128], vec![0xab; 128]].concat());
        let cases = [
            ("RSA", rsa(256), true),
            ("a longer one", rsa(512), true),
            ("a short one", rsa(255), false),
            ("a short one behind zeros", with(rsa(128), "n", json!(zeros)), false),
            ("for signatures", with(rsa(256), "use", json!("sig")), true),
            ("for encryption", with(rsa(256), "use", json!("enc")), false),
            ("of the algorithm", with(rsa(256), "alg", json!("RS256")), true),
            ("of another", with(rsa(256), "alg", json!("RS512")), false),
            ("for HMAC", with(rsa(256), "alg", json!("HS256")), false),
            ("may verify", with(rsa(256), "key_ops", json!(["verify"])), true),
            ("may only encrypt", with(rsa(256), "key_ops", json!(["encrypt"])), false),
            ("P-256", ec("P-256"), true),
            ("P-384", ec("P-384"), false),
            ("symmetric", json!({"kty": "oct", "kid": "c", "k": "c2VjcmV0"}), false),
            ("no kind", json!({"kid": "d"}), false),
            ("no key", json!("x"), false),
        ];
        for (what, key, fit) in cases {
            let document = json!({ "keys": [key, {"kty": "new"}] }).to_string();
            assert_eq!(read(document.as_bytes()).is_ok(), fit, "{what}");
        }
    }

    #[test]
    fn what_is_no_key_set_is_refused() {
        for document in ["", "<html>", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[]}"#] {
            assert!(read(document.as_bytes()).is_err(), "{document}");
        }
    }
}
