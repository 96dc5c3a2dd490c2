//! Verifies ID tokens (OpenID Connect Core §3.1.3.7), as they come from the token endpoint.

use serde_json::{Map, Value};

use super::assertion::AssertionError;
use super::claims::Claims;
use super::jwks::{KeyAlgorithm, PublicKey};
use super::jws::Jws;
use super::policy::Validation;

/// An ID token as it came: nothing in it is proven.
pub struct IdToken<'a> {
    jws: Jws<'a>,
    algorithm: KeyAlgorithm,
    claims: Map<String, Value>,
}

/// What an ID token must say, whoever signed it.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedIdToken<'a> {
    /// The provider, as it writes itself.
    pub issuer: &'a str,
    /// Whom the provider knows us as.
    pub client_id: &'a str,
    /// What we sent along when this sign-in began.
    pub nonce: &'a str,
}

/// Why an ID token is not believed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IdTokenError {
    /// It is no signed token, or one that two readers may read differently.
    #[error("the ID token is of a kind that we do not read")]
    Unreadable,
    /// Its header names another algorithm than those agreed on, or none.
    #[error("the ID token is signed in a way that was not agreed on")]
    Algorithm,
    /// The provider has no key that it could be by, or several.
    #[error("the key of the ID token is not among the provider's, or the token does not name it")]
    UnknownKey,
    /// The owner of that key has not signed it.
    #[error("the signature of the ID token is wrong")]
    Signature,
    /// Its time is up.
    #[error("the ID token has expired, or one of the two clocks is wrong")]
    Expired,
    /// Its time has yet to come.
    #[error("the ID token is from the future: one of the two clocks is wrong")]
    FromTheFuture,
    /// Somebody else has made it.
    #[error("the ID token names another issuer")]
    Issuer,
    /// The same, but for the slash at the end.
    #[error("the ID token names another issuer{}", .0.as_str())]
    IssuerSlash(Slash),
    /// It is for somebody else.
    #[error("the ID token is not for us")]
    Audience,
    /// It was issued to somebody else.
    #[error("the ID token was issued to somebody else (`azp`)")]
    AuthorizedParty,
    /// It is not the answer to this sign-in.
    #[error("the ID token belongs to another sign-in")]
    Nonce,
    /// A claim is missing that must be there, or is of the wrong type.
    #[error("the claim `{0}` of the ID token is missing or of the wrong type")]
    Claim(&'static str),
}

impl From<AssertionError> for IdTokenError {
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

impl<'a> IdToken<'a> {
    /// Reads `token`, whose header must name one of `algorithms`.
    pub fn read(token: &'a str, algorithms: &[KeyAlgorithm]) -> Result<Self, IdTokenError> {
        let pinned: Vec<_> = algorithms.iter().map(|algorithm| algorithm.as_str()).collect();
        let jws = Jws::read(token, &pinned)?;
        jws.kid()?;
        let is_named = |algorithm: &&KeyAlgorithm| algorithm.as_str() == jws.algorithm();
        let algorithm = *algorithms.iter().find(is_named).ok_or(IdTokenError::Algorithm)?;
        Ok(Self { claims: jws.claims()?, algorithm, jws })
    }

    /// By which algorithm, and by which of the provider's keys, it says to be signed.
    pub fn key(&self) -> (KeyAlgorithm, Option<&str>) {
        (self.algorithm, self.jws.kid().unwrap_or_default())
    }

    /// Judges what it says, which can only refuse: done before the provider is asked for its keys.
    pub fn judge(&self, expected: &ExpectedIdToken<'_>, now: u64) -> Result<(), IdTokenError> {
        let text = |name: &'static str| match self.claims.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(IdTokenError::Claim(name)),
        };
        let issuer = text("iss")?.ok_or(IdTokenError::Claim("iss"))?;
        if issuer != expected.issuer {
            return Err(match Slash::between(expected.issuer, issuer) {
                Some(slash) => IdTokenError::IssuerSlash(slash),
                None => IdTokenError::Issuer,
            });
        }
        text("sub")?.filter(|sub| !sub.is_empty()).ok_or(IdTokenError::Claim("sub"))?;
        let claims = Claims(&self.claims);
        let validation = Validation {
            required_times: &["exp", "iat"],
            max_age: None,
            audience: Some(expected.client_id),
            is_audience_optional: false,
        };
        validation.judge(claims, now)?;
        // Others may be named beside us where `azp` says that it was issued to us.
        let is_ours = match text("azp")? {
            Some(party) => party == expected.client_id,
            None => claims.audience()?.is_some_and(|audience| audience.len() == 1),
        };
        if !is_ours {
            return Err(IdTokenError::AuthorizedParty);
        }
        if text("nonce")? != Some(expected.nonce) {
            return Err(IdTokenError::Nonce);
        }
        Ok(())
    }

    /// Its claims, if the owner of `key` has signed them.
    pub fn prove(self, key: &PublicKey) -> Result<Map<String, Value>, IdTokenError> {
        if self.jws.is_by_key(key) { Ok(self.claims) } else { Err(IdTokenError::Signature) }
    }
}

/// How our `issuer` differs from one that is the same but for the slash at its end: people forget
/// it, and nobody sees it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Slash {
    /// Ours lacks it.
    Lacking,
    /// Ours alone has one.
    TooMany,
}

impl Slash {
    /// The end of a sentence about theirs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lacking => ": it ends with a slash, our `issuer` does not",
            Self::TooMany => ": our `issuer` ends with a slash, it does not",
        }
    }

    /// How `ours` differs from `theirs`, if that is all.
    pub fn between(ours: &str, theirs: &str) -> Option<Self> {
        if theirs.strip_suffix('/') == Some(ours) {
            Some(Self::Lacking)
        } else if ours.strip_suffix('/') == Some(theirs) {
            Some(Self::TooMany)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
