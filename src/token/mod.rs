//! Tokens in and out; the caller passes key, now and id. Every `now` is in Unix seconds.

mod assertion;
mod base64url;
mod challenge;
mod claims;
mod confirmation;
mod flow;
mod id_token;
mod json;
mod keys;
mod pkce;
pub mod random;
mod replay_key;
mod said;
mod seal;
mod session;
mod ticket;
mod time;
mod verify;
pub mod widget;
pub mod zendesk;

pub use self::assertion::{Assertion, AssertionError, Expected, Signed, Unreadable};
pub use self::challenge::{Challenge, ChallengeError};
pub use self::confirmation::{Confirmation, ConfirmationError};
pub use self::flow::{Flow, FlowError, FlowId, FlowState, SealedFlow};
pub use self::id_token::{ExpectedIdToken, IdToken, IdTokenError, Slash};
pub use self::json::{NotAnObject, parse_object};
pub use self::keys::{NoSecret, Secrets};
pub use self::pkce::code_challenge;
pub use self::random::{NoRandomness, id128, trace_code};
pub use self::replay_key::ReplayKey;
pub use self::said::said;
pub use self::seal::{Purpose, SealError, StateKey};
pub use self::session::{Demands, SessionError, SessionToken};
pub use self::ticket::{Carried, Ticket, TicketError};
pub use self::verify::{KeyAlgorithm, KeySet, KeySetError, PublicKey};
pub use self::widget::{MessagingKey, Widgets};
