//! What is wrong with a Redis: in our own words, and in its own.

use std::error::Error;
use std::io;
use std::sync::Arc;

use redis::{Client, ConnectionAddr, RedisError, ServerError, Value};

use super::address::RedisAddress;

/// Most characters of another's words that the log repeats.
const MOST_WORDS: usize = 160;

/// Why a Redis is of no use just now.
#[derive(Debug)]
pub(super) struct RedisFailure {
    pub(super) reason: Reason,
    who: Who,
    /// What it said itself, or the system did; not fit for the log as it is.
    words: String,
}

/// Who of all that are asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Who {
    /// There is but one.
    TheOne,
    /// Counted from 1, as they are written.
    Sentinel { number: usize, of: usize },
    /// Whom a Sentinel named.
    Master,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum Reason {
    #[error("no answer within 250 ms")]
    Late,
    #[error("no connection")]
    NoConnection,
    #[error("no TLS connection: nobody answers there, or it speaks no TLS")]
    NoTlsConnection,
    #[error("its certificate is not trusted")]
    Certificate,
    #[error("it speaks no TLS, which `rediss://` asks for")]
    NoTls,
    #[error("it closes the connection, or answers as no Redis does; for TLS it is `rediss://`")]
    NoRedis,
    #[error("it refuses the user or the password")]
    Password,
    #[error("its user may not do all that is needed on `brandgate:*`")]
    NotAllowed,
    #[error("it is still loading its data")]
    Loading,
    #[error("it is a replica and takes no writes")]
    Replica,
    #[error("it is full, and its maxmemory-policy evicts nothing")]
    Full,
    #[error("it is a Sentinel, or lacks a command: of a Sentinel, `sentinel` names the master")]
    Sentinel,
    #[error("no Sentinel knows a master of this name")]
    NoMaster,
    #[error("it is a node of a Cluster: `cluster: true` says so")]
    ClusterNode,
    #[error("it refuses")]
    Refused,
}

impl RedisFailure {
    fn new(reason: Reason, words: String) -> Self {
        Self { reason, who: Who::TheOne, words }
    }

    pub(super) fn late() -> Self {
        Self::new(Reason::Late, String::new())
    }

    pub(super) fn no_connection() -> Self {
        Self::new(Reason::NoConnection, String::new())
    }

    pub(super) fn no_master() -> Self {
        Self::new(Reason::NoMaster, String::new())
    }

    /// Nobody has said anything yet: what takes too long is the connection.
    pub(super) fn of_connecting(to: &Client, error: RedisError) -> Self {
        let is_tls = matches!(to.get_connection_info().addr(), ConnectionAddr::TcpTls { .. });
        let mut failure = Self::of_connecting_to_nodes(error);
        if is_tls && failure.reason == Reason::NoConnection && failure.words.is_empty() {
            failure.reason = Reason::NoTlsConnection;
        }
        failure
    }

    /// As [`Self::of_connecting`]; which node it was, a Cluster's library does not say.
    pub(super) fn of_connecting_to_nodes(error: RedisError) -> Self {
        let mut failure = Self::from(error);
        if failure.reason == Reason::Late {
            failure.reason = Reason::NoConnection;
        }
        failure
    }

    /// It was a Sentinel, the `number`th, unless it was the master.
    pub(super) fn of_sentinel(mut self, number: usize, of: usize) -> Self {
        if self.who == Who::TheOne && self.reason != Reason::NoMaster {
            self.who = Who::Sentinel { number, of };
        }
        self
    }

    /// The same failure, of the master that a Sentinel named.
    pub(super) fn of_master(mut self) -> Self {
        self.who = Who::Master;
        self
    }

    /// Whether a Sentinel did its part.
    pub(super) fn is_of_master(&self) -> bool {
        self.who == Who::Master
    }

    /// It has said nothing yet that a Redis says.
    pub(super) fn of_first_words(mut self) -> Self {
        if self.reason == Reason::NoConnection {
            self.reason = Reason::NoRedis;
        }
        self
    }

    /// The first error among `answers`.
    pub(super) fn among(answers: &[Value]) -> Option<Self> {
        answers.iter().find_map(|answer| match answer {
            Value::ServerError(error) => Some(Self::from(error)),
            Value::Array(answers) => Self::among(answers),
            _ => None,
        })
    }

    /// Whether another, or the same once more, may well take it: the connection is good.
    pub(super) fn is_of_the_command(&self) -> bool {
        self.reason == Reason::Full
    }

    /// What the log has of it: cut, in one line, and without what `address` holds.
    pub(super) fn told(&self, address: &RedisAddress) -> String {
        // "unknown command 'AUTH', with args beginning with: 'hunter2'"
        let words = self.words.split(", with args beginning with").next().unwrap_or_default();
        let words = address.blank(words);
        let is_plain = |it: char| it == '…' || it == ' ' || it.is_ascii_graphic();
        let words: String = words.trim().chars().take(MOST_WORDS).collect();
        let words = words.replace(|it| !is_plain(it), "?");
        let reason = match self.who {
            Who::TheOne => self.reason.to_string(),
            Who::Sentinel { number, of } => format!("Sentinel {number} of {of}: {}", self.reason),
            Who::Master => format!("the Sentinels' master: {}", self.reason),
        };
        if words.is_empty() { reason } else { format!("{reason} ({words})") }
    }
}

impl From<&ServerError> for RedisFailure {
    fn from(error: &ServerError) -> Self {
        let details = error.details().unwrap_or_default();
        let reason = match error.code() {
            _ if details.starts_with("unknown command") => Reason::Sentinel,
            "NOAUTH" | "WRONGPASS" => Reason::Password,
            _ if details.contains("AUTH") => Reason::Password,
            "NOPERM" => Reason::NotAllowed,
            "LOADING" => Reason::Loading,
            "READONLY" => Reason::Replica,
            "OOM" => Reason::Full,
            "MOVED" | "ASK" | "CROSSSLOT" => Reason::ClusterNode,
            _ => Reason::Refused,
        };
        Self::new(reason, format!("{} {details}", error.code()))
    }
}

impl From<RedisError> for RedisFailure {
    fn from(error: RedisError) -> Self {
        if let Some(error) = error.source().and_then(|it| it.downcast_ref::<ServerError>()) {
            return error.into();
        }
        let words = error.to_string();
        let reason = match error.kind() {
            redis::ErrorKind::Io if error.is_timeout() => Reason::Late,
            redis::ErrorKind::Io => match io_error(&error).map(io::Error::kind) {
                Some(io::ErrorKind::InvalidData) if words.contains("certificate") => {
                    Reason::Certificate
                }
                Some(io::ErrorKind::InvalidData) => Reason::NoTls,
                _ => Reason::NoConnection,
            },
            redis::ErrorKind::AuthenticationFailed => Reason::Password,
            redis::ErrorKind::Parse | redis::ErrorKind::UnexpectedReturnType => Reason::NoRedis,
            redis::ErrorKind::ClusterConnectionNotFound => Reason::NoConnection,
            _ => Reason::Refused,
        };
        let words =
            if matches!(reason, Reason::Late | Reason::NoRedis) { String::new() } else { words };
        Self::new(reason, words)
    }
}

/// What the library keeps of another library's error.
type Cause = dyn Error + Send + Sync;

/// What TLS finds wrong comes as data that an I/O operation could not make sense of.
fn io_error(error: &RedisError) -> Option<&io::Error> {
    let shared = error.source().and_then(|cause| cause.downcast_ref::<Arc<Cause>>());
    shared.and_then(|cause| cause.downcast_ref::<io::Error>())
}
