//! How many requests one network may send to one address: a token bucket for each.
//!
//! A bucket is one number: when it will be full again. Networks are told apart by a keyed hash of so many
//! bits, so memory has an end, nobody is thrown out by a stranger, and nobody waits for a lock.

use std::hash::BuildHasher as _;
use std::iter;
use std::net::IpAddr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use foldhash::fast::RandomState;

/// As many as there are buckets: half a megabyte. Two networks of which each is at its limit share one
/// by a chance of one to this.
const BUCKETS: usize = 1 << 16;

/// Most requests of one network to one address in a second, on the whole: a company that signs in behind
/// one address in the morning comes to a tenth.
const PER_SECOND: u64 = 100;

/// Most at once, of whoever has been silent: what comes in so many seconds on the whole.
const SECONDS_AT_ONCE: u64 = 20;

/// The buckets of all networks.
#[derive(Debug, Default)]
pub struct RateLimit {
    hasher: RandomState,
    /// When each is full again: hundredths of a second, since 1970. Made when the first is counted, which
    /// is never where nobody's address is known.
    full_at: OnceLock<Box<[AtomicU64]>>,
}

impl RateLimit {
    /// Whether `network` may send one more request to `address` at the time `now`, in seconds.
    pub fn admits(&self, network: IpAddr, address: &str, now: u64) -> bool {
        let place = usize::try_from(self.hasher.hash_one((network, address))).unwrap_or_default();
        let full_at =
            || iter::repeat_with(AtomicU64::default).take(BUCKETS).collect::<Box<[AtomicU64]>>();
        let Some(bucket) = self.full_at.get_or_init(full_at).get(place % BUCKETS) else {
            return true;
        };
        let (now, most) = (now.saturating_mul(PER_SECOND), SECONDS_AT_ONCE * PER_SECOND);
        let one_more = |full_at: u64| {
            let mut missing = full_at.saturating_sub(now);
            // The clock was set back, and by more than it takes to fill: nobody waits until it is there.
            if missing > 2 * most {
                missing = 0;
            }
            (missing < most).then_some(now + missing + 1)
        };
        bucket.fetch_update(Relaxed, Relaxed, one_more).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{IpAddr, PER_SECOND, RateLimit, SECONDS_AT_ONCE};

    /// How many of ten thousand are let through.
    fn admitted(limit: &RateLimit, network: &str, address: &str, now: u64) -> u64 {
        let network: IpAddr = network.parse().unwrap();
        (0..10_000).map(|_| u64::from(limit.admits(network, address, now))).sum()
    }

    #[test]
    fn a_bucket_is_emptied_at_once_and_fills_again_second_by_second() {
        let limit = RateLimit::default();
        let all = PER_SECOND * SECONDS_AT_ONCE;
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 1000), all);
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 1000), 0);
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 1001), PER_SECOND);
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 1004), 3 * PER_SECOND);
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 2000), all, "never more than that");
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 50), all, "the clock was set back");
        assert_eq!(admitted(&limit, "203.0.113.7", "/login", 40), 0, "by a little");
    }

    #[test]
    fn other_networks_and_addresses_have_buckets_of_their_own() {
        let limit = RateLimit::default();
        let all = PER_SECOND * SECONDS_AT_ONCE;
        admitted(&limit, "203.0.113.7", "/login", 1000);
        let others = (0..50)
            .filter(|last| admitted(&limit, &format!("2001:db8::{last}"), "/login", 1000) == all);
        assert!(others.count() >= 48, "two of so many hardly share one");
        assert_eq!(admitted(&limit, "203.0.113.7", "/access/jwt", 1000), all);
    }
}
