//! A running service, and its parts put together.

mod connections;
mod login_at_once;
mod reload;
mod silent_provider;
mod tls;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;

use actix_web::App;
use actix_web::http::StatusCode;
use actix_web::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::Data;

use super::{Service, listen};
use crate::backend::Http;
use crate::clock::Clock;
use crate::config;
use crate::domain::{EmailAddress, Identity, Profile};
use crate::metrics::SignIn;
use crate::store::Store;
use crate::table::{ClientAddress, Table};
use crate::token::{Secrets, StateKeys, zendesk};
use crate::web::{self, State};

const SOURCE: &str = "
version: 1
server: { public_url: http://localhost:8080 }
zendesk: { account: acme, shared_secret: { value: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz } }
backends:
  pool: { type: cognito, endpoint: http://127.0.0.1:9, client_id: x }
brands:
  coffee: { brand_id: 7, hosts: [acme-coffee.zendesk.com], backend: pool }
";

#[test]
fn a_proxy_that_nobody_has_named_is_told_from_people() {
    let https = ("http://localhost:8080", "https://sso.acme.example");
    let proxy = "client_address: proxy_protocol, trusted_proxies: [10.0.0.0/8]";
    let named = format!("{} , {proxy}", https.1);
    // (what `public_url` says, and what follows it; whether everybody has the proxy's address)
    for (public_url, is_proxys) in [(https.0, false), (https.1, true), (&*named, false)] {
        let source = SOURCE.replace(https.0, public_url);
        let config = config::read(&source, "brands.yaml", Path::new(".")).config.unwrap();
        let found = matches!(config.table.client_address, ClientAddress::UnnamedProxy);
        assert_eq!(found, is_proxys, "{public_url}");
    }
}

#[test]
fn a_reload_keeps_the_counts_of_what_keeps_its_names() {
    let table = |source: &str| {
        let config = config::read(source, "brands.yaml", Path::new(".")).config.unwrap();
        config.table
    };
    let brands = |names: &[&str]| {
        let brands = names.iter().map(|name| {
            format!("  {name}: {{ hosts: [acme-{name}.zendesk.com], backend: pool }}\n")
        });
        SOURCE.split_once("  coffee").unwrap().0.to_owned() + &brands.collect::<String>()
    };
    let started = |table: &Table| -> Vec<(String, u64)> {
        let all = table.sign_ins.iter(&table.brands);
        all.map(|(brand, _, counts)| (brand.to_string(), counts[0].2)).collect()
    };
    let old = table(&brands(&["coffee", "shoes"]));
    let come = |table: &Table, name: &str, times| {
        let (brand, it) = table.brands.named(name).unwrap();
        (0..times).for_each(|_| table.sign_ins.add(brand, it.backend, SignIn::Started));
    };
    come(&old, "coffee", 2);
    come(&old, "shoes", 3);
    let mut new = table(&brands(&["boots", "shoes"]));
    new.inherit(&old);
    come(&new, "shoes", 1);
    come(&old, "shoes", 1);
    assert_eq!(started(&new), [("boots".to_owned(), 0), ("shoes".to_owned(), 5)]);
    let mut other = table(&brands(&["shoes"]).replace("pool", "pond"));
    other.inherit(&new);
    assert_eq!(started(&other), [("shoes".to_owned(), 0)], "another backend begins anew");
}

#[actix_web::test]
async fn a_store_without_room_lets_sign_ins_begin_and_takes_no_password() {
    let config = config::read(SOURCE, "brands.yaml", Path::new(".")).config.unwrap();
    let table = config.table;
    let (store, key) = (Store::with_room_for(0, 0), StateKeys::random().unwrap());
    let state = State::new(table, store, key, Http::default(), Clock::that_skips(), 1000);
    let app = App::new().app_data(Data::new(state.unwrap())).configure(web::routes);
    let app = init_service(app).await;

    let sent = TestRequest::get().uri("/login?brand_id=7").to_request();
    let sent = call_service(&app, sent).await;
    let text = |name| sent.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let cookie = text(SET_COOKIE).split(';').next().unwrap().to_owned();
    let address = text(LOCATION).strip_prefix("http://localhost:8080").unwrap().to_owned();
    let get = TestRequest::get().uri(&address).insert_header(("cookie", cookie.as_str()));
    let form = call_service(&app, get.to_request()).await;
    assert_eq!(form.status(), StatusCode::OK);
    let form = String::from_utf8(read_body(form).await.to_vec()).unwrap();
    let token = form.split_once("name=\"token\" value=\"").unwrap().1;
    let token = token.split('"').next().unwrap();

    let post = TestRequest::post().uri(&address).insert_header(("cookie", cookie.as_str()));
    let fields = [("token", token), ("email", "joe@example.com"), ("password", "x")];
    let page = call_service(&app, post.set_form(fields).to_request()).await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = String::from_utf8(read_body(page).await.to_vec()).unwrap();
    assert!(page.contains("Signing in is not possible right now"), "{page}");
}

const TWO_SITES: &str = "
version: 1
server:
  public_url: https://sso.acme.example
  client_address: x_forwarded_for
  trusted_proxies: [127.0.0.1]
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
backends:
  shoes-site:
    type: redirect
    login_url: https://www.acme-shoes.example/in
    assertion:
      { algorithm: HS256, unsolicited: true, secrets: [{ value: made-up-shoes-secret-0123456789abc }] }
  coffee-site:
    type: redirect
    login_url: https://www.acme-coffee.example/in
    assertion:
      { algorithm: HS256, unsolicited: true, secrets: [{ value: made-up-coffee-secret-0123456789ab }] }
brands:
  shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: shoes-site }
  coffee: { brand_id: 2, hosts: [acme-coffee.zendesk.com], backend: coffee-site }
";

#[actix_web::test]
async fn a_site_and_a_network_that_flood_are_refused_alone() {
    let config = config::read(TWO_SITES, "brands.yaml", Path::new(".")).config.unwrap();
    let table = config.table;
    let (store, key) = (Store::with_room_for(2048, 0), StateKeys::random().unwrap());
    let clock = Clock::default();
    let state = State::new(table, store, key, Http::default(), clock.clone(), 1000);
    let app = App::new().app_data(Data::new(state.unwrap())).configure(web::routes);
    let app = init_service(app).await;

    let mut number = 0_u32;
    let mut post = async |site: &str, network: u8| {
        number += 1;
        let secret = match site {
            "shoes" => "made-up-shoes-secret-0123456789abc",
            _ => "made-up-coffee-secret-0123456789ab",
        };
        let jwt = assertion(&number.to_string(), secret, clock.now());
        let return_to = format!("https://acme-{site}.zendesk.com/hc");
        let post = TestRequest::post().uri("/access/jwt");
        let post = post.peer_addr("127.0.0.1:4711".parse().unwrap());
        let post = post.insert_header(("x-forwarded-for", format!("203.0.113.{network}")));
        let post = post.set_form([("jwt", jwt.as_str()), ("return_to", &return_to)]);
        let page = call_service(&app, post.to_request()).await;
        let (status, later) = (page.status().as_u16(), page.headers().get(RETRY_AFTER).cloned());
        assert_eq!(later.is_some(), status != 200);
        assert!(later.is_none_or(|later| later == "300"));
        let page = String::from_utf8(read_body(page).await.to_vec()).unwrap();
        let title = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        (status, title.to_owned())
    };

    let mut taken = 0;
    let refused = loop {
        match post("shoes", 1).await {
            (200, _) => taken += 1,
            refused => break refused,
        }
    };
    assert_eq!(refused, (429, "Too many sign-ins from your network".to_owned()));
    assert!((10..20).contains(&taken), "{taken}");
    assert_eq!(post("shoes", 2).await.0, 200, "another network");
    assert_eq!(post("coffee", 1).await.0, 200, "the same at another site");

    let mut refused = (200, String::new());
    for network in 3..=255 {
        while refused.0 == 200 {
            refused = post("shoes", network).await;
        }
        if refused.0 == 503 {
            break;
        }
        refused.0 = 200;
    }
    assert_eq!(refused, (503, "Too many sign-ins at once".to_owned()));
    assert_eq!(post("coffee", 1).await.0, 200, "another site's people");
}

/// What a site says about Joe.
fn assertion(jti: &str, secret: &str, now: u64) -> String {
    let joe = Identity {
        email: EmailAddress::parse("joe@example.com").unwrap(),
        name: "Joe".into(),
        external_id: None,
        profile: Profile::default(),
        left_out: Vec::new(),
    };
    let secrets = Secrets::new(&[secret.to_owned().into()]).unwrap();
    zendesk::mint(&joe, jti, &secrets, now).unwrap().expose().to_owned()
}

const TABLE: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
backends: { native: { type: zendesk } }
brands: { shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: native } }
";

fn service(table: &str) -> Service {
    let loaded = config::read(table, "brands.yaml", Path::new("."));
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let (public, private) = (listen(any_port).unwrap(), listen(any_port).unwrap());
    Service::start(loaded.config.unwrap(), Clock::default(), public, private).unwrap().0
}

/// Everything that comes back until the connection ends.
fn ask(service: &Service, request: &str) -> String {
    let mut connection = TcpStream::connect(service.public_address()).unwrap();
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    // A connection that is not served is reset.
    let _ = connection.read_to_string(&mut answer);
    answer
}

#[test]
fn with_the_proxy_protocol_only_proxies_that_speak_it_are_served() {
    let get = "GET /none HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let said = format!("PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n{get}");
    // (what, trusted proxies, request, whether it is served)
    let cases = [
        ("a proxy", "127.0.0.0/8", said.as_str(), true),
        ("a proxy that says nothing", "127.0.0.0/8", get, false),
        ("a stranger", "10.0.0.0/8", said.as_str(), false),
    ];
    for (what, trusted, request, is_served) in cases {
        let proxies = format!("client_address: proxy_protocol, trusted_proxies: [{trusted}]");
        let table = TABLE.replace("server: {", &format!("server: {{ {proxies},"));
        let service = service(&table);
        let answer = ask(&service, request);
        assert_eq!(answer.starts_with("HTTP/1.1 404"), is_served, "{what}: {answer}");
        assert_eq!(answer.is_empty(), !is_served, "{what}: {answer}");
        service.stop().unwrap();
    }
}

#[test]
fn what_is_no_request_gets_a_page_too() {
    let service = service(TABLE);
    let long = |bytes| "a".repeat(bytes);
    // (what, request, status)
    let cases = [
        ("noise", "\u{1}\u{2}\r\n\r\n".to_owned(), "400 Bad Request"),
        ("no host", "GET / HTTP/1.1\r\n\r\n".to_owned(), "400 Bad Request"),
        (
            "an address that is too long",
            format!("GET /login?x={} HTTP/1.1\r\nhost: a\r\n\r\n", long(70_000)),
            "400 Bad Request",
        ),
        (
            "a head that is too long",
            format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", long(1_000_000)),
            "431 Request Header Fields Too Large",
        ),
        (
            "an ordinary refusal",
            "GET /none HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_owned(),
            "404 Not Found",
        ),
    ];
    for (what, request, status) in cases {
        let answer = ask(&service, &request);
        let (head, page) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{what}: {head}");
        let length = format!("\r\ncontent-length: {}\r\n", page.len());
        assert!(head.contains(&length), "{what}: {head}");
        for header in ["content-security-policy: ", "cache-control: no-store\r\n", "date: "] {
            assert!(head.contains(header), "{what}: {head}");
        }
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("</html>"), "{what}");
    }
    service.stop().unwrap();
}
