//! Whether a secret has signed a token, or what a script has made of it before it did.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::mend::{self, Mend};
use crate::token::{Secrets, TokenError, VerifiedJws};

/// What a token's signature has to do with a secret.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SecretUse {
    /// It is by this secret.
    AsItIs,
    /// It is by what base64 makes of it.
    Decoded,
    /// It is by what its hexadecimal digits stand for.
    FromHex,
    /// It is by the secret with a line break behind it.
    WithLineBreak,
    /// Another secret has signed, or the token was changed.
    Other,
    /// It is signed by another algorithm, which has no shared secret, or by none.
    OtherAlgorithm,
}

impl SecretUse {
    /// What is to be said, and how it is mended.
    pub fn sentence(self) -> (&'static str, Option<Mend>) {
        match self {
            Self::AsItIs => ("the signature is by this secret", None),
            Self::Decoded => (
                "the script decodes the secret from base64 before it signs; the secret is used as it is",
                Some(mend::RAW_SECRET),
            ),
            Self::FromHex => (
                "the script decodes the secret from hexadecimal before it signs; the secret is used as it is",
                Some(mend::DIGITS_AS_SECRET),
            ),
            Self::WithLineBreak => (
                "the script signs with a line break behind the secret, as it stands in a file",
                Some(mend::TRIMMED_SECRET),
            ),
            Self::Other => (
                "the signature is not by this secret: another one has signed, or the token was changed",
                None,
            ),
            Self::OtherAlgorithm => {
                ("it is not signed by HS256, so that no shared secret can tell", None)
            }
        }
    }
}

/// How `secret` was used to sign `token`.
pub fn used(secret: &SecretString, token: &str) -> SecretUse {
    let text = secret.expose_secret();
    let is_by = |secret: &[u8]| {
        let secrets = Secrets::from_bytes(std::iter::once(secret));
        secrets.map_err(|_| TokenError::Signature).and_then(|it| VerifiedJws::verify(token, &it))
    };
    match is_by(text.as_bytes()) {
        Ok(_) => return SecretUse::AsItIs,
        Err(TokenError::Signature) => {}
        Err(_) => return SecretUse::OtherAlgorithm,
    }
    let holds =
        |secret: Option<Vec<u8>>| secret.is_some_and(|it| is_by(&Zeroizing::new(it)).is_ok());
    let decoded = [
        STANDARD.decode(text).ok(),
        STANDARD_NO_PAD.decode(text).ok(),
        URL_SAFE_NO_PAD.decode(text).ok(),
    ];
    if decoded.into_iter().any(holds) {
        SecretUse::Decoded
    } else if holds(from_hex(text)) {
        SecretUse::FromHex
    } else if ["\n", "\r\n"].iter().any(|end| holds(Some(format!("{text}{end}").into_bytes()))) {
        SecretUse::WithLineBreak
    } else {
        SecretUse::Other
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = (0..text.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}
