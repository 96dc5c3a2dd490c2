//! What we sign ourselves: Zendesk JWTs and the tokens of widgets.

mod assertion;
#[cfg(test)]
mod example;
pub mod widget;
pub mod zendesk;

pub use self::assertion::{MintedAssertion, assertion};
