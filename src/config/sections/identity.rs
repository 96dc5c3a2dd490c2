//! Identity rules and reserved addresses of the file.

mod fixed;

use super::backends::BackendNames;
use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::config::report::{Code, hints};
use crate::domain::{Attribute, EmailAddress, IdentityRules, Reserved, Role, canonical_domain};

/// Reads one entry of `reserved`.
pub(in crate::config) fn read_reserved(
    value: Value<'_>,
    backends: &BackendNames,
) -> Read<Reserved> {
    let fields = Fields::of(value)?;
    let email_domains = fields.list_with("email_domains", domain);
    let emails = fields.list_with("emails", email);
    let named = fields.required_with("backends", |value| value.each(|name| backends.find(name)));
    fields.finish();
    let reserved = Reserved { email_domains: email_domains?, emails: emails?, backends: named? };
    if reserved.email_domains.is_empty() && reserved.emails.is_empty() {
        value
            .error(Code::ReservesNothing, "this reserves nothing")
            .with_hint("name `email_domains`, `emails` or both");
        return Err(Reported);
    }
    Ok(reserved)
}

/// Reads the identity rules of one brand for one backend.
pub(in crate::config) fn read(value: Value<'_>) -> Read<IdentityRules> {
    let fields = Fields::of(value)?;
    let defaults = IdentityRules::default();
    let external_id_prefix = fields.optional_with("external_id_prefix", prefix);
    let roles = fields.optional_with("roles", |value| {
        let roles: Vec<Role> = value.each(Role::read)?;
        if roles.is_empty() {
            value.error(Code::RoleNone, "nobody could sign in: name at least one role");
            return Err(Reported);
        }
        Ok(roles)
    });
    let email_domains = fields.list_with("email_domains", domain);
    let may_say = fields.optional::<Vec<Attribute>>("may_say");
    let fixed = fixed::read(&fields, &roles);
    fields.finish();
    let fixed = fixed?;
    Ok(IdentityRules {
        external_id_prefix: external_id_prefix?,
        // A `role` alone is the only one that may be said.
        roles: roles?.or_else(|| fixed.role.map(|role| vec![role])).unwrap_or(defaults.roles),
        email_domains: email_domains?,
        may_say: may_say?.unwrap_or(defaults.may_say),
        fixed,
    })
}

pub(in crate::config) fn prefix(value: Value<'_>) -> Read<String> {
    let prefix = value.written()?;
    let is_plain = prefix.chars().all(|c| c.is_ascii_graphic());
    if prefix.is_empty() || prefix.len() > 64 || !is_plain {
        value
            .error(Code::PrefixInvalid, "a prefix has 1 to 64 visible ASCII characters")
            .with_hint("such as `shoes_`");
        return Err(Reported);
    }
    Ok(prefix.to_owned())
}

/// Reads a whole domain.
pub(in crate::config) fn domain(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    canonical_domain(text).ok_or_else(|| {
        let hint = "a whole domain, without `@` or `*`, such as `acme.example`";
        value
            .error(Code::DomainInvalid, "not a domain")
            .with_hint(hints::entry(text).unwrap_or(hint));
        Reported
    })
}

pub(super) fn email(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    let email = EmailAddress::parse(text).ok();
    // It may stand in an address, and whoever writes it here means many.
    let message = match &email {
        Some(email) if email.local().contains('*') => "no pattern stands for addresses",
        Some(email) => return Ok(email.folded()),
        None => "not an e-mail address",
    };
    let hint = "one address by itself, such as `ceo@acme.example`";
    value.error(Code::EmailInvalid, message).with_hint(hints::tail(text).unwrap_or(hint));
    Err(Reported)
}

impl FromNode for Role {
    fn read(value: Value<'_>) -> Read<Self> {
        value.word(&Role::ALL.map(|role| (role.as_str(), role)))
    }
}

impl FromNode for Attribute {
    fn read(value: Value<'_>) -> Read<Self> {
        value.word(&Attribute::ALL.map(|attribute| (attribute.as_str(), attribute)))
    }
}
