//! The one reader of the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time, in whole Unix seconds.
///
/// Clones tell the same time. A test can move it, so that none has to wait.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    moved: Arc<AtomicI64>,
    skips: bool,
}

impl Clock {
    /// Seconds since 1970; 0 on a machine that believes to live before.
    pub fn now(&self) -> u64 {
        self.since_1970().as_secs()
    }

    /// The time since 1970, for those who order what happens within a second.
    pub fn since_1970(&self) -> Duration {
        #[expect(clippy::disallowed_methods, reason = "this is the one reader of the clock")]
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let moved = self.moved.load(Ordering::Relaxed);
        let seconds = since_1970.as_secs().saturating_add_signed(moved);
        Duration::new(seconds, since_1970.subsec_nanos())
    }

    /// A clock that moves on by itself where another would be waited for: it shows how long a wait
    /// was without anybody waiting.
    pub fn that_skips() -> Self {
        Self { skips: true, ..Self::default() }
    }

    /// Waits so many seconds; nothing else on the thread is held up.
    pub async fn wait(&self, seconds: u64) {
        if self.skips {
            self.advance(i64::try_from(seconds).unwrap_or(i64::MAX));
        } else {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
        }
    }

    /// Moves this clock and its clones by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.moved.fetch_add(seconds, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_moved_clock_moves_its_clones() {
        let clock = Clock::default();
        let before = clock.now();
        clock.clone().advance(7200);
        assert!(clock.now() >= before + 7200);
    }

    #[tokio::test]
    async fn a_clock_that_skips_shows_a_wait_and_does_not_take_it() {
        let clock = Clock::that_skips();
        let before = clock.now();
        let started = std::time::Instant::now();
        clock.clone().wait(3600).await;
        assert!(clock.now() >= before + 3600);
        assert!(started.elapsed().as_secs() < 3600);
    }
}
