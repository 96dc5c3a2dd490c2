//! The identity that waits, sealed, until the person confirms it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::flow::{FlowId, digits};
use super::seal::{Purpose, SealError, StateKey};
use crate::domain::Identity;
use crate::token::mint::Claims;

/// A sign-in of which only the person's own "Continue" is missing.
///
/// Its assertion is already used up. It counts once itself, and always mints the same `jti`, of
/// which Zendesk takes one.
#[derive(Clone)]
pub struct Confirmation {
    /// Who is to be signed in.
    pub identity: Identity,
    /// The Zendesk `jti`.
    pub jti: String,
    /// Where it ends, as an absolute address.
    pub return_to: String,
}

/// Why a confirmation is not to be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ConfirmationError {
    /// It is not one that we sealed for this browser's flow.
    #[error("the confirmation is not one that was sealed for this flow")]
    Altered,
    /// It is ours, but its time is up.
    #[error("the confirmation has expired")]
    Expired,
}

impl Confirmation {
    /// How long a person may take to confirm, in seconds.
    pub const LIFETIME: u64 = 600;

    /// Seals it as the value of a form's hidden field.
    ///
    /// It opens together with `flow` only, which the browser keeps in a cookie: on any other
    /// browser it is worth nothing.
    pub fn seal(&self, key: &StateKey, flow: FlowId, expires: u64) -> Result<String, SealError> {
        let content = Content {
            claims: Claims::from(&self.identity),
            jti: self.jti.as_str().into(),
            return_to: self.return_to.as_str().into(),
        };
        let text = serde_json::to_vec(&content).map_err(|_| SealError::Unsealable)?;
        let sealed = key.seal(Purpose::Confirmation, flow.as_bytes(), expires, &text)?;
        Ok(format!("{expires}.{sealed}"))
    }

    /// Opens what the form posts back.
    pub fn open(
        text: &str,
        key: &StateKey,
        flow: FlowId,
        now: u64,
    ) -> Result<Self, ConfirmationError> {
        let (expires, content) = Self::unseal(text, key, flow).ok_or(ConfirmationError::Altered)?;
        if now >= expires { Err(ConfirmationError::Expired) } else { Ok(content) }
    }

    fn unseal(text: &str, key: &StateKey, flow: FlowId) -> Option<(u64, Self)> {
        let (expires, sealed) = text.split_once('.')?;
        let expires = digits(expires)?;
        let text = key.open(Purpose::Confirmation, flow.as_bytes(), expires, sealed)?;
        let content: Content<'_> = serde_json::from_slice(&text).ok()?;
        let identity = content.claims.into_identity()?;
        let (jti, return_to) = (content.jti.into_owned(), content.return_to.into_owned());
        Some((expires, Self { identity, jti, return_to }))
    }
}

#[derive(Deserialize, Serialize)]
struct Content<'a> {
    claims: Claims<'a>,
    jti: Cow<'a, str>,
    return_to: Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use super::{Confirmation, ConfirmationError};
    use crate::domain::Identity;
    use crate::token::keys::tests::secrets;
    use crate::token::mint::tests::{full, sparse};
    use crate::token::{FlowId, StateKey, zendesk};

    const NOW: u64 = 1_800_000_000;
    const EXPIRES: u64 = NOW + Confirmation::LIFETIME;

    fn confirmation(identity: Identity) -> Confirmation {
        let return_to = "https://help.acme-shoes.example/hc?a=\"b\"".into();
        Confirmation { identity, jti: "an-id".into(), return_to }
    }

    #[test]
    fn a_confirmation_comes_back_as_it_went() {
        let key = StateKey::random().unwrap();
        let jwt = |confirmation: &Confirmation| {
            let secrets = secrets(&["hunter2"]);
            let jwt = zendesk::mint(&confirmation.identity, &confirmation.jti, &secrets, NOW);
            jwt.unwrap().expose().to_owned()
        };
        for identity in [sparse(), full()] {
            let sent = confirmation(identity);
            let flow = FlowId::random().unwrap();
            let text = sent.seal(&key, flow, EXPIRES).unwrap();
            let back = Confirmation::open(&text, &key, flow, NOW).ok().unwrap();
            assert_eq!(jwt(&back), jwt(&sent), "what Zendesk is told is the same");
            assert_eq!(back.return_to, sent.return_to);
        }
    }

    #[test]
    fn a_confirmation_is_for_its_flow_and_its_time() {
        let key = StateKey::random().unwrap();
        let flow = FlowId::random().unwrap();
        let text = confirmation(full()).seal(&key, flow, EXPIRES).unwrap();
        let later = text.replacen(&EXPIRES.to_string(), &(EXPIRES + 1).to_string(), 1);
        let altered = Some(ConfirmationError::Altered);
        let expired = Some(ConfirmationError::Expired);
        let other = FlowId::random().unwrap();
        let cases = [
            ("in time", flow, text.as_str(), EXPIRES - 1, None),
            ("too late", flow, &text, EXPIRES, expired),
            ("another browser's", other, &text, NOW, altered),
            ("a later end", flow, &later, NOW, altered),
            ("cut", flow, &text[..text.len() - 1], NOW, altered),
            ("nothing", flow, "", NOW, altered),
            ("nothing sealed", flow, "1800000600.", NOW, altered),
        ];
        for (what, flow, text, now, expected) in cases {
            assert_eq!(Confirmation::open(text, &key, flow, now).err(), expected, "{what}");
        }
    }
}
