//! Identity rules and reserved addresses of the file.

mod fixed;

use super::backends::BackendKeys;
use super::raw::{RawAttribute, RawIdentity, RawReserved, RawRole};
use crate::config::report::{Code, Path, Problems};
use crate::domain::{
    Attribute, BackendKey, EmailAddress, IdentityRules, Reserved, Role, canonical_domain,
};

/// Reads `reserved`.
pub(in crate::config) fn read_reserved(
    raw: Vec<RawReserved>,
    backends: &BackendKeys,
    problems: &mut Problems,
) -> Vec<Reserved> {
    let path = Path::root().key("reserved");
    let read = |(index, raw): (usize, RawReserved)| {
        let path = path.index(index);
        if raw.email_domains.is_empty() && raw.emails.is_empty() {
            problems
                .error(Code::ReservesNothing, &path, "this reserves nothing")
                .with_hint("name `email_domains`, `emails` or both");
        }
        let emails = path.key("emails");
        let named = path.key("backends");
        Reserved {
            email_domains: domains(&raw.email_domains, &path.key("email_domains"), problems),
            emails: numbered(&raw.emails)
                .filter_map(|(index, text)| email(text, &emails.index(index), problems))
                .collect(),
            backends: numbered(&raw.backends)
                .filter_map(|(index, name)| backends.find(name, &named.index(index), problems))
                .collect(),
        }
    };
    raw.into_iter().enumerate().map(read).collect()
}

/// Reads the identity rules of one brand for one backend.
pub(in crate::config) fn read(
    raw: RawIdentity,
    path: &Path,
    problems: &mut Problems,
) -> IdentityRules {
    let defaults = IdentityRules::default();
    if let Some(prefix) = &raw.external_id_prefix {
        let plain = |c: char| c.is_ascii_graphic();
        if prefix.is_empty() || prefix.len() > 64 || !prefix.chars().all(plain) {
            problems
                .error(
                    Code::PrefixInvalid,
                    &path.key("external_id_prefix"),
                    "a prefix has 1 to 64 visible ASCII characters",
                )
                .with_hint("such as `shoes_`");
        }
    }
    if raw.roles.as_ref().is_some_and(Vec::is_empty) {
        problems.error(
            Code::RoleNone,
            &path.key("roles"),
            "nobody could sign in: name at least one role",
        );
    }
    let roles = fixed::roles(&raw, path, problems);
    let fixed = fixed::read(&raw, &roles, path, problems);
    IdentityRules {
        external_id_prefix: raw.external_id_prefix,
        foreign_prefixes: defaults.foreign_prefixes,
        roles,
        email_domains: domains(&raw.email_domains, &path.key("email_domains"), problems),
        may_say: raw.may_say.map_or(defaults.may_say, |it| it.into_iter().map(attribute).collect()),
        fixed,
    }
}

/// Gives each of `rules` the prefixes of the other backends' ids.
pub(in crate::config) fn forbid_foreign_prefixes(rules: &mut [(BackendKey, &mut IdentityRules)]) {
    let mut prefixes: Vec<(BackendKey, String)> = rules
        .iter()
        .filter_map(|(backend, rules)| {
            Some((*backend, folded(rules.external_id_prefix.as_deref()?)))
        })
        .collect();
    prefixes.sort_by(|a, b| a.1.cmp(&b.1));
    prefixes.dedup();
    for (backend, rules) in rules {
        let own = rules.external_id_prefix.as_deref().map(folded).unwrap_or_default();
        // Whatever this backend says begins with its own prefix, so only longer ones matter.
        let first = prefixes.partition_point(|(_, prefix)| *prefix < own);
        let longer = prefixes.iter().skip(first).take_while(|(_, it)| it.starts_with(&own));
        let foreign: Vec<String> = longer
            .filter(|(other, prefix)| other != backend && *prefix != own)
            .map(|(_, prefix)| prefix.clone())
            .collect();
        rules.foreign_prefixes = foreign.into();
    }
}

/// Zendesk compares ids without regard to case.
fn folded(prefix: &str) -> String {
    prefix.to_ascii_lowercase()
}

fn numbered(texts: &[String]) -> impl Iterator<Item = (usize, &String)> {
    texts.iter().enumerate()
}

/// Reads whole domains.
pub(in crate::config) fn domains(
    texts: &[String],
    path: &Path,
    problems: &mut Problems,
) -> Vec<String> {
    let read = |(index, text): (usize, &String)| {
        let domain = canonical_domain(text);
        if domain.is_none() {
            problems
                .error(Code::DomainInvalid, &path.index(index), "not a domain")
                .with_hint("a whole domain, without `@` or `*`, such as `acme.example`");
        }
        domain
    };
    numbered(texts).filter_map(read).collect()
}

fn email(text: &str, path: &Path, problems: &mut Problems) -> Option<String> {
    let email = EmailAddress::parse(text).ok();
    if email.is_none() {
        problems.error(Code::EmailInvalid, path, "not an e-mail address");
    }
    email.map(|email| email.folded())
}

fn role(raw: RawRole) -> Role {
    match raw {
        RawRole::EndUser => Role::EndUser,
        RawRole::Agent => Role::Agent,
        RawRole::Admin => Role::Admin,
    }
}

fn attribute(raw: RawAttribute) -> Attribute {
    match raw {
        RawAttribute::Name => Attribute::Name,
        RawAttribute::Phone => Attribute::Phone,
        RawAttribute::Locale => Attribute::Locale,
        RawAttribute::RemotePhotoUrl => Attribute::RemotePhotoUrl,
        RawAttribute::Organization => Attribute::Organization,
        RawAttribute::Tags => Attribute::Tags,
        RawAttribute::UserFields => Attribute::UserFields,
        RawAttribute::CustomRoleId => Attribute::CustomRoleId,
    }
}
