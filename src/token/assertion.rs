//! Verifies what a backend asserts: strict on signature, age and audience.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::claim_id::ClaimId;
use super::json::parse_object;
use super::keys::Secrets;
use super::said::Claims;
use crate::domain::Said;

/// How old an assertion may be, in seconds: as old as Zendesk takes its own tokens.
const MAX_AGE: u64 = 180;

/// How far a backend's clock may be from ours, in seconds.
const LEEWAY: u64 = 60;

/// An assertion whose signature holds, and about which nothing else is known.
///
/// Whoever holds one can claim it, whatever the judgement.
pub struct Signed {
    message: String,
    claims: Map<String, Value>,
}

/// What the rest of an assertion is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// For whom it must be, where it says so: `public_url`.
    pub audience: &'a str,
    /// Whether it must say so.
    pub required: bool,
}

/// What a backend says, and when it said it.
pub struct Assertion {
    /// About whom, typed but not yet allowed.
    pub said: Said,
    /// The assertion's own id.
    pub jti: Option<String>,
    /// When it was made, by the backend's clock, in Unix seconds.
    pub issued_at: u64,
}

impl Assertion {
    /// Before this moment it was refused: the backend's clock may be ahead of ours.
    pub fn born(&self) -> u64 {
        self.issued_at.saturating_sub(LEEWAY)
    }
}

/// Why an assertion is not believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum AssertionError {
    /// It is no signed token, or one that two readers may read differently.
    #[error("the assertion cannot be read")]
    Unreadable,
    /// Its header names another algorithm than HS256, or none.
    #[error("the assertion's algorithm is not HS256")]
    Algorithm,
    /// None of the backend's secrets has signed it.
    #[error("the assertion's signature does not hold")]
    Signature,
    /// It was made too long ago, or its own `exp` has passed.
    #[error("the assertion is too old")]
    TooOld,
    /// It will only be made, or its own `nbf` has yet to come: one of the two clocks is wrong.
    #[error("the assertion is from the future")]
    FromTheFuture,
    /// A claim is missing that must be there, or is of the wrong type.
    #[error("the claim `{0}` is missing or of the wrong type")]
    Claim(&'static str),
    /// It is meant for somebody else, or for nobody where the rules demand it.
    #[error("the assertion is not for this service")]
    Audience,
}

impl Signed {
    /// How long an assertion stays claimed, in seconds: longer than all the time, from `LEEWAY`
    /// before its `iat` to `MAX_AGE` after it, in which it could be accepted a second time.
    pub const CLAIMED_FOR: u64 = 300;

    /// Verifies the signature, by HS256 and nothing else.
    pub fn verify(token: &str, keys: &Secrets) -> Result<Self, AssertionError> {
        let (message, signature) = token.rsplit_once('.').ok_or(AssertionError::Unreadable)?;
        let (header, payload) = message.split_once('.').ok_or(AssertionError::Unreadable)?;
        let header = decode(header)?;
        if header.get("alg").and_then(Value::as_str) != Some("HS256") {
            return Err(AssertionError::Algorithm);
        }
        // By RFC 7515 it names extensions that must be understood; we understand none.
        if header.contains_key("crit") {
            return Err(AssertionError::Unreadable);
        }
        if !keys.verify(message, signature) {
            return Err(AssertionError::Signature);
        }
        Ok(Self { claims: decode(payload)?, message: message.to_owned() })
    }

    /// Under what it is claimed, before any rule is applied to it.
    pub fn claim_id(&self, backend: &str) -> ClaimId {
        match Claims(&self.claims).jti() {
            Ok(Some(jti)) => ClaimId::of_jti(backend, &jti),
            Ok(None) | Err(_) => ClaimId::of_message(backend, &self.message),
        }
    }

    /// Judges age, audience and the type of every claim.
    pub fn judge(&self, expected: &Expected<'_>, now: u64) -> Result<Assertion, AssertionError> {
        let claims = Claims(&self.claims);
        let issued_at = judge_times(claims, now)?;
        judge_audience(claims, expected)?;
        Ok(Assertion { said: claims.said()?, jti: claims.jti()?, issued_at })
    }

    /// Judges an assertion that is good at `address` and nowhere else: its `aud` must be just that.
    pub fn judge_at(&self, address: &str, now: u64) -> Result<Assertion, AssertionError> {
        let is_alone = Claims(&self.claims).audience()?.is_some_and(|it| it.len() == 1);
        if !is_alone {
            return Err(AssertionError::Audience);
        }
        self.judge(&Expected { audience: address, required: true }, now)
    }
}

fn judge_times(claims: Claims<'_>, now: u64) -> Result<u64, AssertionError> {
    let issued_at = claims.seconds("iat")?.ok_or(AssertionError::Claim("iat"))?;
    let is_over = |exp: u64| now >= exp.saturating_add(LEEWAY);
    if now.saturating_sub(issued_at) > MAX_AGE || claims.seconds("exp")?.is_some_and(is_over) {
        return Err(AssertionError::TooOld);
    }
    let is_ahead = |from: u64| from.saturating_sub(now) > LEEWAY;
    if is_ahead(issued_at) || claims.seconds("nbf")?.is_some_and(is_ahead) {
        return Err(AssertionError::FromTheFuture);
    }
    Ok(issued_at)
}

fn judge_audience(claims: Claims<'_>, expected: &Expected<'_>) -> Result<(), AssertionError> {
    let is_for_us = match claims.audience()? {
        None => !expected.required,
        Some(audience) => audience.iter().any(|one| one == expected.audience),
    };
    if is_for_us { Ok(()) } else { Err(AssertionError::Audience) }
}

fn decode(part: &str) -> Result<Map<String, Value>, AssertionError> {
    let text = URL_SAFE_NO_PAD.decode(part).map_err(|_| AssertionError::Unreadable)?;
    parse_object(&text).ok_or(AssertionError::Unreadable)
}

#[cfg(test)]
mod tests;
