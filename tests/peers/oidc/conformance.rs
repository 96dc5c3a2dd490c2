//! The OpenID Foundation's conformance tests for clients of the basic profile, each by its name, and
//! beside it what the foundation's list leaves open: types that no standard foresees.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::faults::{AtProvider, assert_unavailable, assert_unproven, with_token};
use super::faulty::{Faulty, KEYS, Key, METADATA, Reply, TOKEN, USERINFO, signed};
use super::service::{App, SSO, TO_SHOES, brands};
use crate::support::answer::Answer;
use crate::walk::parameter;

/// A client, and a provider with one key.
struct Parties {
    app: App,
    faulty: Faulty,
    key: Key,
}

impl Parties {
    fn meet() -> Self {
        let key = Key::new("one");
        let faulty = Faulty::start(&[&key]);
        Self { app: App::start(&faulty.issuer), faulty, key }
    }

    /// The end of a sign-in whose ID token has these claims changed; `null` takes one away.
    fn sign_in(&self, changes: &Value) -> Answer {
        with_token(&self.app, &self.faulty, changes, |claims| self.key.sign(claims))
    }

    /// The same, with another way of signing.
    fn sign_in_by(&self, make: impl Fn(&Value) -> String) -> Answer {
        with_token(&self.app, &self.faulty, &json!({}), make)
    }
}

/// A claim that is missing, or of a type that it cannot have, is named: it is no outage.
#[track_caller]
fn assert_names(answer: &Answer, claim: &str) {
    let (status, kind, why) = answer.refused();
    assert_eq!((status, kind.as_str()), (422, "assertion-invalid"), "{claim}: {why}");
    assert_eq!(why, format!("the claim `{claim}` is missing or of the wrong type"));
    let line = answer.line();
    assert_eq!((line["level"].as_str(), line["fault"].as_str()), (Some("INFO"), Some("backend")));
}

#[test]
fn oidcc_client_test_a_good_sign_in_ends_well() {
    let parties = Parties::meet();
    let (claims, _) = parties.sign_in(&json!({})).handed_off();
    assert_eq!(claims["external_id"], "shoes_joe");
}

#[test]
fn oidcc_client_test_invalid_iss() {
    let parties = Parties::meet();
    let other = parties.sign_in(&json!({"iss": "https://evil.example"}));
    assert_unproven(&other, "the ID token: it names another issuer", "another");
    let slash = format!("{}/", parties.faulty.issuer);
    let why = "the ID token: it names another issuer: it ends with a slash, our `issuer` does not";
    assert_unproven(&parties.sign_in(&json!({ "iss": slash })), why, "a slash");
    for wrong in [json!(null), json!(7), json!([parties.faulty.issuer])] {
        assert_names(&parties.sign_in(&json!({ "iss": wrong })), "iss");
    }
}

#[test]
fn oidcc_client_test_missing_sub() {
    let parties = Parties::meet();
    for wrong in [json!(null), json!(""), json!(7), json!(["joe"])] {
        assert_names(&parties.sign_in(&json!({ "sub": wrong })), "sub");
    }
}

#[test]
fn oidcc_client_test_invalid_aud_and_missing_aud() {
    let parties = Parties::meet();
    let not_for_us = "the ID token: it is not for us";
    for aud in [json!("brandgate"), json!(["x", "y"]), json!([]), json!(null)] {
        let answer = parties.sign_in(&json!({ "aud": aud }));
        assert_unproven(&answer, not_for_us, &aud.to_string());
    }
    assert_names(&parties.sign_in(&json!({"aud": {"a": "brandgate-staff"}})), "aud");
    let several = json!({"aud": ["x", "brandgate-staff"]});
    let why = "the ID token: it was issued to somebody else (`azp`)";
    assert_unproven(&parties.sign_in(&several), why, "nobody says for whom");
    let ours = json!({"aud": ["x", "brandgate-staff"], "azp": "brandgate-staff"});
    parties.sign_in(&ours).handed_off();
    parties.sign_in(&json!({"aud": ["brandgate-staff"]})).handed_off();
}

#[test]
fn oidcc_client_test_missing_iat() {
    let parties = Parties::meet();
    for claim in ["iat", "exp"] {
        assert_names(&parties.sign_in(&json!({ claim: null })), claim);
        assert_names(&parties.sign_in(&json!({ claim: {"a": 1} })), claim);
    }
}

#[test]
fn oidcc_client_test_nonce_invalid() {
    let parties = Parties::meet();
    for nonce in [json!("another"), json!(null)] {
        let answer = parties.sign_in(&json!({ "nonce": nonce }));
        assert_unproven(&answer, "the ID token: it belongs to another sign-in", &nonce.to_string());
    }
    assert_names(&parties.sign_in(&json!({"nonce": 7})), "nonce");
}

#[test]
fn oidcc_client_test_kid_absent_single_jwks() {
    let parties = Parties::meet();
    let Parties { faulty, key, .. } = &parties;
    let without_kid = |claims: &Value| key.sign_as(&json!({"alg": "RS256"}), claims);
    parties.sign_in_by(without_kid).handed_off();
    let mut nameless = key.jwk();
    nameless.as_object_mut().unwrap().remove("kid");
    faulty.reply(KEYS, Reply::Json(200, json!({ "keys": [nameless] })));
    parties.app.clock.advance(700);
    parties.sign_in_by(without_kid).handed_off();
    parties.sign_in(&json!({})).handed_off();
}

#[test]
fn oidcc_client_test_kid_absent_multiple_jwks() {
    let (one, two) = (Key::new("one"), Key::new("two"));
    let faulty = Faulty::start(&[&one, &two]);
    let app = App::start(&faulty.issuer);
    let without_kid = |claims: &Value| one.sign_as(&json!({"alg": "RS256"}), claims);
    let answer = with_token(&app, &faulty, &json!({}), without_kid);
    let why = "the ID token: its key is not among the provider's, or it does not name it";
    assert_unproven(&answer, why, "it may be by either");
    for key in [&one, &two] {
        with_token(&app, &faulty, &json!({}), |claims| key.sign(claims)).handed_off();
    }
}

#[test]
fn oidcc_client_test_idtoken_sig_none() {
    let parties = Parties::meet();
    let why = "the ID token: its algorithm is not one that was agreed on";
    for alg in ["none", "None", "RS384", "PS256", "HS256", ""] {
        let make = |claims: &Value| signed(&json!({ "alg": alg }), claims, |_| Vec::new());
        assert_unproven(&parties.sign_in_by(make), why, alg);
    }
}

#[test]
fn oidcc_client_test_invalid_sig_rs256() {
    let parties = Parties::meet();
    let why = "the ID token: its signature does not hold";
    let forger = Key::new("one");
    assert_unproven(&parties.sign_in_by(|claims| forger.sign(claims)), why, "forged");
    let unsigned = |claims: &Value| {
        let header = json!({"alg": "RS256", "kid": "one"});
        signed(&header, claims, |_| Vec::new())
    };
    assert_unproven(&parties.sign_in_by(unsigned), why, "cut off");
    let altered = |claims: &Value| {
        let token = parties.key.sign(claims);
        let mut other = claims.clone();
        other["email"] = json!("boss@example.com");
        let others = parties.key.sign(&other);
        let (message, signature) = (others.rsplit_once('.').unwrap().0, token.rsplit('.').next());
        format!("{message}.{}", signature.unwrap())
    };
    assert_unproven(&parties.sign_in_by(altered), why, "altered");
}

#[test]
fn oidcc_client_test_userinfo_invalid_sub() {
    let parties = Parties::meet();
    let asks = json!({"email": null, "email_verified": null});
    let about = |sub: Value| json!({"sub": sub, "email": "joe@example.com", "email_verified": true, "name": "Joe"});
    for (sub, is_other) in
        [(json!("jane"), true), (json!("JOE"), true), (json!(null), false), (json!(7), false)]
    {
        parties.faulty.reply(USERINFO, Reply::Json(200, about(sub)));
        let answer = parties.sign_in(&asks);
        if is_other {
            assert_unproven(&answer, "userinfo is about somebody else", "another's");
        } else {
            assert_names(&answer, "sub");
        }
    }
    parties.faulty.reply(USERINFO, Reply::Json(200, about(json!("joe"))));
    parties.sign_in(&asks).handed_off();
}

#[test]
fn oidcc_client_test_scope_userinfo_claims() {
    let parties = Parties::meet();
    let begun = parties.app.browser().login(TO_SHOES);
    assert_eq!(begun.sent("scope"), "openid email profile");
    let userinfo =
        json!({"sub": "joe", "email": "joe@example.com", "email_verified": true, "name": "Joe B."});
    parties.faulty.reply(USERINFO, Reply::Json(200, userinfo));
    let none = json!({"email": null, "email_verified": null, "name": null});
    let (claims, _) = parties.sign_in(&none).handed_off();
    assert_eq!((&claims["email"], &claims["name"]), (&json!("joe@example.com"), &json!("Joe B.")));
    let request = parties.faulty.last(USERINFO).to_ascii_lowercase();
    assert!(request.contains("authorization: bearer leaked"), "{request}");
}

#[test]
fn oidcc_client_test_client_secret_basic_and_post() {
    let parties = Parties::meet();
    let ways = [json!(["client_secret_basic"]), json!(["client_secret_post"]), json!(null)];
    for way in ways {
        let mut metadata = parties.faulty.metadata();
        metadata["token_endpoint_auth_methods_supported"] = way.clone();
        parties.faulty.reply(METADATA, Reply::Json(200, metadata));
        parties.app.clock.advance(700);
        parties.sign_in(&json!({})).handed_off();
        let request = parties.faulty.last(TOKEN);
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let form = reqwest::Url::parse(&format!("x:?{body}")).unwrap();
        let in_body = way == json!(["client_secret_post"]);
        let secret = "secret-of-staff-0123456789abcdef0123456789";
        let expected = in_body.then(|| secret.to_owned());
        assert_eq!(parameter(&form, "client_secret"), expected, "{way}");
        assert_eq!(parameter(&form, "client_id").is_some(), in_body, "{way}");
        let in_head = head.to_ascii_lowercase().contains("authorization: basic ");
        assert_eq!(in_head, !in_body, "{way}");
    }
}

#[test]
fn a_secret_is_encoded_as_in_a_form_before_it_is_encoded_again() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    // RFC 6749 §2.3.1 and appendix B.
    let secret = "secret-of-staff a+b:c%d&e=f/0123456789abcdef";
    let yaml = brands(&faulty.issuer)
        .replace("secret-of-staff-0123456789abcdef0123456789", &format!("'{secret}'"));
    let app = App::with(&yaml);
    with_token(&app, &faulty, &json!({}), |claims| key.sign(claims)).handed_off();
    let encoded = "secret-of-staff+a%2Bb%3Ac%25d%26e%3Df%2F0123456789abcdef";
    let expected = STANDARD.encode(format!("brandgate-staff:{encoded}"));
    let request = faulty.last(TOKEN);
    assert!(request.contains(&format!("Basic {expected}")), "{request}");
}

#[test]
fn an_address_with_a_query_of_its_own_keeps_it() {
    let parties = Parties::meet();
    let mut metadata = parties.faulty.metadata();
    for endpoint in ["authorization_endpoint", "end_session_endpoint"] {
        metadata[endpoint] = json!(format!("{}/p?tenant=a%20b&x", parties.faulty.issuer));
    }
    parties.faulty.reply(METADATA, Reply::Json(200, metadata));
    let begun = parties.app.browser().login(TO_SHOES);
    let begun = begun.to();
    let query = begun.split_once('?').unwrap().1;
    assert!(query.starts_with("tenant=a%20b&x&response_type=code&client_id="), "{query}");
    let out = parties.app.browser().get(&format!("{SSO}/logout?brand_id=1"));
    let to = out.to();
    let query = to.split_once('?').unwrap().1;
    assert!(query.starts_with("tenant=a%20b&x&client_id=brandgate-staff&"), "{query}");
    assert_eq!(out.sent("post_logout_redirect_uri"), format!("{SSO}/logout/done/staff"));
    assert_eq!(out.sent("state"), "shoes");
}

#[test]
fn oidcc_client_test_discovery_issuer_mismatch() {
    let parties = Parties::meet();
    for (other, why) in [
        ("https://evil.example".to_owned(), "names another issuer than our `issuer`"),
        (format!("{}/", parties.faulty.issuer), "our `issuer` lacks the slash at the end"),
    ] {
        let mut metadata = parties.faulty.metadata();
        metadata["issuer"] = json!(other);
        parties.faulty.reply(METADATA, Reply::Json(200, metadata));
        let app = App::start(&parties.faulty.issuer);
        let (status, kind, message) = app.browser().login(TO_SHOES).refused();
        assert_eq!((status, kind.as_str()), (503, "backend-unavailable"));
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn an_answer_that_names_an_issuer_by_another_slash_says_so() {
    let parties = Parties::meet();
    let begun = parties.app.browser();
    let mut joe = begun.clone();
    let state = joe.login(TO_SHOES).sent("state");
    let iss = format!("{}/", parties.faulty.issuer);
    let url = format!("{SSO}/callback/staff?state={state}&code=one&iss={iss}");
    let why = "the answer names another issuer: it ends with a slash, our `issuer` does not";
    assert_unproven(&joe.get(&url), why, "iss");
}

#[test]
fn what_nobody_reads_may_be_of_any_type() {
    let parties = Parties::meet();
    let odd = [json!(7), json!("x"), json!(null), json!(["x", 7]), json!({"a": {}}), json!(true)];
    for value in &odd {
        let id_token = json!({
            "acr": value, "amr": value, "auth_time": value, "at_hash": value, "sid": value,
            "address": value, "phone_number": value, "updated_at": value, "locale": value,
            "birthdate": value, "zoneinfo": value, "phone_number_verified": value,
        });
        parties.sign_in(&id_token).handed_off();
    }
    for value in &odd {
        let mut joe = AtProvider::begin(&parties.app);
        let id_token =
            parties.key.sign(&joe.claims(&parties.app, &parties.faulty.issuer, &json!({})));
        let tokens = json!({
            "id_token": id_token, "access_token": value, "token_type": value, "scope": value,
            "expires_in": value, "refresh_token": value, "refresh_expires_in": value,
            "not-before-policy": value, "ext_expires_in": value, "error": null,
        });
        parties.faulty.reply(TOKEN, Reply::Json(200, tokens));
        joe.come_back().handed_off();
    }
    for value in &odd {
        let userinfo = json!({
            "sub": "joe", "email": "joe@example.com", "email_verified": true,
            "address": value, "picture": value, "updated_at": value, "gender": value,
            "nickname": value, "groups": value, "aud": value, "iss": value,
        });
        parties.faulty.reply(USERINFO, Reply::Json(200, userinfo));
        let asks = json!({"email": null, "email_verified": null});
        parties.sign_in(&asks).handed_off();
    }
}

#[test]
fn what_is_used_and_of_a_wrong_type_is_named() {
    let parties = Parties::meet();
    let cases = [
        ("email", json!(7)),
        ("email", json!(["joe@example.com"])),
        ("email_verified", json!({"a": true})),
        ("email_verified", json!([true])),
        ("azp", json!(7)),
        ("nbf", json!([1])),
    ];
    for (claim, value) in cases {
        assert_names(&parties.sign_in(&json!({ claim: value })), claim);
    }
    // A name keeps nobody out.
    let (claims, _) = parties.sign_in(&json!({"name": {"a": "Joe"}})).handed_off();
    assert_eq!(claims["name"], "joe");

    let asks = json!({"email": null, "email_verified": null});
    for (claim, value) in [("email", json!([7])), ("email_verified", json!({}))] {
        let mut userinfo =
            json!({"sub": "joe", "email": "joe@example.com", "email_verified": true});
        userinfo[claim] = value;
        parties.faulty.reply(USERINFO, Reply::Json(200, userinfo));
        assert_names(&parties.sign_in(&asks), claim);
    }
    let members = [
        ("id_token", json!(7), json!({})),
        ("id_token", json!({"a": 1}), json!({})),
        ("access_token", json!(7), asks.clone()),
        ("token_type", json!(["Bearer"]), asks.clone()),
    ];
    for (member, value, changes) in members {
        let mut joe = AtProvider::begin(&parties.app);
        let claims = joe.claims(&parties.app, &parties.faulty.issuer, &changes);
        let mut tokens = json!({"id_token": parties.key.sign(&claims), "access_token": "leaked"});
        tokens[member] = value;
        parties.faulty.reply(TOKEN, Reply::Json(200, tokens));
        assert_names(&joe.come_back(), member);
    }
}

#[test]
fn an_access_token_is_borne_whatever_the_case_of_its_type() {
    let parties = Parties::meet();
    let asks = json!({"email": null, "email_verified": null});
    let userinfo = json!({"sub": "joe", "email": "joe@example.com", "email_verified": true});
    parties.faulty.reply(USERINFO, Reply::Json(200, userinfo));
    let not_bearer = Some("its access token is not of the type Bearer");
    let cases = [
        (json!("Bearer"), None),
        (json!("bearer"), None),
        (json!("BEARER"), None),
        (json!(null), None),
        (json!("DPoP"), not_bearer),
        (json!("mac"), not_bearer),
    ];
    for (kind, why) in cases {
        let mut joe = AtProvider::begin(&parties.app);
        let claims = joe.claims(&parties.app, &parties.faulty.issuer, &asks);
        let id_token = parties.key.sign(&claims);
        let tokens = json!({"id_token": id_token, "access_token": "leaked", "token_type": kind});
        parties.faulty.reply(TOKEN, Reply::Json(200, tokens));
        let answer = joe.come_back();
        match why {
            None => drop(answer.handed_off()),
            Some(why) => assert_unavailable(&answer, why, &kind.to_string()),
        }
    }
}

#[test]
fn userinfo_that_is_signed_is_called_what_it_is() {
    let parties = Parties::meet();
    let jwt = parties.key.sign(&json!({"sub": "joe", "email": "joe@example.com"}));
    parties.faulty.reply(USERINFO, Reply::Text(200, jwt));
    let answer = parties.sign_in(&json!({"email": null}));
    let (status, kind, why) = answer.refused();
    assert_eq!((status, kind.as_str()), (503, "backend-unavailable"), "{why}");
    assert!(why.contains("a signed or encrypted token"), "{why}");
}
