//! Shared secrets: the first signs, all of them verify.

mod fingerprint;

use std::fmt;
use std::sync::OnceLock;

use aws_lc_rs::hmac;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};
use secrecy::{ExposeSecret, SecretString};

pub use self::fingerprint::Fingerprint;

/// The shared secrets of one peer, in rotation; wiped when dropped.
///
/// Invariant: at least one, and none of them empty.
#[derive(Clone)]
pub struct Secrets {
    signing: EncodingKey,
    /// The same, prepared when it first signs: a kilobyte, which of many backends none needs.
    prepared: OnceLock<Box<hmac::Key>>,
    verifying: Vec<(DecodingKey, Fingerprint)>,
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

    /// Signs `message` by HS256, with the first of them.
    pub(super) fn sign(&self, message: &[u8]) -> hmac::Tag {
        let prepare = || Box::new(hmac::Key::new(hmac::HMAC_SHA256, self.signing.as_bytes()));
        hmac::sign(self.prepared.get_or_init(prepare), message)
    }

    /// Which of the secrets has made this signature, by HS256, over `message`.
    pub(super) fn verify(&self, message: &str, signature: &str) -> Option<Fingerprint> {
        let has_made = |key: &DecodingKey| {
            crypto::verify(signature, message.as_bytes(), key, Algorithm::HS256).unwrap_or(false)
        };
        self.verifying.iter().find(|(key, _)| has_made(key)).map(|(_, fingerprint)| *fingerprint)
    }

    /// What tells these secrets from others, one by one.
    pub fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        self.verifying.iter().map(|(_, fingerprint)| *fingerprint)
    }

    /// The same of secrets that are no text.
    pub fn from_bytes<'a>(
        secrets: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> Result<Self, NoSecret> {
        let first = secrets.clone().next().ok_or(NoSecret)?;
        let verifying = secrets
            .map(|secret| Ok((DecodingKey::from_secret(secret)?, Fingerprint::of_secret(secret))));
        let verifying: jsonwebtoken::errors::Result<Vec<_>> = verifying.collect();
        let signing = EncodingKey::from_secret(first).map_err(|_| NoSecret)?;
        let verifying = verifying.map_err(|_| NoSecret)?;
        Ok(Self { signing, prepared: OnceLock::new(), verifying })
    }
}

/// Says only how many there are.
impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secrets({})", self.verifying.len())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::{NoSecret, Secrets};

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
        assert_eq!(secrets.verify(message, signature), secrets.fingerprints().next());
        let other = message.replace("joe", "jim").replace('9', "8");
        assert_eq!(secrets.verify(&other, signature), None);
        assert_eq!(secrets.verify(message, &signature.replace('d', "e")), None);
    }

    #[test]
    fn a_list_without_a_secret_is_refused() {
        let cases: [&[&str]; 3] = [&[], &[""], &["good", ""]];
        for list in cases {
            let list: Vec<_> = list.iter().map(|secret| (*secret).to_owned().into()).collect();
            assert_eq!(Secrets::new(&list).err(), Some(NoSecret));
        }
    }

    #[test]
    fn a_secret_is_never_printed() {
        let printed = format!("{:?}", secrets(&["hunter2", "hunter3"]));
        assert_eq!(printed, "Secrets(2)");
    }
}
