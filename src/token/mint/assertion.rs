//! Mints an assertion, as a backend's own script would: for trying things out.

use std::fmt;

use jsonwebtoken::{Algorithm, Header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::signed::{MintError, signed};
use crate::token::keys::Secrets;

/// An assertion: whoever posts it first is signed in, so that it is printed only where it was asked for.
#[derive(Clone)]
pub struct MintedAssertion(SecretString);

impl MintedAssertion {
    /// The token itself.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for MintedAssertion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MintedAssertion(…)")
    }
}

/// Signs `claims` with the first of a backend's secrets.
pub fn assertion(
    claims: &Map<String, Value>,
    secrets: &Secrets,
) -> Result<MintedAssertion, MintError> {
    let header = Header::new(Algorithm::HS256);
    Ok(MintedAssertion(signed(&header, claims, secrets)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::assertion;
    use crate::token::keys::tests::secrets;
    use crate::token::{Validation, VerifiedJws};

    #[test]
    fn an_assertion_is_what_our_own_verifier_takes_and_is_never_printed() {
        let (ours, others) =
            (secrets(&["hunter2", "the-one-before"]), secrets(&["the-one-before"]));
        let claims = json!({ "iat": 1_800_000_000, "email": "joe@example.com", "aud": "https://sso.acme.example" });
        let token = assertion(claims.as_object().unwrap(), &ours).unwrap();
        let verified = VerifiedJws::verify(token.expose(), &ours).unwrap();
        let validation = Validation::of_assertion("https://sso.acme.example", true);
        let said = verified.validate(&validation, 1_800_000_000).unwrap().claimed;
        assert_eq!(said.email.as_deref(), Some("joe@example.com"));
        assert!(VerifiedJws::verify(token.expose(), &others).is_err(), "the first signs");
        assert_eq!(format!("{token:?}"), "MintedAssertion(…)");
    }
}
