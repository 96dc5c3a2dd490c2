//! The patterns of routes: regular expressions of paths, and the memory that all of them may take together.

use std::collections::HashMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use regex::{Error, Regex, RegexBuilder};

use crate::config::document::{Read, Reported, Value};
use crate::config::report::{Code, hints};

/// Most memory that one pattern takes, in bytes: a few letters repeated often enough take all there is. The least of
/// these that is enough is what it counts for.
const SIZES: [usize; 3] = [16 << 10, 128 << 10, 1 << 20];

/// Most that all patterns of all files count for together, in bytes: sixteen thousand as people write them.
const MOST_OF_ALL: usize = 256 << 20;

/// What was read of all files so far. Many brands write the same, which counts once.
pub(super) struct Patterns {
    known: HashMap<String, Regex>,
    /// Bytes that are left to others; nothing once that is told not to be enough.
    left: Option<usize>,
}

impl Default for Patterns {
    fn default() -> Self {
        Self { known: HashMap::new(), left: Some(MOST_OF_ALL) }
    }
}

impl Patterns {
    /// Reads the pattern at `value`.
    pub(super) fn read(&mut self, value: Value<'_>) -> Read<Regex> {
        let text = value.text()?;
        if !self.known.contains_key(text) {
            let pattern = self.compile(text, value)?;
            self.known.insert(text.to_owned(), pattern);
        }
        look_at(text, value)?;
        self.known.get(text).cloned().ok_or(Reported)
    }

    fn compile(&mut self, text: &str, value: Value<'_>) -> Read<Regex> {
        let left = self.left.ok_or(Reported)?;
        let mut sizes = SIZES.into_iter().peekable();
        while let Some(size) = sizes.next() {
            match RegexBuilder::new(text).size_limit(size).build() {
                Err(Error::CompiledTooBig(_)) if sizes.peek().is_some() => {}
                Err(error) => {
                    let reason = error.to_string();
                    let last = reason.lines().last().unwrap_or_default();
                    let last = last.trim_start_matches("error: ");
                    value
                        .error(Code::RouteInvalid, format!("not a regular expression: {last}"))
                        .with_hint(hints::regex(text, last));
                    return Err(Reported);
                }
                Ok(pattern) => {
                    self.left = left.checked_sub(size);
                    if self.left.is_some() {
                        return Ok(pattern);
                    }
                    let most = MOST_OF_ALL >> 20;
                    value
                        .error(
                            Code::TooMany,
                            format!("with this one, all patterns may take more than {most} MB of memory"),
                        )
                        .with_hint(
                            "the same pattern counts once, wherever it stands; for a part that may be \
                             anything write `[^/]+`, without a number of repetitions",
                        );
                    return Err(Reported);
                }
            }
        }
        Err(Reported)
    }
}

/// Says what is wrong, or odd, with an expression that can be compiled.
fn look_at(text: &str, value: Value<'_>) -> Read<()> {
    // Typed by a word processor: the quotes would be part of the expression, which no path matches.
    if let Some(quote) = text.chars().find(|it| matches!(it, '\u{2018}'..='\u{201f}')) {
        value
            .error(Code::RouteInvalid, format!("`{quote}` stands where a plain quote belongs"))
            .with_hint("type the quotes anew: `'^/agent(/|$)'`");
        return Err(Reported);
    }
    if text.starts_with("/^") {
        value
            .error(Code::RouteInvalid, "no path has anything before its beginning, which `^` means")
            .with_hint("without slashes around the expression: `'^/agent(/|$)'`");
        return Err(Reported);
    }
    if let Some(hint) = hints::glob(text) {
        value
            .warning(Code::RouteGlob, "as a regular expression this says something else")
            .with_hint(hint);
        return Ok(());
    }
    if begins_with_a_word(text) {
        let message = "every path begins with `/`, so this matches none";
        let rest = text.trim_start_matches('^');
        value.error(Code::RouteInvalid, message).with_hint(match rest.split_once("://") {
            Some(_) => "the path alone, without scheme and host: `'^/agent(/|$)'`".to_owned(),
            None => format!("`'^/{rest}'`"),
        });
        return Err(Reported);
    }
    if let Some(letter) = hints::beyond_ascii(text) {
        value.warning(Code::RouteNotAscii, "no path is written with such letters").with_hint(
            format!(
                "browsers send `{}` for `{letter}`",
                utf8_percent_encode(letter.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC)
            ),
        );
    } else if !text.starts_with('^') {
        value
            .warning(
                Code::RouteNotAnchored,
                "without `^` this also matches in the middle of a path",
            )
            .with_hint("such as `'^/agent(/|$)'`");
    }
    Ok(())
}

/// Whether a path would have to begin with a letter or digit.
fn begins_with_a_word(pattern: &str) -> bool {
    let Some(rest) = pattern.strip_prefix('^') else { return false };
    let is_optional = |rest: &str| rest.get(1..).is_some_and(|it| it.starts_with(['?', '*', '{']));
    rest.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !is_optional(rest)
        && !rest.contains('|')
}

#[cfg(test)]
mod tests {
    use crate::config::tests::told::told;

    /// What is said of a file with these patterns, each a route of one brand.
    fn said(patterns: &[String]) -> Vec<String> {
        let route = |it: &String| format!("      - {{ path: '{it}', backend: native }}");
        let routes = patterns.iter().map(route).collect::<Vec<_>>().join("\n");
        let source = format!(
            "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk: {{ account: acme, shared_secret: {{ env: ZENDESK }} }}
backends: {{ native: {{ type: zendesk }} }}
brands:
  acme:
    brand_id: 1
    hosts: [acme.zendesk.com]
    backend: native
    routes:
{routes}"
        );
        told(&source).iter().map(|it| format!("{} {}", it.place(), it.message)).collect()
    }

    #[test]
    fn the_memory_of_all_patterns_together_is_bounded() {
        let large = |number: usize| format!("^/{number}/[a-z]{{8000}}");
        let many: Vec<String> = (0..300).map(large).collect();
        let said_of_many = said(&many);
        assert_eq!(
            said_of_many,
            ["267:17 with this one, all patterns may take more than 256 MB of memory"],
        );
        let same: Vec<String> = (0..3000).map(|_| large(1)).collect();
        assert_eq!(said(&same), [] as [&str; 0], "the same counts once");
        let usual: Vec<String> =
            (0..3000).map(|it| format!("^/hc/[a-z-]+/sections/{it}(/|$)")).collect();
        assert_eq!(said(&usual), [] as [&str; 0]);
    }
}
