//! YAML with places: every problem of a file at its line and column, no secret in any of them.

mod access;
#[cfg(test)]
mod agreement;
mod began;
mod code;
mod document;
mod excerpt;
pub(super) mod hints;
#[cfg(test)]
mod leaks;
mod ledger;
mod lines;
mod parse;
mod path;
mod placeholder;
mod problem;
mod reader;
mod reading;
mod report;
mod scan;
mod sensitive;
mod syntax;

pub use self::code::Code;
pub(super) use self::document::Document;
pub(super) use self::path::Path;
pub(super) use self::problem::{Problems, did_you_mean};
pub use self::report::Report;
pub(super) use self::sensitive::looks_random;
