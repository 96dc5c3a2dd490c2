//! What we sign ourselves: Zendesk JWTs and the tokens of widgets.

mod claims;
pub mod widget;
pub mod zendesk;

pub(super) use self::claims::Claims;
#[cfg(test)]
pub(super) use self::claims::tests;
