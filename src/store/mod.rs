//! What must be remembered for a while: claims, once each, and counts. Every `now` is in Unix
//! seconds.

#[cfg(test)]
mod contract;
mod memory;
mod redis;

use aws_lc_rs::digest::{Context, SHA256};

pub use self::memory::Memory;
pub use self::redis::{InvalidRedisAddress, Keeper, Redis, RedisAddress};

/// Where it is remembered.
#[derive(Debug)]
pub enum Store {
    /// In this process, for one instance.
    Memory(Memory),
    /// In a Redis, for all instances that share it.
    Redis(Redis),
}

/// What may happen once.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// Under what it is claimed: a hash.
    pub id: &'a [u8; 32],
    /// Before this moment nobody can have claimed it.
    ///
    /// A store that has lost what it knew refuses what is older than the loss.
    pub born: u64,
    /// From this moment on it would be refused anyway: the claim need not last longer.
    pub ends: u64,
}

/// Why nothing could be remembered.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum StoreError {
    /// It does not answer.
    #[error("the store is unavailable")]
    Unavailable,
    /// It holds as much as it may, and nothing of it can be forgotten yet.
    #[error("the store is full")]
    Full,
    /// It has lost what it knew at a time when this may have been claimed.
    #[error("the store's memory does not go back far enough to tell whether this was used")]
    Forgotten,
}

/// What is counted, so that counts of different things never meet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// Attempts to sign in from one network.
    SignInNetwork,
    /// Attempts to sign in to one account from one address.
    SignInPair,
    /// Attempts to sign in to one account from anywhere.
    SignInAccount,
}

impl Purpose {
    /// The key under which it is counted: a hash, so that the store learns nothing of its parts.
    ///
    /// What can be guessed, such as an e-mail address, is no part itself: its MAC is.
    pub fn key(self, parts: &[&str]) -> [u8; 32] {
        let label = match self {
            Self::SignInNetwork => "sign-in network",
            Self::SignInPair => "sign-in pair",
            Self::SignInAccount => "sign-in account",
        };
        let mut context = Context::new(&SHA256);
        for part in std::iter::once(&label).chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut key = [0; 32];
        key.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
        key
    }
}

impl Store {
    /// Makes `claim`; `false`: somebody has made it already.
    ///
    /// On an error nobody may use what the claim is for: it may be the second time.
    pub async fn claim_once(&self, claim: &Claim<'_>, now: u64) -> Result<bool, StoreError> {
        match self {
            Self::Memory(memory) => {
                memory.claim_once(claim.id, claim.ends.saturating_sub(now).max(1), now)
            }
            Self::Redis(redis) => redis.claim_once(claim, now).await,
        }
    }

    /// How many, this one included, in the window of so many seconds that began with the first.
    ///
    /// On an error whoever guards a password does not go on.
    pub async fn count(&self, key: &[u8; 32], window: u64, now: u64) -> Result<u64, StoreError> {
        match self {
            Self::Memory(memory) => memory.count(key, window, now),
            Self::Redis(redis) => redis.count(key, window).await,
        }
    }

    /// Forgets a count: the next one is the first.
    pub async fn forget(&self, key: &[u8; 32], now: u64) -> Result<(), StoreError> {
        match self {
            Self::Memory(memory) => memory.forget(key, now),
            Self::Redis(redis) => redis.forget(key).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Purpose;

    #[test]
    fn different_parts_are_counted_apart() {
        let key = |parts: &[&str]| Purpose::SignInNetwork.key(parts);
        assert_eq!(key(&["login", "1"]), key(&["login", "1"]));
        for other in [&["login", "2"][..], &["logout", "1"], &["login1"], &["login", "1", ""]] {
            assert_ne!(key(&["login", "1"]), key(other), "{other:?}");
        }
        for other in [Purpose::SignInPair, Purpose::SignInAccount] {
            assert_ne!(key(&["1"]), other.key(&["1"]), "{other:?}");
        }
        assert_ne!(Purpose::SignInPair.key(&["1"]), Purpose::SignInAccount.key(&["1"]));
    }
}
