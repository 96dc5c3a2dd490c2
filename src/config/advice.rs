//! What works, and is better known: warnings about who may sign in whom.

use std::collections::{BTreeMap, BTreeSet};

use super::yaml::{Path, Problems};
use super::{ClientAddress, Server};
use crate::backend::Backend;
use crate::domain::{BackendKey, Brand, IdentityRules, Reserved, Role};

/// Warns about the finished table.
pub(super) fn give(
    backends: &[Backend],
    brands: &[Brand],
    reserved: &[Reserved],
    problems: &mut Problems,
) {
    let uses = uses(brands);
    let name = |key: BackendKey| {
        let index = usize::try_from(key.0).unwrap_or(usize::MAX);
        backends.get(index).map_or("", |backend| backend.name.as_str())
    };
    let asserts = |key: BackendKey| {
        let index = usize::try_from(key.0).unwrap_or(usize::MAX);
        backends.get(index).is_some_and(Backend::names_people)
    };
    for (backend, key) in backends.iter().zip((0..).map(BackendKey)) {
        if !uses.iter().any(|one| one.backend == key) {
            let path = Path::root().key("backends").key(backend.name.as_str());
            problems.warning(&path, "no brand uses this backend").at_key();
        }
    }
    for one in &uses {
        let staff = [Role::Agent, Role::Admin].iter().any(|role| one.rules.roles.contains(role));
        if staff && reserved.is_empty() {
            problems
                .warning(
                    &one.path.key("roles"),
                    format!(
                        "`{}` may sign in agents, and no address is `reserved`",
                        name(one.backend)
                    ),
                )
                .at_key()
                .with_hint(
                    "reserve your staff's domain: every other backend may say their addresses too",
                );
        }
    }
    for one in
        uses.iter().filter(|one| !asserts(one.backend) && *one.rules != IdentityRules::default())
    {
        problems
            .warning(
                &one.path,
                format!(
                    "`{}` says nothing to brandgate: these rules have no effect",
                    name(one.backend)
                ),
            )
            .at_key()
            .with_hint("they judge assertions, which this backend does not make");
    }
    let asserting: Vec<&Use<'_>> = uses.iter().filter(|one| asserts(one.backend)).collect();
    shared_addresses(&asserting, reserved, &name, problems);
    shared_ids(&asserting, &name, problems);
}

/// Warns where attempts at passwords are counted for a proxy, and not for who is behind it.
pub(super) fn about_addresses(server: &Server, backends: &[Backend], problems: &mut Problems) {
    let is_direct = matches!(server.client_address, ClientAddress::Peer);
    // We speak plain HTTP, so whatever people reach over TLS is a proxy.
    let is_proxied = server.public_url.starts_with("https://");
    let asks = backends.iter().find(|backend| backend.cognito().is_some());
    if let Some(backend) = asks.filter(|_| is_direct && is_proxied) {
        let name = &backend.name;
        problems
            .warning(
                &Path::root().key("server").key("client_address"),
                format!(
                    "`{name}` counts attempts for each address, and behind a proxy everybody has \
                     the proxy's"
                ),
            )
            .at_key()
            .with_hint(
                "`x_forwarded_for`, `forwarded` or `proxy_protocol`, with your proxy in \
                 `trusted_proxies`: else ten wrong passwords lock out an account's owner too",
            );
    }
}

/// One backend in one brand, or in one route of it.
struct Use<'a> {
    backend: BackendKey,
    rules: &'a IdentityRules,
    path: Path,
}

fn uses(brands: &[Brand]) -> Vec<Use<'_>> {
    let mut uses = Vec::new();
    for brand in brands {
        let path = Path::root().key("brands").key(brand.name.as_str());
        uses.push(Use {
            backend: brand.backend,
            rules: &brand.identity,
            path: path.key("identity"),
        });
        for (index, route) in brand.routes.iter().enumerate() {
            let path = path.key("routes").index(index).key("identity");
            uses.push(Use { backend: route.backend, rules: &route.identity, path });
        }
    }
    uses
}

/// Zendesk has one user per address, whatever the brand.
fn shared_addresses<'n>(
    uses: &[&Use<'_>],
    reserved: &[Reserved],
    name: &impl Fn(BackendKey) -> &'n str,
    problems: &mut Problems,
) {
    let keeps_out = |key: BackendKey, domain: &str| {
        let holds = |rule: &&Reserved| rule.email_domains.iter().any(|it| it == domain);
        reserved.iter().filter(holds).any(|rule| !rule.backends.contains(&key))
    };
    let mut anywhere: BTreeMap<&str, BackendKey> = BTreeMap::new();
    let mut by_domain: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in uses {
        if one.rules.email_domains.is_empty() {
            anywhere.insert(name(one.backend), one.backend);
        }
        for domain in &one.rules.email_domains {
            if !keeps_out(one.backend, domain) {
                by_domain.entry(domain).or_default().insert(name(one.backend));
            }
        }
    }
    let path = Path::root().key("backends");
    let mut warn = |who: &BTreeSet<&str>, what: &str| {
        let who: Vec<String> = who.iter().map(|name| format!("`{name}`")).collect();
        problems
            .warning(&path, format!("{} may say the same addresses: {what}", who.join(" and ")))
            .at_key()
            .with_hint("each can sign in the people of the other; `email_domains` and `reserved` keep them apart");
    };
    if anywhere.len() > 1 {
        warn(&anywhere.keys().copied().collect(), "any that is not reserved");
    }
    for (domain, mut who) in by_domain {
        let is_news = who.len() > 1 || who.iter().any(|name| !anywhere.contains_key(name));
        who.extend(anywhere.iter().filter(|(_, key)| !keeps_out(**key, domain)).map(|(it, _)| it));
        if who.len() > 1 && is_news {
            warn(&who, domain);
        }
    }
}

/// Zendesk looks for the external id before the address.
fn shared_ids<'n>(
    uses: &[&Use<'_>],
    name: &impl Fn(BackendKey) -> &'n str,
    problems: &mut Problems,
) {
    let mut prefixes: BTreeMap<String, BackendKey> = BTreeMap::new();
    for one in uses {
        let Some(prefix) = &one.rules.external_id_prefix else { continue };
        // Zendesk compares ids without regard to case.
        let prefix = prefix.to_ascii_lowercase();
        let other = *prefixes.entry(prefix).or_insert(one.backend);
        if other != one.backend {
            problems
                .warning(
                    &one.path.key("external_id_prefix"),
                    format!("`{}` has the same prefix", name(other)),
                )
                .with_hint("each can sign in the people of the other");
        }
    }
}
