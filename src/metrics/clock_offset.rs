//! How far our clock is from Zendesk's: the median of what people bring along.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};

/// How many sign-ins the median is of.
const SAMPLES: usize = 31;

/// So few say nothing yet: a few old bookmarks would be the median.
const LEAST: usize = 15;

/// Seconds beyond which somebody has to know.
const FAR: u64 = 60;

/// Our clock less Zendesk's, by the `timestamp` of the last sign-ins that began, of which one a second is
/// looked at. Anybody can write one into a link: it says something, and decides nothing.
#[derive(Debug, Default)]
pub struct ClockOffset {
    /// The second in which one was looked at last.
    last: AtomicU64,
    taken: AtomicU64,
    samples: [AtomicI64; SAMPLES],
    is_far: AtomicBool,
}

/// What has become of the median.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ClockNews {
    /// It is now more than a minute, and was not.
    Far(i64),
    /// It was, and is no longer.
    Near(i64),
}

impl ClockOffset {
    /// Whether nobody was looked at in this second.
    pub fn is_due(&self, now: u64) -> bool {
        self.last.load(Relaxed) != now
    }

    /// Somebody comes at `now` whom Zendesk has sent at `theirs`, both in Unix seconds.
    pub fn observe(&self, now: u64, theirs: u64) -> Option<ClockNews> {
        if self.last.swap(now, Relaxed) == now {
            return None;
        }
        let offset = i64::try_from(now).ok()?.checked_sub_unsigned(theirs)?;
        let place = self.taken.fetch_add(1, Relaxed) % SAMPLES as u64;
        self.samples.get(usize::try_from(place).ok()?)?.store(offset, Relaxed);
        let median = self.median()?;
        let is_far = median.unsigned_abs() > FAR;
        let was_far = self.is_far.swap(is_far, Relaxed);
        let news = if is_far { ClockNews::Far(median) } else { ClockNews::Near(median) };
        (is_far != was_far).then_some(news)
    }

    /// In seconds, once it says something.
    pub fn median(&self) -> Option<i64> {
        let taken = usize::try_from(self.taken.load(Relaxed)).unwrap_or(SAMPLES).min(SAMPLES);
        let mut samples = self.samples.each_ref().map(|sample| sample.load(Relaxed));
        let samples = samples.get_mut(..taken).filter(|samples| samples.len() >= LEAST)?;
        samples.sort_unstable();
        samples.get(samples.len() / 2).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{ClockNews, ClockOffset};

    #[test]
    fn one_sign_in_a_second_is_looked_at() {
        let offset = ClockOffset::default();
        let looked_at = [7, 7, 8, 8, 7].map(|now| {
            let is_due = offset.is_due(now);
            offset.observe(now, now);
            is_due
        });
        assert_eq!(looked_at, [true, false, true, false, true]);
        assert_eq!(offset.taken.load(super::Relaxed), 3);
    }

    #[test]
    fn the_median_is_told_once_there_are_enough_and_old_links_do_not_move_it() {
        let offset = ClockOffset::default();
        for now in 1000..1014 {
            assert_eq!(offset.observe(now, now - 2), None);
            assert_eq!(offset.median(), None, "too few");
        }
        for now in 1014..1044 {
            // Every third link is a year old, or says nothing that could be.
            let theirs = [now - 2, now - 3, if now % 2 == 0 { 0 } else { u64::MAX }];
            assert_eq!(offset.observe(now, theirs[usize::try_from(now % 3).unwrap()]), None);
        }
        assert_eq!(offset.median(), Some(2));
    }

    #[test]
    fn who_is_far_is_told_once_and_once_that_it_is_over() {
        let offset = ClockOffset::default();
        let news = |from: u64, by: u64| {
            let all = (from..from + 40).filter_map(|now| offset.observe(now, now - by));
            all.collect::<Vec<_>>()
        };
        assert_eq!(news(1000, 60), []);
        assert_eq!(news(2000, 61), [ClockNews::Far(61)]);
        assert_eq!(news(3000, 90), []);
        assert_eq!(news(4000, 0), [ClockNews::Near(0)]);
    }
}
