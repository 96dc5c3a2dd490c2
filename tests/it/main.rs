//! Journeys over HTTP: the whole service on a free port, spoken to as browsers do.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed step ends the test")]

mod answer;
mod app;
mod assertion;
mod browser;
mod jar;
#[path = "../shared/log.rs"]
mod log;

mod access_jwt;
mod bad_input;
mod confirm;
mod demo;
mod flows;
mod identity;
mod login;
mod logout;
mod loops;
mod ops;
mod pages;
mod replay;
mod sender;
mod start;
