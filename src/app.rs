//! The composition root: a configuration becomes a running service.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use secrecy::SecretString;
use socket2::{Domain, Protocol, Socket, Type};

use crate::clock::Clock;
use crate::config::{self, Config};
use crate::ops::{self, Readiness};
use crate::store::{Memory, Store};
use crate::token::{SealError, StateKey};
use crate::web::{self, ClientAddress, State, Table, TextsError};

/// Connections that the system holds for us until we take them.
const BACKLOG: i32 = 1024;

/// How long a proxy may keep a connection that it does not use.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long what is under way may take once we are asked to stop.
const SHUTDOWN_SECONDS: u64 = 30;

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else has the port, or we may not have it.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The threads of the service could not be started.
    #[error("cannot start the service")]
    Threads(#[source] io::Error),
    /// The state key is of no use.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The texts that are compiled in are broken.
    #[error(transparent)]
    Texts(#[from] TextsError),
}

/// Listens on `address`, which tells at once whether the port is free.
pub fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    let bind = || {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_reuse_address(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Ok(TcpListener::from(socket))
    };
    bind().map_err(|source| StartError::Listen { address, source })
}

/// What the handlers read of a configuration.
pub fn table(config: Config) -> (Table, Option<SecretString>) {
    let client_address = match config.server.client_address {
        config::ClientAddress::Peer => ClientAddress::Peer,
        config::ClientAddress::XForwardedFor(trusted) => ClientAddress::XForwardedFor(trusted),
        config::ClientAddress::Forwarded(trusted) => ClientAddress::Forwarded(trusted),
    };
    let table = Table {
        brands: config.brands,
        backends: config.backends,
        reserved: config.reserved,
        shared_secret: config.shared_secret,
        public_url: config.server.public_url,
        client_address,
    };
    (table, config.server.state_key)
}

/// A running service. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Service {
    public: SocketAddr,
    ops: SocketAddr,
    readiness: Readiness,
    handles: [ServerHandle; 2],
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Service {
    /// Serves `config` on `public`, and its health on `private`, from threads of its own.
    pub fn start(
        config: Config,
        clock: Clock,
        public: TcpListener,
        private: TcpListener,
    ) -> Result<Self, StartError> {
        let addresses = public.local_addr().and_then(|it| Ok((it, private.local_addr()?)));
        let (public_address, ops_address) = addresses.map_err(StartError::Threads)?;
        let (table, state_key) = table(config);
        let state_key = if let Some(secret) = state_key {
            StateKey::from_secret(&secret)?
        } else {
            tracing::info!(
                "no server.state_key: a random one, so sign-ins under way end with this process"
            );
            StateKey::random()?
        };
        let store = Store::Memory(Memory::new());
        let state = Data::new(State::new(table, store, state_key, clock)?);
        let readiness = Readiness::default();

        let app = move || App::new().app_data(state.clone()).configure(web::routes);
        let public = HttpServer::new(app)
            .keep_alive(KEEP_ALIVE)
            .shutdown_timeout(SHUTDOWN_SECONDS)
            .disable_signals()
            .listen(public)
            .map_err(StartError::Threads)?
            .run();
        let shared = Data::new(readiness.clone());
        let private =
            HttpServer::new(move || App::new().app_data(shared.clone()).configure(ops::routes))
                .workers(1)
                .shutdown_timeout(1)
                .disable_signals()
                .listen(private)
                .map_err(StartError::Threads)?
                .run();
        let handles = [public.handle(), private.handle()];
        let run = move || {
            System::new().block_on(async {
                let (public, private) = futures_util::join!(public, private);
                public.and(private)
            })
        };
        let thread = thread::Builder::new().name("brandgate".to_owned()).spawn(run);
        let thread = thread.map_err(StartError::Threads)?;
        readiness.set(true);
        Ok(Self {
            public: public_address,
            ops: ops_address,
            readiness,
            handles,
            thread: Some(thread),
        })
    }

    /// Where people are served.
    pub fn public_address(&self) -> SocketAddr {
        self.public
    }

    /// Where health is told.
    pub fn ops_address(&self) -> SocketAddr {
        self.ops
    }

    /// Finishes what is under way, then stops.
    pub fn stop(mut self) -> io::Result<()> {
        self.readiness.set(false);
        let [public, private] = &self.handles;
        // The health listener goes last: it says meanwhile that nobody should come.
        let (public, private) = (public.stop(true), private.clone());
        System::new().block_on(async move {
            public.await;
            private.stop(false).await;
        });
        match self.thread.take().map(JoinHandle::join) {
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
