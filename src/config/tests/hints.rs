//! Tests that what `check` says helps whoever wrote the file, and shows no secret that went astray.

use std::path::Path as FilePath;

use crate::config::read;

/// The report on a file with one backend `it` of these settings.
fn report(settings: &str) -> String {
    let source = format!(
        "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk: {{ account: acme, shared_secret: {{ value: zendesk-secret-0123456789abcdef0123 }} }}
backends:
  it: {settings}
brands:
  shoes: {{ brand_id: 1, hosts: [acme.zendesk.com], backend: it }}
"
    );
    read(&source, "brands.yaml", FilePath::new(".")).report.text(false)
}

#[test]
fn a_misspelt_type_is_the_only_error_about_its_backend() {
    for (written, hint) in [("OIDC", "did you mean `oidc`?"), ("okta", ""), ("openid_connect", "")]
    {
        let text = report(&format!(
            "{{ type: {written}, issuer: https://id.example, client_id: x, client_secret: {{ env: NO_SUCH }} }}"
        ));
        let types = "expected one of `redirect`, `cognito`, `session_token`, `oidc`, `zendesk`";
        assert!(text.contains(types) && text.contains(hint), "{text}");
        assert!(text.contains("1 error"), "{text}");
    }
    let text = report("{ issuer: https://id.example }");
    assert!(text.contains("missing `type`") && text.contains("1 error"), "{text}");
}

#[test]
fn hints_say_what_to_write() {
    let cases = [
        (
            "{ type: cognito, region: eu-central-1, client_id: x, user_pool_id: y }",
            "known here: `type`, `closed`, `region`, `endpoint`, `client_id`, `client_secret`, \
             `register_url`, `forgot_url`, `form_url`, `origins`, `claims`, `email_verified`\n",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, redirect_uri: y }",
            "known here: `type`, `closed`, `issuer`, `client_id`, `client_secret`, `scopes`, `claims`, \
             `email_verified`\n",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: hunter2 }",
            "expected `{ env: NAME }` or `{ file: PATH }`, found text",
        ),
        (
            "{ type: redirect, login_url: https://a.example/, assertion: { algorithm: HS256, secrets: [hunter2] } }",
            "expected `{ env: NAME }` or `{ file: PATH }`, found text",
        ),
        (
            "{ type: redirect, login_url: https://a.example/, assertion: { algorithm: HS256, secrets: hunter2 } }",
            "expected `{ env: NAME }` or `{ file: PATH }`, found text",
        ),
        (
            "{ type: session_token, keys: 'https://hunter2.example' }",
            "expected `{ jwks_url: … }` or `{ secrets: […] }`, found text",
        ),
        (
            "{ type: cognito, region: eu-central-1, client_id: x, claims: { user_fields: { plan: x } } }",
            "each field by itself: `user_fields.plan: NAME`",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: '${HUNTER2}' }",
            "with the name alone: nothing is put in the place of `$…`",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { env: $HUNTER2 } }",
            "the name alone: `{ env: NAME }`, without `$`",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { env:HUNTER2 } }",
            "a blank is missing behind the `:` of `env: …`",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { env: ${HUNTER2} } }",
            "the name alone: `{ env: NAME }`, without `$`",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { env: {{ HUNTER2 }} } }",
            "the name alone: `{ env: NAME }`, without `$`",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { env: '' } }",
            "`env` names nothing",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { file: ' ' } }",
            "`file` names nothing",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { file: ~/zendesk } }",
            "`~` is not your home here",
        ),
        (
            "{ type: redirect, login_url: https://a.example/, assertion: { algorithm: HS256, secrets: ['$HUNTER2'] } }",
            "with the name alone",
        ),
        (
            "{ type: oidc, issuer: https://id.example, client_id: x, client_secret: { file: „zendesk“ } }",
            "type the quotes anew: plain ones, `'…'`",
        ),
        (
            "{ type: redirect, login_url: www.acme.example/in }",
            "help: `https://www.acme.example/in`",
        ),
        ("{ type: redirect, Login URL: https://a.example/ }", "did you mean `login_url`?"),
        ("{ type: redirect, loginUrl: https://a.example/ }", "did you mean `login_url`?"),
        ("{ type: redirect, \"login_url \": https://a.example/ }", "did you mean `login_url`?"),
        (
            "{ type: redirect, \u{201c}login_url\u{201d}: https://a.example/ }",
            "did you mean `login_url`?",
        ),
        ("{ type: redirect, login-url: https://a.example/ }", "did you mean `login_url`?"),
        ("{ type: session_token, cookie: __Host-token }", "cookie: __Host-token"),
        (
            "{ type: session_token, keys: { jwks_url: http://login.example/keys } }",
            "jwks_url: http://login.example/keys",
        ),
    ];
    for (settings, expected) in cases {
        let text = report(settings);
        assert!(text.contains(expected), "{expected}:\n{text}");
        assert!(!text.to_lowercase().contains("hunter2"), "{text}");
    }
    let source = "version: 1\nserver: { public_url: https://sso.acme.example, store: { url: 'redis://hunter2@cache' } }\n";
    let text = read(source, "brands.yaml", FilePath::new(".")).report.text(false);
    assert!(text.contains("expected `{ env: NAME }` or `{ file: PATH }`"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn what_would_do_in_a_brand_and_a_server_is_named() {
    let good = "version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: zendesk-secret-0123456789abcdef0123 } }
backends: { native: { type: zendesk } }
brands: { shoes: { brand_id: 1, hosts: [acme.zendesk.com], backend: native, theme: { support: 'mailto:a@b.example' } } }
";
    let cases = [
        ("https://sso.acme.example", "sso.acme.example", "help: `https://sso.acme.example`"),
        ("https://sso.acme.example", "sso.acme.example/login", "help: `https://sso.acme.example`"),
        (
            "https://sso.acme.example",
            "https://sso.acme.example/login",
            "help: `https://sso.acme.example`",
        ),
        ("https://sso.acme.example", "SSO.acme.example/", "help: `https://sso.acme.example`"),
        ("mailto:a@b.example", "help@acme.example", "help: `mailto:help@acme.example`"),
        ("mailto:a@b.example", "+1 555 123 4567", "a page that shows the number"),
        ("mailto:a@b.example", "help.acme.example", "help: `https://help.acme.example`"),
        ("shoes:", "Acme Shoes:", "help: such as `acme-shoes`"),
        ("public_url:", "Public URL:", "did you mean `public_url`?"),
        ("brand_id:", "Brand_ID:", "did you mean `brand_id`?"),
        ("hosts:", "\"hosts\u{a0}\":", "did you mean `hosts`?"),
        ("https://sso.acme.example", "localhost:8080", "help: `http://localhost:8080`"),
        ("[acme.z", "[ac\u{ad}me.z", "error: a soft hyphen (U+00AD) stands in it"),
        ("[acme.z", "[ac\u{200b}me.z", "error: a zero-width space (U+200B) stands in it"),
        ("[acme.z", "[ac\u{feff}me.z", "U+FEFF"),
        ("[acme.z", "[ac\u{2063}me.z", "error: a mark that nobody sees (U+2063) stands in it"),
        ("{ support:", "{ color: #0b5fff, support:", "a value that begins with `#` needs quotes"),
    ];
    for (from, to, expected) in cases {
        let source = good.replacen(from, to, 1);
        let text = read(&source, "brands.yaml", FilePath::new(".")).report.text(false);
        assert!(text.contains(expected), "{to}: {expected}:\n{text}");
    }
}

#[test]
fn a_secret_in_a_wrong_place_is_not_shown() {
    let oidc = |more: &str| {
        report(&format!("{{ type: oidc, issuer: https://id.example, client_id: x, {more} }}"))
    };
    let drawn = [
        "9F86D081884C7D659A2FEAA0C55AD015",
        "AKIAIOSFODNN7EXAMPLE",
        "JBSWY3DPEHPK3PXP",
        "9f86d081884c7d659a2feaa0c55ad015",
        "UWxhZGRpbjpvcGVuIHNlc2FtZQ",
    ];
    for secret in drawn {
        for more in [
            format!("client_secret: {{ env: {secret} }}"),
            format!("client_secret: {{ file: /{secret} }}"),
        ] {
            let text = oidc(&more);
            assert!(text.contains("named here") && !text.contains(secret), "{more}: {text}");
        }
        if secret.len() > 20 {
            let text = oidc(&format!("{secret}: x"));
            assert!(text.contains("unknown key") && !text.contains(secret), "{text}");
        }
    }
    let more = ["{ env: S_9F86D081884C7D65 }", "{ file: /b3Blb/iBzZXNhbWUgb3BlbiBzZXNhbWU }"];
    for reference in more {
        let text = oidc(&format!("client_secret: {reference}"));
        assert!(text.contains("named here"), "{reference}: {text}");
    }
    assert!(oidc("client_secret: { env: NO_SUCH_NAME }").contains("`NO_SUCH_NAME` is not set"));
    for file in ["/run/secrets/no-such-file", "./no-such-file", "../no-such-file"] {
        let text = oidc(&format!("client_secret: {{ file: {file} }}"));
        assert!(text.contains(&format!("`{file}` cannot be read")), "{text}");
    }
    assert!(oidc("redirect_uri: x").contains("of type `oidc` has no `redirect_uri`"));
}
