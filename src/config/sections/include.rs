//! Which files are read beside the main one: `include`.

use crate::config::document::{Read, Reported, Value};
use crate::config::file::pattern::Pattern;
use crate::config::report::Code;

/// Reads one pattern of `include` or of `files` in `limits`.
pub(in crate::config) fn pattern(value: Value<'_>) -> Read<Pattern> {
    let text = value.written()?;
    Pattern::parse(text).map_err(|invalid| {
        value
            .error(Code::IncludeInvalid, invalid.to_string())
            .with_hint("such as `brands.d/*.yaml`");
        Reported
    })
}
