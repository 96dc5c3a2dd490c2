//! One verifier for every JWT that others sign: assertions, session tokens and ID tokens.
//!
//! `jws` reads one, `policy` says what it must say, and every failure is a [`TokenError`].

mod assertion;
mod base64url;
mod claims;
mod error;
mod id_token;
mod json;
mod jwks;
mod jws;
mod time;
mod unverified;
mod validation;

pub use self::assertion::{Assertion, VerifiedJws};
pub use self::claims::claimed_profile;
pub use self::error::{TokenError, Unreadable};
pub use self::id_token::{ExpectedIdToken, Slash};
pub use self::json::{NotAnObject, parse_object};
pub use self::jwks::{KeyAlgorithm, KeySet, KeySetError, PublicKey};
pub use self::unverified::UnverifiedJws;
pub use self::validation::{Requirements, Validation};
