//! Asks providers, in the one way that is safe.

mod connecting;

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::iter;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, DATE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Request, RequestBuilder, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use url::{Host, Url};

use super::BackendError;
use crate::calls::{Asked, Calls};
use crate::domain::{is_loopback, off_the_internet};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(2);

/// How long a whole answer may take.
const WHOLE: Duration = Duration::from_secs(10);

/// Most connections that are kept for the next question to one provider.
const MOST_IDLE: usize = 8;

/// Most bytes of an answer.
const MAX_ANSWER: usize = 256 * 1024;

/// Most questions to one provider at a time; each holds a connection.
pub const MOST_AT_ONCE: usize = 32;

/// How long a question waits for its turn. Longer than that is no provider that answers.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks providers: no redirect is followed, no proxy of the environment is used, and an answer is
/// neither long nor slow.
///
/// A client is made when it is first needed, as most tables need none: with the system's
/// authorities it takes a megabyte. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Http {
    shared: Arc<Shared>,
    bounds: Bounds,
}

/// Where whoever has written an address of a provider may have us ask: on the internet, and which networks beside
/// it are; nothing: anywhere.
///
/// What a name leads to is looked at when it is asked, so what a provider's metadata name is held to it, too.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Bounds(Option<Arc<[IpNet]>>);

#[derive(Debug, Default)]
struct Shared {
    /// One for each bounds: it keeps connections, and the files in force name few.
    clients: Mutex<HashMap<Bounds, Client>>,
    /// The turns at each provider.
    turns: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Shared {
    /// Nothing panics while they are held.
    fn clients(&self) -> MutexGuard<'_, HashMap<Bounds, Client>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turns(&self) -> MutexGuard<'_, HashMap<String, Arc<Semaphore>>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a provider has not answered.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// No client could be made.
    #[error("no HTTP client could be made")]
    Client(#[source] reqwest::Error),
    /// It has as many questions to answer as it may have.
    #[error("it has {MOST_AT_ONCE} questions to answer, and no turn came")]
    Busy,
    /// It is where whoever has written its address, or vouches for whoever did, may not have us ask.
    #[error(transparent)]
    OutOfBounds(#[from] OutOfBounds),
    /// There was no answer, or not in time.
    #[error("no answer: {0}")]
    NoAnswer(&'static str),
    /// The answer is too long.
    #[error("the answer is longer than {MAX_ANSWER} bytes")]
    TooLong,
}

impl HttpError {
    /// In a word, for traces.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Client(_) => "client",
            Self::Busy => "busy",
            Self::OutOfBounds(_) => "out_of_bounds",
            Self::NoAnswer(_) => "no_answer",
            Self::TooLong => "too_long",
        }
    }
}

/// What a provider answers. It is never shown, and never logged.
pub struct Answer {
    /// The status, whatever it says.
    pub status: StatusCode,
    /// The whole body: of a longer one there is no answer, but an error.
    pub body: Vec<u8>,
    /// When it wants to be asked again, as it says it.
    pub retry_after: Option<String>,
    /// What time it has, as it says it.
    pub date: Option<String>,
}

/// An address is no part of the internet, and of no network that may be asked.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error(
    "it has an address that is no part of the internet, and that `networks` in the `limits` of its file do not hold"
)]
pub struct OutOfBounds;

impl Bounds {
    /// The internet and `networks`.
    pub fn with(networks: &[IpNet]) -> Self {
        Self(Some(networks.into()))
    }

    fn holds(&self, address: IpAddr) -> bool {
        let Some(networks) = &self.0 else { return true };
        off_the_internet(address)
            .is_none_or(|address| networks.iter().any(|net| net.contains(&address)))
    }

    /// Whether `url` may be asked, as far as its host says that by itself.
    fn holds_host_of(&self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => self.holds(address.into()),
            Some(Host::Ipv6(address)) => self.holds(address.into()),
            Some(Host::Domain(_)) | None => true,
        }
    }
}

impl Http {
    /// The same for whoever may have us ask within `bounds` alone.
    #[must_use]
    pub fn within(&self, bounds: &Bounds) -> Self {
        Self { shared: self.shared.clone(), bounds: bounds.clone() }
    }

    /// The client, to make requests for [`Http::send`] with.
    pub fn client(&self) -> Result<Client, HttpError> {
        if let Some(client) = self.shared.clients().get(&self.bounds) {
            return Ok(client.clone());
        }
        // It reads the system's authorities: whoever asks within other bounds does not wait for that.
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Names(self.bounds.clone()))
            .pool_max_idle_per_host(MOST_IDLE)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent(concat!("brandgate/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(HttpError::Client)?;
        Ok(self.shared.clients().entry(self.bounds.clone()).or_insert(client).clone())
    }

    /// Lets go of what only other bounds than `these` take, and of the turns that nobody has or waits for.
    pub fn keep<'a>(&self, these: impl Iterator<Item = &'a Bounds>) {
        let these: HashSet<_> = these.collect();
        self.shared.clients().retain(|bounds, _| these.contains(bounds));
        // Clones are made under the lock.
        self.shared.turns().retain(|_, turns| Arc::strong_count(turns) > 1);
    }

    /// Fetches what a provider publishes for anybody, whatever the status. `what` is named in the
    /// error.
    pub(super) async fn fetch(&self, what: &str, url: &Url) -> Result<Answer, BackendError> {
        let failed = |error: HttpError| BackendError::Unavailable(format!("{what}: {error}"));
        self.get(url).await.map_err(failed)
    }

    /// The same for whoever names it.
    pub(super) async fn get(&self, url: &Url) -> Result<Answer, HttpError> {
        let request = self.client()?.get(url.as_str());
        self.send(request.header(ACCEPT, "application/json")).await
    }

    fn turns(&self, provider: String) -> Arc<Semaphore> {
        let new = || Arc::new(Semaphore::new(MOST_AT_ONCE));
        self.shared.turns().entry(provider).or_insert_with(new).clone()
    }

    /// Sends a request and reads the whole answer, whatever its status.
    pub async fn send(&self, request: RequestBuilder) -> Result<Answer, HttpError> {
        let (client, request) = request.build_split();
        let request = request.map_err(|_| HttpError::NoAnswer("the request could not be made"))?;
        let Some(calls) = Calls::current() else { return self.ask(&client, request).await };
        let place = calls.begin(Asked::provider(request.method().as_str(), request.url()));
        let outcome = self.ask(&client, request).await;
        let told = outcome.as_ref().map(|answer| Some(answer.status.as_u16()));
        calls.end(place, told.map_err(HttpError::kind));
        outcome
    }

    async fn ask(&self, client: &Client, mut request: Request) -> Result<Answer, HttpError> {
        if !self.bounds.holds_host_of(request.url()) {
            return Err(OutOfBounds.into());
        }
        let provider = request.url().authority().to_owned();
        let begun = Instant::now();
        let turn = timeout(PATIENCE, self.turns(provider).acquire_owned()).await;
        let _turn = turn.map_err(|_| HttpError::Busy)?.map_err(|_| HttpError::Busy)?;
        *request.timeout_mut() = Some(WHOLE.saturating_sub(begun.elapsed()));
        let failed = |error: reqwest::Error| failure(&error);
        let mut response = client.execute(request).await.map_err(failed)?;
        let status = response.status();
        let said = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let (date, retry_after) = (said(DATE), said(RETRY_AFTER));
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, body, retry_after, date })
    }
}

/// Looks names up as the system does, but for `localhost` and what lies beneath it (RFC 6761 §6.3):
/// few systems know `id.localhost`, and plain HTTP is for this machine alone. Of what is found, what lies within
/// bounds is asked.
struct Names(Bounds);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let bounds = self.0.clone();
        Box::pin(async move {
            let mut found: Vec<SocketAddr> = if is_loopback(&Host::Domain(name.as_str())) {
                let here: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
                here.map(|it| SocketAddr::new(it, 0)).into()
            } else {
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect()
            };
            let is_known = !found.is_empty();
            found.retain(|it| bounds.holds(it.ip()));
            if is_known && found.is_empty() {
                return Err(OutOfBounds.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The library's own text may hold an address with a query.
fn failure(error: &reqwest::Error) -> HttpError {
    let mut causes = iter::successors(error.source(), |&cause| cause.source());
    if causes.any(<dyn Error>::is::<OutOfBounds>) {
        return OutOfBounds.into();
    }
    HttpError::NoAnswer(if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        connecting::why(error)
    } else {
        "the connection broke"
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use futures_util::StreamExt as _;
    use futures_util::stream::FuturesUnordered;

    use super::{Arc, Bounds, Http, HttpError, MOST_AT_ONCE, Semaphore};

    #[tokio::test]
    async fn a_provider_that_does_not_answer_is_not_asked_without_end() {
        // The system takes connections for it, and nobody answers.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", silent.local_addr().unwrap());
        let http = Http::default();
        let ask = || http.send(http.client().unwrap().get(&address));
        let mut all: FuturesUnordered<_> = (0..=MOST_AT_ONCE).map(|_| ask()).collect();
        assert!(matches!(all.next().await, Some(Err(HttpError::Busy))));
        http.keep([Bounds::default()].iter());
        let left = http.shared.turns().values().map(|it| it.available_permits()).sum::<usize>();
        assert_eq!((http.shared.turns().len(), left), (1, 0), "whoever has a turn keeps it");
        drop(all);
        let is_free = |it: &Arc<Semaphore>| it.available_permits() == MOST_AT_ONCE;
        assert!(http.shared.turns().values().all(is_free), "all given back");
        http.keep([Bounds::default()].iter());
        assert!(http.shared.turns().is_empty(), "nobody asks it");
    }

    #[tokio::test]
    async fn what_is_no_part_of_the_internet_is_asked_within_bounds_alone() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
            }
        });
        let http = Http::default();
        let within = |networks: &[&str]| {
            let networks: Vec<_> = networks.iter().map(|it| it.parse().unwrap()).collect();
            http.within(&Bounds::with(&networks))
        };
        let none = within(&[]);
        let machine = within(&["10.0.0.0/8", "127.0.0.0/8"]);
        // A name leads to it only once somebody looks it up.
        let hosts = ["127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost", "id.localhost"];
        for host in hosts {
            let url = format!("http://{host}:{port}/").parse().unwrap();
            for (what, http, is_asked) in [
                ("the main file", &http, true),
                ("the internet alone", &none, false),
                ("this machine too", &machine, true),
                ("another network", &within(&["10.0.0.0/8", "::1/128"]), false),
                // What was asked before keeps no way open.
                ("again", &none, false),
            ] {
                let outcome = http.get(&url).await;
                // Of two addresses of a name, one may be within bounds, where nobody listens.
                let is_kept = matches!(outcome, Err(HttpError::OutOfBounds(_)))
                    || what == "another network"
                        && host.ends_with("localhost")
                        && matches!(outcome, Err(HttpError::NoAnswer("no connection")));
                assert_eq!((outcome.is_ok(), is_kept), (is_asked, !is_asked), "{host}: {what}");
            }
        }
    }

    #[tokio::test]
    async fn a_name_beneath_localhost_is_this_machine() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 1024];
            let length = stream.read(&mut asked).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").unwrap();
            String::from_utf8_lossy(&asked[..length]).into_owned()
        });
        let http = Http::default();
        let address = format!("http://nobody-set-up-this-name.localhost:{port}/");
        let answer = http.send(http.client().unwrap().get(address)).await.unwrap();
        assert_eq!(answer.body, b"hi");
        let asked = server.join().unwrap();
        assert!(
            asked.contains(&format!("host: nobody-set-up-this-name.localhost:{port}")),
            "{asked}"
        );
    }
}
