//! Which text the bytes of a script are: UTF-8, else Windows-1252, as editors wrote before, of which Latin-1 is
//! a part.

use std::borrow::Cow;

/// What Windows-1252 has for the bytes from 0x80, where Latin-1 has nothing that is printed; the same number where
/// it has nothing either.
const FROM_80: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of `bytes`, owned where it was not UTF-8. `None`: it is no text of one byte a letter.
pub(super) fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Ok(text) = str::from_utf8(bytes) {
        return Some(text.into());
    }
    if bytes.contains(&0) {
        return None;
    }
    let letter = |byte: &u8| {
        let of_windows = byte.checked_sub(0x80).and_then(|it| FROM_80.get(usize::from(it)));
        of_windows.copied().unwrap_or(char::from(*byte))
    };
    Some(bytes.iter().map(letter).collect::<String>().into())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_is_not_utf_8_is_read_as_editors_wrote_before() {
        let cases: [(&[u8], Option<&str>); 7] = [
            (b"B\xc3\xbccher", Some("B\u{fc}cher")),
            (b"B\xfccher", Some("B\u{fc}cher")),
            (b"\x80 \x93a\x94 \x96 \xff", Some("€ “a” – ÿ")),
            (b"\x81", Some("\u{81}")),
            (b"", Some("")),
            (b"\xff\xfe<\0?\0", None),
            (b"\xfe\xff\0<\0?", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(text(bytes).as_deref(), expected, "{bytes:?}");
        }
    }
}
