//! `return_to`: proof that an address stays on a brand's host.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};
use url::Url;

use super::brand::{Brand, Brands, HostOwner};
use super::host::Host;
use super::key::BrandKey;
use super::path;

/// Longest `return_to` that is kept, in bytes: two fit into the cookies of a browser.
pub(super) const MAX_BYTES: usize = 2048;

/// Whether the brand's home takes the place of this `return_to`, however good it is.
pub fn is_too_long(text: &str) -> bool {
    text.len() > MAX_BYTES
}

/// Longest authority that can be a host of the table: a DNS name, a colon and a port.
pub(super) const MAX_AUTHORITY: usize = 253 + 6;

/// Where the person was going.
///
/// Invariant: an `https` address on a host of the table that the brand may send people to, or a
/// path on the brand's own host; no control or white-space character, no backslash. Plain HTTP only
/// where that host is on loopback.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReturnTo<'a> {
    text: Cow<'a, str>,
    /// Where the path begins in it.
    path: usize,
    base: Option<&'a Host>,
}

/// Why a `return_to` is refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidReturnTo {
    /// Its form alone is reason enough: readers would not agree on what it means.
    #[error("return_to is not an address that browsers and brandgate read alike")]
    Malformed,
    /// The same, but whoever follows it stays with us: somebody meant a page of ours.
    #[error(
        "return_to means a host of this table, but is not written as its address: `https://` and \
         the host, or a path that begins with one `/`, without blanks"
    )]
    Miswritten,
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
            Some(base) => Cow::Owned(base.at(&self.text)),
            None => Cow::Borrowed(&self.text),
        }
    }

    /// The path as WHATWG parsing gives it.
    pub fn path(&self) -> Cow<'_, str> {
        let rest = self.text.get(self.path..).unwrap_or_default();
        let end = memchr2(b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
        path::resolved(rest.get(..end).unwrap_or_default())
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
            Self::Home(host) => Cow::Owned(host.at("/")),
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
    /// On a host of the table, or the account's own; and where its path begins.
    Known(Cow<'a, str>, HostOwner, usize),
    /// A good address elsewhere.
    Foreign,
}

impl<'a> Candidate<'a> {
    /// Reads `text`, which has been decoded exactly once.
    pub(super) fn read(text: Cow<'a, str>, brands: &Brands) -> Result<Self, InvalidReturnTo> {
        match Written::read(&text, brands) {
            Some(Written::Relative) => Ok(Self::Relative(text)),
            Some(Written::Known(owner, path)) => Ok(Self::Known(text, owner, path)),
            Some(Written::Foreign) => Ok(Self::Foreign),
            None if stays_with_us(&text, brands) => Err(InvalidReturnTo::Miswritten),
            None => Err(InvalidReturnTo::Malformed),
        }
    }

    /// The brand whose host it is on.
    pub(super) fn brand(&self) -> Option<BrandKey> {
        match self {
            Self::Known(_, owner, _) => owner.brand,
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
            Self::Known(text, owner, path) if owner.brand == Some(key) || owner.is_account => {
                ReturnTo { text, path, base: None }
            }
            Self::Known(..) | Self::Foreign => return Err(InvalidReturnTo::Foreign),
            Self::Relative(text) => {
                let at_home = ReturnTo { text, path: 0, base: Some(brand.home()) };
                if path::is_for_agents(&at_home.path()) {
                    ReturnTo { base: Some(brands.zendesk_host(brand)), ..at_home }
                } else {
                    at_home
                }
            }
        };
        if is_too_long(&return_to.text) || path::is_access(return_to.path()) {
            return Ok(Destination::Home(brand.home()));
        }
        Ok(Destination::ReturnTo(return_to))
    }
}

/// How a text is written, where all readers agree about it.
enum Written {
    Relative,
    Known(HostOwner, usize),
    Foreign,
}

impl Written {
    fn read(text: &str, brands: &Brands) -> Option<Self> {
        let is_plain = |byte: u8| byte > b' ' && byte != 0x7f && byte != b'\\';
        // Without an early end, the compiler looks at many bytes at once.
        if !text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
            return None;
        }
        if !text.is_ascii() && text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return None;
        }
        if text.starts_with('/') {
            let leaves_the_host = text.as_bytes().get(1) == Some(&b'/');
            return (!leaves_the_host).then_some(Self::Relative);
        }
        let (is_http, authority, rest) = split_authority(text)?;
        let bad = |byte: u8| !byte.is_ascii() || byte == b'@' || byte == b'%';
        if authority.is_empty() || authority.bytes().fold(false, |any, byte| any | bad(byte)) {
            return None;
        }
        match find(brands, is_http, authority) {
            Some(owner) if !is_http || owner.is_loopback => {
                Some(Self::Known(owner, text.len() - rest.len()))
            }
            Some(_) => None,
            None => Self::elsewhere(text, is_http, brands),
        }
    }

    /// A host that is not in the table: a good address all the same, or another spelling of ours?
    fn elsewhere(text: &str, is_http: bool, brands: &Brands) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let is_ours = brands.owner(url.host_str().unwrap_or_default()).is_some();
        (!is_http && !is_ours).then_some(Self::Foreign)
    }
}

/// Whether a browser that is sent to `text` by a page of the account's would stay on our hosts.
///
/// This decides about nothing but what a refusal is called.
fn stays_with_us(text: &str, brands: &Brands) -> bool {
    let base = Url::parse(brands.account().host().origin());
    let Ok(url) = base.and_then(|base| base.join(text)) else { return false };
    let host = url.host_str().unwrap_or_default();
    let authority = url.port().map_or_else(|| host.into(), |port| format!("{host}:{port}"));
    brands.owner(&authority).is_some()
}

/// Whether it is plain HTTP, the authority, which stands between `//` and the first `/ ? #`, and the rest.
fn split_authority(text: &str) -> Option<(bool, &str, &str)> {
    let after = |prefix: &str| {
        let (start, rest) = text.split_at_checked(prefix.len())?;
        // As nearly all write it, then in any letters.
        (start == prefix || start.eq_ignore_ascii_case(prefix)).then_some(rest)
    };
    let (is_http, rest) = match after("https://") {
        Some(rest) => (false, rest),
        None => (true, after("http://")?),
    };
    let end = memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at_checked(end)?;
    Some((is_http, authority, rest))
}

/// Looks the authority up as it is, but for its case and the scheme's own port.
fn find(brands: &Brands, is_http: bool, authority: &str) -> Option<HostOwner> {
    let default_port = if is_http { ":80" } else { ":443" };
    // A host of the table that has a port already cannot take a second one.
    let has_port = |host: &str| host.rsplit(']').next().is_some_and(|rest| rest.contains(':'));
    let without_port = authority.strip_suffix(default_port).filter(|host| !has_port(host));
    let authority = without_port.unwrap_or(authority);
    if !authority.bytes().fold(false, |any, byte| any | byte.is_ascii_uppercase()) {
        return brands.owner(authority);
    }
    let mut buffer = [0; MAX_AUTHORITY];
    let lower = buffer.get_mut(..authority.len())?;
    lower.copy_from_slice(authority.as_bytes());
    lower.make_ascii_lowercase();
    brands.owner(str::from_utf8(lower).ok()?)
}

#[cfg(test)]
mod tests {
    use super::super::example::{COFFEE, GAMES, PLAY, SHOES, brands};
    use super::super::{BrandKey, Unknown};
    use super::InvalidReturnTo::{Foreign, Malformed, Miswritten};
    use super::{Candidate, Destination, InvalidReturnTo, MAX_BYTES};

    /// Hands the destination to `check`, which it cannot outlive.
    fn read<T>(
        key: BrandKey,
        text: &str,
        check: impl Fn(Destination<'_>) -> T,
    ) -> Result<T, InvalidReturnTo> {
        let brands = brands(Unknown::Refuse);
        let brand = brands.brand(key).unwrap();
        let candidate = Candidate::read(text.into(), &brands)?;
        candidate.for_brand(key, brand, &brands).map(check)
    }

    fn refusal(key: BrandKey, text: &str) -> Option<InvalidReturnTo> {
        read(key, text, |_| ()).err()
    }

    #[test]
    fn an_address_on_a_host_of_the_brand_is_kept_as_written() {
        let cases = [
            (SHOES, "https://acme-shoes.zendesk.com"),
            (SHOES, "https://help.acme-shoes.example/hc?u=https://evil.test/#//evil.test"),
            (SHOES, "HTTPS://Help.Acme-Shoes.EXAMPLE:443/hc/../hc"),
            (SHOES, "https://acme.zendesk.com/agent/tickets/1"),
            (COFFEE, "https://help.acme-coffee.example?x=a@b%40c"),
            (COFFEE, "https://help.acme-coffee.example#a@b"),
            (COFFEE, "https://help.acme-coffee.example/hc/bücher/\u{200b}"),
            (PLAY, "http://play.localhost:8401/hc"),
            (PLAY, "https://PLAY.localhost:8401/hc"),
            (PLAY, "http://[::1]:80/hc"),
            (PLAY, "https://[::1]:443/hc"),
            (PLAY, "http://127.0.0.1/hc"),
        ];
        for (key, text) in cases {
            let same = |destination: Destination<'_>| match destination {
                Destination::ReturnTo(it) => it.original() == text && it.absolute() == text,
                Destination::Home(_) => false,
            };
            assert_eq!(read(key, text, same), Ok(true), "{text:?}");
        }
    }

    #[test]
    fn what_browsers_might_read_otherwise_is_malformed() {
        let cases = [
            "",
            "hc/requests",
            "?x",
            "https:",
            "https:/acme-shoes.zendesk.com/",
            "https:acme-shoes.zendesk.com",
            "https://",
            "https:///evil.test",
            "//acme-shoes.zendesk.com/",
            "///evil.test",
            "/\\evil.test",
            "/hc\\..",
            "https:\\\\acme-shoes.zendesk.com",
            "https://acme-shoes.zendesk.com\\@evil.test",
            "https://evil.test\\@acme-shoes.zendesk.com/",
            "https://acme-shoes.zendesk.com@evil.test/",
            "https://joe@acme-shoes.zendesk.com/",
            "https://@evil.test",
            "https://%65vil.test/",
            "https://acme-shoes%2ezendesk.com/",
            "https://acme-shoes.zendesk。com/",
            "https://évil.test/",
            "https://acme-shoes.zendesk.com:/",
            "https://acme-shoes.zendesk.com:0443/",
            "https://acme-shoes.zendesk.com:8443/",
            "https://acme-shoes.zendesk.com:443:443/",
            "https://play.localhost:8401:443/hc",
            "http://play.localhost:8401:80/hc",
            "http://evil.test/",
            "http://acme-shoes.zendesk.com/",
            "http://acme.zendesk.com/",
            "ftp://acme-shoes.zendesk.com/",
            "javascript:alert(1)",
            " https://acme-shoes.zendesk.com/",
            "https://acme-shoes.zendesk.com/ ",
            "/hc\t",
            "/\t/evil.test",
            "/hc\r\nSet-Cookie: a=b",
            "/hc\0",
            "/hc\u{7f}",
            "/hc\u{80}",
            "/hc\u{85}",
            "/hc\u{a0}",
            "/hc\u{2028}",
            "/hc\u{3000}",
        ];
        for text in cases {
            let refusal = refusal(SHOES, text);
            assert!(matches!(refusal, Some(Malformed | Miswritten)), "{text:?}: {refusal:?}");
        }
    }

    #[test]
    fn an_address_of_our_own_that_is_miswritten_is_called_that() {
        let ours = [
            "http://acme-shoes.zendesk.com/",
            "http://help.acme-coffee.example/hc",
            "https://acme-shoes.zendesk.com/hc en-us",
            " https://acme-shoes.zendesk.com/",
            "https://acme-shoes.zendesk.com/\n",
            "https:/acme-shoes.zendesk.com/",
            "https://joe@acme-shoes.zendesk.com/",
            "//acme-shoes.zendesk.com/",
            "hc/requests",
            "?x",
            "acme-shoes.zendesk.com/hc",
            "/hc requests",
            "/hc\\..",
        ];
        for text in ours {
            assert_eq!(refusal(SHOES, text), Some(Miswritten), "{text:?}");
        }
        let others = [
            "//evil.test",
            "/\\evil.test",
            "/\t/evil.test",
            " https://evil.test/",
            "http://evil.test/",
            "https://acme-shoes.zendesk.com@evil.test/",
            "https://acme-shoes.zendesk.com\\@evil.test:8443/",
            "https://evil.test/ acme-shoes.zendesk.com",
            "https://acme-shoes.zendesk.com:8443/",
            "https:evil.test/../..//evil.test",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://acme-shoes.zendesk.com/",
            "https://",
        ];
        for text in others {
            let refusal = refusal(SHOES, text);
            assert!(refusal.is_some(), "{text:?}");
        }
        for text in others.iter().filter(|text| text.contains("//evil") || text.contains(':')) {
            if !text.starts_with("https:evil") && !text.contains("\\@") && !text.starts_with("ftp")
            {
                assert_eq!(refusal(SHOES, text), Some(Malformed), "{text:?}");
            }
        }
    }

    #[test]
    fn a_good_address_elsewhere_is_foreign() {
        let cases = [
            "https://evil.test/",
            "https://evil.test/?x=acme-shoes.zendesk.com",
            "https://acme-shoes.zendesk.com.evil.test/",
            "https://acme-shoes.zendesk.com./",
            "https://my-acme-shoes.zendesk.com/",
            "https://help.acme-coffee.example/",
            "https://play.localhost/hc",
            "https://play.localhost:8401/hc",
            "https://203.0.113.7/",
            "https://[::2]/",
        ];
        for text in cases {
            assert_eq!(refusal(SHOES, text), Some(Foreign), "{text:?}");
        }
    }

    #[test]
    fn in_the_place_of_a_good_one_over_2048_bytes_is_the_home() {
        let of = |start: &str, length: usize| format!("{start:a<length$}");
        let is_home = |destination: Destination<'_>| matches!(destination, Destination::Home(_));
        for start in ["/", "https://acme-shoes.zendesk.com/"] {
            assert_eq!(read(SHOES, &of(start, MAX_BYTES), is_home), Ok(false), "{start:?}");
            assert_eq!(read(SHOES, &of(start, MAX_BYTES + 1), is_home), Ok(true), "{start:?}");
        }
        let wide = format!("/{}", "é".repeat(MAX_BYTES / 2));
        assert_eq!(read(SHOES, &wide, is_home), Ok(true), "bytes, not characters");
        for start in ["//", "https://evil.test/", "/\\", "javascript:"] {
            assert!(refusal(SHOES, &of(start, 9000)).is_some(), "{start:?}");
        }
    }

    #[test]
    fn a_relative_one_is_on_the_home_host_or_for_agents_on_zendesks() {
        let cases = [
            (SHOES, "/hc?a=b#c", "https://acme-shoes.zendesk.com/hc?a=b#c"),
            (COFFEE, "/", "https://help.acme-coffee.example/"),
            (COFFEE, "/hc/../hc", "https://help.acme-coffee.example/hc/../hc"),
            (COFFEE, "/agent", "https://acme-coffee.zendesk.com/agent"),
            (COFFEE, "/agent/tickets/1?x#y", "https://acme-coffee.zendesk.com/agent/tickets/1?x#y"),
            (COFFEE, "/tickets/1", "https://acme-coffee.zendesk.com/tickets/1"),
            (COFFEE, "/hc/../agent", "https://acme-coffee.zendesk.com/hc/../agent"),
            (COFFEE, "/agent/../hc", "https://help.acme-coffee.example/agent/../hc"),
            (COFFEE, "/agents", "https://help.acme-coffee.example/agents"),
            (COFFEE, "/%61gent", "https://help.acme-coffee.example/%61gent"),
            (COFFEE, "/?/agent", "https://help.acme-coffee.example/?/agent"),
            (GAMES, "/agent", "https://acme.zendesk.com/agent"),
            (PLAY, "/hc", "http://play.localhost:8401/hc"),
        ];
        for (key, text, expected) in cases {
            let absolute = |destination: Destination<'_>| destination.absolute().into_owned();
            assert_eq!(read(key, text, absolute), Ok(expected.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn a_path_begins_behind_the_authority_and_ends_before_the_query() {
        let cases = [
            (SHOES, "https://acme-shoes.zendesk.com", "/"),
            (SHOES, "https://acme-shoes.zendesk.com?x/y", "/"),
            (SHOES, "https://acme-shoes.zendesk.com#/x", "/"),
            (SHOES, "https://acme-shoes.zendesk.com:443/hc/en-us#/x", "/hc/en-us"),
            (SHOES, "/hc/../a?/../b", "/a"),
            (PLAY, "http://play.localhost:8401/hc", "/hc"),
        ];
        let path = |destination: Destination<'_>| destination.path().into_owned();
        for (key, text, expected) in cases {
            assert_eq!(read(key, text, path), Ok(expected.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn zendesks_sign_in_machinery_is_never_a_destination() {
        let cases = [
            ("/access/logout?return_to=https://evil.test/", true),
            ("https://acme-shoes.zendesk.com/%61ccess", true),
            ("https://acme.zendesk.com:443//ACCESS", true),
            ("https://help.acme-shoes.example/c:/../access", true),
            ("/hc/access", false),
            ("/hc?/access", false),
            ("/#/access", false),
        ];
        let is_home = |destination: Destination<'_>| matches!(destination, Destination::Home(_));
        for (text, expected) in cases {
            assert_eq!(read(SHOES, text, is_home), Ok(expected), "{text:?}");
        }
    }
}
