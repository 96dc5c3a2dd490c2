//! Widget tokens over HTTP: the whole service on a free port, asked as pages and programs ask.

use std::collections::BTreeSet;
use std::ops::Deref;

use serde_json::{Value, json};

use crate::support::answer::Answer;
use crate::support::app::App;
use crate::support::assertion::{self, is_signed, read};
use crate::support::browser::{self, Request};
use crate::support::log;

const SSO: &str = "https://sso.acme.example";
const SITE: &str = "https://www.acme-shoes.example";
const HELP: &str = "https://help.acme-shoes.example";
const STRANGER: &str = "https://stranger.example";

const SHOES: &str = "shoes-secret-of-the-journeys-0123456789abc";
const GAMES: &str = "games-secret-of-the-journeys-0123456789abc";
const STAFF: &str = "staff-secret-of-the-journeys-0123456789abc";
const CHAT: &str = "chat-secret-of-the-journeys-0123456789abcd";
const MESSAGING: &str = "messaging-secret-of-the-journeys-012345678";
const ZENDESK: &str = "zendesk-secret-of-the-journeys-0123456789";
const TEAM: &str = "team-secret-of-the-journeys-0123456789abcd";

const TABLE: &str = "
version: 1
server:
  public_url: https://sso.acme.example
  ops: { listen: 127.0.0.1:0 }
  state_key: { value: state-key-of-the-journeys-0123456789abcdef }
zendesk:
  account: acme
  shared_secret: { value: zendesk-secret-of-the-journeys-0123456789 }
  team_members: { shared_secret: { value: team-secret-of-the-journeys-0123456789abcd } }
reserved:
  - { email_domains: [acme.example], backends: [staff-site] }
backends:
  shoes-site:
    type: redirect
    login_url: https://www.acme-shoes.example/in
    assertion: { algorithm: HS256, secrets: { value: shoes-secret-of-the-journeys-0123456789abc } }
  staff-site:
    type: redirect
    login_url: https://intranet.acme.example/in
    assertion: { algorithm: HS256, secrets: { value: staff-secret-of-the-journeys-0123456789abc } }
  games-login:
    type: session_token
    cookie: token
    cookie_domain: acme-games.example
    at: https://sso.acme-games.example
    login_url: https://login.acme-games.example/
    origins: [https://www.acme-games.example]
    keys: { secrets: { value: games-secret-of-the-journeys-0123456789abc } }
    algorithm: HS256
    issuer: https://login.xsolla.com
    require: { xsolla_login_project_id: 40db2ea4 }
  native: { type: zendesk }
brands:
  shoes:
    brand_id: 1
    hosts: [help.acme-shoes.example, acme-shoes.zendesk.com]
    backend: shoes-site
    identity: { external_id_prefix: shoes_, user_fields: { plan: gold } }
    routes:
      - path: '^/agent(/|$)'
        backend: staff-site
        identity: { roles: [end_user, agent, admin] }
    chat: { secret: { value: chat-secret-of-the-journeys-0123456789abcd } }
    messaging: { key_id: app_5f, secret: { value: messaging-secret-of-the-journeys-012345678 } }
  boots:
    brand_id: 2
    hosts: [help.acme-boots.example]
    backend: shoes-site
    chat: { secret: { value: chat-secret-of-the-journeys-0123456789abcd } }
  tea:
    brand_id: 3
    hosts: [help.acme-tea.example]
    backend: native
    chat: { secret: { value: chat-secret-of-the-journeys-0123456789abcd } }
  games:
    brand_id: 4
    hosts: [help.acme-games.example]
    backend: games-login
    identity: { external_id_prefix: games_ }
    chat: { secret: { value: chat-secret-of-the-journeys-0123456789abcd } }
";

/// A running service that programs and scripts speak to.
struct Widgets(App);

impl Deref for Widgets {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0
    }
}

impl Widgets {
    fn start() -> Self {
        Self(App::with(TABLE))
    }

    /// As it comes: what programs get are no pages.
    fn send(&self, request: &Request) -> Answer {
        browser::program(self.address(), request)
    }

    /// An assertion about Joe for `audience`, made now, with `changes`.
    fn assertion(&self, audience: &Value, changes: &Value) -> String {
        let mut claims = json!({
            "iat": self.clock.now(), "aud": audience,
            "email": "joe@example.com", "name": "Joe", "external_id": 7,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        sign(&claims, SHOES)
    }

    /// A page of the brand's own site asks for a token.
    fn ask(&self, widget: &str, jwt: &str) -> Answer {
        let request = request("GET", &format!("/brands/shoes/{widget}-token"));
        self.send(&request.with("origin", SITE).bearing(jwt))
    }
}

fn request(method: &str, path: &str) -> Request {
    Request::new(method, &format!("{SSO}{path}"))
}

fn address(widget: &str) -> Value {
    json!(format!("{SSO}/brands/shoes/{widget}-token"))
}

fn sign(claims: &Value, secret: &str) -> String {
    assertion::sign(&assertion::header(), claims, secret)
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.header(name).unwrap_or_default()
}

/// Nothing may be kept, and no page but the brand's own may read it.
#[track_caller]
fn assert_lawful(answer: &Answer, origin: Option<&str>) {
    assert_eq!(header(answer, "cache-control"), "no-store");
    assert_eq!(header(answer, "vary"), "Origin");
    assert_eq!(header(answer, "access-control-allow-origin"), origin.unwrap_or_default());
    let credentials = origin.map_or("", |_| "true");
    assert_eq!(header(answer, "access-control-allow-credentials"), credentials);
    let exposed = origin.map_or("", |_| "Brandgate-Trace");
    assert_eq!(header(answer, "access-control-expose-headers"), exposed);
    assert_eq!(header(answer, "set-cookie"), "");
    if answer.status != 204 {
        assert_eq!(header(answer, "content-type"), "application/json");
        assert_eq!(header(answer, "x-content-type-options"), "nosniff");
    }
}

/// Status and code of an error, which has two keys and no more; the log line has the same status.
fn refusal(answer: &Answer) -> (u16, String) {
    let status = answer.status;
    let trace = header(answer, "brandgate-trace").to_owned();
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let keys: BTreeSet<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["code", "description"]));
    assert_eq!(log::line(&trace)["status"], status);
    (status, body["code"].as_str().unwrap().to_owned())
}

fn token(answer: &Answer) -> String {
    assert_eq!(answer.status, 200);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 1);
    body["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_page_gets_a_token_of_the_person_whom_it_shows() {
    let app = Widgets::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    let answer = app.ask("chat", &jwt);
    assert_lawful(&answer, Some(SITE));
    let (head, claims) = read(&token(&answer), CHAT);
    assert_eq!(head, json!({ "typ": "JWT", "alg": "HS256" }));
    let iat = claims["iat"].as_u64().unwrap();
    let expected = json!({
        "name": "Joe", "email": "joe@example.com", "external_id": "shoes_7",
        "iat": iat, "exp": iat + 300,
    });
    assert_eq!(claims, expected);

    let jwt = app.assertion(&address("messaging"), &json!({}));
    let (head, claims) = read(&token(&app.ask("messaging", &jwt)), MESSAGING);
    assert_eq!(head, json!({ "typ": "JWT", "alg": "HS256", "kid": "app_5f" }));
    let expected = json!({
        "scope": "user", "name": "Joe", "email": "joe@example.com", "email_verified": true,
        "external_id": "shoes_7", "exp": claims["exp"],
    });
    assert_eq!(claims, expected);
}

#[test]
fn the_assertion_comes_in_the_body_or_as_a_bearer_token() {
    let app = Widgets::start();
    let path = "/brands/shoes/chat-token";
    let jwt = app.assertion(&address("chat"), &json!({}));
    let post = || request("POST", path);
    let form = "application/x-www-form-urlencoded";
    let as_form = format!("jwt={jwt}");
    let as_json = json!({ "jwt": jwt, "more": 1 }).to_string();
    let twice = format!(r#"{{"jwt":"{jwt}","jwt":"{jwt}"}}"#);
    let body = |kind: &str, body: &str| post().with("content-type", kind).with_body(body);
    let cases = [
        ("a form", body(form, &as_form), None),
        ("a script's form", body(&format!("{form};charset=UTF-8"), &as_form), None),
        ("JSON", body("application/json", &as_json), None),
        ("a Bearer token", request("GET", path).bearing(&jwt), None),
        ("a Bearer token that is posted", post().bearing(&jwt), None),
        ("nothing", request("GET", path), Some((401, "00-00"))),
        ("nothing posted", post(), Some((401, "00-00"))),
        ("an empty field", body(form, "jwt="), Some((401, "00-00"))),
        ("no field", body("application/json", "{}"), Some((401, "00-00"))),
        ("null", body("application/json", r#"{"jwt":null}"#), Some((401, "00-00"))),
        ("a password", post().with("authorization", "Basic am9lOnB3"), Some((401, "00-00"))),
        ("in the address", request("GET", &format!("{path}?jwt={jwt}")), Some((401, "00-00"))),
        ("both", body(form, &as_form).bearing(&jwt), Some((400, "01-03"))),
        ("twice in a form", body(form, &format!("{as_form}&{as_form}")), Some((400, "01-03"))),
        ("twice in JSON", body("application/json", &twice), Some((400, "01-03"))),
        (
            "a list in JSON",
            body("application/json", &format!(r#"["{jwt}"]"#)),
            Some((400, "01-03")),
        ),
        ("no JSON", body("application/json", "jwt"), Some((400, "01-03"))),
        ("a number", body("application/json", r#"{"jwt":7}"#), Some((400, "01-03"))),
        ("another type", body("text/plain", &as_form), Some((415, "01-03"))),
        ("too much", body(form, &"a".repeat(70_000)), Some((413, "01-03"))),
        ("too long", post().bearing(&"a".repeat(17_000)), Some((401, "00-01"))),
    ];
    for (what, request, expected) in cases {
        let answer = app.send(&request);
        match expected {
            None => assert!(is_signed(&token(&answer), CHAT), "{what}"),
            Some((status, code)) => {
                assert_lawful(&answer, None);
                let challenge = if status == 401 { "Bearer" } else { "" };
                assert_eq!(header(&answer, "www-authenticate"), challenge, "{what}");
                assert_eq!(refusal(&answer), (status, code.to_owned()), "{what}");
            }
        }
    }
}

#[test]
fn an_assertion_is_for_one_address_and_three_minutes() {
    let app = Widgets::start();
    let now = app.clock.now();
    let chat = address("chat");
    let honest = app.assertion(&chat, &json!({}));
    let other_brand = json!(format!("{SSO}/brands/boots/chat-token"));
    let claims = json!({ "iat": now, "aud": chat, "email": "joe@example.com", "external_id": 7 });
    let (message, _) = honest.rsplit_once('.').unwrap();
    let unsigned = format!("{message}.");
    let cases = [
        ("good", honest.clone(), true),
        ("good again: it is not claimed", honest.clone(), true),
        ("in a list of one", app.assertion(&json!([chat]), &json!({})), true),
        ("a minute ahead", app.assertion(&chat, &json!({ "iat": now + 50 })), true),
        ("for nobody", app.assertion(&Value::Null, &json!({})), false),
        ("for a sign-in", app.assertion(&json!(SSO), &json!({})), false),
        ("for both", app.assertion(&json!([SSO, chat]), &json!({})), false),
        ("for the other widget", app.assertion(&address("messaging"), &json!({})), false),
        ("for another brand", app.assertion(&other_brand, &json!({})), false),
        (
            "for a longer address",
            app.assertion(&json!(format!("{SSO}/brands/shoes/chat-token/")), &json!({})),
            false,
        ),
        ("too old", app.assertion(&chat, &json!({ "iat": now - 181 })), false),
        ("from the future", app.assertion(&chat, &json!({ "iat": now + 90 })), false),
        ("over", app.assertion(&chat, &json!({ "exp": now - 61 })), false),
        ("by another backend", sign(&claims, STAFF), false),
        ("by Zendesk's secret", sign(&claims, ZENDESK), false),
        ("by the widget's own secret", sign(&claims, CHAT), false),
        ("by nobody", unsigned, false),
        ("no token", "hello".to_owned(), false),
        ("a claim of a wrong type", app.assertion(&chat, &json!({ "email": 7 })), false),
    ];
    for (what, jwt, good) in cases {
        let answer = app.ask("chat", &jwt);
        if good {
            assert!(is_signed(&token(&answer), CHAT), "{what}");
        } else {
            assert_lawful(&answer, Some(SITE));
            assert_eq!(refusal(&answer), (401, "00-01".to_owned()), "{what}");
        }
    }
    app.clock.advance(200);
    assert_eq!(refusal(&app.ask("chat", &honest)), (401, "00-01".to_owned()));
}

#[test]
fn a_token_is_made_anew_each_time() {
    let app = Widgets::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    let first = read(&token(&app.ask("chat", &jwt)), CHAT).1;
    app.clock.advance(100);
    let second = read(&token(&app.ask("chat", &jwt)), CHAT).1;
    assert!(second["exp"].as_u64() >= first["exp"].as_u64().map(|exp| exp + 100));
}

#[test]
fn a_widgets_assertion_signs_nobody_in() {
    let app = Widgets::start();
    let mut joe = app.browser();
    joe.login("brand_id=1&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc").location();
    let answer = joe.submit(SITE, &app.assertion(&address("chat"), &json!({})), None);
    assert_eq!(answer.status, 403);
    let answer = joe.submit(SITE, &app.assertion(&json!(SSO), &json!({})), None);
    let hand_off = answer.hand_off();
    assert_eq!(hand_off.action, "https://acme.zendesk.com/access/jwt", "the same, for a sign-in");
}

#[test]
fn the_identity_rules_hold_here_too() {
    let app = Widgets::start();
    let cases = [
        (json!({ "external_id": null }), 422, "00-02"),
        (json!({ "email": "joe@@example.com" }), 422, "00-03"),
        (json!({ "email_verified": false }), 403, "02-00"),
        (json!({ "email": "boss@acme.example" }), 403, "02-01"),
        (json!({ "external_id": "shoes_" }), 403, "02-02"),
        (json!({ "role": "agent" }), 403, "02-03"),
        (json!({ "tags": ["vip"] }), 403, "02-03"),
        (json!({ "user_fields": { "vip": true } }), 403, "02-03"),
    ];
    for (changes, status, code) in cases {
        for widget in ["chat", "messaging"] {
            let jwt = app.assertion(&address(widget), &changes);
            let answer = app.ask(widget, &jwt);
            assert_lawful(&answer, Some(SITE));
            assert_eq!(refusal(&answer), (status, code.to_owned()), "{widget}: {changes}");
        }
    }
    let harmless = json!({ "phone": "555-1234", "user_fields": { "plan": "tin" } });
    let jwt = app.assertion(&address("chat"), &harmless);
    assert!(is_signed(&token(&app.ask("chat", &jwt)), CHAT));
    let boots = json!(format!("{SSO}/brands/boots/chat-token"));
    let jwt = app.assertion(&boots, &json!({ "external_id": null }));
    let asked = request("GET", "/brands/boots/chat-token").bearing(&jwt);
    let answer = app.send(&asked);
    assert_eq!(refusal(&answer), (422, "00-02".to_owned()), "without a prefix as well");
}

#[test]
fn messaging_needs_no_address_and_chat_does() {
    let app = Widgets::start();
    let ask =
        |widget: &str, changes: Value| app.ask(widget, &app.assertion(&address(widget), &changes));
    let answer = ask("messaging", json!({ "email": null }));
    let claims = read(&token(&answer), MESSAGING).1;
    let expected = json!({
        "scope": "user", "name": "Joe", "external_id": "shoes_7", "exp": claims["exp"],
    });
    assert_eq!(claims, expected, "neither an address nor a word about it");
    let answer = ask("messaging", json!({ "email": null, "name": null }));
    let claims = read(&token(&answer), MESSAGING).1;
    assert_eq!(claims, json!({ "scope": "user", "external_id": "shoes_7", "exp": claims["exp"] }));
    let cases = [
        ("chat", json!({ "email": null }), 422, "00-03"),
        ("messaging", json!({ "email": null, "external_id": null }), 422, "00-02"),
        ("messaging", json!({ "email": null, "role": "agent" }), 403, "02-03"),
        ("messaging", json!({ "email": null, "tags": ["vip"] }), 403, "02-03"),
        ("messaging", json!({ "email": "boss@acme.example" }), 403, "02-01"),
        ("messaging", json!({ "email_verified": false }), 403, "02-00"),
        ("messaging", json!({ "email": "joe" }), 422, "00-03"),
    ];
    for (widget, changes, status, code) in cases {
        let what = format!("{widget}: {changes}");
        assert_eq!(refusal(&ask(widget, changes)), (status, code.to_owned()), "{what}");
    }
}

#[test]
fn a_login_cookie_says_who_somebody_is() {
    let app = Widgets::start();
    let now = app.clock.now();
    let session = |changes: Value| {
        let mut claims = json!({
            "iss": "https://login.xsolla.com", "xsolla_login_project_id": "40db2ea4",
            "iat": now, "exp": now + 3600, "sub": "7", "username": "joe",
            "email": "joe@example.com", "email_verified": true,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        format!("token={}", sign(&claims, GAMES))
    };
    // Browsers send the cookie to the second address alone.
    let (at, path) = ("https://sso.acme-games.example", "/brands/games/chat-token");
    let ask = |cookie: &str, origin: &'static str| {
        let request = Request::get(&format!("{at}{path}")).with("origin", origin);
        app.send(&request.with("cookie", &format!("theme=dark; {cookie}")))
    };
    let site = "https://www.acme-games.example";
    for origin in [site, "https://help.acme-games.example", site] {
        let answer = ask(&session(json!({})), origin);
        assert_lawful(&answer, Some(origin));
        let claims = read(&token(&answer), CHAT).1;
        let (iat, exp) = (&claims["iat"], &claims["exp"]);
        let expected = json!({
            "name": "joe", "email": "joe@example.com", "external_id": "games_7",
            "iat": iat, "exp": exp,
        });
        assert_eq!(claims, expected, "as often as it is presented");
    }
    let other = session(json!({ "sub": "8" }));
    let forged = format!("token={}", app.assertion(&json!("x"), &json!({})));
    let cases = [
        ("no cookie", String::new(), 401, "00-00"),
        ("an empty cookie", "token=".to_owned(), 401, "00-00"),
        ("no token", "token=hello".to_owned(), 401, "00-01"),
        ("somebody else's signature", forged, 401, "00-01"),
        ("over", session(json!({ "exp": now - 61 })), 401, "00-01"),
        ("another project", session(json!({ "xsolla_login_project_id": "x" })), 401, "00-01"),
        ("two people", format!("{other}; {}", session(json!({}))), 401, "00-01"),
        ("no sub", session(json!({ "sub": null })), 422, "00-02"),
        ("no e-mail", session(json!({ "email": null })), 422, "00-03"),
        ("no proof", session(json!({ "email_verified": null })), 422, "02-00"),
        ("not verified", session(json!({ "email_verified": false })), 403, "02-00"),
        ("reserved", session(json!({ "email": "boss@acme.example" })), 403, "02-01"),
    ];
    for (what, cookie, status, code) in cases {
        let answer = ask(&cookie, site);
        assert_lawful(&answer, Some(site));
        assert_eq!(refusal(&answer), (status, code.to_owned()), "{what}");
    }
    for origin in [STRANGER, "null", SITE, "https://login.acme-games.example"] {
        let answer = ask(&session(json!({})), origin);
        assert_lawful(&answer, None);
        assert_eq!(refusal(&answer), (403, "01-01".to_owned()), "{origin}");
    }
    let bearer = session(json!({}));
    let asked = request("GET", path).bearing(bearer.trim_start_matches("token="));
    let answer = app.send(&asked);
    assert_eq!(refusal(&answer), (401, "00-00".to_owned()), "it is no assertion");
    let elsewhere = app.send(&Request::get(&format!("{at}/brands/shoes/chat-token")));
    assert_eq!(refusal(&elsewhere), (404, "01-00".to_owned()), "another backend's brand");
}

#[test]
fn only_pages_of_the_brands_own_may_ask() {
    let app = Widgets::start();
    let path = "/brands/shoes/chat-token";
    let jwt = app.assertion(&address("chat"), &json!({}));
    let own = [HELP, "https://acme-shoes.zendesk.com", SITE];
    for origin in own {
        let asked = request("GET", path).with("origin", origin).bearing(&jwt);
        let answer = app.send(&asked.with("sec-fetch-site", "cross-site"));
        assert_lawful(&answer, Some(origin));
        assert_eq!(answer.status, 200, "{origin}");
        let asked = request("OPTIONS", path).with("origin", origin);
        let asked = asked.with("access-control-request-method", "POST");
        let answer = app.send(&asked);
        assert_lawful(&answer, Some(origin));
        assert_eq!(answer.status, 204, "{origin}");
        assert_eq!(header(&answer, "access-control-allow-methods"), "GET, POST");
        assert_eq!(header(&answer, "access-control-allow-headers"), "Authorization, Content-Type");
    }
    let others = [
        STRANGER,
        "null",
        "",
        "*",
        SSO,
        "https://acme.zendesk.com",
        "https://help.acme-boots.example",
        "https://intranet.acme.example",
        "http://help.acme-shoes.example",
        "https://help.acme-shoes.example:444",
        "https://help.acme-shoes.example/",
        "https://HELP.acme-shoes.example",
        "https://help.acme-shoes.example.stranger.example",
        "https://evil.help.acme-shoes.example",
    ];
    for origin in others {
        for method in ["GET", "POST", "OPTIONS"] {
            let asked = request(method, path).with("origin", origin);
            let answer = app.send(&asked.bearing(&jwt));
            assert_lawful(&answer, None);
            let expected = (403, "01-01".to_owned());
            assert_eq!(refusal(&answer), expected, "{method} {origin:?}");
        }
    }
    let two = request("GET", path).with("origin", SITE).with("origin", STRANGER);
    assert_eq!(app.send(&two.bearing(&jwt)).status, 403, "two origins");
    let hidden = request("GET", path).with("sec-fetch-site", "cross-site");
    assert_eq!(app.send(&hidden.bearing(&jwt)).status, 403, "a hidden page");
}

#[test]
fn what_is_not_there_is_said_in_json_too() {
    let app = Widgets::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    let cases = [
        ("GET", "/brands/nobody/chat-token", 404, "01-00"),
        ("GET", "/brands/boots/messaging-token", 404, "01-00"),
        ("GET", "/brands/tea/chat-token", 401, "00-00"),
        ("PUT", "/brands/shoes/chat-token", 405, "01-02"),
        ("DELETE", "/brands/shoes/chat-token", 405, "01-02"),
    ];
    for (method, path, status, code) in cases {
        let answer = app.send(&request(method, path).bearing(&jwt));
        assert_lawful(&answer, None);
        let allowed = if status == 405 { "GET, POST, OPTIONS" } else { "" };
        assert_eq!(header(&answer, "allow"), allowed);
        assert_eq!(refusal(&answer), (status, code.to_owned()), "{path}");
    }
    let head = request("HEAD", "/brands/shoes/chat-token").bearing(&jwt);
    assert_eq!(app.send(&head).status, 405);
    let ahead = request("GET", "/brands/shoes/chat-token").bearing(&jwt);
    let answer = app.send(&ahead.with("sec-purpose", "prefetch"));
    assert_eq!(refusal(&answer), (503, "01-04".to_owned()));
}

#[test]
fn team_members_are_signed_in_by_the_second_configuration() {
    let app = Widgets::start();
    let agent = "brand_id=1&return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fagent%2Fdashboard";
    let help = "brand_id=1&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    // (query, backend's secret, claims, Zendesk's secret)
    let cases = [
        (help, SHOES, json!({}), ZENDESK),
        (help, SHOES, json!({ "role": "end_user" }), ZENDESK),
        (agent, STAFF, json!({ "role": "agent" }), TEAM),
        (agent, STAFF, json!({ "role": "admin" }), TEAM),
        (agent, STAFF, json!({ "role": "end_user" }), ZENDESK),
        (agent, STAFF, json!({}), ZENDESK),
    ];
    for (query, secret, said, zendesk) in cases {
        let mut joe = app.browser();
        joe.login(query).location();
        let mut claims = json!({
            "iat": app.clock.now(), "email": "joe@example.com", "external_id": 7,
        });
        for (name, value) in said.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let site = if secret == STAFF { "https://intranet.acme.example" } else { SITE };
        let jwt = joe.submit(site, &sign(&claims, secret), None).hand_off().jwt;
        for candidate in [ZENDESK, TEAM] {
            assert_eq!(is_signed(&jwt, candidate), candidate == zendesk, "{said} at {query}");
        }
        // The next case is another person at another browser, a minute later.
        app.clock.advance(61);
    }
}

#[test]
fn a_widget_gets_no_token_while_its_brand_is_closed() {
    let app = Widgets::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    app.reload(&[("brand_id: 1\n", "brand_id: 1\n    closed: Back on Monday\n")]);
    for widget in ["chat", "messaging"] {
        let answer = app.ask(widget, &jwt);
        assert_lawful(&answer, Some(SITE));
        assert_eq!(refusal(&answer), (403, "03-02".to_owned()), "{widget}");
        assert_eq!(header(&answer, "retry-after"), "");
    }
    app.reload(&[]);
    token(&app.ask("chat", &jwt));
}

#[test]
fn a_widget_gets_no_token_of_a_person_who_is_denied() {
    let app = Widgets::start();
    for who in ["emails: [joe@example.com]", "external_ids: [shoes_7]"] {
        app.reload(&[("backends:\n", &format!("deny: {{ {who} }}\nbackends:\n"))]);
        for widget in ["chat", "messaging"] {
            let jwt = app.assertion(&address(widget), &json!({}));
            assert_eq!(refusal(&app.ask(widget, &jwt)), (403, "02-04".to_owned()), "{who}");
        }
    }
    // Messaging knows people by their id alone.
    let jwt = app.assertion(&address("messaging"), &json!({ "email": null }));
    assert_eq!(refusal(&app.ask("messaging", &jwt)), (403, "02-04".to_owned()));
}

#[test]
fn a_widgets_secret_that_is_replaced_signs_from_the_reload_on() {
    let app = Widgets::start();
    let chat = "next-chat-secret-of-the-journeys-012345678";
    let messaging = "next-messaging-secret-of-the-journeys-0123";
    let given =
        |widget: &str| token(&app.ask(widget, &app.assertion(&address(widget), &json!({}))));
    assert!(is_signed(&given("chat"), CHAT) && is_signed(&given("messaging"), MESSAGING));
    app.reload(&[(CHAT, chat), (MESSAGING, messaging)]);
    for (widget, old, new) in [("chat", CHAT, chat), ("messaging", MESSAGING, messaging)] {
        let given = given(widget);
        assert!(is_signed(&given, new) && !is_signed(&given, old), "{widget}");
    }
}
