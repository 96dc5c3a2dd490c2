//! Verifies what a backend asserts: strict on signature, age and audience.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::claims::Claims;
use super::json::NotAnObject;
use super::jws::Jws;
use super::policy::Validation;
use crate::domain::ClaimedProfile;
use crate::token::keys::Secrets;
use crate::token::sealed::ReplayKey;

/// How old an assertion may be, in seconds: as old as Zendesk takes its own tokens.
const MAX_AGE: u64 = 180;

/// An assertion whose signature holds, and about which nothing else is known.
///
/// Whoever holds one can use it up, whatever the judgement.
pub struct Signed {
    /// Header and payload in their plain spelling, whatever spelling was signed.
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
    pub claimed: ClaimedProfile,
    /// The assertion's own id.
    pub jti: Option<String>,
    /// When it was made, by the backend's clock, in Unix seconds.
    pub issued_at: u64,
}

/// Why an assertion is not believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum AssertionError {
    /// It is no signed token, or one that two readers may read differently.
    #[error("the assertion cannot be read: {0}")]
    Unreadable(Unreadable),
    /// Its header names another algorithm than HS256, or none.
    #[error("the assertion's algorithm is not HS256")]
    Algorithm,
    /// None of the backend's secrets has signed it.
    #[error("the assertion's signature does not hold")]
    Signature,
    /// It was made too long ago, or its own `exp` has passed.
    #[error("the assertion is too old: its `{claim}` is {seconds} seconds behind our clock")]
    TooOld {
        /// `iat` or `exp`.
        claim: &'static str,
        /// How far the two clocks are apart.
        seconds: u64,
    },
    /// It will only be made, or its own `nbf` has yet to come: one of the two clocks is wrong.
    #[error(
        "the assertion is from the future: its `{claim}` is {seconds} seconds ahead of our clock"
    )]
    FromTheFuture {
        /// `iat` or `nbf`.
        claim: &'static str,
        /// How far the two clocks are apart.
        seconds: u64,
    },
    /// A claim is missing that must be there, or is of the wrong type.
    #[error("the claim `{0}` is missing or of the wrong type")]
    Claim(&'static str),
    /// It is meant for somebody else, or for nobody where the rules demand it.
    #[error("the assertion is not for this service")]
    Audience,
}

/// Why an assertion cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// A header, a payload and a signature, with dots between.
    #[error("it has not three parts")]
    Parts,
    /// Header or payload.
    #[error("a part of it is not base64")]
    Base64,
    /// The header.
    #[error("its header: {0}")]
    Header(NotAnObject),
    /// The header demands something of the reader that we do not understand.
    #[error("its header has `crit` or `b64`")]
    Extensions,
    /// The payload, which is signed.
    #[error("its payload: {0}")]
    Payload(NotAnObject),
}

impl From<Unreadable> for AssertionError {
    fn from(why: Unreadable) -> Self {
        Self::Unreadable(why)
    }
}

impl Signed {
    /// How long a used assertion is remembered, in seconds: longer than all the time, from `LEEWAY`
    /// before its `iat` to `MAX_AGE` after it, in which it could be accepted a second time.
    pub const REMEMBERED_FOR: u64 = 300;

    /// Verifies the signature, by HS256 and nothing else.
    ///
    /// It must hold over the very text that was sent, but for a `+` of the other base64 alphabet,
    /// which readers of forms make a blank of.
    pub fn verify(token: &str, keys: &Secrets) -> Result<Self, AssertionError> {
        let token: Cow<'_, str> =
            if token.contains(' ') { token.replace(' ', "+").into() } else { token.into() };
        let jws = Jws::read_in_any_spelling(&token, &["HS256"])?;
        if !jws.is_by_secret(keys) {
            return Err(AssertionError::Signature);
        }
        Ok(Self { claims: jws.claims()?, message: jws.plain_message() })
    }

    /// Under what it is used up, before any rule is applied to it.
    pub fn replay_key(&self, backend: &str) -> ReplayKey {
        match Claims(&self.claims).jti() {
            Ok(Some(jti)) => ReplayKey::of_jti(backend, &jti),
            Ok(None) | Err(_) => ReplayKey::of_message(backend, &self.message),
        }
    }

    /// Judges age, audience and the type of every claim.
    pub fn judge(&self, expected: &Expected<'_>, now: u64) -> Result<Assertion, AssertionError> {
        let claims = Claims(&self.claims);
        let validation = Validation {
            required_times: &["iat"],
            max_age: Some(MAX_AGE),
            audience: Some(expected.audience),
            is_audience_optional: !expected.required,
        };
        validation.judge(claims, now)?;
        let issued_at = claims.seconds("iat")?.ok_or(AssertionError::Claim("iat"))?;
        Ok(Assertion { claimed: claims.profile()?, jti: claims.jti()?, issued_at })
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

#[cfg(test)]
mod tests;
