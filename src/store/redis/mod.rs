//! The store that instances share. What it says of a person is a hash, or nothing.

mod address;
mod connection;
mod failure;
mod reconnector;

use std::fmt;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use foldhash::quality::RandomState;
use redis::{Arg, Cmd, FromRedisValue, Pipeline, Value};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

pub use self::address::{InvalidRedisAddress, RedisAddress, RedisKind};
pub use self::reconnector::Reconnector;

use self::connection::Connection;
use self::failure::RedisFailure;
use super::StoreError;
use crate::calls::{Asked, Calls};

/// Longest that anybody waits for it.
const WAIT: Duration = Duration::from_millis(250);

/// Longest that a connection may take: requests do not wait so long, the next ones find it there.
const CONNECT_WAIT: Duration = Duration::from_secs(2);

/// Longest that anything is remembered, in seconds: what Redis counts with must not overflow.
const LONGEST: u64 = 366 * 24 * 3600;

/// Uses and counts in a Redis. Nobody waits longer for it than a quarter of a second.
pub struct Redis {
    shared: Arc<Shared>,
    /// Makes marks that no other process makes.
    marks: RandomState,
    made: AtomicU64,
}

/// What requests and the reconnector share.
struct Shared {
    /// The connection, while it is good.
    connection: watch::Sender<Option<Numbered>>,
    /// Tells the reconnector why it is not good any more.
    failures: mpsc::Sender<RedisFailure>,
    /// Where it is, and as whom it is spoken to from the next connection on.
    address: watch::Sender<RedisAddress>,
}

#[derive(Clone)]
struct Numbered {
    number: u64,
    connection: Connection,
}

/// Whether the store at `address` can do everything that is asked of one, or why not.
pub async fn reach_redis(address: &RedisAddress) -> Result<(), String> {
    let reached = async { Connection::open(address).await?.check().await };
    reached.await.map_err(|failure| failure.told(address))
}

impl Redis {
    /// A store at `address`, and who keeps the connection to it: without it, the store is away.
    pub fn new(address: RedisAddress) -> (Self, Reconnector) {
        let (failures, failed) = mpsc::channel(1);
        let connection = watch::Sender::new(None);
        let address = watch::Sender::new(address);
        let shared = Arc::new(Shared { connection, failures, address });
        let reconnector = Reconnector::new(shared.clone(), failed);
        (Self { shared, marks: RandomState::default(), made: AtomicU64::new(0) }, reconnector)
    }

    /// Speaks to the same Redis with the user and password of `address` from now on.
    pub(super) fn speak_as(&self, address: RedisAddress) {
        self.shared.address.send_replace(address);
    }

    /// `true`: nobody has used `key` within the seconds that they gave.
    ///
    /// Whose mark stands there has used it: if the answer was lost with the connection, the second
    /// try finds our own.
    pub(super) async fn consume(&self, key: &[u8; 32], seconds: u64) -> Result<bool, StoreError> {
        let (key, seconds) = (name("used", key), seconds.clamp(1, LONGEST));
        let mark = self.marks.hash_one(self.made.fetch_add(1, Ordering::Relaxed)).to_string();
        let mut commands = redis::pipe();
        commands.cmd("SET").arg(&key).arg(&mark).arg("NX").arg("EX").arg(seconds);
        commands.cmd("GET").arg(&key);
        let [set, found] = self.ask(&commands).await?;
        Ok(set == Value::Okay || read::<Option<String>>(found)?.is_some_and(|it| it == mark))
    }

    /// Only the first sets the end, so that the window does not move along.
    pub(super) async fn count(&self, key: &[u8; 32], window: u64) -> Result<u64, StoreError> {
        let (key, window) = (name("count", key), window.clamp(1, LONGEST));
        let mut commands = redis::pipe();
        commands.cmd("SET").arg(&key).arg(0).arg("NX").arg("EX").arg(window);
        commands.cmd("INCR").arg(&key);
        commands.cmd("TTL").arg(&key);
        let [_, count, left] = self.ask(&commands).await?;
        if read::<i64>(left)? < 0 {
            // It ended, or was forgotten, between the first command and the second.
            let mut commands = redis::pipe();
            commands.cmd("EXPIRE").arg(&key).arg(window);
            let [_] = self.ask(&commands).await?;
        }
        read(count)
    }

    pub(super) async fn forget(&self, key: &[u8; 32]) -> Result<(), StoreError> {
        let mut commands = redis::pipe();
        commands.cmd("DEL").arg(name("count", key));
        let [_] = self.ask(&commands).await?;
        Ok(())
    }

    /// Asks, and once more over a new connection where the old one has broken.
    async fn ask<const N: usize>(&self, commands: &Pipeline) -> Result<[Value; N], StoreError> {
        let noted =
            Calls::current().map(|calls| (calls.begin(Asked::Store(names(commands))), calls));
        let mut asked = 0;
        // In a box, so that whoever asks no Redis does not carry its state along.
        let answers = Box::pin(async {
            loop {
                let asking = self.shared.connection().await?;
                match asking.connection.ask(commands).await {
                    Ok(answers) => return Ok(answers),
                    Err(failure) if failure.is_of_the_command() => return Err(StoreError::Full),
                    Err(failure) => self.shared.give_up(asking.number, failure),
                }
                asked += 1;
                if asked == 2 {
                    return Err(StoreError::Unavailable);
                }
            }
        });
        // Whether the connection is to blame shows when it is looked after.
        let answers = timeout(WAIT, answers).await.unwrap_or(Err(StoreError::Unavailable));
        let answers =
            answers.and_then(|answers| answers.try_into().map_err(|_| StoreError::Unavailable));
        if let Some((place, calls)) = noted {
            calls.end(place, answers.as_ref().map(|_| None).map_err(|error| error.kind()));
        }
        answers
    }
}

impl Shared {
    /// The connection, as soon as there is one.
    async fn connection(&self) -> Result<Numbered, StoreError> {
        let mut connection = self.connection.subscribe();
        let known = connection.wait_for(Option::is_some).await;
        // They keep the sender themselves: it is there as long as they are.
        known.ok().and_then(|known| known.clone()).ok_or(StoreError::Unavailable)
    }

    /// From now on nobody asks over the connection of this number. The first to give it up says why.
    fn give_up(&self, number: u64, failure: RedisFailure) {
        self.connection.send_if_modified(|current| {
            let is_it = current.as_ref().is_some_and(|it| it.number == number);
            if is_it {
                *current = None;
                // Said at once, so that it is never taken for one of the next connection.
                let _ = self.failures.try_send(failure);
            }
            is_it
        });
    }
}

fn read<T: FromRedisValue>(value: Value) -> Result<T, StoreError> {
    redis::from_redis_value(value).map_err(|_| StoreError::Unavailable)
}

impl fmt::Debug for Redis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Redis")
    }
}

/// The names of `commands`, without what they are about.
fn names(commands: &Pipeline) -> Vec<String> {
    let name = |command: &Cmd| match command.args_iter().next() {
        Some(Arg::Simple(name)) => String::from_utf8_lossy(name).into_owned(),
        _ => String::new(),
    };
    commands.cmd_iter().map(name).collect()
}

fn name(kind: &str, key: &[u8; 32]) -> String {
    format!("brandgate:{kind}:{}", URL_SAFE_NO_PAD.encode(key))
}

#[cfg(test)]
mod tests;
