//! A token that is looked at before the key that proves it is asked for.

use serde_json::{Map, Value};

use super::error::TokenError;
use super::jwks::{KeyAlgorithm, PublicKey};
use super::jws::Jws;
use super::validation::Validation;
use crate::token::keys::Secrets;

/// A token as it came: nothing in it is proven.
pub struct UnverifiedJws<'a> {
    jws: Jws<'a>,
    claims: Map<String, Value>,
}

impl<'a> UnverifiedJws<'a> {
    /// Reads `token`, whose header must name one of `algorithms`.
    pub fn read(token: &'a str, algorithms: &[&str]) -> Result<Self, TokenError> {
        let jws = Jws::read(token, algorithms)?;
        jws.kid()?;
        Ok(Self { claims: jws.claims()?, jws })
    }

    /// Which key it says has signed it.
    pub fn kid(&self) -> Option<&str> {
        self.jws.kid().unwrap_or_default()
    }

    /// By which algorithm it says to be signed, if that is one of published keys.
    pub fn key_algorithm(&self) -> Option<KeyAlgorithm> {
        KeyAlgorithm::ALL.into_iter().find(|it| it.as_str() == self.jws.algorithm())
    }

    /// Validates what it says, which costs nothing and can only refuse: do it before a provider is
    /// asked for the key of a cookie that is long out of date.
    pub fn validate(&self, validation: &Validation<'_>, now: u64) -> Result<(), TokenError> {
        validation.validate(&self.claims, now)
    }

    /// Its claims, if one of `secrets` has signed them, by HS256.
    pub fn prove_with_secrets(self, secrets: &Secrets) -> Result<Map<String, Value>, TokenError> {
        let holds = self.jws.signed_by(secrets).is_some();
        self.proven(holds)
    }

    /// Its claims, if the owner of `key` has signed them.
    pub fn prove_with_key(self, key: &PublicKey) -> Result<Map<String, Value>, TokenError> {
        let holds = self.jws.is_by_key(key);
        self.proven(holds)
    }

    fn proven(self, holds: bool) -> Result<Map<String, Value>, TokenError> {
        if holds { Ok(self.claims) } else { Err(TokenError::Signature) }
    }

    pub(super) fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }
}

#[cfg(test)]
mod tests;
