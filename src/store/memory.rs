//! What this instance remembers by itself: it ends with the process.

mod entries;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use self::entries::{Entries, ShortKey};
use super::{Share, StoreError};

const MAX_USED: usize = 1_000_000;
const MAX_COUNTS: usize = 500_000;

/// What was used and what was counted, each up to a fixed number.
pub struct Memory {
    used: Mutex<Entries<()>>,
    counts: Mutex<Entries<u64>>,
}

impl Memory {
    /// An empty memory; it takes room as it fills, and gives it back.
    pub fn new() -> Self {
        Self::with_room_for(MAX_USED, MAX_COUNTS)
    }

    pub(super) fn with_room_for(used: usize, counts: usize) -> Self {
        let used = Mutex::new(Entries::with_room_for(used));
        Self { used, counts: Mutex::new(Entries::with_room_for(counts)) }
    }

    /// `true` the first time. Never forgets early: without room, it refuses.
    pub(super) fn consume(
        &self,
        key: &[u8; 32],
        expires_at: u64,
        share: &Share<'_>,
        now: u64,
    ) -> Result<bool, StoreError> {
        let mut used = open(&self.used, now);
        let key = short(key);
        if used.find(key, now).is_some() {
            return Ok(false);
        }
        let expires_at = expires_at.max(now.saturating_add(1));
        let is_news = used.insert(key, share, expires_at, ())?;
        drop(used);
        warn(is_news, share, "used tokens");
        Ok(true)
    }

    /// What [`Self::consume`] would say.
    pub(super) fn may_consume(
        &self,
        key: &[u8; 32],
        share: &Share<'_>,
        now: u64,
    ) -> Result<bool, StoreError> {
        let mut used = open(&self.used, now);
        if used.find(short(key), now).is_some() {
            return Ok(false);
        }
        used.room_for(share).map(|()| true)
    }

    pub(super) fn count(
        &self,
        key: &[u8; 32],
        window: u64,
        share: &Share<'_>,
        now: u64,
    ) -> Result<u64, StoreError> {
        let mut counts = open(&self.counts, now);
        let key = short(key);
        if let Some(count) = counts.find(key, now) {
            *count = count.saturating_add(1);
            return Ok(*count);
        }
        let is_news = counts.insert(key, share, now.saturating_add(window), 1)?;
        drop(counts);
        warn(is_news, share, "attempts at passwords");
        Ok(1)
    }

    pub(super) fn forget(&self, key: &[u8; 32], now: u64) {
        open(&self.counts, now).remove(short(key));
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Memory")
    }
}

fn open<V>(entries: &Mutex<Entries<V>>, now: u64) -> MutexGuard<'_, Entries<V>> {
    // No panic can leave entries half-written: each is one insertion.
    let mut entries = entries.lock().unwrap_or_else(PoisonError::into_inner);
    entries.forget(now);
    entries
}

fn short(key: &[u8; 32]) -> ShortKey {
    key.first_chunk().copied().unwrap_or_default()
}

fn warn(is_news: bool, share: &Share<'_>, of: &str) {
    if is_news {
        tracing::warn!(
            backend.name = share.backend,
            of,
            "a backend has filled four fifths of its share of the store: beyond it, its own people \
             are refused"
        );
    }
}

#[cfg(test)]
mod tests;
