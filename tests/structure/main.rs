//! The shape of the project: which room may use which, and documents that say what is there.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read ends the test")]

mod commands;
mod docs;
mod libraries;
mod rooms;
mod schema;
mod sources;
