//! A company's own form page: posted as a form, and by a script.

use serde_json::{Value, json};

use super::challenges::type_code;
use super::house::{HELP, House, at, last_line, noted};
use super::moto::{Moto, PASSWORD, Pool};
use super::scripted::{Scripted, challenge, done, profile};
use super::visitor::Visitor;
use crate::redis::server::Server;
use crate::support::answer::Answer;
use crate::support::app::{SSO, encoded};
use crate::support::browser::Request;
use crate::support::log;

const CAROL: &str = "carol@coffee.example";
const SITE: &str = "https://www.acme-coffee.example";
const SHOP: &str = "https://shop.acme-coffee.example";
const FORM: &str = "form_url: https://www.acme-coffee.example/in?lang=en#form\n\
                    origins: [https://www.acme-coffee.example, https://shop.acme-coffee.example]\n";

fn start(pool: &Pool<'_>) -> House {
    House::start(&(pool.settings() + FORM))
}

fn fields(password: &str, return_to: Option<&str>) -> Vec<(String, String)> {
    let fields = [("email", Some(CAROL)), ("password", Some(password)), ("return_to", return_to)];
    let given =
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
    given.collect()
}

fn body(password: &str) -> Value {
    json!({"email": CAROL, "password": password, "return_to": HELP})
}

fn by_script(house: &House, origin: &str, body: &Value) -> Answer {
    let address = at("/backends/pool/sign-in");
    house.script("POST", &address, origin, Some(body))
}

#[tokio::test]
async fn a_form_goes_on_to_the_hand_off_or_back_to_the_page() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = start(&pool);
    let mut browser = Visitor::of(&house);
    let address = at("/backends/pool/sign-in");

    let sent = browser.start();
    let expected = format!("{SITE}/in?lang=en&brand_id=7&return_to={}#form", encoded(HELP));
    assert_eq!(sent.said("location"), expected, "with every parameter");
    assert!(sent.said("set-cookie").ends_with("SameSite=None"), "posts come across sites");

    let wrong = browser.post(&address, &fields("wrong-One-1", Some(HELP)), Some(SITE));
    assert_eq!(wrong.status, 303);
    let location = wrong.said("location");
    let (before, trace) = location.split_once("&trace=").unwrap();
    let back = url::Url::parse(before).unwrap();
    let pairs: Vec<(String, String)> = back.query_pairs().into_owned().collect();
    let expected = [("lang", "en"), ("return_to", HELP), ("error", "wrong-password")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let trace = trace.strip_suffix("#form").unwrap();
    assert_eq!(noted(trace), ("wrong-password".to_owned(), 303));

    let handed = browser.post(&address, &fields(PASSWORD, None), Some(SHOP));
    let (claims, return_to) = handed.handed_off();
    assert_eq!((claims["email"].as_str(), return_to.as_str()), (Some(CAROL), HELP), "by its flow");
    let mut again = Visitor::of(&house);
    let unsolicited = again.post(&address, &fields(PASSWORD, Some(HELP)), Some(SITE));
    assert_eq!(unsolicited.handed_off().1, HELP, "without a flow, return_to says the brand");
    let nowhere = again.post(&address, &fields(PASSWORD, None), Some(SITE));
    assert_eq!((nowhere.status, nowhere.headline()), (404, "We do not know this help center"));
    let evil = fields(PASSWORD, Some("https://evil.example/hc"));
    let evil = again.post(&address, &evil, Some(SITE));
    assert!(evil.status >= 400 && !evil.body.contains("jwt"), "{}", evil.body);
    for secret in [PASSWORD, CAROL, "wrong-One-1"] {
        assert!(log::lines(secret).is_empty(), "the log has {secret}");
    }
}

#[tokio::test]
async fn only_a_listed_origin_may_post_and_it_must_be_named() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = start(&pool);
    let mut browser = Visitor::of(&house);
    let address = at("/backends/pool/sign-in");
    let strangers = [
        "https://evil.example",
        "null",
        "http://www.acme-coffee.example",
        "https://www.acme-coffee.example:444",
        "https://www.acme-coffee.example.evil.example",
        "https://WWW.acme-coffee.example",
    ];
    for origin in strangers.map(Some).into_iter().chain([None]) {
        let page = browser.post(&address, &fields(PASSWORD, Some(HELP)), origin);
        let title = "This sign-in page is not known here";
        assert_eq!((page.status, page.headline()), (403, title), "{origin:?}");
        let origin = origin.unwrap_or("");
        let answer = by_script(&house, origin, &body(PASSWORD));
        assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("origin-refused")));
        assert_eq!(answer.said("access-control-allow-origin"), "", "{origin}");
        let asked = house.script("OPTIONS", &address, origin, None);
        assert_eq!(asked.status, 403, "{origin}");
        assert_eq!(asked.said("access-control-allow-origin"), "", "{origin}");
    }
    for origin in [SITE, SHOP] {
        let asked = house.script("OPTIONS", &address, origin, None);
        assert_eq!(asked.status, 204);
        assert_eq!(asked.said("access-control-allow-origin"), origin);
        assert_eq!(asked.said("access-control-allow-methods"), "POST");
        assert!(asked.said("access-control-allow-headers").contains("content-type"));
        assert_eq!(asked.said("access-control-allow-credentials"), "", "no cookie takes part");
        assert_eq!(asked.said("vary"), "Origin");
    }
    for other in ["/backends/site/sign-in", "/backends/nobody/sign-in"] {
        let page = browser.post(&at(other), &fields(PASSWORD, Some(HELP)), Some(SITE));
        assert_eq!(page.status, 404, "{other}");
    }
    let own = House::start(&pool.settings());
    let mut page = Visitor::of(&own);
    let at = at("/backends/pool/sign-in");
    let page = page.post(&at, &fields(PASSWORD, Some(HELP)), Some(SSO));
    assert_eq!(page.status, 404, "a pool without a form page takes none");
}

#[tokio::test]
async fn a_script_gets_an_address_that_hands_off_once() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = start(&pool);
    let answer = by_script(&house, SITE, &body(PASSWORD));
    assert_eq!((answer.status, answer.said("content-type")), (200, "application/json"));
    assert_eq!(answer.said("access-control-allow-origin"), SITE);
    assert_eq!(answer.said("cache-control"), "no-store");
    let json = answer.json();
    assert_eq!(json.as_object().unwrap().len(), 1);
    let address = json["url"].as_str().unwrap();
    // Nothing behind the `#` is ever sent, so that no log of a proxy has it.
    assert!(address.starts_with(&at("/hand-off#")) && !address.contains("carol"));

    let mut browser = Visitor::of(&house);
    for method in ["HEAD", "GET"] {
        let probe = house.script(method, address, SITE, None);
        assert_eq!(probe.status, 200, "a look does not use it up");
    }
    let ticket = address.split_once('#').unwrap().1;
    let posted = [("ticket", ticket), ("sender", SITE)];
    let posted = posted.map(|(name, value)| (name.to_owned(), value.to_owned()));
    for origin in [Some(SITE), Some("https://evil.example"), Some("null")] {
        let page = browser.post(&at("/hand-off"), &posted, origin);
        let title = "This link does not work";
        assert_eq!((page.status, page.headline()), (403, title), "of {origin:?}'s own making");
    }
    let handed = browser.go_on(address, SITE);
    assert_eq!(handed.handed_off().0["email"], CAROL);
    assert_eq!(handed.handed_off().1, HELP);
    let twice = browser.go_on(address, SITE);
    assert_eq!((twice.status, twice.headline()), (409, "This sign-in has been used"));

    let late = by_script(&house, SITE, &body(PASSWORD)).json();
    house.clock.advance(60);
    let late = browser.go_on(late["url"].as_str().unwrap(), SITE);
    assert_eq!((late.status, late.headline()), (410, "Your sign-in took too long"));
    let again = format!("return_to={}", brandgate::backend::query_value(HELP));
    assert!(late.links()[0].ends_with(&again), "{:?}", late.links());
    for bent in [format!("{address}x"), format!("{}#", at("/hand-off"))] {
        let bent = browser.go_on(&bent, SITE);
        assert_eq!((bent.status, bent.headline()), (403, "This link does not work"));
    }
}

#[tokio::test]
async fn an_address_hands_off_though_the_store_is_new() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let server = Server::start(&[]);
    let store = format!(
        "state_key: {{ value: state-key-of-the-peers-0123456789abcdef01 }}, \
         store: {{ url: {{ value: '{}' }} }}",
        server.url()
    );
    let house = House::start_with(&store, &(pool.settings() + FORM));
    let mut browser = Visitor::of(&house);
    let answer = by_script(&house, SITE, &body(PASSWORD)).json();
    let address = answer["url"].as_str().unwrap();
    assert_eq!(browser.go_on(address, SITE).handed_off().1, HELP);
    assert_eq!(browser.go_on(address, SITE).status, 409, "and once");
}

#[tokio::test]
async fn an_address_hands_off_whom_the_rules_in_force_admit() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let key = "state_key: { value: state-key-of-the-peers-0123456789abcdef01 }";
    let house = House::start_with(key, &(pool.settings() + FORM));
    let rules = "may_say: [name, user_fields]";
    let answer = by_script(&house, SITE, &body(PASSWORD)).json();
    let address = answer["url"].as_str().unwrap();
    let go_on = |to: &str| {
        let now = house.beside_with(rules, &format!("{rules}\n      {to}"));
        Visitor::of(&now).go_on(address, SITE)
    };
    let prefixed = go_on("external_id_prefix: coffee_");
    let id = prefixed.handed_off().0["external_id"].clone();
    assert!(id.as_str().unwrap().starts_with("coffee_"), "{id}");
    let narrow = go_on("email_domains: [acme-coffee.example]");
    assert_eq!(narrow.status, 403, "{}", narrow.body);
    assert_eq!(last_line()["kind"], "address-not-allowed");
    let other =
        house.beside_with("type: cognito", "type: cognito\n    claims: { phone: phone_number }");
    let other = Visitor::of(&other).go_on(address, SITE);
    assert_eq!((other.status, last_line()["kind"].as_str()), (409, Some("flow-outdated")));
    let proof = house.beside_with("type: cognito", "type: cognito\n    email_verified: required");
    assert_eq!(Visitor::of(&proof).go_on(address, SITE).handed_off().0["email"], CAROL);
}

#[tokio::test]
async fn an_address_from_a_strangers_page_is_asked_about_first() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = start(&pool);
    let mut victim = Visitor::of(&house);
    let address = by_script(&house, SITE, &body(PASSWORD)).json();
    let asked = victim.go_on(address["url"].as_str().unwrap(), "https://evil.example");
    assert_eq!(asked.headline(), "Continue to Acme Coffee as c•••@coffee.example?");
    assert!(!asked.body.contains("name=\"jwt\""));
    let handed = victim.submit(&asked, &[]);
    assert_eq!(handed.handed_off().0["email"], CAROL, "the person decides");
}

#[tokio::test]
async fn the_flow_that_the_sign_in_began_with_is_used_up() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = start(&pool);
    let mut browser = Visitor::of(&house);
    browser.start();
    let address = by_script(&house, SITE, &body(PASSWORD)).json();
    let handed = browser.go_on(address["url"].as_str().unwrap(), SITE);
    assert_eq!(handed.handed_off().1, HELP);
    assert!(handed.said("set-cookie").contains(".u."), "{}", handed.said("set-cookie"));
}

#[tokio::test]
async fn a_script_is_told_why_not() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, false).await;
    pool.register("dora@coffee.example").await;
    let house = start(&pool);
    let dora = json!({"email": "dora@coffee.example", "password": PASSWORD, "return_to": HELP});
    let shoes = json!({"email": CAROL, "password": PASSWORD,
        "return_to": "https://acme-shoes.zendesk.com/hc"});
    let cases = [
        (body("wrong-One-1"), 401, "wrong-password"),
        (body(PASSWORD), 403, "email-unverified"),
        (dora, 403, "account-unconfirmed"),
        (shoes, 403, "other-backend"),
        (json!({"email": CAROL, "password": PASSWORD}), 403, "unknown-brand"),
        (json!({"password": PASSWORD}), 400, "post-invalid"),
        (json!([1]), 400, "post-invalid"),
    ];
    for (body, status, code) in cases {
        let answer = by_script(&house, SITE, &body);
        let json = answer.json();
        assert_eq!((answer.status, json["code"].as_str()), (status, Some(code)), "{body}");
        assert_eq!(answer.said("access-control-allow-origin"), SITE, "{body}");
        let names: Vec<&String> = json.as_object().unwrap().keys().collect();
        assert_eq!(names, ["code", "description", "trace"], "{body}");
        assert!(json["description"].as_str().unwrap().ends_with('.'), "{body}");
        let trace = json["trace"].as_str().unwrap();
        assert_eq!(noted(trace), (code.to_owned(), status.into()), "{body}");
    }
    let twice = at("/backends/pool/sign-in");
    let body = r#"{"email":"a@b.example","email":"c@d.example","password":"x"}"#;
    let request = Request::new("POST", &twice).with("origin", SITE);
    let request = request.with("accept", "application/json");
    let answer = house.program(&request.with("content-type", "application/json").with_body(body));
    assert_eq!(answer.status, 400, "one name twice");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let down = House::start(&format!("endpoint: http://{nobody}/\nclient_id: x\n{FORM}"));
    let answer = by_script(&down, SITE, &self::body(PASSWORD));
    assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("backend-unavailable")));
    let mut last = 0;
    for _ in 0..11 {
        last = by_script(&house, SITE, &self::body("wrong-One-1")).status;
    }
    assert_eq!(last, 429);
}

#[test]
fn whoever_wrote_the_page_is_told_what_is_wrong_with_its_request() {
    let house = House::start(&format!("region: eu-central-1\nclient_id: x\n{FORM}"));
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let post = |kind: &str, body: &str| {
        let request = Request::new("POST", &at("/backends/pool/sign-in")).with("origin", SITE);
        let request = request.with("accept", "application/json").with("content-type", kind);
        request.with_body(body)
    };
    let get = |path: &str| {
        Request::get(&at(path)).with("accept", "application/json").with("origin", SITE)
    };
    let many = (0..65).map(|it| format!("f{it}")).collect::<Vec<_>>().join("&");
    let cases = [
        (post(json, "{\"password\":\"x\"}"), 400, "post-invalid", "has no “email”"),
        (post(json, "{\"email\":\"a\",\"password\":12}"), 400, "post-invalid", "as “password”"),
        (post(json, "{\"email\":"), 400, "post-invalid", "one JSON object"),
        (post(form, "password=x"), 400, "post-invalid", "has no “email”"),
        (post(form, &many), 400, "malformed-request", ""),
        (post("text/plain", "{}"), 415, "wrong-content-type", ""),
        (post(json, &" ".repeat(70_000)), 413, "body-too-large", ""),
        (get("/backends/pool/sign-in"), 405, "method-not-allowed", ""),
        (get("/backends/site/sign-in"), 404, "not-found", ""),
    ];
    for (request, status, code, text) in cases {
        let answer = house.program(&request);
        assert_eq!(answer.status, status, "{code}");
        assert_eq!(answer.header("allow"), (status == 405).then_some("OPTIONS, POST"));
        let origin = answer.header("access-control-allow-origin");
        assert_eq!(origin.is_some(), status != 404, "{code}");
        let said = answer.json();
        assert_eq!(said["code"], code);
        assert!(said["description"].as_str().unwrap().contains(text), "{said}");
        let trace = said["trace"].as_str().unwrap();
        assert_eq!(noted(trace), (code.to_owned(), status.into()), "{said}");
    }
    let mut browser = Visitor::of(&house);
    let address = at("/backends/pool/sign-in");
    let page = browser.post(&address, &fields(PASSWORD, None)[1..], Some(SITE));
    let title = "The sign-in page sent something wrong";
    assert_eq!((page.status, page.headline()), (400, title), "a form gets a page");
    let shoes = fields(PASSWORD, Some("https://acme-shoes.zendesk.com/hc"));
    let page = browser.post(&address, &shoes, Some(SITE));
    let title = "This link belongs to another way of signing in";
    assert_eq!((page.status, page.headline()), (400, title));
}

#[tokio::test]
async fn a_script_may_send_a_form_and_get_json() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = start(&pool);
    let request = Request::new("POST", &at("/backends/pool/sign-in")).with("origin", SITE);
    let body = format!("email={}&password={PASSWORD}&return_to={}", encoded(CAROL), encoded(HELP));
    // As a browser's `URLSearchParams` says it.
    let kind = "application/x-www-form-urlencoded;charset=UTF-8";
    let request = request.with("content-type", kind).with("accept", "application/json");
    let answer = house.program(&request.with_body(&body));
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with("{\"url\":\"https://sso.acme.example/hand-off#"));
}

#[tokio::test]
async fn a_code_is_asked_for_on_our_own_page() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    pool.give_authenticator(CAROL, PASSWORD).await;
    let house = start(&pool);

    let mut browser = Visitor::of(&house);
    let address = at("/backends/pool/sign-in");
    let asked = browser.post(&address, &fields(PASSWORD, Some(HELP)), Some(SITE));
    assert_eq!(asked.headline(), "Enter your code");
    let handed = type_code(&mut browser, &asked);
    assert_eq!(handed.handed_off().1, HELP, "as a form, without a flow");

    let mut browser = Visitor::of(&house);
    browser.start();
    let answer = by_script(&house, SITE, &body(PASSWORD)).json();
    let address = answer["url"].as_str().unwrap();
    let asked = browser.go_on(address, SITE);
    assert_eq!(asked.headline(), "Enter your code");
    let handed = type_code(&mut browser, &asked);
    assert_eq!(handed.handed_off().1, HELP, "by a script, with a flow");
}

#[test]
fn nobody_answers_for_an_account_that_a_strangers_page_chose() {
    let peer = Scripted::start(|operation, _| match operation {
        "InitiateAuth" => challenge("NEW_PASSWORD_REQUIRED", &json!({})),
        "GetUser" => profile(CAROL),
        _ => done(),
    });
    let house = House::start(&(peer.settings() + FORM));
    let answer = by_script(&house, SITE, &body(PASSWORD)).json();
    let mut victim = Visitor::of(&house);
    let page = victim.go_on(answer["url"].as_str().unwrap(), "https://evil.example");
    assert_eq!((page.status, page.headline()), (403, "This form cannot be trusted"));
}

#[tokio::test]
async fn no_password_is_asked_about_while_the_brand_is_closed() {
    let pool = Scripted::start(|operation, _| match operation {
        "GetUser" => profile(CAROL),
        _ => done(),
    });
    let house = House::start(&(pool.settings() + FORM));
    let house_of_ours = House::start(&pool.settings());
    let ticket = by_script(&house, SITE, &body("right")).json()["url"].as_str().unwrap().to_owned();
    let mut browser = Visitor::of(&house_of_ours);
    let form = browser.begin();
    let before = pool.asked().len();
    for house in [&house, &house_of_ours] {
        house.reload(&[("brand_id: 7\n", "brand_id: 7\n    closed: Back on Monday\n")]);
    }

    let told = by_script(&house, SITE, &body("right"));
    assert_eq!((told.status, &told.json()["code"]), (403, &json!("closed")));
    assert_eq!(told.json()["description"], "Back on Monday");
    let mut own = Visitor::of(&house);
    let posted = own.post(&at("/backends/pool/sign-in"), &fields("right", Some(HELP)), Some(SITE));
    assert_eq!(noted(&posted.trace()), ("closed".to_owned(), 403), "posted as a form");
    let (_, sealed) = ticket.split_once('#').unwrap();
    let redeemed = own.post(
        &at("/hand-off"),
        &[("ticket".to_owned(), sealed.to_owned()), ("sender".to_owned(), SITE.to_owned())],
        Some(SSO),
    );
    assert_eq!(noted(&redeemed.trace()), ("closed".to_owned(), 403), "a ticket of before");
    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]);
    assert_eq!(noted(&page.trace()), ("closed".to_owned(), 403), "a form of before");
    assert_eq!(pool.asked().len(), before, "Cognito is asked nothing");

    house_of_ours.reload(&[]);
    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]);
    assert_eq!(page.handed_off().0["email"], CAROL, "the form is as good as before");
}
