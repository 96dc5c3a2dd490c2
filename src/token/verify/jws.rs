//! A signed token in its compact form (RFC 7515 §3.1): three parts, of which none is proven yet.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::base64url;
use super::error::{TokenError, Unreadable};
use super::json::{NotAnObject, parse_object};
use super::jwks::PublicKey;
use crate::token::keys::{Fingerprint, Secrets};

/// A token whose header has been read.
///
/// Where it says to find a key (`jku`, `jwk`, `x5u`, `x5c`), nobody looks.
pub(super) struct Jws<'a> {
    fields: Map<String, Value>,
    /// What is signed, in the very spelling that was sent.
    message: &'a str,
    header: Cow<'a, str>,
    payload: Cow<'a, str>,
    signature: Option<Cow<'a, str>>,
}

impl<'a> Jws<'a> {
    /// Splits `token`, whose header must name one of `algorithms` and demand nothing of the reader.
    pub(super) fn read(token: &'a str, algorithms: &[&str]) -> Result<Self, TokenError> {
        Self::split(token, algorithms, |part| Some(Cow::Borrowed(part)))
    }

    /// The same for makers that keep the padding of base64, or write its other alphabet.
    pub(super) fn read_in_any_spelling(
        token: &'a str,
        algorithms: &[&str],
    ) -> Result<Self, TokenError> {
        Self::split(token, algorithms, base64url::plain)
    }

    fn split(
        token: &'a str,
        algorithms: &[&str],
        plain: impl Fn(&'a str) -> Option<Cow<'a, str>>,
    ) -> Result<Self, TokenError> {
        let (message, signature) = token.rsplit_once('.').ok_or(Unreadable::Parts)?;
        let (header, payload) = message.split_once('.').ok_or(Unreadable::Parts)?;
        let header = plain(header).ok_or(Unreadable::Base64)?;
        let payload = plain(payload).ok_or(Unreadable::Base64)?;
        let fields = object(&header, Unreadable::Header)?;
        let jws = Self { fields, message, header, payload, signature: plain(signature) };
        if !algorithms.contains(&jws.algorithm()) {
            return Err(TokenError::Algorithm);
        }
        // By RFC 7515 `crit` names extensions that must be understood, by RFC 7797 `b64` changes
        // what is signed; we understand neither.
        if jws.fields.contains_key("crit") || jws.fields.contains_key("b64") {
            return Err(Unreadable::Extensions.into());
        }
        Ok(jws)
    }

    /// The algorithm that its header names: one of those that were asked for.
    pub(super) fn algorithm(&self) -> &str {
        self.fields.get("alg").and_then(Value::as_str).unwrap_or_default()
    }

    /// Which key it says has signed it.
    pub(super) fn kid(&self) -> Result<Option<&str>, TokenError> {
        match self.fields.get("kid") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(kid)) => Ok(Some(kid)),
            Some(_) => Err(Unreadable::Header(NotAnObject::NotJson).into()),
        }
    }

    /// Header and payload in their plain spelling, whatever spelling was signed.
    pub(super) fn plain_message(&self) -> String {
        [&self.header, ".", &self.payload].concat()
    }

    /// Its claims, proven or not.
    pub(super) fn claims(&self) -> Result<Map<String, Value>, TokenError> {
        Ok(object(&self.payload, Unreadable::Payload)?)
    }

    /// Which of `secrets` has signed it, by HS256.
    pub(super) fn signed_by(&self, secrets: &Secrets) -> Option<Fingerprint> {
        let signature = self.signature.as_ref().filter(|_| self.algorithm() == "HS256")?;
        secrets.verify(self.message, signature)
    }

    /// Whether the owner of `key` has signed it, by that key's algorithm.
    pub(super) fn is_by_key(&self, key: &PublicKey) -> bool {
        let holds = |signature: &Cow<'_, str>| key.verify(self.message, signature);
        self.algorithm() == key.algorithm().as_str() && self.signature.as_ref().is_some_and(holds)
    }
}

fn object(
    part: &str,
    unreadable: impl FnOnce(NotAnObject) -> Unreadable,
) -> Result<Map<String, Value>, Unreadable> {
    let text = base64url::decode(part).ok_or(Unreadable::Base64)?;
    parse_object(&text).map_err(unreadable)
}
