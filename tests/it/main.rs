//! The whole service over HTTP, and the real binary: journeys, attacks, and what every command says.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed step ends the test")]

#[path = "../support/mod.rs"]
mod support;

mod access_jwt;
mod admin;
mod audit;
mod bad_input;
mod choice;
mod cli;
mod client_ip;
mod confirm;
mod demo;
mod flows;
mod identity;
mod languages;
mod login;
mod logout;
mod loops;
mod metrics;
mod ops;
mod pages;
mod rates;
mod replay;
mod return_to;
mod sender;
mod session_token;
mod start;
mod stop_now;
mod tls;
mod widget_tokens;
