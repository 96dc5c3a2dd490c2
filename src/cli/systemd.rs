//! What systemd is told (`Type=notify`): that the service is there, reads anew, stops, and lives.

use std::env::{self, VarError};
use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr as Path, UnixDatagram};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use super::private_listener;

/// What the health listener answers as long as the process does anything.
const ALIVE: &[u8] = b"HTTP/1.1 200 ";

/// Whoever started us, if it is systemd.
#[derive(Debug)]
pub(super) struct Systemd {
    socket: Option<(UnixDatagram, Path)>,
    /// How often it wants to hear that we live.
    watchdog: Option<Duration>,
}

impl Systemd {
    /// As the environment says; what is wrong with it is an error, for systemd would wait in vain.
    pub(super) fn new() -> io::Result<Self> {
        let socket = match variable("NOTIFY_SOCKET")? {
            None => None,
            Some(name) => {
                let path = match name.strip_prefix('@') {
                    Some(name) => Path::from_abstract_name(name)?,
                    None => Path::from_pathname(name)?,
                };
                Some((UnixDatagram::unbound()?, path))
            }
        };
        // Meant for another process, where it names one.
        let is_ours =
            variable("WATCHDOG_PID")?.is_none_or(|pid| pid.parse() == Ok(std::process::id()));
        let often = variable("WATCHDOG_USEC")?.and_then(|often| often.parse().ok());
        let watchdog = often.filter(|often| is_ours && *often > 0).map(Duration::from_micros);
        Ok(Self { socket, watchdog })
    }

    /// The service is there, or has done with reading anew.
    pub(super) fn ready(&self, status: &str) {
        self.tell(&format!("READY=1\nSTATUS={status}"));
    }

    /// What `systemctl status` shows from now on.
    pub(super) fn shows(&self, status: &str) {
        self.tell(&format!("STATUS={status}"));
    }

    /// The configuration is being read anew; `ready` follows.
    pub(super) fn reloading(&self) {
        let now = clock_gettime(ClockId::Monotonic);
        let now = Duration::try_from(now).unwrap_or_default().as_micros();
        self.tell(&format!("RELOADING=1\nMONOTONIC_USEC={now}"));
    }

    /// The service ends.
    pub(super) fn stopping(&self) {
        self.tell("STOPPING=1\nSTATUS=stopping");
    }

    /// Says that we live, as often as is asked for and as long as the health listener at `ops` says so.
    pub(super) fn watch(self: &Arc<Self>, ops: SocketAddr) -> io::Result<()> {
        let (Some(often), Some(_)) = (self.watchdog, &self.socket) else { return Ok(()) };
        let systemd = self.clone();
        let say = move || {
            loop {
                match lives(ops, often / 2) {
                    Ok(true) => systemd.tell("WATCHDOG=1"),
                    Ok(false) => {
                        tracing::warn!("the health listener does not say that all is well");
                    }
                    Err(error) => tracing::warn!(%error, "the health listener does not answer"),
                }
                thread::sleep(often / 4);
            }
        };
        thread::Builder::new().name("watchdog".to_owned()).spawn(say).map(drop)
    }

    fn tell(&self, what: &str) {
        let Some((socket, path)) = &self.socket else { return };
        if let Err(error) = socket.send_to_addr(what.as_bytes(), path) {
            tracing::warn!(%error, "systemd is not told what we do");
        }
    }
}

/// A variable of the environment, if it is there.
#[expect(clippy::disallowed_methods, reason = "systemd says by the environment where it listens")]
pub(super) fn variable(name: &str) -> io::Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(io::Error::other(format!("{name} is no text"))),
    }
}

/// Whether `/livez` answers that all is well, within so long.
fn lives(ops: SocketAddr, within: Duration) -> io::Result<bool> {
    let mut answer = [0; ALIVE.len()];
    private_listener::ask(ops, "/livez", within)?.read_exact(&mut answer)?;
    Ok(answer == ALIVE)
}
