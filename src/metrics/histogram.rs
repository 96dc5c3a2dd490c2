//! How long something took, in classes.

use std::array;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the classes, in microseconds, and as Prometheus writes them, in seconds.
pub const BOUNDS: [(u64, &str); 13] = [
    (500, "0.0005"),
    (1_000, "0.001"),
    (2_500, "0.0025"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    // A Redis that does not answer is waited for just longer than the one before.
    (500_000, "0.5"),
    (1_000_000, "1"),
    (2_500_000, "2.5"),
    (10_000_000, "10"),
];

/// How many took how long.
#[derive(Debug, Default)]
pub struct Histogram {
    classes: [AtomicU64; BOUNDS.len()],
    longer: AtomicU64,
    microseconds: AtomicU64,
}

impl Histogram {
    /// Adds one that took `time`.
    pub fn observe(&self, time: Duration) {
        let time = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let mut classes = BOUNDS.iter().zip(&self.classes);
        let class = classes.find(|((bound, _), _)| time <= *bound);
        class.map_or(&self.longer, |(_, class)| class).fetch_add(1, Relaxed);
        self.microseconds.fetch_add(time, Relaxed);
    }

    /// How many took no longer than each bound, and how many there were.
    pub fn cumulative(&self) -> ([u64; BOUNDS.len()], u64) {
        let mut sum = 0;
        let counts = self.classes.each_ref().map(|class| class.load(Relaxed));
        let mut counts = counts.into_iter();
        let cumulative = array::from_fn(|_| {
            sum += counts.next().unwrap_or_default();
            sum
        });
        (cumulative, sum + self.longer.load(Relaxed))
    }

    /// How long all of them took together, in microseconds.
    pub fn microseconds(&self) -> u64 {
        self.microseconds.load(Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BOUNDS, Histogram};

    #[test]
    fn each_time_is_in_every_class_that_it_does_not_exceed() {
        let histogram = Histogram::default();
        for microseconds in [0, 500, 501, 10_000_000, 10_000_001, 3_600_000_000] {
            histogram.observe(Duration::from_micros(microseconds));
        }
        let (cumulative, all) = histogram.cumulative();
        assert_eq!(cumulative, [2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
        assert_eq!(all, 6);
        assert_eq!(histogram.microseconds(), 3_620_001_002);
    }

    #[test]
    fn the_bounds_grow_and_are_written_as_they_are() {
        assert!(BOUNDS.is_sorted());
        for (bound, written) in BOUNDS {
            let seconds: f64 = written.parse().unwrap();
            assert_eq!(Duration::from_secs_f64(seconds), Duration::from_micros(bound));
        }
    }
}
