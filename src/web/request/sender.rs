//! The sender: whose page led a browser here.

use std::borrow::Cow;

use actix_web::http::header::{
    HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERER, UPGRADE_INSECURE_REQUESTS, USER_AGENT,
};
use memchr::memchr3;
use url::Url;

use crate::backend::Backend;
use crate::domain::Brand;
use crate::table::Table;
use crate::web::request::cookies::Cookies;
use crate::web::request::headers::text;

/// Longest origin that is read, in bytes: a host has 253 at most.
const MAX_ORIGIN: usize = 300;

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where a request comes from, as far as the browser says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::web) enum RequestOrigin<'a> {
    /// A page of this origin; after redirects, the page on which they began.
    Site(Cow<'a, str>),
    /// No page: the address bar, a bookmark, a mail program (`Sec-Fetch-Site: none`, which holds
    /// through every redirect).
    Person,
    /// A browser that does not say.
    Unknown,
    /// A program: it sends none of the headers that a browser does.
    NonBrowser,
}

impl<'a> RequestOrigin<'a> {
    /// Reads `Origin`, or where it is missing or `null` the origin of `Referer`, or where that is
    /// missing too `Sec-Fetch-Site`.
    pub(in crate::web) fn of(headers: &'a HeaderMap) -> Self {
        match Self::of_page(headers) {
            Some(origin) => origin,
            None if says_no_page(headers) => Self::Person,
            None if is_browser(headers) => Self::Unknown,
            None => Self::NonBrowser,
        }
    }

    /// Reads `Origin` and `Referer`; `None` where neither says anything.
    pub(in crate::web) fn of_page(headers: &'a HeaderMap) -> Option<Self> {
        let (mut origins, mut referers) = (headers.get_all(ORIGIN), headers.get_all(REFERER));
        let (origin, referer) = (origins.next(), referers.next());
        // Two values are nobody's word.
        if origins.next().or(referers.next()).is_some() {
            return Some(Self::Unknown);
        }
        let text = |value: &'a HeaderValue| value.to_str().ok();
        let origin = origin.and_then(text).filter(|origin| *origin != "null");
        let address = origin.or_else(|| referer.and_then(text))?;
        Some(origin_of(address).map_or(Self::Unknown, Self::Site))
    }

    /// Whether what comes from here needs no question: a site that may sign people in to `brand` by
    /// `backend`, or no browser at all, which nobody can be tricked with. Of our own addresses, the
    /// one where the backend's sign-ins are looked at: where another's pages led, nobody knows there.
    pub(in crate::web) fn is_trusted(
        &self,
        table: &Table,
        brand: &Brand,
        backend: &Backend,
    ) -> bool {
        match self {
            Self::NonBrowser => true,
            Self::Person | Self::Unknown => false,
            Self::Site(site) => {
                site == table.origin_of(backend)
                    || backend.origins().iter().any(|origin| site == origin)
                    || table.brands.account().host().origin() == site
                    || brand.hosts().any(|host| host.origin() == site)
            }
        }
    }

    /// Whether a token that is brought from here needs no question.
    ///
    /// A chain of redirects that began at a page of ours may have led through anybody's site: ours
    /// vouches only for the one backend to which our pages have led this browser.
    pub(in crate::web) fn may_bring(
        &self,
        table: &Table,
        brand: &Brand,
        backend: &Backend,
        cookies: &Cookies<'_>,
    ) -> bool {
        self.is_trusted(table, brand, backend)
            && (!self.is_page_of_ours(table) || cookies.led_only_to(table, backend))
    }

    /// Whether it is a page at one of our own addresses.
    pub(in crate::web) fn is_page_of_ours(&self, table: &Table) -> bool {
        self.origin().is_some_and(|site| table.own_origins().any(|ours| ours == site))
    }

    /// Whether only a page of ours can have sent this.
    pub(in crate::web) fn is_ours(&self, public_url: &str) -> bool {
        match self {
            Self::Site(site) => site == public_url,
            Self::Person | Self::Unknown => false,
            Self::NonBrowser => true,
        }
    }

    /// The site's origin.
    pub(in crate::web) fn origin(&self) -> Option<&str> {
        match self {
            Self::Site(site) => Some(site),
            Self::Person | Self::Unknown | Self::NonBrowser => None,
        }
    }

    /// The origin for the log, or why there is none.
    pub(in crate::web) fn as_str(&self) -> &str {
        match self {
            Self::Site(site) => site,
            Self::Person => "none",
            Self::Unknown => "unknown",
            Self::NonBrowser => "no browser",
        }
    }
}

/// The origin of an address.
fn origin_of(address: &str) -> Option<Cow<'_, str>> {
    if let Some(origin) = plain_origin(address) {
        return Some(Cow::Borrowed(origin));
    }
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if scheme.len() + "://".len() + authority.len() > MAX_ORIGIN {
        return None;
    }
    let origin = Url::parse(address).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization().into())
}

/// The same where nothing has to be parsed: as browsers write most of them.
fn plain_origin(address: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|it| address.starts_with(it))?;
    let rest = address.get(scheme.len()..)?;
    let end = memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
    let host = rest.as_bytes().get(..end)?;
    let is_plain = |byte: &u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    };
    let is_empty = |(one, next): (&u8, &u8)| *one == b'.' && *next == b'.';
    let labels = host.iter().zip(host.get(1..)?);
    // Without an early end, the compiler looks at many bytes at once.
    let is_name = host.iter().fold(true, |all, byte| all & is_plain(byte))
        && !labels.fold(false, |any, pair| any | is_empty(pair))
        && !host.starts_with(b".")
        && !host.ends_with(b".");
    let end = scheme.len() + end;
    address.get(..end).filter(|_| is_name && end <= MAX_ORIGIN)
}

/// Whether the browser says that no page has to do with it, and nothing else says otherwise.
fn says_no_page(headers: &HeaderMap) -> bool {
    text(headers, &FETCH_SITE) == Some("none")
        && ![ORIGIN, REFERER].iter().any(|name| headers.contains_key(name))
}

/// Whether a browser sent this: old ones say neither where from nor how (Fetch Metadata came to
/// Safari with 16.4), but nearly every one calls itself Mozilla.
pub(in crate::web) fn is_browser(headers: &HeaderMap) -> bool {
    let says = |name: &HeaderName| headers.contains_key(name);
    [ORIGIN, REFERER, UPGRADE_INSECURE_REQUESTS].iter().any(says)
        || headers.keys().any(|name| name.as_str().starts_with("sec-fetch-"))
        || headers.get_all(USER_AGENT).any(|agent| calls_itself_browser(agent.as_bytes()))
}

/// Whether a `User-Agent` begins as browsers' do: old Opera and UC Browser have names of their own.
fn calls_itself_browser(agent: &[u8]) -> bool {
    [&b"Mozilla/"[..], b"Opera/", b"UCWEB/"]
        .iter()
        .any(|name| agent.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{MAX_ORIGIN, RequestOrigin, origin_of};

    #[test]
    fn the_origin_counts_and_in_its_absence_the_referer() {
        let site = |text: &'static str| RequestOrigin::Site(text.into());
        let cases = [
            (&[("origin", "https://a.example")][..], site("https://a.example")),
            (
                &[("origin", "https://a.example"), ("referer", "https://b.example/x")],
                site("https://a.example"),
            ),
            (
                &[("origin", "null"), ("referer", "https://b.example:444/x?y")],
                site("https://b.example:444"),
            ),
            (&[("referer", "https://b.example/x")], site("https://b.example")),
            (&[("referer", "https://b.example")], site("https://b.example")),
            (&[("referer", "https://b.example?x=https://a.example/")], site("https://b.example")),
            (&[("referer", "https://a.example@b.example/")], site("https://b.example")),
            (&[("referer", "https://B.example:443/x")], site("https://b.example")),
            (&[("referer", "http://b.example:80/")], site("http://b.example")),
            (&[("referer", "ftp://b.example/")], site("ftp://b.example")),
            (
                &[("origin", "chrome-extension://abcd"), ("referer", "https://b.example/")],
                RequestOrigin::Unknown,
            ),
            (&[("origin", "https://")], RequestOrigin::Unknown),
            (&[("origin", "joe@example.com")], RequestOrigin::Unknown),
            (&[("origin", "null")], RequestOrigin::Unknown),
            (&[("referer", "about:blank")], RequestOrigin::Unknown),
            (&[("referer", "nonsense")], RequestOrigin::Unknown),
            (
                &[("origin", "https://a.example"), ("origin", "https://b.example")],
                RequestOrigin::Unknown,
            ),
            (&[("sec-fetch-site", "none")], RequestOrigin::Person),
            (&[("sec-fetch-site", "none"), ("origin", "null")], RequestOrigin::Unknown),
            (&[("sec-fetch-site", "none"), ("referer", "about:blank")], RequestOrigin::Unknown),
            (&[("sec-fetch-site", "none"), ("sec-fetch-site", "none")], RequestOrigin::Unknown),
            (
                &[("sec-fetch-site", "none"), ("referer", "https://b.example/x")],
                site("https://b.example"),
            ),
            (&[("sec-fetch-site", "same-site")], RequestOrigin::Unknown),
            (&[("sec-fetch-site", "cross-site")], RequestOrigin::Unknown),
            (&[("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3)")], RequestOrigin::Unknown),
            (&[("user-agent", "mozilla/4.0 (compatible; MSIE 6.0)")], RequestOrigin::Unknown),
            (&[("user-agent", "MOZILLA/5.0")], RequestOrigin::Unknown),
            (&[("user-agent", "Opera/9.80 (Android; Opera Mini/36.2)")], RequestOrigin::Unknown),
            (&[("user-agent", "UCWEB/2.0 (Java; U)")], RequestOrigin::Unknown),
            (&[("user-agent", "x"), ("user-agent", "Mozilla/5.0")], RequestOrigin::Unknown),
            (&[("sec-fetch-dest", "document")], RequestOrigin::Unknown),
            (&[("sec-fetch-mode", "navigate")], RequestOrigin::Unknown),
            (&[("upgrade-insecure-requests", "1")], RequestOrigin::Unknown),
            (&[("user-agent", "curl/8.0")], RequestOrigin::NonBrowser),
            (&[("user-agent", "x Mozilla/5.0")], RequestOrigin::NonBrowser),
            (&[("user-agent", "Opera")], RequestOrigin::NonBrowser),
            (&[], RequestOrigin::NonBrowser),
        ];
        for (headers, expected) in cases {
            let request =
                headers.iter().fold(TestRequest::default(), |it, header| it.append_header(*header));
            let request = request.to_http_request();
            assert_eq!(RequestOrigin::of(request.headers()), expected, "{headers:?}");
        }
    }
    #[test]
    fn an_origin_that_no_host_can_have_is_not_read() {
        let long = format!("https://{}.example/", "a".repeat(MAX_ORIGIN));
        assert_eq!(origin_of(&long), None);
        assert!(origin_of(&long[..MAX_ORIGIN]).is_some(), "positive control");
    }
}
