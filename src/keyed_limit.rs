//! How many may do something at a time, in all and for each key: one key alone keeps no other out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A limit in all, and one for each key.
#[derive(Debug)]
pub struct KeyedLimit {
    limit: usize,
    held: Mutex<Held>,
}

/// Permits that are held now.
#[derive(Debug, Default)]
struct Held {
    all: usize,
    by_key: HashMap<String, usize>,
}

/// Leave to do it once, given back when it is dropped.
#[derive(Debug)]
pub struct Permit<'l> {
    limit: &'l KeyedLimit,
    keys: Vec<String>,
}

impl KeyedLimit {
    /// Nothing is held yet, of at most `limit` permits.
    pub fn new(limit: usize) -> Self {
        Self { limit, held: Mutex::default() }
    }

    /// Most permits that are held at a time, whatever their keys.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// One more permit, if there is one in all and for each of these keys, of each of which so many
    /// may be held.
    pub fn try_acquire(&self, keys: &[(&str, usize)]) -> Option<Permit<'_>> {
        let mut held = self.lock();
        let of = |key: &str| held.by_key.get(key).copied().unwrap_or_default();
        if held.all >= self.limit || keys.iter().any(|(key, limit)| of(key) >= *limit) {
            return None;
        }
        held.all += 1;
        let keys: Vec<String> = keys.iter().map(|(key, _)| (*key).to_owned()).collect();
        for key in &keys {
            *held.by_key.entry(key.clone()).or_default() += 1;
        }
        Some(Permit { limit: self, keys })
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        // Nothing panics while it is locked.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut held = self.limit.lock();
        held.all = held.all.saturating_sub(1);
        for key in &self.keys {
            match held.by_key.get_mut(key) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(held.by_key.remove(key)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeyedLimit;

    #[test]
    fn one_key_keeps_no_other_out() {
        let limit = KeyedLimit::new(4);
        let acquire = |network, backend| limit.try_acquire(&[(network, 2), (backend, 3)]);
        let (first, second) = (acquire("a", "x").unwrap(), acquire("a", "x").unwrap());
        assert!(acquire("a", "y").is_none(), "a has two");
        let third = acquire("b", "x").unwrap();
        assert!(acquire("b", "x").is_none(), "x has three");
        drop(first);
        let fourth = acquire("a", "y").unwrap();
        let fifth = acquire("c", "y").unwrap();
        assert!(acquire("d", "y").is_none(), "there are four");
        drop((second, third, fourth, fifth));
        assert!(limit.lock().by_key.is_empty(), "nothing is left of who has left");
        assert!(acquire("d", "y").is_some());
    }
}
