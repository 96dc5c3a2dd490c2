//! The sealed, expiring state of one sign-in in one browser.

use std::fmt;
use std::num::NonZeroU16;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::key::{Purpose, SealError, StateKey};
use super::keys::StateKeys;
use super::{Sealable, Sealed};
use crate::token::random::{self, NoRandomness};

/// Stands for no route; no brand has so many.
const NO_ROUTE: u32 = u32::MAX;

/// Says that the number of the person's language follows, in two bytes.
const LOCALE: u8 = 2;

/// Says that the rest is a `return_to`, be it empty.
const RETURN_TO: u8 = 1;

/// Names one flow: 128 random bits, written as 22 characters of base64url.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct FlowId([u8; 16]);

impl FlowId {
    /// Draws a new one.
    pub fn random() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 16];
        random::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads one; there is exactly one way to write it.
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// What names the sign-in in traces, and the step that began it there: the same at every instance, and
    /// nothing leads back from them to the flow.
    pub fn trace(&self) -> ([u8; 16], [u8; 8]) {
        let (mut sign_in, mut step) = ([0; 16], [0; 8]);
        let hash = digest(&SHA256, &[b"brandgate trace".as_slice(), &self.0].concat());
        let bytes = sign_in.iter_mut().chain(&mut step);
        bytes.zip(hash.as_ref()).for_each(|(to, from)| *to = *from);
        (sign_in, step)
    }

    pub(super) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for FlowId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 22];
        let length = URL_SAFE_NO_PAD.encode_slice(self.0, &mut text).map_err(|_| fmt::Error)?;
        let text = text.get(..length).and_then(|it| str::from_utf8(it).ok());
        formatter.write_str(text.ok_or(fmt::Error)?)
    }
}

/// What one sign-in must remember across a login page.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Flow {
    /// Which brand, by its key in `brands.yaml`.
    pub brand: String,
    /// Which backend, by its key in `brands.yaml`.
    pub backend: String,
    /// Which of the brand's routes.
    pub route: Option<usize>,
    /// Zendesk's number for the person's language.
    pub locale: Option<NonZeroU16>,
    /// Where the person was going, decoded exactly once.
    pub return_to: Option<String>,
}

impl Flow {
    /// For how many seconds a browser keeps one that nothing has used up: longer than it counts, so that
    /// whoever comes back to a login page after lunch, or in the morning, can begin again where they were.
    pub const KEPT: u64 = 24 * 3600;
}

/// A flow that a hand-off has used up, kept so that Back and Reload can say what happened.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct UsedFlow(pub Flow);

/// Whether a flow can still be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FlowState {
    /// Nothing has used it up, and its time is not up.
    Open,
    /// A hand-off has used it up.
    Used,
    /// Its time is up, whether or not it was used.
    Expired,
}

impl Sealable for Flow {
    const PURPOSE: Purpose = Purpose::Flow;
    const LIFETIME: u64 = 3600;

    /// Texts behind their length, so that a quote or an umlaut costs a cookie no more than it is
    /// long.
    fn encode(&self) -> Result<Vec<u8>, SealError> {
        let return_to = self.return_to.as_deref();
        let length = 12 + self.brand.len() + self.backend.len() + return_to.map_or(0, str::len);
        let mut bytes = Vec::with_capacity(length);
        for text in [&self.brand, &self.backend] {
            let length = u16::try_from(text.len()).map_err(|_| SealError::Unsealable)?;
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        let route = self.route.map_or(Ok(NO_ROUTE), u32::try_from);
        bytes.extend_from_slice(&route.map_err(|_| SealError::Unsealable)?.to_be_bytes());
        if let Some(locale) = self.locale {
            bytes.push(LOCALE);
            bytes.extend_from_slice(&locale.get().to_be_bytes());
        }
        if let Some(return_to) = return_to {
            bytes.push(RETURN_TO);
            bytes.extend_from_slice(return_to.as_bytes());
        }
        Ok(bytes)
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (brand, rest) = split_text(bytes)?;
        let (backend, rest) = split_text(rest)?;
        let (route, rest) = rest.split_first_chunk()?;
        let route = match u32::from_be_bytes(*route) {
            NO_ROUTE => None,
            route => Some(usize::try_from(route).ok()?),
        };
        let (locale, rest) = match rest {
            [LOCALE, high, low, rest @ ..] => {
                (Some(NonZeroU16::new(u16::from_be_bytes([*high, *low]))?), rest)
            }
            rest => (None, rest),
        };
        let return_to = match rest {
            [] => None,
            [RETURN_TO, text @ ..] => Some(str::from_utf8(text).ok()?.to_owned()),
            _ => return None,
        };
        Some(Self { brand, backend, route, locale, return_to })
    }
}

impl Sealable for UsedFlow {
    const PURPOSE: Purpose = Purpose::UsedFlow;
    const LIFETIME: u64 = Flow::LIFETIME;

    fn encode(&self) -> Result<Vec<u8>, SealError> {
        self.0.encode()
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        Flow::decode(bytes).map(Self)
    }
}

/// A flow as the browser sends it: nothing here is proven until it opens.
#[derive(Clone, Copy, Debug)]
pub struct SealedFlow<'a> {
    /// Which flow.
    pub id: FlowId,
    /// When it ends, if it is true: enough to say which of several is the newest.
    pub expires: u64,
    /// The whole value, as the browser sent it.
    pub value: &'a str,
    sealed: Either<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Either<'a> {
    Open(Sealed<'a, Flow>),
    Used(Sealed<'a, UsedFlow>),
}

impl<'a> SealedFlow<'a> {
    /// Reads the value of the cookie that is named after `id`.
    pub fn read(id: FlowId, value: &'a str) -> Option<Self> {
        let (expires, sealed) = match Sealed::read(value) {
            Ok(open) => (open.expires, Either::Open(open)),
            Err(_) => Sealed::read(value).map(|used| (used.expires, Either::Used(used))).ok()?,
        };
        Some(Self { id, expires, value, sealed })
    }

    /// Whether it says that a hand-off has used it up.
    pub fn is_used(&self) -> bool {
        matches!(self.sealed, Either::Used(_))
    }

    /// Opens it, if it is ours, and says by which key it was sealed. One that is over still says where
    /// the person was going.
    pub fn open<'k>(
        &self,
        keys: &'k StateKeys,
        now: u64,
    ) -> Option<(Flow, FlowState, &'k StateKey)> {
        let (flow, state, key) = keys.iter().find_map(|key| {
            let (flow, state) = match &self.sealed {
                Either::Open(sealed) => (sealed.unseal(key, self.id)?, FlowState::Open),
                Either::Used(sealed) => (sealed.unseal(key, self.id)?.0, FlowState::Used),
            };
            Some((flow, state, key))
        })?;
        Some((flow, if now >= self.expires { FlowState::Expired } else { state }, key))
    }
}

/// Reads one text off the front.
fn split_text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (text, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    Some((str::from_utf8(text).ok()?.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use proptest::prelude::*;

    use super::{Flow, FlowId, FlowState, SealedFlow, UsedFlow};
    use crate::token::{Sealable, StateKey, StateKeys};

    const NOW: u64 = 1_800_000_000;
    const EXPIRES: u64 = NOW + Flow::LIFETIME;

    fn key() -> StateKey {
        StateKey::from_secret(&"hunter2".to_owned().into()).unwrap()
    }

    fn flow() -> Flow {
        Flow {
            brand: "shoes".into(),
            backend: "shoes-site".into(),
            route: Some(0),
            locale: NonZeroU16::new(67),
            return_to: Some("https://help.acme-shoes.example/hc/requests?a=\"b\"".into()),
        }
    }

    fn keys() -> StateKeys {
        StateKeys::from_secrets(&["hunter2".to_owned().into()]).unwrap()
    }

    fn open(id: FlowId, value: &str, now: u64) -> Option<(Flow, FlowState)> {
        let keys = keys();
        let (flow, state, _) = SealedFlow::read(id, value).unwrap().open(&keys, now)?;
        Some((flow, state))
    }

    #[test]
    fn a_flow_comes_back_as_it_went() {
        let plain = Flow { route: None, return_to: None, ..flow() };
        let empty = Flow { return_to: Some(String::new()), route: Some(70_000), ..flow() };
        let of_nobody = [&plain, &empty].map(|flow| Flow { locale: None, ..flow.clone() });
        for flow in [flow(), plain, empty].into_iter().chain(of_nobody) {
            let id = FlowId::random().unwrap();
            let value = key().seal(&flow, id, NOW).unwrap();
            assert_eq!(open(id, &value, NOW), Some((flow.clone(), FlowState::Open)));
            let value = key().seal_until(&UsedFlow(flow.clone()), id, EXPIRES).unwrap();
            assert_eq!(open(id, &value, NOW), Some((flow, FlowState::Used)));
        }
    }

    #[test]
    fn a_flow_ends_at_the_second_it_says() {
        let id = FlowId::random().unwrap();
        let values = [
            (key().seal(&flow(), id, NOW).unwrap(), FlowState::Open),
            (key().seal(&UsedFlow(flow()), id, NOW).unwrap(), FlowState::Used),
        ];
        for (value, state) in values {
            assert_eq!(open(id, &value, EXPIRES - 1), Some((flow(), state)));
            assert_eq!(open(id, &value, EXPIRES), Some((flow(), FlowState::Expired)));
        }
    }

    #[test]
    fn what_the_browser_changes_is_refused() {
        let id = FlowId::random().unwrap();
        let value = key().seal(&UsedFlow(flow()), id, NOW).unwrap();
        let later = value.replacen(&EXPIRES.to_string(), &(EXPIRES + 1).to_string(), 1);
        let cases = [
            ("another flow's", FlowId::random().unwrap(), value.clone()),
            ("a later end", id, later),
            ("unused again", id, value.replacen(".u.", ".f.", 1)),
            ("cut", id, value[..value.len() - 1].to_owned()),
            ("nothing sealed", id, format!("{EXPIRES}.f.")),
        ];
        for (what, id, value) in cases {
            assert_eq!(open(id, &value, NOW), None, "{what}");
        }
    }

    #[test]
    fn what_is_no_flow_is_not_read() {
        let id = FlowId::random().unwrap();
        let cases =
            ["", ".", "..", "1.f", "+1.f.x", ".f.x", "1.x.x", "1.fu.x", "1..x", "-1.f.x", "1.t.x"];
        for value in cases.into_iter().chain(["99999999999999999999.f.x", "1,f.x", "١.f.x"]) {
            assert!(SealedFlow::read(id, value).is_none(), "read {value:?}");
        }
        let read = SealedFlow::read(id, "12.u.x").unwrap();
        assert_eq!((read.expires, read.is_used()), (12, true), "positive control");
    }

    #[test]
    fn an_id_is_written_in_one_way() {
        let text = "AAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(FlowId::parse(text).map(|id| id.to_string()).as_deref(), Some(text));
        let cases = [
            "",
            "AAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAB",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAA+A",
            "AAAAAAAAAAAAAAAAAAAA/A",
            " AAAAAAAAAAAAAAAAAAAAA",
        ];
        for text in cases {
            assert_eq!(FlowId::parse(text), None, "read {text:?}");
        }
    }

    #[test]
    fn the_longest_flow_fits_into_a_cookie() {
        let name = "a".repeat(63);
        let return_to = Some(format!("https://help.example/{}", "\"".repeat(2048 - 21)));
        let flow = Flow {
            brand: name.clone(),
            backend: name,
            route: Some(usize::from(u16::MAX)),
            locale: NonZeroU16::new(u16::MAX),
            return_to,
        };
        let id = FlowId::random().unwrap();
        let value = key().seal(&flow, id, NOW).unwrap();
        let cookie = format!("__Host-bg-{id}={value}");
        assert!(cookie.len() < 4096, "{} bytes", cookie.len());
        assert!(value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
    }

    proptest! {
        #[test]
        fn any_flow_comes_back(
            brand in ".*", backend in ".*", route in prop::option::of(0..1000usize),
            locale: Option<NonZeroU16>, return_to in prop::option::of(".*"),
        ) {
            let flow = Flow { brand, backend, route, locale, return_to };
            let bytes = flow.encode().unwrap();
            prop_assert_eq!(Flow::decode(&bytes), Some(flow));
        }

        #[test]
        fn no_bytes_upset_the_reader(bytes: Vec<u8>, text in ".*") {
            let _ = Flow::decode(&bytes);
            let id = FlowId::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
            let keys = keys();
            let read = SealedFlow::read(id, &text).map(|flow| flow.open(&keys, 0));
            prop_assert!(!matches!(read, Some(Some(_))));
        }
    }
}
