//! The `return_to` rule a second time, written from its description with no eye to speed.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use url::Url;

use super::{ACCOUNT, TABLE};

/// What becomes of a `return_to`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
    /// It is not accepted.
    Refused,
    /// The brand's home takes its place.
    Home,
    /// It is where the sign-in ends.
    Kept(Url),
}

/// Judges `value` for `brand`.
pub(crate) fn verdict(brand: &str, value: &str) -> Verdict {
    let hosts = hosts(brand);
    let url = if value.starts_with('/') { relative(&hosts, value) } else { absolute(value) };
    let Some(url) = url else { return Verdict::Refused };
    if !hosts.contains(&authority(&url)) && authority(&url) != ACCOUNT {
        return Verdict::Refused;
    }
    if is_access(value) || value.len() > 2048 { Verdict::Home } else { Verdict::Kept(url) }
}

/// Whether `value` is an absolute address that names `brand`.
pub(crate) fn is_on_its_own_host(brand: &str, value: &str) -> bool {
    absolute(value).is_some_and(|url| hosts(brand).contains(&authority(&url)))
}

fn hosts(brand: &str) -> Vec<String> {
    let (_, hosts) = TABLE.iter().find(|(name, _)| *name == brand).unwrap();
    hosts.iter().map(|&host| host.to_owned()).collect()
}

fn has_good_form(value: &str) -> bool {
    let is_bad = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    !value.is_empty() && !value.chars().any(is_bad)
}

/// The rule for absolute ones, but for whose host it is.
fn absolute(value: &str) -> Option<Url> {
    if has_good_form(value) { parsed(value) } else { None }
}

/// The rule for relative ones: what becomes of them must pass the rule for absolute ones.
fn relative(hosts: &[String], value: &str) -> Option<Url> {
    if !has_good_form(value) || value.starts_with("//") || value.starts_with("/\\") {
        return None;
    }
    let at_home = on(hosts.first().unwrap(), value);
    let url = if is_for_agents(value) {
        let zendesk = hosts.iter().find(|host| host.ends_with(".zendesk.com"));
        on(zendesk.map_or(ACCOUNT, String::as_str), value)
    } else {
        at_home
    };
    parsed(url.as_str())
}

fn parsed(text: &str) -> Option<Url> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let written = rest.get(..end)?;
    if written.is_empty() || !written.is_ascii() || written.contains('@') || written.contains('%') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let authority = authority(&url);
    let is_loopback = hosts("play").contains(&authority);
    let good = (url.scheme() == "https" || is_loopback)
        && url.username().is_empty()
        && url.password().is_none()
        && (url.port().is_none() || is_loopback)
        && (written == authority || Some(written) == with_the_schemes_port(&url).as_deref());
    good.then_some(url)
}

fn on(host: &str, value: &str) -> Url {
    let scheme = if host.contains(':') { "http" } else { "https" };
    Url::parse(&format!("{scheme}://{host}/")).unwrap().join(value).unwrap()
}

fn is_for_agents(value: &str) -> bool {
    let path = path(value);
    matches!(path.split('/').nth(1), Some("agent" | "tickets"))
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn with_the_schemes_port(url: &Url) -> Option<String> {
    let port = url.port_or_known_default().filter(|_| url.port().is_none())?;
    Some(format!("{}:{port}", url.host_str()?))
}

/// The path that browsers ask for.
pub(crate) fn path(value: &str) -> String {
    let written = value.split(['?', '#']).next().unwrap();
    let path = if value.starts_with('/') { written } else { behind_authority(written) };
    resolved(path)
}

fn behind_authority(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap();
    rest.find('/').map_or("/", |at| rest.split_at(at).1)
}

/// Whether that path may come to `/access`, decoded and read once more.
fn is_access(value: &str) -> bool {
    let decoded = percent_decode_str(&path(value)).decode_utf8_lossy().replace('\\', "/");
    decoded.char_indices().any(|(at, _)| begins_at(&decoded, at))
}

/// What would be read as more than a character of a path.
const LITERAL: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');

/// Whether what stands before `at` comes to nothing and `access` follows.
fn begins_at(path: &str, at: usize) -> bool {
    let (before, after) = path.split_at(at);
    before.ends_with('/')
        && after.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("access"))
        && resolved(&utf8_percent_encode(&merged(before), LITERAL).to_string()) == "/"
}

fn merged(path: &str) -> String {
    let mut path = path.to_owned();
    while path.contains("//") {
        path = path.replace("//", "/");
    }
    path
}

/// `path` as WHATWG resolves it.
///
/// `url` takes `c:` for a drive even here and keeps it from `..`; browsers do not. So it does not
/// get to see colons and bars.
fn resolved(path: &str) -> String {
    let hidden = path.replace(':', "\u{f0000}").replace('|', "\u{f0001}");
    let url = Url::parse(&format!("https://any.example{hidden}")).unwrap();
    url.path().replace("%F3%B0%80%80", ":").replace("%F3%B0%80%81", "|")
}
