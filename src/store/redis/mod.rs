//! The store that instances share. What it says of a person is a hash, or nothing.

mod address;
mod keeper;
mod link;
mod trouble;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use redis::{Cmd, FromRedisValue};
use tokio::sync::mpsc;

pub use self::address::{InvalidRedisAddress, RedisAddress};
pub use self::keeper::Keeper;

use self::link::{Link, MEMORY};
use self::trouble::Trouble;
use super::{Claim, StoreError};

/// Longest that anybody waits for it.
const WAIT: Duration = Duration::from_millis(250);

/// Longest that anything is remembered, in seconds: what Redis counts with must not overflow.
const LONGEST: u64 = 366 * 24 * 3600;

/// Claims once, if the memory is still the one that the asking instance knows.
const CLAIM: &str = "\
if redis.call('GET', KEYS[2]) ~= ARGV[2] then return -1 end
if redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[1]) then return 1 end
return 0";

/// Counts up; only the first sets the end, so that the window does not move along.
const COUNT: &str = "\
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count";

/// Claims and counts in a Redis. Nobody waits longer for it than a quarter of a second, and while it
/// is known to be away nobody waits at all.
pub struct Redis(Arc<Shared>);

/// What requests and the keeper share.
struct Shared {
    /// The connection, while it is good.
    link: ArcSwapOption<Link>,
    /// Tells the keeper that it is not, and why.
    breaks: mpsc::Sender<Trouble>,
}

impl Redis {
    /// A store at `address`, and who keeps the connection to it: without the keeper it is away.
    ///
    /// `now` tells the time, in Unix seconds.
    pub fn new(address: RedisAddress, now: impl Fn() -> u64 + Send + 'static) -> (Self, Keeper) {
        let (breaks, broken) = mpsc::channel(1);
        let shared = Arc::new(Shared { link: ArcSwapOption::empty(), breaks });
        (Self(shared.clone()), Keeper::new(address, Box::new(now), shared, broken))
    }

    /// Refuses what may have been claimed before the memory began.
    pub(super) async fn claim_once(&self, claim: &Claim<'_>, now: u64) -> Result<bool, StoreError> {
        let link = self.link()?;
        // Whole seconds: what is of the very one may be older.
        if claim.born <= link.since {
            return Err(StoreError::Forgotten);
        }
        let seconds = claim.ends.saturating_sub(now).clamp(1, LONGEST);
        let mut command = redis::cmd("EVAL");
        command.arg(CLAIM).arg(2).arg(key("claim", claim.id)).arg(MEMORY);
        command.arg(seconds).arg(&link.memory);
        match self.ask::<i64>(&link, &command).await? {
            1 => Ok(true),
            0 => Ok(false),
            _ => {
                self.0.give_up(&link, Trouble::Forgot);
                Err(StoreError::Unavailable)
            }
        }
    }

    pub(super) async fn count(&self, id: &[u8; 32], window: u64) -> Result<u64, StoreError> {
        let mut command = redis::cmd("EVAL");
        command.arg(COUNT).arg(1).arg(key("count", id)).arg(window.clamp(1, LONGEST));
        self.ask(&self.link()?, &command).await
    }

    pub(super) async fn forget(&self, id: &[u8; 32]) -> Result<(), StoreError> {
        let mut command = redis::cmd("DEL");
        command.arg(key("count", id));
        self.ask(&self.link()?, &command).await
    }

    fn link(&self) -> Result<Arc<Link>, StoreError> {
        self.0.link.load_full().ok_or(StoreError::Unavailable)
    }

    async fn ask<T: FromRedisValue>(
        &self,
        link: &Arc<Link>,
        command: &Cmd,
    ) -> Result<T, StoreError> {
        match link.ask(command).await {
            Ok(answer) => Ok(answer),
            // There is nothing wrong with the connection, and a new one would not make room.
            Err(Trouble::Full) => Err(StoreError::Full),
            Err(trouble) => {
                self.0.give_up(link, trouble);
                Err(StoreError::Unavailable)
            }
        }
    }
}

impl Shared {
    /// From now on nobody asks over `link`. The first to give it up says why.
    fn give_up(&self, link: &Arc<Link>, trouble: Trouble) {
        let here = Some(link.clone());
        let before = self.link.compare_and_swap(&here, None);
        if before.as_ref().is_some_and(|before| Arc::ptr_eq(before, link)) {
            // It fails only when the keeper is gone, and with it the service.
            let _ = self.breaks.try_send(trouble);
        }
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Redis")
    }
}

fn key(kind: &str, id: &[u8; 32]) -> String {
    format!("brandgate:{kind}:{}", URL_SAFE_NO_PAD.encode(id))
}

#[cfg(test)]
mod tests;
