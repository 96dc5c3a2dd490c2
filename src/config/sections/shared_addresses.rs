//! Backends whose people are the same, as the file says with its reason.

use std::collections::BTreeSet;

use super::backends::BackendNames;
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::domain::BackendKey;

/// Backends that may say the same addresses.
pub(in crate::config) struct AcceptedOverlap {
    pub(in crate::config) backends: Vec<BackendKey>,
}

impl AcceptedOverlap {
    /// Reads one entry of `shared_addresses`.
    pub(in crate::config) fn read(value: Value<'_>, names: &BackendNames) -> Read<Self> {
        let fields = Fields::of(value)?;
        let backends = fields.required_with("backends", |value| {
            let backends = value.each(|name| names.find(name))?;
            if backends.iter().collect::<BTreeSet<_>>().len() < 2 {
                value
                    .error(Code::SharesNothing, "addresses are shared by two at least")
                    .with_hint("name every backend that may say them");
                return Err(Reported);
            }
            Ok(backends)
        });
        let reason = fields.required_with("reason", |value| {
            if value.text()?.trim().is_empty() {
                value
                    .error(Code::EmptyValue, "there is no reason")
                    .with_hint("say why each may sign in the people of the other");
                return Err(Reported);
            }
            Ok(())
        });
        fields.finish();
        let backends = backends?;
        reason?;
        Ok(Self { backends })
    }
}
