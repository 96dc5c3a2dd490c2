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
    let path = secrets.beside(text);
    if secrets.opens() && path.is_dir() {
        value
            .error(Code::WrongType, "expected the path of a file, found that of a folder")
            .with_hint("name the file in it, such as `audit.log`");
        return Err(Reported);
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use crate::config::{References, look};

    #[test]
    fn a_folder_is_no_audit_log_where_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("logs")).unwrap();
        let said = |file: &str, references: References| {
            let audit =
                format!("{{ file: {file}, key: {{ value: made-up-audit-key-0123456789abcdef }} }}");
            let source = format!("version: 1\nserver: {{ audit: {audit} }}\n");
            let report = look(&source, "brands.yaml", folder.path(), references).report;
            report.text(false).contains("found that of a folder")
        };
        let absolute = folder.path().join("logs").display().to_string();
        for (file, is_folder) in [
            ("logs", true),
            ("logs/", true),
            (".", true),
            (&*absolute, true),
            ("logs/a", false),
            ("a", false),
        ] {
            assert_eq!(said(file, References::Opened), is_folder, "{file}");
            assert!(!said(file, References::Unopened), "{file}: of another machine");
        }
    }
}
