//! What must be remembered for a while: claims, once each, and counts. Every `now` is in Unix
//! seconds.

mod memory;

use aws_lc_rs::digest::{Context, SHA256};

pub use self::memory::Memory;

/// Where it is remembered.
#[derive(Debug)]
pub enum Store {
    /// In this process, for one instance.
    Memory(Memory),
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
}

/// What is counted, so that counts of different things never meet.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// Sign-ins or sign-outs of one browser.
    Loop,
}

impl Purpose {
    /// The key under which it is counted: a hash, so that the store learns nothing of its parts.
    pub fn key(self, parts: &[&str]) -> [u8; 32] {
        let label = match self {
            Self::Loop => "loop",
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
    /// Claims `id` for so many seconds; `false`: it is claimed already.
    ///
    /// On an error nobody may use what the claim is for: it may be the second time.
    #[expect(clippy::unused_async, reason = "a store that others share answers later")]
    pub async fn claim_once(
        &self,
        id: &[u8; 32],
        seconds: u64,
        now: u64,
    ) -> Result<bool, StoreError> {
        match self {
            Self::Memory(memory) => memory.claim_once(id, seconds, now),
        }
    }

    /// How many, this one included, in the window of so many seconds that began with the first.
    ///
    /// On an error the caller goes on: a count only breaks loops.
    #[expect(clippy::unused_async, reason = "a store that others share answers later")]
    pub async fn count(&self, key: &[u8; 32], window: u64, now: u64) -> Result<u64, StoreError> {
        match self {
            Self::Memory(memory) => memory.count(key, window, now),
        }
    }
}

/// What every store must do. Each one's tests call this with a way to make an empty one.
#[cfg(test)]
pub(crate) async fn assert_conforms(make: impl AsyncFn() -> Store) {
    tests::a_claim_holds_to_the_second(&make().await).await;
    tests::a_count_runs_for_its_window(&make().await).await;
    tests::claims_and_counts_do_not_meet(&make().await).await;
    tests::of_many_at_once_one_wins(make().await).await;
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Barrier};

    use tokio::runtime::Handle;
    use tokio::task::spawn_blocking;

    use super::{Purpose, Store};

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn different_parts_are_counted_apart() {
        let key = |parts: &[&str]| Purpose::Loop.key(parts);
        assert_eq!(key(&["login", "1"]), key(&["login", "1"]));
        for other in [&["login", "2"][..], &["logout", "1"], &["login1"], &["login", "1", ""]] {
            assert_ne!(key(&["login", "1"]), key(other), "{other:?}");
        }
    }

    pub(super) async fn a_claim_holds_to_the_second(store: &Store) {
        // (what, id, seconds after NOW, whether it is the first)
        let cases = [
            ("a fresh id", 1, 0, true),
            ("the same in the same second", 1, 0, false),
            ("another id", 2, 0, true),
            ("the same in its last second", 1, 299, false),
            ("the same after its time", 1, 300, true),
            ("claimed anew, in its last second", 1, 599, false),
            ("claimed anew, after its time", 1, 600, true),
        ];
        for (what, id, after, first) in cases {
            assert_eq!(store.claim_once(&[id; 32], 300, NOW + after).await, Ok(first), "{what}");
        }
    }

    pub(super) async fn a_count_runs_for_its_window(store: &Store) {
        // (what, key, seconds after NOW, count)
        let cases = [
            ("the first", 1, 0, 1),
            ("the second", 1, 0, 2),
            ("another key", 2, 30, 1),
            ("in the last second", 1, 59, 3),
            ("after the window", 1, 60, 1),
            ("in the next window", 1, 61, 2),
            ("another key, in its own window", 2, 89, 2),
            ("another key, after its own window", 2, 90, 1),
        ];
        for (what, key, after, count) in cases {
            assert_eq!(store.count(&[key; 32], 60, NOW + after).await, Ok(count), "{what}");
        }
    }

    pub(super) async fn claims_and_counts_do_not_meet(store: &Store) {
        assert_eq!(store.count(&[1; 32], 60, NOW).await, Ok(1));
        assert_eq!(store.claim_once(&[1; 32], 60, NOW).await, Ok(true));
        assert_eq!(store.count(&[1; 32], 60, NOW).await, Ok(2));
        assert_eq!(store.claim_once(&[1; 32], 60, NOW).await, Ok(false));
    }

    pub(super) async fn of_many_at_once_one_wins(store: Store) {
        const MANY: usize = 8;
        let (store, start) = (Arc::new(store), Arc::new(Barrier::new(MANY)));
        let tasks: Vec<_> = (0..MANY)
            .map(|_| {
                let (store, start, here) = (store.clone(), start.clone(), Handle::current());
                spawn_blocking(move || {
                    start.wait();
                    (0..100).map(|id| here.block_on(one_claim(&store, id))).collect::<Vec<_>>()
                })
            })
            .collect();
        let mut winners = vec![0; 100];
        let mut counts = Vec::new();
        for task in tasks {
            for (winners, (is_first, count)) in winners.iter_mut().zip(task.await.unwrap()) {
                *winners += u32::from(is_first);
                counts.push(count);
            }
        }
        counts.sort_unstable();
        assert!(winners.iter().all(|winners| *winners == 1), "one of each wins: {winners:?}");
        assert!(counts.into_iter().eq(1..=100 * MANY as u64), "each is counted once");
    }

    async fn one_claim(store: &Store, id: u8) -> (bool, u64) {
        let is_first = store.claim_once(&[id; 32], 300, NOW).await.unwrap();
        (is_first, store.count(&[0; 32], 60, NOW).await.unwrap())
    }
}
