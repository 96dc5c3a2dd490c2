//! One verifier for every JWT that others sign: assertions, session tokens and ID tokens.
//!
//! What they have in common is here; what each must say is judged beside them.

mod jwks;
mod jws;
mod policy;

pub use self::jwks::{KeyAlgorithm, KeySet, KeySetError, PublicKey};
pub(super) use self::jws::Jws;
pub(super) use self::policy::Validation;
