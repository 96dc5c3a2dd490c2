//! Verifies a site's own login token, presented as often as its cookie is sent.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::assertion::AssertionError;
use super::json::parse_object;
use super::jwks::PublicKey;
use super::keys::Secrets;
use super::said::Claims;

/// How far a provider's clock may be from ours, in seconds.
const LEEWAY: u64 = 60;

/// A token as it came: nothing in it is proven.
pub struct SessionToken<'a> {
    message: &'a str,
    signature: &'a str,
    kid: Option<String>,
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
    ///
    /// Where its header says to find a key (`jku`, `jwk`, `x5u`, `x5c`), nobody looks.
    pub fn read(token: &'a str, algorithm: &str) -> Result<Self, SessionError> {
        let (message, signature) = token.rsplit_once('.').ok_or(SessionError::Unreadable)?;
        let (header, claims) = message.split_once('.').ok_or(SessionError::Unreadable)?;
        let (header, claims) = (decode(header)?, decode(claims)?);
        if header.get("alg").and_then(Value::as_str) != Some(algorithm) {
            return Err(SessionError::Algorithm);
        }
        // By RFC 7515 `crit` names extensions that must be understood, by RFC 7797 `b64` changes
        // what is signed; we understand neither.
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(SessionError::Unreadable);
        }
        let kid = match header.get("kid") {
            None | Some(Value::Null) => None,
            Some(Value::String(kid)) => Some(kid.clone()),
            Some(_) => return Err(SessionError::Unreadable),
        };
        Ok(Self { message, signature, kid, claims })
    }

    /// Which key it says has signed it.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Judges what it says, which costs nothing and can only refuse: do it before the provider is
    /// asked for the key of a cookie that is long out of date.
    pub fn judge(&self, demands: &Demands, now: u64) -> Result<(), SessionError> {
        let claims = Claims(&self.claims);
        let expires = claims.seconds("exp")?.ok_or(SessionError::Claim("exp"))?;
        if now >= expires.saturating_add(LEEWAY) {
            return Err(SessionError::Expired);
        }
        for from in [claims.seconds("nbf")?, claims.seconds("iat")?].into_iter().flatten() {
            if from.saturating_sub(now) > LEEWAY {
                return Err(SessionError::FromTheFuture);
            }
        }
        if let Some(issuer) = &demands.issuer
            && self.claims.get("iss").and_then(Value::as_str) != Some(issuer)
        {
            return Err(SessionError::Issuer);
        }
        if let Some(audience) = &demands.audience {
            let named = claims.audience()?.unwrap_or_default();
            if !named.contains(audience) {
                return Err(SessionError::Audience);
            }
        }
        let says = |(name, value): &&(String, String)| is_said(self.claims.get(name), value);
        match demands.require.iter().find(|demand| !says(demand)) {
            Some((name, _)) => Err(SessionError::Required(name.clone())),
            None => Ok(()),
        }
    }

    /// Its claims, if one of `secrets` has signed them, by HS256.
    pub fn prove_with_secrets(self, secrets: &Secrets) -> Result<Map<String, Value>, SessionError> {
        let holds = secrets.verify(self.message, self.signature);
        self.proven(holds)
    }

    /// Its claims, if the owner of `key` has signed them.
    pub fn prove_with_key(self, key: &PublicKey) -> Result<Map<String, Value>, SessionError> {
        let holds = key.verify(self.message, self.signature);
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

fn decode(part: &str) -> Result<Map<String, Value>, SessionError> {
    let text = URL_SAFE_NO_PAD.decode(part).map_err(|_| SessionError::Unreadable)?;
    parse_object(&text).map_err(|_| SessionError::Unreadable)
}

#[cfg(test)]
mod tests;
