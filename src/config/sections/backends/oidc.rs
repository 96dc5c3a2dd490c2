//! Backends of type `oidc`.

use super::{Context, bounds, claims};
use crate::backend::{BackendType, Oidc, OidcSettings};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::Code;
use crate::config::sections::address;
use crate::config::sections::secret::SecretOwner;

/// What is asked for where the file says nothing.
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// Reads an OpenID Connect provider.
pub(super) fn read(fields: &Fields<'_>, context: &mut Context<'_>) -> Read<BackendType> {
    let public_url = context.public_url;
    let issuer = fields.needed_with(
        "issuer",
        "a backend of type `oidc` needs an `issuer`",
        "the provider as it writes itself, such as `https://id.acme.example`",
        |value| issuer(value, context),
    );
    let client_id = fields.needed_with(
        "client_id",
        "a backend of type `oidc` needs a `client_id`",
        "what the provider calls brandgate",
        client_id,
    );
    let client_secret = fields
        .optional_with("client_secret", |value| context.secrets.read(value, SecretOwner::Backend));
    let scopes = fields.optional_with("scopes", scopes);
    let said = claims::read_both(fields, &Oidc::CLAIMS);
    fields.finish_as("oidc");
    if fields.lacks("client_secret") {
        fields
            .value()
            .warning(
                Code::ClientSecretMissing,
                "without `client_secret` anybody may redeem our codes",
            )
            .at_key()
            .with_hint("register brandgate as a confidential client, if the provider can");
    }
    let (claims, proof) = said?;
    let oidc = Oidc::new(OidcSettings {
        name: context.name.to_owned(),
        public_url: public_url.ok_or(Reported)?.origin().ascii_serialization(),
        issuer: issuer?,
        bounds: bounds(fields.value()),
        client_id: client_id?,
        client_secret: client_secret?,
        scopes: scopes?.unwrap_or_else(|| SCOPES.map(str::to_owned).to_vec()),
        claims,
        proof,
    });
    Ok(BackendType::Oidc(Box::new(oidc.map_err(|_| Reported)?)))
}

/// The provider's name is compared letter for letter, so it is kept as it is written.
fn issuer(value: Value<'_>, context: &Context<'_>) -> Read<String> {
    let url = address::read(value)?;
    let text = value.text()?;
    if url.query().is_some() || url.fragment().is_some() {
        value.error(Code::AddressQuery, "an issuer has no query and no fragment");
        return Err(Reported);
    }
    if text.ends_with("/.well-known/openid-configuration") {
        value
            .error(Code::IssuerInvalid, "this is where the issuer describes itself, not the issuer")
            .with_hint("leave out `/.well-known/openid-configuration`");
        return Err(Reported);
    }
    if context.public_url.is_some_and(|ours| ours.origin() == url.origin()) {
        value.error(
            Code::AddressOurs,
            "this is brandgate's own address: people would go in a circle",
        );
        return Err(Reported);
    }
    Ok(text.to_owned())
}

fn client_id(value: Value<'_>) -> Read<String> {
    let text = value.written()?;
    // RFC 6749, appendix A.1: visible characters.
    if text.is_empty() || !text.bytes().all(|byte| (0x20..=0x7e).contains(&byte)) {
        value.error(Code::ClientIdInvalid, "a client id has visible ASCII characters alone");
        return Err(Reported);
    }
    Ok(text.to_owned())
}

fn scopes(value: Value<'_>) -> Read<Vec<String>> {
    let scopes = value.each(scope)?;
    if !scopes.iter().any(|scope| scope == "openid") {
        value
            .error(Code::ScopeInvalid, "without `openid` the provider says nothing about anybody")
            .with_hint("`[openid, email, profile]`");
    }
    Ok(scopes)
}

fn scope(value: Value<'_>) -> Read<String> {
    let text = value.text()?;
    // RFC 6749 §3.3: a space would be two scopes.
    let is_scope = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
    };
    if !is_scope(text) {
        value.error(Code::ScopeInvalid, "not a scope").with_hint("one word, such as `email`");
        return Err(Reported);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::backend::BackendType;
    use crate::config::{self, Loaded};
    use crate::domain::EmailProof;

    fn load(oidc: &str) -> Loaded {
        let file = format!(
            "version: 1\n\
             server: {{ public_url: 'https://sso.acme.example' }}\n\
             zendesk: {{ account: acme, shared_secret: {{ value: {} }} }}\n\
             backends:\n  staff:\n    type: oidc\n{oidc}\n\
             brands: {{ shoes: {{ hosts: [help.acme.example], brand_id: 1, backend: staff }} }}\n",
            "z".repeat(40)
        );
        config::read(&file, "brands.yaml", Path::new("."))
    }

    fn good() -> Vec<(&'static str, String)> {
        vec![
            ("issuer", "https://id.acme.example".to_owned()),
            ("client_id", "brandgate".to_owned()),
            ("client_secret", format!("{{ value: {} }}", "s".repeat(40))),
        ]
    }

    fn with(key: &'static str, value: Option<&str>) -> Loaded {
        let mut settings = good();
        settings.retain(|(name, _)| *name != key);
        settings.extend(value.map(|value| (key, value.to_owned())));
        let lines: Vec<_> = settings.iter().map(|it| format!("    {}: {}\n", it.0, it.1)).collect();
        load(&lines.concat())
    }

    #[test]
    fn the_provider_keeps_the_name_that_it_gives_itself() {
        for issuer in
            ["https://id.acme.example", "https://id.acme.example/", "https://ID.acme.example/x"]
        {
            let loaded = with("issuer", Some(issuer));
            let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
            let BackendType::Oidc(oidc) = &config.table.backends.iter().next().unwrap().kind else {
                panic!("another kind")
            };
            assert_eq!(oidc.issuer(), issuer);
        }
    }

    #[test]
    fn domains_that_need_no_proof_are_kept_as_they_are_compared() {
        let loaded =
            with("email_verified", Some("{ optional_for: [ACME.example, bücher.example] }"));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let BackendType::Oidc(oidc) = &config.table.backends.iter().next().unwrap().kind else {
            panic!("another kind")
        };
        let domains = ["acme.example".to_owned(), "xn--bcher-kva.example".to_owned()];
        assert_eq!(oidc.proof(), &EmailProof::DemandedBeyond(domains.into()));
    }

    #[test]
    fn every_setting_is_checked() {
        // (what, key, value, what the report says; nothing: it is good)
        let cases = [
            ("as it should be", "scopes", Some("[openid, email]"), ""),
            (
                "a claim of its own",
                "claims",
                Some("{ name: display_name, user_fields.plan: [a, b] }"),
                "",
            ),
            ("nobody vouches", "email_verified", Some("optional"), ""),
            (
                "nobody vouches for one domain",
                "email_verified",
                Some("{ optional_for: [acme.example, BÜCHER.example] }"),
                "",
            ),
            ("for none", "email_verified", Some("{ optional_for: [] }"), "no domain is named"),
            (
                "a pattern",
                "email_verified",
                Some("{ optional_for: ['*.acme.example'] }"),
                "not a domain",
            ),
            (
                "an address",
                "email_verified",
                Some("{ optional_for: [a@acme.example] }"),
                "not a domain",
            ),
            ("a text", "email_verified", Some("{ optional_for: acme.example }"), "expected a list"),
            (
                "another word",
                "email_verified",
                Some("{ optional: [acme.example] }"),
                "email_verified",
            ),
            (
                "nobody knows",
                "email_verified",
                Some("sometimes"),
                "expected `required`, `optional`",
            ),
            ("no issuer", "issuer", None, "needs an `issuer`"),
            ("plain HTTP", "issuer", Some("http://id.acme.example"), "loopback only"),
            ("a query", "issuer", Some("https://id.acme.example/?a=b"), "no query"),
            ("ourselves", "issuer", Some("https://sso.acme.example/x"), "in a circle"),
            (
                "the metadata's address",
                "issuer",
                Some("https://id.acme.example/.well-known/openid-configuration"),
                "leave out",
            ),
            ("no client", "client_id", None, "needs a `client_id`"),
            ("an empty client", "client_id", Some("''"), "visible ASCII"),
            ("no secret", "client_secret", None, "may redeem our codes"),
            ("two scopes in one", "scopes", Some("[openid, 'email profile']"), "not a scope"),
            ("no openid", "scopes", Some("[email]"), "without `openid`"),
            ("an unknown claim", "claims", Some("{ nmae: name }"), "no such attribute"),
            (
                "a foreign key",
                "login_url",
                Some("https://id.acme.example/in"),
                "has no `login_url`",
            ),
        ];
        for (what, key, value, said) in cases {
            let loaded = with(key, value);
            let report = loaded.report.text(false);
            assert!(report.contains(said), "{what}: {report}");
            let is_good = said.is_empty() || what == "no secret";
            assert_eq!(loaded.config.is_some(), is_good, "{what}: {report}");
        }
    }

    #[test]
    fn the_secret_is_never_printed() {
        let config = with("scopes", None).config.unwrap();
        assert!(!format!("{config:?}").contains(&"s".repeat(40)));
    }
}
