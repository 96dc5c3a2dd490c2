//! Tokens that are not to be believed, each with its own page and log line.

use serde_json::{Value, json};

use super::service::{Games, LOGIN, SSO, TO_GAMES, assert_refused, handed_off};
use crate::support::browser::{Request, program};
use crate::support::provider;

#[test]
fn every_wrong_token_has_its_own_outcome() {
    let games = Games::start();
    let now = games.clock.now();
    let claims = games.claims(&json!({}));
    let token = |changes| games.token(&changes);
    let with_header = |header| provider::signed_as(&header, "a", &claims);
    let none = format!("{}.", provider::message(&json!({ "alg": "none" }), &claims));
    let public = provider::public_key_as_secret();
    let hs256 = json!({ "alg": "HS256", "kid": "a" });
    let stolen = provider::signed_as(&json!({ "alg": "RS256", "kid": "a" }), "b", &claims);
    let brought = json!({ "alg": "RS256", "kid": "a", "jku": "https://evil.example/keys" });
    let crit = json!({ "alg": "RS256", "kid": "a", "crit": ["exp"] });
    let other = json!({ "xsolla_login_project_id": "11111111-0000-4000-8000-000000000000" });
    let cases = [
        ("no algorithm", none, 403, "assertion-algorithm"),
        (
            "the public key as a secret",
            provider::signed_with(&public, &hs256, &claims),
            403,
            "assertion-algorithm",
        ),
        (
            "another RSA algorithm",
            with_header(json!({ "alg": "PS256", "kid": "a" })),
            403,
            "assertion-algorithm",
        ),
        ("an extension", with_header(crit), 400, "assertion-unreadable"),
        ("no token", "nonsense".to_owned(), 400, "assertion-unreadable"),
        ("another's signature", stolen, 403, "assertion-signature"),
        (
            "another's signature that brings its key",
            provider::signed_as(&brought, "b", &claims),
            403,
            "assertion-signature",
        ),
        ("an unknown key", provider::signed("c", &claims), 403, "session-key-unknown"),
        ("expired", token(json!({ "exp": now - 60 })), 403, "session-expired"),
        ("without an end", token(json!({ "exp": null })), 422, "assertion-invalid"),
        ("made tomorrow", token(json!({ "iat": now + 86_400 })), 403, "assertion-from-the-future"),
        (
            "good from tomorrow",
            token(json!({ "nbf": now + 86_400 })),
            403,
            "assertion-from-the-future",
        ),
        (
            "another issuer's",
            token(json!({ "iss": "https://login.xsolla.com/" })),
            403,
            "session-issuer",
        ),
        ("another project's", token(other), 403, "session-other-project"),
        ("nobody's address", token(json!({ "email": null })), 422, "email-missing"),
        (
            "two addresses in one",
            token(json!({ "email": "joe@a@example.com" })),
            422,
            "email-invalid",
        ),
        (
            "an unverified address",
            token(json!({ "email_verified": false })),
            403,
            "email-unverified",
        ),
        (
            "an address nobody vouches for",
            token(json!({ "email_verified": null })),
            422,
            "email-proof-missing",
        ),
        (
            "a colleague's address",
            token(json!({ "email": "joe@acme.example" })),
            403,
            "address-reserved",
        ),
        ("an agent", token(json!({ "role": "agent", "email": "joe@" })), 422, "email-invalid"),
    ];
    for (what, token, status, kind) in cases {
        let mut joe = games.person();
        joe.sign_in(TO_GAMES).leads_to();
        assert_refused(&joe.come_back(&format!("?token={token}")), status, kind, what);
        // The flow is not used up by what was refused.
        joe.has(&games.token(&json!({})));
        handed_off(&joe.come_back(""));
    }
    assert_eq!(games.provider.asked(), 2, "once for the set, once for the unknown key");
}

#[test]
fn a_clock_that_is_a_minute_off_is_no_reason() {
    let games = Games::start();
    let now = games.clock.now();
    for changes in [json!({ "exp": now - 30 }), json!({ "iat": now + 30, "nbf": now + 30 })] {
        let mut joe = games.person();
        joe.has(&games.token(&changes));
        handed_off(&joe.sign_in(TO_GAMES));
    }
}

#[test]
fn a_token_says_no_more_than_the_file_lets_it() {
    let games = Games::start();
    let mut joe = games.person();
    joe.has(&games.token(&json!({ "role": "admin", "tags": ["vip"], "organization": "Acme" })));
    let claims = handed_off(&joe.sign_in(TO_GAMES));
    for name in ["role", "tags", "organization"] {
        assert_eq!(claims[name], json!(null), "{name}");
    }
}

#[test]
fn secrets_verify_where_the_file_has_secrets() {
    let (old, new) = (
        "old-project-secret-of-the-games-0123456789",
        "new-project-secret-of-the-games-0123456789",
    );
    let list = format!("{{ secrets: [{{ value: {new} }}, {{ value: {old} }}] }}");
    let games = Games::with_keys(&list, "HS256");
    let header = json!({ "typ": "JWT", "alg": "HS256" });
    let claims = games.claims(&json!({}));
    for secret in [old, new] {
        let mut joe = games.person();
        joe.has(&provider::signed_with(secret.as_bytes(), &header, &claims));
        handed_off(&joe.sign_in(TO_GAMES));
    }
    for token in [
        provider::signed_with(b"guessed", &header, &claims),
        provider::signed("a", &claims),
        format!("{}.", provider::message(&json!({ "alg": "none" }), &claims)),
    ] {
        let mut joe = games.person();
        joe.has(&token);
        assert!(joe.sign_in(TO_GAMES).leads_to().starts_with(LOGIN));
    }
    assert_eq!(games.provider.asked(), 0, "there is nothing to ask for");
}

#[test]
fn the_admin_page_tells_what_became_of_a_tokens_claims() {
    let admin =
        "ops: { listen: 127.0.0.1:0, admin: { value: admin-token-of-the-games-0123456789ab } }";
    let games = Games::changed(&[("ops: { listen: 127.0.0.1:0 }", admin)]);
    let status = || {
        let request = Request::get(&format!("{SSO}/admin/status.json"))
            .bearing("admin-token-of-the-games-0123456789ab");
        let body = program(games.ops_address(), &request).body;
        serde_json::from_str::<Value>(&body).unwrap()["failures"][0].clone()
    };
    for (changes, claim) in [
        (
            json!({ "email_verified": false }),
            json!({ "name": "email_verified", "kind": "false", "became": "refused: email-unverified" }),
        ),
        (
            json!({ "email": 7 }),
            json!({ "name": "email", "kind": "number", "became": "refused: assertion-invalid" }),
        ),
        (
            json!({ "email_verified": null }),
            json!({ "name": "email_verified", "kind": "missing", "became": "refused: email-proof-missing" }),
        ),
    ] {
        let mut joe = games.person();
        joe.sign_in(TO_GAMES).leads_to();
        joe.come_back(&format!("?token={}", games.token(&changes)));
        let failure = status();
        let claims = failure["claims"].as_array().unwrap();
        assert!(claims.contains(&claim), "{failure}");
        let read = json!({ "name": "sub", "kind": "text, 36 characters", "became": "read as external_id" });
        let unread = json!({ "name": "groups", "kind": "list of 1", "became": "not read" });
        assert!(claims.contains(&read) && claims.contains(&unread), "{failure}");
        assert!(!failure.to_string().contains('@'), "{failure}");
    }
    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    joe.come_back(&format!("?token={}", games.token(&json!({ "exp": 1 }))));
    assert_eq!(status()["claims"], json!([]), "judged before it is proven");
}
