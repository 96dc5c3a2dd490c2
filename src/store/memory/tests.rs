//! What one instance remembers, for how long and for whom.

use ipnet::IpNet;

use super::entries::{BUCKET_SECONDS, SIZE};
use super::{MAX_COUNTS, MAX_USED, Memory};
use crate::store::contract::assert_conforms;
use crate::store::{Share, Store, StoreError};

const NOW: u64 = 1_800_000_000;

const SHOES: Share<'static> = Share { backend: "shoes-site", network: None };

fn key(number: usize) -> [u8; 32] {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&number.to_be_bytes());
    key
}

fn network(number: usize) -> IpNet {
    let [.., a, b, c] = number.to_be_bytes();
    IpNet::new([10, a, b, c].into(), 32).unwrap()
}

/// As many as it takes, and why then no more.
fn fill(
    memory: &Memory,
    share: &Share<'_>,
    keys: &mut impl Iterator<Item = usize>,
) -> (usize, StoreError) {
    let mut taken = 0;
    loop {
        match memory.consume(&key(keys.next().unwrap()), NOW + 300, share, NOW) {
            Ok(first) => assert!(first),
            Err(error) => return (taken, error),
        }
        taken += 1;
    }
}

fn len(memory: &Memory) -> (usize, usize) {
    (memory.used.lock().unwrap().len(), memory.counts.lock().unwrap().len())
}

#[tokio::test]
async fn it_does_what_every_store_must() {
    assert_conforms(async || Store::new(None), async |_| {}).await;
}

#[test]
fn a_full_memory_refuses_and_forgets_nothing_early() {
    let memory = Memory::with_room_for(1, 1);
    let consume = |number, now| memory.consume(&key(number), NOW + 300, &SHOES, now);
    let count = |number, now| memory.count(&key(number), 60, &SHOES, now);
    assert_eq!(consume(1, NOW), Ok(true));
    assert_eq!(consume(2, NOW), Err(StoreError::Full));
    assert_eq!(consume(1, NOW + 299), Ok(false), "still remembered");
    assert_eq!(count(1, NOW), Ok(1));
    assert_eq!(count(2, NOW), Err(StoreError::Full));
    assert_eq!(count(1, NOW), Ok(2), "still counted");
    let later = NOW + 300 + BUCKET_SECONDS;
    assert_eq!(consume(2, later), Ok(true), "there is room again");
    assert_eq!(count(2, later), Ok(1), "there is room again");
}

#[test]
fn a_backend_that_floods_fills_its_own_share_and_the_next_goes_on() {
    let memory = Memory::with_room_for(16 * 1024, 0);
    let mut keys = 0..;
    // (backend, how many of it are taken)
    let floods = [("first", 4096), ("second", 2048), ("third", 1024)];
    for (backend, most) in floods {
        let share = Share { backend, network: None };
        assert_eq!(fill(&memory, &share, &mut keys), (most, StoreError::BackendShare), "{backend}");
    }
    // Whatever comes before, this much is there for each of 512 backends.
    for number in 0..512 {
        let share = Share { backend: &number.to_string(), network: None };
        assert!(fill(&memory, &share, &mut keys).0 >= 16, "{number}");
    }
    let first = Share { backend: "first", network: None };
    let number = keys.next().unwrap();
    let again = |number| memory.consume(&key(number), NOW + 300, &first, NOW);
    assert_eq!(again(number), Err(StoreError::BackendShare), "the first does not go on");
    assert_eq!(again(0), Ok(false), "and what it used is remembered");
}

#[test]
fn a_network_that_floods_fills_its_own_share_of_its_backend() {
    let memory = Memory::new();
    let mut keys = 0..;
    let joe = Share { network: Some(network(1)), ..SHOES };
    let (taken, why) = fill(&memory, &joe, &mut keys);
    assert_eq!(why, StoreError::NetworkShare);
    assert!((7_000..8_000).contains(&taken), "docs/operations.md says about 7,000: {taken}");
    // Others at the same backend, one of them known by no network, and Joe at another one.
    for (what, share) in [
        ("another network", Share { network: Some(network(2)), ..SHOES }),
        ("no network", SHOES),
        ("another backend", Share { backend: "coffee-site", ..joe }),
    ] {
        let number = keys.next().unwrap();
        assert_eq!(memory.consume(&key(number), NOW + 300, &share, NOW), Ok(true), "{what}");
    }
    let (rest, why) = fill(&memory, &SHOES, &mut keys);
    assert_eq!(why, StoreError::BackendShare);
    let all = taken + 2 + rest;
    assert!((240_000..260_000).contains(&all), "docs/operations.md says about 250,000: {all}");
}

#[test]
fn of_thousands_of_networks_that_stay_within_their_limits_none_keeps_the_next_person_out() {
    let memory = Memory::new();
    let mut keys = 0..;
    for number in 0..4000 {
        let share = Share { network: Some(network(number)), ..SHOES };
        // Each tries as often as one network may.
        for _ in 0..2001 {
            let number = keys.next().unwrap();
            match memory.count(&key(number), 900, &share, NOW) {
                Ok(count) => assert_eq!(count, 1),
                Err(error) => {
                    assert_eq!(error, StoreError::NetworkShare);
                    break;
                }
            }
        }
    }
    let (_, counts) = len(&memory);
    assert!(counts > 60_000, "they fill what there is for them: {counts}");
    for backend in ["shoes-site", "coffee-site"] {
        for number in 5000..5100 {
            let share = Share { backend, network: Some(network(number)) };
            // Two attempts: the network, and each time an account and a pair.
            for _ in 0..5 {
                let number = keys.next().unwrap();
                let outcome = memory.count(&key(number), 900, &share, NOW);
                assert_eq!(outcome, Ok(1), "{backend}, network {number}");
            }
        }
    }
}

#[test]
fn shares_are_given_back_with_what_fills_them() {
    let memory = Memory::with_room_for(1000, 1000);
    let joe = Share { network: Some(network(1)), ..SHOES };
    let mut keys = 0..;
    for round in 0..3 {
        let now = NOW + round * (300 + BUCKET_SECONDS);
        for taken in 0..10 {
            let number = keys.next().unwrap();
            let outcome = memory.consume(&key(number), now + 300, &joe, now);
            let expected = if taken < 8 { Ok(true) } else { Err(StoreError::NetworkShare) };
            assert_eq!(outcome, expected, "{taken} of round {round}");
        }
    }
    let count = |number| memory.count(&key(number), 60, &joe, NOW);
    for number in 0..8 {
        assert_eq!(count(number), Ok(1));
    }
    assert_eq!(count(8), Err(StoreError::NetworkShare));
    memory.forget(&key(3), NOW);
    assert_eq!(count(8), Ok(1), "a success gives its place back");
    assert_eq!(count(9), Err(StoreError::NetworkShare), "one place");
}

#[test]
fn a_share_that_is_four_fifths_full_is_told_once_and_again_when_it_was_lower() {
    let mut entries = super::entries::Entries::with_room_for(4000);
    let mut told = Vec::new();
    for round in 0..3 {
        let now = NOW + round * (300 + BUCKET_SECONDS);
        entries.forget(now);
        for number in 0..950 {
            let mut key = [0; 16];
            key[..8].copy_from_slice(&u64::to_be_bytes(round * 1000 + number));
            if entries.insert(key, &SHOES, now + 300, ()) == Ok(true) {
                told.push((round, number + 1));
            }
        }
    }
    assert_eq!(told, [(0, 800), (1, 800), (2, 800)], "of a share of 1,000");
}

#[test]
fn memory_is_given_back() {
    let memory = Memory::new();
    for second in 0..1000 {
        for number in 0..10 {
            let (key, now) = (key(second * 10 + number), NOW + second as u64);
            assert_eq!(memory.consume(&key, now + 300, &SHOES, now), Ok(true));
            assert_eq!(memory.count(&key, 60, &SHOES, now), Ok(1));
        }
    }
    let (used, counts) = len(&memory);
    assert!((3000..=3000 + 10 * 2 * 32).contains(&used), "{used} keys of 300 s");
    assert!((600..=600 + 10 * 2 * 32).contains(&counts), "{counts} counts of 60 s");
}

#[test]
fn a_full_memory_costs_what_is_documented() {
    // docs/operations.md says 120 and 70 MB. A table of 2^n slots is filled to seven eighths, and an
    // entry of a network of its own takes one more, of 16 bytes.
    let bytes = |entries: usize, each: usize| {
        let slots = (entries * 8 / 7).next_power_of_two();
        slots * (each + 1) + slots * 17
    };
    let megabytes = [bytes(MAX_USED, SIZE) / 1_000_000, bytes(MAX_COUNTS, SIZE + 8) / 1_000_000];
    assert_eq!(megabytes, [121, 69], "of used tokens and of counts");
}

#[test]
fn a_clock_that_is_set_back_makes_no_key_free() {
    let memory = Memory::new();
    let consume = |expires_at, now| memory.consume(&key(1), expires_at, &SHOES, now);
    assert_eq!(consume(NOW + 300, NOW), Ok(true));
    assert_eq!(consume(NOW - 9700, NOW - 10_000), Ok(false));
    assert_eq!(consume(u64::MAX, NOW + 300), Ok(true));
    assert_eq!(consume(u64::MAX, u64::MAX - 1), Ok(false), "the end of time");
}

#[test]
fn a_panic_elsewhere_does_no_harm() {
    let memory = Memory::new();
    let consume = |number| memory.consume(&key(number), NOW + 300, &SHOES, NOW);
    assert_eq!(consume(1), Ok(true));
    let poison = || {
        let _guard = memory.used.lock().unwrap();
        panic!("on purpose");
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(poison)).is_err());
    assert_eq!(consume(1), Ok(false));
    assert_eq!(consume(2), Ok(true));
}
