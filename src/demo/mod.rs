//! The demo: a stand-in Zendesk, the brands' own sites, and a page that breaks things on purpose.
//!
//! One listener serves every host; a request's `Host` says which of them it means. The stand-in is
//! an independent judge of our tokens: it shares no code with the modules that mint them.

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
