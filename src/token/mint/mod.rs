//! What we sign ourselves: Zendesk JWTs and the tokens of widgets.

#[cfg(test)]
mod example;
pub mod widget;
pub mod zendesk;
