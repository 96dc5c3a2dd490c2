//! The sender: the site whose page submitted an assertion.

use actix_web::http::header::HeaderMap;
use url::Url;

use super::headers::text;
use crate::domain::{Account, Brand};

/// Where a request comes from, as far as the browser says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum RequestOrigin {
    /// A page of this origin.
    Site(String),
    /// No page: the address bar, a bookmark, a mail program (`Sec-Fetch-Site: none`, which holds
    /// through every redirect).
    Person,
    /// A browser that does not say.
    Unknown,
    /// No browser.
    NonBrowser,
}

impl RequestOrigin {
    /// Reads `Origin`, or where it is missing or `null` the origin of `Referer`, or where that is
    /// missing too `Sec-Fetch-Site`.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        // Two values are nobody's word.
        let count = |name| headers.get_all(name).count();
        if count("origin") > 1 || count("referer") > 1 {
            return Self::Unknown;
        }
        let origin = text(headers, "origin").filter(|origin| *origin != "null");
        let of_page = |page: &str| {
            let url = Url::parse(page).ok()?;
            url.has_host().then(|| url.origin().ascii_serialization())
        };
        match origin.map(str::to_owned).or_else(|| text(headers, "referer").and_then(of_page)) {
            Some(origin) => Self::Site(origin),
            None if says_no_page(headers) => Self::Person,
            None if is_browser(headers) => Self::Unknown,
            None => Self::NonBrowser,
        }
    }

    /// Whether an assertion from here needs no question: a site that may sign people in to `brand`,
    /// or no browser at all, which nobody can be tricked with.
    pub(super) fn is_trusted(
        &self,
        origins: &[String],
        brand: &Brand,
        account: &Account,
        public_url: &str,
    ) -> bool {
        match self {
            Self::NonBrowser => true,
            Self::Person | Self::Unknown => false,
            Self::Site(site) => {
                origins.contains(site)
                    || site == public_url
                    || *site == account.host().origin()
                    || brand.hosts().any(|host| *site == host.origin())
            }
        }
    }

    /// Whether only a page of ours can have sent this.
    pub(super) fn is_ours(&self, public_url: &str) -> bool {
        match self {
            Self::Site(site) => site == public_url,
            Self::Person | Self::Unknown => false,
            Self::NonBrowser => true,
        }
    }

    /// The site's origin.
    pub(super) fn origin(&self) -> Option<&str> {
        match self {
            Self::Site(site) => Some(site),
            Self::Person | Self::Unknown | Self::NonBrowser => None,
        }
    }
}

/// Whether the browser says that no page has to do with it, and nothing else says otherwise.
fn says_no_page(headers: &HeaderMap) -> bool {
    text(headers, "sec-fetch-site") == Some("none")
        && !["origin", "referer"].iter().any(|name| headers.contains_key(*name))
}

/// Whether a browser sent this: old ones say neither where from nor how (Fetch Metadata came to
/// Safari with 16.4), but every one calls itself Mozilla.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let says = |name: &&str| headers.contains_key(*name);
    ["origin", "referer", "sec-fetch-site"].iter().any(says)
        || text(headers, "user-agent").is_some_and(|agent| agent.starts_with("Mozilla/"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::RequestOrigin;

    #[test]
    fn the_origin_counts_and_in_its_absence_the_referer() {
        let site = |text: &str| RequestOrigin::Site(text.to_owned());
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
            (&[("user-agent", "curl/8.0")], RequestOrigin::NonBrowser),
            (&[], RequestOrigin::NonBrowser),
        ];
        for (headers, expected) in cases {
            let request =
                headers.iter().fold(TestRequest::default(), |it, header| it.append_header(*header));
            let request = request.to_http_request();
            assert_eq!(RequestOrigin::of(request.headers()), expected, "{headers:?}");
        }
    }
}
