//! Counts what may happen so often: without a lock, and in eight bytes.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often something may happen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    pub(super) each_second: u32,
    /// At once, after a quiet time.
    pub(super) at_once: u32,
}

/// A second in its upper half; in its lower half, what is used of `Rate::at_once`. One that is zero
/// is unused.
#[derive(Debug, Default)]
pub(super) struct Bucket(AtomicU64);

impl Bucket {
    /// Whether it may happen once more, at this second.
    pub(super) fn take(&self, rate: Rate, now: u64) -> bool {
        let now = now & u64::from(u32::MAX);
        let one_more = |state: u64| {
            let (last, used) = (state >> 32, state & u64::from(u32::MAX));
            // A clock that is set back must not close the bucket for that long.
            let passed = now.abs_diff(last).saturating_mul(rate.each_second.into());
            let used = used.saturating_sub(passed);
            (used < rate.at_once.into()).then_some((now << 32) | (used + 1))
        };
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Rate};

    fn taken(bucket: &Bucket, rate: Rate, now: u64) -> u32 {
        (0..1000).map(|_| u32::from(bucket.take(rate, now))).sum()
    }

    #[test]
    fn a_bucket_gives_so_many_at_once_and_so_many_each_second() {
        let rate = Rate { each_second: 10, at_once: 100 };
        let bucket = Bucket::default();
        // (second, how many of a thousand)
        let cases = [
            ("at first", 1_796_000_000, 100),
            ("in the same second", 1_796_000_000, 0),
            ("a second later", 1_796_000_001, 10),
            ("three later", 1_796_000_004, 30),
            ("after a quiet time, and no more", 1_796_003_600, 100),
            ("the clock is set back by two seconds", 1_796_003_598, 20),
            ("by a day", 1_795_913_600, 100),
            ("beyond what a half holds", u64::MAX, 100),
        ];
        for (what, now, expected) in cases {
            assert_eq!(taken(&bucket, rate, now), expected, "{what}");
        }
    }

    #[test]
    fn threads_together_take_no_more() {
        let rate = Rate { each_second: 10, at_once: 100 };
        let bucket = Bucket::default();
        let all = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| taken(&bucket, rate, 7))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum::<u32>()
        });
        assert_eq!(all, 100);
    }
}
