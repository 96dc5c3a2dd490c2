//! `deny`: people whom nobody may sign in.

use super::identity::email;
use super::secret::{SecretOwner, SecretReader};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::token::{Denied, PersonHash};

/// Reads who is denied.
pub(in crate::config) fn read(value: Value<'_>, secrets: &mut SecretReader) -> Read<Denied> {
    let fields = Fields::of(value)?;
    let emails = fields.list_with("emails", email);
    let external_ids = fields.list_with("external_ids", external_id);
    let hashes = fields.list_with("hashes", hash);
    let key = fields.optional_with("key", |value| secrets.read(value, SecretOwner::Deny));
    let is_needed = hashes.as_ref().is_ok_and(|hashes| !hashes.is_empty());
    if is_needed && fields.lacks("key") {
        fields
            .error_at(
                "hashes",
                Code::MissingKey,
                "they say nobody without the `key` that made them",
            )
            .with_hint("such as `key: { file: secrets/deny }`");
    }
    fields.finish();
    Ok(Denied::new(emails?, &external_ids?, hashes?, key?.as_ref()))
}

fn external_id(value: Value<'_>) -> Read<String> {
    let id = value.written()?;
    if id.is_empty() || id.len() > 255 || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        value
            .error(Code::ExternalIdInvalid, "Zendesk is told no such id of anybody")
            .with_hint("as Zendesk shows it, with its prefix: `shoes_7`");
        return Err(Reported);
    }
    Ok(id.to_owned())
}

fn hash(value: Value<'_>) -> Read<PersonHash> {
    let text = value.written()?;
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            &[high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
        let mut problem = value.error(Code::HashInvalid, "not 64 digits of base 16");
        if text.contains('@') {
            problem.with_hint("an address stands under `emails`");
        } else {
            problem.with_hint("docs/operations.md says how one is made");
        }
        Reported
    })
}

#[cfg(test)]
mod tests {
    use crate::config::tests::told::{FULL, errors};

    /// The codes of what is wrong in the full file with this change.
    fn wrong(from: &str, to: &str) -> Vec<String> {
        assert!(FULL.contains(from), "{from}");
        let errors = errors(&FULL.replacen(from, to, 1));
        errors.iter().map(|it| format!("{} {}", it.path, it.code)).collect()
    }

    #[test]
    fn who_is_denied_is_read_as_it_is_compared() {
        let none: [&str; 0] = [];
        let hash = "2faabc07cb139700e20a8d86a9a6a5577ffa64271701229e7e5fc5ca8ac455b7";
        assert_eq!(wrong("[eve@shoes.example]", "[]"), none);
        assert_eq!(wrong(hash, &hash.to_uppercase()), none);
        assert_eq!(wrong("env: DENY", "env: AUDIT_KEY"), none, "the audit log's own");
        assert_eq!(wrong("env: DENY", "env: STATE_KEY"), ["deny.key secret-twice"]);
        assert_eq!(wrong("  key:\n    env: DENY\n", ""), ["deny.hashes missing-key"]);
        for (text, code) in [
            (&hash[1..], "hash-invalid"),
            (&format!("{hash}0"), "hash-invalid"),
            (&format!("g{}", &hash[1..]), "hash-invalid"),
            ("'eve@shoes.example'", "hash-invalid"),
        ] {
            assert_eq!(wrong(hash, text), [format!("deny.hashes[0] {code}")], "{text}");
        }
        for text in ["eve", "'@shoes.example'", "'Eve <eve@shoes.example>'"] {
            assert_eq!(
                wrong("[eve@shoes", &format!("[{text}, a@shoes"))[0],
                "deny.emails[0] email-invalid"
            );
        }
    }
}
