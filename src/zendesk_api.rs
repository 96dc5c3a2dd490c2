//! Asks Zendesk: who a Chat visitor is, which brands an account has, and what time it is.

mod brands;
mod clock;
mod drift;

use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

use crate::backend::{Answer, Http, HttpError, Object};
use crate::config::ChatApi;
use crate::domain::{Brand, Brands};

pub use self::brands::{BrandsError, BrandsProgress, Credentials, ZendeskBrand, brands};
pub use self::clock::{ClockError, clock_offset};
pub use self::drift::{Drift, DriftKind, drift};

/// Longest id, in characters: far longer than any that Chat has.
const MAX_ID: usize = 255;

/// The id of a Chat visitor: one segment of an address, and nothing else.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VisitorId(String);

/// The text cannot be the id of a visitor.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not the id of a visitor")]
pub struct InvalidVisitorId;

impl VisitorId {
    /// Parses an id. Its characters do not matter, as they are encoded; dots alone would lead
    /// elsewhere however they are encoded (WHATWG URL, "double-dot path segment").
    pub fn parse(text: &str) -> Result<Self, InvalidVisitorId> {
        let odd = |c: char| c.is_control() || c.is_whitespace();
        let dots = text.bytes().all(|byte| byte == b'.');
        let good = !dots && text.chars().count() <= MAX_ID && !text.contains(odd);
        if good { Ok(Self(text.to_owned())) } else { Err(InvalidVisitorId) }
    }
}

/// A visitor as Chat knows them.
#[derive(Clone, Eq, PartialEq, Deserialize)]
#[expect(missing_docs, reason = "named as Chat names them")]
pub struct Visitor {
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// When Chat saw them first, as it says it: seconds of some clock, or a date.
    #[serde(default, deserialize_with = "any_text")]
    pub created: Option<String>,
    #[serde(default, deserialize_with = "any_text")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "any_text")]
    pub email: Option<String>,
    #[serde(default, deserialize_with = "any_text")]
    pub phone: Option<String>,
    #[serde(default, deserialize_with = "any_text")]
    pub notes: Option<String>,
    #[serde(default, deserialize_with = "any_text")]
    pub external_id: Option<String>,
    #[serde(default)]
    pub banned: Option<bool>,
}

/// Why nothing is known about a visitor.
#[derive(Debug, thiserror::Error)]
pub enum VisitorError {
    /// Chat has none of this id.
    #[error("there is no visitor of this id")]
    NotFound,
    /// Chat does not take the token.
    #[error("chat does not take the token (status {0})")]
    NotAllowed(u16),
    /// Chat wants fewer questions.
    #[error("chat asks us to wait")]
    Throttled,
    /// Chat did not answer.
    #[error("chat cannot be reached")]
    Unreachable(#[from] HttpError),
    /// Chat answered something else than a visitor.
    #[error("chat does not answer as it is documented (status {0})")]
    Unreadable(u16),
    /// The file's address of Chat cannot be gone on from.
    #[error("the address of the chat api takes no path")]
    Address,
}

/// Asks Chat who `id` is.
pub async fn visitor(http: &Http, api: &ChatApi, id: &VisitorId) -> Result<Visitor, VisitorError> {
    let mut address = api.visitors.clone();
    address.path_segments_mut().map_err(|()| VisitorError::Address)?.push(&id.0);
    let request = http.client()?.get(address).bearer_auth(api.token.expose_secret());
    let Answer { status, body, .. } = http.send(request).await?;
    match status.as_u16() {
        200 => serde_json::from_slice(&body)
            .map(|Object(visitor)| visitor)
            .map_err(|_| VisitorError::Unreadable(200)),
        404 => Err(VisitorError::NotFound),
        status @ (401 | 403) => Err(VisitorError::NotAllowed(status)),
        429 => Err(VisitorError::Throttled),
        status => Err(VisitorError::Unreadable(status)),
    }
}

/// The brands whose ids begin as `external_id` does, by the longest of their prefixes: more than one
/// where brands share a backend and its ids.
pub fn brands_of<'a>(brands: &'a Brands, external_id: &str) -> Vec<&'a Brand> {
    let prefix_of = |brand: &Brand| {
        brand
            .rules()
            .filter_map(|(_, rules)| rules.external_id_prefix.as_deref())
            .filter(|prefix| external_id.starts_with(prefix))
            .map(str::len)
            .max()
    };
    let longest = brands.iter().filter_map(|(_, brand)| prefix_of(brand)).max();
    let is_best = |brand: &&Brand| longest.is_some() && prefix_of(brand) == longest;
    brands.iter().map(|(_, brand)| brand).filter(is_best).collect()
}

/// Accounts differ in whether ids and times are numbers or texts.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    any_text(deserializer)?.ok_or_else(|| D::Error::custom("neither text nor a number"))
}

/// What is left blank is not known.
fn any_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Err(D::Error::custom("neither text nor a number"))
        }
    }
}

#[cfg(test)]
mod tests;
