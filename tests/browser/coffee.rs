//! The demo, but for how the coffee brand's people sign in.

use brandgate::clock::Clock;

use crate::browser::Browser;
use crate::support::demo::Demo;

pub(crate) const CAROL: &str = "carol@coffee.example";

/// The demo with another backend in the place of the coffee brand's site.
pub(crate) struct Coffee(Demo);

impl Coffee {
    /// Starts it with these settings of `coffee-site`, made for brandgate's port.
    pub(crate) fn start(settings: impl FnOnce(u16) -> String) -> Self {
        Self(Demo::changed(Clock::that_skips(), |sso, yaml| {
            let (before, rest) = yaml.split_once("  coffee-site:\n").unwrap();
            let (_, after) = rest.split_once("  native:\n").unwrap();
            let settings = settings(sso).replace('\n', "\n    ");
            format!("{before}  coffee-site:\n    {settings}\n  native:\n{after}")
        }))
    }

    /// A page of the Help Center.
    pub(crate) fn at(&self, target: &str) -> String {
        self.0.at("coffee.localhost", target)
    }

    pub(crate) fn help(&self) -> String {
        self.at("/hc/requests/42?page=2")
    }

    pub(crate) async fn begin(&self, browser: &Browser) {
        browser.visit(&self.help()).await;
    }

    /// Carol is where she wanted to be, and nobody else came of it.
    pub(crate) async fn arrived(&self, browser: &Browser, name: &str) {
        browser.sees(&format!("Hello, {name}")).await;
        assert_eq!(browser.address().await, self.help());
        assert_eq!(self.known(CAROL), 1);
        // A form with a mistake comes back with 403, which Chromium remarks upon.
        let console = browser.console().await.join("\n");
        assert!(!console.contains("Content Security Policy"), "{console}");
    }

    /// How many users Zendesk has under this address.
    pub(crate) fn known(&self, email: &str) -> usize {
        self.0.stand_in.users().into_iter().filter(|user| user.email == email).count()
    }
}
