//! Verifies a site's own login token, presented as often as its cookie is sent.

use serde_json::{Map, Value};

use super::assertion::AssertionError;
use super::claims::Claims;
use super::jwks::PublicKey;
use super::jws::Jws;
use super::policy::Validation;
use crate::token::keys::Secrets;

/// A token as it came: nothing in it is proven.
pub struct SessionToken<'a> {
    jws: Jws<'a>,
    claims: Map<String, Value>,
}

/// What a token must say, whoever signed it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Demands {
    /// By whom it must be.
    pub issuer: Option<String>,
    /// For whom it must be.
    pub audience: Option<String>,
    /// Claims that must have these values.
    pub require: Vec<(String, String)>,
}

/// Why a token is not believed.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SessionError {
    /// It is no signed token, or one that two readers may read differently.
    #[error("the session token cannot be read")]
    Unreadable,
    /// Its header names another algorithm than the one that is pinned, or none.
    #[error("the session token's algorithm is not the one that is configured")]
    Algorithm,
    /// The provider publishes no key of that name.
    #[error("the provider has no key of the name that the session token gives")]
    UnknownKey,
    /// Nobody who may has signed it.
    #[error("the session token's signature does not hold")]
    Signature,
    /// Its time is up.
    #[error("the session token has expired")]
    Expired,
    /// It will only be valid: one of the two clocks is wrong.
    #[error("the session token is from the future")]
    FromTheFuture,
    /// Somebody else has made it.
    #[error("the session token is not from the configured issuer")]
    Issuer,
    /// It is meant for somebody else.
    #[error("the session token is not for the configured audience")]
    Audience,
    /// It is from or for another project, for instance.
    #[error("the session token does not say of `{0}` what is required")]
    Required(String),
    /// A claim is missing that must be there, or is of the wrong type.
    #[error("the claim `{0}` is missing or of the wrong type")]
    Claim(&'static str),
}

impl From<AssertionError> for SessionError {
    fn from(error: AssertionError) -> Self {
        match error {
            AssertionError::Unreadable(_) => Self::Unreadable,
            AssertionError::Algorithm => Self::Algorithm,
            AssertionError::Signature => Self::Signature,
            AssertionError::TooOld { .. } => Self::Expired,
            AssertionError::FromTheFuture { .. } => Self::FromTheFuture,
            AssertionError::Claim(name) => Self::Claim(name),
            AssertionError::Audience => Self::Audience,
        }
    }
}

impl<'a> SessionToken<'a> {
    /// Reads `token`, whose header must name `algorithm`.
    pub fn read(token: &'a str, algorithm: &str) -> Result<Self, SessionError> {
        let jws = Jws::read(token, &[algorithm])?;
        jws.kid()?;
        Ok(Self { claims: jws.claims()?, jws })
    }

    /// Which key it says has signed it.
    pub fn kid(&self) -> Option<&str> {
        self.jws.kid().unwrap_or_default()
    }

    /// Judges what it says, which costs nothing and can only refuse: do it before the provider is
    /// asked for the key of a cookie that is long out of date.
    pub fn judge(&self, demands: &Demands, now: u64) -> Result<(), SessionError> {
        let validation = Validation {
            required_times: &["exp"],
            max_age: None,
            audience: demands.audience.as_deref(),
            is_audience_optional: false,
        };
        validation.judge(Claims(&self.claims), now)?;
        if let Some(issuer) = &demands.issuer
            && self.claims.get("iss").and_then(Value::as_str) != Some(issuer)
        {
            return Err(SessionError::Issuer);
        }
        let says = |(name, value): &&(String, String)| is_said(self.claims.get(name), value);
        match demands.require.iter().find(|demand| !says(demand)) {
            Some((name, _)) => Err(SessionError::Required(name.clone())),
            None => Ok(()),
        }
    }

    /// Its claims, if one of `secrets` has signed them, by HS256.
    pub fn prove_with_secrets(self, secrets: &Secrets) -> Result<Map<String, Value>, SessionError> {
        let holds = self.jws.is_by_secret(secrets);
        self.proven(holds)
    }

    /// Its claims, if the owner of `key` has signed them.
    pub fn prove_with_key(self, key: &PublicKey) -> Result<Map<String, Value>, SessionError> {
        let holds = self.jws.is_by_key(key);
        self.proven(holds)
    }

    fn proven(self, holds: bool) -> Result<Map<String, Value>, SessionError> {
        if holds { Ok(self.claims) } else { Err(SessionError::Signature) }
    }
}

/// Whether a claim has the value that the file writes as `text`.
fn is_said(claim: Option<&Value>, text: &str) -> bool {
    match claim {
        Some(Value::String(value)) => value == text,
        Some(Value::Number(value)) => value.to_string() == text,
        Some(Value::Bool(value)) => text.parse() == Ok(*value),
        None | Some(Value::Null | Value::Array(_) | Value::Object(_)) => false,
    }
}

#[cfg(test)]
mod tests;
