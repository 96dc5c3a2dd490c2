//! Letters and marks that look like others, or like nothing: of full width, of word processors, unseen.

/// About letters, digits and marks as wide as those of Chinese and Japanese.
const WIDE: &str =
    "letters, digits and marks of full width mean nothing here: type them anew, as narrow as `:`";

/// The same, if there are any.
pub(in crate::config) fn wide(text: &str) -> Option<&'static str> {
    text.contains(|c| narrow(c).is_some()).then_some(WIDE)
}

/// The letter, digit or mark of ASCII that one of full width looks like.
pub(in crate::config) fn narrow(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3001}' => Some(','),
        '\u{3002}' => Some('.'),
        '\u{300c}'..='\u{300f}' => Some('\''),
        '\u{3010}' | '\u{3014}' => Some('['),
        '\u{3011}' | '\u{3015}' => Some(']'),
        _ => None,
    }
}

/// A quote of a word processor, in whatever language.
pub(in crate::config) fn is_curly_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '\u{2039}' | '\u{203a}' | '\u{ab}' | '\u{bb}')
}

pub(super) fn is_quote(c: char) -> bool {
    is_curly_quote(c) || matches!(c, '"' | '\'' | '`' | '\u{b4}')
}

/// A dash or dot that a word processor puts in the place of `-`.
pub(in crate::config) fn is_odd_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2022}' | '\u{b7}' | '\u{2043}')
}

/// What a blank or nothing at all seems to be, and is not: its name.
pub(in crate::config) fn odd_blank(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{2060}' => "a word joiner",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "an ideographic space",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of a direction of writing"
        }
        c if !c.is_ascii() && c.is_whitespace() => "a blank of another width",
        _ => return None,
    })
}

/// What nobody sees in a text and does not belong there, by its code point.
pub(in crate::config) fn unseen(text: &str) -> Option<String> {
    let is_unseen = |c: &char| is_invisible(*c) || is_mark(*c);
    let c = text.chars().find(is_unseen)?;
    let name = odd_blank(c).unwrap_or("a mark that nobody sees");
    Some(format!("{name} (U+{:04X}) stands in it", u32::from(c)))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{2061}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_invisible(c: char) -> bool {
    odd_blank(c).is_some()
}

/// The text without what nobody sees at its ends.
pub(super) fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_quote(c) || is_invisible(c))
}
