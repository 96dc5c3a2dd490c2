//! Shared secrets: the first signs, all of them verify.

use std::fmt;

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretSlice, SecretString};

/// The shared secrets of one peer, in rotation; wiped when dropped.
///
/// Invariant: at least one, and none of them empty.
#[derive(Clone)]
pub struct Secrets {
    first: SecretSlice<u8>,
    others: Vec<SecretSlice<u8>>,
}

/// There is no secret, or one is empty: anybody could sign.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("there is no secret, or one is empty")]
pub struct NoSecret;

impl Secrets {
    /// Takes the first to sign and all of them to verify.
    pub fn new(secrets: &[SecretString]) -> Result<Self, NoSecret> {
        Self::from_bytes(secrets.iter().map(|secret| secret.expose_secret().as_bytes()))
    }

    /// The MAC of `message`, by HS256 and the first.
    pub(super) fn sign(&self, message: &str) -> hmac::Tag {
        hmac::sign(&key(&self.first), message.as_bytes())
    }

    /// Whether one of the secrets has made this signature, by HS256, over `message`.
    pub(super) fn verify(&self, message: &str, signature: &str) -> bool {
        // A MAC, and what the decoder wants beyond.
        let mut mac = [0; HS256_BYTES + 4];
        let Ok(HS256_BYTES) = URL_SAFE_NO_PAD.decode_slice(signature, &mut mac) else {
            return false;
        };
        let Some(mac) = mac.get(..HS256_BYTES) else { return false };
        let mut all = std::iter::once(&self.first).chain(&self.others);
        all.any(|secret| hmac::verify(&key(secret), message.as_bytes(), mac).is_ok())
    }

    pub(super) fn from_bytes<'a>(
        secrets: impl Iterator<Item = &'a [u8]>,
    ) -> Result<Self, NoSecret> {
        let read = |secret: &[u8]| match secret {
            [] => Err(NoSecret),
            secret => Ok(SecretSlice::from(secret.to_vec())),
        };
        let mut secrets = secrets.map(read);
        let first = secrets.next().ok_or(NoSecret)??;
        Ok(Self { first, others: secrets.collect::<Result<_, _>>()? })
    }
}

/// How long a MAC is, in bytes.
const HS256_BYTES: usize = 32;

fn key(secret: &SecretSlice<u8>) -> hmac::Key {
    hmac::Key::new(HMAC_SHA256, secret.expose_secret())
}

/// One shared secret that signs all the time: made ready once, which takes a kilobyte. Wiped when
/// dropped.
pub struct SigningKey(hmac::Key);

impl SigningKey {
    /// Makes `secret` ready.
    pub fn new(secret: &SecretString) -> Result<Self, NoSecret> {
        match secret.expose_secret() {
            "" => Err(NoSecret),
            secret => Ok(Self(hmac::Key::new(HMAC_SHA256, secret.as_bytes()))),
        }
    }

    /// The MAC of `message`, by HS256.
    pub(super) fn sign(&self, message: &str) -> hmac::Tag {
        hmac::sign(&self.0, message.as_bytes())
    }
}

/// Says nothing of the secret.
impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKey(…)")
    }
}

/// Says only how many there are.
impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secrets({})", 1 + self.others.len())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::{NoSecret, Secrets, SigningKey};

    /// A rotation list for tests.
    pub(in crate::token) fn secrets(list: &[&str]) -> Secrets {
        let list: Vec<_> = list.iter().map(|secret| (*secret).to_owned().into()).collect();
        Secrets::new(&list).unwrap()
    }

    #[test]
    fn the_published_vector_verifies() {
        // RFC 7515, appendix A.1.
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1\
                   Z9CAow";
        let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA\
                       4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let key = URL_SAFE_NO_PAD.decode(key).unwrap();
        let secrets = Secrets::from_bytes([key.as_slice()].into_iter()).unwrap();
        assert!(secrets.verify(message, signature));
        assert!(!secrets.verify(&message.replace("joe", "jim").replace('9', "8"), signature));
        assert!(!secrets.verify(message, &signature.replace('d', "e")));
    }

    #[test]
    fn a_signature_of_another_length_is_none() {
        let secrets = secrets(&["hunter2"]);
        let mac = secrets.sign("message");
        let signature = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        assert!(secrets.verify("message", &signature(mac.as_ref())));
        for length in [0, 1, 16, 31] {
            assert!(!secrets.verify("message", &signature(&mac.as_ref()[..length])), "{length}");
        }
        for more in [1, 2, 3, 4, 5, 100] {
            let longer = [mac.as_ref(), &vec![0; more]].concat();
            assert!(!secrets.verify("message", &signature(&longer)), "{more}");
        }
        for odd in ["=", "A", "\n", " ", "\u{fc}"] {
            assert!(!secrets.verify("message", &(signature(mac.as_ref()) + odd)), "{odd:?}");
        }
    }

    #[test]
    fn a_list_without_a_secret_is_refused() {
        let cases: [&[&str]; 3] = [&[], &[""], &["good", ""]];
        for list in cases {
            let list: Vec<_> = list.iter().map(|secret| (*secret).to_owned().into()).collect();
            assert_eq!(Secrets::new(&list).err(), Some(NoSecret));
        }
        assert_eq!(SigningKey::new(&String::new().into()).err(), Some(NoSecret));
    }

    #[test]
    fn a_secret_is_never_printed() {
        let printed = format!("{:?}", secrets(&["hunter2", "hunter3"]));
        assert_eq!(printed, "Secrets(2)");
        let key = SigningKey::new(&"hunter2".to_owned().into()).unwrap();
        assert_eq!(format!("{key:?}"), "SigningKey(…)");
    }
}
