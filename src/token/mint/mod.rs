//! What we sign ourselves: Zendesk JWTs and the tokens of widgets.

mod assertion;
#[cfg(test)]
mod example;
mod signed;
pub mod widget;
pub mod zendesk;

pub use self::assertion::{MintedAssertion, assertion};
pub use self::signed::MintError;
