//! brandgate in front of the games, and one method for everything that people do with it.

use std::net::TcpListener;
use std::ops::{Deref, DerefMut};
use std::path::Path;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brandgate::app::Service;
use brandgate::clock::Clock;
use brandgate::config;
use serde_json::{Value, json};

use super::browser::{Answer, Browser, Request};
use crate::support::log;
use crate::support::provider::{self, Provider};

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

/// A running service, its provider, and a clock that the test moves.
pub(crate) struct Games {
    service: Service,
    pub(crate) clock: Clock,
    pub(crate) provider: Provider,
}

impl Games {
    pub(crate) fn start() -> Self {
        Self::changed(&[])
    }

    /// With changes to the table.
    pub(crate) fn changed(changes: &[(&str, &str)]) -> Self {
        log::keep();
        let provider = Provider::start();
        let mut yaml = BRANDS.replace("{PROVIDER}", &format!("http://{}", provider.address));
        for (from, to) in changes {
            assert!(yaml.contains(from), "{from}");
            yaml = yaml.replace(from, to);
        }
        let loaded = config::read(&yaml, "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
        let clock = Clock::default();
        let service = Service::start(config, clock.clone(), listen(), listen()).unwrap();
        Self { service, clock, provider }
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
        Person { games: self, browser: Browser::new(self.service.public_address()) }
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

impl Drop for Games {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            log::assert_clean(&["of-the-games"]);
        }
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    games: &'a Games,
    browser: Browser,
}

impl Person<'_> {
    /// Opens an address by a link on a page of `from`.
    #[track_caller]
    pub(crate) fn open(&mut self, url: &str, from: &str) -> Answer {
        self.send(&Request { url, from: Some(from), form: None, headers: &[] })
    }

    /// Opens an address by a link that does not say whose it is.
    #[track_caller]
    pub(crate) fn open_hidden(&mut self, url: &str) -> Answer {
        self.send(&Request { url, from: None, form: None, headers: &[] })
    }

    /// Presses "Sign in" at the Help Center, up to the second address.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, query: &str) -> Answer {
        let help = "https://help.acme-games.example";
        let answer = self.open(&format!("{SSO}/login?{query}"), help);
        assert_eq!(answer.flow(), None, "flows live where the person comes back to");
        let at = format!("{AT}/backends/games-login/login?{query}");
        assert_eq!(answer.location(), at);
        self.open(&at, help)
    }

    /// Signs in at the provider, which keeps the token in its cookie.
    pub(crate) fn has(&mut self, token: &str) {
        self.keep("acme-games.example", "token", token);
    }

    /// Presses the button of "Continue as …?".
    #[track_caller]
    pub(crate) fn confirm(&mut self, question: &Answer, from: &str) -> Answer {
        assert!(question.body.contains("Continue to Acme Games as j•••@example.com?"));
        let form = Some(format!("confirmation={}", question.field("confirmation")));
        let url = &format!("{AT}/continue");
        self.send(&Request { url, from: Some(from), form, headers: &[] })
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
    assert!(answer.is_hand_off(), "{} {}", answer.status, answer.body);
    assert!(answer.body.contains(r#"action="https://acme.zendesk.com/access/jwt""#));
    let jwt = answer.field("jwt");
    let (message, signature) = jwt.rsplit_once('.').unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, ZENDESK.as_bytes());
    hmac::verify(&key, message.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    let claims = message.split_once('.').unwrap().1;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
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
