//! What works, and is better known: warnings about who may sign in whom.

mod hosts;
mod shared_addresses;
mod widgets;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::document::{Read, Reporter};
use super::report::{Code, Path};
use super::sections::AcceptedOverlap;
use super::sections::backends::BackendAndClaims;
use crate::backend::{Backend, ClaimMap};
use crate::domain::{
    Account, BackendKey, Brand, BrandKey, ClaimedProfile, EmailProof, IdentityRefusal,
    IdentityRules, Reservations, Reserved, Role,
};
use crate::table::ClientAddress;
use crate::tls::Certificate;
use crate::token::Widgets;
use url::Url;

/// What could be read of a file. What could not is no ground for advice.
pub(super) struct Facts<'f> {
    /// The backends, each at the place that its key names.
    pub(super) backends: &'f [Read<BackendAndClaims>],
    /// The brands, each at the place that its key names.
    pub(super) brands: &'f [Read<Brand>],
    /// What signs the tokens of widgets.
    pub(super) widgets: &'f HashMap<BrandKey, Widgets>,
    /// The names of backends that nobody uses.
    pub(super) unused: &'f [&'f str],
    pub(super) reserved: Option<&'f [Reserved]>,
    pub(super) accepted: Option<&'f [AcceptedOverlap]>,
    pub(super) account: Option<&'f Account>,
    pub(super) client_address: Option<&'f ClientAddress>,
    pub(super) public_url: Option<&'f Url>,
    /// What browsers are shown, if we speak TLS.
    pub(super) certificate: Option<&'f Certificate>,
    /// Whether everything could be read: else what seems to be missing may be what could not.
    pub(super) are_whole: bool,
}

impl Facts<'_> {
    fn backend(&self, key: BackendKey) -> Option<&Backend> {
        let backend = self.backends.get(usize::try_from(key.0).ok()?)?;
        backend.as_ref().ok().map(|(backend, _)| backend)
    }
}

/// Warns about what the file says, as far as it could be read.
pub(super) fn give(facts: &Facts<'_>, problems: &Reporter<'_>) {
    let uses = uses(facts);
    for name in facts.unused.iter().filter(|_| facts.are_whole) {
        let path = Path::root().key("backends").key(name);
        problems.warning(Code::BackendUnused, &path, "no brand uses this backend").at_key();
    }
    for one in uses.iter().filter(|_| facts.reserved.is_some_and(<[_]>::is_empty)) {
        let staff = [Role::Agent, Role::Admin].iter().any(|role| one.rules.roles.contains(role));
        if staff {
            problems
                .warning(
                    Code::AgentsNotReserved,
                    &one.path().key("roles"),
                    format!("`{}` may sign in agents, and no address is `reserved`", one.name()),
                )
                .at_key()
                .with_hint(
                    "reserve your staff's domain: every other backend may say their addresses too",
                );
        }
    }
    let is_idle =
        |one: &&Use<'_>| !one.backend.names_people() && *one.rules != IdentityRules::default();
    for one in uses.iter().filter(is_idle) {
        problems
            .warning(
                Code::RulesUnread,
                &one.path(),
                format!("`{}` says nothing to brandgate: these rules have no effect", one.name()),
            )
            .at_key()
            .with_hint("they judge assertions, which this backend does not make");
    }
    if facts.are_whole {
        unheard_claims(facts, &uses, problems);
    }
    let asserting: Vec<&Use<'_>> = uses.iter().filter(|one| one.backend.names_people()).collect();
    if let (Some(reserved), Some(accepted)) = (facts.reserved, facts.accepted) {
        shared_addresses::warn(&asserting, facts.are_whole, reserved, accepted, problems);
    }
    shared_ids(&asserting, problems);
    hosts::about_hosts(facts, problems);
    widgets::about_widgets(facts, problems);
    about_addresses(facts, problems);
    about_certificate(facts, problems);
}

/// Warns where attempts at passwords are counted for a proxy, and not for who is behind it.
fn about_addresses(facts: &Facts<'_>, problems: &Reporter<'_>) {
    let is_hidden = matches!(facts.client_address, Some(ClientAddress::UnnamedProxy));
    let mut backends = facts.backends.iter().flatten().map(|(backend, _)| backend);
    let asks = backends.find(|backend| backend.cognito().is_some());
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

/// Warns where browsers would find that the certificate is somebody else's.
fn about_certificate(facts: &Facts<'_>, problems: &Reporter<'_>) {
    let Some(certificate) = facts.certificate else { return };
    let backends = facts.backends.iter().flatten().map(|(backend, _)| backend);
    let at = backends.filter_map(|backend| Url::parse(backend.at()?).ok());
    let ours: BTreeSet<String> = facts
        .public_url
        .cloned()
        .into_iter()
        .chain(at)
        .filter_map(|url| url.host_str().map(str::to_owned))
        .collect();
    let path = Path::root().key("server").key("tls").key("certificate");
    for host in ours.iter().filter(|host| !certificate.chain().covers(host)) {
        problems
            .warning(Code::CertificateNames, &path, format!("the certificate is not for `{host}`"))
            .with_hint(
                "browsers refuse it there: its names need `public_url`'s host, and every `at`'s",
            );
    }
}

/// One backend in one brand, or in one route of it.
struct Use<'f> {
    key: BackendKey,
    backend: &'f Backend,
    rules: &'f IdentityRules,
    brand: &'f Brand,
    route: Option<usize>,
}

impl Use<'_> {
    /// The name of the backend.
    fn name(&self) -> &str {
        self.backend.name.as_str()
    }

    fn path(&self) -> Path {
        let brand = Path::root().key("brands").key(self.brand.name.as_str());
        match self.route {
            None => brand.key("identity"),
            Some(index) => brand.key("routes").index(index).key("identity"),
        }
    }
}

fn uses<'f>(facts: &'f Facts<'_>) -> Vec<Use<'f>> {
    let mut uses = Vec::with_capacity(facts.brands.len());
    for brand in facts.brands.iter().flatten() {
        for route in std::iter::once(None).chain((0..brand.routes.len()).map(Some)) {
            let Some((key, rules)) = brand.backend(route) else { continue };
            let Some(backend) = facts.backend(key) else { continue };
            uses.push(Use { key, backend, rules, brand, route });
        }
    }
    uses
}

/// What is mapped and grants access is refused unless some rules allow it.
fn unheard_claims(facts: &Facts<'_>, uses: &[Use<'_>], problems: &Reporter<'_>) {
    let mut by_backend: Vec<&Use<'_>> = uses.iter().collect();
    by_backend.sort_by_key(|one| one.key);
    for (backend, key) in facts.backends.iter().zip((0..).map(BackendKey)) {
        let Ok((backend, claims)) = backend else { continue };
        let first = by_backend.partition_point(|one| one.key < key);
        let last = by_backend.partition_point(|one| one.key <= key);
        let own = by_backend.get(first..last).unwrap_or_default();
        for claim in claims {
            if own.is_empty() || own.iter().any(|one| hears(one.rules, key, claim)) {
                continue;
            }
            let path = Path::root().key("backends").key(backend.name.as_str()).key("claims");
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
    let heard = rules.admit(&said, key, &EmailProof::NotDenied, &Reservations::default());
    !matches!(heard, Err(IdentityRefusal::AttributeNotAllowed(_)))
}

/// Zendesk looks for the external id before the address.
fn shared_ids(uses: &[&Use<'_>], problems: &Reporter<'_>) {
    let mut prefixes: BTreeMap<String, &Use<'_>> = BTreeMap::new();
    for one in uses {
        let Some(prefix) = &one.rules.external_id_prefix else { continue };
        // Zendesk compares ids without regard to case.
        let other = *prefixes.entry(prefix.to_ascii_lowercase()).or_insert(one);
        if other.key != one.key {
            problems
                .warning(
                    Code::PrefixShared,
                    &one.path().key("external_id_prefix"),
                    format!("`{}` has the same prefix", other.name()),
                )
                .with_hint("each can sign in the people of the other");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::config::tests::told;

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
        let told = told::of(&loaded.report);
        let of_claims = told.iter().filter_map(|problem| {
            let name = problem.path.strip_prefix("backends.pool.claims")?;
            assert!(problem.message.contains("is refused"), "{problem}");
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
