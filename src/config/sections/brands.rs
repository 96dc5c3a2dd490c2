//! The brands of the file.

use std::collections::HashMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use url::Url;

use super::address;
use super::backends::{BackendKeys, read_name};
use super::identity;
use super::raw::{Entries, RawBrand, RawRoute, RawTheme, RawUnknown};
use crate::config::report::{Code, Path, Problems, did_you_mean, hints};
use crate::domain::{
    Account, Brand, BrandId, BrandKey, Host, IdentityRules, Rgb, Route, Theme, Unknown,
};

/// Reads every brand, in the order of the file.
pub(in crate::config) fn read(
    entries: Entries<RawBrand>,
    backends: &BackendKeys,
    public_url: Option<&Url>,
    problems: &mut Problems,
) -> Option<Vec<Brand>> {
    let path = Path::root().key("brands");
    if entries.0.is_empty() {
        problems.error(Code::BrandNone, &path, "there is no brand");
    }
    let mut taken = Taken { ours: public_url.map(authority), ..Taken::default() };
    let count = entries.0.len();
    let mut brands = Vec::with_capacity(count);
    for (name, raw) in entries.0 {
        let path = path.key(&name);
        brands.extend(brand(&name, raw, backends, &mut taken, &path, problems));
    }
    (brands.len() == count).then_some(brands)
}

/// Reads `unknown`.
pub(in crate::config) fn read_unknown(
    raw: &RawUnknown,
    names: &[String],
    problems: &mut Problems,
) -> Option<Unknown> {
    let path = Path::root().key("unknown");
    match raw {
        RawUnknown::Ask => Some(Unknown::Ask),
        RawUnknown::Refuse => Some(Unknown::Refuse),
        RawUnknown::Brand(name) => {
            let found = names.iter().zip((0..).map(BrandKey)).find(|(it, _)| *it == name);
            if found.is_none() {
                let path = path.key("brand");
                let problem = problems.error(
                    Code::BrandUnknown,
                    &path,
                    format!("there is no brand `{name}`"),
                );
                if let Some(alike) = did_you_mean(name, names.iter().map(String::as_str)) {
                    problem.with_hint(alike);
                }
            }
            found.map(|(_, key)| Unknown::Brand(key))
        }
        RawUnknown::Other => {
            problems
                .error(Code::UnknownWord, &path, "expected `ask`, `refuse` or `{ brand: NAME }`")
                .with_hint("`ask` lists the brands, `refuse` explains, a brand is taken");
            None
        }
    }
}

/// What only one brand may have, and which brand has it: paths are made of that when needed.
#[derive(Default)]
struct Taken {
    ours: Option<String>,
    hosts: HashMap<String, (Path, usize)>,
    ids: HashMap<u64, Path>,
}

fn brand(
    name: &str,
    raw: RawBrand,
    backends: &BackendKeys,
    taken: &mut Taken,
    path: &Path,
    problems: &mut Problems,
) -> Option<Brand> {
    let key = read_name(name, path, problems);
    if raw.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        problems.error(Code::EmptyValue, &path.key("name"), "there is no name");
    }
    let id = raw.brand_id.map(|id| brand_id(id, taken, path, problems));
    if id.is_none() {
        problems
            .warning(Code::BrandIdMissing, path, "without `brand_id`, sign-outs and relative destinations do not find it")
            .at_key()
            .with_hint("Zendesk's Brands API shows it, and so does the address of the brand's page in Admin Center");
    }
    let hosts = hosts(&raw.hosts, taken, &path.key("hosts"), problems);
    let backend = backends.find(&raw.backend, &path.key("backend"), problems);
    let identity = identity::read(raw.identity, &path.key("identity"), problems);
    let routes = routes(raw.routes, backends, &path.key("routes"), problems);
    let theme = theme(&raw.theme, &path.key("theme"), problems);
    let mut hosts = hosts?.into_iter();
    Some(Brand {
        title: raw.name.unwrap_or_else(|| name.to_owned()),
        name: key?,
        id,
        home: hosts.next()?,
        more_hosts: hosts.collect(),
        backend: backend?,
        identity,
        routes: routes?,
        listed: raw.listed.unwrap_or(true),
        theme: theme?,
    })
}

fn brand_id(id: u64, taken: &mut Taken, path: &Path, problems: &mut Problems) -> BrandId {
    if let Some(first) = taken.ids.get(&id) {
        let first = first.key("brand_id");
        problems.error(
            Code::BrandIdTwice,
            &path.key("brand_id"),
            format!("this is already `{first}`"),
        );
    } else {
        taken.ids.insert(id, path.clone());
    }
    BrandId(id)
}

fn hosts(
    texts: &[String],
    taken: &mut Taken,
    path: &Path,
    problems: &mut Problems,
) -> Option<Vec<Host>> {
    if texts.is_empty() {
        problems
            .error(Code::HostNone, path, "a brand needs at least one host")
            .with_hint("the first is its home, such as `help.acme.example`");
    }
    let mut hosts = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let hosts_path = path;
        let path = path.index(index);
        let host = match Host::parse(text) {
            Ok(host) => host,
            Err(invalid) => {
                match hints::unseen(text) {
                    Some(unseen) => problems
                        .error(Code::HostInvalid, &path, unseen)
                        .with_hint("type the host anew"),
                    None => problems.error(Code::HostInvalid, &path, invalid.to_string()),
                };
                continue;
            }
        };
        let authority = host.as_str();
        if taken.ours.as_deref() == Some(authority) {
            problems
                .error(Code::HostOurs, &path, "this is the host of `server.public_url`")
                .with_hint("brandgate needs a host of its own, such as `sso.acme.example`");
        }
        if let Some((first, index)) = taken.hosts.get(authority) {
            let first = first.index(*index);
            problems.error(Code::HostTwice, &path, format!("this host is already `{first}`"));
        } else {
            taken.hosts.insert(authority.to_owned(), (hosts_path.clone(), index));
        }
        hosts.push(host);
    }
    (hosts.len() == texts.len() && !hosts.is_empty()).then_some(hosts)
}

fn routes(
    raw: Vec<RawRoute>,
    backends: &BackendKeys,
    path: &Path,
    problems: &mut Problems,
) -> Option<Vec<Route>> {
    let count = raw.len();
    let mut read = |(index, raw): (usize, RawRoute)| {
        let path = path.index(index);
        let backend = backends.find(&raw.backend, &path.key("backend"), problems);
        let pattern = pattern(&raw.path, &path.key("path"), problems);
        let identity = match raw.identity {
            Some(identity) => identity::read(identity, &path.key("identity"), problems),
            None => IdentityRules::default(),
        };
        Some(Route { path: pattern?, backend: backend?, identity })
    };
    let routes: Vec<Route> = raw.into_iter().enumerate().filter_map(&mut read).collect();
    (routes.len() == count).then_some(routes)
}

fn pattern(text: &str, path: &Path, problems: &mut Problems) -> Option<Regex> {
    match Regex::new(text) {
        Ok(pattern) => {
            if !text.starts_with('^') {
                problems
                    .warning(
                        Code::RouteNotAnchored,
                        path,
                        "without `^` this also matches in the middle of a path",
                    )
                    .with_hint("such as `'^/agent(/|$)'`");
            }
            if let Some(letter) = hints::beyond_ascii(text) {
                problems
                    .warning(Code::RouteNotAscii, path, "no path is written with such letters")
                    .with_hint(format!(
                        "browsers send `{}` for `{letter}`",
                        utf8_percent_encode(letter.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC)
                    ));
            }
            Some(pattern)
        }
        Err(error) => {
            let reason = error.to_string();
            let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
            problems.error(Code::RouteInvalid, path, format!("not a regular expression: {last}"));
            None
        }
    }
}

fn theme(raw: &RawTheme, path: &Path, problems: &mut Problems) -> Option<Theme> {
    let logo = raw.logo.as_deref().map(|text| address::read(text, &path.key("logo"), problems));
    let color = raw.color.as_deref().map(|text| {
        let color = text.parse::<Rgb>();
        if let Err(error) = color {
            problems
                .error(Code::ColorInvalid, &path.key("color"), error.to_string())
                .with_hint("in quotes, because `#` begins a comment: `'#0b5fff'`");
        }
        color.ok()
    });
    let support = raw.support.as_deref().map(|text| support(text, &path.key("support"), problems));
    // Each may be left out; what is there must be good.
    let theme = Theme {
        logo: logo.clone().flatten(),
        color: color.flatten(),
        support: support.clone().flatten(),
    };
    let good = logo != Some(None) && color != Some(None) && support != Some(None);
    good.then_some(theme)
}

fn support(text: &str, path: &Path, problems: &mut Problems) -> Option<Url> {
    let is_mail = text.starts_with("mailto:") && !text.contains(char::is_whitespace);
    let mail = Url::parse(text).ok().filter(|url| url.path().contains('@'));
    match (is_mail, mail, hints::support(text)) {
        (true, Some(mail), _) => return Some(mail),
        (true, None, _) => {
            let example = "such as `mailto:help@acme.example`";
            problems.error(Code::SupportInvalid, path, "not an e-mail address").with_hint(example);
        }
        (false, _, Some(hint)) => {
            problems
                .error(Code::SupportInvalid, path, "neither an address of the web nor a `mailto:`")
                .with_hint(hint);
        }
        (false, _, None) => return address::read(text, path, problems),
    }
    None
}

/// The host of `url` and its port, where it has one of its own: as [`Host`] writes it.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The account's own host, which cannot be brandgate's either.
pub(in crate::config) fn read_account(
    text: &str,
    public_url: Option<&Url>,
    problems: &mut Problems,
) -> Option<Account> {
    let path = Path::root().key("zendesk").key("account");
    let Ok(account) = Account::parse(text) else {
        let name = text.split('.').next().unwrap_or_default().trim_start_matches("https://");
        let problem = problems.error(Code::AccountInvalid, &path, "not an account subdomain");
        if Account::parse(name).is_ok() {
            problem.with_hint(format!("only the part before `.zendesk.com`: `{name}`"));
        }
        return None;
    };
    if public_url.is_some_and(|url| authority(url) == account.host().as_str()) {
        problems.error(Code::HostOurs, &path, "this is the host of `server.public_url`");
    }
    Some(account)
}
