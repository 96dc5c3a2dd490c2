//! Where it is told who was signed in.

use std::path::PathBuf;

use super::secret::{SecretOwner, SecretReader};
use crate::audit::{AuditKey, AuditSettings};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;

/// Reads `server.audit`.
pub(in crate::config) fn read(value: Value<'_>, secrets: &mut SecretReader) -> Read<AuditSettings> {
    let fields = Fields::of(value)?;
    let file = fields.optional_with("file", |value| file(value, secrets));
    let key = fields.required_with("key", |value| secrets.read(value, SecretOwner::Audit));
    fields.finish();
    Ok(AuditSettings { file: file?, key: AuditKey::from_secret(&key?) })
}

/// A relative one lies beside `brands.yaml`, as a secret's does.
fn file(value: Value<'_>, secrets: &SecretReader) -> Read<PathBuf> {
    let text = value.written()?;
    if text.trim().is_empty() {
        value.error(Code::EmptyValue, "`file` names nothing");
        return Err(Reported);
    }
    if matches!(text, "-" | "stdout" | "stderr") {
        value
            .error(Code::WrongType, format!("expected the path of a file, found `{text}`"))
            .with_hint("leave `file` out, and it goes to standard output");
        return Err(Reported);
    }
    Ok(secrets.beside(text))
}
