//! The keys that seal what browsers keep for us: they can neither read nor change it.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::token::keys::Fingerprint;
use crate::token::random::{self, NoRandomness};

const TAG_LEN: usize = 16;

/// What is sealed; each has its own key, so that one never opens as another.
///
/// A change of what one of them holds needs a new label: what was sealed before then no longer
/// opens, instead of being read as something else.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// A flow that nothing has used up.
    Flow,
    /// A flow that a hand-off has used up.
    UsedFlow,
    /// An identity that waits for the person to confirm it.
    Confirmation,
    /// A step of a sign-in that waits for the person's answer.
    Challenge,
    /// A sign-in in one address.
    Ticket,
}

impl Purpose {
    /// Stands before what is sealed, so that one kind is not even tried as another.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Flow => 'f',
            Self::UsedFlow => 'u',
            Self::Confirmation => 'c',
            Self::Challenge => 'q',
            Self::Ticket => 't',
        }
    }

    fn label(self) -> &'static [u8] {
        match self {
            Self::Flow => b"brandgate flow 1",
            Self::UsedFlow => b"brandgate used flow 1",
            Self::Confirmation => b"brandgate confirmation 3",
            Self::Challenge => b"brandgate challenge 1",
            Self::Ticket => b"brandgate ticket 3",
        }
    }
}

/// Seals and opens: the keys are derived once from one `state_key`, one for each purpose.
pub struct StateKey {
    fingerprint: Fingerprint,
    mac: hmac::Key,
    flow: LessSafeKey,
    used_flow: LessSafeKey,
    confirmation: LessSafeKey,
    challenge: LessSafeKey,
    ticket: LessSafeKey,
}

/// What should be sealed cannot be.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SealError {
    /// There is nothing to make a nonce of.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// It is more than fits, or the cipher fails.
    #[error("the state cannot be sealed")]
    Unsealable,
}

impl StateKey {
    /// Derives the keys from `state_key`, which all instances share.
    pub fn from_secret(secret: &SecretString) -> Result<Self, SealError> {
        Self::derive(secret.expose_secret().as_bytes())
    }

    /// Keys that nobody else has: what they seal does not outlive this process.
    pub fn random() -> Result<Self, SealError> {
        let mut secret = Zeroizing::new([0; 32]);
        random::fill(&mut *secret)?;
        Self::derive(&*secret)
    }

    /// What tells it from another.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Seals `plaintext`, as base64url.
    ///
    /// It opens for the same purpose, id and expiry only; that the expiry has not passed is for the
    /// caller to see to.
    pub(super) fn seal_bytes(
        &self,
        purpose: Purpose,
        id: &[u8],
        expires: u64,
        plaintext: &[u8],
    ) -> Result<String, SealError> {
        let mut nonce = [0; NONCE_LEN];
        random::fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(NONCE_LEN + plaintext.len() + TAG_LEN);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        let body = sealed.get_mut(NONCE_LEN..).ok_or(SealError::Unsealable)?;
        let tag = self
            .key(purpose)
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                bound_to(purpose, id, expires),
                body,
            )
            .map_err(|_| SealError::Unsealable)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens what [`StateKey::seal_bytes`] returned; `None` if anything at all has been altered.
    pub(super) fn open_bytes(
        &self,
        purpose: Purpose,
        id: &[u8],
        expires: u64,
        sealed: &str,
    ) -> Option<Vec<u8>> {
        let mut sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, body) = sealed.split_first_chunk_mut::<NONCE_LEN>()?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let bound_to = bound_to(purpose, id, expires);
        let plaintext = self.key(purpose).open_in_place(nonce, bound_to, body).ok()?;
        Some(plaintext.to_vec())
    }

    /// A value that only we can make of `label` and `parts`, as 43 characters of base64url: a form's
    /// token, a nonce, a name under which something is counted.
    pub fn mac(&self, label: &str, parts: &[&[u8]]) -> String {
        let mut context = hmac::Context::with_key(&self.mac);
        for part in std::iter::once(&label.as_bytes()).chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        URL_SAFE_NO_PAD.encode(context.sign())
    }

    /// Whether `given` is [`Self::mac`] of the same, told in a time that says nothing about it.
    pub fn is_mac(&self, given: &str, label: &str, parts: &[&[u8]]) -> bool {
        let expected = self.mac(label, parts);
        verify_slices_are_equal(expected.as_bytes(), given.as_bytes()).is_ok()
    }

    fn derive(secret: &[u8]) -> Result<Self, SealError> {
        let root = Salt::new(HKDF_SHA256, b"brandgate state key").extract(secret);
        let mut mac = Zeroizing::new([0; 32]);
        root.expand(&[b"brandgate mac 1"], HKDF_SHA256)
            .and_then(|key| key.fill(&mut *mac))
            .map_err(|_| SealError::Unsealable)?;
        Ok(Self {
            fingerprint: Fingerprint::of_secret(secret),
            mac: hmac::Key::new(hmac::HMAC_SHA256, &*mac),
            flow: derive_key(&root, Purpose::Flow)?,
            used_flow: derive_key(&root, Purpose::UsedFlow)?,
            confirmation: derive_key(&root, Purpose::Confirmation)?,
            challenge: derive_key(&root, Purpose::Challenge)?,
            ticket: derive_key(&root, Purpose::Ticket)?,
        })
    }

    fn key(&self, purpose: Purpose) -> &LessSafeKey {
        match purpose {
            Purpose::Flow => &self.flow,
            Purpose::UsedFlow => &self.used_flow,
            Purpose::Confirmation => &self.confirmation,
            Purpose::Challenge => &self.challenge,
            Purpose::Ticket => &self.ticket,
        }
    }
}

impl fmt::Debug for StateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StateKey(…)")
    }
}

/// GCM-SIV, because strangers decide how often we seal: with nonces drawn at random, plain GCM ends
/// at 2³² of them.
fn derive_key(root: &Prk, purpose: Purpose) -> Result<LessSafeKey, SealError> {
    let info = [purpose.label()];
    let key = root.expand(&info, &AES_256_GCM_SIV).map_err(|_| SealError::Unsealable)?;
    Ok(LessSafeKey::new(UnboundKey::from(key)))
}

/// The associated data: each part behind its length, so that no two ids and expiries meet.
fn bound_to(purpose: Purpose, id: &[u8], expires: u64) -> Aad<Vec<u8>> {
    let expires = expires.to_be_bytes();
    let parts: [&[u8]; 3] = [purpose.label(), id, &expires];
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| 8 + part.len()).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    Aad::from(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Purpose, StateKey};

    const PURPOSES: [Purpose; 5] = [
        Purpose::Flow,
        Purpose::UsedFlow,
        Purpose::Confirmation,
        Purpose::Challenge,
        Purpose::Ticket,
    ];

    fn key(secret: &str) -> StateKey {
        StateKey::from_secret(&secret.to_owned().into()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_the_same_purpose_id_and_expiry_only() {
        let key = key("hunter2");
        for purpose in PURPOSES {
            let sealed = key.seal_bytes(purpose, b"id", 7, b"state").unwrap();
            for other in PURPOSES {
                let opened = key.open_bytes(other, b"id", 7, &sealed);
                assert_eq!(opened.is_some(), other == purpose, "{purpose:?} as {other:?}");
            }
            assert_eq!(key.open_bytes(purpose, b"id", 7, &sealed).as_deref(), Some(&b"state"[..]));
            assert_eq!(key.open_bytes(purpose, b"ie", 7, &sealed), None, "another id");
            assert_eq!(key.open_bytes(purpose, b"id", 8, &sealed), None, "another expiry");
            assert_eq!(super::tests::key("hunter3").open_bytes(purpose, b"id", 7, &sealed), None);
            assert_eq!(StateKey::random().unwrap().open_bytes(purpose, b"id", 7, &sealed), None);
        }
    }

    #[test]
    fn instances_with_one_secret_open_what_the_others_seal() {
        let sealed = key("hunter2").seal_bytes(Purpose::Flow, b"id", 7, b"").unwrap();
        assert_eq!(key("hunter2").open_bytes(Purpose::Flow, b"id", 7, &sealed), Some(Vec::new()));
    }

    #[test]
    fn two_seals_of_one_state_differ() {
        let (key, seal) = (key("hunter2"), |key: &StateKey| {
            key.seal_bytes(Purpose::Flow, b"id", 7, b"state").unwrap()
        });
        assert_ne!(seal(&key), seal(&key));
    }

    #[test]
    fn a_mac_is_of_one_key_one_label_and_these_parts() {
        let mac = key("hunter2").mac("form", &[b"a", b"b"]);
        assert!(key("hunter2").is_mac(&mac, "form", &[b"a", b"b"]));
        let others: [&[&[u8]]; 4] = [&[b"ab"], &[b"a"], &[b"b", b"a"], &[b"a", b"b", b""]];
        assert!(others.iter().all(|parts| !key("hunter2").is_mac(&mac, "form", parts)));
        assert!(!key("hunter2").is_mac(&mac, "nonce", &[b"a", b"b"]));
        assert!(!key("hunter3").is_mac(&mac, "form", &[b"a", b"b"]));
        for given in ["", &mac[1..], &mac.to_lowercase()] {
            assert!(!key("hunter2").is_mac(given, "form", &[b"a", b"b"]), "{given}");
        }
    }

    #[test]
    fn a_state_key_is_never_printed() {
        assert_eq!(format!("{:?}", key("hunter2")), "StateKey(…)");
    }

    proptest! {
        #[test]
        fn nothing_but_what_was_sealed_opens(at in any::<prop::sample::Index>(), by in 1..=255u8) {
            let key = key("hunter2");
            let sealed = key.seal_bytes(Purpose::Flow, b"id", 7, b"where to go").unwrap();
            let at_byte = at.index(sealed.len());
            let flipped = sealed.bytes().enumerate().map(|(i, b)| b ^ if i == at_byte { by } else { 0 });
            let bytes: Vec<_> = flipped.collect();
            let altered = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(key.open_bytes(Purpose::Flow, b"id", 7, &altered), None);
            let cut = &sealed[..at_byte];
            prop_assert_eq!(key.open_bytes(Purpose::Flow, b"id", 7, cut), None);
        }

        #[test]
        fn no_text_makes_opening_fail_otherwise(text in ".*") {
            prop_assert_eq!(key("hunter2").open_bytes(Purpose::Flow, b"id", 7, &text), None);
        }
    }
}
