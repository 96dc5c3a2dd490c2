//! What works, and is better known: warnings about who may sign in whom.

mod hosts;
mod shared_addresses;

use std::collections::BTreeMap;

pub(super) use self::hosts::about_hosts;
pub(super) use self::shared_addresses::Accepted;

use super::sections::raw::{Entries, RawBackend};
use crate::backend::{Backend, ClaimMap};
use crate::config::report::{Code, Path, Problems};
use crate::domain::{
    BackendKey, Brand, ClaimedProfile, EmailProof, IdentityRefusal, IdentityRules, Reserved, Role,
};
use crate::table::ClientAddress;

/// Which of Zendesk's claims each backend's `claims` name, in the order of the file.
pub(super) struct Mapped(Vec<Vec<String>>);

impl Mapped {
    pub(super) fn of(backends: &Entries<RawBackend>) -> Self {
        let names = |raw: &RawBackend| {
            let claims = raw.claims.as_ref().map_or(&[][..], |claims| claims.0.as_slice());
            claims.iter().map(|(name, _)| name.clone()).collect()
        };
        Self(backends.0.iter().map(|(_, raw)| names(raw)).collect())
    }
}

/// Warns about the finished table.
pub(super) fn give(
    backends: &[Backend],
    brands: &[Brand],
    reserved: &[Reserved],
    accepted: &[Accepted],
    mapped: &Mapped,
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
            problems.warning(Code::BackendUnused, &path, "no brand uses this backend").at_key();
        }
    }
    for one in &uses {
        let staff = [Role::Agent, Role::Admin].iter().any(|role| one.rules.roles.contains(role));
        if staff && reserved.is_empty() {
            problems
                .warning(
                    Code::AgentsNotReserved,
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
                Code::RulesUnread,
                &one.path,
                format!(
                    "`{}` says nothing to brandgate: these rules have no effect",
                    name(one.backend)
                ),
            )
            .at_key()
            .with_hint("they judge assertions, which this backend does not make");
    }
    unheard_claims(backends, &uses, mapped, problems);
    let asserting: Vec<&Use<'_>> = uses.iter().filter(|one| asserts(one.backend)).collect();
    shared_addresses::warn(&asserting, reserved, accepted, &name, problems);
    shared_ids(&asserting, &name, problems);
}

/// Warns where attempts at passwords are counted for a proxy, and not for who is behind it.
pub(super) fn about_addresses(
    client_address: &ClientAddress,
    backends: &[Backend],
    problems: &mut Problems,
) {
    let is_hidden = matches!(client_address, ClientAddress::UnnamedProxy);
    let asks = backends.iter().find(|backend| backend.cognito().is_some());
    if let Some(backend) = asks.filter(|_| is_hidden) {
        let name = &backend.name;
        problems
            .warning(
                Code::ClientAddress,
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

/// What is mapped and grants access is refused unless some rules allow it.
fn unheard_claims(
    backends: &[Backend],
    uses: &[Use<'_>],
    mapped: &Mapped,
    problems: &mut Problems,
) {
    for ((backend, claims), key) in backends.iter().zip(&mapped.0).zip((0..).map(BackendKey)) {
        let path = Path::root().key("backends").key(backend.name.as_str()).key("claims");
        let own: Vec<&Use<'_>> = uses.iter().filter(|one| one.backend == key).collect();
        for claim in claims {
            if own.is_empty() || own.iter().any(|one| hears(one.rules, key, claim)) {
                continue;
            }
            let (what, where_to) = match claim.as_str() {
                "role" => ("allow a role but `end_user`: every sign-in that says another", "roles"),
                _ => ("allow this: every sign-in that says it", "may_say"),
            };
            problems
                .warning(
                    Code::ClaimRefused,
                    &path.key(claim),
                    format!("no brand's rules {what} is refused"),
                )
                .at_key()
                .with_hint(format!("`{where_to}` in the brand's `identity`, or leave it out here"));
        }
    }
}

/// Whether `rules` let a backend say this claim, whoever it is about. A role of everybody's own is
/// not worth a claim.
fn hears(rules: &IdentityRules, key: BackendKey, claim: &str) -> bool {
    let domain = rules.email_domains.first().map_or("people.example", String::as_str);
    let text = || Some("1".to_owned());
    let mut said = ClaimedProfile {
        email: Some(format!("a@{domain}")),
        external_id: text(),
        ..ClaimedProfile::default()
    };
    match claim {
        "role" => return rules.roles.iter().any(|role| *role != Role::EndUser),
        "custom_role_id" => {
            (said.role, said.custom_role_id) = (rules.roles.first().copied(), Some(1));
        }
        "organization" => said.organization = text(),
        "organizations" => said.organizations = text(),
        "organization_id" => said.organization_id = Some(1),
        "organization_ids" => said.organization_ids = text(),
        "tags" => said.tags = Some(vec!["1".to_owned()]),
        _ => match claim.strip_prefix(ClaimMap::USER_FIELD) {
            Some(field) => {
                let fields = [(field.to_owned(), "1".into())];
                said.user_fields = Some(fields.into_iter().collect());
            }
            // Whatever else there is grants nothing, and is passed over where it may not be said.
            None => return true,
        },
    }
    let heard = rules.admit(&said, key, &EmailProof::NotDenied, &[]);
    !matches!(heard, Err(IdentityRefusal::AttributeNotAllowed(_)))
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
                    Code::PrefixShared,
                    &one.path.key("external_id_prefix"),
                    format!("`{}` has the same prefix", name(other)),
                )
                .with_hint("each can sign in the people of the other");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config;

    /// The warnings about claims that are mapped and never heard.
    fn unheard(claims: &str, identity: &str) -> Vec<String> {
        let yaml = format!(
            "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk: {{ account: acme, shared_secret: {{ value: zendesk-secret-0123456789abcdef0123 }} }}
reserved: [{{ email_domains: [acme.example], backends: [pool] }}]
backends:
  pool: {{ type: cognito, region: eu-central-1, client_id: x, claims: {claims} }}
  native: {{ type: zendesk }}
brands:
  coffee: {{ hosts: [coffee.zendesk.com], backend: pool, identity: {identity} }}
  shoes:
    hosts: [shoes.zendesk.com]
    backend: native
    routes: [{{ path: ^/agent, backend: pool, identity: {{ external_id_prefix: a_ }} }}]
"
        );
        let loaded = config::read(&yaml, "brands.yaml", ".".as_ref());
        assert!(loaded.config.is_some(), "{}", loaded.report.text(false));
        let report = loaded.report.json();
        let of_claims = report.as_array().unwrap().iter().filter_map(|problem| {
            let name = problem["path"].as_str()?.strip_prefix("backends.pool.claims")?;
            let message = problem["message"].as_str()?;
            assert!(message.contains("is refused"), "{message}");
            Some(name.trim_matches(['.', '[', ']', '"']).to_owned())
        });
        of_claims.collect()
    }

    #[test]
    fn a_claim_that_no_rules_hear_is_warned_about() {
        let all = "{ role: r, custom_role_id: c, organization: o, organizations: o, \
                   organization_id: o, organization_ids: o, tags: t, user_fields.plan: p, \
                   name: n, email: e, phone: p, locale_id: l, remote_photo_url: u }";
        let granting = [
            "role",
            "custom_role_id",
            "organization",
            "organizations",
            "organization_id",
            "organization_ids",
            "tags",
            "user_fields.plan",
        ];
        assert_eq!(unheard(all, "{}"), granting, "by default nothing that grants access");
        let cases = [
            ("{ role: r }", "{ roles: [agent] }", 0),
            ("{ role: r }", "{ roles: [end_user] }", 1),
            ("{ tags: t }", "{ may_say: [tags], email_domains: [mail.example] }", 0),
            ("{ tags: t }", "{ tags: [coffee] }", 0),
            ("{ organization_ids: o }", "{ organization: Acme }", 0),
            ("{ custom_role_id: c }", "{ may_say: [custom_role_id], roles: [agent] }", 0),
            ("{ custom_role_id: c }", "{ roles: [agent] }", 1),
            ("{ user_fields.plan: p }", "{ user_fields: { plan: gold } }", 0),
            ("{ user_fields.plan: p }", "{ user_fields: { other: gold } }", 1),
            ("{ user_fields.plan: p }", "{ may_say: [user_fields] }", 0),
        ];
        for (claims, identity, expected) in cases {
            assert_eq!(unheard(claims, identity).len(), expected, "{claims} {identity}");
        }
    }
}
