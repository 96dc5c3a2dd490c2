//! What scripts make of a `return_to` on its way through them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// How often a script may have decoded, encoded or escaped the same text.
const MOST_TIMES: usize = 3;

/// Whether `posted` is what a script has made of `sent`: decoded, encoded or escaped for HTML once
/// too often, with `http` for `https`, or cut short, most often at an `&` or `#` of its own.
///
/// This is a guess at what was meant, and decides about nothing but that: whoever makes it goes on to
/// `sent`, which has been judged before.
pub fn is_remnant(posted: &str, sent: &str) -> bool {
    let (posted, sent) = (guessed(posted), guessed(sent));
    match sent.strip_prefix(&posted) {
        Some("") => true,
        Some(rest) => !posted.is_empty() && !is_page_above(&posted, rest),
        None => false,
    }
}

/// Whether a text that is cut before `rest` is a page of its own, such as the brand's home: whole
/// segments of the path, and nothing behind it.
fn is_page_above(posted: &str, rest: &str) -> bool {
    !posted.contains(['?', '#']) && (posted.ends_with('/') || rest.starts_with('/'))
}

/// The plainest text that this may have been once.
fn guessed(text: &str) -> String {
    let mut text = Cow::Borrowed(without_half_an_escape(text.trim_ascii()));
    for _ in 0..MOST_TIMES {
        let unescaped = unescaped(&text);
        let decoded = percent_decode_str(&unescaped).decode_utf8_lossy().into_owned();
        if decoded == *text {
            break;
        }
        text = Cow::Owned(decoded);
    }
    // In a form, `+` is a blank, and a cut may fall within a character.
    let text = text.replace('+', " ");
    let text = text.trim_end_matches('\u{fffd}');
    match text.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => format!("https://{rest}"),
        Some((scheme, rest)) => format!("{}://{rest}", scheme.to_ascii_lowercase()),
        None => text.to_owned(),
    }
}

/// Without the `%` or `%4` that a cut leaves at the end.
fn without_half_an_escape(text: &str) -> &str {
    let begins_one = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with('%'));
    let place = [2, 1].into_iter().filter_map(|width| text.len().checked_sub(width));
    let place = place.into_iter().find(|at| begins_one(*at));
    place.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Without HTML's escapes of what may stand in an address.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let escape = after.split_once(';').and_then(|(name, behind)| Some((sign(name)?, behind)));
        let (sign, behind) = escape.unwrap_or(('&', after));
        plain.push(sign);
        rest = behind;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// What an escape of HTML stands for: `amp`, or a character's number, as `#38` or `#x26`.
fn sign(name: &str) -> Option<char> {
    const NAMES: [(&str, char); 5] =
        [("amp", '&'), ("quot", '"'), ("apos", '\''), ("lt", '<'), ("gt", '>')];
    let Some(number) = name.strip_prefix('#') else {
        let named = NAMES.into_iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        return named.map(|(_, sign)| sign);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    number.ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::is_remnant;

    const SENT: &str =
        "https://help.acme.example/hc/en-us/requests?page=2&q=a%20b%26c&x='ü'#comment_7";

    #[test]
    fn what_scripts_do_to_an_address_is_seen() {
        let cases = [
            ("nothing", SENT),
            ("cut at its &", "https://help.acme.example/hc/en-us/requests?page=2"),
            (
                "cut at its #",
                "https://help.acme.example/hc/en-us/requests?page=2&q=a%20b%26c&x='ü'",
            ),
            ("cut at its ?", "https://help.acme.example/hc/en-us/requests"),
            (
                "decoded",
                "https://help.acme.example/hc/en-us/requests?page=2&q=a b&c&x='ü'#comment_7",
            ),
            ("decoded and cut", "https://help.acme.example/hc/en-us/requests?page=2&q=a b"),
            ("read by a form", "https://help.acme.example/hc/en-us/requests?page=2&q=a+b%26c"),
            (
                "encoded twice",
                "https%3A%2F%2Fhelp.acme.example%2Fhc%2Fen-us%2Frequests%3Fpage%3D2%26q%3Da%2520b",
            ),
            (
                "three times",
                "https%253A%252F%252Fhelp.acme.example%252Fhc%252Fen-us%252Frequests%253Fpage%253D2",
            ),
            (
                "escaped for HTML",
                "https://help.acme.example/hc/en-us/requests?page=2&amp;q=a%20b%26c&amp;x=&#39;ü&#39;#comment_7",
            ),
            (
                "escaped as numbers with zeros",
                "https://help.acme.example/hc/en-us/requests?page=2&#038;q=a%20b%26c&#0038;x=&#0039;ü",
            ),
            (
                "escaped as hexadecimal numbers",
                "https:&#x2F;&#X2f;help.acme.example/hc/en-us/requests?page=2&#X26;q=a%20b%26c&#x026;x=&#x27;ü",
            ),
            (
                "escaped in capitals",
                "https://help.acme.example/hc/en-us/requests?page=2&AMP;q=a%20b%26c&Amp;x='ü'",
            ),
            ("escaped twice", "https://help.acme.example/hc/en-us/requests?page=2&amp;amp;q=a%20b"),
            ("http", "http://help.acme.example/hc/en-us/requests?page=2"),
            ("capitals", "HTTPS://help.acme.example/hc/en-us/requests?page=2"),
            ("cut at some length", "https://help.acme.example/hc/en-us/req"),
            ("cut within an escape", "https://help.acme.example/hc/en-us/requests?page=2&q=a%2"),
            ("cut before an escape", "https://help.acme.example/hc/en-us/requests?page=2&q=a%"),
            (
                "cut within a character",
                "https://help.acme.example/hc/en-us/requests?page=2&q=a%20b%26c&x='%C3",
            ),
            ("blanks around it", " https://help.acme.example/hc/en-us/requests?page=2 \n"),
        ];
        for (what, posted) in cases {
            assert!(is_remnant(posted, SENT), "{what}: {posted}");
        }
        assert!(is_remnant("/hc?a=1", "/hc?a=1&b=2"), "a relative one");
    }

    #[test]
    fn another_page_is_no_remnant() {
        let pages = [
            "",
            " ",
            "https://help.acme.example",
            "https://help.acme.example/",
            "https://help.acme.example/hc",
            "https://help.acme.example/hc/",
            "https://help.acme.example/hc/en-us",
            "https://help.acme.example/hc/en-us/requests/",
            "https://help.acme.example/hc/en-us/requests?page=3",
            "https://help.acme.example/hc/en-us/requests?page=2&q=a%20c",
            "https://help.acme.example/hc/en-us/requests?page=2&q=a%20b%26c&x='ü'#comment_77",
            "https://help.acme.example.evil.example/",
            "https://evil.example/",
            "https://help.acme.example/hc/en-us/requests?page=2&#39;q=a",
            "https://help.acme.example/hc/en-us/requests?page=2&#xd800;q=a",
            "https://help.acme.example/hc/en-us/requests?page=2&#;q=a",
            "https://help.acme.example/hc/en-us/requests?page=2&#4294967334;q=a",
            "null",
            "undefined",
        ];
        for posted in pages {
            assert!(!is_remnant(posted, SENT), "{posted}");
        }
    }
}
