//! Which of a provider's claims say what: `claims` and `email_verified`.

use crate::backend::{ClaimMap, ClaimSource};
use crate::config::report::{Code, Path, Problems, did_you_mean};
use crate::config::sections::identity::domains;
use crate::config::sections::raw::{Entries, OneOrMany, RawEmailVerified};
use crate::domain::EmailProof;

/// Reads `claims`: Zendesk's names, each with the provider's.
pub(in crate::config) fn read(
    raw: Option<Entries<OneOrMany<String>>>,
    defaults: &[(&str, &[&str])],
    path: &Path,
    problems: &mut Problems,
) -> ClaimMap {
    let path = path.key("claims");
    problems.hint_at(&path.key("user_fields"), "each field by itself: `user_fields.plan: NAME`");
    let mut own = Vec::new();
    for (zendesk, provider) in raw.map(|it| it.0).unwrap_or_default() {
        let path = path.key(&zendesk);
        let field = zendesk.strip_prefix(ClaimMap::USER_FIELD);
        if !ClaimMap::NAMES.contains(&zendesk.as_str()) && field.is_none_or(str::is_empty) {
            let alike = did_you_mean(&zendesk, ClaimMap::NAMES);
            let hint = alike.unwrap_or_else(|| {
                format!("one of {}, user_fields.NAME", ClaimMap::NAMES.join(", "))
            });
            problems
                .error(Code::ClaimInvalid, &path, "Zendesk has no such attribute")
                .at_key()
                .with_hint(hint);
        }
        if provider.values.is_empty() {
            problems
                .error(Code::ClaimInvalid, &path, "no claim is named")
                .with_hint("one name, or a list of them");
        }
        for (index, name) in provider.values.iter().enumerate() {
            let path = if provider.is_list { path.index(index) } else { path.clone() };
            if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control()) {
                problems
                    .error(Code::ClaimInvalid, &path, "not the name of a claim")
                    .with_hint("such as `custom:plan`");
            }
        }
        own.push(ClaimSource { zendesk, provider: provider.values });
    }
    ClaimMap::new(defaults, own)
}

/// Reads `email_verified`: what a provider must say about the e-mail address.
pub(in crate::config) fn proof(
    raw: Option<RawEmailVerified>,
    path: &Path,
    problems: &mut Problems,
) -> EmailProof {
    match raw {
        None | Some(RawEmailVerified::Required) => EmailProof::Demanded,
        Some(RawEmailVerified::Optional) => EmailProof::NotDenied,
        Some(RawEmailVerified::OptionalFor(texts)) => {
            let path = path.key("email_verified").key("optional_for");
            if texts.is_empty() {
                problems
                    .error(Code::DomainInvalid, &path, "no domain is named")
                    .with_hint("whole domains, such as `[acme.example]`; for all: `optional`");
            }
            EmailProof::DemandedBeyond(domains(&texts, &path, problems).into())
        }
    }
}
