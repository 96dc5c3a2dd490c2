//! The demo as a person sees it: a browser signs in and out, gets lost, is tricked and comes back.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod admin;
mod break_things;
mod browser;
mod chat;
mod choice;
mod chromium;
mod coffee;
mod cognito;
mod driver;
mod every_page;
mod everybody;
mod firefox;
mod frameworks;
mod hand_off;
mod login_cookie;
mod looks;
mod oidc;
mod sign_in;
mod site;
mod stranger;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "journeys without a browser need more of it")]
mod support;
mod tabs;
mod tls;
mod webkit;

use brandgate::cli::RunningDemo;

/// One demo on ports of its own.
struct Demo(RunningDemo);

impl Demo {
    fn start() -> Self {
        Self(RunningDemo::start(0, 0).unwrap())
    }

    /// An address on one of the demo's hosts, all of which share a port.
    fn at(&self, host: &str, target: &str) -> String {
        format!("http://{host}.localhost:{}{target}", self.0.stand_in().port())
    }

    /// An address of brandgate.
    fn sso(&self, target: &str) -> String {
        format!("{}{target}", self.0.sso_origin())
    }

    /// The addresses of everybody whom Zendesk has ever let in, or knew from the start.
    fn known_to_zendesk(&self) -> Vec<String> {
        self.0.stand_in().users().into_iter().map(|user| user.email).collect()
    }
}
