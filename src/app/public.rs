//! The public listener: a connection of our own between the parts that `HttpServer` is made of.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_http::error::DispatchError;
use actix_http::{HttpService, KeepAlive};
use actix_server::Server;
use actix_service::{
    ServiceFactory, ServiceFactoryExt as _, apply_fn_factory, fn_service, map_config,
};
use actix_web::App;
use actix_web::dev::AppConfig;
use actix_web::rt::spawn;
use actix_web::web::Data;
use ipnet::IpNet;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

use crate::clock::Clock;
use crate::descriptors::Budget;
use crate::ops::Readiness;
use crate::table::ClientAddress;
use crate::tls::Tls;
use crate::web::{self, Connection, FullWarning, Room, State, TlsStream, serving};

/// How long a connection may take to close.
const DISCONNECT: Duration = Duration::from_secs(1);

/// How long what is under way may take once we are asked to stop.
const SHUTDOWN_SECONDS: u64 = 30;

/// Serves people on `listener`, by TLS where there is any.
pub(super) fn serve(
    listener: TcpListener,
    tls: Option<Arc<Tls>>,
    state: Data<State>,
    readiness: &Readiness,
    budget: Budget,
    clock: Clock,
) -> io::Result<Server> {
    match tls {
        None => serve_by(listener, |stream| stream, state, readiness, budget, clock),
        Some(tls) => {
            let told = state.clone();
            let stream = move |stream| TlsStream::new(stream, &tls, told.clone());
            serve_by(listener, stream, state, readiness, budget, clock)
        }
    }
}

/// The same, by what `stream` makes of each socket.
fn serve_by<S: AsyncRead + AsyncWrite + Unpin + 'static>(
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

/// For whom a trusted proxy connects. Anybody else, and whoever does not say so, is not served.
async fn client(stream: &mut TcpStream, trusted: &[IpNet]) -> io::Result<Option<SocketAddr>> {
    let peer = stream.peer_addr()?;
    if !trusted.iter().any(|net| net.contains(&peer.ip().to_canonical())) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(web::proxy_protocol::client(stream).await?.or(Some(peer)))
}

/// What is done with a connection. It sees to the times itself: actix-http would arm a timer for
/// each request.
pub(super) fn http<
    S: AsyncRead + AsyncWrite + Unpin + 'static,
    F: Future<Output = ()> + 'static,
>(
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
