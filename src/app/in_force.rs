//! What a service goes by, and what puts another configuration in its place while it runs.

use std::sync::Arc;

use actix_web::web::Data;

use crate::backend::HttpError;
use crate::config::{Changes, Config, Outline, Server};
use crate::ops::Readiness;
use crate::table::Table;
use crate::tls::{Certificate, Tls, TlsError};
use crate::web::State;

/// Why a configuration does not replace the one in force.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// It says something else about what only a new start changes: the keys.
    #[error("a changed {0} takes a restart: put back what was there, or restart")]
    Restart(String),
    /// Browsers take the certificate in force, and would not take this one.
    #[error(
        "the certificate has expired or is not valid yet, and the one in force is: `check` says more"
    )]
    Certificate,
    /// TLS cannot be spoken.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Providers cannot be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// The configuration that a service goes by, and what puts another in its place.
pub struct InForce {
    server: Server,
    tls: Option<Arc<Tls>>,
    state: Data<State>,
    readiness: Readiness,
    outline: Outline,
    /// Tables that requests may still use.
    retired: Vec<Arc<Table>>,
}

impl InForce {
    pub(super) fn new(
        server: Server,
        tls: Option<Arc<Tls>>,
        state: Data<State>,
        readiness: Readiness,
        outline: Outline,
    ) -> Self {
        Self { server, tls, state, readiness, outline, retired: Vec::new() }
    }

    /// Puts the table of `config` in force: requests keep the one that they began with.
    pub fn replace(&mut self, config: Config) -> Result<Changes, ReplaceError> {
        let keys = self.server.keys_changed(&config.server);
        if !keys.is_empty() {
            return Err(ReplaceError::Restart(keys.join(", ")));
        }
        let Config { server, mut table, outline, .. } = config;
        table.backends.prepare(&self.state.http)?;
        self.show(server.tls)?;
        if let Some(new) = server.store
            && self.server.store.as_ref().is_some_and(|old| !old.is_same(&new))
        {
            self.state.store.speak_as(new.clone());
            self.server.store = Some(new);
        }
        if let (Some(traces), Some(settings)) = (&self.state.traces, server.traces) {
            traces.send_to(settings);
        }
        let changes = {
            let old = self.state.table();
            table.inherit(&old);
            let (then, now) = (self.state.keys(&old), self.state.keys(&table));
            if !now.open_what_was_sealed_by(then) {
                tracing::warn!(
                    "server.state_key no longer has the one that sealed: the sign-ins under way end, \
                     and these people begin again"
                );
            }
            Changes::between((&old, &self.outline), (&table, &outline))
        };
        self.retired.push(self.state.replace(table));
        self.state.http.keep(self.state.table().backends.asked_within());
        self.outline = outline;
        self.readiness.set_refused(None);
        self.readiness.add_change(self.state.now(), changes.to_string());
        self.state.reloaded(self.outline.checksum());
        Ok(changes)
    }

    /// Has browsers see `certificate`, if they would take it, or do not take what they see now either.
    fn show(&mut self, certificate: Option<Certificate>) -> Result<(), ReplaceError> {
        let (Some(tls), Some(old), Some(new)) = (&self.tls, &self.server.tls, certificate) else {
            return Ok(());
        };
        if old.is_same(&new) {
            return Ok(());
        }
        let now = self.state.now();
        if old.chain().is_valid_at(now) && !new.chain().is_valid_at(now) {
            return Err(ReplaceError::Certificate);
        }
        tls.replace(&new)?;
        self.state.metrics.certificate_expires.set(new.chain().not_after());
        self.server.tls = Some(new);
        Ok(())
    }

    /// Says to whoever asks for health that what the files say is not used.
    pub fn refuse(&self, why: String) {
        self.state.metrics.reloads.refuse();
        self.readiness.set_refused(Some(why));
    }

    /// Frees the tables that no request uses any more: large ones take longer than a request may.
    pub fn clear(&mut self) {
        self.retired.retain(|table| Arc::strong_count(table) > 1);
    }
}
