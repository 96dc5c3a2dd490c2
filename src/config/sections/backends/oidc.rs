//! Backends of type `oidc`.

use url::Url;

use super::{claims, needed};
use crate::backend::{Kind, Oidc, OidcSettings};
use crate::config::report::{Code, Path, Problems};
use crate::config::sections::address;
use crate::config::sections::raw::RawBackend;
use crate::config::sections::secret::{Owner, Secrets};

/// The keys of this type.
pub(in crate::config) const KEYS: &[&str] =
    &["issuer", "client_id", "client_secret", "scopes", "claims", "email_verified"];

/// What is asked for where the file says nothing.
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// Reads an OpenID Connect provider, which the file calls `name`.
pub(in crate::config) fn read(
    name: &str,
    raw: RawBackend,
    public_url: Option<&Url>,
    path: &Path,
    secrets: &mut Secrets,
    problems: &mut Problems,
) -> Option<Kind> {
    let issuer = issuer(raw.issuer.as_deref(), public_url, path, problems);
    let client_id = client_id(raw.client_id, path, problems);
    let client_secret = if let Some(raw) = raw.client_secret {
        secrets.read(raw, Owner::Backend, &path.key("client_secret"), problems).map(Some)
    } else {
        problems
            .warning(
                Code::ClientSecretMissing,
                path,
                "without `client_secret` anybody may redeem our codes",
            )
            .at_key()
            .with_hint("register brandgate as a confidential client, if the provider can");
        Some(None)
    };
    let scopes = scopes(raw.scopes, &path.key("scopes"), problems);
    let proof = claims::proof(raw.email_verified, path, problems);
    let claims = claims::read(raw.claims, &Oidc::CLAIMS, path, problems);
    let oidc = Oidc::new(OidcSettings {
        name: name.to_owned(),
        public_url: public_url?.origin().ascii_serialization(),
        issuer: issuer?,
        client_id: client_id?,
        client_secret: client_secret?,
        scopes: scopes?,
        claims,
        proof,
    });
    Some(Kind::Oidc(Box::new(oidc.ok()?)))
}

/// The provider's name is compared letter for letter, so it is kept as it is written.
fn issuer(
    text: Option<&str>,
    public_url: Option<&Url>,
    path: &Path,
    problems: &mut Problems,
) -> Option<String> {
    let hint = "the provider as it writes itself, such as `https://id.acme.example`";
    let text = needed(text, ("oidc", "an `issuer`"), hint, path, problems)?;
    let path = path.key("issuer");
    let url = address::read(text, &path, problems)?;
    if url.query().is_some() || url.fragment().is_some() {
        problems.error(Code::AddressQuery, &path, "an issuer has no query and no fragment");
        return None;
    }
    if text.ends_with("/.well-known/openid-configuration") {
        problems
            .error(
                Code::IssuerInvalid,
                &path,
                "this is where the issuer describes itself, not the issuer",
            )
            .with_hint("leave out `/.well-known/openid-configuration`");
        return None;
    }
    if public_url.is_some_and(|ours| ours.origin() == url.origin()) {
        problems.error(
            Code::AddressOurs,
            &path,
            "this is brandgate's own address: people would go in a circle",
        );
        return None;
    }
    Some(text.to_owned())
}

fn client_id(text: Option<String>, path: &Path, problems: &mut Problems) -> Option<String> {
    let hint = "what the provider calls brandgate";
    let text = needed(text, ("oidc", "a `client_id`"), hint, path, problems)?;
    // RFC 6749, appendix A.1: visible characters.
    if text.is_empty() || !text.bytes().all(|byte| (0x20..=0x7e).contains(&byte)) {
        problems.error(
            Code::ClientIdInvalid,
            &path.key("client_id"),
            "a client id has visible ASCII characters alone",
        );
        return None;
    }
    Some(text)
}

fn scopes(texts: Option<Vec<String>>, path: &Path, problems: &mut Problems) -> Option<Vec<String>> {
    let texts = texts.unwrap_or_else(|| SCOPES.map(str::to_owned).to_vec());
    if !texts.iter().any(|scope| scope == "openid") {
        problems
            .error(
                Code::ScopeInvalid,
                path,
                "without `openid` the provider says nothing about anybody",
            )
            .with_hint("`[openid, email, profile]`");
    }
    // RFC 6749 §3.3: a space would be two scopes.
    let is_scope = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\')
    };
    let mut all = true;
    for (index, text) in texts.iter().enumerate() {
        if !is_scope(text) {
            problems
                .error(Code::ScopeInvalid, &path.index(index), "not a scope")
                .with_hint("one word, such as `email`");
            all = false;
        }
    }
    all.then_some(texts)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::backend::Kind;
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
            let Kind::Oidc(oidc) = &config.table.backends[0].kind else { panic!("another kind") };
            assert_eq!(oidc.issuer(), issuer);
        }
    }

    #[test]
    fn domains_that_need_no_proof_are_kept_as_they_are_compared() {
        let loaded =
            with("email_verified", Some("{ optional_for: [ACME.example, bücher.example] }"));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let Kind::Oidc(oidc) = &config.table.backends[0].kind else { panic!("another kind") };
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
            ("nobody knows", "email_verified", Some("sometimes"), "expected one of"),
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
