//! What serving takes, put together before anybody comes.

use std::sync::Arc;

use actix_web::web::Data;

use super::StartError;
use crate::audit::Audit;
use crate::backend::Http;
use crate::clock::Clock;
use crate::config::Server;
use crate::store::{Reconnector, Redis, Store};
use crate::table::Table;
use crate::tls::{Certificate, Tls, TlsError};
use crate::token::StateKeys;
use crate::traces::{Exporter, Traces};
use crate::web::State;

/// What requests share, and what works for them beside the listeners.
pub(super) struct Parts {
    pub(super) state: Data<State>,
    pub(super) tls: Option<Arc<Tls>>,
    pub(super) reconnector: Option<Reconnector>,
    pub(super) exporter: Option<Exporter>,
}

impl Parts {
    /// Puts together what serves `table` to so many connections.
    pub(super) fn new(
        server: &Server,
        table: Table,
        connections: usize,
        clock: &Clock,
    ) -> Result<Self, StartError> {
        if table.state_keys.is_none() {
            tracing::info!(
                "no server.state_key: a random one, so sign-ins under way end with this process"
            );
        }
        let http = Http::default();
        // What would fail at the first sign-in fails here.
        table.backends.prepare(&http)?;
        let (redis, reconnector) = server.store.clone().map(Redis::new).unzip();
        let (store, keys) = (Store::new(redis), StateKeys::random()?);
        let mut state = State::new(table, store, keys, http, clock.clone(), connections)?;
        if let Some(settings) = &server.audit {
            let audit = Audit::start(settings, clock.clone()).map_err(|source| {
                let file = settings.file.as_deref();
                let place =
                    file.map_or("standard output".to_owned(), |it| it.display().to_string());
                StartError::Audit { place, source }
            })?;
            state.audit = Some(audit);
        }
        let tls = server.tls.as_ref().map(|it| speak_tls(&mut state, it)).transpose()?;
        let traces = server.traces.clone().map(|it| Traces::new(it, clock.clone())).transpose()?;
        let (traces, exporter) = traces.unzip();
        state.traces = traces;
        Ok(Self { state: Data::new(state), tls, reconnector, exporter })
    }
}

/// Has everything know that people come by TLS, and are shown `certificate`.
fn speak_tls(state: &mut State, certificate: &Certificate) -> Result<Arc<Tls>, TlsError> {
    state.speaks_tls = true;
    state.metrics.certificate_expires.set(certificate.chain().not_after());
    Tls::new(certificate).map(Arc::new)
}
