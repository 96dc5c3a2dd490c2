//! Asks providers, in the one way that is safe.

use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, DATE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Request, RequestBuilder, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use url::Url;

use super::BackendError;
use super::calls::Calls;
use crate::domain::is_loopback;

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
/// The client is made when it is first needed, as most tables need none: with the system's
/// authorities it takes a megabyte. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Http(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    client: OnceLock<Client>,
    /// The turns at each provider: the file names few.
    turns: Mutex<HashMap<String, Arc<Semaphore>>>,
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
    /// In how many seconds it wants to be asked again, if it says that in seconds.
    pub retry_after: Option<u64>,
    /// What time it has, as it says it.
    pub date: Option<String>,
}

impl Http {
    /// The client, to make requests for [`Http::send`] with.
    pub fn client(&self) -> Result<&Client, HttpError> {
        if let Some(client) = self.0.client.get() {
            return Ok(client);
        }
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .dns_resolver(Names)
            .pool_max_idle_per_host(MOST_IDLE)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent(concat!("brandgate/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(HttpError::Client)?;
        Ok(self.0.client.get_or_init(|| client))
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
        // Nothing panics while it is held.
        let mut turns = self.0.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.entry(provider).or_insert_with(|| Arc::new(Semaphore::new(MOST_AT_ONCE))).clone()
    }

    /// Sends a request and reads the whole answer, whatever its status.
    pub async fn send(&self, request: RequestBuilder) -> Result<Answer, HttpError> {
        let (client, request) = request.build_split();
        let request = request.map_err(|_| HttpError::NoAnswer("the request could not be made"))?;
        let Some(calls) = Calls::current() else { return self.ask(&client, request).await };
        let place = calls.begin(request.method(), request.url());
        let outcome = self.ask(&client, request).await;
        calls.end(place, outcome.as_ref().map(|answer| answer.status));
        outcome
    }

    async fn ask(&self, client: &Client, mut request: Request) -> Result<Answer, HttpError> {
        let provider = request.url().authority().to_owned();
        let begun = Instant::now();
        let turn = timeout(PATIENCE, self.turns(provider).acquire_owned()).await;
        let _turn = turn.map_err(|_| HttpError::Busy)?.map_err(|_| HttpError::Busy)?;
        *request.timeout_mut() = Some(WHOLE.saturating_sub(begun.elapsed()));
        let failed = |error: reqwest::Error| HttpError::NoAnswer(why(&error));
        let mut response = client.execute(request).await.map_err(failed)?;
        let status = response.status();
        let date = response.headers().get(DATE).and_then(|it| Some(it.to_str().ok()?.to_owned()));
        let retry_after = response.headers().get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|it| it.to_str().ok()?.trim().parse().ok());
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
/// few systems know `id.localhost`, and plain HTTP is for this machine alone.
struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            if is_loopback(&url::Host::Domain(name.as_str())) {
                let here = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
                return Ok(Box::new(here.map(|it| SocketAddr::new(it, 0)).into_iter()) as Addrs);
            }
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The library's own text may hold an address with a query.
fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use futures_util::StreamExt as _;
    use futures_util::stream::FuturesUnordered;

    use super::{Http, HttpError, MOST_AT_ONCE};

    #[tokio::test]
    async fn a_provider_that_does_not_answer_is_not_asked_without_end() {
        // The system takes connections for it, and nobody answers.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", silent.local_addr().unwrap());
        let http = Http::default();
        let ask = || http.send(http.client().unwrap().get(&address));
        let mut all: FuturesUnordered<_> = (0..=MOST_AT_ONCE).map(|_| ask()).collect();
        assert!(matches!(all.next().await, Some(Err(HttpError::Busy))));
        drop(all);
        let turns = http.0.turns.lock().unwrap();
        assert!(turns.values().all(|it| it.available_permits() == MOST_AT_ONCE), "all given back");
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
