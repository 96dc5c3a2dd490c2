//! `/login` before the route table and behind it: whatever is answered at once, the whole way answers
//! the same.

use std::collections::BTreeMap;
use std::path::Path;

use actix_http::Request;
use actix_web::App;
use actix_web::body::{BoxBody, MessageBody as _};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::web::Data;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use regex::{Captures, Regex};

use self::corpus::{attacks, good};
use crate::backend::Http;
use crate::clock::Clock;
use crate::config;
use crate::store::Store;
use crate::token::{FlowId, SealedFlow, StateKeys};
use crate::web::{self, State};

#[path = "../../../tests/it/return_to/corpus.rs"]
#[expect(dead_code, reason = "what a line should come to is for the journeys to say")]
mod corpus;

/// The table of the journeys, with a brand for each other type of backend.
const JOURNEYS: &str = include_str!("../../../tests/support/brands.yaml");
const MORE_BACKENDS: &str = "
backends:
  pool: { type: cognito, endpoint: 'http://127.0.0.1:9', client_id: x }
  own-form:
    { type: cognito, endpoint: 'http://127.0.0.1:9', client_id: x, form_url: 'https://www.acme-own.example/in' }
  session:
    type: session_token
    login_url: https://login.acme-session.example/
    cookie: acme_session
    cookie_domain: acme.example
    algorithm: HS256
    keys: { secrets: { value: session-secret-of-the-journeys-0123456789 } }
  elsewhere:
    type: session_token
    login_url: https://login.acme-away.example/
    cookie: acme_session
    cookie_domain: acme-away.example
    at: https://sso.acme-away.example
    algorithm: HS256
    keys: { secrets: { value: away-secret-of-the-journeys-0123456789abc } }
";
const MORE_BRANDS: &str = "
brands:
  office:
    brand_id: 15
    hosts: [help.acme-office.example]
    backend: shoes-site
    routes:
      - { client_ip: [203.0.113.0/24], backend: native }
      - { path: '^/agent', client_ip: [198.51.100.7], backend: books-site }
  pool: { brand_id: 11, hosts: [help.acme-pool.example], backend: pool }
  own: { brand_id: 12, hosts: [help.acme-own.example], backend: own-form }
  session: { brand_id: 13, hosts: [help.acme-session.example], backend: session }
  away: { brand_id: 14, hosts: [help.acme-away.example], backend: elsewhere }
";

const PROXY: &str =
    "\nserver:\n  client_address: x_forwarded_for\n  trusted_proxies: [127.0.0.1]\n";

/// One request.
#[derive(Clone, Debug)]
struct Asked {
    method: &'static str,
    address: String,
    headers: Vec<(&'static str, String)>,
}

impl Asked {
    fn of_query(query: &str) -> Self {
        Self { method: "GET", address: format!("/login?{query}"), headers: Vec::new() }
    }

    /// As actix-http hands it on; `None` where it would refuse it.
    fn request(&self) -> Option<Request> {
        Uri::try_from(&self.address).ok()?;
        // Behind a proxy, whose word about the person's address counts.
        let proxy = ([127, 0, 0, 1], 1).into();
        let request = TestRequest::with_uri(&self.address).peer_addr(proxy);
        let request = request.method(Method::from_bytes(self.method.as_bytes()).ok()?);
        let add = |request: TestRequest, (name, value): &(&'static str, String)| {
            request.append_header((*name, value.as_str()))
        };
        Some(self.headers.iter().fold(request, add).to_request())
    }
}

/// What a browser gets to see.
#[derive(Debug, Eq, PartialEq)]
struct Seen {
    status: StatusCode,
    headers: BTreeMap<String, Vec<String>>,
    body: String,
}

/// Both ways of one table.
struct Ways<S> {
    state: Data<State>,
    clock: Clock,
    app: S,
    random: Regex,
    flow: Regex,
}

async fn ways(
    unknown: &str,
) -> Ways<impl Service<Request, Response = ServiceResponse, Error: std::fmt::Debug>> {
    let source = JOURNEYS
        .replace("unknown: ask", unknown)
        .replace("\nserver:\n", PROXY)
        .replace("\nbackends:\n", MORE_BACKENDS)
        .replace("\nbrands:\n", MORE_BRANDS);
    let read = config::read(&source, "brands.yaml", Path::new("."));
    assert!(read.config.is_some(), "{}", read.report.text(false));
    let table = read.config.unwrap().table;
    let clock = Clock::default();
    let state = State::new(
        table,
        Store::new(None),
        StateKeys::random().unwrap(),
        Http::default(),
        clock.clone(),
        1000,
    );
    let state = Data::new(state.unwrap());
    let app = init_service(App::new().app_data(state.clone()).configure(web::routes)).await;
    Ways {
        state,
        clock,
        app,
        random: Regex::new("nonce[-=]\"?[A-Za-z0-9+/_=-]{22,}|sign-in/[A-Za-z0-9_-]{22}").unwrap(),
        flow: Regex::new("__Host-bg-([A-Za-z0-9_-]{22})=([0-9]+\\.f\\.[A-Za-z0-9_-]+)").unwrap(),
    }
}

impl<S> Ways<S>
where
    S: Service<Request, Response = ServiceResponse, Error: std::fmt::Debug>,
{
    /// Whether it is answered at once; then as the whole way answers it.
    async fn agree_about(&self, asked: &Asked) -> bool {
        loop {
            let Some(request) = asked.request() else { return false };
            let now = self.clock.now();
            let Some(at_once) = web::login_at_once(request.head(), &self.state) else {
                return false;
            };
            let at_once = (at_once.status(), at_once.headers().clone(), at_once.into_body());
            let at_once = self.seen(at_once, now);
            let response = call_service(&self.app, asked.request().unwrap()).await;
            let response = response.into_parts().1;
            let whole = (response.status(), response.headers().clone(), response.into_body());
            let whole = self.seen(whole, now);
            // Both in one second, or once more.
            if self.clock.now() == now {
                assert_eq!(at_once, whole, "{asked:?}");
                return true;
            }
        }
    }

    /// How the loop guard's cookie marks the destination of this query.
    fn mark(&self, query: &str) -> String {
        let request = Asked::of_query(query).request().unwrap();
        let answer = web::login_at_once(request.head(), &self.state).unwrap();
        let cookie = answer.headers().get("set-cookie").unwrap().to_str().unwrap();
        let value = cookie.strip_prefix("__Host-bg-seen=0.").unwrap();
        value.split_once('.').unwrap().1[..6].to_owned()
    }

    /// The answer, with what a flow holds in its place, and without random numbers.
    fn seen(&self, (status, headers, body): (StatusCode, HeaderMap, BoxBody), now: u64) -> Seen {
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, value) in &headers {
            let value = self.without_random(value.to_str().unwrap(), now);
            by_name.entry(name.to_string()).or_default().push(value);
        }
        let body = body.try_into_bytes().unwrap();
        let body = self.without_random(str::from_utf8(&body).unwrap(), now);
        Seen { status, headers: by_name, body }
    }

    fn without_random(&self, text: &str, now: u64) -> String {
        let opened = |found: &Captures<'_>| {
            let id = FlowId::parse(&found[1]).unwrap();
            let sealed = SealedFlow::read(id, &found[2]).unwrap();
            let table = self.state.table();
            let (flow, state, _) = sealed.open(self.state.keys(&table), now).unwrap();
            let length = found[2].len();
            format!("{flow:?} {state:?} until {} in {length} bytes", sealed.expires)
        };
        let text = self.flow.replace_all(text, opened);
        self.random.replace_all(&text, "(random)").into_owned()
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[actix_web::test]
async fn good_addresses_are_answered_at_once_and_attacks_as_the_whole_way_does() {
    for unknown in ["unknown: ask", "unknown: refuse", "unknown: { brand: games }"] {
        let ways = ways(unknown).await;
        // Here a cookie may say who somebody is, there only behind the way to another address.
        assert!(!ways.agree_about(&Asked::of_query("brand_id=13")).await);
        assert!(ways.agree_about(&Asked::of_query("brand_id=14")).await);
        let good: Vec<_> = good().into_iter().map(|(_, line)| line.value).collect();
        for value in &good {
            let asked = Asked::of_query(&format!("return_to={}", encoded(value)));
            let is_known = value.to_ascii_lowercase().contains("//help.acme-");
            assert!(ways.agree_about(&asked).await || !is_known, "{asked:?}");
        }
        let attacks = attacks().into_iter().map(|(_, line)| line.value);
        for value in attacks.chain(good) {
            let written = encoded(&value);
            for id in ["360000000001", "360000000005", "11", "12", "13", "14", "15", "9"] {
                ways.agree_about(&Asked::of_query(&format!("brand_id={id}&return_to={written}")))
                    .await;
            }
            ways.agree_about(&Asked::of_query(&format!("return_to={value}&brand_id=14"))).await;
        }
    }
}

#[actix_web::test]
async fn where_somebody_is_decides_at_once_as_the_whole_way_does() {
    let ways = ways("unknown: ask").await;
    let (shoes, native, books) = ("www.acme-shoes", "acme.zendesk.com", "www.acme-books");
    // (page, the person's address, the host that they are sent to)
    let cases = [
        ("/hc", Some("203.0.113.9"), native),
        ("/hc", Some("::ffff:203.0.113.9"), native),
        ("/hc", Some("203.0.114.9"), shoes),
        ("/hc", Some("198.51.100.7"), shoes),
        ("/agent/7", Some("198.51.100.7"), books),
        ("/agent/7", Some("198.51.100.8"), shoes),
        ("/agent/7", Some("203.0.113.255"), native),
        ("/hc", Some("203.0.113.9, 192.0.2.1"), shoes),
        ("/hc", Some("192.0.2.1, 203.0.113.9"), native),
        ("/hc", Some("203.0.113.9, 127.0.0.1"), native),
        ("/hc", Some("unknown"), shoes),
        ("/hc", Some("2001:db8::1"), shoes),
        ("/hc", None, shoes),
    ];
    for (page, address, expected) in cases {
        let what = format!("{page} from {address:?}");
        let to = encoded(&format!("https://help.acme-office.example{page}"));
        let mut asked = Asked::of_query(&format!("brand_id=15&return_to={to}"));
        asked.headers.extend(address.map(|it| ("x-forwarded-for", it.to_owned())));
        assert!(ways.agree_about(&asked).await, "{what}");
        let request = asked.request().unwrap();
        let answer = web::login_at_once(request.head(), &ways.state).unwrap();
        let body = answer.headers().get("location").map(|it| it.to_str().unwrap().to_owned());
        let location = body.unwrap_or_default();
        let leads_to = if location.is_empty() {
            String::from_utf8(answer.into_body().try_into_bytes().unwrap().to_vec()).unwrap()
        } else {
            location
        };
        assert!(leads_to.contains(&format!("https://{expected}")), "{what}: {leads_to}");
    }
}

/// Destinations to which a browser may be coming back.
const PAGES: [&str; 2] = [
    "return_to=https%3a%2f%2fhelp.acme-books.example%2fhc%2f1%3fpage%3d2",
    "return_to=https%3A%2F%2Facme-games.zendesk.com%2Ftickets%2F1",
];

/// What a query is made of.
fn query() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "brand_id",
        "return_to",
        "locale_id",
        "timestamp",
        "Return_To",
        "return%5Fto",
        "_brand_id",
        "return_to[]",
        "utm_source",
        "amp;return_to",
        "jwt",
        "kind",
        "a",
        "",
    ];
    const VALUES: &[&str] = &[
        "360000000001",
        "360000000003",
        "360000000004",
        "360000000005",
        "11",
        "12",
        "13",
        "14",
        "15",
        "9",
        "0x1",
        "-1",
        "",
        "%20",
        "+",
        "%",
        "%zz",
        "%00",
        "%ff",
        ";",
        "1;return_to=/hc",
        "/hc",
        "%2Fhc",
        "//evil.test",
        "/agent/tickets/1",
        "%2Faccess%2Flogout",
        "/hc/../access",
        "a b",
        "\u{e9}",
        "#",
        "https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Fen-us",
        "https://help.acme-coffee.example/hc?x",
        "https%3a%2f%2fhelp.acme-books.example%2fhc%2f1%3fpage%3d2",
        "HTTPS://HELP.ACME-BOOKS.EXAMPLE:443",
        "https%3A%2F%2Facme-games.zendesk.com%2Ftickets%2F1",
        "https%3A%2F%2Facme.zendesk.com%2Fagent",
        "https%3A%2F%2Fhelp.acme-pool.example",
        "https%3A%2F%2Fhelp.acme-own.example%2Fhc%3Fq%3D%2520",
        "https%3A%2F%2Fhelp.acme-session.example%2F",
        "https%3A%2F%2Fhelp.acme-away.example%2Fhc",
        "https%3A%2F%2Fhelp.acme-office.example%2Fagent",
        "https%3A%2F%2Fhelp.acme-shoes.example%40evil.test%2F",
        "https%3A%2F%2Fevil.test%2F",
        "http%3A%2F%2Fhelp.acme-shoes.example%2F",
        "https%3A%2F%2Fhelp.acme-shoes.example%5C",
    ];
    let value = prop_oneof![
        30 => select(VALUES).prop_map(str::to_owned),
        1 => (2000..2100_usize).prop_map(|it| format!("https://help.acme-books.example/{}", "a".repeat(it))),
        1 => (24_000..25_000_usize).prop_map(|it| "a".repeat(it)),
    ];
    let joined = select(&["&", "&", "&", "&", "&&", ";", "&amp;"][..]);
    let equals = select(&["=", "=", "=", "=", "", "=="][..]);
    let pair = (select(NAMES), equals, value, joined);
    let pair =
        pair.prop_map(|(name, equals, value, joined)| [name, equals, &value, joined].concat());
    // Most are as Zendesk writes them.
    let good =
        (select(&VALUES[..10]), select(&VALUES[VALUES.len() - 15..])).prop_map(|(id, to)| {
            format!("brand_id={id}&locale_id=1&return_to={to}&timestamp=1769760757")
        });
    prop_oneof![3 => good, 1 => vec(pair, 0..5).prop_map(|pairs| pairs.concat())]
}

/// What a browser says besides.
fn headers(marks: [String; 2]) -> impl Strategy<Value = Vec<(&'static str, String)>> {
    const HEADERS: &[(&str, &str)] = &[
        ("host", "sso.acme.example"),
        ("host", "sso.acme-away.example"),
        ("host", "SSO.acme-away.example:443"),
        ("host", "x"),
        ("sec-fetch-dest", "document"),
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-site", "none"),
        ("sec-fetch-site", "cross-site"),
        ("sec-purpose", "prefetch"),
        ("user-agent", "Mozilla/5.0"),
        ("origin", "https://sso.acme.example"),
        ("origin", "null"),
        ("origin", "https://evil.test"),
        ("referer", "https://help.acme-shoes.example/hc"),
        ("referer", "https://sso.acme.example/"),
        ("referer", "https://sso.acme-away.example/x"),
        ("referer", "about:blank"),
        ("accept-language", "de"),
        ("x-forwarded-for", "203.0.113.9"),
        ("expect", "100-continue"),
        ("cookie", "acme_session=eyJhbGciOiJIUzI1NiJ9.e30.x"),
        ("cookie", "__Host-bg-ask=1"),
        ("cookie", "__Host-bg-led-books-site=1; __Host-bg-led-shoes-site=1"),
        ("cookie", "__Host-bg-led-a=1; __Host-bg-led-b=1; __Host-bg-led-c=1; __Host-bg-led-d=1"),
        ("cookie", "__Host-bg-AAAAAAAAAAAAAAAAAAAAAA=9.f.x; a=b"),
        ("cookie", "__Host-bg-seen=1.2."),
    ];
    // A browser that has been to each of these, often or not.
    let letter = || select(&["a", "d", "e", "A", "D", "E"][..]);
    let seen = (0..6_u8, letter(), letter()).prop_map(move |(outs, first, second)| {
        let ends = Clock::default().now() + 30;
        let [one, two] = &marks;
        ("cookie", format!("__Host-bg-seen={outs}.{ends}.{one}{first}{two}{second}"))
    });
    let others = subsequence(HEADERS, 0..6);
    let others =
        others.prop_map(|all| all.into_iter().map(|(name, value)| (name, value.to_owned())));
    (others, proptest::option::weighted(0.3, seen))
        .prop_map(|(others, seen)| others.chain(seen).collect())
}

fn asked(marks: [String; 2]) -> impl Strategy<Value = Asked> {
    const OTHERS: &[&str] =
        &["/login/", "//login", "/Login", "/log%69n", "/login%3F", "/backends/session/login"];
    let method = select(&["GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "get"][..]);
    let path = prop_oneof![3 => Just("/login"), 1 => select(OTHERS)];
    (method, path, query(), headers(marks)).prop_map(|(method, path, query, headers)| Asked {
        method,
        address: format!("{path}?{query}"),
        headers,
    })
}

#[actix_web::test]
async fn any_request_that_is_answered_at_once_is_answered_the_same_the_whole_way() {
    const CASES: u32 = 1500;
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..Default::default() });
    for unknown in ["unknown: ask", "unknown: refuse", "unknown: { brand: games }"] {
        let ways = ways(unknown).await;
        let marks = [PAGES[0], PAGES[1]].map(|page| ways.mark(page));
        let strategy = asked(marks);
        let mut at_once = 0;
        for _ in 0..CASES {
            let asked = strategy.new_tree(&mut runner).unwrap().current();
            at_once += u32::from(ways.agree_about(&asked).await);
        }
        assert!(at_once > CASES / 20, "positive control: {at_once} of {CASES} under {unknown}");
    }
}
