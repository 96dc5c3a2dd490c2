//! The brands of the file.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use ipnet::IpNet;
use url::Url;

use super::backends::BackendNames;
use super::pattern::Patterns;
use super::secret::SecretReader;
use super::{closed, identity, network, read_name, theme, widgets};
use crate::config::document::{Fields, FromNode, NodePlace, Read, Reported, Value};
use crate::config::report::{Code, did_you_mean, hints};
use crate::domain::{
    Account, BackendKey, Brand, BrandId, BrandKey, Host, IdentityRules, Route, TextMap, Unknown,
};
use crate::table::ClientAddress;
use crate::token::Widgets;

/// The brands of all files, read one file after the other.
pub(in crate::config) struct Reader<'r> {
    backends: &'r BackendNames,
    taken: Taken<'r>,
    /// Each brand at the place that its key names. One that could not be read keeps its place.
    pub(in crate::config) brands: Vec<Read<Brand>>,
    /// What signs the tokens of their widgets.
    pub(in crate::config) widgets: HashMap<BrandKey, Widgets>,
}

/// What a brand of the file lets a backend say, whether or not the rest of that brand can be read.
pub(in crate::config) struct Ruled {
    pub(in crate::config) file: u16,
    pub(in crate::config) brand: Box<str>,
    /// The route that has these rules; nothing: the brand itself.
    pub(in crate::config) route: Option<usize>,
    pub(in crate::config) backend: BackendKey,
    pub(in crate::config) rules: Arc<IdentityRules>,
}

impl<'r> Reader<'r> {
    pub(in crate::config) fn new(
        backends: &'r BackendNames,
        public_url: Option<&Url>,
        client_address: Option<&'r ClientAddress>,
        has_limits: bool,
    ) -> Self {
        let taken = Taken {
            ours: public_url.map(authority),
            client_address,
            ruled: has_limits.then(Vec::new),
            ..Taken::default()
        };
        Self { backends, taken, brands: Vec::new(), widgets: HashMap::new() }
    }

    /// What every brand lets its backends say, where some files have limits.
    pub(in crate::config) fn ruled(&mut self) -> Vec<Ruled> {
        self.taken.ruled.take().unwrap_or_default()
    }

    /// Reads every brand of one file, in their order, behind those of others.
    pub(in crate::config) fn read(
        &mut self,
        value: Value<'_>,
        secrets: &mut SecretReader,
    ) -> Read<()> {
        let before = u32::try_from(self.brands.len()).unwrap_or(u32::MAX);
        let Self { backends, taken, widgets, .. } = self;
        let brands = value.entries(|number, name, value| {
            // Within one file, no key is written twice.
            if !value.is_alone() {
                let first = *taken.names.get_or_insert(name, value.file());
                if first != value.file() {
                    return Err(value.name_twice(name, first));
                }
            }
            let (brand, own) = brand(name, value, backends, taken, secrets)?;
            if own.chat.is_some() || own.messaging.is_some() {
                widgets.insert(BrandKey(before.saturating_add(number)), own);
            }
            Ok(brand)
        })?;
        if brands.is_empty() {
            value.error(Code::BrandNone, "there is no brand");
        }
        self.brands.extend(brands);
        Ok(())
    }
}

/// Reads `unknown`, which may name one of `brands`, if it is known which there are.
pub(in crate::config) fn read_unknown(
    value: Value<'_>,
    brands: Option<impl Iterator<Item = impl AsRef<str>> + Clone>,
) -> Read<Unknown> {
    const FORM: &str = "`ask`, `refuse` or `{ brand: NAME }`";
    if value.is_text() {
        return match value.text()? {
            "ask" => Ok(Unknown::Ask),
            "refuse" => Ok(Unknown::Refuse),
            _ => Err(value.unknown_word(&["ask", "refuse"], FORM)),
        };
    }
    let fields = Fields::of_form(value, FORM)?;
    let brand = fields.required_with("brand", |value| {
        let (name, brands) = (value.text()?, brands.ok_or(Reported)?);
        let found = brands.clone().zip((0..).map(BrandKey)).find(|(it, _)| it.as_ref() == name);
        found.map(|(_, key)| key).ok_or_else(|| {
            let mut problem =
                value.error(Code::BrandUnknown, format!("there is no brand `{name}`"));
            let names: Vec<_> = brands.collect();
            let alike = did_you_mean(name, names.iter().map(AsRef::as_ref));
            problem.with_hint(alike.unwrap_or_else(|| "one of the names beneath `brands`".into()));
            Reported
        })
    });
    fields.finish();
    brand.map(Unknown::Brand)
}

/// What only one brand may have, and where it first stands.
#[derive(Default)]
struct Taken<'c> {
    /// Where a person's address is read, if that is known.
    client_address: Option<&'c ClientAddress>,
    /// Our own host.
    ours: Option<String>,
    hosts: TextMap<NodePlace>,
    /// The file of each brand.
    names: TextMap<u16>,
    ids: HashMap<u64, NodePlace, RandomState>,
    patterns: Patterns,
    /// The rules of every brand that has none of its own.
    no_rules: Arc<IdentityRules>,
    /// Every rule that was read, where some files have limits.
    ruled: Option<Vec<Ruled>>,
}

impl Taken<'_> {
    /// The rules at `identity`, for `backend` in a brand or one of its routes.
    fn rules(
        &mut self,
        value: Value<'_>,
        place: (&str, Option<usize>),
        backend: Read<BackendKey>,
        identity: Read<Option<IdentityRules>>,
    ) -> Read<Arc<IdentityRules>> {
        let rules = identity?.map_or_else(|| Arc::clone(&self.no_rules), Arc::new);
        if let (Some(ruled), Ok(backend)) = (&mut self.ruled, backend) {
            let ((brand, route), rules) = (place, Arc::clone(&rules));
            ruled.push(Ruled { file: value.file(), brand: brand.into(), route, backend, rules });
        }
        Ok(rules)
    }
}

fn brand(
    name: &str,
    value: Value<'_>,
    backends: &BackendNames,
    taken: &mut Taken<'_>,
    secrets: &mut SecretReader,
) -> Read<(Brand, Widgets)> {
    let key = read_name(name, value);
    let fields = Fields::of(value)?;
    let display_name = fields.optional_with("name", display_name);
    if fields.lacks("brand_id") {
        value
            .warning(
                Code::BrandIdMissing,
                "without `brand_id`, sign-outs and relative destinations do not find it",
            )
            .at_key()
            .with_hint(
                "Zendesk's Brands API shows it, and so does the address of the brand's page in \
                 Admin Center",
            );
    }
    let id = fields.optional_with("brand_id", |value| brand_id(value, taken));
    let hosts = fields.required_with("hosts", |value| hosts(value, taken));
    let backend = fields.required_with("backend", |value| backends.find_used(value));
    let identity = fields.optional_with("identity", identity::read);
    let identity = taken.rules(value, (name, None), backend, identity);
    let mut number = 0..;
    let routes =
        fields.list_with("routes", |value| route(value, (name, number.next()), backends, taken));
    let closed = fields.optional_with("closed", closed::read);
    let listed = fields.optional::<bool>("listed");
    let theme = fields.optional_with("theme", theme::read);
    let widgets = widgets::read(&fields, secrets);
    fields.finish();
    let mut hosts = hosts?.into_iter();
    let brand = Brand {
        display_name: display_name?.unwrap_or_else(|| name.into()),
        name: key?,
        id: id?,
        home: hosts.next().ok_or(Reported)?,
        more_hosts: hosts.collect(),
        backend: backend?,
        identity: identity?,
        routes: routes?.into(),
        closed: closed?,
        listed: listed?.unwrap_or(true),
        theme: theme?.map(Box::new),
    };
    Ok((brand, widgets?))
}

fn display_name(value: Value<'_>) -> Read<Box<str>> {
    let display_name = value.free_text()?;
    if hints::is_placeholder_in_prose(display_name) {
        return Err(value.placeholder());
    }
    if hints::is_merge_mark(display_name) {
        value.error(Code::MergeMark, hints::MERGE_MARK).with_hint(hints::KEEP_ONE);
        return Err(Reported);
    }
    if display_name.starts_with(hints::is_curly_quote) {
        value
            .warning(Code::CurlyQuotes, "these quotes are a part of the name")
            .with_hint("plain ones are not: `'…'`");
    }
    if display_name.trim().is_empty() {
        value.error(Code::EmptyValue, "there is no name");
        return Err(Reported);
    }
    Ok(display_name.into())
}

fn brand_id(value: Value<'_>, taken: &mut Taken<'_>) -> Read<BrandId> {
    let id = u64::read(value)?;
    if id == 0 {
        value
            .error(Code::BrandIdInvalid, "Zendesk gives no brand the number 0")
            .with_hint("leave the key out until you know its number");
        return Err(Reported);
    }
    if value.reach().is_some_and(|reach| !reach.holds_brand_id(id)) {
        value
            .error(Code::LimitExceeded, "the file may not use this number")
            .with_hint("`brand_ids` in its `limits` says which");
        return Err(Reported);
    }
    let first = *taken.ids.entry(id).or_insert(value.place());
    if first != value.place() {
        let first = value.told(first);
        value
            .error(Code::BrandIdTwice, format!("this is already {first}"))
            .with_hint("Zendesk gives each brand a number of its own");
    }
    Ok(BrandId(id))
}

fn hosts(value: Value<'_>, taken: &mut Taken<'_>) -> Read<Vec<Host>> {
    let list = value.place();
    let hosts = value.each(|value| host(value, list, taken))?;
    if hosts.is_empty() {
        value
            .error(Code::HostNone, "a brand needs at least one host")
            .with_hint("the first is its home, such as `help.acme.example`");
        return Err(Reported);
    }
    Ok(hosts)
}

/// Reads a host of the list that begins at `list`.
fn host(value: Value<'_>, list: NodePlace, taken: &mut Taken<'_>) -> Read<Host> {
    let text = value.written()?;
    let host = Host::parse(text).map_err(|invalid| {
        let unseen = hints::unseen(text);
        let is_unseen = unseen.is_some();
        let mut problem =
            value.error(Code::HostInvalid, unseen.unwrap_or_else(|| invalid.to_string()));
        if is_unseen {
            problem.with_hint("type the host anew");
        } else if let Some(host) = hints::host(text).filter(|host| Host::parse(host).is_ok()) {
            problem.with_hint(format!("`{host}`"));
        } else if let Some(hint) = hints::entry(text) {
            problem.with_hint(hint);
        }
        Reported
    })?;
    let authority = host.as_str();
    if value.reach().is_some_and(|reach| !reach.holds_host(authority)) {
        value
            .error(Code::LimitExceeded, "the file may not name this host")
            .with_hint("`hosts` in its `limits` says which");
        return Err(Reported);
    }
    if taken.ours.as_deref() == Some(authority) {
        value
            .error(Code::HostOurs, "this is the host of `server.public_url`")
            .with_hint("brandgate needs a host of its own, such as `sso.acme.example`");
    }
    let first = *taken.hosts.get_or_insert(authority, value.place());
    if first != value.place() {
        let is_own = first.file == list.file && first.offset >= list.offset;
        let first = value.told(first);
        value.error(Code::HostTwice, format!("this host is already {first}")).with_hint(
            if is_own {
                "once is enough: remove one of the two"
            } else {
                "people find one brand at one host"
            },
        );
    }
    Ok(host)
}

/// Reads the route at this `place`: a brand's name, and which of its routes it is.
fn route(
    value: Value<'_>,
    place: (&str, Option<usize>),
    backends: &BackendNames,
    taken: &mut Taken<'_>,
) -> Read<Route> {
    let fields = Fields::of(value)?;
    let path = fields.optional_with("path", |value| taken.patterns.read(value));
    let client_ip = fields.optional_with("client_ip", |value| networks(value, taken));
    let backend = fields.required_with("backend", |value| backends.find_used(value));
    let identity = fields.optional_with("identity", identity::read);
    let identity = taken.rules(value, place, backend, identity);
    if fields.lacks("path") && fields.lacks("client_ip") {
        let problem = "this route is for nobody: it needs `path`, `client_ip` or both";
        fields.value().error(Code::MissingKey, problem).with_hint("such as `path: '^/agent(/|$)'`");
        fields.finish();
        return Err(Reported);
    }
    fields.finish();
    let client_ip = client_ip?.unwrap_or_default();
    Ok(Route { path: path?, client_ip, backend: backend?, identity: identity? })
}

fn networks(value: Value<'_>, taken: &Taken<'_>) -> Read<Box<[IpNet]>> {
    let networks = value.each(|value| {
        let net = network::read(value)?;
        warn_of_proxies(value, net, taken.client_address);
        Ok(net)
    })?;
    if networks.is_empty() {
        value
            .error(Code::NetworkNone, "nobody has an address in none")
            .with_hint("leave `client_ip` out where the address is not to count");
        return Err(Reported);
    }
    Ok(networks.into())
}

/// Warns where the address that a rule asks about is not known to be a person's.
fn warn_of_proxies(value: Value<'_>, net: IpNet, source: Option<&ClientAddress>) {
    let (message, hint) = match source {
        Some(ClientAddress::UnnamedProxy) => (
            "nobody has this address: behind a proxy everybody has the proxy's",
            "`server.client_address`, with your proxy in `server.trusted_proxies`",
        ),
        Some(
            ClientAddress::XForwardedFor(proxies)
            | ClientAddress::Forwarded(proxies)
            | ClientAddress::ProxyProtocol(proxies),
        ) if proxies.iter().any(|proxies| proxies.contains(&net)) => (
            "whoever has an address of `server.trusted_proxies` is a proxy, and no person",
            "name your proxies more narrowly",
        ),
        _ => return,
    };
    value.warning(Code::ClientIpUnknown, message).with_hint(hint);
}

/// The host of `url` and its port, where it has one of its own: as [`Host`] writes it.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The account's own host, which cannot be brandgate's either.
pub(in crate::config) fn read_account(value: Value<'_>, public_url: Option<&Url>) -> Read<Account> {
    let text = value.written()?;
    let Ok(account) = Account::parse(text) else {
        let host = text.to_ascii_lowercase();
        let host = host.split_once("://").map_or(host.as_str(), |(_, rest)| rest);
        let host = host.split_once('/').map_or(host, |(host, _)| host);
        let name = host.strip_suffix(".zendesk.com").unwrap_or(host);
        let mut problem = value.error(Code::AccountInvalid, "not an account subdomain");
        let only = "only the part before `.zendesk.com`";
        problem.with_hint(match Account::parse(name) {
            Ok(_) if name.len() == text.len() => format!("in small letters: `{name}`"),
            Ok(_) if !name.contains('.') => format!("{only}: `{name}`"),
            _ => format!("{only}, such as `acme`, whatever hosts its brands have"),
        });
        return Err(Reported);
    };
    if public_url.is_some_and(|url| authority(url) == account.host().as_str()) {
        value.error(Code::HostOurs, "this is the host of `server.public_url`");
    }
    Ok(account)
}
