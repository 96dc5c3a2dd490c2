//! The sender: the site whose page submitted an assertion.

use actix_web::http::header::HeaderMap;
use url::Url;

use super::headers::text;
use crate::domain::{Account, Brand};

/// Who submitted a request, as far as the browser says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Sender {
    /// A page of this origin.
    Site(String),
    /// A browser that does not say which page.
    Hidden,
    /// No browser.
    Program,
}

impl Sender {
    /// Reads `Origin`, or where it is missing or `null` the origin of `Referer`.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        // Two values are nobody's word.
        let count = |name| headers.get_all(name).count();
        if count("origin") > 1 || count("referer") > 1 {
            return Self::Hidden;
        }
        let origin = text(headers, "origin").filter(|origin| *origin != "null");
        let of_page = |page: &str| {
            let url = Url::parse(page).ok()?;
            url.has_host().then(|| url.origin().ascii_serialization())
        };
        match origin.map(str::to_owned).or_else(|| text(headers, "referer").and_then(of_page)) {
            Some(origin) => Self::Site(origin),
            None if is_browser(headers) => Self::Hidden,
            None => Self::Program,
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
            Self::Program => true,
            Self::Hidden => false,
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
            Self::Hidden => false,
            Self::Program => true,
        }
    }

    /// The site's origin.
    pub(super) fn origin(&self) -> Option<&str> {
        match self {
            Self::Site(site) => Some(site),
            Self::Hidden | Self::Program => None,
        }
    }
}

/// Whether a browser sent this: old ones say neither where from nor how (Fetch Metadata came to
/// Safari with 16.4), but every one calls itself Mozilla.
fn is_browser(headers: &HeaderMap) -> bool {
    let says = |name: &&str| headers.contains_key(*name);
    ["origin", "referer", "sec-fetch-site"].iter().any(says)
        || text(headers, "user-agent").is_some_and(|agent| agent.starts_with("Mozilla/"))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::Sender;

    #[test]
    fn the_origin_counts_and_in_its_absence_the_referer() {
        let site = |text: &str| Sender::Site(text.to_owned());
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
            (&[("origin", "null")], Sender::Hidden),
            (&[("referer", "about:blank")], Sender::Hidden),
            (&[("referer", "nonsense")], Sender::Hidden),
            (&[("origin", "https://a.example"), ("origin", "https://b.example")], Sender::Hidden),
            (&[("sec-fetch-site", "cross-site")], Sender::Hidden),
            (&[("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 16_3)")], Sender::Hidden),
            (&[("user-agent", "curl/8.0")], Sender::Program),
            (&[], Sender::Program),
        ];
        for (headers, expected) in cases {
            let request =
                headers.iter().fold(TestRequest::default(), |it, header| it.append_header(*header));
            let request = request.to_http_request();
            assert_eq!(Sender::of(request.headers()), expected, "{headers:?}");
        }
    }
}
