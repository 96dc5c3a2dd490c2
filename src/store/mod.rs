//! What must be remembered for a while: what was used, once each, and counts. Every `now` is in Unix
//! seconds.

#[cfg(test)]
mod contract;
mod memory;
mod redis;

use std::time::Instant;

use aws_lc_rs::digest::{Context, SHA256};
use ipnet::IpNet;

use crate::metrics::{Histogram, Kinds};

pub use self::memory::Memory;
pub use self::redis::{
    InvalidRedisAddress, Reconnector, Redis, RedisAddress, RedisKind, reach_redis,
};

/// What this instance remembers by itself and, where there is one, the Redis that it shares with
/// others.
#[derive(Debug)]
pub struct Store {
    memory: Memory,
    redis: Option<Redis>,
    metrics: StoreMetrics,
}

/// How the questions to a store went.
#[derive(Debug)]
pub struct StoreMetrics {
    /// How long each answer took.
    pub duration: Histogram,
    /// How many had no answer, by reason.
    pub failures: Kinds,
}

impl Default for StoreMetrics {
    fn default() -> Self {
        use StoreError::{BackendShare, Full, NetworkShare, Unavailable};
        let all = [Unavailable, Full, BackendShare, NetworkShare].map(StoreError::kind);
        Self { duration: Histogram::default(), failures: Kinds::with_zeros(&all) }
    }
}

/// For whom something is remembered: who overdoes it meets a bound alone.
#[derive(Clone, Copy, Debug)]
pub struct Share<'a> {
    /// The backend's name.
    pub backend: &'a str,
    /// The network that asks, where it can be told from others.
    pub network: Option<IpNet>,
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
    /// This backend has filled its share.
    #[error("the backend's share of what can be remembered is full")]
    BackendShare,
    /// This network has filled its share of the backend's.
    #[error("the network's share of what can be remembered is full")]
    NetworkShare,
}

impl StoreError {
    /// The reason, as the metrics label it.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Full => "full",
            Self::BackendShare => "backend_share",
            Self::NetworkShare => "network_share",
        }
    }
}

/// What is counted, so that counts of different things never meet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tally {
    /// Attempts to sign in from one network.
    SignInNetwork,
    /// Attempts to sign in to one account from one address.
    SignInPair,
    /// Attempts to sign in to one account from anywhere.
    SignInAccount,
}

impl Tally {
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
    /// An empty store; without a Redis, one instance's alone.
    pub fn new(redis: Option<Redis>) -> Self {
        Self { memory: Memory::new(), redis, metrics: StoreMetrics::default() }
    }

    /// One that has room for so many used keys and counts.
    #[cfg(test)]
    pub(crate) fn with_room_for(used: usize, counts: usize) -> Self {
        let memory = Memory::with_room_for(used, counts);
        Self { memory, redis: None, metrics: StoreMetrics::default() }
    }

    /// Speaks to the same Redis with the user and password of `address` from now on.
    pub fn speak_as(&self, address: RedisAddress) {
        if let Some(redis) = &self.redis {
            redis.speak_as(address);
        }
    }

    /// What was counted since the start.
    pub fn metrics(&self) -> &StoreMetrics {
        &self.metrics
    }

    /// Counts one question, and how it went.
    async fn timed<T>(
        &self,
        question: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let began = Instant::now();
        let answer = question.await;
        self.metrics.duration.observe(began.elapsed());
        if let Err(error) = &answer {
            self.metrics.failures.add(error.kind());
        }
        answer
    }

    /// Uses `key` up; `false`: it was used before. It is remembered until `expires_at`, from when on
    /// it would be refused anyway.
    ///
    /// On an error nobody may use what the key is for: it may be the second time.
    pub async fn consume(
        &self,
        key: &[u8; 32],
        expires_at: u64,
        share: &Share<'_>,
        now: u64,
    ) -> Result<bool, StoreError> {
        self.timed(self.consume_once(key, expires_at, share, now)).await
    }

    async fn consume_once(
        &self,
        key: &[u8; 32],
        expires_at: u64,
        share: &Share<'_>,
        now: u64,
    ) -> Result<bool, StoreError> {
        let Some(redis) = &self.redis else {
            return self.memory.consume(key, expires_at, share, now);
        };
        // A Redis that has forgotten is no hole where we know better, and who overdoes it here does
        // not fill it for all. That we have no room ourselves is no reason to refuse.
        match self.memory.may_consume(key, share, now) {
            Ok(true) | Err(StoreError::Full) => {}
            known_or_refused => return known_or_refused,
        }
        if !redis.consume(key, expires_at.saturating_sub(now)).await? {
            return Ok(false);
        }
        Ok(self.memory.consume(key, expires_at, share, now).unwrap_or(true))
    }

    /// How many, this one included, in the window of so many seconds that began with the first.
    ///
    /// On an error whoever guards a password does not go on.
    pub async fn count(
        &self,
        key: &[u8; 32],
        window: u64,
        share: &Share<'_>,
        now: u64,
    ) -> Result<u64, StoreError> {
        let question = async {
            let count = self.memory.count(key, window, share, now);
            match (&self.redis, count) {
                (Some(redis), Ok(_) | Err(StoreError::Full)) => redis.count(key, window).await,
                (_, count) => count,
            }
        };
        self.timed(question).await
    }

    /// Forgets a count: the next one is the first.
    pub async fn forget(&self, key: &[u8; 32], now: u64) -> Result<(), StoreError> {
        self.memory.forget(key, now);
        match &self.redis {
            Some(redis) => self.timed(redis.forget(key)).await,
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn different_parts_are_counted_apart() {
        let key = |parts: &[&str]| Tally::SignInNetwork.key(parts);
        assert_eq!(key(&["login", "1"]), key(&["login", "1"]));
        for other in [&["login", "2"][..], &["logout", "1"], &["login1"], &["login", "1", ""]] {
            assert_ne!(key(&["login", "1"]), key(other), "{other:?}");
        }
        for other in [Tally::SignInPair, Tally::SignInAccount] {
            assert_ne!(key(&["1"]), other.key(&["1"]), "{other:?}");
        }
        assert_ne!(Tally::SignInPair.key(&["1"]), Tally::SignInAccount.key(&["1"]));
    }
}
