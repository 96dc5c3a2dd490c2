//! Journeys with peers that nobody here wrote. Each test starts its own, on a free port, and ends it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a peer that does not do as it should ends the test"
)]

mod backend_pages;
mod cognito;
mod compose;
mod editor;
mod kubernetes;
mod oidc;
mod prometheus;
mod proxies;
mod redis;
mod schema;
mod scripts;
mod traces;
mod units;
mod walk;
mod whole_file;

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "other journeys need more of it")]
mod support;

/// A program that `scripts/test` has installed beneath `target/peers`.
fn tool(name: &str) -> std::process::Command {
    let venv = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/venv/bin");
    let program = venv.join(name);
    assert!(program.exists(), "{name} is not installed: `scripts/test` installs it");
    std::process::Command::new(program)
}
