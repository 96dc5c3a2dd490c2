//! The audit log: one line of JSON for each person who is handed off, given a token, or refused for who they are.
//!
//! Its lines are written as the log's are: whoever signs in waits for no disk.

mod file;
mod key;
mod line;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;

pub use self::key::{AuditKey, Pseudonym};
pub use self::line::{AuditEntry, AuditOutcome, Event};

use self::file::AuditFile;
use self::line::{OfItself, bytes};
use crate::clock::Clock;
use crate::log::{self, LogFailure, Output};

/// How long whoever takes the last lines may make the end wait.
const PATIENCE: Duration = Duration::from_secs(1);

/// What `server.audit` says.
#[derive(Clone, Debug)]
pub struct AuditSettings {
    /// The file; without one, standard output.
    pub file: Option<PathBuf>,
    /// What hides who people are.
    pub key: AuditKey,
}

/// Says what became of somebody by a command's doing: in the file of the service, which has made it (who runs
/// a command may be another user, and the service could not write what that one makes); where none is named,
/// on standard error.
pub fn write_by_hand(
    settings: Option<&AuditSettings>,
    entry: &AuditEntry<'_>,
    clock: &Clock,
) -> io::Result<()> {
    let line = bytes(entry, clock.since_1970());
    match settings.and_then(|it| it.file.as_deref()) {
        Some(path) => file::append(path, &line),
        None => log::remark(&String::from_utf8_lossy(&line)),
    }
}

/// The audit log of one service. Clones share it.
#[derive(Clone, Debug)]
pub struct Audit {
    output: Output,
    key: Arc<ArcSwap<AuditKey>>,
    clock: Clock,
}

impl Audit {
    /// Opens it, and says that it begins.
    pub fn start(settings: &AuditSettings, clock: Clock) -> io::Result<Self> {
        let out = AuditFile::open(settings.file.clone())?;
        let (now, key) = (clock.clone(), settings.key.clone());
        let lost = move |many| {
            tracing::warn!(lost = many, "lines of the audit log are lost: it could not be written");
            bytes(&OfItself::Lost { lines: many }, now.since_1970())
        };
        let output = Output::start("audit", clock.clone(), out, lost)?;
        let begun = OfItself::Begun { version: env!("CARGO_PKG_VERSION"), key: &key.id() };
        output.push(&bytes(&begun, clock.since_1970()));
        Ok(Self { output, key: Arc::new(ArcSwap::from_pointee(key)), clock })
    }

    /// Hides people by `key` from now on, and says from where on: each has another pseudonym then.
    pub fn hide_by(&self, key: &AuditKey) {
        let (old, new) = (self.key.load().id(), key.id());
        if old == new {
            return;
        }
        self.key.store(Arc::new(key.clone()));
        self.output.push(&bytes(&OfItself::Rekeyed { key: &new }, self.clock.since_1970()));
        tracing::warn!(old, new, "the audit log hides people by another key from here on");
    }

    /// The pseudonym of whoever has this address or this external id.
    pub fn person(&self, email: Option<&str>, external_id: Option<&str>) -> Pseudonym {
        self.key.load().person(email, external_id)
    }

    /// Says what became of somebody.
    pub fn write(&self, entry: &AuditEntry<'_>) {
        self.output.push(&bytes(entry, self.clock.since_1970()));
    }

    /// What keeps it from being written, if anything does.
    pub fn failure(&self) -> Option<LogFailure> {
        self.output.failure()
    }

    /// How many lines were lost since the start.
    pub fn lost(&self) -> u64 {
        self.output.lost()
    }

    /// Has the last lines written.
    pub fn end(&self) {
        self.output.end(PATIENCE);
    }
}
