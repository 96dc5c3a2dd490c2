//! What the file means: every reference resolved, every value checked.

mod address;
pub(super) mod backends;
mod brands;
pub(super) mod chat_api;
mod identity;
pub(super) mod raw;
mod reference;
pub(super) mod secret;
mod store;
mod widgets;

use std::net::{IpAddr, SocketAddr};
use std::path::Path as FilePath;

use ipnet::IpNet;
use secrecy::SecretString;
use url::Url;

use self::address::read_origin;
use self::raw::{RawClientAddress, RawConfig, RawServer};
use self::secret::{Owner, References, Secrets};
use crate::config::report::{Code, Path, Problems};
use crate::config::{Config, Server, advice};
use crate::domain::{BackendKey, Brand, Brands, IdentityRules};
use crate::table::{ClientAddress, Table};
use crate::token;

/// Gives `raw` its meaning; reports every problem on the way.
pub(in crate::config) fn read(
    mut raw: RawConfig,
    directory: &FilePath,
    references: References,
    problems: &mut Problems,
) -> Option<Config> {
    let root = Path::root();
    if raw.version != 1 {
        problems
            .error(Code::Version, &root.key("version"), "this brandgate reads version 1")
            .with_hint("`version: 1`");
    }
    let mut secrets = Secrets::new(directory.to_owned(), references);
    let public_url =
        read_origin(&raw.server.public_url, &root.key("server").key("public_url"), problems);
    let zendesk = root.key("zendesk");
    let shared_secret = secrets.read(
        raw.zendesk.shared_secret,
        Owner::Zendesk,
        &zendesk.key("shared_secret"),
        problems,
    );
    let team_members = raw.zendesk.team_members.map(|raw| {
        let path = zendesk.key("team_members").key("shared_secret");
        let secret = secrets.read(raw.shared_secret, Owner::Zendesk, &path, problems);
        secret.and_then(|secret| token::Secrets::new(&[secret]).ok())
    });
    let account = brands::read_account(&raw.zendesk.account, public_url.as_ref(), problems);
    let chat_api = raw.zendesk.chat_api.map(|raw| {
        let path = zendesk.key("chat_api");
        chat_api::read(raw, account.as_ref(), &path, &mut secrets, problems)
    });
    let keys = backends::BackendKeys::new(&raw.backends);
    let widgets = widgets::read(&mut raw.brands, &mut secrets, problems);
    let names: Vec<String> = raw.brands.0.iter().map(|(name, _)| name.clone()).collect();
    let unknown = brands::read_unknown(&raw.unknown, &names, problems);
    let reserved = identity::read_reserved(raw.reserved, &keys, problems);
    let accepted = advice::Accepted::read(raw.shared_addresses, &keys, problems);
    let server = server(raw.server, public_url.as_ref(), &mut secrets, problems);
    let mapped = advice::Mapped::of(&raw.backends);
    let backends = backends::read(raw.backends, public_url.as_ref(), &mut secrets, problems);
    let brands = brands::read(raw.brands, &keys, public_url.as_ref(), problems);

    let (backends, mut brands) = (backends?, brands?);
    backends::keep_apart(&backends, &brands, account.as_ref(), problems);
    // Advice is about what the file says, so what follows from it comes later.
    advice::give(&backends, &brands, &reserved, &accepted, &mapped, problems);
    if let Some(account) = &account {
        advice::about_hosts(account, &brands, problems);
    }
    if let Some((_, client_address)) = &server {
        advice::about_addresses(client_address, &backends, problems);
    }
    identity::forbid_foreign_prefixes(&mut rules(&mut brands));
    widgets::advise(&widgets, &backends, &brands, problems);
    let (server, client_address) = server?;
    let table = Table {
        brands: Brands::new(account?, unknown?, brands),
        backends,
        reserved,
        shared_secret: token::Secrets::new(&[shared_secret?]).ok()?,
        team_members: given(team_members)?,
        widgets,
        public_url: public_url?.origin().ascii_serialization(),
        client_address,
    };
    Some(Config { server, table, chat_api: given(chat_api)? })
}

/// What may be left out, and must be good where it is there.
#[expect(clippy::option_option, reason = "left out is as good as read")]
fn given<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(value) => value.map(Some),
    }
}

/// The rules of every brand, each with the backend that they are for.
fn rules(brands: &mut [Brand]) -> Vec<(BackendKey, &mut IdentityRules)> {
    brands
        .iter_mut()
        .flat_map(|brand| {
            let routes = brand.routes.iter_mut().map(|route| (route.backend, &mut route.identity));
            std::iter::once((brand.backend, &mut brand.identity)).chain(routes)
        })
        .collect()
}

fn server(
    raw: RawServer,
    public_url: Option<&Url>,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<(Server, ClientAddress)> {
    let path = Path::root().key("server");
    let listen =
        listener(raw.listen.as_deref().unwrap_or("0.0.0.0:8080"), &path.key("listen"), problems);
    let ops = raw.ops.and_then(|ops| ops.listen);
    let ops_path = path.key("ops").key("listen");
    let ops_listen = listener(ops.as_deref().unwrap_or("127.0.0.1:9090"), &ops_path, problems);
    if listen.is_some() && listen == ops_listen && listen.is_some_and(|it| it.port() != 0) {
        problems.error(Code::ListenerTwice, &ops_path, "the public listener has the same address");
    }
    let trusted = proxies(&raw.trusted_proxies, &path.key("trusted_proxies"), problems);
    // We speak no TLS: whoever is reached by it is behind a proxy.
    let is_proxied = public_url.is_some_and(|url| url.scheme() == "https");
    let client_address = client_address(raw.client_address, trusted, is_proxied, &path, problems);
    let has_state_key = raw.state_key.is_some();
    let store = match raw.store {
        Some(raw) => {
            store::read(raw, has_state_key, &path.key("store"), secrets, problems).map(Some)
        }
        None => Some(None),
    };
    let state_key = match raw.state_key {
        Some(raw) => Some(state_key(
            secrets.read(raw, Owner::StateKey, &path.key("state_key"), problems)?,
            &path,
            problems,
        )?),
        None => None,
    };
    let server = Server { listen: listen?, ops_listen: ops_listen?, state_key, store: store? };
    Some((server, client_address?))
}

/// Everything that brandgate seals can be forged by whoever guesses this one.
fn state_key(key: SecretString, path: &Path, problems: &mut Problems) -> Option<SecretString> {
    use secrecy::ExposeSecret as _;
    if key.expose_secret().len() < 16 {
        problems
            .error(
                Code::StateKeyShort,
                &path.key("state_key"),
                "a state key has 16 bytes at the very least",
            )
            .with_hint("`openssl rand -hex 32` makes one");
        return None;
    }
    Some(key)
}

fn listener(text: &str, path: &Path, problems: &mut Problems) -> Option<SocketAddr> {
    let address = text.parse().ok();
    if address.is_none() {
        problems
            .error(Code::ListenerInvalid, path, "not an address and a port to listen on")
            .with_hint("such as `0.0.0.0:8080`, `127.0.0.1:8080` or `[::]:8080`");
    }
    address
}

fn proxies(texts: &[String], path: &Path, problems: &mut Problems) -> Vec<IpNet> {
    let read = |(index, text): (usize, &String)| {
        let net = text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        if net.is_none() {
            problems
                .error(Code::ProxyInvalid, &path.index(index), "not a network in CIDR notation")
                .with_hint("such as `10.0.0.0/8` or `2001:db8::/32`");
        }
        net
    };
    texts.iter().enumerate().filter_map(read).collect()
}

fn client_address(
    raw: Option<RawClientAddress>,
    trusted: Vec<IpNet>,
    is_proxied: bool,
    path: &Path,
    problems: &mut Problems,
) -> Option<ClientAddress> {
    let header = match raw.unwrap_or(RawClientAddress::Peer) {
        RawClientAddress::Peer => {
            if !trusted.is_empty() {
                problems
                    .warning(Code::ProxyUnread, &path.key("trusted_proxies"), "nothing of theirs is read")
                    .with_hint("`client_address: x_forwarded_for`, `forwarded` or `proxy_protocol` reads it");
            }
            return Some(if is_proxied {
                ClientAddress::UnnamedProxy
            } else {
                ClientAddress::Peer
            });
        }
        RawClientAddress::XForwardedFor => ClientAddress::XForwardedFor,
        RawClientAddress::Forwarded => ClientAddress::Forwarded,
        RawClientAddress::ProxyProtocol => ClientAddress::ProxyProtocol,
    };
    if trusted.is_empty() {
        problems
            .error(
                Code::ProxyMissing,
                &path.key("client_address"),
                "anybody can send this header: name `trusted_proxies`",
            )
            .with_hint("the networks of your proxies, such as `[10.0.0.0/8]`");
        return None;
    }
    Some(header(trusted))
}
