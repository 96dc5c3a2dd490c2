//! State that the browser keeps for us, and the keys under which what counts once is remembered.

mod confirmation;
mod flow;
mod key;
mod keys;
mod replay_key;
mod ticket;

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::confirmation::Confirmation;
pub use self::flow::{Flow, FlowId, FlowState, SealedFlow, UsedFlow};
pub use self::key::{Purpose, SealError, StateKey};
pub use self::keys::StateKeys;
pub use self::replay_key::ReplayKey;
pub use self::ticket::{Carried, Ticket};

/// What can be sealed: each kind under a key of its own, and for a time of its own.
///
/// A change of what one of them holds needs a new label of its purpose.
pub trait Sealable: Serialize + DeserializeOwned {
    /// What keeps it apart from every other kind.
    const PURPOSE: Purpose;

    /// How long it may be used, in seconds.
    const LIFETIME: u64;

    /// As it is sealed.
    fn encode(&self) -> Result<Vec<u8>, SealError> {
        serde_json::to_vec(self).map_err(|_| SealError::Unsealable)
    }

    /// Reads what was sealed.
    fn decode(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// A `T` as the browser sends it: nothing in it is proven until it opens.
#[derive(Debug)]
pub struct Sealed<'a, T> {
    /// When it ends, in Unix seconds, if it is true.
    expires: u64,
    text: &'a str,
    kind: PhantomData<fn() -> T>,
}

/// Why something sealed is not to be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum OpenError {
    /// It is not what we sealed for this flow.
    #[error("it is not as it was sealed here")]
    Altered,
    /// It is ours, but its time is up.
    #[error("it has expired")]
    Expired,
}

impl StateKey {
    /// Seals `content` for its whole lifetime; it opens together with `id` only.
    pub fn seal<T: Sealable>(
        &self,
        content: &T,
        id: FlowId,
        now: u64,
    ) -> Result<String, SealError> {
        self.seal_until(content, id, now.saturating_add(T::LIFETIME))
    }

    /// The same until a certain second.
    pub fn seal_until<T: Sealable>(
        &self,
        content: &T,
        id: FlowId,
        expires: u64,
    ) -> Result<String, SealError> {
        let sealed = self.seal_bytes(T::PURPOSE, id.as_bytes(), expires, &content.encode()?)?;
        let (mut digits, mut letter) = (itoa::Buffer::new(), [0; 4]);
        let letter = &*T::PURPOSE.letter().encode_utf8(&mut letter);
        Ok([digits.format(expires), ".", letter, ".", &sealed].concat())
    }
}

impl<'a, T: Sealable> Sealed<'a, T> {
    /// Reads what [`StateKey::seal`] wrote, if it is of this kind.
    pub fn read(text: &'a str) -> Result<Self, OpenError> {
        Self::split(text).ok_or(OpenError::Altered)
    }

    fn split(text: &'a str) -> Option<Self> {
        let (expires, rest) = text.split_once('.')?;
        let (letter, text) = rest.split_once('.')?;
        // `u64` alone would take a leading `+`.
        let is_number = expires.bytes().all(|byte| byte.is_ascii_digit());
        let is_ours = is_number && letter.chars().eq([T::PURPOSE.letter()]);
        let expires = expires.parse().ok().filter(|_| is_ours)?;
        Some(Self { expires, text, kind: PhantomData })
    }

    /// Opens it, if it was sealed for `id` and its time is not up.
    pub fn open(&self, keys: &StateKeys, id: FlowId, now: u64) -> Result<T, OpenError> {
        let content = keys.iter().find_map(|key| self.unseal(key, id));
        let content = content.ok_or(OpenError::Altered)?;
        if now >= self.expires { Err(OpenError::Expired) } else { Ok(content) }
    }

    /// What it holds, whatever the time is.
    fn unseal(&self, key: &StateKey, id: FlowId) -> Option<T> {
        let bytes = key.open_bytes(T::PURPOSE, id.as_bytes(), self.expires, self.text)?;
        T::decode(&bytes)
    }
}

impl<T> Clone for Sealed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Sealed<'_, T> {}

#[cfg(test)]
mod tests;
