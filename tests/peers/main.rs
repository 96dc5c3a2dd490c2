//! Journeys with peers that nobody here wrote. Each test starts its own, on a free port, and ends it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a peer that does not do as it should ends the test"
)]

mod cognito;
mod oidc;
mod prometheus;
mod proxies;
mod redis;
mod scripts;
mod units;
mod walk;
mod whole_file;

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "other journeys need more of it")]
mod support;
