//! What tells one peer's keys and settings from another's, and gives none of them away.

use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::hmac;
use serde::{Deserialize, Serialize};

/// A hash of a secret, or of settings: 128 bits.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Fingerprint([u64; 2]);

impl Fingerprint {
    /// Of `parts`, each of which counts with its place; none of them is a secret.
    pub fn of(parts: &[&str]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        Self::cut(context.finish().as_ref())
    }

    /// Of a secret. Whoever has it can make one, and nobody finds the secret by it who could not by
    /// one signature.
    pub fn of_secret(secret: &[u8]) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        Self::cut(hmac::sign(&key, b"brandgate fingerprint 1").as_ref())
    }

    /// As it goes into a hash.
    pub(in crate::token) fn to_bytes(self) -> [u8; 16] {
        let [high, low] = self.0.map(u128::from);
        (high << 64 | low).to_be_bytes()
    }

    fn cut(hash: &[u8]) -> Self {
        let mut words = hash
            .chunks_exact(8)
            .map(|word| word.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)));
        Self([words.next().unwrap_or_default(), words.next().unwrap_or_default()])
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn what_differs_has_another_fingerprint() {
        let all = [
            Fingerprint::of(&[]),
            Fingerprint::of(&[""]),
            Fingerprint::of(&["a", "b"]),
            Fingerprint::of(&["b", "a"]),
            Fingerprint::of(&["ab", ""]),
            Fingerprint::of_secret(b"ab"),
            Fingerprint::of_secret(b"ba"),
        ];
        for (place, one) in all.iter().enumerate() {
            assert_eq!(all.iter().position(|other| other == one), Some(place));
        }
    }
}
