//! Widget tokens over HTTP: the whole service on a free port, asked as pages and programs ask.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::Path;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brandgate::app::Service;
use brandgate::clock::Clock;
use brandgate::config;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

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

/// A running service with a clock that the test moves.
struct App {
    service: Service,
    clock: Clock,
    client: Client,
}

impl App {
    fn start() -> Self {
        log::keep();
        let loaded = config::read(TABLE, "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let listen = || TcpListener::bind("127.0.0.1:0").unwrap();
        let clock = Clock::default();
        let service = Service::start(config, clock.clone(), listen(), listen()).unwrap();
        let redirects = reqwest::redirect::Policy::none();
        let client = Client::builder().no_proxy().redirect(redirects).build().unwrap();
        Self { service, clock, client }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let address = format!("http://{}{path}", self.service.public_address());
        self.client.request(method, address).header("host", "sso.acme.example")
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
    async fn ask(&self, widget: &str, jwt: &str) -> Response {
        let request = self.request(Method::GET, &format!("/brands/shoes/{widget}-token"));
        request.header("origin", SITE).bearer_auth(jwt).send().await.unwrap()
    }
}

fn address(widget: &str) -> Value {
    json!(format!("{SSO}/brands/shoes/{widget}-token"))
}

fn sign(claims: &Value, secret: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(&json!({ "typ": "JWT", "alg": "HS256" })), part(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// Header and claims of a token that `secret` has signed.
fn read(jwt: &str, secret: &str) -> Option<(Value, Value)> {
    let (message, signature) = jwt.rsplit_once('.')?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    hmac::verify(&key, message.as_bytes(), &signature).ok()?;
    let (header, claims) = message.split_once('.')?;
    let value = |part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    Some((value(header), value(claims)))
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// Nothing may be kept, and no page but the brand's own may read it.
#[track_caller]
fn assert_lawful(response: &Response, origin: Option<&str>) {
    assert_eq!(header(response, "cache-control"), "no-store");
    assert_eq!(header(response, "vary"), "Origin");
    assert_eq!(header(response, "access-control-allow-origin"), origin.unwrap_or_default());
    let credentials = origin.map_or("", |_| "true");
    assert_eq!(header(response, "access-control-allow-credentials"), credentials);
    let exposed = origin.map_or("", |_| "Brandgate-Trace");
    assert_eq!(header(response, "access-control-expose-headers"), exposed);
    assert_eq!(header(response, "set-cookie"), "");
    if response.status() != 204 {
        assert_eq!(header(response, "content-type"), "application/json");
        assert_eq!(header(response, "x-content-type-options"), "nosniff");
    }
}

/// Status and code of an error, which has two keys and no more; the log line has the same status.
async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let trace = header(&response, "brandgate-trace").to_owned();
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let keys: BTreeSet<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["code", "description"]));
    assert_eq!(log::line(&trace)["status"], status);
    (status, body["code"].as_str().unwrap().to_owned())
}

async fn token(response: Response) -> String {
    assert_eq!(response.status(), 200);
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 1);
    body["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_gets_a_token_of_the_person_whom_it_shows() {
    let app = App::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    let answer = app.ask("chat", &jwt).await;
    assert_lawful(&answer, Some(SITE));
    let (head, claims) = read(&token(answer).await, CHAT).unwrap();
    assert_eq!(head, json!({ "typ": "JWT", "alg": "HS256" }));
    let iat = claims["iat"].as_u64().unwrap();
    let expected = json!({
        "name": "Joe", "email": "joe@example.com", "external_id": "shoes_7",
        "iat": iat, "exp": iat + 300,
    });
    assert_eq!(claims, expected);

    let jwt = app.assertion(&address("messaging"), &json!({}));
    let (head, claims) = read(&token(app.ask("messaging", &jwt).await).await, MESSAGING).unwrap();
    assert_eq!(head, json!({ "typ": "JWT", "alg": "HS256", "kid": "app_5f" }));
    let expected = json!({
        "scope": "user", "name": "Joe", "email": "joe@example.com", "email_verified": true,
        "external_id": "shoes_7", "exp": claims["exp"],
    });
    assert_eq!(claims, expected);
}

#[tokio::test]
async fn the_assertion_comes_in_the_body_or_as_a_bearer_token() {
    let app = App::start();
    let path = "/brands/shoes/chat-token";
    let jwt = app.assertion(&address("chat"), &json!({}));
    let post = || app.request(Method::POST, path);
    let form = "application/x-www-form-urlencoded";
    let as_form = format!("jwt={jwt}");
    let as_json = json!({ "jwt": jwt, "more": 1 }).to_string();
    let twice = format!(r#"{{"jwt":"{jwt}","jwt":"{jwt}"}}"#);
    let body = |kind: &str, body: &str| post().header("content-type", kind).body(body.to_owned());
    let cases = [
        ("a form", body(form, &as_form), None),
        ("a script's form", body(&format!("{form};charset=UTF-8"), &as_form), None),
        ("JSON", body("application/json", &as_json), None),
        ("a Bearer token", app.request(Method::GET, path).bearer_auth(&jwt), None),
        ("a Bearer token that is posted", post().bearer_auth(&jwt), None),
        ("nothing", app.request(Method::GET, path), Some((401, "00-00"))),
        ("nothing posted", post(), Some((401, "00-00"))),
        ("an empty field", body(form, "jwt="), Some((401, "00-00"))),
        ("no field", body("application/json", "{}"), Some((401, "00-00"))),
        ("null", body("application/json", r#"{"jwt":null}"#), Some((401, "00-00"))),
        ("a password", post().basic_auth("joe", Some("pw")), Some((401, "00-00"))),
        (
            "in the address",
            app.request(Method::GET, &format!("{path}?jwt={jwt}")),
            Some((401, "00-00")),
        ),
        ("both", body(form, &as_form).bearer_auth(&jwt), Some((400, "01-03"))),
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
        ("too long", post().bearer_auth("a".repeat(17_000)), Some((401, "00-01"))),
    ];
    for (what, request, expected) in cases {
        let answer = request.send().await.unwrap();
        match expected {
            None => assert!(read(&token(answer).await, CHAT).is_some(), "{what}"),
            Some((status, code)) => {
                assert_lawful(&answer, None);
                let challenge = if status == 401 { "Bearer" } else { "" };
                assert_eq!(header(&answer, "www-authenticate"), challenge, "{what}");
                assert_eq!(refusal(answer).await, (status, code.to_owned()), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn an_assertion_is_for_one_address_and_three_minutes() {
    let app = App::start();
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
        let answer = app.ask("chat", &jwt).await;
        if good {
            assert!(read(&token(answer).await, CHAT).is_some(), "{what}");
        } else {
            assert_lawful(&answer, Some(SITE));
            assert_eq!(refusal(answer).await, (401, "00-01".to_owned()), "{what}");
        }
    }
    app.clock.advance(200);
    assert_eq!(refusal(app.ask("chat", &honest).await).await, (401, "00-01".to_owned()));
}

#[tokio::test]
async fn a_token_is_made_anew_each_time() {
    let app = App::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    let first = read(&token(app.ask("chat", &jwt).await).await, CHAT).unwrap().1;
    app.clock.advance(100);
    let second = read(&token(app.ask("chat", &jwt).await).await, CHAT).unwrap().1;
    assert!(second["exp"].as_u64() >= first["exp"].as_u64().map(|exp| exp + 100));
}

#[tokio::test]
async fn a_widgets_assertion_signs_nobody_in() {
    let app = App::start();
    let login = "/login?brand_id=1&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    let begun = app.request(Method::GET, login).send().await.unwrap();
    let cookies: Vec<&str> = begun
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|it| it.to_str().unwrap().split(';').next().unwrap())
        .collect();
    let submit = |jwt: String| {
        let request = app.request(Method::POST, "/access/jwt").header("origin", SITE);
        request
            .header("cookie", cookies.join("; "))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("jwt={jwt}"))
    };
    let answer = submit(app.assertion(&address("chat"), &json!({}))).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let answer = submit(app.assertion(&json!(SSO), &json!({}))).send().await.unwrap();
    assert_eq!(answer.status(), 200, "the same about the same person, for a sign-in");
    assert!(answer.text().await.unwrap().contains("https://acme.zendesk.com/access/jwt"));
}

#[tokio::test]
async fn the_identity_rules_hold_here_too() {
    let app = App::start();
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
            let answer = app.ask(widget, &jwt).await;
            assert_lawful(&answer, Some(SITE));
            assert_eq!(refusal(answer).await, (status, code.to_owned()), "{widget}: {changes}");
        }
    }
    let harmless = json!({ "phone": "555-1234", "user_fields": { "plan": "tin" } });
    let jwt = app.assertion(&address("chat"), &harmless);
    assert!(read(&token(app.ask("chat", &jwt).await).await, CHAT).is_some());
    let boots = json!(format!("{SSO}/brands/boots/chat-token"));
    let jwt = app.assertion(&boots, &json!({ "external_id": null }));
    let asked = app.request(Method::GET, "/brands/boots/chat-token").bearer_auth(jwt);
    let answer = asked.send().await.unwrap();
    assert_eq!(refusal(answer).await, (422, "00-02".to_owned()), "without a prefix as well");
}

#[tokio::test]
async fn messaging_needs_no_address_and_chat_does() {
    let app = App::start();
    let ask = async |widget: &str, changes: Value| {
        app.ask(widget, &app.assertion(&address(widget), &changes)).await
    };
    let answer = ask("messaging", json!({ "email": null })).await;
    let claims = read(&token(answer).await, MESSAGING).unwrap().1;
    let expected = json!({
        "scope": "user", "name": "Joe", "external_id": "shoes_7", "exp": claims["exp"],
    });
    assert_eq!(claims, expected, "neither an address nor a word about it");
    let answer = ask("messaging", json!({ "email": null, "name": null })).await;
    let claims = read(&token(answer).await, MESSAGING).unwrap().1;
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
        assert_eq!(refusal(ask(widget, changes).await).await, (status, code.to_owned()), "{what}");
    }
}

#[tokio::test]
async fn a_login_cookie_says_who_somebody_is() {
    let app = App::start();
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
    let path = "/brands/games/chat-token";
    let ask = |cookie: &str, origin: &'static str| {
        let request = app.request(Method::GET, path).header("origin", origin);
        request.header("cookie", format!("theme=dark; {cookie}")).send()
    };
    let site = "https://www.acme-games.example";
    for origin in [site, "https://help.acme-games.example", site] {
        let answer = ask(&session(json!({})), origin).await.unwrap();
        assert_lawful(&answer, Some(origin));
        let claims = read(&token(answer).await, CHAT).unwrap().1;
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
        let answer = ask(&cookie, site).await.unwrap();
        assert_lawful(&answer, Some(site));
        assert_eq!(refusal(answer).await, (status, code.to_owned()), "{what}");
    }
    for origin in [STRANGER, "null", SITE, "https://login.acme-games.example"] {
        let answer = ask(&session(json!({})), origin).await.unwrap();
        assert_lawful(&answer, None);
        assert_eq!(refusal(answer).await, (403, "01-01".to_owned()), "{origin}");
    }
    let bearer = session(json!({}));
    let asked = app.request(Method::GET, path).bearer_auth(bearer.trim_start_matches("token="));
    let answer = asked.send().await.unwrap();
    assert_eq!(refusal(answer).await, (401, "00-00".to_owned()), "it is no assertion");
}

#[tokio::test]
async fn only_pages_of_the_brands_own_may_ask() {
    let app = App::start();
    let path = "/brands/shoes/chat-token";
    let jwt = app.assertion(&address("chat"), &json!({}));
    let own = [HELP, "https://acme-shoes.zendesk.com", SITE];
    for origin in own {
        let asked = app.request(Method::GET, path).header("origin", origin).bearer_auth(&jwt);
        let answer = asked.header("sec-fetch-site", "cross-site").send().await.unwrap();
        assert_lawful(&answer, Some(origin));
        assert_eq!(answer.status(), 200, "{origin}");
        let asked = app.request(Method::OPTIONS, path).header("origin", origin);
        let asked = asked.header("access-control-request-method", "POST");
        let answer = asked.send().await.unwrap();
        assert_lawful(&answer, Some(origin));
        assert_eq!(answer.status(), 204, "{origin}");
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
        for method in [Method::GET, Method::POST, Method::OPTIONS] {
            let asked = app.request(method.clone(), path).header("origin", origin);
            let answer = asked.bearer_auth(&jwt).send().await.unwrap();
            assert_lawful(&answer, None);
            let expected = (403, "01-01".to_owned());
            assert_eq!(refusal(answer).await, expected, "{method} {origin:?}");
        }
    }
    let two = app.request(Method::GET, path).header("origin", SITE).header("origin", STRANGER);
    assert_eq!(two.bearer_auth(&jwt).send().await.unwrap().status(), 403, "two origins");
    let hidden = app.request(Method::GET, path).header("sec-fetch-site", "cross-site");
    assert_eq!(hidden.bearer_auth(&jwt).send().await.unwrap().status(), 403, "a hidden page");
}

#[tokio::test]
async fn what_is_not_there_is_said_in_json_too() {
    let app = App::start();
    let jwt = app.assertion(&address("chat"), &json!({}));
    let cases = [
        (Method::GET, "/brands/nobody/chat-token", 404, "01-00"),
        (Method::GET, "/brands/boots/messaging-token", 404, "01-00"),
        (Method::GET, "/brands/tea/chat-token", 401, "00-00"),
        (Method::PUT, "/brands/shoes/chat-token", 405, "01-02"),
        (Method::DELETE, "/brands/shoes/chat-token", 405, "01-02"),
    ];
    for (method, path, status, code) in cases {
        let answer = app.request(method, path).bearer_auth(&jwt).send().await.unwrap();
        assert_lawful(&answer, None);
        let allowed = if status == 405 { "GET, POST, OPTIONS" } else { "" };
        assert_eq!(header(&answer, "allow"), allowed);
        assert_eq!(refusal(answer).await, (status, code.to_owned()), "{path}");
    }
    let head = app.request(Method::HEAD, "/brands/shoes/chat-token").bearer_auth(&jwt);
    assert_eq!(head.send().await.unwrap().status(), 405);
    let ahead = app.request(Method::GET, "/brands/shoes/chat-token").bearer_auth(&jwt);
    let answer = ahead.header("sec-purpose", "prefetch").send().await.unwrap();
    assert_eq!(refusal(answer).await, (503, "01-04".to_owned()));
}

#[tokio::test]
async fn team_members_are_signed_in_by_the_second_configuration() {
    let app = App::start();
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
        let login = format!("/login?{query}");
        let begun = app.request(Method::GET, &login).send().await.unwrap();
        let cookie = begun.headers().get_all("set-cookie").iter().map(|it| it.to_str().unwrap());
        let cookies: Vec<_> = cookie.map(|it| it.split(';').next().unwrap()).collect();
        let mut claims = json!({
            "iat": app.clock.now(), "email": "joe@example.com", "external_id": 7,
        });
        for (name, value) in said.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let posted = app
            .request(Method::POST, "/access/jwt")
            .header("cookie", cookies.join("; "))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("jwt={}", sign(&claims, secret)));
        let answer = posted.send().await.unwrap();
        let page = answer.text().await.unwrap();
        let (_, jwt) = page.split_once("name=\"jwt\" value=\"").unwrap_or_else(|| panic!("{page}"));
        let jwt = jwt.split('"').next().unwrap();
        for candidate in [ZENDESK, TEAM] {
            let is_signed = read(jwt, candidate).is_some();
            assert_eq!(is_signed, candidate == zendesk, "{said} at {query}");
        }
        // The next case is another person at another browser, a minute later.
        app.clock.advance(61);
    }
}
