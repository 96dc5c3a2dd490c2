//! Which of a provider's claims say what: `claims` and `email_verified`.

use crate::backend::{ClaimMap, ClaimSource};
use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::config::report::{Code, did_you_mean, hints};
use crate::config::sections::identity::domain;
use crate::domain::{ClaimedProfile, EmailProof};

/// Reads `claims`: Zendesk's names, each with the provider's.
pub(super) fn read(value: Value<'_>, defaults: &[(&str, &[&str])]) -> Read<ClaimMap> {
    let own = value.entries(|_, zendesk, value| {
        let field = zendesk.strip_prefix(ClaimMap::USER_FIELD);
        if zendesk == "user_fields" && value.names().is_some() {
            value
                .error(Code::WrongType, "expected one value or a list, found a mapping")
                .with_hint("each field by itself: `user_fields.plan: NAME`");
            return Err(Reported);
        }
        if !ClaimedProfile::CLAIMS.contains(&zendesk) && field.is_none_or(str::is_empty) {
            let alike = did_you_mean(zendesk, ClaimedProfile::CLAIMS);
            let hint = alike.unwrap_or_else(|| {
                format!("one of {}, user_fields.NAME", ClaimedProfile::CLAIMS.join(", "))
            });
            value
                .error(Code::ClaimInvalid, "Zendesk has no such attribute")
                .at_key()
                .with_hint(hint);
        }
        let provider = value.one_or_each(claim)?;
        if provider.is_empty() {
            value
                .error(Code::ClaimInvalid, "no claim is named")
                .with_hint("one name, or a list of them");
        }
        Ok(ClaimSource { zendesk: zendesk.to_owned(), provider })
    })?;
    let own: Vec<ClaimSource> = own.into_iter().collect::<Read<_>>()?;
    Ok(ClaimMap::new(defaults, own))
}

fn claim(value: Value<'_>) -> Read<String> {
    let name = value.text()?;
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control()) {
        let hint = hints::claim_path(name).unwrap_or_else(|| "such as `custom:plan`".to_owned());
        value.error(Code::ClaimInvalid, "not the name of a claim").with_hint(hint);
        return Err(Reported);
    }
    if let Some(hint) = hints::claim_path(name) {
        value.warning(Code::ClaimPath, NO_PATH).with_hint(hint);
    }
    Ok(name.to_owned())
}

/// Said of a path to a claim.
pub(super) const NO_PATH: &str = "a claim of just this name is read, and nothing within another: it looks like a path; if the provider calls it just so, nothing is wrong";

/// `email_verified`: what a provider must say about the e-mail address.
pub(super) struct Proof(pub(super) EmailProof);

impl FromNode for Proof {
    fn read(value: Value<'_>) -> Read<Self> {
        const FORM: &str = "`required`, `optional` or `{ optional_for: [DOMAIN] }`";
        if value.is_text() {
            return match value.text()? {
                "required" => Ok(Self(EmailProof::Demanded)),
                "optional" => Ok(Self(EmailProof::NotDenied)),
                _ => Err(value.unknown_word(&["required", "optional"], FORM)),
            };
        }
        let fields = Fields::of_form(value, FORM)?;
        let domains = fields.required_with("optional_for", |value| {
            let domains = value.each(domain)?;
            if domains.is_empty() {
                value
                    .error(Code::DomainInvalid, "no domain is named")
                    .with_hint("whole domains, such as `[acme.example]`; for all: `optional`");
            }
            Ok(domains)
        });
        fields.finish();
        Ok(Self(EmailProof::DemandedBeyond(domains?.into())))
    }
}

/// Reads both among the keys of a backend.
pub(super) fn read_both(
    fields: &Fields<'_>,
    defaults: &[(&str, &[&str])],
) -> Read<(ClaimMap, EmailProof)> {
    let claims = fields.optional_with("claims", |value| read(value, defaults));
    let proof = fields.optional::<Proof>("email_verified");
    let claims = claims?.unwrap_or_else(|| ClaimMap::new(defaults, Vec::new()));
    Ok((claims, proof?.map_or(EmailProof::Demanded, |proof| proof.0)))
}
