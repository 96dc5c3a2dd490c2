//! Where a secret is, and other files: what is meant by a reference in another style.

use super::letters::{is_curly_quote, tidy};
use super::placeholders::is_placeholder;

/// About a text in the place of a mapping that says where a secret is. It is never repeated.
pub(in crate::config) fn secret(text: &str) -> &'static str {
    let text = tidy(text);
    let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    if is_placeholder(text) {
        "`{ env: NAME }`, with the name alone: nothing is put in the place of `$…`"
    } else if text.starts_with('{') {
        "without quotes around it: `{ env: NAME }`"
    } else if begins(&["process.env", "os.environ", "getenv", "System.getenv", "ENV.fetch"]) {
        "`{ env: NAME }`, with the name of the variable alone"
    } else if begins(&["env:", "env.", "env(", "ENV[", "env[", "$env:", "env ", "env="]) {
        "`{ env: NAME }`, with the braces, and a blank behind the `:`"
    } else if begins(&["file:", "file(", "file ", "file=", "/", "./", "../", "~/", "@"]) {
        "`{ file: PATH }`, with the braces, and a blank behind the `:`"
    } else {
        "put the secret in a variable or a file, and its name here: `{ env: NAME }`"
    }
}

/// About the name of a variable that is not set.
pub(in crate::config) fn variable(name: &str) -> Option<&'static str> {
    if is_placeholder(name) {
        Some("the name alone: `{ env: NAME }`, without `$` and without braces around it")
    } else if name.contains(|c: char| c.is_whitespace() || "=:\"'`".contains(c)) {
        Some("the name of a variable alone: its value stays outside this file")
    } else if name.contains(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        Some("names of variables have letters, digits and `_` alone")
    } else {
        None
    }
}

/// About the path of a file that cannot be read.
pub(in crate::config) fn file(path: &str) -> Option<&'static str> {
    if path.starts_with('~') {
        Some("`~` is not your home here: write the whole path")
    } else if path.contains('$') || is_placeholder(path) {
        Some("nothing is put in the place of `$…`: write the path itself")
    } else if path.starts_with(is_curly_quote) {
        Some("type the quotes anew: plain ones, `'…'`")
    } else if path.starts_with("file:") {
        Some("a path alone, without `file://`")
    } else {
        None
    }
}
