//! Backends of type `session_token`.

use url::{Host, Url};

use super::{claims, needed, read_secrets};
use crate::backend::{Backend, KeyCache, Kind, SessionToken, Target, TokenKeys};
use crate::config::report::{Code, Path, Problems};
use crate::config::sections::address::{self, read_origin, read_target};
use crate::config::sections::raw::{RawBackend, RawKeys, RawTokenAlgorithm};
use crate::config::sections::secret::Secrets;
use crate::domain::{Account, Brand};
use crate::token::{Demands, KeyAlgorithm};

/// The keys of this type.
pub(in crate::config) const KEYS: &[&str] = &[
    "login_url",
    "logout_url",
    "logout_personal_data",
    "origins",
    "cookie",
    "cookie_domain",
    "at",
    "keys",
    "algorithm",
    "issuer",
    "audience",
    "require",
    "claims",
    "email_verified",
];

/// Reads a backend whose people carry a login token of its own.
pub(in crate::config) fn read(
    raw: RawBackend,
    public_url: Option<&Url>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Kind> {
    let at = match raw.at.as_deref().map(|text| read_origin(text, &path.key("at"), problems)) {
        Some(at) => Some(at?),
        None => None,
    };
    let at = at.filter(|at| public_url.is_none_or(|ours| ours.origin() != at.origin()));
    let ours = [public_url, at.as_ref()];
    let place = Place { ours, path };
    let login = place.login(raw.login_url.as_deref(), problems);
    let logout = raw.logout_url.as_deref().map(|text| place.target("logout_url", text, problems));
    if raw.logout_personal_data.is_some() && logout.is_none() {
        problems
            .error(
                Code::LogoutMissing,
                &path.key("logout_personal_data"),
                "there is no `logout_url` to send it to",
            )
            .at_key();
    }
    let is_cookie_good = place.cookie(
        raw.cookie.as_deref(),
        raw.cookie_domain.as_deref(),
        at.as_ref().or(public_url),
        problems,
    );
    let origins = origins(raw.origins.as_deref(), login.as_ref(), path, problems);
    if raw.keys.as_ref().is_some_and(|keys| keys.jwks_url.is_some()) && raw.issuer.is_none() {
        problems
            .error(Code::IssuerMissing, path, "published keys need an `issuer`")
            .at_key()
            .with_hint("whoever owns these keys may sign for others with them");
    }
    let given = [("issuer", raw.issuer.as_ref()), ("audience", raw.audience.as_ref())];
    for (key, _) in given.iter().filter(|(_, text)| text.is_some_and(|it| it.trim().is_empty())) {
        problems.error(Code::EmptyValue, &path.key(key), "no token says a blank one");
    }
    for (claim, _) in raw.require.iter().flat_map(|it| &it.0).filter(|it| it.1.trim().is_empty()) {
        let path = path.key("require").key(claim);
        problems.error(Code::EmptyValue, &path, "no token says a blank one");
    }
    let is_narrow =
        raw.audience.is_some() || raw.require.as_ref().is_some_and(|it| !it.0.is_empty());
    if raw.keys.as_ref().is_some_and(|keys| keys.jwks_url.is_some()) && !is_narrow {
        problems
            .warning(
                Code::TokenForAnything,
                path,
                "every token of this issuer counts, whatever it was made for",
            )
            .at_key()
            .with_hint("`require`, such as `{ xsolla_login_project_id: PROJECT }`, or `audience`");
    }
    let keys = keys(raw.keys, raw.algorithm, path, secrets, problems);
    let proof = claims::proof(raw.email_verified, path, problems);
    let claims = claims::read(raw.claims, &SessionToken::CLAIMS, path, problems);
    let our_place = at.as_ref().map(|at| at.origin().ascii_serialization());
    Some(Kind::SessionToken(Box::new(SessionToken {
        cookie: raw.cookie.filter(|_| is_cookie_good),
        at: our_place,
        login: Target::new(&login?),
        logout: match logout {
            Some(logout) => Some(Target::new(&logout?)),
            None => None,
        },
        logout_personal_data: raw.logout_personal_data.unwrap_or_default(),
        origins: origins?,
        keys: keys?,
        demands: Demands {
            issuer: raw.issuer,
            audience: raw.audience,
            require: raw.require.map(|require| require.0).unwrap_or_default(),
        },
        claims,
        proof,
    })))
}

/// Refuses an `at` that is a Help Center's host: we would have to be at two places.
pub(in crate::config) fn keep_apart(
    backends: &[Backend],
    brands: &[Brand],
    account: Option<&Account>,
    problems: &mut Problems,
) {
    for backend in backends {
        let Some(at) = backend.at() else { continue };
        let path = Path::root().key("backends").key(backend.name.as_str()).key("at");
        if account.is_some_and(|account| account.host().origin() == at) {
            problems.error(Code::HostOurs, &path, "this is the account's own host");
        }
        let of_brand = |brand: &&Brand| brand.hosts().any(|host| host.origin() == at);
        if let Some(brand) = brands.iter().find(of_brand) {
            problems
                .error(
                    Code::HostOurs,
                    &path,
                    format!("this is a host of the brand `{}`", brand.name),
                )
                .with_hint("brandgate needs a host of its own, such as `sso.acme-games.example`");
        }
    }
}

/// Where the backend's addresses are read.
struct Place<'a> {
    ours: [Option<&'a Url>; 2],
    path: &'a Path,
}

impl Place<'_> {
    fn login(&self, text: Option<&str>, problems: &mut Problems) -> Option<Url> {
        let what = ("session_token", "a `login_url`");
        let hint = "the login page that people without a token are sent to";
        self.target("login_url", needed(text, what, hint, self.path, problems)?, problems)
    }

    fn target(&self, key: &str, text: &str, problems: &mut Problems) -> Option<Url> {
        let path = self.path.key(key);
        let url = read_target(text, &path, problems)?;
        if self.ours.iter().flatten().any(|ours| ours.origin() == url.origin()) {
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
    }

    /// Browsers send a cookie to the hosts beneath its domain, and nowhere else.
    fn cookie(
        &self,
        name: Option<&str>,
        domain: Option<&str>,
        served_at: Option<&Url>,
        problems: &mut Problems,
    ) -> bool {
        let path = self.path.key("cookie_domain");
        let Some(name) = name else {
            if domain.is_some() {
                problems
                    .error(Code::CookieMissing, &path, "there is no `cookie` with this domain")
                    .at_key();
            }
            return false;
        };
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        let cookie_path = self.path.key("cookie");
        if !is_name {
            problems.error(Code::CookieInvalid, &cookie_path, "not the name of a cookie");
        } else if name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("__host-")) {
            problems
                .error(
                    Code::CookieInvalid,
                    &cookie_path,
                    "browsers send a `__Host-` cookie to the host that set it alone",
                )
                .with_hint("it never comes here: the site must set one with a `Domain`");
        }
        let Some(domain) = domain else {
            problems
                .error(Code::MissingKey, self.path, "a `cookie` needs its `cookie_domain`")
                .at_key()
                .with_hint("the `Domain` that the site sets it with, such as `acme-games.example`");
            return false;
        };
        let text = domain.strip_prefix('.').unwrap_or(domain);
        let Ok(Host::Domain(parent)) = Host::parse(text) else {
            problems
                .error(Code::CookieDomain, &path, "not a domain")
                .with_hint("such as `acme-games.example`, without `https://`");
            return false;
        };
        if !parent.trim_end_matches('.').contains('.') && parent != "localhost" {
            problems
                .error(
                    Code::CookieDomain,
                    &path,
                    "browsers refuse a cookie for a whole top-level domain",
                )
                .with_hint("the site's own domain, such as `acme-games.example`");
            return false;
        }
        let is_below = served_at.and_then(Url::host_str).is_none_or(|host| {
            host.strip_suffix(parent.as_str()).is_some_and(|it| it.is_empty() || it.ends_with('.'))
        });
        if !is_below {
            let host = served_at.and_then(Url::host_str).unwrap_or_default();
            problems
                .error(
                    Code::CookieDomain,
                    &path,
                    format!("`{host}` does not lie beneath it: the cookie never gets here"),
                )
                .with_hint(format!(
                    "give brandgate a second address there: `at: https://sso.{parent}`"
                ));
        }
        is_below && is_name
    }
}

/// Whose pages may send people back with a token: by default the login page's alone. An issuer may
/// serve others too, whose pages are nobody's here.
fn origins(
    raw: Option<&[String]>,
    login: Option<&Url>,
    path: &Path,
    problems: &mut Problems,
) -> Option<Vec<String>> {
    let origin = |url: &Url| url.origin().ascii_serialization();
    let Some(raw) = raw else {
        return Some(login.into_iter().map(origin).collect());
    };
    let path = path.key("origins");
    // Every one is read, so that every problem is reported.
    let read: Vec<_> = raw
        .iter()
        .enumerate()
        .map(|(index, text)| read_origin(text, &path.index(index), problems).as_ref().map(origin))
        .collect();
    read.into_iter().collect()
}

/// Reads who signs. The algorithm is pinned here, never taken from a token.
fn keys(
    raw: Option<RawKeys>,
    algorithm: Option<RawTokenAlgorithm>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<TokenKeys> {
    let algorithm_path = path.key("algorithm");
    let what = ("session_token", "an `algorithm`");
    let hint = "`HS256` with `secrets`, `RS256` or `ES256` with a `jwks_url`";
    let algorithm = needed(algorithm, what, hint, path, problems);
    let path = path.key("keys");
    let (jwks_url, list) = match raw {
        Some(RawKeys { jwks_url: Some(url), secrets: None }) => (Some(url), None),
        Some(RawKeys { jwks_url: None, secrets: Some(list) }) => (None, Some(list)),
        Some(_) => {
            problems.error(Code::KeysInvalid, &path, "keys are either a `jwks_url` or `secrets`");
            return None;
        }
        None => {
            let problem = problems
                .error(Code::MissingKey, &path, "without `keys` no token can be verified")
                .at_key();
            problem.with_hint("`{ jwks_url: … }` or `{ secrets: […] }`");
            return None;
        }
    };
    if let Some(list) = list {
        let list = read_secrets(list, &path.key("secrets"), secrets, problems);
        return match algorithm? {
            RawTokenAlgorithm::HS256 => list.map(TokenKeys::Secrets),
            RawTokenAlgorithm::RS256 | RawTokenAlgorithm::ES256 => {
                problems
                    .error(
                        Code::AlgorithmInvalid,
                        &algorithm_path,
                        "nobody verifies by this algorithm with a secret",
                    )
                    .with_hint("`HS256`, or keys at a `jwks_url`");
                None
            }
        };
    }
    let url = address::read(&jwks_url?, &path.key("jwks_url"), problems);
    let algorithm = match algorithm? {
        RawTokenAlgorithm::RS256 => KeyAlgorithm::Rs256,
        RawTokenAlgorithm::ES256 => KeyAlgorithm::Es256,
        RawTokenAlgorithm::HS256 => {
            problems
                .error(
                    Code::AlgorithmInvalid,
                    &algorithm_path,
                    "published keys verify by `RS256` or `ES256`",
                )
                .with_hint("with `HS256`, anybody could sign with what everybody can read");
            return None;
        }
    };
    Some(TokenKeys::Published(KeyCache::new(url?, algorithm)))
}
