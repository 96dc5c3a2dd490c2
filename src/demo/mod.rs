//! The demo: a stand-in Zendesk with its chat, the brands' own sites, a provider of OpenID Connect,
//! and a page that breaks things on purpose.
//!
//! One listener serves every host; a request's `Host` says which of them it means. What stands in for
//! others judges us by itself: it shares no code with the modules that mint and ask.

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
pub mod stand_in;
mod start;
mod wire;
mod zendesk;

pub use config::brands_yaml;

#[cfg(test)]
mod tests;
