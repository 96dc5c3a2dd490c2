//! Sockets that systemd has opened and keeps: whoever connects while we are restarted waits for the next.

use std::net::{SocketAddr, TcpListener};

use listenfd::ListenFd;

use super::systemd::variable;
use crate::app::{StartError, listen, take_over};
use crate::plain::plain;

/// What `FileDescriptorName=` calls them.
const PUBLIC: &str = "public";
const OPS: &str = "ops";

/// Why the sockets that we were handed are not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum SocketError {
    /// The environment is no text.
    #[error(transparent)]
    Environment(#[from] std::io::Error),
    /// Nobody knows how many there are.
    #[error("LISTEN_FDS is no number of sockets")]
    Count,
    /// One has no name that we know.
    #[error(
        "one is called `{0}`: FileDescriptorName= is `{PUBLIC}` for people and `{OPS}` for health"
    )]
    Name(String),
    /// Two have the same name.
    #[error("two are called `{0}`, and one is taken: write one ListenStream=")]
    Twice(&'static str),
    /// What was handed over is no socket that anybody can connect to.
    #[error("`{name}` is of no use")]
    Useless {
        /// The name that `FileDescriptorName=` gives it.
        name: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A socket, if we were handed one.
#[derive(Debug, Default)]
pub(super) struct Handed(Option<TcpListener>);

/// The sockets that we were handed.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    /// For people.
    pub(super) public: Handed,
    /// For health.
    pub(super) ops: Handed,
}

impl Sockets {
    /// Takes them as the environment says; those that are meant for another process are left alone.
    pub(super) fn take() -> Result<Self, SocketError> {
        let Some(count) = variable("LISTEN_FDS")? else { return Ok(Self::default()) };
        let names = variable("LISTEN_FDNAMES")?.unwrap_or_default();
        let count: u16 = count.parse().map_err(|_| SocketError::Count)?;
        let mut descriptors = ListenFd::from_env();
        let mut sockets = Self::default();
        // Meant for another process, there are none.
        if descriptors.len() != usize::from(count) {
            return Ok(sockets);
        }
        let mut names = names.split(':');
        for index in 0..descriptors.len() {
            let (name, place) = match names.next().unwrap_or_default() {
                PUBLIC => (PUBLIC, &mut sockets.public.0),
                OPS => (OPS, &mut sockets.ops.0),
                other => return Err(SocketError::Name(plain(other))),
            };
            let useless = |source| SocketError::Useless { name, source };
            let listener = descriptors.take_tcp_listener(index).map_err(useless)?;
            let listener = listener.map(take_over).transpose().map_err(useless)?;
            if place.is_some() {
                return Err(SocketError::Twice(name));
            }
            *place = listener;
        }
        Ok(sockets)
    }
}

impl Handed {
    pub(super) fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// It, or one that listens where `key` says.
    pub(super) fn or_listen(
        self,
        key: &str,
        address: SocketAddr,
    ) -> Result<TcpListener, StartError> {
        let Some(listener) = self.0 else { return listen(address) };
        match listener.local_addr() {
            Ok(there) if there != address => {
                tracing::warn!("{key} says {address}, and the socket of systemd's is at {there}");
            }
            _ => {}
        }
        Ok(listener)
    }
}
