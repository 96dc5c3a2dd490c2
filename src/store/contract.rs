//! What every store must do. Each one's tests call [`assert_conforms`], Redis's from outside.

use std::sync::{Arc, Barrier};

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use super::{Share, Store, StoreError};

const NOW: u64 = 1_800_000_000;

const SHARE: Share<'static> = Share { backend: "shoes-site", network: None };

/// Checks the stores that `make` makes, each of them empty.
///
/// `pass` lets so many seconds go by for a store that has a clock of its own.
pub(crate) async fn assert_conforms(make: impl AsyncFn() -> Store, pass: impl AsyncFn(u64)) {
    a_key_is_used_to_the_second(&make().await, &pass).await;
    a_count_runs_for_its_window(&make().await, &pass).await;
    a_forgotten_count_begins_anew(&make().await).await;
    uses_and_counts_do_not_meet(&make().await).await;
    of_many_at_once_one_wins(make().await).await;
}

async fn consume(store: &Store, key: u8, now: u64) -> Result<bool, StoreError> {
    store.consume(&[key; 32], now + 300, &SHARE, now).await
}

async fn a_key_is_used_to_the_second(store: &Store, pass: &impl AsyncFn(u64)) {
    // (what, key, seconds after NOW, whether it is the first)
    let cases = [
        ("a fresh key", 1, 0, true),
        ("the same in the same second", 1, 0, false),
        ("another key", 2, 0, true),
        ("the same in its last second", 1, 299, false),
        ("the same after its time", 1, 300, true),
        ("used anew, in its last second", 1, 599, false),
        ("used anew, after its time", 1, 600, true),
    ];
    let mut now = NOW;
    for (what, key, after, first) in cases {
        pass(NOW + after - now).await;
        now = NOW + after;
        assert_eq!(consume(store, key, now).await, Ok(first), "{what}");
    }
}

async fn a_count_runs_for_its_window(store: &Store, pass: &impl AsyncFn(u64)) {
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
    let mut now = NOW;
    for (what, key, after, count) in cases {
        pass(NOW + after - now).await;
        now = NOW + after;
        assert_eq!(store.count(&[key; 32], 60, &SHARE, now).await, Ok(count), "{what}");
    }
}

async fn a_forgotten_count_begins_anew(store: &Store) {
    for count in [1, 2] {
        assert_eq!(store.count(&[1; 32], 60, &SHARE, NOW).await, Ok(count));
        assert_eq!(store.count(&[2; 32], 60, &SHARE, NOW).await, Ok(count));
    }
    assert_eq!(store.forget(&[1; 32], NOW).await, Ok(()));
    assert_eq!(store.forget(&[3; 32], NOW).await, Ok(()), "nothing to forget");
    assert_eq!(store.count(&[1; 32], 60, &SHARE, NOW).await, Ok(1));
    assert_eq!(store.count(&[2; 32], 60, &SHARE, NOW).await, Ok(3), "another key");
}

async fn uses_and_counts_do_not_meet(store: &Store) {
    assert_eq!(store.count(&[1; 32], 60, &SHARE, NOW).await, Ok(1));
    assert_eq!(consume(store, 1, NOW).await, Ok(true));
    assert_eq!(store.count(&[1; 32], 60, &SHARE, NOW).await, Ok(2));
    assert_eq!(store.forget(&[1; 32], NOW).await, Ok(()));
    assert_eq!(consume(store, 1, NOW).await, Ok(false));
}

async fn of_many_at_once_one_wins(store: Store) {
    const MANY: usize = 8;
    let (store, start) = (Arc::new(store), Arc::new(Barrier::new(MANY)));
    let tasks: Vec<_> = (0..MANY)
        .map(|_| {
            let (store, start, here) = (store.clone(), start.clone(), Handle::current());
            spawn_blocking(move || {
                start.wait();
                (0..100).map(|key| here.block_on(one_use(&store, key))).collect::<Vec<_>>()
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

async fn one_use(store: &Store, key: u8) -> (bool, u64) {
    let is_first = consume(store, key, NOW).await.unwrap();
    (is_first, store.count(&[0; 32], 60, &SHARE, NOW).await.unwrap())
}
