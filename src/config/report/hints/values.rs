//! Values with something that belongs to another language, to a merge or to a list.

use super::letters::{is_curly_quote, is_odd_dash, wide};

/// About a line or a value that a merge has left.
pub(in crate::config) const MERGE_MARK: &str = "a merge has left its mark here";

/// And what to do about it.
pub(in crate::config) const KEEP_ONE: &str = "keep one of the two versions, and remove the lines that begin with `<<<<<<<`, `=======` and \
     `>>>>>>>`";

/// About a text that begins with `!`.
pub(in crate::config) const QUOTES_FOR_TAG: &str = "a text that begins with `!` needs quotes";

/// About `!include`.
pub(in crate::config) const INCLUDE: &str =
    "whole files are read, named in the main one: `include: [brands.d/*.yaml]`";

/// About a list in the place of brands or backends.
pub(in crate::config) const NAMED_ENTRIES: &str =
    "each by its name, without a dash: `NAME:`, and its keys beneath, indented further";

/// About a comma behind a value that is not within brackets.
pub(in crate::config) const COMMA_AT_END: &str =
    "remove it: commas stand within `[…]` and `{…}` alone";

/// About several values in the place of one.
pub(in crate::config) const SEVERAL: &str =
    "each value by itself, with commas between them: `[…, …]`";

/// About a comment in the place of a value.
pub(in crate::config) const COMMENT: &str =
    "` #` begins a comment: a value that begins with `#` needs quotes, such as `'#0b5fff'`";

/// About a key without a value, with what follows it on its line.
pub(in crate::config) fn empty(after: &str) -> &'static str {
    let value = after.trim_start().strip_prefix(':').unwrap_or(after).trim_start();
    if value.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
        COMMENT
    } else {
        "write its value; what belongs to it may stand on the next lines, indented further"
    }
}

/// About a value with something at its end that belongs to another language.
pub(in crate::config) fn tail(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.starts_with(is_curly_quote) {
        Some("type the quotes anew: plain ones, `'…'`")
    } else if is_merge_mark(text) {
        Some(KEEP_ONE)
    } else if text.ends_with([',', ';']) {
        Some(COMMA_AT_END)
    } else if text.contains(" //") || text.contains(" /*") {
        Some("a comment begins with ` #`")
    } else if text.contains("# ") {
        Some("a blank is missing before the `#` where a comment begins")
    } else {
        wide(text)
    }
}

/// About a text in a list, or in the place of one.
pub(in crate::config) fn entry(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.starts_with(is_odd_dash) || (text.starts_with('-') && text.len() > 1) {
        return Some("each entry of a list begins with `- `, a blank behind the dash");
    }
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty()).count();
    tail(text).or((parts > 1).then_some(SEVERAL))
}

/// Whether a text is one of the lines that a merge leaves between two versions.
pub(in crate::config) fn is_merge_mark(text: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| {
        text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// Whether a text is a switch in YAML 1.1 or in another language.
pub(in crate::config) fn is_switch_elsewhere(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_str(), "yes" | "no" | "on" | "off" | "true" | "false")
}
