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
    /// The rest of it is meant for what only a new start changes.
    #[error("a changed {keys} takes a restart, and {with} goes with it: put it back, or restart")]
    Restart {
        /// The keys that it takes a new start to change.
        keys: String,
        /// What must not change without them.
        with: &'static str,
    },
    /// Providers cannot be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// What goes on as it was, though a configuration that is in force says something else.
#[derive(Debug, thiserror::Error)]
pub enum Kept {
    /// It takes a new start to change it: the keys.
    #[error("a changed {0} takes a restart: until then it is as it was")]
    UntilRestart(String),
    /// Browsers take the certificate in force, and would not take this one.
    #[error(
        "the certificate has expired or is not valid yet, and the one in force is: `check` says more"
    )]
    Certificate,
    /// A restart would let in whom these many hashes deny, if they are of a key before.
    #[error(
        "deny.key is another, and {0} of deny.hashes, which were there before it, count by the one before \
         too, until a restart: make them anew by the new one, or restart if they are of it already"
    )]
    DenyKey(usize),
    /// With the new certificate, TLS cannot be spoken.
    #[error(transparent)]
    Tls(#[from] TlsError),
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

    /// Puts `config` in force, but for what is told: requests keep the table that they began with.
    pub fn replace(&mut self, config: Config) -> Result<(Changes, Vec<Kept>), ReplaceError> {
        let keys = self.server.keys_changed(&config.server);
        if let Some(with) = goes_with(&keys, &self.state.table(), &config.table) {
            return Err(ReplaceError::Restart { keys: keys.join(", "), with });
        }
        let Config { server, mut table, outline, .. } = config;
        table.backends.prepare(&self.state.http)?;
        let restart = (!keys.is_empty()).then(|| Kept::UntilRestart(keys.join(", ")));
        let not_followed = self.follow(server).err();
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
        let of_older_keys = Some(table.denied.by_older_keys()).filter(|hashes| *hashes > 0);
        let of_deny = of_older_keys.map(Kept::DenyKey);
        let kept: Vec<_> = restart.into_iter().chain(not_followed).chain(of_deny).collect();
        self.retired.push(self.state.replace(table));
        self.state.http.keep(self.state.table().backends.asked_within());
        self.outline = outline;
        let told = kept.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        self.state.metrics.reloads.set_partly_unused(!kept.is_empty());
        self.readiness.uses_all_but((!kept.is_empty()).then_some(told));
        self.readiness.add_change(self.state.now(), changes.to_string());
        self.state.reloaded(self.outline.checksum());
        Ok((changes, kept))
    }

    /// Goes by `server`, as far as that takes no restart.
    fn follow(&mut self, server: Server) -> Result<(), Kept> {
        if let (Some(old), Some(new)) = (&self.server.store, server.store)
            && old.is_same_place(&new)
            && !old.is_same(&new)
        {
            self.state.store.speak_as(new.clone());
            self.server.store = Some(new);
        }
        if let (Some(traces), Some(settings)) = (&self.state.traces, server.traces) {
            traces.send_to(settings);
        }
        if let (Some(audit), Some(settings)) = (&self.state.audit, server.audit) {
            audit.hide_by(&settings.key);
        }
        self.show(server.tls)
    }

    /// Has browsers see `certificate`, if they would take it, or do not take what they see now either.
    fn show(&mut self, certificate: Option<Certificate>) -> Result<(), Kept> {
        let (Some(tls), Some(old), Some(new)) = (&self.tls, &self.server.tls, certificate) else {
            return Ok(());
        };
        if old.is_same(&new) {
            return Ok(());
        }
        let now = self.state.now();
        if old.chain().is_valid_at(now) && !new.chain().is_valid_at(now) {
            return Err(Kept::Certificate);
        }
        tls.replace(&new)?;
        self.state.metrics.certificate_expires.set(new.chain().not_after());
        self.server.tls = Some(new);
        Ok(())
    }

    /// Says to whoever asks for health that what the files say is not used.
    pub fn refuse(&self, why: String) {
        self.state.metrics.reloads.refuse();
        self.readiness.uses_nothing_new(why);
    }

    /// Frees the tables that no request uses any more: large ones take longer than a request may.
    pub fn clear(&mut self) {
        self.retired.retain(|table| Arc::strong_count(table) > 1);
    }
}

/// What of `new` is meant for listeners as these `keys` say, which is not how they are.
fn goes_with(keys: &[&str], old: &Table, new: &Table) -> Option<&'static str> {
    let is_of_people = keys.contains(&"server.listen") || keys.contains(&"server.tls");
    let is_of_ops = keys.contains(&"server.ops.listen");
    let address = "where a client's address is read";
    let differ = [
        ("where browsers find us", is_of_people && !new.own_origins().eq(old.own_origins())),
        (address, is_of_people && new.client_address != old.client_address),
        ("that there is an admin page", is_of_ops && old.admin.is_empty() && !new.admin.is_empty()),
    ];
    differ.into_iter().find_map(|(what, differs)| differs.then_some(what))
}
