//! The service under test, with two backends at one provider.

use std::net::TcpListener;
use std::path::Path;

use brandgate::app::Service;
use brandgate::clock::Clock;
use brandgate::config;
use reqwest::Client;
use reqwest::redirect::Policy;

use super::browser::Browser;
use super::log;
use crate::redis::server::Server;

/// Where people know it to be.
pub(crate) const SSO: &str = "https://sso.acme.example";

/// Sign-ins as Zendesk begins them.
pub(crate) const TO_SHOES: &str =
    "brand_id=1&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Frequests";
pub(crate) const TO_SHOES_HOME: &str =
    "brand_id=1&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
pub(crate) const TO_COFFEE: &str = "brand_id=2";

const BRANDS: &str = "
version: 1
server:
  public_url: https://sso.acme.example
  listen: 127.0.0.1:0
  ops: { listen: 127.0.0.1:0 }
  state_key: { value: state-key-of-the-journeys-0123456789abcdef }
zendesk:
  account: acme
  shared_secret: { value: zendesk-secret-of-the-journeys-0123456789 }
backends:
  staff:
    type: oidc
    issuer: ISSUER
    client_id: brandgate-staff
    client_secret: { value: secret-of-staff-0123456789abcdef0123456789 }
  coffee-club:
    type: oidc
    issuer: ISSUER
    client_id: brandgate-coffee-club
    client_secret: { value: secret-of-coffee-club-0123456789abcdef0123456789 }
    email_verified: optional
brands:
  shoes:
    name: Acme Shoes
    brand_id: 1
    hosts: [help.acme-shoes.example]
    backend: staff
    identity: { external_id_prefix: shoes_ }
  coffee:
    name: Acme Coffee
    brand_id: 2
    hosts: [help.acme-coffee.example]
    backend: coffee-club
    identity: { external_id_prefix: coffee_ }
";

/// The table, with backends at the provider `issuer`.
pub(crate) fn brands(issuer: &str) -> String {
    BRANDS.replace("ISSUER", issuer)
}

/// A running service with a clock that the test moves.
pub(crate) struct App {
    service: Service,
    pub(crate) clock: Clock,
    client: Client,
}

impl App {
    /// With backends at the provider `issuer`.
    pub(crate) fn start(issuer: &str) -> Self {
        Self::serve(&brands(issuer), Clock::default())
    }

    /// With this table.
    pub(crate) fn with(yaml: &str) -> Self {
        Self::serve(yaml, Clock::default())
    }

    /// Two instances on one Redis, whose memory goes back far enough.
    pub(crate) fn two(issuer: &str, redis: &Server) -> [Self; 2] {
        let store = format!("\n  store: {{ url: {{ value: '{}' }} }}\nzendesk:", redis.url());
        let (yaml, clock) = (brands(issuer).replace("\nzendesk:", &store), Clock::default());
        [0, 1].map(|_| Self::serve(&yaml, clock.clone()))
    }

    fn serve(yaml: &str, clock: Clock) -> Self {
        log::keep();
        let loaded = config::read(yaml, "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
        let service = Service::start(config, clock.clone(), listen(), listen()).unwrap();
        // A busy peer may close a connection that was kept just as it is used again.
        let client =
            Client::builder().redirect(Policy::none()).no_proxy().pool_max_idle_per_host(0);
        let client = client.build().unwrap();
        Self { service, clock, client }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.client.clone(), self.service.public_address())
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            log::assert_clean();
        }
    }
}
