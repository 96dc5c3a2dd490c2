//! Addresses, origins, hosts and `support`: the one that is meant by a text that is none.

use url::{Host, Url};

use super::letters::tidy;
use crate::domain::is_loopback;

/// Longest text that is looked at, in bytes: what is meant is shorter.
const LONGEST: usize = 200;

/// The address of the web that is meant by a text that is none.
pub(in crate::config) fn address(text: &str) -> Option<String> {
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
pub(in crate::config) fn origin(text: &str) -> Option<String> {
    let url = Url::parse(&address(text)?).ok()?;
    Some(url.origin().ascii_serialization())
}

/// The host that is meant by a text that is none.
pub(in crate::config) fn host(text: &str) -> Option<String> {
    let url = Url::parse(&address(text)?).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// About a `support` that is neither `https://…` nor `mailto:…`.
pub(in crate::config) fn support(text: &str) -> Option<String> {
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

fn is_domain(name: &str) -> bool {
    let mut labels = name.split('.');
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    name.contains('.')
        && labels.clone().all(is_label)
        && labels.next_back().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()))
}
