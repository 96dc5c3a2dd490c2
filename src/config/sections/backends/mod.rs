//! The backends of the file, one file each type.

mod claims;
mod cognito;
mod oidc;
mod redirect;
mod session_token;

pub(in crate::config) use self::session_token::keep_apart;

use std::collections::HashMap;

use secrecy::SecretString;
use url::Url;

use super::raw::{Entries, OneOrMany, RawBackend, RawBackendType, RawSecret};
use super::secret::{Owner, Secrets};
use crate::backend::{Backend, Kind};
use crate::config::report::{Code, Path, Problems, did_you_mean, hints};
use crate::domain::{BackendKey, Name};
use crate::token;

/// Which key each backend's name stands for.
pub(in crate::config) struct BackendKeys(HashMap<String, BackendKey>);

impl BackendKeys {
    /// Every name of the file, whether or not the backend itself can be read.
    pub(in crate::config) fn new(entries: &Entries<RawBackend>) -> Self {
        let names = entries.0.iter().map(|(name, _)| name.clone());
        Self(names.zip((0..).map(BackendKey)).collect())
    }

    /// The backend that `name` refers to; a name that is nobody's is reported.
    pub(in crate::config) fn find(
        &self,
        name: &str,
        path: &Path,
        problems: &mut Problems,
    ) -> Option<BackendKey> {
        let found = self.0.get(name).copied();
        if found.is_none() {
            let problem =
                problems.error(Code::BackendUnknown, path, format!("there is no backend `{name}`"));
            if let Some(alike) = did_you_mean(name, self.0.keys().map(String::as_str)) {
                problem.with_hint(alike);
            }
        }
        found
    }
}

/// What a key of the file must look like.
pub(in crate::config) fn read_name(
    text: &str,
    path: &Path,
    problems: &mut Problems,
) -> Option<Name> {
    let name = Name::parse(text);
    if name.is_none() {
        let message = "a name has 1 to 63 of `a-z 0-9 - _` and begins with a letter or digit";
        let problem = problems.error(Code::NameInvalid, path, message).at_key();
        if let Some(name) = hints::name(text).filter(|name| Name::parse(name).is_some()) {
            problem.with_hint(format!("such as `{name}`"));
        }
    }
    name
}

/// Reads every backend. The list keeps the order of the file, so that keys stay true.
pub(in crate::config) fn read(
    entries: Entries<RawBackend>,
    public_url: Option<&Url>,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Vec<Backend>> {
    let path = Path::root().key("backends");
    if entries.0.is_empty() {
        problems.error(Code::BackendNone, &path, "there is no backend");
    }
    let mut backends = Vec::with_capacity(entries.0.len());
    let mut all = true;
    for (text, raw) in entries.0 {
        let path = path.key(&text);
        let name = read_name(&text, &path, problems);
        if problems.is_gap(&path.key("type")) {
            // Whatever else is wrong depends on it.
            all = false;
            continue;
        }
        let kind = match raw.r#type {
            RawBackendType::Redirect => {
                allow(&raw, redirect::KEYS, &path, problems);
                redirect::read(raw, public_url, &path, secrets, problems)
            }
            RawBackendType::Zendesk => {
                allow(&raw, &[], &path, problems);
                Some(Kind::Zendesk)
            }
            RawBackendType::Cognito => {
                allow(&raw, cognito::KEYS, &path, problems);
                cognito::read(raw, public_url, &path, secrets, problems)
            }
            RawBackendType::SessionToken => {
                allow(&raw, session_token::KEYS, &path, problems);
                session_token::read(raw, public_url, &path, secrets, problems)
            }
            RawBackendType::Oidc => {
                allow(&raw, oidc::KEYS, &path, problems);
                oidc::read(&text, raw, public_url, &path, secrets, problems)
            }
        };
        match (name, kind) {
            (Some(name), Some(kind)) => backends.push(Backend { name, kind }),
            _ => all = false,
        }
    }
    all.then_some(backends)
}

/// `value`, which a backend of this type cannot do without: `(type, what it needs)`.
fn needed<T>(
    value: Option<T>,
    (kind, what): (&str, &str),
    hint: &str,
    path: &Path,
    problems: &mut Problems,
) -> Option<T> {
    if value.is_none() {
        problems
            .error(Code::MissingKey, path, format!("a backend of type `{kind}` needs {what}"))
            .at_key()
            .with_hint(hint);
    }
    value
}

/// Refuses what a backend of this type does not have.
fn allow(raw: &RawBackend, keys: &[&str], path: &Path, problems: &mut Problems) {
    problems.only_known(path, &[&["type"], keys].concat());
    for key in raw.given().into_iter().filter(|key| !keys.contains(key)) {
        let kind = raw.r#type.as_str();
        let problem = problems
            .error(
                Code::BackendKey,
                &path.key(key),
                format!("a backend of type `{kind}` has no `{key}`"),
            )
            .at_key();
        if keys.is_empty() {
            problem.with_hint("Zendesk's own sign-in page needs no settings");
        } else {
            problem.with_hint(format!("it has {}", keys.join(", ")));
        }
    }
}

/// Reads the secrets of a backend.
fn read_secrets(
    raw: OneOrMany<RawSecret>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<token::Secrets> {
    if raw.values.is_empty() {
        problems.error(Code::SecretNone, path, "there is no secret");
    }
    let is_list = raw.is_list;
    let mut read = |(index, raw)| {
        let path = if is_list { path.index(index) } else { path.clone() };
        secrets.read(raw, Owner::Backend, &path, problems)
    };
    let all: Vec<Option<SecretString>> =
        raw.values.into_iter().enumerate().map(&mut read).collect();
    let all: Option<Vec<SecretString>> = all.into_iter().collect();
    token::Secrets::new(&all?).ok()
}
