//! Names and keys: the one that is meant by a text that is none.

use super::letters::{is_quote, tidy};

/// The name that is meant by a text that is none: lower case, with `-` for what it may not hold.
pub(in crate::config) fn name(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    if !text.chars().all(|c| c.is_ascii() || c.is_whitespace() || is_quote(c)) {
        return None;
    }
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let words = text.split(|c| !is_good(c)).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    Some(name.trim_matches(['-', '_']).to_owned())
}

/// A key as people write one who think of another file's style: `Public-URL`, `publicUrl`.
pub(in crate::config) fn plain_key(written: &str) -> String {
    let written = tidy(written).trim_end_matches(':');
    written.to_lowercase().replace(|c: char| "-_. ".contains(c) || c.is_whitespace(), "")
}
