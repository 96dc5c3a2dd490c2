//! The backends of the file, one file each type.

mod claims;
mod cognito;
mod oidc;
mod redirect;
mod session_token;

pub(in crate::config) use self::session_token::keep_apart;

use std::cell::RefCell;

use url::Url;

use super::secret::Secrets;
use super::{closed, read_name};
use crate::backend::{Backend, BackendType};
use crate::config::document::{Fields, FromNode, Read, Reported, StrayBackends, Value};
use crate::config::report::problem::Severity;
use crate::config::report::{Code, did_you_mean, hints};
use crate::domain::{BackendKey, TextMap};

/// The names of all backends, whether or not they themselves can be read, and which are used.
pub(in crate::config) struct Names {
    /// Nothing where it is not known which there are.
    keys: Option<TextMap<BackendKey>>,
    /// Those that are found elsewhere, which is said there.
    strays: StrayBackends,
    used: RefCell<Vec<bool>>,
}

impl Names {
    /// The names in `backends`, and of `strays`.
    pub(in crate::config) fn of(backends: Option<Value<'_>>, strays: StrayBackends) -> Self {
        let names = backends.as_ref().and_then(Value::names);
        let keys = names.map(|names| {
            let mut keys = TextMap::default();
            for (name, key) in names.zip((0..).map(BackendKey)) {
                keys.get_or_insert(name, key);
            }
            keys
        });
        let used = RefCell::new(vec![false; keys.as_ref().map_or(0, |keys| keys.iter().count())]);
        Self { keys, strays, used }
    }

    /// The backend that a text refers to; a name that is nobody's is reported.
    pub(in crate::config) fn find(&self, value: Value<'_>) -> Read<BackendKey> {
        let name = value.written()?;
        let keys = self.keys.as_ref().ok_or(Reported)?;
        keys.get(name).copied().ok_or_else(|| {
            if self.strays.may_have(name) {
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
    /// The backend's own name.
    name: &'c str,
    /// Our own origin, if it could be read.
    public_url: Option<&'c Url>,
    secrets: &'c mut Secrets,
}

/// Reads every backend, in the order of the file. What could not be read keeps its place.
pub(in crate::config) fn read(
    value: Value<'_>,
    public_url: Option<&Url>,
    secrets: &mut Secrets,
) -> Read<Vec<Read<BackendAndClaims>>> {
    let backends = value
        .entries(|_, name, value| backend(value, &mut Context { name, public_url, secrets }))?;
    if backends.is_empty() {
        value.error(Code::BackendNone, "there is no backend");
    }
    Ok(backends)
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
