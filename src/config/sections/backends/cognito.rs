//! Backends of type `cognito`.

use url::Url;

use super::{Context, bounds, claims};
use crate::backend::cognito::FormPage;
use crate::backend::{BackendType, Cognito, Target};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::config::sections::address::{self, read_origin, read_target};
use crate::config::sections::secret::SecretOwner;

/// What a region looks like.
const REGION: &str = "such as `eu-central-1`: the user pool's id begins with it";

/// Reads a user pool.
pub(super) fn read(fields: &Fields<'_>, context: &mut Context<'_>) -> Read<BackendType> {
    let public_url = context.public_url;
    let endpoint = endpoint(fields);
    let client_id = fields.needed_with(
        "client_id",
        "a backend of type `cognito` needs a `client_id`",
        "the id of the user pool's app client",
        client_id,
    );
    let client_secret = fields
        .optional_with("client_secret", |value| context.secrets.read(value, SecretOwner::Backend));
    let register_url = fields.optional_with("register_url", address::read);
    let forgot_url = fields.optional_with("forgot_url", address::read);
    let form_page = form_page(fields, public_url);
    let said = claims::read_both(fields, &Cognito::CLAIMS);
    fields.finish_as("cognito");
    let (claims, proof) = said?;
    let ours = public_url.ok_or(Reported)?.origin().ascii_serialization();
    Ok(BackendType::Cognito(Box::new(Cognito {
        endpoint: endpoint?,
        bounds: bounds(fields.value()),
        client_id: client_id?,
        client_secret: client_secret?,
        form_address: format!("{ours}/sign-in/"),
        register_url: register_url?.map(Into::into),
        forgot_url: forgot_url?.map(Into::into),
        form_page: form_page?,
        claims,
        proof,
    })))
}

/// Where Cognito is asked: of the region, unless something stands in for it.
fn endpoint(fields: &Fields<'_>) -> Read<Url> {
    let region = if fields.has("endpoint") {
        fields.optional_with("region", |value| {
            let region = region(value)?;
            value
                .warning(Code::RegionUnread, "nobody is asked there: `endpoint` takes its place")
                .with_hint("leave one of the two out");
            Ok(region)
        })
    } else {
        let what = "a backend of type `cognito` needs a `region`";
        fields.needed_with("region", what, REGION, region).map(Some)
    };
    let endpoint = fields.optional_with("endpoint", |value| {
        let url = address::read(value)?;
        if url.query().is_some() || url.fragment().is_some() {
            value.error(Code::AddressQuery, "an endpoint has no query and no fragment");
            return Err(Reported);
        }
        Ok(url)
    });
    match (endpoint?, region?) {
        (Some(endpoint), _) => Ok(endpoint),
        (None, region) => {
            let region = region.ok_or(Reported)?;
            let china = if region.starts_with("cn-") { ".cn" } else { "" };
            let url = format!("https://cognito-idp.{region}.amazonaws.com{china}/");
            Url::parse(&url).map_err(|_| Reported)
        }
    }
}

fn region(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    let is = |part: &str, plain: fn(&u8) -> bool| {
        !part.is_empty() && part.bytes().all(|byte| plain(&byte))
    };
    let is_region = text.rsplit_once('-').is_some_and(|(place, number)| {
        is(number, u8::is_ascii_digit)
            && place.contains('-')
            && place.split('-').all(|part| is(part, u8::is_ascii_lowercase))
    });
    if !is_region {
        value.error(Code::RegionInvalid, "not the name of an AWS region").with_hint(REGION);
        return Err(Reported);
    }
    Ok(text.to_owned())
}

fn client_id(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+');
    if text.is_empty() || text.len() > 128 || !text.bytes().all(plain) {
        value
            .error(Code::ClientIdInvalid, "not the id of an app client")
            .with_hint("up to 128 letters and digits, as the AWS console shows it");
        return Err(Reported);
    }
    Ok(text.to_owned())
}

/// Reads the company's own form page, and whose pages may post to us.
fn form_page(fields: &Fields<'_>, public_url: Option<&Url>) -> Read<Option<FormPage>> {
    let page = fields.optional_with("form_url", |value| {
        let url = read_target(value)?;
        if public_url.is_some_and(|ours| ours.origin() == url.origin()) {
            value.error(
                Code::AddressOurs,
                "this is brandgate's own address: leave it out to use its own form",
            );
            return Err(Reported);
        }
        Ok(url)
    });
    let origin = |url: &Url| url.origin().ascii_serialization();
    let origins = fields.optional_with("origins", |value| {
        value.each(|value| read_origin(value).as_ref().map(origin).map_err(|_| Reported))
    });
    if fields.has("origins") && fields.lacks("form_url") {
        fields
            .error_at(
                "origins",
                Code::FormMissing,
                "there is no `form_url` whose page could be there",
            )
            .with_hint("without a form page of your own, brandgate shows its own form");
    }
    let (Some(page), origins) = (page?, origins?) else { return Ok(None) };
    let own = origin(&page);
    let origins = origins.unwrap_or_else(|| vec![own.clone()]);
    if !origins.contains(&own) {
        fields
            .error_at("origins", Code::OriginMissing, "the origin of `form_url` is missing")
            .with_hint(format!("`{own}`: what its page posts would be refused"));
        return Err(Reported);
    }
    Ok(Some(FormPage { page: Target::new(&page), origins }))
}

#[cfg(test)]
mod tests {
    use std::path::Path as FilePath;

    use crate::backend::{Backend, Redirect, Start, WayBack};
    use crate::config::{Config, Loaded, read};
    use crate::domain::{Decision, EmailProof, RemoteRequest, decide};

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
        config.table.backends.iter().next().unwrap()
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
            let request = RemoteRequest { return_to, brand_id: None, client: None };
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
            assert_eq!(
                backend.redirect(&start),
                Some(Redirect::RoundTrip(location.to_owned())),
                "{settings}"
            );
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
