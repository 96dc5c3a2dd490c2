//! What the file means, section by section: every reference resolved, every value checked.

mod address;
mod audit;
pub(super) mod backends;
pub(super) mod brands;
pub(super) mod chat_api;
mod closed;
pub(super) mod deny;
pub(super) mod identity;
pub(super) mod include;
pub(super) mod limits;
mod localized_text;
mod network;
mod pattern;
mod reference;
pub(super) mod secret;
pub(super) mod server;
mod shared_addresses;
mod store;
mod theme;
pub(super) mod tls;
mod traces;
mod widgets;
pub(super) mod zendesk;

pub(super) use self::shared_addresses::AcceptedOverlap;
use super::document::{Read, Reported, Value};
use super::report::{Code, hints};
use crate::domain::Name;

/// Reads the key of a backend or a brand, of which `value` is the value.
fn read_name(text: &str, value: Value<'_>) -> Read<Name> {
    Name::parse(text).ok_or_else(|| {
        let message = "a name has 1 to 63 of `a-z 0-9 - _` and begins with a letter or digit";
        let mut problem = value.error(Code::NameInvalid, message);
        problem.at_key();
        if let Some(name) = hints::name(text).filter(|name| Name::parse(name).is_some()) {
            problem.with_hint(format!("such as `{name}`"));
        } else {
            problem.with_hint("such as `acme-shoes`");
        }
        Reported
    })
}
