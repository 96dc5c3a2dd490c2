//! A step of a sign-in, sealed, that waits for the person's answer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::flow::{FlowId, digits};
use super::seal::{Purpose, SealError, StateKey};

/// What a backend must get back together with the person's answer: a provider's session, a user
/// name. The form holds it sealed, so that nobody reads it and nobody answers for somebody else.
#[derive(Clone, Copy, Debug)]
pub struct Challenge<T>(pub T);

/// Why a challenge is not to be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ChallengeError {
    /// It is not one that we sealed for this browser's flow.
    #[error("the challenge is not one that was sealed for this flow")]
    Altered,
    /// It is ours, but its time is up.
    #[error("the challenge has expired")]
    Expired,
}

impl<T> Challenge<T> {
    /// How long a person may take, in seconds: as long as any provider waits.
    pub const LIFETIME: u64 = 900;
}

impl<T: Serialize> Challenge<T> {
    /// Seals it as the value of a form's hidden field; it opens together with `flow` only.
    pub fn seal(&self, key: &StateKey, flow: FlowId, expires: u64) -> Result<String, SealError> {
        let text = serde_json::to_vec(&self.0).map_err(|_| SealError::Unsealable)?;
        let sealed = key.seal(Purpose::Challenge, flow.as_bytes(), expires, &text)?;
        Ok(format!("{expires}.{sealed}"))
    }
}

impl<T: DeserializeOwned> Challenge<T> {
    /// Opens what the form posts back.
    pub fn open(
        text: &str,
        key: &StateKey,
        flow: FlowId,
        now: u64,
    ) -> Result<Self, ChallengeError> {
        let (expires, content) = Self::unseal(text, key, flow).ok_or(ChallengeError::Altered)?;
        if now >= expires { Err(ChallengeError::Expired) } else { Ok(content) }
    }

    fn unseal(text: &str, key: &StateKey, flow: FlowId) -> Option<(u64, Self)> {
        let (expires, sealed) = text.split_once('.')?;
        let expires = digits(expires)?;
        let text = key.open(Purpose::Challenge, flow.as_bytes(), expires, sealed)?;
        Some((expires, Self(serde_json::from_slice(&text).ok()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Challenge, ChallengeError};
    use crate::token::{FlowId, StateKey};

    const NOW: u64 = 1_800_000_000;
    const EXPIRES: u64 = NOW + 900;

    #[test]
    fn a_challenge_is_for_its_flow_and_its_time() {
        let key = StateKey::random().unwrap();
        let (flow, other) = (FlowId::random().unwrap(), FlowId::random().unwrap());
        let text = Challenge("session").seal(&key, flow, EXPIRES).unwrap();
        assert!(!text.contains("session"));
        let later = text.replacen(&EXPIRES.to_string(), &(EXPIRES + 1).to_string(), 1);
        let (altered, expired) = (Err(ChallengeError::Altered), Err(ChallengeError::Expired));
        let cases = [
            ("in time", flow, text.as_str(), EXPIRES - 1, Ok("session".to_owned())),
            ("too late", flow, &text, EXPIRES, expired),
            ("another browser's", other, &text, NOW, altered.clone()),
            ("a later end", flow, &later, NOW, altered.clone()),
            ("cut", flow, &text[..text.len() - 1], NOW, altered.clone()),
            ("nothing", flow, "", NOW, altered),
        ];
        for (what, flow, text, now, expected) in cases {
            let opened = Challenge::<String>::open(text, &key, flow, now).map(|it| it.0);
            assert_eq!(opened, expected, "{what}");
        }
    }

    #[test]
    fn a_challenge_of_another_shape_is_refused() {
        let key = StateKey::random().unwrap();
        let flow = FlowId::random().unwrap();
        let text = Challenge(1).seal(&key, flow, EXPIRES).unwrap();
        let opened = Challenge::<String>::open(&text, &key, flow, NOW);
        assert_eq!(opened.err(), Some(ChallengeError::Altered));
    }
}
