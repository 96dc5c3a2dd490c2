//! The demo's neighbourhood: a stand-in Zendesk with its chat, the brands' own sites, a provider of
//! OpenID Connect, and a page that breaks things on purpose.
//!
//! One listener serves every host; a request's `Host` says which of them it means. What stands in for
//! others judges brandgate by itself, and shares no code with it.

mod brands;
mod break_things;
mod chat;
mod config;
mod jws;
mod music;
mod pages;
mod provider;
mod signing_key;
mod sites;
mod stand_in;
mod start;
mod wire;
mod zendesk;

pub use config::brands_yaml;
pub use stand_in::{BROWSERS, Now, Person, Secrets, Settings, StandIn};
pub use zendesk::{Refusal, Role, User};

#[cfg(test)]
mod tests;
