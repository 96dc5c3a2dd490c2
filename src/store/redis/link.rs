//! One connection to a Redis, and how far back the memory of its other end goes.

use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use redis::{Cmd, FromRedisValue};

use super::WAIT;
use super::address::RedisAddress;
use super::trouble::Trouble;

/// Where the memory itself is remembered: the process that has it, and since when.
///
/// It has no end, so that no claim outlives it, and every claim is made only while it is there.
pub(super) const MEMORY: &str = "brandgate:memory";

/// How far the clocks of our own instances may be apart, in seconds.
pub(super) const CLOCKS_APART: u64 = 5;

/// Keeps the record of this process, or begins one. It writes in any case: who cannot write is of
/// no use.
const ATTEST: &str = "\
local known = redis.call('GET', KEYS[1])
if not known or string.sub(known, 1, #ARGV[1] + 1) ~= ARGV[1] .. ' ' then
  known = ARGV[1] .. ' ' .. ARGV[2]
end
redis.call('SET', KEYS[1], known)
return known";

/// A connection over which many ask at once.
pub(super) struct Link {
    connection: MultiplexedConnection,
    /// Whose memory it is.
    history: String,
    /// The record of its memory, as every instance reads it.
    pub(super) memory: String,
    /// What can have been claimed only from this moment on, is remembered.
    pub(super) since: u64,
    /// Whether the server gives up entries before their end when its memory is full.
    pub(super) evicts: bool,
}

impl Link {
    /// Connects, and finds out what the server still knows.
    ///
    /// A process that was started anew may have lost what it knew, all or the last of it, and so may
    /// a replica that took over, or a server that was one for a while: each has another `run_id` or
    /// `master_replid`. Where the record names others, or is gone, the memory begins now.
    pub(super) async fn open(address: &RedisAddress, now: u64) -> Result<Self, Trouble> {
        // Who waits decides how long; the library need not decide it a second time.
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(WAIT))
            .set_response_timeout(Some(WAIT));
        let client = address.client();
        let mut connection = client.get_multiplexed_async_connection_with_config(&config).await?;
        let about: String = redis::cmd("INFO").query_async(&mut connection).await?;
        let history = history(&about).ok_or(Trouble::Nameless)?;
        let evicts = line(&about, "maxmemory_policy").is_some_and(|it| it != "noeviction");
        let begins = now.saturating_add(CLOCKS_APART);
        let memory: String = redis::cmd("EVAL")
            .arg(ATTEST)
            .arg(1)
            .arg(MEMORY)
            .arg(&history)
            .arg(begins)
            .query_async(&mut connection)
            .await?;
        let since = memory.rsplit_once(' ').and_then(|(_, since)| since.parse().ok());
        let since = since.ok_or(Trouble::Forgot)?;
        Ok(Self { connection, history, memory, since, evicts })
    }

    /// Looks whether the other end is still whom we found there, and knows what it knew.
    pub(super) async fn check(&self) -> Result<(), Trouble> {
        let about: String = self.ask(&redis::cmd("INFO")).await?;
        let memory: Option<String> = self.ask(redis::cmd("GET").arg(MEMORY)).await?;
        let is_same = history(&about).as_ref() == Some(&self.history);
        let knows = memory.as_ref() == Some(&self.memory);
        if is_same && knows { Ok(()) } else { Err(Trouble::Forgot) }
    }

    pub(super) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Trouble> {
        let mut connection = self.connection.clone();
        let answer = command.query_async(&mut connection);
        match tokio::time::timeout(WAIT, answer).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Trouble::Late),
        }
    }
}

/// Names the process, and the line of writes that it has followed.
fn history(about: &str) -> Option<String> {
    let of = |name| line(about, name).filter(|id| is_id(id));
    Some([of("run_id")?, of("master_replid").unwrap_or_default()].concat())
}

/// The value of `name` in what INFO says.
fn line<'a>(about: &'a str, name: &str) -> Option<&'a str> {
    about.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
}

/// The record is read by its blank: a name with one would be read as something else.
fn is_id(text: &str) -> bool {
    text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{history, is_id, line};

    #[test]
    fn info_is_read_by_its_names() {
        let about = "# Server\r\nredis_version:7.0.15\r\nrun_id:d0c7\r\n\r\n# Memory\r\n\
                     used_memory:1\r\nmaxmemory_policy:allkeys-lru\r\nrun_id_of:x\r\n";
        let cases = [
            ("run_id", Some("d0c7")),
            ("maxmemory_policy", Some("allkeys-lru")),
            ("used_memory", Some("1")),
            ("run", None),
            ("maxmemory", None),
        ];
        for (name, value) in cases {
            assert_eq!(line(about, name), value, "{name}");
        }
    }

    #[test]
    fn a_history_is_of_one_process_and_one_line_of_writes() {
        let (one, other) = ("d0c70123456789abcdef", "0123456789abcdefd0c7");
        let about = |run: &str, replid: &str| format!("run_id:{run}\r\nmaster_replid:{replid}\r\n");
        let first = history(&about(one, one)).unwrap();
        assert_eq!(history(&about(one, one)), Some(first.clone()));
        assert_ne!(history(&about(one, other)), Some(first.clone()), "was a replica for a while");
        assert_ne!(history(&about(other, one)), Some(first), "was started anew");
        assert!(history(&format!("run_id:{one}\r\n")).is_some(), "before Redis 4");
        assert_eq!(history(&format!("master_replid:{one}\r\n")), None);
    }

    #[test]
    fn an_id_is_long_and_plain() {
        let cases = [
            ("d0c70123456789abcdefd0c70123456789abcdef", true),
            ("", false),
            ("0", false),
            ("d0c70123456789abcdef d0c70123456789", false),
        ];
        for (text, is_one) in cases {
            assert_eq!(is_id(text), is_one, "{text:?}");
        }
    }
}
