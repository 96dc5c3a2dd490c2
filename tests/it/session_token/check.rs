//! What `check` says about a `session_token` backend.

use std::path::Path;

use brandgate::config;

use super::service::BRANDS;

/// Errors and warnings, or nothing.
fn report(changes: &[(&str, &str)]) -> (bool, String) {
    let mut yaml = BRANDS.replace("{PROVIDER}", "https://login.xsolla.com");
    for (from, to) in changes {
        assert!(yaml.contains(from), "{from}");
        yaml = yaml.replace(from, to);
    }
    let loaded = config::read(&yaml, "brands.yaml", Path::new("."));
    (loaded.config.is_some(), loaded.report.text(false))
}

#[track_caller]
fn assert_named(cases: &[(&str, (&str, &str), &str)]) {
    for (what, change, expected) in cases {
        let (good, text) = report(&[*change]);
        assert!(!good, "{what} is let through");
        assert!(text.contains(expected), "{what}: {text}");
    }
}

#[test]
fn the_example_is_good() {
    let (good, text) = report(&[]);
    assert!(good, "{text}");
    assert!(!text.contains("every token of this issuer"), "{text}");
}

#[test]
fn tokens_of_any_kind_are_warned_about() {
    let require =
        "    require: { xsolla_login_project_id: 40db2ea4-0000-4000-8000-000000000000 }\n";
    let told = |instead: &str| {
        let (good, text) = report(&[(require, instead)]);
        assert!(good, "{text}");
        text.contains("every token of this issuer counts")
    };
    assert!(told("") && told("    require: {}\n"));
    assert!(!told("    audience: help\n"));
}

#[test]
fn each_mistake_about_places_is_named() {
    let at = "    at: https://sso.acme-games.example\n";
    // (what, change, what is said)
    let cases = [
        ("no second address", (at, ""), "`sso.acme.example` does not lie beneath it"),
        (
            "a neighbour of the domain",
            ("cookie_domain: acme-games.example", "cookie_domain: games.example"),
            "does not lie beneath it",
        ),
        (
            "a part of the name",
            ("cookie_domain: acme-games.example", "cookie_domain: mes.example"),
            "does not lie beneath it",
        ),
        (
            "a host beside it",
            ("cookie_domain: acme-games.example", "cookie_domain: www.acme-games.example"),
            "does not lie beneath it",
        ),
        ("no domain", ("    cookie_domain: acme-games.example\n", ""), "needs its `cookie_domain`"),
        (
            "an address for a domain",
            ("cookie_domain: acme-games.example", "cookie_domain: 'https://acme-games.example'"),
            "not a domain",
        ),
        (
            "a whole top-level domain",
            ("cookie_domain: acme-games.example", "cookie_domain: example"),
            "browsers refuse a cookie for a whole top-level domain",
        ),
        (
            "a number for a domain",
            ("cookie_domain: acme-games.example", "cookie_domain: 203.0.113.7"),
            "not a domain",
        ),
        (
            "a domain without a cookie",
            ("    cookie: token\n", ""),
            "there is no `cookie` with this domain",
        ),
        ("no name of a cookie", ("cookie: token", "cookie: 'to ken'"), "not the name of a cookie"),
        (
            "a cookie that never comes",
            ("cookie: token", "cookie: __Host-token"),
            "that set it alone",
        ),
        (
            "a path",
            ("at: https://sso.acme-games.example", "at: https://sso.acme-games.example/sso"),
            "an origin is a scheme and a host",
        ),
        ("plain HTTP", ("at: https://", "at: http://"), "plain HTTP is possible on loopback only"),
        (
            "a brand's host",
            ("at: https://sso.acme-games.example", "at: https://help.acme-games.example"),
            "this is a host of the brand `games`",
        ),
        (
            "a login page at ours",
            ("https://login.acme-games.example/", "https://sso.acme-games.example/in"),
            "people would go in a circle",
        ),
        (
            "a login page at public_url",
            ("https://login.acme-games.example/", "https://sso.acme.example/in"),
            "people would go in a circle",
        ),
        (
            "no login page",
            ("    login_url: https://login.acme-games.example/\n", ""),
            "needs a `login_url`",
        ),
    ];
    assert_named(&cases);
}

#[test]
fn each_mistake_about_tokens_is_named() {
    let keys = r#"keys: { jwks_url: "https://login.xsolla.com/keys" }"#;
    let cases = [
        ("no algorithm", ("    algorithm: RS256\n", ""), "needs an `algorithm`"),
        (
            "a secret's algorithm for public keys",
            ("algorithm: RS256", "algorithm: HS256"),
            "published keys verify by `RS256` or `ES256`",
        ),
        ("no algorithm at all", ("algorithm: RS256", "algorithm: none"), "none"),
        (
            "a public algorithm for secrets",
            (keys, "keys: { secrets: [{ value: project-secret-of-the-games-0123456789abc }] }"),
            "nobody verifies by this algorithm with a secret",
        ),
        (
            "both kinds of keys",
            (
                keys,
                r#"keys: { jwks_url: "https://login.xsolla.com/keys", secrets: [{ value: project-secret-of-the-games-0123456789abc }] }"#,
            ),
            "either a `jwks_url` or `secrets`",
        ),
        ("no keys", (&format!("    {keys}\n"), ""), "without `keys`"),
        (
            "keys over plain HTTP",
            ("https://login.xsolla.com/keys", "http://login.xsolla.com/keys"),
            "plain HTTP is possible on loopback only",
        ),
        (
            "no issuer",
            ("    issuer: https://login.xsolla.com\n", ""),
            "published keys need an `issuer`",
        ),
    ];
    assert_named(&cases);
    let claim = (
        "algorithm: RS256",
        "algorithm: RS256\n    claims: { emial: mail, user_fields.: x, name: [] }",
    );
    let (good, text) = report(&[claim]);
    assert!(!good && text.contains("`email`") && text.contains("no claim is named"), "{text}");
}

#[test]
fn what_differs_from_the_example_and_is_as_good_is_let_through() {
    let cases = [
        ("a dot before the domain", ("cookie_domain: acme", "cookie_domain: .acme")),
        ("capitals", ("cookie_domain: acme-games.example", "cookie_domain: ACME-Games.example")),
        ("the very host", ("cookie_domain: acme", "cookie_domain: sso.acme")),
        (
            "a token in the way back alone",
            (
                "    cookie: token\n    cookie_domain: acme-games.example\n    at: https://sso.acme-games.example\n",
                "",
            ),
        ),
        ("ES256", ("RS256", "ES256")),
        (
            "origins of its own",
            ("algorithm: RS256", "algorithm: RS256\n    origins: [https://id.acme-games.example]"),
        ),
    ];
    for (what, change) in cases {
        let (good, text) = report(&[change]);
        assert!(good, "{what}: {text}");
    }
}
