//! brandgate in front of the games, and one method for everything that people do with it.

use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};

use crate::support::answer::Answer;
use crate::support::app::App;
use crate::support::browser::{Browser, Request};
use crate::support::provider::{self, Provider};
use crate::support::{assertion, log};

pub(crate) const SSO: &str = "https://sso.acme.example";
/// Our own address beneath the domain of the games' cookie.
pub(crate) const AT: &str = "https://sso.acme-games.example";
/// The provider's login page.
pub(crate) const LOGIN: &str = "https://login.acme-games.example";
pub(crate) const STRANGER: &str = "https://stranger.example";
pub(crate) const PROJECT: &str = "40db2ea4-0000-4000-8000-000000000000";

const ZENDESK: &str = "zendesk-secret-of-the-games-0123456789abcd";

/// The `games-login` of product.md §2, with the provider's keys in the place of Xsolla's.
pub(crate) const BRANDS: &str = include_str!("brands.yaml");

/// A sign-in to the games, as Zendesk begins it.
pub(crate) const TO_GAMES: &str = "brand_id=360000000003&locale_id=1&return_to=https%3A%2F%2Fhelp.acme-games.example%2Fhc%2Frequests%3Fa%3D1&timestamp=1800000000";
pub(crate) const DESTINATION: &str = "https://help.acme-games.example/hc/requests?a=1";

/// A running service, and its provider.
pub(crate) struct Games {
    app: App,
    pub(crate) provider: Provider,
}

impl Games {
    pub(crate) fn start() -> Self {
        Self::changed(&[])
    }

    /// With changes to the table.
    pub(crate) fn changed(changes: &[(&str, &str)]) -> Self {
        let provider = Provider::start();
        let mut yaml = BRANDS.replace("{PROVIDER}", &format!("http://{}", provider.address));
        for (from, to) in changes {
            assert!(yaml.contains(from), "{from}");
            yaml = yaml.replace(from, to);
        }
        Self { app: App::with(&yaml), provider }
    }

    /// With other keys.
    pub(crate) fn with_keys(keys: &str, algorithm: &str) -> Self {
        let algorithm = format!("algorithm: {algorithm}");
        Self::changed(&[
            ("algorithm: RS256", &algorithm),
            ("keys: { jwks_url:", &format!("keys: {keys} #")),
        ])
    }

    pub(crate) fn person(&self) -> Person<'_> {
        Person { games: self, browser: self.new_browser() }
    }

    /// What Xsolla says about Joe, with `changes`, of which a `null` takes away.
    pub(crate) fn claims(&self, changes: &Value) -> Value {
        let now = self.clock.now();
        let mut claims = json!({
            "iss": "https://login.xsolla.com",
            "exp": now + 86_400,
            "iat": now,
            "sub": "d342dad2-9d59-11e9-a384-42010aa8003f",
            "email": "joe@example.com",
            "email_verified": true,
            "username": "joe",
            "type": "xsolla_login",
            "publisher_id": 136_593,
            "groups": [{ "id": 1, "name": "default", "is_default": true }],
            "xsolla_login_project_id": PROJECT,
        });
        let object = claims.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            object.insert(name.clone(), value.clone());
        }
        object.retain(|_, value| !value.is_null());
        claims
    }

    /// A token by the provider's key `a`.
    pub(crate) fn token(&self, changes: &Value) -> String {
        provider::signed("a", &self.claims(changes))
    }
}

impl Deref for Games {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    games: &'a Games,
    browser: Browser,
}

impl Person<'_> {
    #[track_caller]
    pub(crate) fn send(&mut self, request: &Request) -> Answer {
        const TABLE: [&str; 4] = [
            "sso.acme.example",
            "sso.acme-games.example",
            "login.acme-games.example",
            "www.acme-shoes.example",
        ];
        let answer = self.browser.send(request);
        answer.assert_lawful(|url| TABLE.contains(&url.host_str().unwrap()));
        answer
    }

    /// Opens an address by a link on a page of `from`.
    #[track_caller]
    pub(crate) fn open(&mut self, url: &str, from: &str) -> Answer {
        self.send(&Request::get(url).from(from))
    }

    /// Opens an address by a link that does not say whose it is.
    #[track_caller]
    pub(crate) fn open_hidden(&mut self, url: &str) -> Answer {
        self.send(&Request::get(url).with("sec-fetch-site", "cross-site"))
    }

    /// Presses "Sign in" at the Help Center, up to the second address.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, query: &str) -> Answer {
        let help = "https://help.acme-games.example";
        let answer = self.open(&format!("{SSO}/login?{query}"), help);
        assert_eq!(answer.flows(), [""; 0], "flows live where the person comes back to");
        let at = format!("{AT}/backends/games-login/login?{query}");
        assert_eq!(answer.leads_to(), at);
        self.open(&at, help)
    }

    /// Signs in at the provider, which keeps the token in its cookie.
    pub(crate) fn has(&mut self, token: &str) {
        self.hold("acme-games.example", "token", token);
    }

    /// Presses the button of "Continue as …?".
    #[track_caller]
    pub(crate) fn confirm(&mut self, question: &Answer, from: &str) -> Answer {
        assert!(question.body.contains("Continue to Acme Games as j•••@example.com?"));
        let form = format!("confirmation={}", question.field("confirmation"));
        self.send(&Request::post(&format!("{AT}/continue"), &form).from(from))
    }

    /// Comes back from the provider, with what it adds to the address.
    #[track_caller]
    pub(crate) fn come_back(&mut self, query: &str) -> Answer {
        self.open(&format!("{AT}/callback/games-login{query}"), LOGIN)
    }

    /// A second browser that knows nothing of the first.
    pub(crate) fn somebody_else(&self) -> Self {
        self.games.person()
    }
}

impl Deref for Person<'_> {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl DerefMut for Person<'_> {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }
}

/// The claims of a hand-off's JWT, whose signature holds and which goes to the account.
#[track_caller]
pub(crate) fn handed_off(answer: &Answer) -> Value {
    let hand_off = answer.hand_off();
    assert_eq!(hand_off.action, "https://acme.zendesk.com/access/jwt");
    assertion::read(&hand_off.jwt, ZENDESK).1
}

/// Whether it is refused with this status, for this reason; the log says the same.
#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, status: u16, kind: &str, what: &str) {
    assert!(!answer.is_hand_off(), "{what}: handed off");
    let line = log::line(&answer.trace());
    let found = (answer.status, line["status"].as_u64(), line["kind"].as_str());
    assert_eq!(found, (status, Some(u64::from(status)), Some(kind)), "{what}: {line}");
    assert!(!answer.body.contains("joe@"), "{what}");
}
