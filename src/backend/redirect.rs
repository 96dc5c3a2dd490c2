//! An existing login script: people are sent there and come back with an assertion.

use url::Url;

use crate::token::Secrets;

/// A backend with a login page of its own.
///
/// What a redirect asks comes first.
#[derive(Debug)]
#[repr(C)]
pub struct RedirectBackend {
    /// Whether its logout gets the person's e-mail address and external id.
    pub logout_personal_data: bool,
    /// How it says who somebody is; without it, it posts to Zendesk by itself.
    pub assertions: Option<Box<Assertions>>,
    /// The brand's login page.
    pub login: Target,
    /// Its logout, if it has one.
    pub logout: Option<Target>,
}

/// How a backend's assertions are verified.
#[derive(Debug)]
pub struct Assertions {
    /// Its secrets: all of them verify.
    pub keys: Secrets,
    /// Whose pages may submit one without a question.
    pub origins: Vec<String>,
    /// Whether one is accepted that no flow waits for.
    pub unsolicited: bool,
    /// Whether `aud` must be there.
    pub audience_required: bool,
}

/// An address of a backend's, cut where a request's parameters go in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Target {
    /// The whole address, a separator in it where parameters need one.
    text: Box<str>,
    /// Where parameters go in, behind the separator.
    cut: u32,
    is_separated: bool,
}

impl Target {
    /// Cuts `url`: parameters go behind its own query and before its fragment.
    pub fn new(url: &Url) -> Self {
        let mut before = url.clone();
        before.set_fragment(None);
        let separator = match before.query() {
            None => "?",
            Some("") => "",
            Some(query) if query.ends_with('&') => "",
            Some(_) => "&",
        };
        let after = url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        let before = [before.as_str(), separator].concat();
        Self {
            cut: u32::try_from(before.len()).unwrap_or(u32::MAX),
            text: [before, after].concat().into(),
            is_separated: !separator.is_empty(),
        }
    }

    /// The address with `query` in it, byte for byte.
    pub fn location(&self, query: &str) -> String {
        let (before, after) = self.text.split_at_checked(self.cut as usize).unwrap_or_default();
        let separator = usize::from(query.is_empty() && self.is_separated);
        let before = before.get(..before.len() - separator).unwrap_or_default();
        [before, query, after].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn parameters_go_behind_the_query_and_before_the_fragment() {
        let cases = [
            ("https://a.example", "x=1", "https://a.example/?x=1"),
            ("https://a.example/in.php", "x=1&y=%2f", "https://a.example/in.php?x=1&y=%2f"),
            ("https://a.example/in.php?a=b", "x=1", "https://a.example/in.php?a=b&x=1"),
            ("https://a.example/in.php?", "x=1", "https://a.example/in.php?x=1"),
            ("https://a.example/in.php?a=b&", "x=1", "https://a.example/in.php?a=b&x=1"),
            ("https://a.example/#/zendesk/", "x=1", "https://a.example/?x=1#/zendesk/"),
            ("https://a.example/?a=b#/in?c=d", "x=1", "https://a.example/?a=b&x=1#/in?c=d"),
            ("https://a.example/in.php?a=b", "", "https://a.example/in.php?a=b"),
            ("https://a.example/in.php", "", "https://a.example/in.php"),
        ];
        for (url, query, expected) in cases {
            assert_eq!(Target::new(&url.parse().unwrap()).location(query), expected, "{url}");
        }
    }
}
