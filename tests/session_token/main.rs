//! Journeys of `session_token` backends: Xsolla Login, as it is documented, in a stand-in of the
//! tests' own, and brandgate at two addresses.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed step ends the test")]

mod browser;
mod check;
mod cookie;
mod keys;
#[path = "../shared/log.rs"]
mod log;
mod provider;
mod service;
mod tokens;
mod way_back;
