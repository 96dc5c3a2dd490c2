//! Which arrays are tables of hosts, and what to say where none is.

use super::ScriptProblem;
use super::address::{BrandHost, is_address};
use super::arrays::{Entry, Value};
use super::router::{Purpose, WRITE_OUT};
use super::tokens::{Spanned, Token};

/// Keys of an array that stand for every host that is not in it.
pub(super) fn is_fallback(key: &str) -> bool {
    let key = key.trim();
    key.is_empty()
        || key == "*"
        || ["default", "fallback", "other", "else"].iter().any(|it| key.eq_ignore_ascii_case(it))
}

/// Whether `text` is a whole host, and not a file or a version.
pub(super) fn is_host(text: &str) -> bool {
    matches!(BrandHost::read(text), Some(BrandHost::Whole(_) | BrandHost::WithPath))
}

pub(super) fn are_hosts(entries: &[Entry]) -> bool {
    !entries.is_empty() && entries.iter().all(|entry| names_host(&entry.value))
}

fn names_host(value: &Value) -> bool {
    matches!(value, Value::Text(text) if !is_address(text) && is_host(text) && !is_file(text))
}

/// Whether its key says what an address is for.
fn has_purpose(entry: &Entry) -> bool {
    matches!(&entry.key, Some(Value::Text(key)) if Purpose::named(key).is_some())
}

/// Whether an entry of a row names its host by the address of a Help Center: `'url' =>
/// 'https://shoes.zendesk.com'`.
fn is_home(entry: &Entry) -> bool {
    match &entry.value {
        Value::Text(text) if !has_purpose(entry) => {
            matches!(BrandHost::read(text), Some(BrandHost::Whole(host)) if host.is_zendesk())
        }
        _ => false,
    }
}

fn is_list(value: &Value) -> bool {
    matches!(value, Value::Array(inner) if are_hosts(inner))
}

/// Whether `text` ends as files of a site do, and no host does.
fn is_file(text: &str) -> bool {
    let endings =
        ["png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "php", "html", "htm"];
    let ending = text.trim().rsplit('.').next().unwrap_or_default();
    endings.iter().any(|it| ending.eq_ignore_ascii_case(it))
}

/// Whether `entry` is a host of a row, or a list of its hosts.
pub(super) fn names_hosts(entry: &Entry) -> bool {
    names_host(&entry.value) || is_home(entry) || is_list(&entry.value)
}

/// Whether what `key` stands for names its hosts itself: `'shoes' => ['host' => …, 'login' => …]`.
pub(super) fn is_row(key: &str, inner: &[Entry]) -> bool {
    let names = !is_host(key) && !is_address(key);
    let is_plain = |it: &Entry| names_host(&it.value) || is_list(&it.value);
    // An address beside another is a Help Center's only where it is said what the other is for.
    let is_paired = || {
        let is_named = |it: &Entry| has_purpose(it) && is_whole(&it.value);
        inner.iter().any(is_home) && inner.iter().any(is_named)
    };
    names && (inner.iter().any(is_plain) && has_address(inner) || is_paired())
}

/// Whether an array is about where hosts go: one host in it has an address, or one of Zendesk's
/// something that only a running script knows. So do all of its keys, if they are subdomains.
pub(super) fn is_table(entries: &[Entry]) -> bool {
    let is_zendesks = |key: &str| key.to_ascii_lowercase().contains(".zendesk.");
    let tells = |entry: &Entry| match (&entry.key, &entry.value) {
        (Some(Value::Text(key)), Value::Text(value)) => {
            (is_host(key) && (is_address(value) || is_zendesks(key) && is_page(value)))
                || (is_address(key) && is_host(value) && !is_address(value))
        }
        (Some(Value::Text(key)), Value::Array(inner)) => {
            (is_host(key) && has_address(inner))
                || (is_address(key) && are_hosts(inner))
                || is_row(key, inner)
        }
        (Some(Value::Text(key)), Value::Computed(_)) => is_zendesks(key),
        (None | Some(Value::Other), Value::Array(inner)) => is_row("", inner),
        (Some(Value::Other), Value::Text(value)) => is_address(value),
        _ => false,
    };
    let is_subdomain = |entry: &Entry| match (&entry.key, &entry.value) {
        (Some(Value::Text(key)), Value::Text(value)) => {
            is_address(value)
                && (is_fallback(key)
                    || Purpose::named(key).is_none()
                        && matches!(BrandHost::read(key), Some(BrandHost::Subdomain(_))))
        }
        _ => false,
    };
    entries.iter().any(tells) || (entries.len() > 1 && entries.iter().all(is_subdomain))
}

/// Whether `text` may be an address without its host.
fn is_page(text: &str) -> bool {
    let path = text.split('?').next().unwrap_or_default();
    text.starts_with('/') || [".php", ".asp", ".aspx", ".jsp"].iter().any(|it| path.ends_with(it))
}

fn has_address(entries: &[Entry]) -> bool {
    entries.iter().any(|it| is_whole(&it.value))
}

fn is_whole(value: &Value) -> bool {
    match value {
        Value::Text(text) => is_address(text),
        Value::Computed(_) => true,
        _ => false,
    }
}

/// The lines on which other files are brought in.
pub(super) fn included(tokens: &[Spanned]) -> Vec<usize> {
    let words = ["include", "include_once", "require", "require_once"];
    let is_one = |it: &&Spanned| match &it.token {
        Token::Name(name) => words.iter().any(|word| name.eq_ignore_ascii_case(word)),
        _ => false,
    };
    tokens.iter().filter(is_one).map(|it| it.line).collect()
}

/// What to say where no array is about hosts.
pub(super) fn no_table(tokens: &[Spanned], included: &[usize]) -> ScriptProblem {
    if let [line, ..] = included {
        return ScriptProblem::at(
            *line,
            "there is no table of hosts in this script; it may be in what is included here: import \
             that file",
        );
    }
    let what = "there is no array that gives hosts their login addresses";
    if let Some((line, how)) = walked(tokens).and_then(|variable| made(tokens, variable)) {
        let how = format!("{what}; the one that the script goes through is {how}; {WRITE_OUT}");
        return ScriptProblem::at(line, how);
    }
    let lines = addressed(tokens);
    if let Some(first) = lines.first() {
        let (word, all) = (if lines.len() == 1 { "line" } else { "lines" }, joined(&lines));
        return ScriptProblem::at(
            *first,
            format!(
                "{what}, {EXAMPLE}; addresses stand in {word} {all}: write those of login pages as such \
                 an array, in a copy of the script"
            ),
        );
    }
    if let Some((line, source)) = unread_source(tokens) {
        return ScriptProblem::at(line, format!("{what}; it may be in {source}; {WRITE_OUT}"));
    }
    ScriptProblem::of_file(format!("{what}, {EXAMPLE}"))
}

/// What a table looks like, and what none is read of.
const EXAMPLE: &str = "such as `'brand1.zendesk.com' => 'https://www.brand1.example/in.php'`; `if`, `switch` \
                       and `match` are not read";

/// Most lines that are named.
const MOST_LINES: usize = 10;

/// The first lines where a text begins in which an address of the web stands.
fn addressed(tokens: &[Spanned]) -> Vec<usize> {
    let is_one = |it: &&Spanned| match &it.token {
        Token::Text(text) => text.contains("https://") || text.contains("http://"),
        _ => false,
    };
    let mut lines: Vec<usize> = tokens.iter().filter(is_one).map(|it| it.line).collect();
    lines.dedup();
    lines.truncate(MOST_LINES);
    lines
}

/// `4`, `4 and 8`, `4, 8 and 11`.
fn joined(lines: &[usize]) -> String {
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    match &lines[..] {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        lines => lines.concat(),
    }
}

/// The first thing that may hold a table and is not read, and where it is.
fn unread_source(tokens: &[Spanned]) -> Option<(usize, String)> {
    let readers =
        ["json_decode", "file_get_contents", "parse_ini_file", "unserialize", "file", "fopen"];
    tokens.windows(2).find_map(|two| match two {
        [Spanned { token: Token::Name(name), line }, Spanned { token: Token::Mark("("), .. }]
            if readers.iter().any(|it| name.eq_ignore_ascii_case(it)) =>
        {
            Some((*line, format!("what `{name}(…)` gives")))
        }
        [Spanned { token: Token::Computed("a heredoc"), line }, _] => {
            Some((*line, "this heredoc".to_owned()))
        }
        _ => None,
    })
}

/// The variable that a script goes through, by `foreach ($brands as …)`.
fn walked(tokens: &[Spanned]) -> Option<&str> {
    tokens.windows(4).find_map(|four| match four {
        [
            Spanned { token: Token::Name(each), .. },
            Spanned { token: Token::Mark("("), .. },
            Spanned { token: Token::Variable(name), .. },
            Spanned { token: Token::Name(by), .. },
        ] if each.eq_ignore_ascii_case("foreach") && by.eq_ignore_ascii_case("as") => {
            Some(name.as_str())
        }
        _ => None,
    })
}

/// Where `variable` is made by a function, and by which.
fn made(tokens: &[Spanned], variable: &str) -> Option<(usize, String)> {
    tokens.windows(4).find_map(|four| match four {
        [
            Spanned { token: Token::Variable(name), line },
            Spanned { token: Token::Mark("="), .. },
            Spanned { token: Token::Name(function), .. },
            Spanned { token: Token::Mark("("), .. },
        ] if name == variable && !function.eq_ignore_ascii_case("array") => {
            Some((*line, format!("what `{function}(…)` gives")))
        }
        _ => None,
    })
}
