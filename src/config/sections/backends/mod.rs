//! The backends of the file, one file each type.

mod claims;
mod cognito;
mod oidc;
mod redirect;
mod session_token;

pub(in crate::config) use self::session_token::keep_apart;

use std::cell::RefCell;

use url::Url;

use super::secret::SecretReader;
use super::{closed, read_name};
use crate::backend::{Backend, BackendType, Bounds};
use crate::config::document::{Fields, FromNode, Read, Reported, StrayBackends, Value};
use crate::config::report::problem::Severity;
use crate::config::report::{Code, did_you_mean, hints};
use crate::domain::{BackendKey, TextMap};

/// The names of all backends, whether or not they themselves can be read, and which are used.
pub(in crate::config) struct BackendNames {
    /// Nothing where it is not known which there are.
    keys: Option<TextMap<BackendKey>>,
    /// The file of each, by its key.
    files: Vec<u16>,
    /// Those that are found elsewhere, which is said there.
    strays: Vec<StrayBackends>,
    used: RefCell<Vec<bool>>,
    /// Which ones of other files each included file may use; nothing where that is not known.
    shared: RefCell<Vec<Option<Vec<BackendKey>>>>,
}

impl BackendNames {
    /// The names in the `backends` of each file, the main one first, and of `strays`.
    pub(in crate::config) fn of(backends: &[Value<'_>], strays: Vec<StrayBackends>) -> Self {
        let mut keys = (!backends.is_empty()).then(TextMap::default);
        let mut files = Vec::new();
        for value in backends {
            let Some(names) = value.names() else {
                keys = None;
                continue;
            };
            for name in names {
                let number = u32::try_from(files.len()).unwrap_or(u32::MAX);
                if let Some(keys) = &mut keys {
                    keys.get_or_insert(name, BackendKey(number));
                }
                files.push(value.file());
            }
        }
        let used = RefCell::new(vec![false; files.len()]);
        Self { keys, files, strays, used, shared: RefCell::default() }
    }

    /// Says which backends of others the next included file may use; nothing: it is not known which.
    pub(in crate::config) fn share(&self, shared: Option<Vec<BackendKey>>) {
        self.shared.borrow_mut().push(shared);
    }

    /// The file in which a backend stands.
    pub(in crate::config) fn file_of(&self, key: BackendKey) -> Option<u16> {
        self.files.get(usize::try_from(key.0).ok()?).copied()
    }

    /// Reports that `name`, which stands in the file of `value`, is a backend's of another file.
    fn is_first(&self, name: &str, value: Value<'_>) -> Read<()> {
        let first = self.keys.as_ref().and_then(|keys| self.file_of(*keys.get(name)?));
        match first.filter(|first| *first != value.file()) {
            Some(first) => Err(value.name_twice(name, first)),
            None => Ok(()),
        }
    }

    /// Whether the file of `value` may use the backend, which may be another file's.
    fn is_for(&self, key: BackendKey, value: &Value<'_>) -> bool {
        let Some(included) = value.file().checked_sub(1) else { return true };
        if self.file_of(key) == Some(value.file()) {
            return true;
        }
        let shared = self.shared.borrow();
        let shared = shared.get(usize::from(included)).and_then(Option::as_ref);
        shared.is_none_or(|shared| shared.contains(&key))
    }

    /// The backend that a text refers to; a name that is nobody's is reported.
    pub(in crate::config) fn find(&self, value: Value<'_>) -> Read<BackendKey> {
        let name = value.written()?;
        let keys = self.keys.as_ref().ok_or(Reported)?;
        let found = keys.get(name).copied();
        if let Some(found) = found
            && !self.is_for(found, &value)
        {
            value
                .error(Code::LimitExceeded, format!("this file may not use the backend `{name}`"))
                .with_hint("one of its own, or one that `backends` in its `limits` names");
            return Err(Reported);
        }
        found.ok_or_else(|| {
            if self.strays.iter().any(|strays| strays.may_have(name)) {
                return Reported;
            }
            // To compare all names takes long.
            let is_unseen = value.is_full(Severity::Error);
            let mut problem =
                value.error(Code::BackendUnknown, format!("there is no backend `{name}`"));
            if let Some(hint) = hints::tail(name) {
                problem.with_hint(hint);
            } else {
                let known = keys.iter().map(|(name, _)| name).filter(|_| !is_unseen);
                problem.with_hint(
                    did_you_mean(name, known)
                        .unwrap_or_else(|| "one of the names beneath `backends`".into()),
                );
            }
            Reported
        })
    }

    /// The same where the backend signs people in.
    pub(in crate::config) fn find_used(&self, value: Value<'_>) -> Read<BackendKey> {
        let found = self.find(value)?;
        let index = usize::try_from(found.0).unwrap_or(usize::MAX);
        if let Some(used) = self.used.borrow_mut().get_mut(index) {
            *used = true;
        }
        Ok(found)
    }

    /// The backends that nobody uses, where everything could be read.
    pub(in crate::config) fn unused(&self) -> Vec<&str> {
        let used = self.used.borrow();
        let is_unused = |(_, key): &(&str, &BackendKey)| {
            usize::try_from(key.0).is_ok_and(|index| used.get(index) == Some(&false))
        };
        let keys = self.keys.iter().flat_map(TextMap::iter);
        keys.filter(is_unused).map(|(name, _)| name).collect()
    }
}

/// The ways to learn who somebody is.
#[derive(Clone, Copy)]
enum Type {
    Redirect,
    Cognito,
    SessionToken,
    Oidc,
    Zendesk,
}

impl FromNode for Type {
    fn read(value: Value<'_>) -> Read<Self> {
        value.word(&[
            ("redirect", Self::Redirect),
            ("cognito", Self::Cognito),
            ("session_token", Self::SessionToken),
            ("oidc", Self::Oidc),
            ("zendesk", Self::Zendesk),
        ])
    }
}

/// A backend, and which of Zendesk's claims its `claims` name.
pub(in crate::config) type BackendAndClaims = (Backend, Vec<String>);

/// What every backend is read with.
struct Context<'c> {
    name: &'c str,
    /// Our own origin, if it could be read.
    public_url: Option<&'c Url>,
    secrets: &'c mut SecretReader,
}

/// Reads the backends of one file, in their order, behind those of others. What could not be read keeps
/// its place.
pub(in crate::config) fn read(
    value: Value<'_>,
    names: &BackendNames,
    public_url: Option<&Url>,
    secrets: &mut SecretReader,
    all: &mut Vec<Read<BackendAndClaims>>,
) -> Read<()> {
    let backends = value.entries(|_, name, value| {
        names.is_first(name, value)?;
        backend(value, &mut Context { name, public_url, secrets })
    })?;
    if backends.is_empty() {
        value.error(Code::BackendNone, "there is no backend");
    }
    all.extend(backends);
    Ok(())
}

/// Where whatever `value` names may have us ask, by the limits of its file.
pub(in crate::config) fn bounds(value: &Value<'_>) -> Bounds {
    let networks = value.reach().and_then(|reach| reach.networks.as_deref());
    networks.map(Bounds::with).unwrap_or_default()
}

fn backend(value: Value<'_>, context: &mut Context<'_>) -> Read<BackendAndClaims> {
    let name = read_name(context.name, value);
    let fields = Fields::of(value)?;
    let kind = fields.required::<Type>("type");
    let closed = fields.optional_with("closed", closed::read);
    // Whatever else may be wrong depends on it.
    let kind = match kind? {
        Type::Redirect => redirect::read(&fields, context),
        Type::Cognito => cognito::read(&fields, context),
        Type::SessionToken => session_token::read(&fields, context),
        Type::Oidc => oidc::read(&fields, context),
        Type::Zendesk => {
            fields.finish_as("zendesk");
            Ok(BackendType::Zendesk)
        }
    };
    let claims = fields.peek("claims");
    let claims = claims.as_ref().and_then(Value::names).into_iter().flatten();
    let claims = claims.map(str::to_owned).collect();
    Ok((Backend { name: name?, closed: closed?, kind: kind? }, claims))
}
