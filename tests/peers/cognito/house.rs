//! brandgate itself, on a port of its own, with one brand whose people are in a user pool.

use std::ops::Deref;

use brandgate::clock::Clock;
use serde_json::Value;

use crate::redis::server::Server;
use crate::support::answer::Answer;
use crate::support::app::{App, SSO};
use crate::support::assertion::ZENDESK;
use crate::support::browser::{self, Request};
use crate::support::log;

/// A running service, and the table that it has.
pub(crate) struct House {
    app: App,
    source: String,
}

/// Where the brand's people want to go.
pub(crate) const HELP: &str = "https://acme-coffee.zendesk.com/hc/requests/7?a=b";

impl House {
    /// Starts the service with a backend `pool` of these settings.
    pub(crate) fn start(settings: &str) -> Self {
        Self::start_with("", settings)
    }

    /// The same, with more settings of the server's.
    pub(crate) fn start_with(server: &str, settings: &str) -> Self {
        let indented: Vec<String> = settings.lines().map(|line| format!("    {line}")).collect();
        let source = format!(
            "version: 1\nserver:\n  {{ public_url: '{SSO}', client_address: x_forwarded_for, \
             trusted_proxies: [127.0.0.1], {server} }}\nzendesk:\n  account: acme\n  shared_secret: {{ value: {ZENDESK} }}\nreserved:\n  \
             - {{ email_domains: [acme.example], backends: [site] }}\nbackends:\n  pool:\n    \
             type: cognito\n{settings}\n  site:\n    type: redirect\n    \
             login_url: https://www.acme.example/in\n    assertion: {{ algorithm: HS256, secrets: \
             {{ value: {site} }} }}\nbrands:\n  coffee:\n    name: Acme Coffee\n    brand_id: 7\n    \
             hosts: [acme-coffee.zendesk.com]\n    backend: pool\n    identity:\n      \
             may_say: [name, user_fields]\n  shoes:\n    brand_id: 8\n    \
             hosts: [acme-shoes.zendesk.com]\n    backend: site\n",
            site = "s".repeat(32),
            settings = indented.join("\n"),
        );
        Self { app: App::at(&source, Clock::that_skips()), source }
    }

    /// The same, with a store at `redis` whose memory goes back far enough.
    pub(crate) fn start_on(redis: &Server, state_key: &str, settings: &str) -> Self {
        let store = format!(
            "state_key: {{ value: {state_key} }}, store: {{ url: {{ value: '{}' }} }}",
            redis.url()
        );
        Self::start_with(&store, settings)
    }

    /// Another instance of it, behind the same public address and at the same clock.
    pub(crate) fn beside(&self) -> Self {
        Self { app: App::at(&self.source, self.clock.clone()), source: self.source.clone() }
    }

    /// The same with one change to the table.
    pub(crate) fn beside_with(&self, from: &str, to: &str) -> Self {
        assert!(self.source.contains(from), "{from}");
        let source = self.source.replace(from, to);
        Self { app: App::at(&source, self.clock.clone()), source }
    }

    /// What a program sends, or a script: no cookie of ours goes with it.
    pub(crate) fn program(&self, request: &Request) -> Answer {
        browser::program(self.address(), request)
    }

    /// What a script on a page of `origin` sends.
    pub(crate) fn script(
        &self,
        method: &str,
        address: &str,
        origin: &str,
        body: Option<&Value>,
    ) -> Answer {
        // Nothing behind it goes over the wire.
        let address = address.split('#').next().unwrap();
        let mut request = Request::new(method, address).with("origin", origin);
        request = request.with("sec-fetch-dest", "empty").with("sec-fetch-mode", "cors");
        if let Some(body) = body {
            request = request.with("content-type", "application/json").with_body(&body.to_string());
        }
        self.program(&request.with("accept", "application/json"))
    }
}

impl Deref for House {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

/// An address of ours.
pub(crate) fn at(target: &str) -> String {
    format!("{SSO}{target}")
}

/// The latest line about a refusal: under a mere typo people see no code.
pub(crate) fn last_line() -> Value {
    log::lines(r#""outcome":"refused""#).pop().unwrap()
}

/// Kind and status of the line with this trace code.
#[track_caller]
pub(crate) fn noted(trace: &str) -> (String, u64) {
    let line = log::line(trace);
    (line["kind"].as_str().unwrap().to_owned(), line["status"].as_u64().unwrap())
}
