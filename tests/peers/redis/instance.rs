//! One instance of the service, and people who sign in through it.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brandgate::app::Service;
use brandgate::clock::Clock;
use brandgate::config;
use serde_json::json;

const SECRET: &str = "shoes-secret-of-the-peers-0123456789abcdef";

/// The table, with a store at `url`, or one that says more, such as `URL, cluster: true`.
pub(crate) fn table(store: &str) -> String {
    let (url, more) = store.split_once(", ").unwrap_or((store, ""));
    format!(
        "version: 1
server:
  public_url: https://sso.acme.example
  listen: 127.0.0.1:0
  ops: {{ listen: 127.0.0.1:0 }}
  state_key: {{ value: state-key-of-the-peers-0123456789abcdef01 }}
  store: {{ url: {{ value: '{url}' }}, {more} }}
zendesk:
  account: acme
  shared_secret: {{ value: zendesk-secret-of-the-peers-0123456789abcde }}
backends:
  shoes-site:
    type: redirect
    login_url: https://www.acme-shoes.example/in
    assertion: {{ algorithm: HS256, secrets: [{{ value: {SECRET} }}] }}
brands:
  shoes: {{ hosts: [acme-shoes.zendesk.com], backend: shoes-site }}
"
    )
}

/// A running instance in this process.
pub(crate) struct Instance(Service);

impl Instance {
    /// Starts one with this store and a clock that the test moves.
    pub(crate) fn start(store: &str, clock: &Clock) -> Self {
        let loaded = config::read(&table(store), "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
        Self(Service::start(config, clock.clone(), listen(), listen()).unwrap())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0.public_address()
    }

    pub(crate) fn ops_address(&self) -> SocketAddr {
        self.0.ops_address()
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// Whether it posts a Zendesk JWT.
    pub(crate) fn is_hand_off(&self) -> bool {
        let posts = self.body.contains("action=\"https://acme.zendesk.com/access/jwt\"");
        assert_eq!(posts, self.status == 200, "{self:?}");
        posts
    }

    /// Whether it is the page about the store, with its trace code and when to come again.
    pub(crate) fn is_away(&self) -> bool {
        let says = self.body.contains("Signing in is not possible right now");
        assert_eq!(says, self.status == 503, "{self:?}");
        assert_eq!(says, self.headers("retry-after").any(|value| value == "60"), "{self:?}");
        says
    }

    /// The id of the Zendesk JWT that it posts.
    pub(crate) fn jti(&self) -> String {
        let jwt = self.body.split_once("name=\"jwt\" value=\"").unwrap().1;
        let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        claims["jti"].as_str().unwrap().to_owned()
    }

    fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Sends a request and reads the answer.
pub(crate) fn send(address: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// Somebody with a browser, which goes to whichever instance the balancer likes.
#[derive(Clone, Default)]
pub(crate) struct Person {
    cookies: Vec<(String, String)>,
}

impl Person {
    /// Presses "Sign in" at the Help Center.
    pub(crate) fn login(&mut self, at: SocketAddr) -> Answer {
        let target = "/login?return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc";
        self.send(at, &format!("GET {target}"), "")
    }

    /// Lets the site post an assertion.
    pub(crate) fn submit(&mut self, at: SocketAddr, assertion: &str) -> Answer {
        self.send(at, "POST /access/jwt", &format!("jwt={assertion}"))
    }

    fn send(&mut self, at: SocketAddr, line: &str, body: &str) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = send(
            at,
            &format!(
                "{line} HTTP/1.1\r\nhost: sso.acme.example\r\nconnection: close\r\n\
                 origin: https://www.acme-shoes.example\r\ncookie: {}\r\n\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
                cookies.join("; "),
                body.len()
            ),
        );
        for cookie in answer.headers("set-cookie") {
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }
}

/// What the site says about Joe at `now`, with an id of its own.
pub(crate) fn assertion(now: u64) -> String {
    signed(now, SECRET)
}

/// The same, said by somebody who does not know the secret.
pub(crate) fn forged(now: u64) -> String {
    signed(now, "not-the-secret-of-the-peers-0123456789abcde")
}

fn signed(now: u64, secret: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let claims =
        json!({ "iat": now, "jti": id.to_string(), "email": "joe@people.example", "name": "Joe" });
    let header = json!({ "typ": "JWT", "alg": "HS256" });
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&header), part(&claims));
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
}
