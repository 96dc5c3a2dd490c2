//! The shape of the project: which module may use which, and documents that say what is there.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read ends the test")]

mod architecture;
mod docs;
