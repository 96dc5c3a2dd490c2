//! Entries until they end, and whose they are: who floods meets a bound alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::num::NonZero;

use foldhash::quality::RandomState;

use crate::store::{Share, StoreError};

/// What ends within so many seconds of each other is given back together.
pub(super) const BUCKET_SECONDS: u64 = 32;

/// A backend has room for this part of the whole, however others flood.
const FEW_OF_BACKEND: usize = 1024;

/// A network has room for so many entries as long as its backend has any.
const FEW_OF_NETWORK: usize = 8;

/// The part of what its backend may still take that one network has at most.
const PART_OF_NETWORK: usize = 16;

/// Half of a SHA-256: as hard to meet as a UUID, in half the memory.
pub(super) type ShortKey = [u8; 16];

/// Entries by when they end, so that whole buckets are given back at once.
pub(super) struct Entries<V> {
    buckets: BTreeMap<u64, HashMap<ShortKey, Entry<V>, RandomState>>,
    /// How many entries each backend has, and each of its networks.
    held: HashMap<u64, usize, RandomState>,
    /// The backends whose share is nearly full, and was told to be.
    told: HashSet<u64, RandomState>,
    hasher: RandomState,
    len: usize,
    room: usize,
}

struct Entry<V> {
    expires_at: u64,
    holder: Holder,
    value: V,
}

/// A [`Share`] by its hashes.
#[derive(Clone, Copy)]
struct Holder {
    backend: u64,
    network: Option<NonZero<u64>>,
}

impl Holder {
    fn names(self) -> impl Iterator<Item = u64> {
        [Some(self.backend), self.network.map(NonZero::get)].into_iter().flatten()
    }
}

impl<V> Entries<V> {
    pub(super) fn with_room_for(room: usize) -> Self {
        Self {
            buckets: BTreeMap::new(),
            held: HashMap::default(),
            told: HashSet::default(),
            hasher: RandomState::default(),
            len: 0,
            room,
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Drops the buckets of which nothing lasts any more.
    pub(super) fn forget(&mut self, now: u64) {
        while let Some(first) = self.buckets.first_entry() {
            if *first.key() >= now / BUCKET_SECONDS {
                return;
            }
            for entry in first.remove().into_values() {
                self.give_back(entry.holder);
            }
        }
    }

    pub(super) fn find(&mut self, key: ShortKey, now: u64) -> Option<&mut V> {
        let mut found = self.buckets.values_mut().filter_map(|bucket| bucket.get_mut(&key));
        found.find(|entry| entry.expires_at > now).map(|entry| &mut entry.value)
    }

    pub(super) fn remove(&mut self, key: ShortKey) {
        let buckets = self.buckets.values_mut();
        let removed: Vec<_> = buckets.filter_map(|bucket| bucket.remove(&key)).collect();
        for entry in removed {
            self.give_back(entry.holder);
        }
    }

    /// Whether there is room for one more entry of `share`.
    pub(super) fn room_for(&self, share: &Share<'_>) -> Result<(), StoreError> {
        self.room_of(self.holder(share))
    }

    /// Makes an entry; `true`: the backend's share is four fifths full now, and was not before.
    pub(super) fn insert(
        &mut self,
        key: ShortKey,
        share: &Share<'_>,
        expires_at: u64,
        value: V,
    ) -> Result<bool, StoreError> {
        let holder = self.holder(share);
        self.room_of(holder)?;
        let bucket = self.buckets.entry(expires_at / BUCKET_SECONDS).or_default();
        let replaced = bucket.insert(key, Entry { expires_at, holder, value });
        self.len += 1;
        for name in holder.names() {
            *self.held.entry(name).or_default() += 1;
        }
        if let Some(replaced) = replaced {
            self.give_back(replaced.holder);
        }
        Ok(self.is_news(holder.backend))
    }

    fn holder(&self, share: &Share<'_>) -> Holder {
        let hash = |network| NonZero::new(self.hasher.hash_one((share.backend, network)));
        Holder {
            backend: self.hasher.hash_one(share.backend),
            network: share.network.and_then(hash),
        }
    }

    fn held_by(&self, name: u64) -> usize {
        self.held.get(&name).copied().unwrap_or_default()
    }

    /// Half of what a backend may have is for networks that have few, so that however many others
    /// fill theirs, the next person is served.
    fn room_of(&self, holder: Holder) -> Result<(), StoreError> {
        if self.len >= self.room {
            return Err(StoreError::Full);
        }
        let left = self.left_to(holder.backend);
        if left == 0 {
            return Err(StoreError::BackendShare);
        }
        let Some(network) = holder.network else { return Ok(()) };
        let held = self.held_by(network.get());
        let reserved = usize::midpoint(self.held_by(holder.backend), left);
        let part = left.saturating_sub(reserved) / PART_OF_NETWORK;
        if held >= part.max(FEW_OF_NETWORK) { Err(StoreError::NetworkShare) } else { Ok(()) }
    }

    /// How many entries more `backend` may have, if no other takes any.
    ///
    /// Half of all is for backends that have few. Of the other half each has at most as much as it
    /// leaves: one that floods gets half of it, a second one half of the rest.
    fn left_to(&self, backend: u64) -> usize {
        let (held, free) = (self.held_by(backend), self.room.saturating_sub(self.len));
        // Each entry more is one more here and one less there.
        let large = free.saturating_sub(self.room / 2).saturating_sub(held).div_ceil(2);
        let few = (self.room / FEW_OF_BACKEND).max(1).saturating_sub(held);
        large.max(few).min(free)
    }

    /// Told once, and again when the share was less than two thirds full meanwhile.
    fn is_news(&mut self, backend: u64) -> bool {
        let (held, left) = (self.held_by(backend), self.left_to(backend));
        if held < 2 * left {
            self.told.remove(&backend);
        }
        held >= 4 * left && self.told.insert(backend)
    }

    fn give_back(&mut self, holder: Holder) {
        self.len = self.len.saturating_sub(1);
        for name in holder.names() {
            match self.held.get_mut(&name) {
                Some(held) if *held > 1 => *held -= 1,
                _ => drop(self.held.remove(&name)),
            }
        }
    }
}

/// Bytes of one entry.
#[cfg(test)]
pub(super) const SIZE: usize = size_of::<(ShortKey, Entry<()>)>();
