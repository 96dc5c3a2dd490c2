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
    /// Keys that were there before this one, the oldest first, each with those of `hashes` that were
    /// there while it was: it may have made them.
    older: Vec<(hmac::Key, HashSet<PersonHash>)>,
    /// How many of `hashes` were there before the key was.
    before_key: usize,
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
            older: Vec::new(),
            before_key: 0,
        }
    }

    /// Goes on denying whom `old` denied by a hash that is still here: by another key it names nobody.
    ///
    /// A hash is compared by every key that it was there with, for it may be older than the key that made
    /// it: no hash by one key is one by another, so that nobody is denied who should not be. A key of
    /// which no hash is left is forgotten.
    pub fn inherit(&mut self, old: &Self) {
        let of_old_key = old.key.iter().map(|key| (key, &old.hashes));
        let oldest_first = old.older.iter().map(|(key, hashes)| (key, hashes)).chain(of_old_key);
        let mut known = HashSet::new();
        for (key, hashes) in oldest_first {
            let still: HashSet<_> = hashes.intersection(&self.hashes).copied().collect();
            let is_own = self.key.as_ref().is_some_and(|own| are_same(own, key));
            if !is_own {
                self.before_key += still.difference(&known).count();
            }
            known.extend(&still);
            if !is_own && !still.is_empty() {
                self.older.push((key.clone(), still));
            }
        }
    }

    /// How many hashes may name people by a key that was there before, and not by this one.
    pub fn by_older_keys(&self) -> usize {
        self.before_key
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
        let own = self.key.iter().map(|key| (key, &self.hashes));
        let older = self.older.iter().map(|(key, hashes)| (key, hashes));
        own.chain(older).filter(|(_, hashes)| !hashes.is_empty()).any(|(key, hashes)| {
            let mut context = hmac::Context::with_key(key);
            context.update(what.as_bytes());
            context.update(text.as_bytes());
            let hash: Option<PersonHash> = context.sign().as_ref().try_into().ok();
            hash.is_some_and(|hash| hashes.contains(&hash))
        })
    }
}

fn are_same(one: &hmac::Key, other: &hmac::Key) -> bool {
    hmac::sign(one, b"key:").as_ref() == hmac::sign(other, b"key:").as_ref()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;
    use secrecy::{ExposeSecret as _, SecretString};

    use super::{Denied, PersonHash};
    use crate::domain::EmailAddress;

    /// `printf %s email:joe@example.com | openssl dgst -sha256 -hmac audit-key-of-the-test-0123456789abcdef`
    const JOE: &str = "2faabc07cb139700e20a8d86a9a6a5577ffa64271701229e7e5fc5ca8ac455b7";
    /// The same of `external_id:shoes_joe`.
    const SHOES_JOE: &str = "fb61732461be8317a274f9ced49729cd14d3950552b271de1747c2c693b2c6a9";

    /// Hashes are made by hand, later than the key: until then, whoever was denied is.
    #[test]
    fn whom_a_hash_denied_it_denies_when_its_key_is_another() {
        let key = |text: &str| SecretString::from(text.to_owned().repeat(32));
        let hash = |key: &SecretString, email: &str| -> PersonHash {
            let key = hmac::Key::new(hmac::HMAC_SHA256, key.expose_secret().as_bytes());
            let tag = hmac::sign(&key, format!("email:{email}").as_bytes());
            tag.as_ref().try_into().unwrap()
        };
        let (old, new, third) = (key("a"), key("b"), key("c"));
        let (joe, eve) = ("joe@example.com", "eve@example.com");
        let denied = |hashes: &[PersonHash], key: &SecretString, before: Option<&Denied>| {
            let mut denied = Denied::new(Vec::new(), &[], hashes.to_vec(), Some(key));
            if let Some(before) = before {
                denied.inherit(before);
            }
            denied
        };
        let is_denied = |denied: &Denied, email: &str| {
            denied.admit(Some(&EmailAddress::parse(email).unwrap()), None).is_err()
        };
        let first = denied(&[hash(&old, joe)], &old, None);
        let rotated = denied(&[hash(&old, joe)], &new, Some(&first));
        assert!(is_denied(&rotated, joe), "his hash is still there");
        assert_eq!(rotated.by_older_keys(), 1);

        let both = denied(&[hash(&old, joe), hash(&new, eve)], &new, Some(&rotated));
        assert!(is_denied(&both, joe) && is_denied(&both, eve));
        assert_eq!(both.by_older_keys(), 1, "hers is of the new one");
        let again = denied(&[hash(&old, joe), hash(&new, eve)], &third, Some(&both));
        assert!(is_denied(&again, joe) && is_denied(&again, eve), "each by a key of its own");
        assert_eq!(again.by_older_keys(), 2);

        let back = denied(&[hash(&old, joe), hash(&new, eve)], &old, Some(&again));
        assert!(is_denied(&back, joe) && is_denied(&back, eve));
        assert_eq!(back.by_older_keys(), 1, "his is of the one that is back");
        let made_anew = denied(&[hash(&new, joe)], &new, Some(&rotated));
        assert!(is_denied(&made_anew, joe) && !is_denied(&made_anew, eve));
        assert_eq!(made_anew.by_older_keys(), 0);
        assert!(!is_denied(&denied(&[], &new, Some(&again)), joe), "pardoned");

        let early = denied(&[hash(&new, joe)], &old, None);
        assert!(!is_denied(&early, joe), "its key is yet to come");
        let come = denied(&[hash(&new, joe)], &new, Some(&early));
        let next = denied(&[hash(&new, joe)], &third, Some(&come));
        assert!(is_denied(&come, joe) && is_denied(&next, joe), "by the key that came after it");
        assert_eq!((come.by_older_keys(), next.by_older_keys()), (1, 1), "one hash, by whichever");
        let next = denied(&[hash(&new, joe)], &third, Some(&next));
        assert!(is_denied(&next, joe), "nor does a reading that changes nothing forget it");
    }

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
