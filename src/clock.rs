//! The one reader of the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time, in whole Unix seconds.
///
/// Clones tell the same time. A test can move it, so that none has to wait.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    moved: Arc<AtomicI64>,
}

impl Clock {
    /// Seconds since 1970; 0 on a machine that believes to live before.
    pub fn now(&self) -> u64 {
        #[expect(clippy::disallowed_methods, reason = "this is the one reader of the clock")]
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        since_1970.as_secs().saturating_add_signed(self.moved.load(Ordering::Relaxed))
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
}
