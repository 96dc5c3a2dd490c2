//! The service under test, and one method for everything that people do with it.

use std::net::{SocketAddr, TcpListener};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Mutex;

use brandgate::app::{InForce, Service};
use brandgate::clock::Clock;
use brandgate::config;
use serde_json::Value;

use super::answer::Answer;
use super::browser::{self, Browser, Request};
use super::{assertion, log};

/// Where people know it to be.
pub(crate) const SSO: &str = "https://sso.acme.example";
/// Where the backends' pages are.
pub(crate) const SHOES_SITE: &str = "https://www.acme-shoes.example";
pub(crate) const COFFEE_SITE: &str = "https://login.acme-coffee.example";
/// A site that is nobody's.
pub(crate) const STRANGER: &str = "https://stranger.example";

/// The table of most journeys.
pub(crate) const BRANDS: &str = include_str!("brands.yaml");

/// A sign-in to the shoes, as Zendesk begins it.
pub(crate) const TO_SHOES: &str =
    "brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Frequests";
pub(crate) const TO_BOOTS: &str =
    "brand_id=360000000002&return_to=https%3A%2F%2Fhelp.acme-boots.example%2Fhc%2Frequests";
pub(crate) const TO_COFFEE: &str =
    "brand_id=360000000003&return_to=https%3A%2F%2Fhelp.acme-coffee.example%2Fhc%2Frequests";

/// A running service with a clock that the test moves.
pub(crate) struct App {
    service: Service,
    in_force: Mutex<InForce>,
    source: String,
    pub(crate) clock: Clock,
    _log: CleanLog,
}

/// Looks through the log at the end of each test.
struct CleanLog;

impl App {
    pub(crate) fn start() -> Self {
        Self::with(BRANDS)
    }

    /// With one change to the table.
    pub(crate) fn changed(from: &str, to: &str) -> Self {
        assert!(BRANDS.contains(from), "{from}");
        Self::with(&BRANDS.replace(from, to))
    }

    pub(crate) fn with(yaml: &str) -> Self {
        Self::at(yaml, Clock::default())
    }

    /// At this clock.
    pub(crate) fn at(yaml: &str, clock: Clock) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), yaml, clock)
    }

    /// For people who come to `public`.
    pub(crate) fn on(public: TcpListener, yaml: &str, clock: Clock) -> Self {
        log::keep();
        let loaded = config::read(yaml, "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let ops = TcpListener::bind("127.0.0.1:0").unwrap();
        let (service, in_force) = Service::start(config, clock.clone(), public, ops).unwrap();
        let in_force = Mutex::new(in_force);
        Self { service, in_force, source: yaml.to_owned(), clock, _log: CleanLog }
    }

    /// Puts the table that it began with in force, with these changes.
    pub(crate) fn reload(&self, changes: &[(&str, &str)]) {
        let mut yaml = self.source.clone();
        for (from, to) in changes {
            assert!(yaml.contains(from), "{from}");
            yaml = yaml.replace(from, to);
        }
        let loaded = config::read(&yaml, "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        self.in_force.lock().unwrap().replace(config).unwrap();
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.service.public_address()
    }

    pub(crate) fn ops_address(&self) -> SocketAddr {
        self.service.ops_address()
    }

    pub(crate) fn stop(self) {
        self.service.stop().unwrap();
    }

    /// Somebody with a new browser.
    pub(crate) fn browser(&self) -> Person<'_> {
        Person { app: self, browser: self.new_browser() }
    }

    pub(crate) fn new_browser(&self) -> Browser {
        Browser::new(self.clock.clone(), Some(self.address()))
    }

    /// A request of a program: no cookies, no word about itself.
    #[track_caller]
    pub(crate) fn send(&self, request: &Request) -> Answer {
        let answer = browser::program(self.address(), request);
        assert_lawful(&answer);
        answer
    }

    #[track_caller]
    pub(crate) fn get(&self, target: &str) -> Answer {
        self.send(&Request::get(&format!("{SSO}{target}")))
    }

    /// An assertion about Joe, made now, with `changes`.
    pub(crate) fn assertion(&self, secret: &str, changes: &Value) -> String {
        let claims = assertion::claims(self.clock.now(), changes);
        assertion::sign(&assertion::header(), &claims, secret)
    }
}

impl Drop for CleanLog {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            log::assert_clean();
        }
    }
}

/// Somebody with a browser.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    app: &'a App,
    browser: Browser,
}

impl Person<'_> {
    #[track_caller]
    pub(crate) fn send(&mut self, request: &Request) -> Answer {
        let answer = self.browser.send(request);
        assert_lawful(&answer);
        answer
    }

    /// Presses "Sign in" at a Help Center.
    #[track_caller]
    pub(crate) fn login(&mut self, query: &str) -> Answer {
        let request = Request::get(&format!("{SSO}/login?{query}"));
        self.send(&request.from("https://acme.zendesk.com"))
    }

    /// Presses "Sign out" at a Help Center.
    #[track_caller]
    pub(crate) fn logout(&mut self, query: &str) -> Answer {
        let request = Request::get(&format!("{SSO}/logout?{query}"));
        self.send(&request.from("https://acme.zendesk.com"))
    }

    /// Lets a page of `site` post an assertion.
    #[track_caller]
    pub(crate) fn submit(&mut self, site: &str, jwt: &str, return_to: Option<&str>) -> Answer {
        self.send(&submission("/access/jwt", jwt, return_to).from(site))
    }

    /// Lets a page of `site` post an assertion to that backend's own address.
    #[track_caller]
    pub(crate) fn submit_to(&mut self, backend: &str, site: &str, jwt: &str) -> Answer {
        self.send(&submission(&format!("/backends/{backend}/access/jwt"), jwt, None).from(site))
    }

    /// Follows an old script's redirect, which has the assertion in its address.
    #[track_caller]
    pub(crate) fn follow(&mut self, path: &str, site: &str, jwt: &str) -> Answer {
        self.send(&Request::get(&format!("{SSO}{path}?jwt={jwt}")).from(site))
    }

    /// Signs in to the shoes up to the hand-off.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, query: &str, secret: &str, changes: &Value) -> Answer {
        self.login(query).location();
        let jwt = self.app.assertion(secret, changes);
        self.submit(SHOES_SITE, &jwt, None)
    }

    /// Presses the button of "Continue as …?".
    #[track_caller]
    pub(crate) fn confirm(&mut self, confirmation: &str) -> Answer {
        self.send(&answer_to_the_question(confirmation).from(SSO))
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

/// A form that posts an assertion.
pub(crate) fn submission(path: &str, jwt: &str, return_to: Option<&str>) -> Request {
    let return_to = return_to.map(|text| format!("&return_to={}", encoded(text)));
    Request::post(&format!("{SSO}{path}"), &format!("jwt={jwt}{}", return_to.unwrap_or_default()))
}

pub(crate) fn answer_to_the_question(confirmation: &str) -> Request {
    Request::post(&format!("{SSO}/continue"), &format!("confirmation={confirmation}"))
}

/// As one value of a query or form.
pub(crate) fn encoded(text: &str) -> String {
    brandgate::backend::query_value(text).into_owned()
}

/// Status and kind of a refusal; the log line tells the same as the page, and no more.
#[track_caller]
pub(crate) fn refusal(answer: &Answer) -> (u16, String) {
    let line = log::line(&answer.trace());
    assert_eq!(line["status"], answer.status, "{line}");
    assert_eq!(line["outcome"], "refused", "{line}");
    assert!(matches!(line["fault"].as_str(), Some("client" | "backend" | "us")), "{line}");
    assert_eq!(line["client"], "127.0.0.0/24", "{line}");
    assert!(!answer.opens_a_flow(), "a refusal begins nothing");
    (answer.status, line["kind"].as_str().unwrap().to_owned())
}

/// Whether it is refused with this status, for this reason.
#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, status: u16, kind: &str, what: &str) {
    assert_eq!(refusal(answer), (status, kind.to_owned()), "{what}");
}

#[track_caller]
fn assert_lawful(answer: &Answer) {
    const TABLE: [&str; 8] = [
        "www.acme-shoes.example",
        "www.acme-coffee.example",
        "intranet.acme.example",
        "www.acme-books.example",
        "acme-games.zendesk.com",
        "acme.zendesk.com",
        "login.acme-tea.example",
        "localhost",
    ];
    answer.assert_lawful(|url| TABLE.contains(&url.host_str().unwrap()));
}
