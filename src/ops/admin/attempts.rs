//! Who has come with a wrong credential, and is told no more than that for a while.

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
    /// Notes that `client` was wrong at `now`, in Unix seconds; whether it was too often.
    pub(super) fn is_one_too_many(&self, client: IpAddr, now: u64) -> bool {
        let mut of = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (minute, counts) = &mut *of;
        if *minute != now / 60 {
            *minute = now / 60;
            counts.clear();
        }
        let is_told_apart = counts.contains_key(&client) || counts.len() < MOST_ADDRESSES;
        let client = if is_told_apart { client } else { Ipv4Addr::UNSPECIFIED.into() };
        let count = counts.entry(client).or_default();
        *count = count.saturating_add(1);
        *count > MOST
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::{Attempts, MOST, MOST_ADDRESSES};

    #[test]
    fn whoever_is_wrong_too_often_is_told_so_until_the_next_minute() {
        let (attempts, one, other) = (Attempts::default(), [192, 0, 2, 1], [192, 0, 2, 2]);
        for _ in 0..MOST {
            assert!(!attempts.is_one_too_many(one.into(), 119));
        }
        assert!(attempts.is_one_too_many(one.into(), 119));
        assert!(!attempts.is_one_too_many(other.into(), 119));
        assert!(!attempts.is_one_too_many(one.into(), 120));
    }

    #[test]
    fn many_addresses_take_no_more_room_and_no_more_tries() {
        let attempts = Attempts::default();
        let address = |number: usize| IpAddr::from(Ipv4Addr::from_bits(number.try_into().unwrap()));
        for number in 1..MOST_ADDRESSES + 100 {
            attempts.is_one_too_many(address(number), 0);
        }
        assert!(attempts.0.lock().unwrap().1.len() <= MOST_ADDRESSES + 1);
        assert!(attempts.is_one_too_many(address(1_000_000), 0), "one of too many");
        assert!(!attempts.is_one_too_many(address(1), 0));
    }
}
