//! What scripts make of a `return_to` on its way through them.

use std::borrow::Cow;
use std::cell::OnceCell;

use percent_encoding::percent_decode_str;

use super::return_to::{MAX_AUTHORITY, MAX_BYTES};

/// How often a script may have decoded, encoded or escaped the same text.
const MOST_TIMES: usize = 3;

/// Longest text that is looked at, in bytes: the longest address of a flow's, every byte of it
/// encoded three times (`%2525XX`).
const MAX_POSTED: usize = 7 * ("https://".len() + MAX_AUTHORITY + MAX_BYTES);

/// Longest escape of HTML, in bytes from `&` to `;`: `&#x10ffff;`, with a few zeros in front.
const MAX_ESCAPE: usize = 16;

/// A text that a script gave back in the place of a `return_to`.
#[derive(Debug)]
pub struct PostedReturnTo<'a> {
    text: &'a str,
    /// The plainest text that it may have been once, made when it is first asked for: however many
    /// flows it is compared with.
    plain: OnceCell<Option<String>>,
}

impl<'a> PostedReturnTo<'a> {
    /// Takes `text` as it was posted.
    pub fn new(text: &'a str) -> Self {
        Self { text, plain: OnceCell::new() }
    }

    /// As it was posted.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Whether it is what a script has made of `sent`: decoded, encoded or escaped for HTML once too
    /// often, with `http` for `https`, or cut short, most often at an `&` or `#` of its own.
    ///
    /// This is a guess at what was meant, and decides about nothing but that: whoever makes it goes
    /// on to `sent`, which has been judged before.
    pub fn is_remnant_of(&self, sent: &str) -> bool {
        let is_short = self.text.len() <= MAX_POSTED;
        let plain = self.plain.get_or_init(|| is_short.then(|| guessed(self.text)));
        let Some(plain) = plain.as_deref() else { return false };
        let sent = guessed(sent);
        match sent.strip_prefix(plain) {
            Some("") => true,
            Some(rest) => !plain.is_empty() && !is_page_above(plain, rest),
            None => false,
        }
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
        let (sign, behind) = escape(after).unwrap_or(('&', after));
        plain.push(sign);
        rest = behind;
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The sign that an escape behind its `&` stands for, and what follows. No more of it is looked at
/// than an escape can have: a text may be full of `&` and have one `;` at its end.
fn escape(after: &str) -> Option<(char, &str)> {
    let end = after.bytes().take(MAX_ESCAPE - 1).position(|byte| byte == b';')?;
    let (name, behind) = after.split_at_checked(end)?;
    Some((sign(name)?, behind.strip_prefix(';')?))
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
    use super::{MAX_POSTED, PostedReturnTo, escape};

    const SENT: &str =
        "https://help.acme.example/hc/en-us/requests?page=2&q=a%20b%26c&x='ü'#comment_7";

    fn is_remnant(posted: &str, sent: &str) -> bool {
        PostedReturnTo::new(posted).is_remnant_of(sent)
    }

    #[test]
    fn no_more_of_a_text_is_looked_at_than_can_be_meant() {
        // An escape as long as its zeros make it: the longest one that is read, and one beyond.
        let zeros = |count| format!("#{}38;x", "0".repeat(count));
        assert_eq!(escape(&zeros(11)), Some(('&', "x")), "positive control");
        for far in [12, 100, 60_000] {
            assert_eq!(escape(&zeros(far)), None, "{far} zeros");
        }
        assert_eq!(escape(&format!("{}amp;", "&".repeat(60_000))), None);
        assert_eq!(escape("ü".repeat(8).as_str()), None, "ends within a character");
        // What comes to the same text by being encoded, but is longer than scripts can make it.
        let thrice = |bytes: usize| "%252541".repeat(bytes);
        let sent = |bytes| format!("/{}", "A".repeat(bytes));
        let longest = MAX_POSTED / "%252541".len();
        for (bytes, expected) in
            [(2000, true), (longest - 1, true), (longest, false), (9000, false)]
        {
            let posted = format!("/{}", thrice(bytes));
            assert_eq!(is_remnant(&posted, &sent(bytes)), expected, "{bytes} bytes");
        }
    }

    #[test]
    fn what_was_posted_is_made_plain_once_for_all_flows() {
        let posted = PostedReturnTo::new("https%3A%2F%2Fhelp.acme.example%2Fhc%3Fa=1");
        assert!(posted.plain.get().is_none(), "nobody has asked");
        assert!(posted.is_remnant_of("https://help.acme.example/hc?a=1&b=2"));
        let first = posted.plain.get().cloned().flatten().unwrap();
        let place =
            |it: &PostedReturnTo<'_>| it.plain.get().and_then(Option::as_ref).unwrap().as_ptr();
        let before = place(&posted);
        assert!(!posted.is_remnant_of("https://help.acme.example/hc?a=2"));
        assert_eq!((place(&posted), first.as_str()), (before, "https://help.acme.example/hc?a=1"));
    }

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
