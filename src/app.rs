//! The composition root: a configuration becomes a running service.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZero;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, KeepAlive};
use actix_server::{Server, ServerHandle};
use actix_service::{
    ServiceFactory, ServiceFactoryExt as _, apply_fn_factory, fn_service, map_config,
};
use actix_web::dev::AppConfig;
use actix_web::rt::{System, spawn};
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use ipnet::IpNet;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::audit::Audit;
use crate::backend::{Backend, Http, HttpError, MOST_AT_ONCE};
use crate::clock::Clock;
use crate::config::{Changes, Config, Outline, Server as ServerConfig};
use crate::descriptors::{self, Budget};
use crate::ops::{self, Admin, MostConnections, Readiness};
use crate::store::{Redis, Store};
use crate::table::{ClientAddress, Table};
use crate::tls::{Certificate, Tls, TlsError};
use crate::token::{SealError, StateKeys};
use crate::traces::{self, Traces};
use crate::web::{self, Connection, FullWarning, Room, State, TextsError, TlsStream, serving};

/// Connections that the system holds for us until we take them.
const BACKLOG: i32 = 1024;

/// Most bytes that the system keeps for a client that does not read, which it doubles. It would
/// grow to megabytes by itself; a page has ten thousand.
const SEND_BUFFER: usize = 64 * 1024;

/// How long the system waits for a client to acknowledge what it was sent.
const ACKNOWLEDGED: Duration = Duration::from_mins(1);

/// How long a connection may take to close.
const DISCONNECT: Duration = Duration::from_secs(1);

/// How long those that have connected already have to say what they want.
const SETTLED: Duration = Duration::from_millis(250);

/// How often the minutes of the admin page are counted.
const COUNTED: Duration = Duration::from_secs(15);

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
    /// Where so few files may be open, the threads would panic one by one.
    #[error(
        "the system allows {files} open files, and {least} are needed: raise the hard limit \
         (LimitNOFILE, ulimit -Hn)",
        least = descriptors::LEAST
    )]
    FewFiles {
        /// How many.
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
    #[error("cannot open the audit log")]
    Audit(#[source] io::Error),
    /// TLS cannot be spoken.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The texts that are compiled in are broken.
    #[error(transparent)]
    Texts(#[from] TextsError),
}

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

/// Listens on `address`, which tells at once whether the port is free.
pub fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    let bind = || {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_reuse_address(true)?;
        inherited(&socket)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Ok(TcpListener::from(socket))
    };
    bind().map_err(|source| StartError::Listen { address, source })
}

/// Takes over a socket that somebody else has opened.
pub fn take_over(listener: TcpListener) -> io::Result<TcpListener> {
    let socket = Socket::from(listener);
    if !socket.is_listener()? {
        return Err(io::Error::other("nobody can connect to it: is it a connection (Accept=yes)?"));
    }
    inherited(&socket)?;
    Ok(socket.into())
}

/// What connections have of their listener.
fn inherited(socket: &Socket) -> io::Result<()> {
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.set_tcp_user_timeout(Some(ACKNOWLEDGED))
}

/// For whom a trusted proxy connects. Anybody else, and whoever does not say so, is not served.
async fn client(stream: &mut TcpStream, trusted: &[IpNet]) -> io::Result<Option<SocketAddr>> {
    let peer = stream.peer_addr()?;
    if !trusted.iter().any(|net| net.contains(&peer.ip().to_canonical())) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(web::proxy_protocol::client(stream).await?.or(Some(peer)))
}

/// Serves people on `listener`, by what `stream` makes of each socket.
///
/// These are the parts that `HttpServer` is made of, with a connection of our own between them.
fn serve<S: AsyncRead + AsyncWrite + Unpin + 'static>(
    listener: TcpListener,
    stream: impl Fn(TcpStream) -> S + Clone + Send + 'static,
    state: Data<State>,
    readiness: &Readiness,
    budget: Budget,
    clock: Clock,
) -> io::Result<Server> {
    let server = Server::build()
        .workers(budget.workers)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .max_concurrent_connections(budget.connections_each)
        .disable_signals();
    let stopping = server.graceful_shutdown_signal();
    let warning = FullWarning::new(clock, budget.connections());
    let readiness = readiness.clone();
    let connections = move || {
        let (state, stopping) = (state.clone(), stopping.clone());
        let room = Room::new(budget.connections_each, warning.clone());
        // Both end with the worker.
        drop(spawn(room.keep_time()));
        drop(spawn(room.stop_after(async move { stopping.notified().await })));
        let stopped = {
            let room = room.clone();
            move || room.stopped()
        };
        let http = http(state.clone(), readiness.clone(), stopped);
        let wrap = stream.clone();
        let connect = move |mut stream: TcpStream| {
            let (state, mut place, wrap) = (state.clone(), room.enter(), wrap.clone());
            let proxies = match &state.table().client_address {
                ClientAddress::ProxyProtocol(trusted) => Some(trusted.clone()),
                _ => None,
            };
            async move {
                let peer = match &proxies {
                    Some(trusted) => client(&mut stream, trusted).await?,
                    None => stream.peer_addr().ok(),
                };
                if peer.is_some_and(|peer| !place.is_granted_to(peer, &state)) {
                    return Err(DispatchError::Io(io::ErrorKind::QuotaExceeded.into()));
                }
                Ok((Connection::new(wrap(stream), state, place), peer))
            }
        };
        fn_service(connect).and_then(http)
    };
    Ok(server.listen("public", listener, connections)?.run())
}

/// Has everything know that people come by TLS, and are shown `certificate`.
fn speak_tls(state: &mut State, certificate: &Certificate) -> Result<Arc<Tls>, TlsError> {
    state.speaks_tls = true;
    state.metrics.certificate_expires.set(certificate.chain().not_after());
    Tls::new(certificate).map(Arc::new)
}

/// What is done with a connection. It sees to the times itself: actix-http would arm a timer for
/// each request.
fn http<S: AsyncRead + AsyncWrite + Unpin + 'static, F: Future<Output = ()> + 'static>(
    state: Data<State>,
    readiness: Readiness,
    stopping: impl Fn() -> F + 'static,
) -> impl ServiceFactory<
    (Connection<S>, Option<SocketAddr>),
    Config = (),
    Response = (),
    Error = DispatchError,
    InitError = (),
> {
    let at_once = state.clone();
    let by_tls = state.speaks_tls;
    let app = App::new().app_data(state).configure(web::routes);
    let app = map_config(app, |()| AppConfig::default());
    HttpService::build()
        .keep_alive(KeepAlive::Os)
        .client_disconnect_timeout(DISCONNECT)
        .graceful_shutdown_signal(stopping)
        .on_connect_ext(|connection: &Connection<S>, data| {
            data.insert(connection.activity());
        })
        .h1(apply_fn_factory(app, move |request, app: &_| {
            let is_last = readiness.is_draining();
            serving::answer(request, app, is_last, by_tls, &|head| {
                web::login_at_once(head, &at_once)
            })
        }))
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

/// The configuration that a service goes by, and what puts another in its place.
pub struct InForce {
    server: ServerConfig,
    tls: Option<Arc<Tls>>,
    state: Data<State>,
    readiness: Readiness,
    outline: Outline,
    /// Tables that requests may still use.
    retired: Vec<Arc<Table>>,
}

impl InForce {
    /// Puts the table of `config` in force: requests keep the one that they began with.
    pub fn replace(&mut self, config: Config) -> Result<Changes, ReplaceError> {
        let keys = self.server.keys_changed(&config.server);
        if !keys.is_empty() {
            return Err(ReplaceError::Restart(keys.join(", ")));
        }
        let Config { server, mut table, outline, .. } = config;
        if table.backends.iter().any(Backend::asks_a_provider) {
            self.state.prepare()?;
        }
        self.show(server.tls)?;
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
        if table.state_keys.is_none() {
            tracing::info!(
                "no server.state_key: a random one, so sign-ins under way end with this process"
            );
        }
        let (redis, reconnector) = server.store.clone().map(Redis::new).unzip();
        let store = Store::new(redis);
        let http = Http::default();
        let providers = table.backends.iter().filter(|it| it.asks_a_provider()).count();
        if providers > 0 {
            // What would fail at the first sign-in fails here.
            http.client()?;
        }
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let budget = Budget::of(files, cores, providers * MOST_AT_ONCE);
        let connections = budget.connections();
        let audit = server.audit.as_ref().map(|it| Audit::start(it, clock.clone())).transpose();
        let audit = audit.map_err(StartError::Audit)?;
        let mut state =
            State::new(table, store, StateKeys::random()?, http, clock.clone(), connections)?;
        state.audit.clone_from(&audit);
        let tls = server.tls.as_ref().map(|it| speak_tls(&mut state, it)).transpose()?;
        let settings = server.traces.clone();
        let (traces, exporter) =
            settings.map(|it| Traces::new(it, clock.clone())).transpose()?.unzip();
        state.traces.clone_from(&traces);
        state.metrics.reloads.begin(clock.now(), outline.checksum());
        let state = Data::new(state);
        let readiness = Readiness::default();

        let public = match tls.clone() {
            None => serve(public, |stream| stream, state.clone(), &readiness, budget, clock),
            Some(tls) => {
                let told = state.clone();
                let stream = move |stream| TlsStream::new(stream, &tls, told.clone());
                serve(public, stream, state.clone(), &readiness, budget, clock)
            }
        };
        let public = public.map_err(StartError::Threads)?;
        let shared = Data::new(readiness.clone());
        let most = Data::new(MostConnections(connections));
        let told = state.clone();
        let admin = Data::new(Admin::default());
        // What comes from now on is of its minute.
        admin.take(&state);
        let counted = (admin.clone(), state.clone());
        let health = move || {
            let app = App::new().app_data(shared.clone()).app_data(told.clone());
            app.app_data(most.clone()).app_data(admin.clone()).configure(ops::routes)
        };
        let private = HttpServer::new(health)
            .workers(1)
            .max_connections(descriptors::MOST_OF_HEALTH)
            // Nobody holds a place of those who ask for the next time they will.
            .keep_alive(KeepAlive::Disabled)
            .client_request_timeout(Duration::from_secs(1))
            .shutdown_timeout(1)
            .disable_signals()
            .listen(private)
            .map_err(StartError::Threads)?
            .run();
        let handles = [public.handle(), private.handle()];
        let run = move || {
            System::new().block_on(async {
                if let Some(mut reconnector) = reconnector {
                    // Whoever comes first finds the store there, if it is.
                    reconnector.start().await;
                    // It ends with this runtime.
                    drop(spawn(reconnector.keep()));
                }
                // So does this.
                drop(spawn(async move {
                    let (admin, state) = counted;
                    loop {
                        tokio::time::sleep(COUNTED).await;
                        admin.take(&state);
                    }
                }));
                let exporting = exporter.map(|it| spawn(it.run()));
                let (public, private) = futures_util::join!(public, private);
                if let (Some(traces), Some(exporting)) = (traces, exporting) {
                    traces.end();
                    let _ = timeout(traces::PATIENCE, exporting).await;
                }
                public.and(private)
            })
        };
        let thread = thread::Builder::new().name("brandgate".to_owned()).spawn(run);
        let thread = thread.map_err(StartError::Threads)?;
        readiness.set(true);
        let service = Self {
            public: public_address,
            ops: ops_address,
            connections,
            readiness: readiness.clone(),
            handles,
            audit,
            thread: Some(thread),
        };
        Ok((service, InForce { server, tls, state, readiness, outline, retired: Vec::new() }))
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
