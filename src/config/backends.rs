//! The backends of the file.

use std::collections::HashMap;

use secrecy::SecretString;
use url::Url;

use super::address::{read_origin, read_target};
use super::raw::{Entries, OneOrMany, RawAssertion, RawBackend, RawBackendType, RawSecret};
use super::secret::{Owner, Secrets};
use super::yaml::{Path, Problems, did_you_mean};
use crate::backend::{Assertions, Backend, Kind, Redirect, Target};
use crate::domain::{BackendKey, Name};
use crate::token;

/// Which key each backend's name stands for.
pub(super) struct BackendKeys(HashMap<String, BackendKey>);

impl BackendKeys {
    /// Every name of the file, whether or not the backend itself can be read.
    pub(super) fn new(entries: &Entries<RawBackend>) -> Self {
        let names = entries.0.iter().map(|(name, _)| name.clone());
        Self(names.zip((0..).map(BackendKey)).collect())
    }

    /// The backend that `name` refers to; a name that is nobody's is reported.
    pub(super) fn find(
        &self,
        name: &str,
        path: &Path,
        problems: &mut Problems,
    ) -> Option<BackendKey> {
        let found = self.0.get(name).copied();
        if found.is_none() {
            let problem = problems.error(path, format!("there is no backend `{name}`"));
            if let Some(alike) = did_you_mean(name, self.0.keys().map(String::as_str)) {
                problem.with_hint(alike);
            }
        }
        found
    }
}

/// What a key of the file must look like.
pub(super) fn read_name(text: &str, path: &Path, problems: &mut Problems) -> Option<Name> {
    let name = Name::parse(text);
    if name.is_none() {
        problems
            .error(path, "a name has 1 to 63 of `a-z 0-9 - _` and begins with a letter or digit")
            .at_key();
    }
    name
}

/// Reads every backend. The list keeps the order of the file, so that keys stay true.
pub(super) fn read(
    entries: Entries<RawBackend>,
    public_url: Option<&Url>,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Vec<Backend>> {
    let path = Path::root().key("backends");
    if entries.0.is_empty() {
        problems.error(&path, "there is no backend");
    }
    let mut backends = Vec::with_capacity(entries.0.len());
    let mut all = true;
    for (text, raw) in entries.0 {
        let path = path.key(&text);
        let name = read_name(&text, &path, problems);
        let kind = match raw.r#type {
            RawBackendType::Redirect => redirect(raw, public_url, &path, secrets, problems),
            RawBackendType::Zendesk => Some(zendesk(&raw, &path, problems)),
        };
        match (name, kind) {
            (Some(name), Some(kind)) => backends.push(Backend { name, kind }),
            _ => all = false,
        }
    }
    all.then_some(backends)
}

fn zendesk(raw: &RawBackend, path: &Path, problems: &mut Problems) -> Kind {
    let keys = [
        ("login_url", raw.login_url.is_some()),
        ("logout_url", raw.logout_url.is_some()),
        ("logout_personal_data", raw.logout_personal_data.is_some()),
        ("assertion", raw.assertion.is_some()),
    ];
    for (key, _) in keys.iter().filter(|(_, given)| *given) {
        problems
            .error(&path.key(key), format!("a backend of type `zendesk` has no `{key}`"))
            .at_key()
            .with_hint("Zendesk's own sign-in page needs no settings");
    }
    Kind::Zendesk
}

fn redirect(
    raw: RawBackend,
    public_url: Option<&Url>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Kind> {
    let target = |key: &str, text: Option<String>, problems: &mut Problems| {
        let path = path.key(key);
        let url = read_target(&text?, &path, problems)?;
        if public_url.is_some_and(|ours| ours.origin() == url.origin()) {
            problems
                .error(&path, "this is brandgate's own address: people would go in a circle")
                .with_hint("the login page of the brand's own site belongs here");
            return None;
        }
        Some(url)
    };
    if raw.login_url.is_none() {
        problems
            .error(path, "a backend of type `redirect` needs a `login_url`")
            .at_key()
            .with_hint("the address of the brand's login page or script");
    }
    let has_logout = raw.logout_url.is_some();
    let login = target("login_url", raw.login_url, problems);
    let logout = target("logout_url", raw.logout_url, problems);
    if raw.logout_personal_data.is_some() && !has_logout {
        problems
            .error(&path.key("logout_personal_data"), "there is no `logout_url` to send it to")
            .at_key();
    }
    let assertions = if let Some(raw) = raw.assertion {
        let path = path.key("assertion");
        Some(assertions(raw, login.as_ref(), &path, secrets, problems)?)
    } else {
        problems
            .warning(path, "without `assertion` this site can still sign in anyone by itself")
            .at_key()
            .with_hint("give it a secret of its own and let it post to brandgate");
        None
    };
    Some(Kind::Redirect(Box::new(Redirect {
        login: Target::new(&login?),
        logout: logout.as_ref().map(Target::new),
        logout_personal_data: raw.logout_personal_data.unwrap_or_default(),
        assertions,
    })))
}

fn assertions(
    raw: RawAssertion,
    login: Option<&Url>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Assertions> {
    let keys = read_secrets(raw.secrets, &path.key("secrets"), secrets, problems);
    let origins = match raw.origins {
        None => login.map(|login| vec![login.origin().ascii_serialization()]),
        Some(origins) => {
            let path = path.key("origins");
            let read = |(index, text): (usize, &String)| {
                read_origin(text, &path.index(index), problems)
                    .map(|url| url.origin().ascii_serialization())
            };
            // Every one is read, so that every problem is reported.
            let read: Vec<_> = origins.iter().enumerate().map(read).collect();
            read.into_iter().collect()
        }
    };
    Some(Assertions {
        keys: keys?,
        origins: origins?,
        unsolicited: raw.unsolicited,
        audience_required: raw.audience.is_some(),
    })
}

fn read_secrets(
    raw: OneOrMany<RawSecret>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<token::Secrets> {
    if raw.values.is_empty() {
        problems.error(path, "there is no secret");
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
