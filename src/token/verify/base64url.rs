//! Base64 as makers of tokens write it: some keep the padding, some the other alphabet.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `part` in the spelling of RFC 7515: base64url without padding. `None` where its padding is not
/// as long as its length asks for.
///
/// Whatever decodes has exactly one plain spelling: the engine refuses bits to spare.
pub(super) fn plain(part: &str) -> Option<Cow<'_, str>> {
    let bare = part.trim_end_matches('=');
    let padding = part.len() - bare.len();
    if padding > 2 || (padding > 0 && !part.len().is_multiple_of(4)) {
        return None;
    }
    if memchr::memchr2(b'+', b'/', bare.as_bytes()).is_none() {
        return Some(Cow::Borrowed(bare));
    }
    Some(Cow::Owned(bare.replace('+', "-").replace('/', "_")))
}

/// What the plain spelling stands for.
pub(super) fn decode(plain: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, plain};

    #[test]
    fn one_content_has_one_plain_spelling() {
        // (written, plain)
        let cases = [
            ("-_8", Some("-_8")),
            ("-_8=", Some("-_8")),
            ("+/8", Some("-_8")),
            ("+/8=", Some("-_8")),
            ("+_8=", Some("-_8")),
            ("-w==", Some("-w")),
            ("", Some("")),
            ("-_8==", None),
            ("-w=", None),
            ("-w===", None),
            ("AAAA=", None),
            ("====", None),
            ("=", None),
        ];
        for (written, expected) in cases {
            assert_eq!(plain(written).as_deref(), expected, "{written:?}");
        }
        for odd in ["-_9", "-x", "-=w=", "A", "-_8 ", "-_8\n", "ä"] {
            let content = plain(odd).and_then(|it| decode(&it));
            assert_eq!(content, None, "{odd:?} has bits to spare, or is none");
        }
    }
}
