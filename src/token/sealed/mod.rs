//! State that the browser keeps for us, and the keys under which what counts once is remembered.

mod challenge;
mod confirmation;
mod flow;
mod replay_key;
mod seal;
mod ticket;

pub use self::challenge::{Challenge, ChallengeError};
pub use self::confirmation::{Confirmation, ConfirmationError};
pub use self::flow::{Flow, FlowError, FlowId, FlowState, SealedFlow};
pub use self::replay_key::ReplayKey;
pub use self::seal::{Purpose, SealError, StateKey};
pub use self::ticket::{Carried, Ticket, TicketError};
