//! A pseudonym for each person: the same in every line, so that lines can be told apart, and it names nobody.

use std::fmt;
use std::fmt::Write as _;

use aws_lc_rs::hmac;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

/// What makes of a person a text that says nothing to whoever does not have this key.
#[derive(Clone)]
pub struct AuditKey(hmac::Key);

/// Somebody, hidden: as 64 digits in base 16 each.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Pseudonym {
    /// Their e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Their external id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

impl AuditKey {
    /// Of the bytes of `secret`, as they are: other programs can do the same.
    pub fn from_secret(secret: &SecretString) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes()))
    }

    /// An address in the form in which Zendesk compares it.
    pub fn email(&self, folded: &str) -> String {
        self.hide("email:", folded)
    }

    /// An external id, with its prefix: in lower case, as Zendesk compares it.
    pub fn external_id(&self, id: &str) -> String {
        self.hide("external_id:", &id.to_ascii_lowercase())
    }

    /// What tells this key from another.
    pub fn id(&self) -> String {
        let mut id = self.hide("key:", "");
        id.truncate(8);
        id
    }

    /// Somebody, of whom this is known.
    pub fn person(&self, email: Option<&str>, external_id: Option<&str>) -> Pseudonym {
        Pseudonym {
            who: email.map(|email| self.email(email)),
            external_id: external_id.map(|id| self.external_id(id)),
        }
    }

    fn hide(&self, kind: &str, text: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(kind.as_bytes());
        context.update(text.as_bytes());
        let mut hidden = String::with_capacity(64);
        for byte in context.sign().as_ref() {
            // A string takes whatever is written.
            let _ = write!(hidden, "{byte:02x}");
        }
        hidden
    }
}

impl fmt::Debug for AuditKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AuditKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::AuditKey;

    #[test]
    fn a_person_is_hidden_as_other_programs_would() {
        let key =
            AuditKey::from_secret(&"audit-key-of-the-test-0123456789abcdef".to_owned().into());
        // printf %s email:joe@example.com | openssl dgst -sha256 -hmac audit-key-of-the-test-0123456789abcdef
        assert_eq!(
            key.email("joe@example.com"),
            "2faabc07cb139700e20a8d86a9a6a5577ffa64271701229e7e5fc5ca8ac455b7"
        );
        assert_ne!(key.email("7"), key.external_id("7"));
        assert_eq!(key.external_id("Shoes_Joe"), key.external_id("shoes_joe"));
        assert_eq!(key.id().len(), 8);
        assert_eq!(format!("{key:?}"), "AuditKey(…)");
    }
}
