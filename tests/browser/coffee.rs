//! The demo, but for how the coffee brand's people sign in.

use std::sync::Arc;

use brandgate::app::{Service, listen};
use brandgate::clock::Clock;
use brandgate::config;
use stand_in::{Secrets, Settings, StandIn, brands_yaml};

use crate::browser::Browser;

pub(crate) const CAROL: &str = "carol@coffee.example";

/// The demo with another backend in the place of the coffee brand's site.
pub(crate) struct Coffee {
    stand_in: StandIn,
    _service: Service,
}

impl Coffee {
    /// Starts it with these settings of `coffee-site`, made for brandgate's port.
    pub(crate) fn start(settings: impl FnOnce(u16) -> String) -> Self {
        let on_any_port = || listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let (public, sites) = (on_any_port(), on_any_port());
        let (sso, port) = (public.local_addr().unwrap().port(), sites.local_addr().unwrap().port());
        let secret = |letter: &str| letter.repeat(32).into();
        let [zendesk, shoes, coffee, bikes, chat] = ["z", "s", "c", "b", "h"].map(secret);
        let secrets = Secrets { zendesk, shoes, coffee, bikes, chat };
        let yaml = brands_yaml(sso, port, &secrets);
        let (before, rest) = yaml.split_once("  coffee-site:\n").unwrap();
        let (_, after) = rest.split_once("  native:\n").unwrap();
        let settings = settings(sso).replace('\n', "\n    ");
        let yaml = format!("{before}  coffee-site:\n    {settings}\n  native:\n{after}");
        let loaded = config::read(&yaml, "brands.yaml", ".".as_ref());
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let clock = Clock::that_skips();
        let service = Service::start(config, clock.clone(), public, on_any_port()).unwrap();
        let now = Arc::new(move || clock.now());
        let settings = Settings::new(&format!("http://sso.localhost:{sso}"), secrets, yaml, now);
        Self { stand_in: StandIn::start(sites, settings).unwrap(), _service: service }
    }

    /// A page of the Help Center.
    pub(crate) fn at(&self, target: &str) -> String {
        format!("http://coffee.localhost:{}{target}", self.stand_in.port())
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
        self.stand_in.users().into_iter().filter(|user| user.email == email).count()
    }
}
