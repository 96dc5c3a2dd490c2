//! Who has come with a wrong credential, and may not try for a while.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Mutex, PoisonError};

/// Most wrong ones of one address within a minute.
const MOST: u32 = 10;

/// Addresses that are told apart within a minute; the others are one.
const MOST_ADDRESSES: usize = 1000;

/// Wrong credentials of this minute, by address.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<(u64, HashMap<IpAddr, u32>)>);

impl Attempts {
    /// Whether `client` may try at `now`, in Unix seconds.
    pub(super) fn admit(&self, client: IpAddr, now: u64) -> bool {
        self.with(client, now, |count| *count) < MOST
    }

    /// `client` was wrong.
    pub(super) fn note(&self, client: IpAddr, now: u64) {
        self.with(client, now, |count| {
            *count = count.saturating_add(1);
            *count
        });
    }

    fn with(&self, client: IpAddr, now: u64, look: impl FnOnce(&mut u32) -> u32) -> u32 {
        let mut of = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (minute, counts) = &mut *of;
        if *minute != now / 60 {
            *minute = now / 60;
            counts.clear();
        }
        let is_told_apart = counts.contains_key(&client) || counts.len() < MOST_ADDRESSES;
        let client = if is_told_apart { client } else { Ipv4Addr::UNSPECIFIED.into() };
        look(counts.entry(client).or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::{Attempts, MOST, MOST_ADDRESSES};

    #[test]
    fn whoever_is_wrong_too_often_waits_for_the_next_minute() {
        let (attempts, one, other) = (Attempts::default(), [192, 0, 2, 1], [192, 0, 2, 2]);
        for _ in 0..MOST {
            assert!(attempts.admit(one.into(), 119));
            attempts.note(one.into(), 119);
        }
        assert!(!attempts.admit(one.into(), 119));
        assert!(attempts.admit(other.into(), 119) && attempts.admit(one.into(), 120));
    }

    #[test]
    fn many_addresses_take_no_more_room_and_no_more_tries() {
        let attempts = Attempts::default();
        let address = |number: usize| IpAddr::from(Ipv4Addr::from_bits(number.try_into().unwrap()));
        for number in 1..MOST_ADDRESSES + 100 {
            attempts.note(address(number), 0);
        }
        assert!(attempts.0.lock().unwrap().1.len() <= MOST_ADDRESSES + 1);
        assert!(!attempts.admit(address(1_000_000), 0), "one of too many");
        assert!(attempts.admit(address(1), 0));
    }
}
