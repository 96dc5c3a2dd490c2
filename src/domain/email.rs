//! E-mail addresses, in the one form in which they can be compared.

use std::borrow::Cow;
use std::fmt;

use email_address::Options;

/// Mobile carriers of Japan, who gave out addresses such as `a..b@` and `a.@` until 2009, against the
/// standard; people still have them.
const DOTTED: [&str; 3] = ["docomo.ne.jp", "ezweb.ne.jp", "au.com"];

/// An e-mail address with exactly one `@`, an ASCII local part and a canonical domain.
///
/// Zendesk has one user per address, so two spellings of one address must compare equal: the
/// domain is in lower case and punycode. Invariant: it parses by RFC 5321, without quotes, comments
/// or an address literal; the dots of a carrier of `DOTTED` may follow each other or come last.
#[derive(Clone, Eq, PartialEq)]
pub struct EmailAddress {
    text: String,
    at: usize,
}

/// The text is no e-mail address that brandgate passes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmail;

impl EmailAddress {
    /// Takes one address and nothing around it.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let options =
            Options::default().with_required_tld().without_display_text().without_domain_literal();
        // A quoted local part may hold a second `@`: every reader would split it elsewhere.
        let (local, domain) = text.split_once('@').ok_or(InvalidEmail)?;
        let canonical = canonical_domain(domain);
        let is_dotted = canonical.as_deref().is_some_and(|known| DOTTED.contains(&known));
        let standard = if is_dotted {
            Cow::Owned(with_single_dots(local, domain))
        } else {
            Cow::Borrowed(text)
        };
        email_address::EmailAddress::parse_with_options(&standard, options)
            .map_err(|_| InvalidEmail)?;
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
        if domain.contains('@') || local.is_empty() || !local.bytes().all(plain) {
            return Err(InvalidEmail);
        }
        let domain = canonical.ok_or(InvalidEmail)?;
        Ok(Self { text: [local, &domain].join("@"), at: local.len() })
    }

    /// The address as it goes to Zendesk.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// What stands after the `@`, in lower case and punycode.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// The whole address in lower case, as Zendesk compares it.
    pub fn folded(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

/// Hides the address: it must not reach a log.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

/// The address that a carrier's would be by the standard: to see whether the rest of it is good.
fn with_single_dots(local: &str, domain: &str) -> String {
    let local = local.trim_end_matches('.');
    let single = local.chars().scan(' ', |before, c| Some((std::mem::replace(before, c), c)));
    let single: String = single.filter(|pair| *pair != ('.', '.')).map(|(_, c)| c).collect();
    format!("{single}@{domain}")
}

/// `domain` in lower case and punycode, or `None` if it is none. What [UTS #46] lets pass and no registry gives, such as
/// quotes and dashes of a word processor, would be a domain that nobody has.
///
/// [UTS #46]: https://www.unicode.org/reports/tr46/#Validity_Criteria
pub fn canonical_domain(domain: &str) -> Option<String> {
    let is_punctuation = |c| matches!(c, '\u{ab}' | '\u{bb}' | '\u{2010}'..='\u{205e}');
    if domain.contains(is_punctuation) {
        return None;
    }
    let ascii = idna::domain_to_ascii_strict(domain).ok()?;
    let is_domain = ascii.contains('.') && !ascii.ends_with('.') && !ascii.starts_with('.');
    is_domain.then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn one_address_has_one_form() {
        let cases = [
            ("plain", "joe@example.com", "joe@example.com"),
            ("domain in capitals", "joe@EXAMPLE.com", "joe@example.com"),
            ("local part kept", "Joe.B+tag@example.com", "Joe.B+tag@example.com"),
            ("international domain", "joe@bücher.example", "joe@xn--bcher-kva.example"),
            ("full-width domain", "joe@ａｃｍｅ.example", "joe@acme.example"),
        ];
        for (what, text, expected) in cases {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), expected, "{what}");
        }
    }

    #[test]
    fn what_two_readers_would_split_differently_is_refused() {
        let cases = [
            "",
            "joe",
            "@example.com",
            "joe@",
            "joe@localhost",
            "a@evil.example@acme.example",
            "\"ceo@acme.example\"@evil.example",
            "ceo@acme.example ",
            " ceo@acme.example",
            "ceo@acme.example\0",
            "ceo@acme.example\r\nBcc: x@y.example",
            "ceo@acme.example.",
            "ceo@.acme.example",
            "ceo@[127.0.0.1]",
            "Boss <ceo@acme.example>",
            "ceo(comment)@acme.example",
            "ｃeo@acme.example",
            "ceo\u{200b}@acme.example",
            "ceo@acme.example,joe@evil.example",
            "ceo@acme..example",
        ];
        for text in cases {
            assert!(EmailAddress::parse(text).is_err(), "accepted {text:?}");
        }
    }

    #[test]
    fn the_dots_of_old_mobile_addresses_are_kept() {
        let good = [
            "a..b@docomo.ne.jp",
            "a.@docomo.ne.jp",
            "a...b..@docomo.ne.jp",
            "a.b@docomo.ne.jp",
            "a..b@ezweb.ne.jp",
            "a.@au.com",
        ];
        for text in good {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), text);
        }
        let folded = EmailAddress::parse("A..b@DOCOMO.ne.jp").unwrap().folded();
        assert_eq!(folded, "a..b@docomo.ne.jp");
        let attacks = [
            ".a@docomo.ne.jp",
            "..@docomo.ne.jp",
            ".@docomo.ne.jp",
            "a..b@example.com",
            "a.@example.com",
            "ceo.@acme.example",
            "a..b@mail.docomo.ne.jp",
            "a..b@docomo.ne.jp.evil.example",
            "a..b@evildocomo.ne.jp",
            "a..@b@docomo.ne.jp",
            "a.. b@docomo.ne.jp",
            "\"a..b\"@docomo.ne.jp",
            "a..b@docomo.ne.jp.",
            "a..b@docomo..ne.jp",
            "a..b@docomo.ne.jp@evil.example",
        ];
        for text in attacks {
            assert!(EmailAddress::parse(text).is_err(), "accepted {text:?}");
        }
    }

    #[test]
    fn an_address_is_never_printed() {
        let address = EmailAddress::parse("joe@example.com").unwrap();
        assert!(!format!("{address:?}").contains("joe"));
    }
}
