//! What is asked: an address of ours, as somebody captured it, or a bare `return_to`.

use std::borrow::Cow;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;

use crate::backend::query_value;
use crate::table::Table;

/// A text, read as the address that it is.
pub(super) struct AskedAddress<'a> {
    pub(super) address: Endpoint<'a>,
    pub(super) path: Cow<'a, str>,
    /// Whether it is an address beneath a backend's cookie, and not that backend's own.
    pub(super) is_elsewhere: bool,
    /// As it is written; of a bare `return_to`, as Zendesk would send it.
    pub(super) query: Cow<'a, str>,
    /// The person's address, if it is given.
    pub(super) client: Option<IpAddr>,
}

/// The address of brandgate's that is meant.
pub(super) enum Endpoint<'a> {
    /// `/login`, or the backend's own.
    Login(Option<Cow<'a, str>>),
    Logout,
    /// `/start/{brand}`.
    Start(Cow<'a, str>),
    /// `/access/jwt`, or the backend's own.
    Assertion(Option<Cow<'a, str>>),
    /// Another of ours, where nobody is sent on.
    Other,
    /// Nothing of ours: where somebody was going.
    ReturnTo,
}

impl Endpoint<'_> {
    /// The word for a link of a site's own.
    pub(super) const START: &'static str = "start";

    /// The word for it, to programs.
    pub(super) fn as_str(&self) -> &'static str {
        match self {
            Self::Login(_) => "login",
            Self::Logout => "logout",
            Self::Start(_) => Self::START,
            Self::Assertion(_) => "access_jwt",
            Self::Other => "other",
            Self::ReturnTo => "return_to",
        }
    }
}

impl<'a> AskedAddress<'a> {
    /// A captured URL has our host, or at least no brand's, and a path of ours.
    pub(super) fn read(text: &'a str, table: &Table) -> Self {
        let before_fragment = text.split('#').next().unwrap_or_default();
        let (address, query) = before_fragment.split_once('?').unwrap_or((before_fragment, ""));
        let bare = || Self {
            address: Endpoint::ReturnTo,
            path: "/login".into(),
            is_elsewhere: false,
            query: format!("return_to={}", query_value(text)).into(),
            client: None,
        };
        let (origin, path) = split(address);
        let is = |it: &str| origin.is_some_and(|origin| origin.eq_ignore_ascii_case(it));
        let is_ours = table.own_origins().any(is);
        let is_help_center = origin.is_some_and(|origin| is_host_of_table(origin, table));
        if is_help_center && !is_ours {
            return bare();
        }
        // A slash at the end changes nothing.
        let shorter = path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path);
        let decoded = |part: &'a str| percent_decode_str(part).decode_utf8_lossy();
        let parts: Vec<&str> = shorter.split('/').skip(1).collect();
        let address = match parts.as_slice() {
            ["login"] => Endpoint::Login(None),
            ["backends", backend, "login" | "reauthenticate"] => {
                Endpoint::Login(Some(decoded(backend)))
            }
            ["logout"] => Endpoint::Logout,
            ["start", brand] => Endpoint::Start(decoded(brand)),
            ["access", "jwt"] => Endpoint::Assertion(None),
            ["backends", backend, "access", "jwt"] => Endpoint::Assertion(Some(decoded(backend))),
            _ if is_ours => Endpoint::Other,
            _ => return bare(),
        };
        let named = match &address {
            Endpoint::Login(Some(name)) => table.backend_named(name),
            _ => None,
        };
        let at = table.at.iter().find(|at| is(at));
        let is_elsewhere = match (at, named) {
            (Some(at), Some((_, backend))) => backend.at() != Some(at),
            (Some(_), None) => !matches!(address, Endpoint::Login(Some(_))),
            (None, _) => false,
        };
        Self { address, path: path.into(), is_elsewhere, query: query.into(), client: None }
    }
}

/// The origin, where there is one, and the path behind it.
fn split(address: &str) -> (Option<&str>, &str) {
    let Some(scheme) = address.find("://") else { return (None, address) };
    let behind = scheme + "://".len();
    let end = address.get(behind..).and_then(|rest| rest.find('/'));
    let end = end.map_or(address.len(), |end| behind + end);
    (address.get(..end), address.get(end..).unwrap_or_default())
}

/// Whether it is a host of a brand's, or the account's.
fn is_host_of_table(origin: &str, table: &Table) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let brands = table.brands.iter().flat_map(|(_, brand)| brand.hosts());
    let mut all = brands.chain([table.brands.account().host()]);
    all.any(|it| it.as_str().eq_ignore_ascii_case(host))
}
