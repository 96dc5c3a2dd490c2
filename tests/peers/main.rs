//! Journeys with peers that nobody here wrote. Each test starts its own, on a free port, and ends it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a peer that does not do as it should ends the test"
)]

mod cognito;
mod oidc;
mod redis;
mod scripts;
mod whole_file;

#[path = "../it/answer.rs"]
#[expect(dead_code, reason = "other journeys look at more of an answer")]
mod answer;
#[path = "../it/app.rs"]
#[expect(dead_code, reason = "other journeys do more")]
mod app;
#[path = "../it/assertion.rs"]
#[expect(dead_code, reason = "its secrets are those of other journeys")]
mod assertion;
#[path = "../it/browser.rs"]
#[expect(dead_code, reason = "other journeys say more")]
mod browser;
#[path = "../it/jar.rs"]
#[expect(dead_code, reason = "other journeys look into it")]
mod jar;
use crate::oidc::log;
