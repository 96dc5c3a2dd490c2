//! What each page may load and run: its `Content-Security-Policy`.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use url::Url;

use crate::token::{NoRandomness, random};

/// A value nobody can guess, which marks the script that may run.
///
/// It is in base 64, so that it needs no escaping in the page nor in the policy.
pub(crate) struct Nonce(String);

impl Nonce {
    /// The nonce made of these random bytes.
    pub(crate) fn new(random: [u8; 16]) -> Self {
        Self(STANDARD.encode(random))
    }

    pub(crate) fn random() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 16];
        random::fill(&mut bytes)?;
        Ok(Self::new(bytes))
    }

    /// As the page and the policy write it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The policy of a page without scripts: our styles, our forms, and the logos' origins.
pub(crate) fn page_policy<'a>(logos: impl IntoIterator<Item = &'a str>) -> String {
    // A proxy in front gives all headers together a few kilobytes.
    const MOST_ORIGINS: usize = 16;
    let origins: BTreeSet<String> = logos.into_iter().filter_map(image_origin).collect();
    let images = match origins.len() {
        0 => String::new(),
        1..=MOST_ORIGINS => {
            format!("; img-src {}", origins.into_iter().collect::<Vec<_>>().join(" "))
        }
        _ => "; img-src https: http:".to_owned(),
    };
    format!(
        "default-src 'none'; style-src 'self'{images}; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The policy of the hand-off.
///
/// It says nothing of `form-action`: browsers hold every redirect after the post against it, and
/// where Zendesk and the sites behind it redirect to is not ours to list.
pub(crate) fn hand_off_policy(nonce: &Nonce) -> String {
    let (before, after) = (
        "default-src 'none'; script-src 'nonce-",
        "'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    [before, nonce.as_str(), after].concat()
}

/// The origin of an image, in a form that a Content-Security-Policy takes as one source.
pub(crate) fn image_origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "https" | "http") {
        return None;
    }
    let origin = url.origin().ascii_serialization();
    // A host may hold `;` and `,`, which would begin another directive or another policy.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:/[]_".contains(&byte);
    origin.bytes().all(is_plain).then_some(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "default-src 'none'; style-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    #[test]
    fn a_policy_allows_the_logos_shown_and_nothing_else() {
        let many: Vec<String> = (0..17).map(|n| format!("https://cdn{n}.example/l.svg")).collect();
        let cases: [(&str, Vec<&str>, &str); 5] = [
            ("no logo", vec![], ""),
            ("one", vec!["https://cdn.example/a.svg?x=;"], "img-src https://cdn.example; "),
            (
                "two of one origin and another",
                vec!["https://b.example/1", "https://b.example/2", "https://a.example/"],
                "img-src https://a.example https://b.example; ",
            ),
            ("one that cannot be allowed", vec!["https://a;sandbox/"], ""),
            (
                "more than a header holds",
                many.iter().map(String::as_str).collect(),
                "img-src https: http:; ",
            ),
        ];
        for (what, logos, images) in cases {
            let expected = POLICY.replace("form-action", &format!("{images}form-action"));
            assert_eq!(page_policy(logos), expected, "{what}");
        }
    }

    #[test]
    fn an_image_origin_is_one_plain_source() {
        let cases = [
            ("an ordinary logo", "https://cdn.example/a/logo.svg?v=2", Some("https://cdn.example")),
            ("a port", "http://localhost:9000/l.png", Some("http://localhost:9000")),
            ("an IPv6 address", "http://[::1]:9/l.png", Some("http://[::1]:9")),
            (
                "a host beyond ASCII",
                "https://b\u{fc}cher.example/",
                Some("https://xn--bcher-kva.example"),
            ),
            ("a host that ends the directive", "https://a;sandbox/", None),
            ("a host that ends the policy", "https://a,b/", None),
            ("a quote", "https://a'b/", None),
            ("data", "data:image/svg+xml,<svg/>", None),
            ("a script", "javascript:alert(1)", None),
            ("a path", "/logo.svg", None),
            ("nothing", "", None),
        ];
        for (what, address, expected) in cases {
            assert_eq!(image_origin(address).as_deref(), expected, "{what}");
        }
    }
}
