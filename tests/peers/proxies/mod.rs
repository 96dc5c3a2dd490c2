//! The examples of `deploy/proxies`, each in front of the service: what people, the log and whoever
//! would be somebody else get to see.

mod many;
mod proxy;
mod visitor;

use std::net::SocketAddr;

use brandgate::clock::Clock;
use reqwest::Client;
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use self::proxy::{Kind, Proxy, is_root};
use self::visitor::{HOST, Visitor};
use crate::redis::process::Process;
use crate::support::app::{COFFEE_SITE, SHOES_SITE as SITE};
use crate::support::assertion::{self, COFFEE, SHOES, ZENDESK};

const LOGIN: &str = "/login?return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Fsecret-page";

/// Where the visitor comes from, and how the log says it.
const VISITOR: [u8; 4] = [127, 9, 8, 7];
const NETWORK: &str = "127.9.8.0/24";

/// A table with what the example says of `server`, on these ports, and with `more` beneath `server`.
fn table(kind: Kind, [public, ops]: [u16; 2], more: &str) -> String {
    let server = kind.server();
    assert!(server.contains("127.0.0.1:8080"), "{server}");
    let server = server.replace("127.0.0.1:8080", &format!("127.0.0.1:{public}"));
    let server = server.replace(", ", "\n  ");
    format!(
        "version: 1
server:
  public_url: https://{HOST}
  {server}
  ops: {{ listen: 127.0.0.1:{ops} }}
  state_key: {{ value: state-key-of-the-proxies-0123456789abcdef0 }}
  {more}
zendesk:
  account: acme
  shared_secret: {{ value: {ZENDESK} }}
backends:
  shoes-site:
    type: redirect
    login_url: {SITE}/in
    assertion: {{ algorithm: HS256, secrets: [{{ value: {SHOES} }}] }}
  coffee-site:
    type: redirect
    login_url: {COFFEE_SITE}/in
    assertion: {{ algorithm: HS256, secrets: [{{ value: {COFFEE} }}] }}
brands:
  shoes: {{ hosts: [help.acme-shoes.example], backend: shoes-site }}
  coffee: {{ hosts: [help.acme-coffee.example], backend: coffee-site }}
"
    )
}

fn start(kind: Kind) -> (Process, Proxy) {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("brands.yaml"), table(kind, [0, 0], "")).unwrap();
    let mut process = Process::serve(directory, &[]);
    let line = process.says("listening");
    let address = |name: &str| line[name].as_str().unwrap().parse::<SocketAddr>().unwrap();
    let proxy = Proxy::start(kind, &[[address("public"), address("ops")]]);
    (process, proxy)
}

fn jwt(secret: &str, changes: &Value) -> String {
    let claims = assertion::claims(Clock::default().now(), changes);
    assertion::sign(&assertion::header(), &claims, secret)
}

/// What is done through each of them.
async fn sign_in_through(kind: Kind) {
    let (mut process, proxy) = start(kind);
    let mut person = Visitor::new(&proxy, VISITOR);

    let answer = person.get(LOGIN).await.unwrap();
    assert!(answer.location().starts_with(&format!("{SITE}/in?return_to=")), "{answer:?}");
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{answer:?}");

    // The log says who it was, whoever they say that they are.
    let forged = jwt("not-the-secret-of-the-shoes-0123456789abcd", &json!({}));
    let answer = person.post("/access/jwt", SITE, &[("jwt", &forged)]).await.unwrap();
    let line = process.line(&answer.trace());
    assert_eq!(line["kind"], "assertion-signature", "{line}");
    assert_eq!(line["client"], NETWORK, "{line}");

    // What is signed is handed off.
    let answer = person.post("/access/jwt", SITE, &[("jwt", &jwt(SHOES, &json!({})))]).await;
    let answer = answer.unwrap();
    assert_eq!(answer.hand_off().return_to, "https://help.acme-shoes.example/hc/secret-page");
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{answer:?}");

    // As much as people bring along: cookies, and an assertion in the address.
    person.get(LOGIN).await.unwrap();
    for number in 0..5 {
        person.hold(&format!("other{number}"), &"c".repeat(1200));
    }
    let jwt_of_15_kb = jwt(SHOES, &json!({ "unused": "x".repeat(11_000) }));
    assert!((14_000..16_000).contains(&jwt_of_15_kb.len()), "{}", jwt_of_15_kb.len());
    let answer = person.get(&format!("/access/jwt?jwt={jwt_of_15_kb}")).await.unwrap();
    assert!(answer.is_hand_off(), "{answer:?}");

    // What is too large is explained by the service itself.
    let answer = person.post("/access/jwt", SITE, &[("jwt", &"x".repeat(70_000))]).await.unwrap();
    assert_eq!(answer.status, 413, "{answer:?}");
    assert_eq!(process.line(&answer.trace())["kind"], "body-too-large");

    // Port 80 leads to port 443 of this host, whatever it was asked as.
    let client = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
    for host in [HOST, "stranger.example"] {
        let request = client.get(format!("http://127.0.0.1:{}{LOGIN}", proxy.http));
        let answer = request.header("host", host).send().await.unwrap();
        let location = answer.headers().get("location").map(|it| it.to_str().unwrap().to_owned());
        assert_eq!(location, Some(format!("https://{HOST}{LOGIN}")), "{host}");
        assert_eq!(answer.status(), 301, "{host}");
    }

    // Whatever comes of it, the log has no query.
    person.calling_it("other.example").get(LOGIN).await.unwrap();

    if is_root() {
        let users = proxy.users();
        assert!(!users.contains(&0), "{users:?}");
    }

    // Nobody is behind it.
    process.kill();
    let answer = person.get(LOGIN).await.unwrap();
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_friendly(&answer);
    let again = jwt(SHOES, &json!({}));
    let answer = person.post("/access/jwt", SITE, &[("jwt", &again)]).await.unwrap();
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_friendly(&answer);

    let log = proxy.log();
    assert!(log.contains("/login") && log.contains("127.9.8.7"), "{log}");
    for secret in ["eyJ", "jwt=", "return_to", "secret-page", "203.0.113.9", "ccc", "__Host-"] {
        assert!(!log.contains(secret), "{secret} is logged: {log}");
    }
}

fn assert_friendly(answer: &crate::support::answer::Answer) {
    assert_eq!(answer.title(), "Signing in is not possible right now");
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{answer:?}");
    assert_eq!(answer.header("retry-after"), Some("60"), "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:?}");
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{answer:?}");
}

#[tokio::test]
async fn people_sign_in_through_nginx() {
    sign_in_through(Kind::Nginx).await;
}

#[tokio::test]
async fn people_sign_in_through_haproxy() {
    sign_in_through(Kind::Haproxy).await;
}

#[tokio::test]
async fn people_sign_in_through_caddy() {
    sign_in_through(Kind::Caddy).await;
}

#[tokio::test]
async fn whoever_floods_is_told_to_come_later_and_others_sign_in() {
    for kind in [Kind::Nginx, Kind::Haproxy] {
        let (_process, proxy) = start(kind);
        let [flood, mut other] = [VISITOR, [127, 9, 9, 9]].map(|it| Visitor::new(&proxy, it));
        let mut refused = None;
        // Far more than is allowed at once, at a rate that the slowest machine comes to.
        for _ in 0..100 {
            let mut many = [(); 10].map(|()| flood.anew());
            let answers = many.iter_mut().map(|it| it.get(LOGIN));
            let answers = futures_util::future::join_all(answers).await;
            let answers = answers.into_iter().map(Result::unwrap);
            refused = answers.filter(|it| it.status != 302).last();
            if refused.is_some() {
                break;
            }
        }
        let refused = refused.unwrap_or_else(|| panic!("{kind:?} lets everything through"));
        assert_eq!(refused.status, 429, "{kind:?}: {refused:?}");
        assert_friendly(&refused);
        assert_eq!(other.get(LOGIN).await.unwrap().status, 302, "{kind:?}");
    }
}
