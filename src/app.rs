//! The composition root: a configuration becomes a running service.

use std::net::{SocketAddr, TcpListener};
use std::num::NonZero;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fs, io};

use actix_http::HttpService;
use actix_server::{Server, ServerHandle};
use actix_service::{ServiceFactoryExt as _, fn_service, map_config};
use actix_web::dev::AppConfig;
use actix_web::rt::{System, spawn};
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use ipnet::IpNet;
use secrecy::SecretString;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpStream;

use crate::backend::{Http, HttpError, MOST_AT_ONCE};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::ops::{self, Readiness};
use crate::store::{Redis, Store};
use crate::token::{SealError, StateKey};
use crate::web::{self, ClientAddress, Connection, State, Table, TextsError};

/// Connections that the system holds for us until we take them.
const BACKLOG: i32 = 1024;

/// How long a proxy may keep a connection that it does not use.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a connection may take to close.
const DISCONNECT: Duration = Duration::from_secs(1);

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
    /// Providers cannot be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
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
        // We speak no TLS: whoever is reached by it is behind a proxy.
        config::ClientAddress::Peer if config.server.public_url.starts_with("https://") => {
            ClientAddress::Proxys
        }
        // By the time of a request, the connection's address is the client's.
        config::ClientAddress::Peer | config::ClientAddress::ProxyProtocol(_) => {
            ClientAddress::Peer
        }
        config::ClientAddress::XForwardedFor(trusted) => ClientAddress::XForwardedFor(trusted),
        config::ClientAddress::Forwarded(trusted) => ClientAddress::Forwarded(trusted),
    };
    let table = Table {
        brands: config.brands,
        backends: config.backends,
        reserved: config.reserved,
        shared_secret: config.shared_secret,
        team_members: config.team_members,
        widgets: config.widgets,
        public_url: config.server.public_url,
        client_address,
    };
    (table, config.server.state_key)
}

/// Most connections of each worker thread: so many that files are left for health, logs and what
/// `providers` are asked.
fn connections_each(providers: usize) -> usize {
    const SPARE: usize = 64;
    const UNKNOWN: usize = 1024;
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = files.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let others = SPARE + providers * MOST_AT_ONCE;
    (files.unwrap_or(UNKNOWN).saturating_sub(others) / workers).max(SPARE)
}

/// For whom a trusted proxy connects. Anybody else, and whoever does not say so, is not served.
async fn client(stream: &mut TcpStream, trusted: &[IpNet]) -> io::Result<Option<SocketAddr>> {
    let peer = stream.peer_addr()?;
    if !trusted.iter().any(|net| net.contains(&peer.ip().to_canonical())) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(web::proxy_protocol::client(stream).await?.or(Some(peer)))
}

/// Serves people on `listener`.
///
/// These are the parts that `HttpServer` is made of, with a connection of our own between them.
///
/// `proxies` speak the PROXY protocol.
fn serve(
    listener: TcpListener,
    state: Data<State>,
    proxies: Option<Arc<[IpNet]>>,
    providers: usize,
) -> io::Result<Server> {
    let server = Server::build()
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .max_concurrent_connections(connections_each(providers))
        .disable_signals();
    let stopping = server.graceful_shutdown_signal();
    let connections = move || {
        let (state, stopping) = (state.clone(), stopping.clone());
        let app = App::new().app_data(state.clone()).configure(web::routes);
        let http = HttpService::build()
            .keep_alive(KEEP_ALIVE)
            .client_disconnect_timeout(DISCONNECT)
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .h1(map_config(app, |()| AppConfig::default()));
        let proxies = proxies.clone();
        let connect = move |mut stream: TcpStream| {
            let (state, proxies) = (state.clone(), proxies.clone());
            async move {
                let peer = match &proxies {
                    Some(trusted) => client(&mut stream, trusted).await?,
                    None => stream.peer_addr().ok(),
                };
                Ok((Connection::new(stream, state), peer))
            }
        };
        fn_service(connect).and_then(http)
    };
    Ok(server.listen("public", listener, connections)?.run())
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
        mut config: Config,
        clock: Clock,
        public: TcpListener,
        private: TcpListener,
    ) -> Result<Self, StartError> {
        let addresses = public.local_addr().and_then(|it| Ok((it, private.local_addr()?)));
        let (public_address, ops_address) = addresses.map_err(StartError::Threads)?;
        let address = config.server.store.take();
        let proxies = match &config.server.client_address {
            config::ClientAddress::ProxyProtocol(trusted) => Some(trusted.as_slice().into()),
            _ => None,
        };
        let (table, state_key) = table(config);
        let state_key = if let Some(secret) = state_key {
            StateKey::from_secret(&secret)?
        } else {
            tracing::info!(
                "no server.state_key: a random one, so sign-ins under way end with this process"
            );
            StateKey::random()?
        };
        let (redis, reconnector) = address.map(Redis::new).unzip();
        let store = Store::new(redis);
        let http = Http::default();
        let providers = table.backends.iter().filter(|it| it.asks_a_provider()).count();
        if providers > 0 {
            // What would fail at the first sign-in fails here.
            http.client()?;
        }
        let state = Data::new(State::new(table, store, state_key, http, clock)?);
        let readiness = Readiness::default();

        let public = serve(public, state, proxies, providers).map_err(StartError::Threads)?;
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
                if let Some(mut reconnector) = reconnector {
                    // Whoever comes first finds the store there, if it is.
                    reconnector.start().await;
                    // It ends with this runtime.
                    drop(spawn(reconnector.keep()));
                }
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

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;
    use std::path::Path;

    use actix_web::http::StatusCode;
    use actix_web::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
    use actix_web::test::{TestRequest, call_service, init_service, read_body};

    use super::{
        App, ClientAddress, Clock, Data, Http, Service, SocketAddr, State, StateKey, Store,
    };
    use super::{config, listen, table, web};
    use crate::domain::{EmailAddress, Identity};
    use crate::token::{Secrets, zendesk};

    const SOURCE: &str = "
version: 1
server: { public_url: http://localhost:8080 }
zendesk: { account: acme, shared_secret: { value: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz } }
backends:
  pool: { type: cognito, endpoint: http://127.0.0.1:9, client_id: x }
brands:
  coffee: { brand_id: 7, hosts: [acme-coffee.zendesk.com], backend: pool }
";

    #[test]
    fn a_proxy_that_nobody_has_named_is_told_from_people() {
        let https = ("http://localhost:8080", "https://sso.acme.example");
        let proxy = "client_address: proxy_protocol, trusted_proxies: [10.0.0.0/8]";
        let named = format!("{} , {proxy}", https.1);
        // (what `public_url` says, and what follows it; whether everybody has the proxy's address)
        for (public_url, is_proxys) in [(https.0, false), (https.1, true), (&*named, false)] {
            let source = SOURCE.replace(https.0, public_url);
            let config = config::read(&source, "brands.yaml", Path::new(".")).config.unwrap();
            let found = matches!(table(config).0.client_address, ClientAddress::Proxys);
            assert_eq!(found, is_proxys, "{public_url}");
        }
    }

    #[actix_web::test]
    async fn a_store_without_room_lets_sign_ins_begin_and_takes_no_password() {
        let config = config::read(SOURCE, "brands.yaml", Path::new(".")).config.unwrap();
        let (table, _) = table(config);
        let (store, key) = (Store::with_room_for(0, 0), StateKey::random().unwrap());
        let state = State::new(table, store, key, Http::default(), Clock::that_skips());
        let app = App::new().app_data(Data::new(state.unwrap())).configure(web::routes);
        let app = init_service(app).await;

        let sent = TestRequest::get().uri("/login?brand_id=7").to_request();
        let sent = call_service(&app, sent).await;
        let text = |name| sent.headers().get(name).unwrap().to_str().unwrap().to_owned();
        let cookie = text(SET_COOKIE).split(';').next().unwrap().to_owned();
        let address = text(LOCATION).strip_prefix("http://localhost:8080").unwrap().to_owned();
        let get = TestRequest::get().uri(&address).insert_header(("cookie", cookie.as_str()));
        let form = call_service(&app, get.to_request()).await;
        assert_eq!(form.status(), StatusCode::OK);
        let form = String::from_utf8(read_body(form).await.to_vec()).unwrap();
        let token = form.split_once("name=\"token\" value=\"").unwrap().1;
        let token = token.split('"').next().unwrap();

        let post = TestRequest::post().uri(&address).insert_header(("cookie", cookie.as_str()));
        let fields = [("token", token), ("email", "joe@example.com"), ("password", "x")];
        let page = call_service(&app, post.set_form(fields).to_request()).await;
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        let page = String::from_utf8(read_body(page).await.to_vec()).unwrap();
        assert!(page.contains("Signing in is not possible right now"), "{page}");
    }

    const TWO_SITES: &str = "
version: 1
server:
  public_url: https://sso.acme.example
  client_address: x_forwarded_for
  trusted_proxies: [127.0.0.1]
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
backends:
  shoes-site:
    type: redirect
    login_url: https://www.acme-shoes.example/in
    assertion:
      { algorithm: HS256, unsolicited: true, secrets: [{ value: made-up-shoes-secret-0123456789abc }] }
  coffee-site:
    type: redirect
    login_url: https://www.acme-coffee.example/in
    assertion:
      { algorithm: HS256, unsolicited: true, secrets: [{ value: made-up-coffee-secret-0123456789ab }] }
brands:
  shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: shoes-site }
  coffee: { brand_id: 2, hosts: [acme-coffee.zendesk.com], backend: coffee-site }
";

    #[actix_web::test]
    async fn a_site_and_a_network_that_flood_are_refused_alone() {
        let config = config::read(TWO_SITES, "brands.yaml", Path::new(".")).config.unwrap();
        let (table, _) = table(config);
        let (store, key) = (Store::with_room_for(2048, 0), StateKey::random().unwrap());
        let clock = Clock::default();
        let state = State::new(table, store, key, Http::default(), clock.clone());
        let app = App::new().app_data(Data::new(state.unwrap())).configure(web::routes);
        let app = init_service(app).await;

        let mut number = 0_u32;
        let mut post = async |site: &str, network: u8| {
            number += 1;
            let secret = match site {
                "shoes" => "made-up-shoes-secret-0123456789abc",
                _ => "made-up-coffee-secret-0123456789ab",
            };
            let jwt = assertion(&number.to_string(), secret, clock.now());
            let return_to = format!("https://acme-{site}.zendesk.com/hc");
            let post = TestRequest::post().uri("/access/jwt");
            let post = post.peer_addr("127.0.0.1:4711".parse().unwrap());
            let post = post.insert_header(("x-forwarded-for", format!("203.0.113.{network}")));
            let post = post.set_form([("jwt", jwt.as_str()), ("return_to", &return_to)]);
            let page = call_service(&app, post.to_request()).await;
            let (status, later) =
                (page.status().as_u16(), page.headers().get(RETRY_AFTER).cloned());
            assert_eq!(later.is_some(), status != 200);
            assert!(later.is_none_or(|later| later == "300"));
            let page = String::from_utf8(read_body(page).await.to_vec()).unwrap();
            let title = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
            (status, title.to_owned())
        };

        let mut taken = 0;
        let refused = loop {
            match post("shoes", 1).await {
                (200, _) => taken += 1,
                refused => break refused,
            }
        };
        assert_eq!(refused, (429, "Too many sign-ins from your network".to_owned()));
        assert!((10..20).contains(&taken), "{taken}");
        assert_eq!(post("shoes", 2).await.0, 200, "another network");
        assert_eq!(post("coffee", 1).await.0, 200, "the same at another site");

        let mut refused = (200, String::new());
        for network in 3..=255 {
            while refused.0 == 200 {
                refused = post("shoes", network).await;
            }
            if refused.0 == 503 {
                break;
            }
            refused.0 = 200;
        }
        assert_eq!(refused, (503, "Too many sign-ins at once".to_owned()));
        assert_eq!(post("coffee", 1).await.0, 200, "another site's people");
    }

    /// What a site says about Joe.
    fn assertion(jti: &str, secret: &str, now: u64) -> String {
        let joe = Identity {
            email: EmailAddress::parse("joe@example.com").unwrap(),
            name: "Joe".into(),
            external_id: None,
            role: None,
            custom_role_id: None,
            phone: None,
            locale: None,
            locale_id: None,
            organization: None,
            organizations: None,
            organization_id: None,
            organization_ids: None,
            remote_photo_url: None,
            tags: None,
            user_fields: None,
            left_out: Vec::new(),
        };
        let secrets = Secrets::new(&[secret.to_owned().into()]).unwrap();
        zendesk::mint(&joe, jti, &secrets, now).unwrap().expose().to_owned()
    }

    const TABLE: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
backends: { native: { type: zendesk } }
brands: { shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: native } }
";

    fn service(table: &str) -> Service {
        let loaded = config::read(table, "brands.yaml", Path::new("."));
        let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
        let (public, private) = (listen(any_port).unwrap(), listen(any_port).unwrap());
        Service::start(loaded.config.unwrap(), Clock::default(), public, private).unwrap()
    }

    /// Everything that comes back until the connection ends.
    fn ask(service: &Service, request: &str) -> String {
        let mut connection = TcpStream::connect(service.public_address()).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        // A connection that is not served is reset.
        let _ = connection.read_to_string(&mut answer);
        answer
    }

    #[test]
    fn with_the_proxy_protocol_only_proxies_that_speak_it_are_served() {
        let get = "GET /none HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        let said = format!("PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n{get}");
        // (what, trusted proxies, request, whether it is served)
        let cases = [
            ("a proxy", "127.0.0.0/8", said.as_str(), true),
            ("a proxy that says nothing", "127.0.0.0/8", get, false),
            ("a stranger", "10.0.0.0/8", said.as_str(), false),
        ];
        for (what, trusted, request, is_served) in cases {
            let proxies = format!("client_address: proxy_protocol, trusted_proxies: [{trusted}]");
            let table = TABLE.replace("server: {", &format!("server: {{ {proxies},"));
            let service = service(&table);
            let answer = ask(&service, request);
            assert_eq!(answer.starts_with("HTTP/1.1 404"), is_served, "{what}: {answer}");
            assert_eq!(answer.is_empty(), !is_served, "{what}: {answer}");
            service.stop().unwrap();
        }
    }

    #[test]
    fn what_is_no_request_gets_a_page_too() {
        let service = service(TABLE);
        let long = |bytes| "a".repeat(bytes);
        // (what, request, status)
        let cases = [
            ("noise", "\u{1}\u{2}\r\n\r\n".to_owned(), "400 Bad Request"),
            ("no host", "GET / HTTP/1.1\r\n\r\n".to_owned(), "400 Bad Request"),
            (
                "an address that is too long",
                format!("GET /login?x={} HTTP/1.1\r\nhost: a\r\n\r\n", long(70_000)),
                "400 Bad Request",
            ),
            (
                "a head that is too long",
                format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", long(1_000_000)),
                "431 Request Header Fields Too Large",
            ),
            (
                "an ordinary refusal",
                "GET /none HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_owned(),
                "404 Not Found",
            ),
        ];
        for (what, request, status) in cases {
            let answer = ask(&service, &request);
            let (head, page) = answer.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{what}: {head}");
            let length = format!("\r\ncontent-length: {}\r\n", page.len());
            assert!(head.contains(&length), "{what}: {head}");
            for header in ["content-security-policy: ", "cache-control: no-store\r\n", "date: "] {
                assert!(head.contains(header), "{what}: {head}");
            }
            assert!(page.starts_with("<!DOCTYPE html>") && page.contains("</html>"), "{what}");
        }
        service.stop().unwrap();
    }
}
