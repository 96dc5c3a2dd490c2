//! `schema`: the JSON Schema of `brands.yaml`, for editors.

use std::process::ExitCode;

use super::say;

/// Made of the reader and the documents by `tests/structure/schema.rs`.
const SCHEMA: &str = include_str!("../../brands.schema.json");

#[derive(Debug, clap::Args)]
pub(super) struct Schema;

impl Schema {
    #[expect(clippy::unused_self, reason = "as every command")]
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        say(SCHEMA)?;
        Ok(ExitCode::SUCCESS)
    }
}
