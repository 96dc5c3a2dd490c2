//! What included files may do: `limits`.

use std::path::{Path as FilePath, PathBuf};

use super::backends::BackendNames;
use super::{identity, include, network};
use crate::config::document::{Fields, FromNode as _, Reach, Read, Reported, SecretReach, Value};
use crate::config::file::pattern::Pattern;
use crate::config::report::{Code, hints};
use crate::domain::{Attribute, BackendKey, Role, canonical_domain};

/// What some included files may do.
pub(in crate::config) struct Limits {
    files: Vec<Pattern>,
    /// Whole domains, canonical; nothing: any.
    pub(in crate::config) email_domains: Option<Vec<String>>,
    /// What external ids begin with; nothing: anything.
    pub(in crate::config) external_id_prefix: Option<String>,
    pub(in crate::config) roles: Vec<Role>,
    /// What a backend may say of what may grant access.
    pub(in crate::config) may_say: Vec<Attribute>,
    /// The organizations that rules may name.
    pub(in crate::config) organizations: Vec<String>,
    /// The tags that rules may name.
    pub(in crate::config) tags: Vec<String>,
    /// The backends of other files that may be used.
    pub(in crate::config) backends: Vec<BackendKey>,
    pub(in crate::config) reach: Reach,
}

impl Limits {
    /// Reads one entry of `limits`.
    pub(in crate::config) fn read(value: Value<'_>, names: &BackendNames) -> Read<Self> {
        let fields = Fields::of(value)?;
        // Before `files`, which it would be taken for a misspelling of.
        let secret_files = fields.optional_with("secret_files", folder);
        let files = fields.required_with("files", |value| value.each(include::pattern));
        let hosts = fields.required_with("hosts", |value| any_or(value, |it| it.each(host)));
        let brand_ids = fields.optional_with("brand_ids", |value| any_or(value, Vec::<u64>::read));
        let email_domains = fields
            .required_with("email_domains", |value| any_or(value, |it| it.each(identity::domain)));
        let external_id_prefix =
            fields.required_with("external_id_prefix", |value| any_or(value, identity::prefix));
        let roles = fields.optional::<Vec<Role>>("roles");
        let may_say = fields.optional::<Vec<Attribute>>("may_say");
        let organizations = fields.optional::<Vec<String>>("organizations");
        let tags = fields.optional::<Vec<String>>("tags");
        let backends = fields.list_with("backends", |name| names.find(name));
        let networks = fields.optional_with("networks", |value| value.each(network::read));
        let env_prefix = fields.optional_with("env_prefix", env_prefix);
        fields.finish();
        Ok(Self {
            files: files?,
            email_domains: email_domains?,
            external_id_prefix: external_id_prefix?,
            roles: roles?.unwrap_or_else(|| vec![Role::EndUser]),
            may_say: may_say?.unwrap_or_default(),
            organizations: organizations?.unwrap_or_default(),
            tags: tags?.unwrap_or_default(),
            backends: backends?,
            reach: Reach {
                hosts: hosts?,
                brand_ids: brand_ids?.unwrap_or_else(|| Some(Vec::new())),
                networks: Some(networks?.unwrap_or_default()),
                secrets: SecretReach::Within { env_prefix: env_prefix?, files: secret_files? },
            },
        })
    }

    /// Whether these are the limits of `file`, named from the folder of the main one on.
    pub(in crate::config) fn are_for(&self, file: &FilePath) -> bool {
        self.files.iter().any(|pattern| pattern.fits(file))
    }
}

/// What `read` reads, or nothing where `any` says that there is no such limit.
fn any_or<T>(value: Value<'_>, read: impl FnOnce(Value<'_>) -> Read<T>) -> Read<Option<T>> {
    match value.only_text() {
        Some("any") if value.is_text() => return Ok(None),
        Some("any" | "Any" | "ANY" | "all" | "*") => {
            value
                .error(Code::WrongType, "expected a limit, found a word for none")
                .with_hint("where there is none: `any`, without brackets");
            return Err(Reported);
        }
        _ => {}
    }
    read(value).map(Some)
}

/// A domain that hosts are, or lie beneath.
fn host(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    let domain = canonical_domain(text);
    if domain.as_deref().is_some_and(|it| it == "zendesk.com" || !it.contains('.')) {
        value
            .error(Code::DomainInvalid, "hosts of anybody lie beneath this")
            .with_hint("this brand's own, such as `acme-shoes.zendesk.com`; `any` for all");
        return Err(Reported);
    }
    domain.ok_or_else(|| {
        let hint = "a domain, for itself and all hosts beneath it, such as `acme-shoes.example`";
        value
            .error(Code::DomainInvalid, "not a domain")
            .with_hint(hints::entry(text).unwrap_or(hint));
        Reported
    })
}

/// What the names of variables begin with.
fn env_prefix(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if text.is_empty() || !is_plain {
        value
            .error(Code::PrefixInvalid, "no variable's name begins like this")
            .with_hint("such as `SHOES_`");
        return Err(Reported);
    }
    Ok(text.to_owned())
}

/// A folder, beside the main file or from the root on.
fn folder(value: Value<'_>) -> Read<PathBuf> {
    let text = value.written()?;
    let folder = PathBuf::from(text);
    let is_up = folder.components().any(|part| part == std::path::Component::ParentDir);
    if text.is_empty() || is_up || folder.parent().is_none() {
        value
            .error(Code::IncludeInvalid, "a folder of its own, without `..`")
            .with_hint("such as `/run/secrets/shoes`");
        return Err(Reported);
    }
    Ok(folder)
}
