//! The service under test, with two backends at one provider.

use std::ops::Deref;
use std::thread;

use brandgate::clock::Clock;

use crate::redis::server::Server;
use crate::support::answer::Answer;
use crate::support::app;
pub(crate) use crate::support::app::SSO;
use crate::support::browser::Browser;

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

/// The service, in front of a provider.
pub(crate) struct App(app::App);

impl App {
    /// With backends at the provider `issuer`.
    pub(crate) fn start(issuer: &str) -> Self {
        Self::with(&brands(issuer))
    }

    /// With this table.
    pub(crate) fn with(yaml: &str) -> Self {
        Self(app::App::with(yaml))
    }

    /// Two instances on one Redis, whose memory goes back far enough.
    pub(crate) fn two(issuer: &str, redis: &Server) -> [Self; 2] {
        let store = format!("\n  store: {{ url: {{ value: '{}' }} }}\nzendesk:", redis.url());
        let (yaml, clock) = (brands(issuer).replace("\nzendesk:", &store), Clock::default());
        [0, 1].map(|_| Self(app::App::at(&yaml, clock.clone())))
    }

    /// Two instances between which a `state_key` is being replaced: the new one seals at the first.
    pub(crate) fn two_amid_a_rotation(issuer: &str) -> [Self; 2] {
        let old = "{ value: state-key-of-the-journeys-0123456789abcdef }";
        let new = "{ value: next-state-key-of-the-journeys-0123456789 }";
        let (yaml, clock) = (brands(issuer), Clock::default());
        [format!("[{new}, {old}]"), format!("[{old}, {new}]")]
            .map(|keys| Self(app::App::at(&yaml.replace(old, &keys), clock.clone())))
    }

    pub(crate) fn browser(&self) -> Browser {
        self.new_browser()
    }

    /// Ten people press "Sign in" at the same time.
    pub(crate) fn ten_logins(&self) -> Vec<Answer> {
        let ten = [(); 10].map(|()| self.browser());
        let ten = ten.map(|mut browser| thread::spawn(move || browser.login(TO_SHOES)));
        ten.into_iter().map(|it| it.join().unwrap()).collect()
    }
}

impl Deref for App {
    type Target = app::App;

    fn deref(&self) -> &app::App {
        &self.0
    }
}
