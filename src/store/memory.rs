//! The store of a single instance: what it remembers ends with the process.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use foldhash::quality::RandomState;

use super::StoreError;

/// How many locks share the work.
const SHARDS: usize = 16;

/// What ends within so many seconds of each other is given back together.
const BUCKET_SECONDS: u64 = 32;

const MAX_CLAIMS: usize = 1_000_000;
const MAX_COUNTS: usize = 500_000;

/// Claims and counts in memory, each up to a fixed number.
pub struct Memory {
    claims: Shards<()>,
    counts: Shards<u64>,
}

impl Memory {
    /// An empty store; it takes memory as it fills, and gives it back.
    pub fn new() -> Self {
        Self::with_room_for(MAX_CLAIMS, MAX_COUNTS)
    }

    /// A store that has no room for anything.
    #[cfg(test)]
    pub(crate) fn full() -> Self {
        Self::with_room_for(0, 0)
    }

    /// Never forgets a claim early: once full, it refuses.
    pub(super) fn claim_once(
        &self,
        id: &[u8; 32],
        seconds: u64,
        now: u64,
    ) -> Result<bool, StoreError> {
        self.claims.with(id, now, |entries| {
            if entries.find(id, now).is_some() {
                return Ok(false);
            }
            entries.insert(*id, now.saturating_add(seconds), ()).map(|()| true)
        })
    }

    pub(super) fn count(&self, key: &[u8; 32], window: u64, now: u64) -> Result<u64, StoreError> {
        self.counts.with(key, now, |entries| {
            if let Some(count) = entries.find(key, now) {
                *count = count.saturating_add(1);
                return Ok(*count);
            }
            entries.insert(*key, now.saturating_add(window), 1).map(|()| 1)
        })
    }

    pub(super) fn forget(&self, key: &[u8; 32], now: u64) -> Result<(), StoreError> {
        self.counts.with(key, now, |entries| {
            entries.remove(key);
            Ok(())
        })
    }

    fn with_room_for(claims: usize, counts: usize) -> Self {
        Self { claims: Shards::with_room_for(claims), counts: Shards::with_room_for(counts) }
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

/// Entries behind several locks; which, is keyed, so that nobody can fill one alone on purpose.
struct Shards<V> {
    hasher: RandomState,
    shards: Vec<Mutex<Entries<V>>>,
}

impl<V> Shards<V> {
    fn with_room_for(entries: usize) -> Self {
        let shards = SHARDS.min(entries.max(1));
        let room = entries / shards;
        let shards = (0..shards).map(|_| Mutex::new(Entries::with_room_for(room))).collect();
        Self { hasher: RandomState::default(), shards }
    }

    fn with<T>(
        &self,
        id: &[u8; 32],
        now: u64,
        act: impl FnOnce(&mut Entries<V>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let count = self.shards.len().max(1) as u64;
        let which = usize::try_from(self.hasher.hash_one(id) % count).unwrap_or_default();
        let shard = self.shards.get(which);
        // No panic can leave entries half-written: each is one insertion.
        let mut entries =
            shard.ok_or(StoreError::Unavailable)?.lock().unwrap_or_else(PoisonError::into_inner);
        entries.forget(now);
        act(&mut entries)
    }
}

/// Entries by when they end, so that whole buckets are given back at once.
struct Entries<V> {
    buckets: BTreeMap<u64, HashMap<[u8; 32], Entry<V>, RandomState>>,
    len: usize,
    room: usize,
}

struct Entry<V> {
    ends: u64,
    value: V,
}

impl<V> Entries<V> {
    fn with_room_for(room: usize) -> Self {
        Self { buckets: BTreeMap::new(), len: 0, room }
    }

    /// Drops the buckets of which nothing lasts any more.
    fn forget(&mut self, now: u64) {
        while let Some(first) = self.buckets.first_entry() {
            if *first.key() >= now / BUCKET_SECONDS {
                return;
            }
            self.len -= first.remove().len();
        }
    }

    fn find(&mut self, id: &[u8; 32], now: u64) -> Option<&mut V> {
        let mut found = self.buckets.values_mut().filter_map(|bucket| bucket.get_mut(id));
        found.find(|entry| entry.ends > now).map(|entry| &mut entry.value)
    }

    fn remove(&mut self, id: &[u8; 32]) {
        self.len -= self.buckets.values_mut().filter_map(|bucket| bucket.remove(id)).count();
    }

    fn insert(&mut self, id: [u8; 32], ends: u64, value: V) -> Result<(), StoreError> {
        if self.len >= self.room {
            return Err(StoreError::Full);
        }
        let bucket = self.buckets.entry(ends / BUCKET_SECONDS).or_default();
        if bucket.insert(id, Entry { ends, value }).is_none() {
            self.len += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{BUCKET_SECONDS, Memory};
    use crate::store::contract::assert_conforms;
    use crate::store::{Store, StoreError};

    const NOW: u64 = 1_800_000_000;

    fn id(number: u64) -> [u8; 32] {
        let mut id = [0; 32];
        id[..8].copy_from_slice(&number.to_be_bytes());
        id
    }

    fn len(memory: &Memory) -> (usize, usize) {
        let claims = memory.claims.shards.iter().map(|shard| shard.lock().unwrap().len).sum();
        let counts = memory.counts.shards.iter().map(|shard| shard.lock().unwrap().len).sum();
        (claims, counts)
    }

    #[tokio::test]
    async fn it_does_what_every_store_must() {
        assert_conforms(async || Store::Memory(Memory::new()), async |_| {}).await;
    }

    #[test]
    fn a_full_store_refuses_and_forgets_nothing_early() {
        let memory = Memory::with_room_for(1, 1);
        assert_eq!(memory.claim_once(&id(1), 300, NOW), Ok(true));
        assert_eq!(memory.claim_once(&id(2), 300, NOW), Err(StoreError::Full));
        assert_eq!(memory.claim_once(&id(1), 300, NOW + 299), Ok(false), "still remembered");
        assert_eq!(memory.count(&id(1), 60, NOW), Ok(1));
        assert_eq!(memory.count(&id(2), 60, NOW), Err(StoreError::Full));
        assert_eq!(memory.count(&id(1), 60, NOW), Ok(2), "still counted");
        let later = NOW + 300 + BUCKET_SECONDS;
        assert_eq!(memory.claim_once(&id(2), 300, later), Ok(true), "there is room again");
        assert_eq!(memory.count(&id(2), 60, later), Ok(1), "there is room again");
    }

    #[test]
    fn memory_is_given_back() {
        let memory = Memory::new();
        for second in 0..1000 {
            for number in 0..10 {
                let id = id(second * 10 + number);
                assert_eq!(memory.claim_once(&id, 300, NOW + second), Ok(true));
                assert_eq!(memory.count(&id, 60, NOW + second), Ok(1));
            }
        }
        let (claims, counts) = len(&memory);
        assert!((3000..=3000 + 10 * 2 * 32).contains(&claims), "{claims} claims of 300 s");
        assert!((600..=600 + 10 * 2 * 32).contains(&counts), "{counts} counts of 60 s");
    }

    #[test]
    fn a_clock_that_is_set_back_makes_no_claim_free() {
        let memory = Memory::new();
        assert_eq!(memory.claim_once(&id(1), 300, NOW), Ok(true));
        assert_eq!(memory.claim_once(&id(1), 300, NOW - 10_000), Ok(false));
        assert_eq!(memory.claim_once(&id(1), u64::MAX, NOW + 300), Ok(true));
        assert_eq!(memory.claim_once(&id(1), 1, u64::MAX - 1), Ok(false), "the end of time");
    }

    #[test]
    fn a_panic_elsewhere_does_no_harm() {
        let memory = Memory::new();
        assert_eq!(memory.claim_once(&id(1), 300, NOW), Ok(true));
        let poison = || {
            let _guards: Vec<_> =
                memory.claims.shards.iter().map(|shard| shard.lock().unwrap()).collect();
            panic!("on purpose");
        };
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(poison)).is_err());
        assert_eq!(memory.claim_once(&id(1), 300, NOW), Ok(false));
        assert_eq!(memory.claim_once(&id(2), 300, NOW), Ok(true));
    }
}
