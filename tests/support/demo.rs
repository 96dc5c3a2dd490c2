//! The demo on free ports: what stands in for Zendesk, and the service with the table that fits.

use std::net::TcpListener;
use std::sync::Arc;

use brandgate::clock::Clock;
use stand_in::{Secrets, Settings, StandIn, brands_yaml};

use super::app::App;

/// The whole account, running.
pub(crate) struct Demo {
    pub(crate) app: App,
    pub(crate) stand_in: StandIn,
}

impl Demo {
    pub(crate) fn start() -> Self {
        Self::changed(Clock::default(), |_, yaml| yaml)
    }

    /// With what `change` makes of the table, which may depend on brandgate's port.
    pub(crate) fn changed(clock: Clock, change: impl FnOnce(u16, String) -> String) -> Self {
        Self::with(None, clock, change)
    }

    /// The same, where something in front of brandgate has this origin.
    pub(crate) fn with(
        origin: Option<&str>,
        clock: Clock,
        change: impl FnOnce(u16, String) -> String,
    ) -> Self {
        let [public, sites] = [0, 1].map(|_| TcpListener::bind("127.0.0.1:0").unwrap());
        let port = |listener: &TcpListener| listener.local_addr().unwrap().port();
        let (sso, sites_port) = (port(&public), port(&sites));
        let secret = |name: &str| format!("{name}-secret-of-the-demo-0123456789abcdef").into();
        let [zendesk, shoes, coffee, bikes, chat] =
            ["zendesk", "shoes", "coffee", "bikes", "chat"].map(secret);
        let secrets = Secrets { zendesk, shoes, coffee, bikes, chat };
        let yaml = change(sso, brands_yaml(sso, sites_port, &secrets));
        let app = App::on(public, &yaml, clock.clone());
        let now = Arc::new(move || clock.now());
        let own = format!("http://sso.localhost:{sso}");
        let settings = Settings::new(origin.unwrap_or(&own), secrets, yaml, now);
        Self { app, stand_in: StandIn::start(sites, settings).unwrap() }
    }

    /// An address on one of the demo's hosts, all of which share a port.
    pub(crate) fn at(&self, host: &str, target: &str) -> String {
        format!("http://{host}:{}{target}", self.stand_in.port())
    }
}
