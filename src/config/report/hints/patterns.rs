//! Regular expressions of paths: what is written in the place of one.

use regex::Regex;

/// About a `*` that is none of a regular expression.
pub(in crate::config) const NO_PATTERN: &str = "a route's path is a regular expression";

/// And what says "any path" there.
pub(in crate::config) const ANY_PATH: &str = "`*` repeats what stands before it: for everything beneath `/agent`, `'^/agent(/|$)'`; for \
     every path, `'^/'`";

/// About an expression that is none, for this `reason`.
pub(in crate::config) fn regex(text: &str, reason: &str) -> &'static str {
    if reason.contains("look-around") || reason.contains("backreference") {
        "the first route that matches counts: put one for the exception, such as `'^/hc(/|$)'`, \
         before this one"
    } else if text.starts_with('*') {
        ANY_PATH
    } else if reason.contains("quantifier") {
        "for a part that may be anything write `[^/]+`; a `\\` goes before a brace that means itself"
    } else if reason.contains("size limit") {
        "for a part that may be anything write `[^/]+`, without a number of repetitions"
    } else {
        r"a `\` goes before each of `( ) [ ] { } . * + ?` that means itself"
    }
}

/// About an expression that looks like a pattern of another kind: `/agent/*`, `/hc/:locale`, `?a=b`.
pub(in crate::config) fn glob(text: &str) -> Option<&'static str> {
    let is_name = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    if text.ends_with("/*") || text.contains("/*/") || text.contains("**") {
        Some(
            "`/*` is any number of slashes: for everything beneath `/agent`, `'^/agent(/|$)'`; for \
             one part of any name, `[^/]+`",
        )
    } else if text.split("/:").skip(1).any(is_name) {
        Some("`:name` means itself: for one part of any name, `[^/]+`")
    } else if text.split('?').skip(1).any(|rest| is_name(rest) && rest.contains('=')) {
        Some("a route is found by the path alone, without what stands behind `?`")
    } else {
        None
    }
}

/// The first letter in a regular expression that stands in no path, escaped or not.
pub(in crate::config) fn beyond_ascii(pattern: &str) -> Option<char> {
    let escaped = pattern.split('\\').skip(1).filter_map(|rest| {
        let hex = rest.strip_prefix(['u', 'U', 'x'])?;
        let hex = match hex.strip_prefix('{') {
            Some(inner) => inner.split('}').next()?,
            None => hex.get(
                ..match rest.chars().next()? {
                    'u' => 4,
                    'U' => 8,
                    _ => 2,
                },
            )?,
        };
        char::from_u32(u32::from_str_radix(hex, 16).ok()?)
    });
    let classes = pattern.split('\\').skip(1).filter_map(|rest| {
        let name = rest.strip_prefix("p{")?.split('}').next()?;
        let class = Regex::new(&format!(r"\A\p{{{name}}}\z")).ok()?;
        let is_in = |c: &char| class.is_match(c.encode_utf8(&mut [0; 4]));
        let has_ascii = ('\0'..='\x7f').any(|c| is_in(&c));
        if has_ascii { None } else { ('\u{80}'..=char::MAX).find(is_in) }
    });
    pattern.chars().chain(escaped).chain(classes).find(|c| !c.is_ascii())
}
