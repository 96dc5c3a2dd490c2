//! Verifies what a backend asserts: strict on signature, age and audience.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::claims::Claims;
use super::error::TokenError;
use super::jws::Jws;
use super::validation::Validation;
use crate::domain::ClaimedProfile;
use crate::token::keys::{Fingerprint, Secrets};
use crate::token::sealed::ReplayKey;

/// An assertion whose signature holds, and about which nothing else is known.
///
/// Whoever holds one can use it up, whatever else is wrong with it.
pub struct VerifiedJws {
    /// Header and payload in their plain spelling, whatever spelling was signed.
    message: String,
    claims: Map<String, Value>,
    /// Whose it is.
    secret: Fingerprint,
}

/// What a backend says, and when it said it.
pub struct Assertion {
    /// About whom, typed but not yet allowed.
    pub claimed: ClaimedProfile,
    /// The assertion's own id.
    pub jti: Option<String>,
    /// When it was made, by the backend's clock, in Unix seconds.
    pub issued_at: u64,
}

impl VerifiedJws {
    /// How long a used assertion is remembered, in seconds: longer than all the time, from `LEEWAY`
    /// before its `iat` to `MAX_AGE` after it, in which it could be accepted a second time.
    pub const REMEMBERED_FOR: u64 = 300;

    /// Verifies the signature, by HS256 and nothing else.
    ///
    /// It must hold over the very text that was sent, but for a `+` of the other base64 alphabet,
    /// which readers of forms make a blank of.
    pub fn verify(token: &str, keys: &Secrets) -> Result<Self, TokenError> {
        let token: Cow<'_, str> =
            if token.contains(' ') { token.replace(' ', "+").into() } else { token.into() };
        let jws = Jws::read_in_any_spelling(&token, &["HS256"])?;
        let secret = jws.signed_by(keys).ok_or(TokenError::Signature)?;
        Ok(Self { claims: jws.claims()?, message: jws.plain_message(), secret })
    }

    /// Under what it is used up, before any rule is applied to it: its signer counts, whatever the
    /// file calls them.
    pub fn replay_key(&self) -> ReplayKey {
        match Claims(&self.claims).jti() {
            Ok(Some(jti)) => ReplayKey::of_jti(self.secret, &jti),
            Ok(None) | Err(_) => ReplayKey::of_message(self.secret, &self.message),
        }
    }

    /// All that it says.
    pub fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// Validates age, audience and the type of every claim.
    pub fn validate(&self, validation: &Validation<'_>, now: u64) -> Result<Assertion, TokenError> {
        validation.validate(&self.claims, now)?;
        let claims = Claims(&self.claims);
        let issued_at = claims.seconds("iat")?.ok_or(TokenError::Claim("iat"))?;
        Ok(Assertion { claimed: claims.profile()?, jti: claims.jti()?, issued_at })
    }
}

#[cfg(test)]
mod tests;
