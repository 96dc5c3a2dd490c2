//! Backends of type `cognito`.

use secrecy::SecretString;
use url::Url;

use super::{claims, needed};
use crate::backend::cognito::FormPage;
use crate::backend::{Cognito, Kind, Target};
use crate::config::report::{Code, Path, Problems};
use crate::config::sections::address::{self, read_origin, read_target};
use crate::config::sections::raw::RawBackend;
use crate::config::sections::secret::{Owner, Secrets};

/// The keys of this type.
pub(in crate::config) const KEYS: &[&str] = &[
    "region",
    "client_id",
    "client_secret",
    "endpoint",
    "register_url",
    "forgot_url",
    "form_url",
    "origins",
    "claims",
    "email_verified",
];

/// Reads a user pool.
pub(in crate::config) fn read(
    raw: RawBackend,
    public_url: Option<&Url>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Kind> {
    let endpoint = endpoint(raw.region.as_deref(), raw.endpoint.as_deref(), path, problems);
    let client_id = client_id(raw.client_id, path, problems);
    let read = |raw| {
        let path = path.key("client_secret");
        secrets.read(raw, Owner::Backend, &path, problems).ok_or(Reported)
    };
    let client_secret: Result<Option<SecretString>, Reported> =
        raw.client_secret.map(read).transpose();
    let register_url = link(raw.register_url, &path.key("register_url"), problems);
    let forgot_url = link(raw.forgot_url, &path.key("forgot_url"), problems);
    let form_page = form_page(raw.form_url, raw.origins, public_url, path, problems);
    let claims = claims::read(raw.claims, &Cognito::CLAIMS, path, problems);
    let proof = claims::proof(raw.email_verified, path, problems);
    Some(Kind::Cognito(Box::new(Cognito {
        endpoint: endpoint?,
        client_id: client_id?,
        client_secret: client_secret.ok()?,
        form_address: format!("{}/sign-in/", public_url?.origin().ascii_serialization()),
        register_url: register_url.ok()?,
        forgot_url: forgot_url.ok()?,
        form_page: form_page.ok()?,
        claims,
        proof,
    })))
}

/// Something is there and cannot be used; why is among the problems.
struct Reported;

/// Where Cognito is asked: of the region, unless something stands in for it.
fn endpoint(
    region: Option<&str>,
    endpoint: Option<&str>,
    path: &Path,
    problems: &mut Problems,
) -> Option<Url> {
    let is_region = |text: &str| {
        let is = |part: &str, plain: fn(&u8) -> bool| {
            !part.is_empty() && part.bytes().all(|byte| plain(&byte))
        };
        text.rsplit_once('-').is_some_and(|(place, number)| {
            is(number, u8::is_ascii_digit)
                && place.contains('-')
                && place.split('-').all(|part| is(part, u8::is_ascii_lowercase))
        })
    };
    let region = match region {
        Some(text) if !is_region(text) => {
            problems
                .error(Code::RegionInvalid, &path.key("region"), "not the name of an AWS region")
                .with_hint("such as `eu-central-1`: the user pool's id begins with it");
            return None;
        }
        region => region,
    };
    if let Some(text) = endpoint {
        if region.is_some() {
            problems
                .warning(
                    Code::RegionUnread,
                    &path.key("region"),
                    "nobody is asked there: `endpoint` takes its place",
                )
                .with_hint("leave one of the two out");
        }
        let path = path.key("endpoint");
        let url = address::read(text, &path, problems)?;
        if url.query().is_some() || url.fragment().is_some() {
            problems.error(Code::AddressQuery, &path, "an endpoint has no query and no fragment");
            return None;
        }
        return Some(url);
    }
    let hint = "such as `eu-central-1`: the user pool's id begins with it";
    let region = needed(region, ("cognito", "a `region`"), hint, path, problems)?;
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    Url::parse(&format!("https://cognito-idp.{region}.{domain}/")).ok()
}

fn client_id(text: Option<String>, path: &Path, problems: &mut Problems) -> Option<String> {
    let hint = "the id of the user pool's app client";
    let text = needed(text, ("cognito", "a `client_id`"), hint, path, problems)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+');
    if text.is_empty() || text.len() > 128 || !text.bytes().all(plain) {
        problems
            .error(Code::ClientIdInvalid, &path.key("client_id"), "not the id of an app client")
            .with_hint("up to 128 letters and digits, as the AWS console shows it");
        return None;
    }
    Some(text)
}

fn link(
    text: Option<String>,
    path: &Path,
    problems: &mut Problems,
) -> Result<Option<String>, Reported> {
    let read = |text: String| address::read(&text, path, problems).ok_or(Reported);
    Ok(text.map(read).transpose()?.map(Into::into))
}

fn form_page(
    form_url: Option<String>,
    origins: Option<Vec<String>>,
    public_url: Option<&Url>,
    path: &Path,
    problems: &mut Problems,
) -> Result<Option<FormPage>, Reported> {
    let form_path = path.key("form_url");
    let origins_path = path.key("origins");
    let Some(text) = form_url else {
        if origins.is_some() {
            problems
                .error(
                    Code::FormMissing,
                    &origins_path,
                    "there is no `form_url` whose page could be there",
                )
                .at_key()
                .with_hint("without a form page of your own, brandgate shows its own form");
            return Err(Reported);
        }
        return Ok(None);
    };
    let url = read_target(&text, &form_path, problems).ok_or(Reported)?;
    if public_url.is_some_and(|ours| ours.origin() == url.origin()) {
        problems.error(
            Code::AddressOurs,
            &form_path,
            "this is brandgate's own address: leave it out to use its own form",
        );
        return Err(Reported);
    }
    let own = url.origin().ascii_serialization();
    let origins = match origins {
        None => vec![own],
        Some(texts) => {
            let read = |(index, text): (usize, &String)| {
                read_origin(text, &origins_path.index(index), problems)
                    .map(|url| url.origin().ascii_serialization())
            };
            // Every one is read, so that every problem is reported.
            let read: Vec<_> = texts.iter().enumerate().map(read).collect();
            let origins: Vec<String> = read.into_iter().collect::<Option<_>>().ok_or(Reported)?;
            if !origins.contains(&own) {
                problems
                    .error(
                        Code::OriginMissing,
                        &origins_path,
                        "the origin of `form_url` is missing",
                    )
                    .at_key()
                    .with_hint(format!("`{own}`: what its page posts would be refused"));
                return Err(Reported);
            }
            origins
        }
    };
    Ok(Some(FormPage { page: Target::new(&url), origins }))
}

#[cfg(test)]
mod tests {
    use std::path::Path as FilePath;

    use crate::backend::{Backend, Start, Step, WayBack};
    use crate::config::{Config, Loaded, read};
    use crate::domain::{Decision, EmailProof, SignInRequest, decide};

    /// A file with one user pool, of these settings.
    fn load(settings: &str) -> Loaded {
        let source = format!(
            "version: 1\nserver: {{ public_url: https://sso.acme.example }}\nzendesk:\n  \
             account: acme\n  shared_secret: {{ value: {zendesk} }}\nbackends:\n  pool:\n    \
             type: cognito\n{settings}\nbrands:\n  coffee:\n    hosts: [acme-coffee.zendesk.com]\n    \
             backend: pool\n",
            zendesk = "z".repeat(32),
            settings =
                settings.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"),
        );
        read(&source, "brands.yaml", FilePath::new("."))
    }

    const GOOD: &str = "region: eu-central-1\nclient_id: 4b1x";

    fn pool(config: &Config) -> &Backend {
        config.table.backends.first().unwrap()
    }

    #[test]
    fn a_pool_is_asked_in_its_region_unless_something_stands_in() {
        let cases = [
            (GOOD, "https://cognito-idp.eu-central-1.amazonaws.com/"),
            (
                "region: us-gov-west-1\nclient_id: x",
                "https://cognito-idp.us-gov-west-1.amazonaws.com/",
            ),
            (
                "region: cn-north-1\nclient_id: x",
                "https://cognito-idp.cn-north-1.amazonaws.com.cn/",
            ),
            ("endpoint: http://127.0.0.1:5000\nclient_id: x", "http://127.0.0.1:5000/"),
            (
                "region: eu-central-1\nendpoint: http://localhost:1/\nclient_id: x",
                "http://localhost:1/",
            ),
        ];
        for (settings, expected) in cases {
            let config = load(settings).config.unwrap();
            assert_eq!(pool(&config).cognito().unwrap().endpoint.as_str(), expected, "{settings}");
            assert_eq!(pool(&config).cognito().unwrap().proof, EmailProof::Demanded, "{settings}");
        }
    }

    #[test]
    fn who_names_two_places_is_told_which_counts() {
        let warns = |settings: &str| {
            let text = load(settings).report.text(false);
            text.contains("`endpoint` takes its place")
        };
        assert!(warns("region: eu-central-1\nendpoint: http://localhost:1/\nclient_id: x"));
        assert!(!warns("endpoint: http://localhost:1/\nclient_id: x") && !warns(GOOD));
    }

    #[test]
    fn every_mistake_is_reported_with_what_to_do() {
        let with = |more: &str| format!("{GOOD}\n{more}");
        let cases = [
            ("client_id: x".to_owned(), "needs a `region`"),
            ("region: Frankfurt\nclient_id: x".to_owned(), "not the name of an AWS region"),
            ("region: eu-1-1\nclient_id: x".to_owned(), "not the name of an AWS region"),
            ("region: evil.example/-1\nclient_id: x".to_owned(), "not the name of an AWS region"),
            ("region: eu-central-1".to_owned(), "needs a `client_id`"),
            ("region: eu-central-1\nclient_id: 'a b'".to_owned(), "not the id of an app client"),
            (with("endpoint: http://pool.example/"), "plain HTTP is possible on loopback only"),
            (with("endpoint: https://pool.example/?a=b"), "no query and no fragment"),
            (with("client_secret: { value: ' x' }"), "begins or ends with white space"),
            (with("register_url: javascript:alert(1)"), "begins with `https://`"),
            (with("forgot_url: nowhere"), "not an address"),
            (with("origins: [https://www.acme.example]"), "there is no `form_url`"),
            (with("form_url: https://sso.acme.example/in"), "brandgate's own address"),
            (with("form_url: https://www.acme.example/?return_to=x"), "holds `return_to`"),
            (
                with(
                    "form_url: https://www.acme.example/in\norigins: [https://www.acme.example/in]",
                ),
                "without a path",
            ),
            (
                with("form_url: https://www.acme.example/in\norigins: [https://acme.example]"),
                "the origin of `form_url` is missing",
            ),
            (with("claims: { emial: email }"), "Zendesk has no such attribute"),
            (with("claims: { user_fields.: email }"), "Zendesk has no such attribute"),
            (with("claims: { name: [] }"), "no claim is named"),
            (with("claims: { name: 'a b' }"), "not the name of a claim"),
            (with("email_verified: never"), "email_verified"),
            (with("login_url: https://www.acme.example/"), "has no `login_url`"),
        ];
        for (settings, expected) in cases {
            let Loaded { config, report } = load(&settings);
            let text = report.text(false);
            assert!(config.is_none(), "{settings}");
            assert!(text.contains(expected), "{settings}: {text}");
        }
        assert!(load(GOOD).config.is_some(), "positive control");
    }

    #[test]
    fn a_sign_in_goes_to_our_form_or_to_the_companys_own() {
        let own = "form_url: https://www.acme.example/in?a=b#top";
        let more = format!("{own}\norigins: [https://shop.acme.example, https://www.acme.example]");
        let query = "return_to=%2Fhc&x=%2f";
        let cases = [
            ("", "https://sso.acme.example/sign-in/FLOW", WayBack::Visit, &[][..]),
            (
                own,
                "https://www.acme.example/in?a=b&return_to=%2Fhc&x=%2f#top",
                WayBack::Post,
                &["https://www.acme.example"],
            ),
            (
                &more,
                "https://www.acme.example/in?a=b&return_to=%2Fhc&x=%2f#top",
                WayBack::Post,
                &["https://shop.acme.example", "https://www.acme.example"],
            ),
        ];
        for (settings, location, way_back, origins) in cases {
            let config = load(&format!("{GOOD}\n{settings}")).config.unwrap();
            let return_to = Some("https://acme-coffee.zendesk.com/hc".into());
            let request = SignInRequest { return_to, brand_id: None };
            let Decision::SignIn(sign_in) = decide(&config.table.brands, &request) else {
                panic!("{settings}");
            };
            let start = Start {
                brands: &config.table.brands,
                sign_in: &sign_in,
                query,
                flow: &"FLOW",
                is_here: false,
            };
            let backend = pool(&config);
            assert_eq!(backend.step(&start), Some(Step::Await(location.to_owned())), "{settings}");
            assert_eq!(backend.way_back(), way_back, "{settings}");
            let form = backend.cognito().unwrap().form_page.as_ref();
            assert_eq!(form.map_or(&[][..], |form| form.origins.as_slice()), origins, "{settings}");
        }
    }

    #[test]
    fn attributes_are_mapped_as_the_file_says() {
        let settings = format!(
            "{GOOD}\nemail_verified: optional\nclaims: {{ name: [custom:nick, name], \
             user_fields.plan: custom:plan, phone: phone_number }}"
        );
        let config = load(&settings).config.unwrap();
        let cognito = pool(&config).cognito().unwrap();
        assert_eq!(cognito.proof, EmailProof::NotDenied);
        let attributes = serde_json::json!({
            "sub": "s-1", "email": "joe@example.com", "email_verified": "true", "nickname": "J",
            "name": "Joe", "custom:plan": "gold", "phone_number": "+15551234567",
        });
        let said = cognito.claims.read(attributes.as_object().unwrap()).unwrap();
        assert_eq!(said.external_id.as_deref(), Some("s-1"));
        assert_eq!(
            (said.email.as_deref(), said.email_verified),
            (Some("joe@example.com"), Some(true))
        );
        assert_eq!(said.name.as_deref(), Some("Joe"), "the file's list takes the place of ours");
        assert_eq!(said.phone.as_deref(), Some("+15551234567"));
        assert_eq!(said.user_fields.unwrap()["plan"], "gold");
    }

    #[test]
    fn a_client_secret_is_never_printed() {
        let secret = "s3cr3t".repeat(6);
        let config = load(&format!("{GOOD}\nclient_secret: {{ value: {secret} }}")).config.unwrap();
        assert!(pool(&config).cognito().unwrap().client_secret.is_some());
        assert!(!format!("{config:?}").contains("s3cr3t"));
    }
}
