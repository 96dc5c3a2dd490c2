//! The composition root: a configuration becomes a running service.

mod background;
mod in_force;
mod listener;
mod parts;
mod private;
mod public;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZero;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use actix_server::ServerHandle;
use actix_web::rt::System;
use actix_web::web::Data;

use self::background::Background;
pub use self::in_force::{InForce, ReplaceError};
pub use self::listener::{listen, take_over};
use self::parts::Parts;
use crate::audit::Audit;
use crate::backend::{HttpError, MOST_AT_ONCE};
use crate::clock::Clock;
use crate::config::Config;
use crate::descriptors::{self, Budget};
use crate::ops::{Admin, MostConnections, Readiness};
use crate::tls::TlsError;
use crate::token::SealError;
use crate::traces;
use crate::web::TextsError;

/// How long those that have connected already have to say what they want.
const SETTLED: Duration = Duration::from_millis(250);

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else has the port, or we may not have it.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address and port.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// Where so few files may be open, the threads would panic one by one.
    #[error(
        "the system allows {files} open files, and {least} are needed: raise the hard limit \
         (LimitNOFILE, ulimit -Hn)",
        least = descriptors::LEAST
    )]
    FewFiles {
        /// The limit in force.
        files: u64,
    },
    /// The threads of the service could not be started.
    #[error("cannot start the service")]
    Threads(#[source] io::Error),
    /// The state key is of no use.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Providers cannot be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Nothing can be traced.
    #[error(transparent)]
    Traces(#[from] traces::Unprepared),
    /// The audit log cannot be opened.
    #[error("cannot open the audit log ({place})")]
    Audit {
        /// Its file, or standard output.
        place: String,
        /// Why not.
        source: io::Error,
    },
    /// TLS cannot be spoken.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The texts that are compiled in are broken.
    #[error(transparent)]
    Texts(#[from] TextsError),
}

/// A running service. Dropping it stops it without waiting.
pub struct Service {
    public: SocketAddr,
    ops: SocketAddr,
    connections: usize,
    readiness: Readiness,
    handles: [ServerHandle; 2],
    audit: Option<Audit>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Service {
    /// Serves `config` on `public`, and its health on `private`, from threads of its own.
    pub fn start(
        config: Config,
        clock: Clock,
        public: TcpListener,
        private: TcpListener,
    ) -> Result<(Self, InForce), StartError> {
        let files = descriptors::limit();
        if files < descriptors::LEAST {
            return Err(StartError::FewFiles { files });
        }
        let addresses = public.local_addr().and_then(|it| Ok((it, private.local_addr()?)));
        let (public_address, ops_address) = addresses.map_err(StartError::Threads)?;
        let Config { server, table, outline, .. } = config;
        let providers = table.backends.asked_within().count();
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let budget = Budget::of(files, cores, providers * MOST_AT_ONCE);
        let connections = budget.connections();

        let parts = Parts::new(&server, table, connections, &clock)?;
        let Parts { state, tls, reconnector, exporter } = parts;
        state.metrics.reloads.begin(clock.now(), outline.checksum());
        let readiness = Readiness::default();
        let admin = Data::new(Admin::default());
        // What comes from now on is of its minute.
        admin.take(&state);

        let public = public::serve(public, tls.clone(), state.clone(), &readiness, budget, clock)
            .map_err(StartError::Threads)?;
        let most = MostConnections(connections);
        let private =
            private::serve(private, state.clone(), admin.clone(), readiness.clone(), most)
                .map_err(StartError::Threads)?;
        let handles = [public.handle(), private.handle()];
        let background = Background { state: state.clone(), admin, reconnector, exporter };
        let run = move || System::new().block_on(background.serve(public, private));
        let thread = thread::Builder::new().name("brandgate".to_owned()).spawn(run);
        let thread = thread.map_err(StartError::Threads)?;
        readiness.set(true);
        let service = Self {
            public: public_address,
            ops: ops_address,
            connections,
            readiness: readiness.clone(),
            handles,
            audit: state.audit.clone(),
            thread: Some(thread),
        };
        Ok((service, InForce::new(server, tls, state, readiness, outline)))
    }

    /// Where people are served.
    pub fn public_address(&self) -> SocketAddr {
        self.public
    }

    /// Where health is told.
    pub fn ops_address(&self) -> SocketAddr {
        self.ops
    }

    /// For how many people's connections there is room.
    pub fn connections(&self) -> usize {
        self.connections
    }

    /// Says from now on that nobody should come any more.
    pub fn turn_away(&self) {
        self.readiness.set(false);
    }

    /// Serves those who come for `delay`: as long as it may take until everybody knows that they should
    /// not. Connections end with their next answer.
    pub fn drain(&self, delay: Duration) {
        self.readiness.drain();
        thread::sleep(delay);
    }

    /// Takes no new connection any more: they wait for whoever goes on with the listener. Were we to stop
    /// at once, those that wait for a worker of ours would be dropped.
    pub fn pause(&self) {
        let [public, _] = &self.handles;
        System::new().block_on(public.pause());
        thread::sleep(SETTLED);
    }

    /// Finishes what is under way, then stops.
    pub fn stop(mut self) -> io::Result<()> {
        self.turn_away();
        self.readiness.drain();
        let [public, private] = &self.handles;
        // The health listener goes last: it says meanwhile that nobody should come.
        let (public, private) = (public.stop(true), private.clone());
        System::new().block_on(async move {
            public.await;
            private.stop(false).await;
        });
        let ended = self.thread.take().map(JoinHandle::join);
        if let Some(audit) = &self.audit {
            audit.end();
        }
        match ended {
            Some(Ok(outcome)) => outcome,
            Some(Err(_)) => Err(io::Error::other("a thread of the service panicked")),
            None => Ok(()),
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        for handle in &self.handles {
            // The command is sent at once; the future would only wait for its end.
            drop(handle.stop(false));
        }
    }
}

#[cfg(test)]
mod tests;
