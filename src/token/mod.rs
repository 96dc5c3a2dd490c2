//! Tokens in and out; the caller passes key, now and id. Every `now` is in Unix seconds.

mod denied;
mod keys;
mod mint;
mod pkce;
pub mod random;
mod sealed;
mod verify;

pub use self::denied::{Denied, PersonHash};
pub use self::keys::{Fingerprint, NoSecret, Secrets};
pub use self::mint::widget::{MessagingKey, Widgets};
pub use self::mint::{MintError, MintedAssertion, assertion, widget, zendesk};
pub use self::pkce::code_challenge;
pub use self::random::{NoRandomness, id128, trace_code};
pub use self::sealed::{
    Carried, Confirmation, Flow, FlowId, FlowState, OpenError, Purpose, ReplayKey, SealError,
    Sealable, Sealed, SealedFlow, StateKey, StateKeys, Ticket, UsedFlow,
};
pub use self::verify::{
    Assertion, ExpectedIdToken, KeyAlgorithm, KeySet, KeySetError, NotAnObject, PublicKey,
    Requirements, Slash, TokenError, Unreadable, UnverifiedJws, Validation, VerifiedJws,
    claimed_profile, parse_object,
};
