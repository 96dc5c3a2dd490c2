//! What to do instead: guesses at what somebody meant, each a function of what they wrote.
//!
//! A hint repeats of the file only what has the form of something public: an address, a name.

#[cfg(test)]
mod tests;

use regex::Regex;
use url::{Host, Url};

use crate::domain::is_loopback;

/// Longest text that is looked at, in bytes: what is meant is shorter.
const LONGEST: usize = 200;

/// About a reference that something else would have to replace.
pub(in crate::config) const NOTHING_PUT_IN: &str = "nothing is put in the place of this";

/// And what to write in its stead.
pub(in crate::config) const NAME_ALONE: &str =
    "of a secret the name alone: `{ env: NAME }`, without `$` and without braces around it";

/// The same where no secret belongs.
pub(in crate::config) const VALUE_ITSELF: &str =
    "write the value itself: neither variables nor templates are filled in";

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

/// About a `*` that is none of a regular expression.
pub(in crate::config) const NO_PATTERN: &str = "a route's path is a regular expression";

/// And what says "any path" there.
pub(in crate::config) const ANY_PATH: &str = "`*` repeats what stands before it: for everything beneath `/agent`, `'^/agent(/|$)'`; for \
     every path, `'^/'`";

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

/// Whether a text for people waits to be filled in, or a part of it does.
pub(in crate::config) fn is_placeholder_in_prose(text: &str) -> bool {
    is_placeholder(text) || ["${", "{{"].iter().any(|it| text.contains(it))
}

/// Whether something else would have to put a value in the place of this: `$NAME`, `${NAME}`,
/// `$(…)`, `{{ … }}`, `{% … %}`, `%NAME%`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = tidy(text);
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let within = |start: &str, end: &str| {
        let inner = text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        inner.is_some_and(|inner| !inner.is_empty())
    };
    text.strip_prefix('$').is_some_and(is_name)
        || within("${", "}")
        || within("$(", ")")
        || within("$((", "))")
        || within("{{", "}}")
        || within("{%", "%}")
        || within("<%", "%>")
        || text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_name)
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

/// Whether a text is one of the lines that a merge leaves between two versions.
pub(in crate::config) fn is_merge_mark(text: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| {
        text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// How a `&` is written in HTML, where an address has it so: another parameter begins there then.
pub(in crate::config) fn entity(text: &str) -> Option<&str> {
    let (at, _) = text.match_indices('&').find(|(at, _)| {
        let name = text.get(at + 1..).and_then(|rest| rest.split_once(';')).map(|(name, _)| name);
        let is_number = |name: &str| {
            name.strip_prefix('#')
                .is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit() || c == 'x'))
        };
        name.is_some_and(|it| matches!(it, "amp" | "lt" | "gt" | "quot" | "apos") || is_number(it))
    })?;
    let entity = text.get(at..)?;
    entity.get(..=entity.find(';')?)
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

/// A quote of a word processor.
pub(in crate::config) fn is_curly_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}')
}

/// Whether a text is a switch in YAML 1.1 or in another language.
pub(in crate::config) fn is_switch_elsewhere(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_str(), "yes" | "no" | "on" | "off" | "true" | "false")
}

/// Whether something else would have to put a value in the place of a part of this: `${NAME}`,
/// `{{ … }}`, `{% … %}`, `%NAME%`, `<NAME>`, or `$NAME` in capitals.
pub(in crate::config) fn holds_placeholder(text: &str) -> bool {
    let is_name = |name: &str| {
        name.len() > 1
            && name.starts_with(|c: char| c.is_ascii_uppercase() || c == '_')
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    };
    let is_escape = |rest: &str| {
        rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    let between = |start: &str, end: &str| {
        let mut rest = text.split(start).skip(1);
        rest.any(|rest| rest.split_once(end).is_some_and(|(inner, _)| !inner.trim().is_empty()))
    };
    let in_percents = || {
        !text.split('%').skip(1).all(is_escape)
            && text.split('%').skip(1).step_by(2).any(|name| name.len() > 2 && is_name(name))
    };
    let in_angles = || {
        text.split('<').skip(1).any(|rest| {
            rest.split_once('>').is_some_and(|(name, _)| {
                name.starts_with(|c: char| c.is_ascii_alphabetic())
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || "_- ".contains(c))
            })
        })
    };
    let after_dollar = || {
        text.split('$').skip(1).any(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            is_name(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default())
        })
    };
    text.contains(['$', '{', '%', '<'])
        && (is_placeholder(text)
            || between("${", "}")
            || between("{{", "}}")
            || between("{%", "%}")
            || (text.matches('%').count() > 1 && in_percents())
            || in_angles()
            || after_dollar())
}

/// A dash or dot that a word processor puts in the place of `-`.
pub(in crate::config) fn is_odd_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2022}' | '\u{b7}' | '\u{2043}')
}

/// About the name of a variable that is not set.
pub(crate) fn variable(name: &str) -> Option<&'static str> {
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
pub(crate) fn file(path: &str) -> Option<&'static str> {
    if path.starts_with('~') {
        Some("`~` is not your home here: write the whole path")
    } else if path.contains('$') || is_placeholder(path) {
        Some("nothing is put in the place of `$…`: write the path itself")
    } else if path.starts_with("file:") {
        Some("a path alone, without `file://`")
    } else {
        None
    }
}

/// The address of the web that is meant by a text that is none.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = tidy(text).trim_matches(['<', '>']);
    let is_path = text.starts_with('/') && !text.starts_with("//");
    let is_public = text.is_ascii() && !text.contains(['@', '?', '#', '$', '{']);
    if text.len() > LONGEST || is_path || !is_public {
        return None;
    }
    let text = text.replace('\\', "/");
    // `https:/a`, `https//a`, `htps://a`, `//a` and `a` are all short of the same few letters.
    let is_scheme = |word: &str| {
        let word = word.trim_end_matches([':', '/']);
        strsim::osa_distance(&word.to_ascii_lowercase(), "https") <= 2
    };
    let slash = text.find('/').unwrap_or(text.len());
    let (first, rest) = text.split_at(slash);
    let rest = match first.split_once(':') {
        Some((word, rest_of_first)) if is_scheme(word) => {
            format!("{rest_of_first}{rest}")
        }
        None if first.is_empty() || (is_scheme(first) && !first.contains('.')) => rest.to_owned(),
        _ => text.clone(),
    };
    let rest = rest.trim_start_matches('/');
    let mut url = Url::parse(&format!("https://{rest}")).ok()?;
    let is_local = url.host().is_some_and(|host| is_loopback(&host));
    if is_local {
        url = Url::parse(&format!("http://{rest}")).ok()?;
    }
    let is_whole = is_local || matches!(url.host(), Some(Host::Domain(name)) if is_domain(name));
    let is_bare = url.path() == "/" && !rest.ends_with('/');
    let address = if is_bare { url.origin().ascii_serialization() } else { url.to_string() };
    is_whole.then_some(address)
}

/// The origin that is meant by a text that is none.
pub(crate) fn origin(text: &str) -> Option<String> {
    let url = Url::parse(&address(text)?).ok()?;
    Some(url.origin().ascii_serialization())
}

/// The host that is meant by a text that is none.
pub(crate) fn host(text: &str) -> Option<String> {
    let url = Url::parse(&address(text)?).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// About a `support` that is neither `https://…` nor `mailto:…`.
pub(crate) fn support(text: &str) -> Option<String> {
    let text = tidy(text);
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return None;
    }
    let number = lower.strip_prefix("tel:").unwrap_or(&lower);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits > 4 && number.chars().all(|c| c.is_ascii_digit() || "+-. ()/".contains(c)) {
        return Some("a page that shows the number: `https://…`".to_owned());
    }
    let of_mail = text.split_once(':').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto"));
    let inner = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    let inner = inner.map_or(of_mail.map_or(text, |(_, rest)| rest), |(inner, _)| inner).trim();
    if let Some((person, domain)) = inner.split_once('@') {
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
        let is_one = !person.is_empty() && person.chars().all(plain) && is_domain(domain);
        let hint = format!("`mailto:{inner}`");
        return Some(if is_one { hint } else { "one address: `mailto:help@…`".to_owned() });
    }
    Some(match address(text) {
        Some(address) => format!("`{address}`"),
        None => "`https://…`, or `mailto:help@…`".to_owned(),
    })
}

/// The name that is meant by a text that is none: lower case, with `-` for what it may not hold.
pub(crate) fn name(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    if !text.chars().all(|c| c.is_ascii() || c.is_whitespace() || is_quote(c)) {
        return None;
    }
    let is_good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let words = text.split(|c| !is_good(c)).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    Some(name.trim_matches(['-', '_']).to_owned())
}

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
pub(crate) fn beyond_ascii(pattern: &str) -> Option<char> {
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

/// A key as people write one who think of another file's style: `Public-URL`, `publicUrl`.
pub(in crate::config) fn plain_key(written: &str) -> String {
    let written = tidy(written).trim_end_matches(':');
    written.to_lowercase().replace(|c: char| "-_. ".contains(c) || c.is_whitespace(), "")
}

/// The text without what nobody sees at its ends.
fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_quote(c) || is_invisible(c))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

fn is_domain(name: &str) -> bool {
    let mut labels = name.split('.');
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    name.contains('.')
        && labels.clone().all(is_label)
        && labels.next_back().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()))
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
pub(crate) fn unseen(text: &str) -> Option<String> {
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
