//! Backends of type `session_token`.

use url::{Host, Url};

use super::redirect::logout;
use super::{BackendAndClaims, Context, bounds, claims};
use crate::backend::{BackendType, KeyCache, SessionToken, Target, TokenKeys};
use crate::config::document::Reporter;
use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::config::report::{Code, Path, hints};
use crate::config::sections::address::{self, origins_or_of, read_origin, read_page};
use crate::domain::{Account, Brand};
use crate::token::{KeyAlgorithm, Requirements, Secrets};

/// Reads a backend whose people carry a login token of its own.
pub(super) fn read(fields: &Fields<'_>, context: &mut Context<'_>) -> Read<BackendType> {
    let public_url = context.public_url;
    let at = fields
        .optional_with("at", read_origin)
        .map(|at| at.filter(|at| public_url.is_none_or(|ours| ours.origin() != at.origin())));
    let our_place = at.as_ref().ok().and_then(Option::as_ref);
    let ours = [public_url, our_place];
    let login = fields.needed_with(
        "login_url",
        "a backend of type `session_token` needs a `login_url`",
        "the login page that people without a token are sent to",
        |value| read_page(value, &ours),
    );
    let logout = logout(fields, &ours);
    // Where it is not known whether brandgate has a second place, none is wrong.
    let served_at = if at.is_ok() { our_place.or(public_url) } else { None };
    let cookie = cookie(fields, served_at);
    // An issuer may serve others too, whose pages are nobody's here.
    let origins = origins_or_of(fields, &login);
    let issuer = fields.optional_with("issuer", not_blank);
    let audience = fields.optional_with("audience", not_blank);
    let require = fields.optional_with("require", |value| {
        let claims = value.entries(|_, claim, value| {
            if let Some(hint) = hints::claim_path(claim) {
                value.warning(Code::ClaimPath, claims::NO_PATH).at_key().with_hint(hint);
            }
            Ok((claim.to_owned(), not_blank(value)?))
        })?;
        claims.into_iter().collect::<Read<Vec<_>>>()
    });
    let keys = keys(fields, context);
    let said = claims::read_both(fields, &SessionToken::CLAIMS);
    fields.finish_as("session_token");
    if has_published_keys(fields) {
        about_published_keys(fields, matches!(&require, Ok(Some(require)) if require.is_empty()));
    }
    let (claims, proof) = said?;
    let (logout, logout_personal_data) = logout?;
    Ok(BackendType::SessionToken(Box::new(SessionToken {
        cookie: cookie?,
        at: at?.map(|at| at.origin().ascii_serialization()),
        login: Target::new(&login?),
        logout,
        logout_personal_data,
        origins: origins?,
        keys: keys?,
        requirements: Requirements {
            issuer: issuer?,
            audience: audience?,
            require: require?.unwrap_or_default(),
        },
        claims,
        proof,
    })))
}

/// Refuses an `at` that is a Help Center's host: we would have to be at two places.
pub(in crate::config) fn keep_apart(
    backends: &[Read<BackendAndClaims>],
    brands: &[Read<Brand>],
    account: Option<&Account>,
    problems: &Reporter<'_>,
) {
    for (backend, _) in backends.iter().flatten() {
        let Some(at) = backend.at() else { continue };
        let path = Path::root().key("backends").key(backend.name.as_str()).key("at");
        if account.is_some_and(|account| account.host().origin() == at) {
            problems.error(Code::HostOurs, &path, "this is the account's own host");
        }
        let of_brand = |brand: &&Brand| brand.hosts().any(|host| host.origin() == at);
        if let Some(brand) = brands.iter().flatten().find(of_brand) {
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

/// Reads a claim's value, which no token says blank.
fn not_blank(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    if text.trim().is_empty() {
        value.error(Code::EmptyValue, "no token says a blank one");
        return Err(Reported);
    }
    Ok(text.to_owned())
}

/// Reads which cookie holds the token.
///
/// Browsers send a cookie to the hosts beneath its domain, and nowhere else.
fn cookie(fields: &Fields<'_>, served_at: Option<&Url>) -> Read<Option<String>> {
    let name = fields.optional_with("cookie", cookie_name);
    let domain = fields.optional_with("cookie_domain", |value| cookie_domain(value, served_at));
    if fields.lacks("cookie") && fields.has("cookie_domain") {
        fields.error_at(
            "cookie_domain",
            Code::CookieMissing,
            "there is no `cookie` with this domain",
        );
    }
    if fields.has("cookie") && fields.lacks("cookie_domain") {
        fields
            .value()
            .error(Code::MissingKey, "a `cookie` needs its `cookie_domain`")
            .at_key()
            .with_hint("the `Domain` that the site sets it with, such as `acme-games.example`");
    }
    domain.and(name)
}

fn cookie_name(value: Value<'_>) -> Read<String> {
    let name = value.text()?;
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
    if !is_name {
        value.error(Code::CookieInvalid, "not the name of a cookie");
        return Err(Reported);
    }
    if name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("__host-")) {
        value
            .error(
                Code::CookieInvalid,
                "browsers send a `__Host-` cookie to the host that set it alone",
            )
            .with_hint("it never comes here: the site must set one with a `Domain`");
        return Err(Reported);
    }
    Ok(name.to_owned())
}

fn cookie_domain(value: Value<'_>, served_at: Option<&Url>) -> Read<()> {
    let domain = value.text()?;
    let text = domain.strip_prefix('.').unwrap_or(domain);
    let Ok(Host::Domain(parent)) = Host::parse(text) else {
        value
            .error(Code::CookieDomain, "not a domain")
            .with_hint("such as `acme-games.example`, without `https://`");
        return Err(Reported);
    };
    if !parent.trim_end_matches('.').contains('.') && parent != "localhost" {
        value
            .error(Code::CookieDomain, "browsers refuse a cookie for a whole top-level domain")
            .with_hint("the site's own domain, such as `acme-games.example`");
        return Err(Reported);
    }
    let Some(host) = served_at.and_then(Url::host_str) else { return Ok(()) };
    let below = host.strip_suffix(parent.as_str());
    if below.is_some_and(|it| it.is_empty() || it.ends_with('.')) {
        return Ok(());
    }
    value
        .error(
            Code::CookieDomain,
            format!("`{host}` does not lie beneath it: the cookie never gets here"),
        )
        .with_hint(format!("give brandgate a second address there: `at: https://sso.{parent}`"));
    Err(Reported)
}

/// What each algorithm needs.
const ALGORITHMS: &str = "`HS256` with `secrets`, `RS256` or `ES256` with a `jwks_url`";

/// The algorithm of a provider's tokens.
#[derive(Clone, Copy, Eq, PartialEq)]
enum TokenAlgorithm {
    Hs256,
    Published(KeyAlgorithm),
}

impl FromNode for TokenAlgorithm {
    fn read(value: Value<'_>) -> Read<Self> {
        Ok(match value.text()? {
            "HS256" => Self::Hs256,
            "RS256" => Self::Published(KeyAlgorithm::Rs256),
            "ES256" => Self::Published(KeyAlgorithm::Es256),
            _ => {
                value
                    .error(Code::UnknownWord, "expected `HS256`, `RS256` or `ES256`")
                    .with_hint(ALGORITHMS);
                return Err(Reported);
            }
        })
    }
}

/// Where a provider's keys are.
enum KeySource {
    Published(Url),
    Secrets(Secrets),
}

/// Reads who signs. The algorithm is pinned here, never taken from a token.
fn keys(fields: &Fields<'_>, context: &mut Context<'_>) -> Read<TokenKeys> {
    let algorithm = fields.needed_with(
        "algorithm",
        "a backend of type `session_token` needs an `algorithm`",
        ALGORITHMS,
        TokenAlgorithm::read,
    );
    let source = fields.needed_with(
        "keys",
        "without `keys` no token can be verified",
        "`{ jwks_url: … }` or `{ secrets: […] }`",
        |value| key_source(value, context),
    );
    Ok(match (source?, algorithm?) {
        (KeySource::Secrets(secrets), TokenAlgorithm::Hs256) => TokenKeys::Secrets(secrets),
        (KeySource::Published(url), TokenAlgorithm::Published(algorithm)) => {
            TokenKeys::Published(KeyCache::new(url, bounds(fields.value()), algorithm))
        }
        (KeySource::Secrets(_), TokenAlgorithm::Published(_)) => {
            return unfit_algorithm(
                fields,
                "nobody verifies by this algorithm with a secret",
                "`HS256`, or keys at a `jwks_url`",
            );
        }
        (KeySource::Published(_), TokenAlgorithm::Hs256) => {
            return unfit_algorithm(
                fields,
                "published keys verify by `RS256` or `ES256`",
                "with `HS256`, anybody could sign with what everybody can read",
            );
        }
    })
}

fn unfit_algorithm<T>(fields: &Fields<'_>, message: &str, hint: &str) -> Read<T> {
    if let Some(value) = fields.peek("algorithm") {
        value.error(Code::AlgorithmInvalid, message).with_hint(hint);
    }
    Err(Reported)
}

fn key_source(value: Value<'_>, context: &mut Context<'_>) -> Read<KeySource> {
    let fields = Fields::of_form(value, "`{ jwks_url: … }` or `{ secrets: […] }`")?;
    let url = fields.optional_with("jwks_url", address::read);
    let secrets = fields.optional_with("secrets", |value| context.secrets.read_all(value));
    fields.finish();
    if fields.has("jwks_url") == fields.has("secrets") {
        value.error(Code::KeysInvalid, "keys are either a `jwks_url` or `secrets`");
        return Err(Reported);
    }
    match (url?, secrets?) {
        (Some(url), _) => Ok(KeySource::Published(url)),
        (None, Some(secrets)) => Ok(KeySource::Secrets(secrets)),
        (None, None) => Err(Reported),
    }
}

/// Whether `jwks_url` is written among the keys, well or not.
fn has_published_keys(fields: &Fields<'_>) -> bool {
    let keys = fields.peek("keys");
    keys.as_ref().and_then(Value::names).is_some_and(|mut names| names.any(|it| it == "jwks_url"))
}

/// Whoever owns published keys may sign for others too.
fn about_published_keys(fields: &Fields<'_>, requires_nothing: bool) {
    if fields.lacks("issuer") {
        fields
            .value()
            .error(Code::IssuerMissing, "published keys need an `issuer`")
            .at_key()
            .with_hint("whoever owns these keys may sign for others with them");
    }
    if fields.lacks("audience") && (fields.lacks("require") || requires_nothing) {
        fields
            .value()
            .warning(
                Code::TokenForAnything,
                "every token of this issuer counts, whatever it was made for",
            )
            .at_key()
            .with_hint("`require`, such as `{ xsolla_login_project_id: PROJECT }`, or `audience`");
    }
}
