//! `return_to`: proof that an address stays on a brand's host.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use super::brand::{Brand, BrandKey, Brands};
use super::host::Host;

/// Longest `return_to`, in bytes.
const MAX_BYTES: usize = 2048;

/// Longest authority that can be a host of the table: a DNS name, a colon and a port.
const MAX_AUTHORITY: usize = 253 + 6;

/// Where the person was going.
///
/// Invariant: an `https` address on a host of the table that the brand may send people to, or a
/// path on the brand's own host; no control or white-space character, no backslash. Plain HTTP only
/// where that host is on loopback.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReturnTo<'a> {
    text: Cow<'a, str>,
    base: Option<&'a Host>,
}

/// Why a `return_to` is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidReturnTo {
    /// Its form alone is reason enough: readers would not agree on what it means.
    #[error("return_to is not an address that browsers and brandgate read alike")]
    Malformed,
    /// A good address, but on a host that is not this brand's.
    #[error("return_to is not on a host of this brand")]
    Foreign,
}

impl ReturnTo<'_> {
    /// What came in, decoded exactly once: for backends.
    pub fn original(&self) -> &str {
        &self.text
    }

    /// The whole address: for Zendesk, which would resolve a relative one against the account.
    pub fn absolute(&self) -> Cow<'_, str> {
        match self.base {
            Some(base) => Cow::Owned(base.origin() + &self.text),
            None => Cow::Borrowed(&self.text),
        }
    }

    /// The path as WHATWG parsing gives it.
    pub fn path(&self) -> Cow<'_, str> {
        let written = written_path(&self.text);
        if is_settled(written) {
            return Cow::Borrowed(if written.is_empty() { "/" } else { written });
        }
        // What cannot be parsed has no path that a route could match.
        Url::parse(&self.absolute()).map_or(Cow::Borrowed(""), |url| url.path().to_owned().into())
    }

    /// Whether Zendesk's own sign-in machinery is the destination, on which `/access/logout` and
    /// `/access/unauthenticated` send people on to any address.
    fn is_access(&self) -> bool {
        let path = self.path();
        if path.is_empty() {
            return true;
        }
        let decoded = percent_decode_str(&path).decode_utf8_lossy();
        let mut segments: Vec<&str> = Vec::new();
        for segment in decoded.split(['/', '\\']) {
            match segment {
                "" | "." => {}
                ".." => drop(segments.pop()),
                other => segments.push(other),
            }
        }
        let starts =
            |first: &&str| first.get(..6).is_some_and(|s| s.eq_ignore_ascii_case("access"));
        segments.first().is_some_and(starts)
    }
}

/// Where a sign-in ends.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination<'a> {
    /// The home page of the brand's first host.
    Home(&'a Host),
    /// The page that the person asked for.
    ReturnTo(ReturnTo<'a>),
}

impl Destination<'_> {
    /// The whole address, for Zendesk.
    pub fn absolute(&self) -> Cow<'_, str> {
        match self {
            Self::Home(host) => Cow::Owned(host.origin() + "/"),
            Self::ReturnTo(return_to) => return_to.absolute(),
        }
    }

    /// The path as WHATWG parsing gives it.
    pub fn path(&self) -> Cow<'_, str> {
        match self {
            Self::Home(_) => Cow::Borrowed("/"),
            Self::ReturnTo(return_to) => return_to.path(),
        }
    }
}

/// A `return_to` whose form is good and whose host is looked up, before a brand is decided.
#[derive(Clone, Debug)]
pub(super) enum Candidate<'a> {
    /// `/path`, which says nothing about the brand.
    Relative(Cow<'a, str>),
    /// On a host of the table, or the account's own.
    Known(Cow<'a, str>, Owner),
    /// A good address elsewhere.
    Foreign,
}

impl<'a> Candidate<'a> {
    /// Reads `text`, which has been decoded exactly once.
    pub(super) fn read(text: Cow<'a, str>, brands: &Brands) -> Result<Self, InvalidReturnTo> {
        let malformed = Err(InvalidReturnTo::Malformed);
        let is_plain = |byte: u8| byte > b' ' && byte != 0x7f && byte != b'\\';
        if text.is_empty() || text.len() > MAX_BYTES || !text.bytes().all(is_plain) {
            return malformed;
        }
        if !text.is_ascii() && text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return malformed;
        }
        if text.starts_with('/') {
            let leaves_the_host = text.as_bytes().get(1) == Some(&b'/');
            return if leaves_the_host { malformed } else { Ok(Self::Relative(text)) };
        }
        let Some((is_http, authority)) = split_authority(&text) else { return malformed };
        let bad = |byte: u8| !byte.is_ascii() || byte == b'@' || byte == b'%';
        if authority.is_empty() || authority.bytes().any(bad) {
            return malformed;
        }
        match find(brands, is_http, authority) {
            Some(owner) if !is_http || owner.is_loopback => Ok(Self::Known(text, owner)),
            Some(_) => malformed,
            None => Self::elsewhere(&text, is_http, brands),
        }
    }

    /// A host that is not in the table: a good address all the same, or another spelling of ours?
    fn elsewhere(text: &str, is_http: bool, brands: &Brands) -> Result<Self, InvalidReturnTo> {
        let url = Url::parse(text).map_err(|_| InvalidReturnTo::Malformed)?;
        let host = url.host_str().unwrap_or_default();
        if is_http || host.is_empty() || brands.owner(host).is_some() {
            return Err(InvalidReturnTo::Malformed);
        }
        Ok(Self::Foreign)
    }

    /// The brand whose host it is on.
    pub(super) fn brand(&self) -> Option<BrandKey> {
        match self {
            Self::Known(_, owner) => owner.brand,
            Self::Relative(_) | Self::Foreign => None,
        }
    }

    /// The destination, if `brand` may send people there.
    pub(super) fn for_brand(
        self,
        key: BrandKey,
        brand: &'a Brand,
        brands: &'a Brands,
    ) -> Result<Destination<'a>, InvalidReturnTo> {
        let return_to = match self {
            Self::Known(text, owner) if owner.brand == Some(key) || owner.is_account => {
                ReturnTo { text, base: None }
            }
            Self::Known(..) | Self::Foreign => return Err(InvalidReturnTo::Foreign),
            Self::Relative(text) => {
                let base =
                    if is_for_agents(&text) { brands.zendesk_host(brand) } else { brand.home() };
                ReturnTo { text, base: Some(base) }
            }
        };
        let is_access = return_to.is_access();
        Ok(if is_access {
            Destination::Home(brand.home())
        } else {
            Destination::ReturnTo(return_to)
        })
    }
}

/// Whom a host of the table belongs to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Owner {
    pub(super) brand: Option<BrandKey>,
    pub(super) is_account: bool,
    pub(super) is_loopback: bool,
}

/// Whether it is plain HTTP, and the authority: what stands between `//` and the first `/ ? #`.
fn split_authority(text: &str) -> Option<(bool, &str)> {
    let after = |prefix: &str| {
        let (start, rest) = text.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(rest)
    };
    let (is_http, rest) = match after("https://") {
        Some(rest) => (false, rest),
        None => (true, after("http://")?),
    };
    rest.split(['/', '?', '#']).next().map(|authority| (is_http, authority))
}

/// Looks the authority up as it is, but for its case and the scheme's own port.
fn find(brands: &Brands, is_http: bool, authority: &str) -> Option<Owner> {
    let default_port = if is_http { ":80" } else { ":443" };
    let authority = authority.strip_suffix(default_port).unwrap_or(authority);
    let mut buffer = [0; MAX_AUTHORITY];
    let lower = buffer.get_mut(..authority.len())?;
    lower.copy_from_slice(authority.as_bytes());
    lower.make_ascii_lowercase();
    brands.owner(str::from_utf8(lower).ok()?)
}

/// The path as it is written.
fn written_path(text: &str) -> &str {
    let rest = split_authority(text)
        .and_then(|(is_http, authority)| text.get(if is_http { 7 } else { 8 } + authority.len()..))
        .unwrap_or(text);
    rest.split(['?', '#']).next().unwrap_or_default()
}

/// Whether WHATWG parsing leaves the path as it is: nothing to resolve, nothing to encode.
fn is_settled(path: &str) -> bool {
    let mut before = b'/';
    for byte in path.bytes() {
        let plain =
            byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'~' | b'.');
        if !plain || (before == b'/' && byte == b'.') {
            return false;
        }
        before = byte;
    }
    true
}

/// Agents work on Zendesk's own hosts: host-mapped ones never serve them.
fn is_for_agents(text: &str) -> bool {
    let path = written_path(text);
    ["/agent", "/tickets"].iter().any(|area| {
        path.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
