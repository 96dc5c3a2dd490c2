//! One instance of the service, and people who sign in through it.

use std::net::SocketAddr;

use brandgate::clock::Clock;
use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{App, SSO, submission};
use crate::support::assertion::{self, SHOES, ZENDESK};
use crate::support::browser::{Browser, Request};

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
  shared_secret: {{ value: {ZENDESK} }}
backends:
  shoes-site:
    type: redirect
    login_url: https://www.acme-shoes.example/in
    assertion: {{ algorithm: HS256, secrets: [{{ value: {SHOES} }}] }}
brands:
  shoes: {{ hosts: [acme-shoes.zendesk.com], backend: shoes-site }}
"
    )
}

/// Starts an instance in this process, with this store and a clock that the test moves.
pub(crate) fn start(store: &str, clock: &Clock) -> App {
    App::at(&table(store), clock.clone())
}

impl Answer {
    /// Whether it is the page about the store, with its trace code and when to come again.
    pub(crate) fn is_away(&self) -> bool {
        let says = self.body.contains("Signing in is not possible right now");
        assert_eq!(says, self.status == 503, "{self:?}");
        assert_eq!(says, self.header("retry-after") == Some("60"), "{self:?}");
        says
    }

    /// The id of the Zendesk JWT that it posts.
    pub(crate) fn jti(&self) -> String {
        self.handed_off().0["jti"].as_str().unwrap().to_owned()
    }
}

/// Somebody with a browser, which goes to whichever instance the balancer likes.
#[derive(Clone)]
pub(crate) struct Person(Browser);

impl Default for Person {
    fn default() -> Self {
        Self(Browser::new(Clock::default(), None))
    }
}

impl Person {
    /// Presses "Sign in" at the Help Center.
    pub(crate) fn login(&mut self, at: SocketAddr) -> Answer {
        let query = "return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc";
        let request = Request::get(&format!("{SSO}/login?{query}"));
        self.send(at, &request.from("https://acme.zendesk.com"))
    }

    /// Lets the site post an assertion.
    pub(crate) fn submit(&mut self, at: SocketAddr, jwt: &str) -> Answer {
        let request = submission("/access/jwt", jwt, None);
        let answer = self.send(at, &request.from("https://www.acme-shoes.example"));
        assert_eq!(answer.is_hand_off(), answer.status == 200, "{answer:?}");
        answer
    }

    fn send(&mut self, at: SocketAddr, request: &Request) -> Answer {
        self.0.server = Some(at);
        self.0.send(request)
    }
}

/// What the site says about Joe at `now`, with an id of its own.
pub(crate) fn assertion(now: u64) -> String {
    signed(now, SHOES)
}

/// The same, said by somebody who does not know the secret.
pub(crate) fn forged(now: u64) -> String {
    signed(now, "not-the-secret-of-the-peers-0123456789abcde")
}

fn signed(now: u64, secret: &str) -> String {
    let claims = assertion::claims(now, &json!({ "external_id": null }));
    assertion::sign(&assertion::header(), &claims, secret)
}
