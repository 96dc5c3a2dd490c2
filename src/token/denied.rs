//! People whom nobody may sign in, whoever says who they are.

use std::collections::HashSet;

use aws_lc_rs::hmac;
use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::{EmailAddress, IdentityRefusal};

/// Who may not sign in: by what Zendesk would be told of them, or by keyed hashes of it, which say
/// nothing to whoever reads the file.
#[derive(Debug, Default)]
pub struct Denied {
    /// In lower case.
    emails: HashSet<String>,
    /// In lower case, each with the prefix of its backend's ids.
    external_ids: HashSet<String>,
    hashes: HashSet<PersonHash>,
    key: Option<hmac::Key>,
}

/// HMAC-SHA256 by the key of the file, of `email:` and an address, or of `external_id:` and an id, both
/// in lower case.
pub type PersonHash = [u8; 32];

impl Denied {
    /// Those of these addresses and ids, and of `hashes` by `key`.
    pub fn new(
        emails: Vec<String>,
        external_ids: &[String],
        hashes: Vec<PersonHash>,
        key: Option<&SecretString>,
    ) -> Self {
        let key = key.map(|key| hmac::Key::new(hmac::HMAC_SHA256, key.expose_secret().as_bytes()));
        Self {
            emails: emails.into_iter().collect(),
            external_ids: external_ids.iter().map(|id| id.to_ascii_lowercase()).collect(),
            hashes: hashes.into_iter().collect(),
            key,
        }
    }

    /// Refuses whoever is denied by either of these.
    pub fn admit(
        &self,
        email: Option<&EmailAddress>,
        external_id: Option<&str>,
    ) -> Result<(), IdentityRefusal> {
        if self.emails.is_empty() && self.external_ids.is_empty() && self.hashes.is_empty() {
            return Ok(());
        }
        let email = email.map(EmailAddress::folded);
        // As Zendesk compares them.
        let external_id = external_id.map(str::to_ascii_lowercase);
        let is_denied = email
            .is_some_and(|email| self.emails.contains(&email) || self.has_hash("email:", &email))
            || external_id.is_some_and(|id| {
                self.external_ids.contains(&id) || self.has_hash("external_id:", &id)
            });
        if is_denied { Err(IdentityRefusal::PersonDenied) } else { Ok(()) }
    }

    fn has_hash(&self, what: &str, text: &str) -> bool {
        let Some(key) = self.key.as_ref().filter(|_| !self.hashes.is_empty()) else { return false };
        let mut context = hmac::Context::with_key(key);
        context.update(what.as_bytes());
        context.update(text.as_bytes());
        let hash: Option<PersonHash> = context.sign().as_ref().try_into().ok();
        hash.is_some_and(|hash| self.hashes.contains(&hash))
    }
}

#[cfg(test)]
mod tests {
    use super::Denied;
    use crate::domain::EmailAddress;

    /// `printf %s email:joe@example.com | openssl dgst -sha256 -hmac audit-key-of-the-test-0123456789abcdef`
    const JOE: &str = "2faabc07cb139700e20a8d86a9a6a5577ffa64271701229e7e5fc5ca8ac455b7";
    /// The same of `external_id:shoes_joe`.
    const SHOES_JOE: &str = "fb61732461be8317a274f9ced49729cd14d3950552b271de1747c2c693b2c6a9";

    #[test]
    fn a_person_is_denied_by_address_id_or_hash_in_any_case() {
        let key = "audit-key-of-the-test-0123456789abcdef".to_owned().into();
        let hash = |hex: &str| {
            let bytes: Vec<u8> = (0..64)
                .step_by(2)
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                .collect();
            <[u8; 32]>::try_from(bytes).unwrap()
        };
        let denied = Denied::new(
            vec!["eve@example.com".to_owned()],
            &["Shoes_7".to_owned()],
            vec![hash(JOE), hash(SHOES_JOE)],
            Some(&key),
        );
        let is_denied = |email: Option<&str>, id: Option<&str>| {
            let email = email.map(|email| EmailAddress::parse(email).unwrap());
            denied.admit(email.as_ref(), id).is_err()
        };
        assert!(is_denied(Some("eve@example.com"), None));
        assert!(is_denied(Some("Eve@EXAMPLE.com"), Some("1")));
        assert!(is_denied(Some("joe@example.com"), None), "by the hash");
        assert!(is_denied(Some("JOE@Example.com"), None), "by the hash, in any case");
        assert!(is_denied(None, Some("Shoes_JOE")), "by the hash of an id, in any case");
        assert!(is_denied(None, Some("shoes_7")));
        assert!(is_denied(Some("new@example.com"), Some("SHOES_7")), "with another address");
        for email in ["ann@example.com", "eve@example.org", "eve+1@example.com"] {
            assert!(!is_denied(Some(email), Some("shoes_70")), "{email}");
        }
        assert!(!is_denied(None, None));
        assert!(!is_denied(None, Some("joe@example.com")), "an id is no address");
        let keyless = Denied::new(Vec::new(), &[], vec![hash(JOE)], None);
        assert!(
            keyless.admit(Some(&EmailAddress::parse("joe@example.com").unwrap()), None).is_ok()
        );
    }
}
