//! Backends of type `redirect`.

use url::Url;

use super::{needed, read_secrets};
use crate::backend::{Assertions, Kind, Redirect, Target};
use crate::config::report::{Code, Path, Problems};
use crate::config::sections::address::{read_origin, read_target};
use crate::config::sections::raw::{RawAssertion, RawBackend};
use crate::config::sections::secret::Secrets;

/// The keys of this type.
pub(in crate::config) const KEYS: &[&str] =
    &["login_url", "logout_url", "logout_personal_data", "assertion"];

/// Reads a backend with a login page of its own.
pub(in crate::config) fn read(
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
                .error(
                    Code::AddressOurs,
                    &path,
                    "this is brandgate's own address: people would go in a circle",
                )
                .with_hint("the login page of the brand's own site belongs here");
            return None;
        }
        Some(url)
    };
    let what = ("redirect", "a `login_url`");
    let hint = "the address of the brand's login page or script";
    let login_url = needed(raw.login_url, what, hint, path, problems);
    let has_logout = raw.logout_url.is_some();
    let login = target("login_url", login_url, problems);
    let logout = target("logout_url", raw.logout_url, problems);
    if raw.logout_personal_data.is_some() && !has_logout {
        problems
            .error(
                Code::LogoutMissing,
                &path.key("logout_personal_data"),
                "there is no `logout_url` to send it to",
            )
            .at_key();
    }
    let assertions = if let Some(raw) = raw.assertion {
        let path = path.key("assertion");
        Some(assertions(raw, login.as_ref(), &path, secrets, problems)?)
    } else {
        problems
            .warning(
                Code::AssertionMissing,
                path,
                "without `assertion` this site can still sign in anyone by itself",
            )
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
