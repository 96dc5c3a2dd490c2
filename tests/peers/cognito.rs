//! Signing in with a password that Cognito knows, at our own form and at a company's.

mod challenges;
mod faults;
mod form_page;
mod house;
mod limits;
pub(crate) mod moto;
mod password;
mod scripted;
mod store;
mod visitor;
