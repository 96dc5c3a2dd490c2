//! What is wrong with a Redis, in our own words: its own may hold anything.

use std::error::Error;
use std::io;
use std::sync::Arc;

use redis::{ErrorKind, RedisError, ServerErrorKind};

/// Why a Redis is of no use just now.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum Trouble {
    #[error("no answer in time")]
    Late,
    #[error("no connection")]
    NoConnection,
    #[error("its certificate is not trusted, or it speaks no TLS")]
    Certificate,
    #[error("it refuses the user or the password")]
    Password,
    #[error("its user may not run INFO, GET, SET, INCR, EXPIRE, DEL and EVAL on `brandgate:*`")]
    NotAllowed,
    #[error("it is still loading its data")]
    Loading,
    #[error("it is a replica and takes no writes")]
    Replica,
    #[error("it is full, and its maxmemory-policy evicts nothing")]
    Full,
    #[error("it does not say which process it is: INFO holds no run_id")]
    Nameless,
    #[error("it has lost what it knew")]
    Forgot,
    #[error("it refuses a command")]
    Refused,
}

impl From<RedisError> for Trouble {
    fn from(error: RedisError) -> Self {
        match error.kind() {
            ErrorKind::Io if is_certificate(&error) => Self::Certificate,
            ErrorKind::Io => Self::NoConnection,
            ErrorKind::AuthenticationFailed => Self::Password,
            ErrorKind::Server(ServerErrorKind::NoPerm) => Self::NotAllowed,
            ErrorKind::Server(ServerErrorKind::BusyLoading) => Self::Loading,
            ErrorKind::Server(ServerErrorKind::ReadOnly) => Self::Replica,
            _ => match error.code() {
                Some("NOAUTH" | "WRONGPASS") => Self::Password,
                Some("OOM") => Self::Full,
                _ => Self::Refused,
            },
        }
    }
}

/// What the library keeps of another library's error.
type Cause = dyn Error + Send + Sync;

/// What TLS finds wrong comes as data that an I/O operation could not make sense of.
fn is_certificate(error: &RedisError) -> bool {
    let shared = error.source().and_then(|cause| cause.downcast_ref::<Arc<Cause>>());
    let cause = shared.and_then(|cause| cause.downcast_ref::<io::Error>());
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::InvalidData)
}

#[cfg(test)]
mod tests {
    use std::io;

    use redis::RedisError;

    use super::Trouble;

    #[test]
    fn what_tls_finds_wrong_is_told_from_no_connection() {
        let cases = [
            (io::ErrorKind::InvalidData, Trouble::Certificate),
            (io::ErrorKind::ConnectionRefused, Trouble::NoConnection),
            (io::ErrorKind::UnexpectedEof, Trouble::NoConnection),
        ];
        for (kind, trouble) in cases {
            let error = RedisError::from(io::Error::new(kind, "hunter2"));
            assert_eq!(Trouble::from(error), trouble, "{kind:?}");
        }
    }
}
