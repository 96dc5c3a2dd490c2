//! What a backend said, waiting until the person confirms that it is about them.

use serde::{Deserialize, Serialize};

use super::{Purpose, Sealable};
use crate::domain::ClaimedProfile;
use crate::token::keys::Fingerprint;

/// A sign-in of which only the person's own "Continue" is missing.
///
/// Its assertion is already used up. It counts once itself, and always mints the same `jti`, of
/// which Zendesk takes one. What was said is judged again when it comes back, by the rules of that
/// moment.
#[derive(Deserialize, Serialize)]
pub struct Confirmation {
    /// What the backend said about the person.
    pub claimed: ClaimedProfile,
    /// Whose word it was: what its backend was believed by then.
    pub trust: Vec<Fingerprint>,
    /// The Zendesk `jti`.
    pub jti: String,
    /// Where it ends, as an absolute address.
    pub return_to: String,
}

impl Sealable for Confirmation {
    const PURPOSE: Purpose = Purpose::Confirmation;
    const LIFETIME: u64 = 600;
}
