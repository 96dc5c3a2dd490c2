//! What others wrote, printed so that it steers no terminal.

use std::fmt::Write as _;

use serde_json::Value;

/// Whether it steers a terminal, turns a line around, breaks it, or is seen by nobody. What joins or parts
/// letters (Persian, emoji) does not count.
pub(crate) fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_unseen = matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}')
        || matches!(
            c,
            '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{fff9}'
                ..='\u{fffb}'
        )
        || matches!(c, '\u{e0000}'..='\u{e007f}');
    c.is_control() || turns || is_unseen || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The same as JSON escapes it: the library leaves most of them as they are. The only line breaks
/// are its own.
pub(crate) fn plain_json(value: &Value) -> String {
    let mut plain = String::new();
    for c in format!("{value:#}\n").chars() {
        if steers(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a text cannot fail.
                let _ = write!(plain, "\\u{unit:04x}");
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

/// A text without what steers.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if steers(c) { plain.extend(c.escape_unicode()) } else { plain.push(c) }
    }
    plain
}

/// How many there are of what has this name: `1 brand`, `2 brands`.
pub(crate) fn counted(count: usize, name: &str) -> String {
    if count == 1 { format!("1 {name}") } else { format!("{count} {name}s") }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{plain, plain_json};

    #[test]
    fn neither_does_one_in_json_and_it_is_still_the_same() {
        let value = json!({ "name": "Joe \u{9b}2J\u{7f} \u{202e}eoJ\u{2028}\u{1b}\n李\u{e0041}" });
        let text = plain_json(&value);
        assert_eq!(
            text,
            "{\n  \"name\": \"Joe \\u009b2J\\u007f \\u202eeoJ\\u2028\\u001b\\n李\\udb40\\udc41\"\n}\n"
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn a_name_does_not_steer_the_terminal() {
        let cases = [
            ("Joe Bücher 李", "Joe Bücher 李"),
            ("\u{1b}[2Jgone", "\\u{1b}[2Jgone"),
            ("a\r\nbrand  shoes", "a\\u{d}\\u{a}brand  shoes"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("\u{202e}eoJ", "\\u{202e}eoJ"),
            ("a\u{2028}b", "a\\u{2028}b"),
            ("a\u{200b}\u{feff}\u{ad}b", "a\\u{200b}\\u{feff}\\u{ad}b"),
            ("a\u{e0041}b", "a\\u{e0041}b"),
            ("می\u{200c}خواهم ❤\u{fe0f} 👩\u{200d}🔬", "می\u{200c}خواهم ❤\u{fe0f} 👩\u{200d}🔬"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
