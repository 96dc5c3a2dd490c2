//! One verifier for every JWT that others sign: assertions, session tokens and ID tokens.
//!
//! What they have in common is in `jws` and `policy`; what each must say is judged beside them.

mod assertion;
mod base64url;
mod claims;
mod id_token;
mod json;
mod jwks;
mod jws;
mod policy;
mod session;
mod time;

pub use self::assertion::{Assertion, AssertionError, Expected, Signed, Unreadable};
pub use self::claims::claimed_profile;
pub use self::id_token::{ExpectedIdToken, IdToken, IdTokenError, Slash};
pub use self::json::{NotAnObject, parse_object};
pub use self::jwks::{KeyAlgorithm, KeySet, KeySetError, PublicKey};
pub use self::session::{Demands, SessionError, SessionToken};
