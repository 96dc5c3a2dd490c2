//! Journeys through the stand-in, spoken to as a browser would, without brandgate.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::SecretString;
use serde_json::{Value, json};

use super::jws;
use super::wire::encode;
use super::{Refusal, Role, Secrets, Settings, StandIn};

mod music;
mod provider;

const NOW: u64 = 1_800_000_000;
const SSO: &str = "http://sso.localhost:8400";

fn secrets() -> Secrets {
    Secrets {
        zendesk: SecretString::from("zendesk-secret"),
        shoes: SecretString::from("shoes-secret"),
        coffee: SecretString::from("coffee-secret"),
        bikes: SecretString::from("bikes-secret"),
        chat: SecretString::from("chat-secret"),
    }
}

fn start() -> StandIn {
    start_at(Arc::new(AtomicU64::new(NOW)))
}

/// One whose clock is the test's own.
fn start_at(now: Arc<AtomicU64>) -> StandIn {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let yaml = super::brands_yaml(8400, port, &secrets());
    let settings =
        Settings::new(SSO, secrets(), yaml, Arc::new(move || now.load(Ordering::SeqCst)));
    StandIn::start(listener, settings).unwrap()
}

/// One answer, in pieces.
struct Answer {
    status: u16,
    head: String,
    location: String,
    cookie: String,
    body: String,
}

impl StandIn {
    fn host(&self, host: &str) -> String {
        format!("{host}:{}", self.port())
    }

    fn send(&self, method: &str, url: &str, cookie: &str, body: &str) -> Answer {
        self.send_with(method, url, ("Cookie", cookie), body)
    }

    fn send_with(&self, method: &str, url: &str, more: (&str, &str), body: &str) -> Answer {
        let (host, target) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        let head = format!(
            "{method} /{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{}: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            more.0,
            more.1,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines
                .find(|line| line.0.eq_ignore_ascii_case(name))
                .map_or("", |line| line.1)
                .to_owned()
        };
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let cookie = header("set-cookie").split(';').next().unwrap().to_owned();
        let (location, head) = (header("location"), head.to_owned());
        Answer { status, head, location, cookie, body: body.to_owned() }
    }

    fn get(&self, host: &str, target: &str, cookie: &str) -> Answer {
        self.send("GET", &format!("http://{}{target}", self.host(host)), cookie, "")
    }

    fn post_jwt(&self, host: &str, jwt: &str, return_to: &str) -> Answer {
        let body = format!("jwt={jwt}&return_to={}", encode(return_to));
        self.send("POST", &format!("http://{}/access/jwt", self.host(host)), "", &body)
    }

    /// Signs Alice in and returns the cookies of the account and of the host that she lands on.
    fn sign_in(&self, jti: &str, return_to: &str) -> (String, String) {
        let answer = self.post_jwt(ACCOUNT, &token(&claims(jti)), return_to);
        let ticket = self.send("GET", &answer.location, "", "");
        assert_eq!((ticket.status, ticket.location.as_str()), (302, return_to));
        (answer.cookie, ticket.cookie)
    }
}

const ACCOUNT: &str = "acme.zendesk.localhost";

fn claims(jti: &str) -> Value {
    let email = "alice@shoes.example";
    json!({"iat": NOW, "jti": jti, "email": email, "name": "Alice <Ash>", "external_id": "shoes_101"})
}

fn token(claims: &Value) -> String {
    jws::sign(&json!({"typ": "JWT", "alg": "HS256"}), claims, &secrets().zendesk)
}

fn bounce(brand: u64, refusal: &Refusal) -> String {
    let message = encode(&refusal.to_string());
    format!("{SSO}/logout?brand_id={brand}&kind=error&message={message}")
}

fn attribute(page: &str, before: &str) -> String {
    let rest = page.split_once(before).unwrap_or_else(|| panic!("no {before} in {page}")).1;
    let value = rest.split('"').next().unwrap();
    value.replace("&#38;", "&").replace("&#34;", "\"")
}

#[test]
fn a_person_signs_in_lands_where_they_wanted_and_signs_out() {
    let stand_in = start();
    let target = "/hc/requests/42?from=mail&note=a%20b";
    let asked = format!("http://{}{target}", stand_in.host("shoes.localhost"));

    let refused = stand_in.get("shoes.localhost", target, "");
    let encoded = encode(&asked);
    let wanted = format!(
        "{SSO}/login?brand_id=360000000001&locale_id=1&return_to={encoded}&timestamp={NOW}"
    );
    assert_eq!((refused.status, refused.location), (302, wanted));

    let (account, shoes) = stand_in.sign_in("one", &asked);
    let page = stand_in.get("shoes.localhost", target, &shoes);
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Alice &#60;Ash&#62;"), "{}", page.body);
    assert!(page.body.contains("Acme Shoes"));
    assert_eq!(
        stand_in.get("coffee.localhost", target, &shoes).status,
        302,
        "cookies are per host"
    );

    let hop =
        format!("/access/hop?return_to=http%3A%2F%2F{}%2Fhc", stand_in.host("coffee.localhost"));
    let ticket = stand_in.get(ACCOUNT, &hop, &account);
    let coffee = stand_in.send("GET", &ticket.location, "", "").cookie;
    assert_eq!(stand_in.get("coffee.localhost", "/hc/requests", &coffee).status, 200);

    let out = stand_in.get("shoes.localhost", "/access/logout", &shoes);
    let start = format!(
        "{SSO}/logout?brand_id=360000000001&email=alice%40shoes.example&external_id=shoes_101"
    );
    assert!(out.location.starts_with(&start), "{}", out.location);
    assert_eq!(stand_in.get("coffee.localhost", "/hc/requests", &coffee).status, 302);
    assert_eq!(
        stand_in.get(ACCOUNT, &hop, &account).location.split('?').next().unwrap(),
        format!("{SSO}/login")
    );
    stand_in.stop().unwrap();
}

#[test]
fn a_ticket_and_a_jti_are_good_once() {
    let stand_in = start();
    let home = format!("http://{}/hc", stand_in.host("shoes.localhost"));
    let jwt = token(&claims("one"));
    let answer = stand_in.post_jwt(ACCOUNT, &jwt, &home);
    assert!(answer.body.starts_with("<html><body>You are being <a href=\"http://shoes.localhost"));
    assert_eq!(stand_in.send("GET", &answer.location, "", "").location, home);
    assert!(stand_in.send("GET", &answer.location, "", "").cookie.is_empty());
    let again = stand_in.post_jwt(ACCOUNT, &jwt, &home);
    assert_eq!(again.location, bounce(360_000_000_001, &Refusal::Reused));
}

#[test]
fn each_rule_of_the_endpoint_is_refused_with_its_own_message() {
    let stand_in = start();
    let coffee = format!("http://{}/hc", stand_in.host("coffee.localhost"));
    let changed = |name: &str, value: Value| {
        let mut claims = claims("never used");
        claims.as_object_mut().unwrap().insert(name.to_owned(), value);
        token(&claims)
    };
    let other = SecretString::from("another");
    let header = json!({"typ": "JWT", "alg": "HS256"});
    let table = [
        ("shoes.localhost", token(&claims("a")), Refusal::InvalidRequest),
        ("acme-shoes.zendesk.localhost", token(&claims("b")), Refusal::InvalidRequest),
        (ACCOUNT, "not a token".to_owned(), Refusal::InvalidRequest),
        (ACCOUNT, jws::sign(&header, &claims("c"), &other), Refusal::Signature),
        (
            ACCOUNT,
            jws::sign(&json!({"alg": "HS256"}), &claims("d"), &secrets().zendesk),
            Refusal::Signature,
        ),
        (ACCOUNT, changed("iat", json!(NOW - 181)), Refusal::ClockDrift),
        (ACCOUNT, changed("external_id", json!(101)), Refusal::Claim("external_id", "a string")),
    ];
    for (host, jwt, refusal) in table {
        let answer = stand_in.post_jwt(host, &jwt, &coffee);
        let brand = 360_000_000_002;
        assert_eq!((answer.status, answer.location), (302, bounce(brand, &refusal)), "{host}");
        assert!(answer.cookie.is_empty());
    }
    stand_in.refuse_next("Computer says no");
    let answer = stand_in.post_jwt(ACCOUNT, &token(&claims("e")), &coffee);
    let switched = Refusal::Switched("Computer says no".to_owned());
    assert_eq!(answer.location, bounce(360_000_000_002, &switched));
    let positive = stand_in.post_jwt(ACCOUNT, &token(&claims("e")), &coffee);
    assert!(
        positive.location.starts_with(&format!("http://{}/", stand_in.host("coffee.localhost")))
    );
}

#[test]
fn a_destination_outside_the_account_becomes_the_home_of_a_brand() {
    let stand_in = start();
    let shoes = stand_in.host("shoes.localhost");
    let table = [
        String::new(),
        "https://evil.example/".to_owned(),
        format!("http://{shoes}.evil.example/"),
        format!("http://{shoes}@evil.example/"),
        format!("http://evil.example/http://{shoes}/"),
        "//evil.example/".to_owned(),
        "/\\evil.example/".to_owned(),
    ];
    for (number, return_to) in table.iter().enumerate() {
        let jwt = token(&claims(&number.to_string()));
        let answer = stand_in.post_jwt(ACCOUNT, &jwt, return_to);
        let landed = stand_in.send("GET", &answer.location, "", "").location;
        assert_eq!(landed, format!("http://{shoes}/hc"), "{return_to}");
    }
    let answer = stand_in.post_jwt(ACCOUNT, &token(&claims("relative")), "/agent/tickets/1");
    assert_eq!(answer.location, format!("http://{}/agent/tickets/1", stand_in.host(ACCOUNT)));
}

#[test]
fn the_account_has_one_user_per_address() {
    let stand_in = start();
    let home = format!("http://{}/hc", stand_in.host("shoes.localhost"));
    stand_in.sign_in("one", &home);
    stand_in.sign_in("two", &home);
    let users = stand_in.users();
    let alice = users.iter().filter(|user| user.email == "alice@shoes.example");
    assert_eq!(alice.count(), 1);
    let other = json!({"iat": NOW, "jti": "x", "email": "alice@shoes.example", "name": "A",
        "external_id": "coffee_7"});
    let answer = stand_in.post_jwt(ACCOUNT, &token(&other), &home);
    assert_eq!(answer.location, bounce(360_000_000_001, &Refusal::ExternalTaken));
    assert_eq!(users.first().map(|user| user.role), Some(Role::Admin));
}

#[test]
fn zendesks_own_form_takes_its_own_passwords_only() {
    let stand_in = start();
    let form = stand_in.get("acme-games.zendesk.localhost", "/access/normal", "");
    let action = attribute(&form.body, "method=\"post\" action=\"");
    let wrong = stand_in.send("POST", &action, "", "email=gina%40games.example&password=x");
    assert!(
        wrong.status == 200 && wrong.body.contains("role=\"alert\"") && wrong.cookie.is_empty()
    );
    let right = "email=gina%40games.example&password=joystick";
    let ticket = stand_in.send("POST", &action, "", right);
    let games = stand_in.send("GET", &ticket.location, "", "").cookie;
    let page = stand_in.get("acme-games.zendesk.localhost", "/hc/requests", &games);
    assert!(page.body.contains("Gina Gamer"), "{}", page.body);
}

#[test]
fn the_loop_brand_never_believes_anybody() {
    let stand_in = start();
    let home = format!("http://{}/hc", stand_in.host("loop.localhost"));
    let (_, cookie) = stand_in.sign_in("one", &home);
    let answer = stand_in.get("loop.localhost", "/hc", &cookie);
    assert!(answer.location.starts_with(&format!("{SSO}/login?brand_id=360000000004&")));
}

#[test]
fn the_shoes_site_posts_its_assertion_with_return_to() {
    let stand_in = start();
    let query = "brand_id=360000000001&return_to=http%3A%2F%2Fshoes.localhost%2Fhc%3Fa%3D1%26b%3D2";
    let login = format!("/zdlogin?{query}");
    let form = stand_in.get("shoes-site.localhost", &login, "").body;
    assert_eq!(attribute(&form, "method=\"post\" action=\""), login);
    let url = format!("http://{}{login}", stand_in.host("shoes-site.localhost"));
    let wrong = stand_in.send("POST", &url, "", "email=alice%40shoes.example&password=espresso");
    assert!(wrong.body.contains("role=\"alert\""));
    let right = stand_in.send("POST", &url, "", "email=alice%40shoes.example&password=sneaker");
    assert_eq!(attribute(&right.body, "method=\"post\" action=\""), format!("{SSO}/access/jwt"));
    let return_to = attribute(&right.body, "name=\"return_to\" value=\"");
    assert_eq!(return_to, "http://shoes.localhost/hc?a=1&b=2");
    let known = stand_in.get("shoes-site.localhost", &login, &right.cookie);
    assert!(known.body.contains("name=\"jwt\""), "a session needs no second password");
    let out = stand_in.get("shoes-site.localhost", "/zdlogout", &right.cookie);
    assert!(out.body.contains("You are signed out"));
    let again = stand_in.get("shoes-site.localhost", &login, &right.cookie);
    assert!(again.body.contains("name=\"password\""));
}

#[test]
fn the_coffee_site_puts_an_old_token_into_an_address_and_forgets_return_to() {
    let stand_in = start();
    let url = format!("http://{}/zdlogin?return_to=x", stand_in.host("coffee-site.localhost"));
    let answer = stand_in.send("POST", &url, "", "email=carol%40coffee.example&password=latte");
    let jwt = answer.location.strip_prefix(&format!("{SSO}/backends/coffee-site/access/jwt?jwt="));
    let mut parts = jwt.unwrap().split('.').map(|part| {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap()
    });
    let header: Value = serde_json::from_slice(&parts.next().unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&parts.next().unwrap()).unwrap();
    assert_eq!(header, json!({"alg": "HS256"}));
    assert_eq!(claims.get("external_id"), Some(&json!(8)));
    assert!(claims.get("iat").is_some_and(Value::is_f64));
}

#[test]
fn every_fault_has_a_link_that_leads_to_a_submission() {
    let stand_in = start();
    let page = stand_in.get("demo.localhost", "/break", "");
    assert_eq!(page.status, 200);
    let markers =
        page.body.split("demo_break=").skip(1).map(|rest| rest.split('"').next().unwrap());
    let markers: Vec<&str> = markers.collect();
    assert_eq!(markers.len(), 10, "{markers:?}");
    for marker in markers {
        let host =
            if marker == "wrong-brand" { "coffee-site.localhost" } else { "shoes-site.localhost" };
        let answer = stand_in.get(host, &format!("/zdlogin?return_to=x&demo_break={marker}"), "");
        let sent = answer.body.contains("name=\"jwt\"") || answer.location.contains("?jwt=");
        assert!(sent, "{marker}: {}", answer.body);
    }
    let unknown = stand_in.get("shoes-site.localhost", "/zdlogin?demo_break=unknown", "");
    assert!(unknown.body.contains("name=\"password\""));
}

#[test]
fn the_switch_makes_zendesk_refuse_once() {
    let stand_in = start();
    let url = format!("http://{}/break/refuse", stand_in.host("demo.localhost"));
    let answer = stand_in.send("POST", &url, "", "message=secret");
    assert!(answer.location.ends_with("&demo_break=nothing"), "{}", answer.location);
    let home = format!("http://{}/hc", stand_in.host("shoes.localhost"));
    let refused = stand_in.post_jwt(ACCOUNT, &token(&claims("one")), &home);
    assert_eq!(refused.location, bounce(360_000_000_001, &Refusal::Signature));
    stand_in.sign_in("one", &home);
}

#[test]
fn a_stranger_posts_her_own_assertion() {
    let stand_in = start();
    assert!(stand_in.get("stranger.localhost", "/", "").body.contains("id=\"prize\""));
    assert!(stand_in.get("stranger.localhost", "/claim", "").body.contains("name=\"jwt\""));
}

#[test]
fn other_hosts_ports_and_methods_find_nothing() {
    let stand_in = start();
    for host in ["evil.example", "localhost", SSO] {
        assert_eq!(stand_in.get(host.trim_start_matches("http://"), "/", "").status, 421, "{host}");
    }
    assert_eq!(stand_in.send("GET", "http://shoes.localhost:1/hc", "", "").status, 421);
    let url = format!("http://{}/access/logout", stand_in.host("shoes.localhost"));
    for method in ["HEAD", "PUT", "OPTIONS"] {
        assert_eq!(stand_in.send(method, &url, "", "").status, 405, "{method}");
    }
    assert_eq!(stand_in.get("shoes.localhost", "/nowhere", "").status, 404);
}

#[test]
fn the_start_page_shows_the_configuration_in_use() {
    let stand_in = start();
    let page = stand_in.send("GET", &stand_in.start_url(), "", "").body;
    let texts = ["alice@shoes.example", "espresso", "version: 1", "http://coffee-site.localhost:"];
    for text in texts.into_iter().chain(["pedal", "treble", "http://music-site.localhost:"]) {
        assert!(page.contains(text), "{text}");
    }
    assert!(!format!("{:?}", secrets()).contains("-secret"));
}
