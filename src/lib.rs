//! One Zendesk remote login and logout URL in front of as many sign-in systems as the company has
//! brands.
//!
//! A request walks down and back once: `web` → `domain` → `backend` → `token` → `web`. Nothing below
//! knows what is above it; `app` puts the parts together, `cli` starts them.

pub mod app;
pub mod audit;
pub mod backend;
pub mod calls;
pub mod cli;
pub mod clock;
pub mod config;
pub mod descriptors;
pub mod domain;
pub mod import;
pub mod inspect;
pub mod keyed_limit;
pub mod log;
pub mod metrics;
pub mod ops;
mod plain;
pub mod rate_limit;
pub mod recent;
pub mod route;
pub mod store;
pub mod table;
pub mod tls;
pub mod token;
pub mod traces;
pub mod web;
pub mod zendesk_api;
