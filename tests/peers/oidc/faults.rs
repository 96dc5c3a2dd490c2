//! Every fault of a provider: its own outcome, page and log line, and no storm of requests.

use std::process::Command;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::faulty::{Faulty, KEYS, Key, METADATA, Reply, TOKEN, USERINFO, signed};
use super::service::{App, SSO, TO_SHOES, brands};
use crate::support::answer::Answer;
use crate::support::browser::{Browser, Request, program};
use crate::support::log;
use crate::walk::parameter;

/// A sign-in that has come as far as the provider.
pub(super) struct AtProvider {
    pub(super) browser: Browser,
    begun: Answer,
}

impl AtProvider {
    pub(super) fn begin(app: &App) -> Self {
        let mut browser = app.browser();
        let begun = browser.login(TO_SHOES);
        assert_eq!(begun.status, 302, "{}", begun.body);
        Self { browser, begun }
    }

    /// What a good provider says about Joe, with `changes`, of which a `null` takes away.
    pub(super) fn claims(&self, app: &App, issuer: &str, changes: &Value) -> Value {
        let now = app.clock.now();
        let mut claims = json!({
            "iss": issuer, "aud": "brandgate-staff", "sub": "joe", "iat": now, "exp": now + 60,
            "nonce": self.begun.sent("nonce"), "email": "joe@example.com", "email_verified": true,
            "name": "Joe",
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        claims
    }

    pub(super) fn come_back(&mut self) -> Answer {
        let state = self.begun.sent("state");
        self.browser.get(&format!("{SSO}/callback/staff?state={state}&code=one"))
    }
}

/// Signs Joe in with the ID token that `make` makes of his claims.
pub(super) fn with_token(
    app: &App,
    faulty: &Faulty,
    changes: &Value,
    make: impl Fn(&Value) -> String,
) -> Answer {
    let mut joe = AtProvider::begin(app);
    faulty.redeem_for(&make(&joe.claims(app, &faulty.issuer, changes)));
    joe.come_back()
}

#[track_caller]
pub(super) fn assert_unavailable(answer: &Answer, why: &str, what: &str) {
    let (status, kind, message) = answer.refused();
    assert_eq!((status, kind.as_str()), (503, "backend-unavailable"), "{what}: {message}");
    assert_eq!(message, format!("the backend is unavailable: {why}"), "{what}");
    let line = answer.line();
    let found = (line["level"].as_str(), line["fault"].as_str());
    assert_eq!(found, (Some("WARN"), Some("backend")), "{what}");
}

/// Somebody must set it right, and is told so loudly.
#[track_caller]
fn assert_not_set_up(answer: &Answer, why: &str) {
    let (status, kind, message) = answer.refused();
    assert_eq!((status, kind.as_str()), (503, "backend-unavailable"), "{message}");
    assert_eq!(message, format!("the backend is not set up for this: {why}"));
    let line = answer.line();
    assert_eq!((line["level"].as_str(), line["fault"].as_str()), (Some("ERROR"), Some("us")));
}

#[track_caller]
pub(super) fn assert_unproven(answer: &Answer, why: &str, what: &str) {
    let (status, kind, message) = answer.refused();
    assert_eq!((status, kind.as_str()), (403, "backend-unproven"), "{what}: {message}");
    // How many seconds is the machine's affair.
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words = message.split(' ').map(|word| if is_number(word) { "N" } else { word });
    let message = words.collect::<Vec<_>>().join(" ");
    assert_eq!(message, format!("what came back proves nothing: {why}"), "{what}");
}

#[test]
fn the_code_is_redeemed_as_the_standards_ask() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let mut joe = AtProvider::begin(&app);
    faulty.redeem_for(&key.sign(&joe.claims(&app, &faulty.issuer, &json!({}))));
    assert_eq!(joe.come_back().handed_off().0["email"], "joe@example.com");

    let request = faulty.last(TOKEN);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let secret = STANDARD.encode("brandgate-staff:secret-of-staff-0123456789abcdef0123456789");
    assert!(head.to_ascii_lowercase().contains("authorization: basic "), "{head}");
    assert!(head.contains(&secret), "{head}");
    let form = reqwest::Url::parse(&format!("x:?{body}")).unwrap();
    let field = |name| parameter(&form, name);
    assert_eq!(field("grant_type").as_deref(), Some("authorization_code"));
    assert_eq!(field("code").as_deref(), Some("one"));
    assert_eq!(field("redirect_uri"), Some(format!("{SSO}/callback/staff")));
    assert_eq!(field("client_secret"), None, "once is enough");
    let verifier = field("code_verifier").unwrap();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    assert_eq!(URL_SAFE_NO_PAD.encode(hash), joe.begun.sent("code_challenge"));
    assert_eq!(faulty.asked(USERINFO), 0, "nothing is missing");
}

#[test]
fn a_client_secret_that_is_replaced_redeems_from_the_reload_on() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let mut joe = AtProvider::begin(&app);
    faulty.redeem_for(&key.sign(&joe.claims(&app, &faulty.issuer, &json!({}))));
    let next = "next-secret-of-staff-0123456789abcdef012345";
    app.reload(&[("secret-of-staff-0123456789abcdef0123456789", next)]);
    // Who began before comes back with a code, and the new secret redeems it.
    assert_eq!(joe.come_back().handed_off().0["email"], "joe@example.com");
    let secret = STANDARD.encode(format!("brandgate-staff:{next}"));
    assert!(faulty.last(TOKEN).contains(&secret));
}

#[test]
fn metadata_of_no_use_is_explained_and_asked_for_once() {
    let cases = [
        ("HTML", Reply::Html(200), "its metadata is no JSON object"),
        ("500", Reply::Html(500), "its metadata: it answers 500"),
        ("wrong JSON", Reply::Json(200, json!({"leaked": 1})), "its metadata has no `issuer`"),
        ("a redirect", Reply::Redirect, "its metadata: it answers 302"),
        ("300 KB", Reply::TooLong, "its metadata: the answer is longer than 262144 bytes"),
        ("hangs up", Reply::Nothing, "its metadata: no answer: the connection broke"),
    ];
    for (what, reply, why) in cases {
        let faulty = Faulty::start(&[]);
        let app = App::start(&faulty.issuer);
        faulty.reply(METADATA, reply);
        for answer in &app.ten_logins() {
            assert_unavailable(answer, why, what);
        }
        assert_eq!(faulty.asked(METADATA), 1, "{what}");
        assert_eq!(faulty.asked("/elsewhere"), 0, "{what}");

        faulty.reply(METADATA, Reply::Json(200, faulty.metadata()));
        assert_unavailable(&app.browser().login(TO_SHOES), why, "still left alone");
        app.clock.advance(15);
        assert_eq!(app.browser().login(TO_SHOES).status, 302, "{what}: it is back");
    }
}

#[test]
fn metadata_that_leads_elsewhere_is_refused() {
    let cases = [
        ("token_endpoint", "http://evil.example/", "its token_endpoint is not an https address"),
        ("jwks_uri", "ftp://127.0.0.1/", "its jwks_uri is not an https address"),
    ];
    for (member, value, why) in cases {
        let faulty = Faulty::start(&[]);
        let app = App::start(&faulty.issuer);
        let mut metadata = faulty.metadata();
        metadata[member] = json!(value);
        faulty.reply(METADATA, Reply::Json(200, metadata));
        assert_unavailable(&app.browser().login(TO_SHOES), why, member);
    }
}

#[test]
fn what_we_have_set_up_wrongly_is_an_error_of_ours() {
    let faulty = Faulty::start(&[]);
    let app = App::start(&faulty.issuer);
    let mut metadata = faulty.metadata();
    metadata["issuer"] = json!("https://evil.example");
    faulty.reply(METADATA, Reply::Json(200, metadata));
    let answer = app.browser().login(TO_SHOES);
    assert_not_set_up(&answer, "its metadata names another issuer than our `issuer`");

    let app = App::start(&faulty.issuer);
    faulty.reply(METADATA, Reply::Html(404));
    let answer = app.browser().login(TO_SHOES);
    assert_not_set_up(&answer, "our `issuer` has no metadata: it answers 404");

    let app = App::start(&faulty.issuer);
    faulty.reply(METADATA, Reply::Json(200, faulty.metadata()));
    for error in ["invalid_client", "unauthorized_client"] {
        let mut joe = AtProvider::begin(&app);
        faulty.reply(TOKEN, Reply::Json(401, json!({"error": error})));
        let answer = joe.come_back();
        assert_not_set_up(&answer, "it refuses our client_id, client_secret or redirect_uri");
    }
}

#[test]
fn what_anybody_can_write_into_a_link_is_no_error_of_ours() {
    let faulty = Faulty::start(&[]);
    let app = App::start(&faulty.issuer);
    for error in
        ["invalid_scope", "invalid_request", "unauthorized_client", "unsupported_response_type"]
    {
        let mut joe = AtProvider::begin(&app);
        let state = joe.begun.sent("state");
        let url = format!("{SSO}/callback/staff?state={state}&error={error}");
        let stranger = app.browser().get(&url);
        assert_eq!(stranger.line()["level"], "INFO", "{error}: no sign-in of this browser");
        let why = format!(
            "it says `{error}`, or somebody has written that into a link: compare `client_id`, \
             `scopes` and our redirect address with what it knows"
        );
        assert_unavailable(&joe.browser.get(&url), &why, error);
    }
    assert_eq!(faulty.asked(TOKEN), 0);
}

#[test]
fn a_provider_that_is_down_or_slow_holds_nobody_for_long() {
    let down = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = App::start(&format!("http://{down}"));
    let answer = app.browser().login(TO_SHOES);
    assert_unavailable(&answer, "its metadata: no answer: no connection", "down");
    let out = app.browser().get(&format!("{SSO}/logout?brand_id=1"));
    assert_eq!(out.status, 200, "Zendesk has signed the person out already");
    assert!(out.body.contains("You are signed out"));
    assert_eq!(log::lines(r#""outcome":"signed out of zendesk alone""#).len(), 1);

    let faulty = Faulty::start(&[]);
    let app = App::start(&faulty.issuer);
    faulty.reply(METADATA, Reply::Silence);
    for answer in &app.ten_logins() {
        assert_unavailable(answer, "its metadata: no answer: it took too long", "slow");
    }
    assert_eq!(faulty.asked(METADATA), 1, "they wait for one answer together");
}

#[test]
fn a_provider_that_goes_away_is_known_for_a_day() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    with_token(&app, &faulty, &json!({}), |claims| key.sign(claims)).handed_off();
    faulty.reply(METADATA, Reply::Html(500));
    faulty.reply(KEYS, Reply::Html(500));
    app.clock.advance(7200);
    with_token(&app, &faulty, &json!({}), |claims| key.sign(claims)).handed_off();
    with_token(&app, &faulty, &json!({}), |claims| key.sign(claims)).handed_off();
    assert_eq!((faulty.asked(METADATA), faulty.asked(KEYS)), (2, 2));
    app.clock.advance(24 * 3600);
    let answer = app.browser().login(TO_SHOES);
    assert_unavailable(&answer, "its metadata: it answers 500", "after a day");
}

#[test]
fn an_answer_to_a_code_that_is_no_good_has_its_own_reason() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let refuses = |status, error: &str| {
        Reply::Json(status, json!({"error": error, "error_description": "leaked"}))
    };
    let unreadable = "its answer to a code is no JSON object";
    let no_code = "it refuses to redeem a code";
    let cases = [
        ("HTML", Reply::Html(200), unreadable),
        ("a list", Reply::Json(200, json!(["leaked"])), unreadable),
        ("500", Reply::Html(500), "its token: it answers 500"),
        (
            "JSON without an error",
            Reply::Json(400, json!({"leaked": 1})),
            "its token: it answers 400",
        ),
        (
            "an error of a type",
            Reply::Json(401, json!({"error": {"leaked": 1}})),
            "its token: it answers 401",
        ),
        (
            "nothing that is used",
            Reply::Json(200, json!({"access_token": 7})),
            "it gave no ID token",
        ),
        ("a redirect", Reply::Redirect, "its token: it answers 302"),
        ("300 KB", Reply::TooLong, "its token: the answer is longer than 262144 bytes"),
        ("hangs up", Reply::Nothing, "its token: no answer: the connection broke"),
        (
            "no ID token",
            Reply::Json(200, json!({"access_token": "leaked", "token_type": "Bearer"})),
            "it gave no ID token",
        ),
        ("anything else", refuses(400, "leaked"), no_code),
        ("as if it were good", refuses(200, "leaked"), no_code),
        (
            "out of order",
            refuses(503, "temporarily_unavailable"),
            "it says that it is out of order",
        ),
        (
            "a request that it does not like",
            refuses(400, "invalid_request"),
            "it refuses to redeem a code: `invalid_request`",
        ),
    ];
    for (number, (what, reply, why)) in (1..).zip(cases) {
        let mut joe = AtProvider::begin(&app);
        faulty.reply(TOKEN, reply);
        assert_unavailable(&joe.come_back(), why, what);
        assert_eq!(faulty.asked(TOKEN), number, "{what}: asked once");
    }
    assert_eq!(faulty.asked("/elsewhere"), 0);
    let mut joe = AtProvider::begin(&app);
    for (status, more) in [(400, json!(null)), (200, json!([1])), (403, json!({"a": 1}))] {
        let answer = json!({"error": "invalid_grant", "error_description": more, "error_uri": 7});
        faulty.reply(TOKEN, Reply::Json(status, answer));
        let expired = joe.come_back();
        let (status, kind, why) = expired.refused();
        assert_eq!((status, kind.as_str()), (403, "backend-over"));
        assert!(why.ends_with("the code is used, too old, or for another sign-in"), "{why}");
    }
    faulty.redeem_for(&key.sign(&joe.claims(&app, &faulty.issuer, &json!({}))));
    joe.come_back().handed_off();
}

#[test]
fn an_id_token_that_proves_nothing_signs_nobody_in() {
    let (key, strange) = (Key::new("one"), Key::new("one"));
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let sign = |claims: &Value| key.sign(claims);
    let not_agreed = "the ID token: its algorithm is not one that was agreed on";
    let of_claims = [
        ("the wrong nonce", json!({"nonce": "x"}), "the ID token: it belongs to another sign-in"),
        ("no nonce", json!({"nonce": null}), "the ID token: it belongs to another sign-in"),
        (
            "for another client",
            json!({"aud": "brandgate-coffee-club"}),
            "the ID token: it is not for us",
        ),
        (
            "another issuer",
            json!({"iss": "https://evil.example"}),
            "the ID token: it names another issuer",
        ),
        (
            "expired",
            json!({"exp": app.clock.now() - 120}),
            "the ID token: it is too old: its `exp` is N seconds behind our clock",
        ),
        (
            "from the future",
            json!({"iat": app.clock.now() + 120}),
            "the ID token: it is from the future: its `iat` is N seconds ahead of our clock",
        ),
        (
            "good in an hour",
            json!({"nbf": app.clock.now() + 3600}),
            "the ID token: it is from the future: its `nbf` is N seconds ahead of our clock",
        ),
    ];
    for (what, changes, why) in of_claims {
        assert_unproven(&with_token(&app, &faulty, &changes, sign), why, what);
    }
    let none = |claims: &Value| signed(&json!({"alg": "none"}), claims, |_| Vec::new());
    assert_unproven(&with_token(&app, &faulty, &json!({}), none), not_agreed, "none");
    let hs256 = |claims: &Value| {
        let secret = hmac::Key::new(hmac::HMAC_SHA256, &key.public());
        let header = json!({"alg": "HS256", "kid": "one"});
        signed(&header, claims, |message| hmac::sign(&secret, message).as_ref().to_vec())
    };
    assert_unproven(&with_token(&app, &faulty, &json!({}), hs256), not_agreed, "confusion");
    let our_secret = |claims: &Value| {
        let secret = b"secret-of-staff-0123456789abcdef0123456789";
        let secret = hmac::Key::new(hmac::HMAC_SHA256, secret);
        signed(&json!({"alg": "HS256"}), claims, |it| hmac::sign(&secret, it).as_ref().to_vec())
    };
    assert_unproven(&with_token(&app, &faulty, &json!({}), our_secret), not_agreed, "HS256");
    let forged = with_token(&app, &faulty, &json!({}), |claims| strange.sign(claims));
    assert_unproven(
        &forged,
        "the ID token: its signature does not hold",
        "another key of that name",
    );
    with_token(&app, &faulty, &json!({}), sign).handed_off();
    assert_eq!(faulty.asked(KEYS), 1, "no bad token makes us ask again");
}

#[test]
fn a_key_that_is_new_is_fetched_at_most_once_a_minute() {
    let (old, new, unknown) = (Key::new("old"), Key::new("new"), Key::new("unknown"));
    let faulty = Faulty::start(&[&old]);
    let app = App::start(&faulty.issuer);
    with_token(&app, &faulty, &json!({}), |claims| old.sign(claims)).handed_off();
    assert_eq!(faulty.asked(KEYS), 1);

    faulty.publish(&[&new, &old]);
    with_token(&app, &faulty, &json!({}), |claims| new.sign(claims)).handed_off();
    assert_eq!(faulty.asked(KEYS), 2, "rotated under way");

    let why = "the ID token: its key is not among the provider's, or it does not name it";
    for _ in 0..5 {
        let answer = with_token(&app, &faulty, &json!({}), |claims| unknown.sign(claims));
        assert_unproven(&answer, why, "unknown");
    }
    assert_eq!(faulty.asked(KEYS), 2, "within the minute");
    app.clock.advance(60);
    let answer = with_token(&app, &faulty, &json!({}), |claims| unknown.sign(claims));
    assert_unproven(&answer, why, "unknown, and asked for");
    assert_eq!(faulty.asked(KEYS), 3);
    with_token(&app, &faulty, &json!({}), |claims| old.sign(claims)).handed_off();
    assert_eq!(faulty.asked(KEYS), 3, "a known one asks nobody");

    app.clock.advance(60);
    faulty.reply(KEYS, Reply::Html(500));
    let answer = with_token(&app, &faulty, &json!({}), |claims| unknown.sign(claims));
    assert_unavailable(&answer, "key set: answered with status 500", "cannot be looked for");
    with_token(&app, &faulty, &json!({}), |claims| old.sign(claims)).handed_off();
}

#[test]
fn keys_of_no_use_are_explained() {
    let key = Key::new("one");
    let cases = [
        ("HTML", Reply::Html(200), "key set: the answer is not a key set"),
        ("500", Reply::Html(500), "key set: answered with status 500"),
        ("a redirect", Reply::Redirect, "key set: answered with status 302"),
        ("300 KB", Reply::TooLong, "key set: the answer is longer than 262144 bytes"),
        (
            "no keys",
            Reply::Json(200, json!({"keys": []})),
            "key set: the key set has no key that can be used",
        ),
    ];
    for (what, reply, why) in cases {
        let faulty = Faulty::start(&[]);
        let app = App::start(&faulty.issuer);
        faulty.reply(KEYS, reply);
        for _ in 0..3 {
            let answer = with_token(&app, &faulty, &json!({}), |claims| key.sign(claims));
            assert_unavailable(&answer, why, what);
        }
        assert_eq!(faulty.asked(KEYS), 1, "{what}");
    }
}

#[test]
fn userinfo_is_asked_for_what_is_missing_and_believed_about_the_same_person_alone() {
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::start(&faulty.issuer);
    let without = json!({"email": null, "email_verified": null, "name": null});
    let joe =
        json!({"sub": "joe", "email": "joe@example.com", "email_verified": "true", "name": "J"});
    let come = |changes: &Value, reply: Reply| {
        faulty.reply(USERINFO, reply);
        with_token(&app, &faulty, changes, |claims| key.sign(claims))
    };
    let (claims, _) = come(&without, Reply::Json(200, joe.clone())).handed_off();
    assert_eq!(
        (claims["email"].as_str(), claims["name"].as_str()),
        (Some("joe@example.com"), Some("J"))
    );
    assert!(faulty.last(USERINFO).to_ascii_lowercase().contains("authorization: bearer leaked"));

    let other = json!({"sub": "jane", "email": "joe@example.com", "email_verified": true});
    let answer = come(&without, Reply::Json(200, other));
    assert_unproven(&answer, "userinfo is about somebody else", "another person's");
    let address = json!({"sub": "joe", "email": "boss@example.com", "email_verified": true});
    let answer = come(&json!({"name": null}), Reply::Json(200, address));
    assert_unproven(&answer, "ID token and userinfo name different addresses", "another address");
    let unproven = json!({"email": null, "email_verified": true, "name": "Joe"});
    let new = json!({"sub": "joe", "email": "new@example.com", "email_verified": false});
    let refused = come(&unproven, Reply::Json(200, new)).refused();
    assert_eq!((refused.0, refused.1.as_str()), (403, "email-unverified"));
    let new = json!({"sub": "joe", "email": "new@example.com"});
    let refused = come(&unproven, Reply::Json(200, new)).refused();
    assert_eq!((refused.0, refused.1.as_str()), (422, "email-proof-missing"));
    let odd = json!({"sub": "joe", "email": "a@b@example.com", "email_verified": true});
    let refused = come(&without, Reply::Json(200, odd)).refused();
    assert_eq!((refused.0, refused.1.as_str()), (422, "email-invalid"));
    let unreadable = "its userinfo is no JSON object";
    for (what, reply, why) in [
        ("HTML", Reply::Html(200), unreadable),
        ("500", Reply::Html(500), "its userinfo: it answers 500"),
        ("a redirect", Reply::Redirect, "its userinfo: it answers 302"),
        ("wrong JSON", Reply::Json(200, json!([])), unreadable),
        ("hangs up", Reply::Nothing, "its userinfo: no answer: the connection broke"),
    ] {
        assert_unavailable(&come(&without, reply), why, what);
    }
}

#[test]
fn what_the_provider_says_went_wrong_is_never_repeated() {
    let faulty = Faulty::start(&[]);
    let app = App::start(&faulty.issuer);
    let cases = [
        ("access_denied", 403, "the backend says no: access_denied"),
        ("leaked", 403, "the backend says no: it gives a reason that is not known"),
        ("server_error", 503, "the backend is unavailable: it says that it is out of order"),
    ];
    for (error, status, why) in cases {
        let mut joe = AtProvider::begin(&app);
        let state = joe.begun.sent("state");
        let url =
            format!("{SSO}/callback/staff?state={state}&error={error}&error_description=leaked");
        let refused = joe.browser.get(&url).refused();
        assert_eq!((refused.0, refused.2.as_str()), (status, why), "{error}");
    }
    assert_eq!(faulty.asked(TOKEN), 0);
}

#[test]
fn route_names_the_provider_and_asks_it_nothing() {
    let faulty = Faulty::start(&[]);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("brands.yaml");
    std::fs::write(&file, brands(&faulty.issuer)).unwrap();
    for (path, what) in [("login", "sign-in"), ("logout", "sign-out")] {
        let run = |more: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_brandgate"));
            let url = format!("{SSO}/{path}?brand_id=1");
            let command = command.args(["route", &url, "--config"]).arg(&file).args(more);
            let output = command.output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        let said = format!("the {what} goes to {}, which says where", faulty.issuer);
        assert!(run(&[]).contains(&said), "{}", run(&[]));
        let json: Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
        assert_eq!((&json["provider"], &json["location"]), (&json!(faulty.issuer), &Value::Null));
    }
    assert_eq!(faulty.asked(METADATA), 0);
}

#[test]
fn the_admin_page_tells_what_became_of_the_claims_of_both() {
    const ADMIN: &str = "admin-token-of-the-providers-0123456789";
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let admin = format!("ops: {{ listen: 127.0.0.1:0, admin: {{ value: {ADMIN} }} }}");
    let app = App::with(&brands(&faulty.issuer).replace("ops: { listen: 127.0.0.1:0 }", &admin));
    let told = json!({ "sub": "joe", "email_verified": false, "locale": "en", "zoneinfo": "UTC" });
    faulty.reply(USERINFO, Reply::Json(200, told));
    let changes = json!({ "email_verified": null, "groups": ["a", "b"] });
    let refused = with_token(&app, &faulty, &changes, |claims| key.sign(claims)).refused();
    assert_eq!(refused.1, "email-unverified");
    let request = Request::get(&format!("{SSO}/admin/status.json")).bearing(ADMIN);
    let body = program(app.ops_address(), &request).body;
    let failure = serde_json::from_str::<Value>(&body).unwrap()["failures"][0].clone();
    let claims = failure["claims"].as_array().unwrap();
    for (name, kind, became) in [
        ("email_verified", "false", "refused: email-unverified"),
        ("email", "text, 15 characters", "read"),
        ("sub", "text, 3 characters", "read as external_id"),
        ("groups", "list of 2", "not read"),
        ("zoneinfo", "text, 3 characters", "not read"),
        ("nonce", "text, 43 characters", "of the token itself"),
    ] {
        let claim = json!({ "name": name, "kind": kind, "became": became });
        assert!(claims.contains(&claim), "{name}: {failure}");
    }
    assert!(!failure.to_string().contains('@'), "{failure}");
}
