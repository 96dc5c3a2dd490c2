//! A key pair, drawn at start: signs what one of the demo's sites says of its people.

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::jws;

/// What each site calls its first and only key.
const KID: &str = "1";

/// A key pair for ES256.
pub(super) struct SigningKey(EcdsaKeyPair);

impl SigningKey {
    pub(super) fn draw() -> Result<Self, Unspecified> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map(Self)
    }

    /// The public half as a key set (RFC 7517).
    pub(super) fn published(&self) -> Value {
        // A point as 0x04, x, y (SEC 1 §2.3.3).
        let point = self.0.public_key().as_ref();
        let (x, y) = point.get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default();
        let [x, y] = [x, y].map(|half| URL_SAFE_NO_PAD.encode(half));
        let key = json!({"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": KID,
            "x": x, "y": y});
        json!({ "keys": [key] })
    }

    /// A compact token of these claims.
    pub(super) fn sign(&self, claims: &Value) -> Result<String, Unspecified> {
        let text = jws::unsigned(&json!({"typ": "JWT", "alg": "ES256", "kid": KID}), claims);
        let signature = self.0.sign(&SystemRandom::new(), text.as_bytes())?;
        Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// What a token of this key's own says.
    pub(super) fn read(&self, token: &str) -> Option<Value> {
        let (text, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.0.public_key());
        key.verify(text.as_bytes(), &signature).ok()?;
        let claims = URL_SAFE_NO_PAD.decode(text.split_once('.')?.1).ok()?;
        serde_json::from_slice(&claims).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_what_it_signed_itself_and_nothing_else() {
        let [own, other] = [SigningKey::draw().unwrap(), SigningKey::draw().unwrap()];
        let claims = json!({"sub": "21"});
        let token = own.sign(&claims).unwrap();
        assert_eq!(own.read(&token), Some(claims.clone()));
        assert_eq!(other.read(&token), None);
        let changed = jws::unsigned(&json!({"alg": "ES256"}), &json!({"sub": "22"}));
        let signature = token.rsplit_once('.').unwrap().1;
        for text in ["", "a.b", "a.b.c", &format!("{changed}.{signature}"), &format!("{changed}.")]
        {
            assert_eq!(own.read(text), None, "{text}");
        }
        let key = own.published();
        let half = |name: &str| {
            let text = key.pointer(&format!("/keys/0/{name}")).and_then(Value::as_str).unwrap();
            URL_SAFE_NO_PAD.decode(text).unwrap()
        };
        let point = [vec![4], half("x"), half("y")].concat();
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        let (text, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        assert!(key.verify(text.as_bytes(), &signature).is_ok());
    }
}
