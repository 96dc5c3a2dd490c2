//! Connections of one worker, in a time that passes as soon as nobody has anything to do.

use std::future::pending;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use actix_service::{Service, ServiceFactory};
use actix_web::rt::spawn;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web::Data};
use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex, split};
use tokio::task::JoinHandle;
use tokio::time::{Duration, Instant, pause, sleep, timeout};

use crate::app::public::http;
use crate::backend::Http;
use crate::clock::Clock;
use crate::config;
use crate::ops::Readiness;
use crate::store::Store;
use crate::token::StateKeys;
use crate::web::{self, Connection, FullWarning, Room, State};

const TABLE: &str = "
version: 1
server: { public_url: http://localhost:8080 }
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
backends:
  native: { type: zendesk }
  pool:
    type: cognito
    endpoint: http://127.0.0.1:9
    client_id: x
    form_url: https://www.acme.example/sign-in
brands:
  shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: native }
  coffee: { brand_id: 2, hosts: [acme-coffee.zendesk.com], backend: pool }
";

/// Answered without a body.
const LOGIN: &str = "GET /login?brand_id=1 HTTP/1.1\r\nhost: a\r\n\r\n";

/// Answered with one.
const ROBOTS: &str = "GET /robots.txt HTTP/1.1\r\nhost: a\r\n\r\n";

/// Of a service that is not about to stop.
fn ready() -> Readiness {
    let readiness = Readiness::default();
    readiness.set(true);
    readiness
}

pub(super) fn state(connections: usize) -> Data<State> {
    let config = config::read(TABLE, "brands.yaml", Path::new(".")).config.unwrap();
    let (store, key) = (Store::new(None), StateKeys::random().unwrap());
    let http = Http::default();
    Data::new(State::new(config.table, store, key, http, Clock::default(), connections).unwrap())
}

/// What the system keeps for a connection, each way.
const KEPT: usize = 16 * 1024;

/// A worker and its room.
struct Worker<C> {
    serve: C,
    state: Data<State>,
}

/// A client's end, and what tells that the service's is closed.
type Client = (DuplexStream, JoinHandle<()>);

/// A worker with room for so many.
async fn worker_for(most: usize) -> Worker<impl Fn(DuplexStream, Option<u8>) -> JoinHandle<()>> {
    let room = Room::new(most, FullWarning::new(Clock::default(), most));
    drop(spawn(room.keep_time()));
    let state = state(most);
    let service = http(state.clone(), ready(), pending::<()>).new_service(()).await.unwrap();
    let counted = state.clone();
    let serve = move |stream, network: Option<u8>| {
        let peer = SocketAddr::from(([203, 0, network.unwrap_or(113), 9], 4711));
        let mut place = room.enter();
        assert!(network.is_none() || place.is_granted_to(peer, &state));
        let connection = Connection::new(stream, state.clone(), place);
        let served = service.call((connection, Some(peer)));
        spawn(async move { drop(served.await) })
    };
    Worker { serve, state: counted }
}

impl<C: Fn(DuplexStream, Option<u8>) -> JoinHandle<()>> Worker<C> {
    /// From a proxy, which may have as much as there is.
    fn connect(&self) -> Client {
        let (client, stream) = duplex(KEPT);
        (client, (self.serve)(stream, None))
    }

    /// From an address of its own.
    fn connect_from(&self, network: u8) -> Client {
        let (client, stream) = duplex(KEPT);
        (client, (self.serve)(stream, Some(network)))
    }

    /// Everything that comes back until the connection ends.
    async fn ask(&self, request: &str) -> String {
        let (mut client, _) = self.connect();
        client.write_all(request.as_bytes()).await.unwrap();
        rest(&mut client).await
    }
}

async fn rest(client: &mut DuplexStream) -> String {
    let mut answer = Vec::new();
    // A connection may end with a reset.
    let _ = client.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

/// One answer to `request`, which leaves the connection open.
async fn answered(client: &mut DuplexStream, request: &str) -> String {
    client.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    while !answer.contains("\r\n\r\n") {
        let mut part = [0; 4096];
        let length = client.read(&mut part).await.unwrap();
        assert!(length > 0, "closed after {answer:?}");
        answer += str::from_utf8(&part[..length]).unwrap();
    }
    answer
}

#[actix_web::test]
async fn whoever_keeps_a_connection_waiting_has_so_much_time() {
    pause();
    let body = "POST /access/jwt HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\n";
    // (what, what comes first and is answered, what comes then, and every so many seconds what,
    //  between which seconds it ends, what is said about it). actix-http counts its own by a clock
    //  that this test does not move.
    let cases = [
        ("says nothing", "", "", (0, ""), 0..=50, "408 Request Timeout"),
        ("has half a request", "", "GET /login?bra", (0, ""), 0..=50, "408 Request Timeout"),
        ("drips its first head", "", "GET /", (1, "x"), 0..=50, "408 Request Timeout"),
        ("has no more requests", ROBOTS, "", (0, ""), 75..=80, ""),
        ("was redirected", LOGIN, "", (0, ""), 75..=80, ""),
        ("has half a second request", ROBOTS, "GET /login?bra", (0, ""), 60..=65, ""),
        ("drips its second head", LOGIN, "GET /", (1, "x"), 60..=65, ""),
        ("has no body", "", body, (0, ""), 20..=50, "408 Request Timeout"),
        ("drips a body", ROBOTS, body, (7, "x"), 20..=50, "408 Request Timeout"),
    ];
    for (what, first, then, (every, drop_by_drop), seconds, said) in cases {
        let worker = worker_for(10).await;
        let (mut client, served) = worker.connect();
        if !first.is_empty() {
            answered(&mut client, first).await;
        }
        let begun = Instant::now();
        client.write_all(then.as_bytes()).await.unwrap();
        let (mut reader, mut writer) = split(client);
        let dripping = spawn(async move {
            let pause = Duration::from_secs(if every > 0 { every } else { 1000 });
            loop {
                sleep(pause).await;
                if writer.write_all(drop_by_drop.as_bytes()).await.is_err() {
                    break;
                }
            }
            writer
        });
        let mut answer = String::new();
        let _ = reader.read_to_string(&mut answer).await;
        served.await.unwrap();
        let took = begun.elapsed().as_secs();
        assert!(seconds.contains(&took), "{what}: {took}: {answer}");
        let status = answer.lines().next().unwrap_or_default();
        assert!(status.ends_with(said) && status.is_empty() == said.is_empty(), "{what}: {answer}");
        dripping.abort();
    }
}

/// Sends `requests` until nobody takes any more; how much went out.
async fn stuff(client: &mut DuplexStream, requests: &str) -> usize {
    const ENOUGH: usize = 1024 * 1024;
    let mut sent = 0;
    while sent < ENOUGH {
        // A time that passes only when nobody has anything to do.
        match timeout(
            Duration::from_secs(1),
            client.write(&requests.as_bytes()[sent % requests.len()..]),
        )
        .await
        {
            Ok(written) => sent += written.unwrap(),
            Err(_) => return sent,
        }
    }
    panic!("{sent} bytes of requests were read, and nothing of their answers");
}

#[actix_web::test]
async fn a_client_that_takes_nothing_is_read_from_no_more_and_ends_within_a_minute() {
    pause();
    let with_body = ROBOTS.repeat(100);
    let kinds = [LOGIN.repeat(100), with_body, "GET /none HTTP/1.1\nhost: a\n\n".repeat(100)];
    for requests in kinds {
        let worker = worker_for(10).await;
        let (mut client, served) = worker.connect();
        let sent = stuff(&mut client, &requests).await;
        assert!(sent > 0);
        let stuck = Instant::now();
        served.await.unwrap();
        let took = stuck.elapsed().as_secs();
        assert!((50..=60).contains(&took), "{took}");
    }
}

#[actix_web::test]
async fn a_client_that_takes_its_answers_late_gets_all_of_them() {
    pause();
    let worker = worker_for(10).await;
    let (mut client, _served) = worker.connect();
    let requests = LOGIN.repeat(100);
    let sent = stuff(&mut client, &requests).await;
    let whole = sent / LOGIN.len();
    // What was cut off is sent later.
    let rest_of_last = &LOGIN[sent % LOGIN.len()..];
    let (mut reader, mut writer) = split(client);
    let reading = spawn(async move {
        let mut answers = String::new();
        reader.read_to_string(&mut answers).await.unwrap();
        answers
    });
    writer.write_all(rest_of_last.as_bytes()).await.unwrap();
    writer.shutdown().await.unwrap();
    let answers = reading.await.unwrap();
    assert_eq!(answers.matches("HTTP/1.1 302 Found\r\n").count(), whole + 1);
}

#[actix_web::test]
async fn requests_that_come_all_at_once_are_answered_one_after_the_other() {
    pause();
    let large =
        format!("GET /login?brand_id=1 HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(8000));
    let chunked = "POST /none HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n\
                   4\r\n\r\n\r\n\r\n0\r\n\r\n";
    let kinds = [
        (LOGIN.to_owned(), "302"),
        (ROBOTS.to_owned(), "200"),
        ("HEAD /robots.txt HTTP/1.1\nhost: a\n\n".to_owned(), "200"),
        (chunked.to_owned(), "404"),
        (large, "302"),
        ("\r\n\r\nGET /none HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), "404"),
    ];
    let worker = worker_for(10).await;
    let (client, _served) = worker.connect();
    let all: String = (0..200).flat_map(|_| &kinds).map(|(request, _)| request.as_str()).collect();
    let (mut reader, mut writer) = split(client);
    let sending = spawn(async move {
        writer.write_all(all.as_bytes()).await.unwrap();
        writer.shutdown().await.unwrap();
    });
    let mut answers = String::new();
    let begun = Instant::now();
    reader.read_to_string(&mut answers).await.unwrap();
    sending.await.unwrap();
    assert_eq!(
        begun.elapsed().as_secs(),
        0,
        "nothing waits for a time: {}",
        statuses(&answers).len()
    );
    let expected: Vec<_> = (0..200).flat_map(|_| &kinds).map(|(_, status)| *status).collect();
    let found = statuses(&answers);
    let last = answers.rsplit("HTTP/1.1 ").next().unwrap_or_default();
    assert!(found == expected, "{} of {}: {last}", found.len(), expected.len());

    // A body that nobody reads ends the connection: it may not be mistaken for requests.
    let body = ROBOTS.repeat(20);
    let post = format!("POST /none HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n", body.len());
    let answers = worker.ask(&format!("{ROBOTS}{post}\r\n{body}{ROBOTS}")).await;
    assert_eq!(statuses(&answers), ["200", "404"]);
}

fn statuses(answers: &str) -> Vec<&str> {
    answers.split("HTTP/1.1 ").skip(1).map(|it| &it[..3]).collect()
}

#[actix_web::test]
async fn an_upgrade_is_ignored_and_the_length_counts() {
    const UPGRADES: [&str; 6] = [
        "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: x\r\n",
        "Upgrade: WebSocket\r\n",
        "upgrade: h2c\r\nconnection: Upgrade, HTTP2-Settings\r\nhttp2-settings: AAMAAABkAAQ\r\n",
        "connection: keep-alive, Upgrade\r\n",
        "upgrade: TLS/1.0, websocket\r\nupgrade: websocket\r\nconnection: upgrade\r\n",
        "upgrade: websocket\r\nconnection: close\r\n",
    ];
    pause();
    let form = "content-type: application/x-www-form-urlencoded\r\n";
    let chunks = "7\r\njwt=a.b\r\n2\r\n.c\r\n0\r\n\r\n";
    // (the first line, other headers, the body, the status)
    let cases = [
        ("GET /login?brand_id=1", String::new(), "", "302"),
        ("GET /robots.txt", "content-length: 0\r\n".to_owned(), "", "200"),
        ("POST /access/jwt", format!("{form}content-length: 9\r\n"), "jwt=a.b.c", "400"),
        ("POST /access/jwt", format!("{form}transfer-encoding: chunked\r\n"), chunks, "400"),
        ("POST /access/jwt", form.to_owned(), "", "400"),
        ("POST /robots.txt", "content-length: 9\r\n".to_owned(), "jwt=a.b.c", "405"),
    ];
    let worker = worker_for(100).await;
    let close = "connection: close\r\n";
    let last = ROBOTS.replace("host", &format!("{close}host"));
    for (line, headers, body, status) in &cases {
        let start = format!("{line} HTTP/1.1\r\nhost: a\r\n{headers}");
        let plain = worker.ask(&format!("{start}{close}\r\n{body}")).await;
        let title = |page: &str| page.split("<title>").nth(1).map(|it| it[..20].to_owned());
        for upgrade in UPGRADES {
            let begun = Instant::now();
            let answers = worker.ask(&format!("{start}{upgrade}\r\n{body}{ROBOTS}{last}")).await;
            let what = format!("{line} {headers} {upgrade}: {answers}");
            assert!(begun.elapsed() < Duration::from_secs(3), "left hanging: {what}");
            let first = answers.split("HTTP/1.1 ").nth(1).unwrap_or_else(|| panic!("{what}"));
            assert_eq!(title(first), title(&plain), "{what}");
            let (head, _) = first.split_once("\r\n\r\n").unwrap();
            assert!(head.contains("connection: close"), "{what}");
            assert!(!answers.to_lowercase().contains("connection: upgrade"), "{what}");
            // What follows is what it is, or nothing.
            let statuses = statuses(&answers);
            let (first, rest) = statuses.split_first().unwrap();
            assert_eq!(first, status, "{what}");
            assert!(rest.iter().all(|it| *it == "200"), "{what}");
        }
    }
    // A body that is shorter than it says is none.
    let short = "POST /access/jwt HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\n\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n\r\njwt=a";
    let (mut client, _served) = worker.connect();
    client.write_all(short.as_bytes()).await.unwrap();
    client.shutdown().await.unwrap();
    let answer = rest(&mut client).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[actix_web::test]
async fn whoever_waits_for_an_answer_is_read_from_no_more() {
    pause();
    let worker = worker_for(10).await;
    let (mut client, served) = worker.connect();
    let body = r#"{"email":"joe@example.com","password":"x","brand_id":2}"#;
    let post = format!(
        "POST /backends/pool/sign-in HTTP/1.1\r\nhost: a\r\norigin: https://www.acme.example\r\n\
         accept: application/json\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    // From the third attempt on, its turn comes after seconds, doubled each time.
    for _ in 0..4 {
        answered(&mut client, &post).await;
    }
    client.write_all(post.as_bytes()).await.unwrap();
    let (mut reader, mut writer) = split(client);
    let waiting = spawn(async move {
        let mut answers = String::new();
        let _ = reader.read_to_string(&mut answers).await;
        answers
    });
    // More than the worker would hold while the answer is not there.
    let sending = spawn(async move {
        let requests = ROBOTS.repeat(1000);
        let mut sent = 0;
        loop {
            let more = &requests.as_bytes()[sent % requests.len()..];
            let Ok(written) = timeout(Duration::from_secs(1), writer.write(more)).await else {
                break;
            };
            let written = written.unwrap();
            sent += written;
            assert!(sent < 1024 * 1024, "read while nobody is answered");
        }
        writer.shutdown().await.unwrap();
        sent
    });
    let sent = sending.await.unwrap();
    let answers = waiting.await.unwrap();
    served.await.unwrap();
    let answered = answers.matches("HTTP/1.1 200 OK").count();
    assert_eq!(answered, sent / ROBOTS.len(), "each is answered when its turn has come");
}

#[actix_web::test]
async fn whoever_uses_a_connection_least_makes_room() {
    pause();
    let worker = worker_for(4).await;
    let mut idle = worker.connect();
    answered(&mut idle.0, ROBOTS).await;
    sleep(Duration::from_secs(6)).await;
    let mut fresh = worker.connect();
    answered(&mut fresh.0, ROBOTS).await;
    // Somebody whose body is under way.
    let mut busy = worker.connect();
    let post = "POST /access/jwt HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\n";
    busy.0.write_all(post.as_bytes()).await.unwrap();
    sleep(Duration::from_secs(1)).await;

    let mut next = worker.connect();
    assert_eq!(rest(&mut idle.0).await, "", "the one that was idle for longest");
    idle.1.await.unwrap();
    answered(&mut next.0, ROBOTS).await;
    answered(&mut fresh.0, ROBOTS).await;

    let mut other = worker.connect();
    assert_eq!(rest(&mut fresh.0).await, "", "of two that are as idle, the older");
    answered(&mut other.0, ROBOTS).await;
    answered(&mut next.0, ROBOTS).await;
    answered(&mut busy.0, "jwt=a.b.c").await;
}

#[actix_web::test]
async fn where_nobody_is_idle_whoever_is_slow_makes_room() {
    pause();
    let worker = worker_for(2).await;
    let mut slow = worker.connect();
    answered(&mut slow.0, ROBOTS).await;
    slow.0.write_all(b"GET /login?").await.unwrap();
    sleep(Duration::from_secs(6)).await;
    let mut next = worker.connect();
    assert_eq!(rest(&mut slow.0).await, "");
    slow.1.await.unwrap();
    answered(&mut next.0, ROBOTS).await;
}

#[actix_web::test]
async fn where_nobody_is_idle_whoever_keeps_back_a_body_makes_room() {
    pause();
    let post = "POST /access/jwt HTTP/1.1\r\nhost: a\r\n\
                content-type: application/x-www-form-urlencoded\r\n";
    // (the rest of the head, what comes of the body, whether we ask for it)
    let kinds = [
        ("content-length: 9\r\n", "", false),
        ("content-length: 9\r\n", "jwt=", false),
        ("transfer-encoding: chunked\r\n", "", false),
        ("transfer-encoding: chunked\r\n", "4\r\njwt=\r\n", false),
        ("content-length: 9\r\nexpect: 100-continue\r\n", "", true),
        ("content-length: 9\r\nexpect: 100-continue\r\n", "jwt=", true),
        ("content-length: 9\r\nupgrade: websocket\r\n", "jwt=", false),
    ];
    for (headers, body, asked_for) in kinds {
        let worker = worker_for(2).await;
        let mut slow = worker.connect();
        let head = format!("{post}{headers}\r\n");
        if asked_for {
            let answer = answered(&mut slow.0, &head).await;
            assert_eq!(answer, "HTTP/1.1 100 Continue\r\n\r\n");
        } else {
            slow.0.write_all(head.as_bytes()).await.unwrap();
        }
        slow.0.write_all(body.as_bytes()).await.unwrap();
        sleep(Duration::from_secs(1)).await;
        // Whoever has only just begun stays.
        drop(worker.connect());
        let closed = timeout(Duration::from_secs(1), rest(&mut slow.0)).await;
        assert!(closed.is_err(), "{headers}{body}: {closed:?}");
        sleep(Duration::from_secs(4)).await;
        let mut next = worker.connect();
        assert_eq!(rest(&mut slow.0).await, "", "{headers}{body}");
        slow.1.await.unwrap();
        answered(&mut next.0, ROBOTS).await;
    }
}

#[actix_web::test]
async fn where_all_come_at_once_one_makes_room_within_a_tick() {
    pause();
    let body = "POST /access/jwt HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\n";
    for (what, sent) in [("nothing", ""), ("half a head", "GET /login?"), ("no body", body)] {
        let worker = worker_for(8).await;
        let mut slow: Vec<_> = (0..8).map(|_| worker.connect()).collect();
        for (client, _) in &mut slow {
            client.write_all(sent.as_bytes()).await.unwrap();
        }
        sleep(Duration::from_secs(4)).await;
        let closed = || slow.iter().filter(|(_, served)| served.is_finished()).count();
        assert_eq!(closed(), 0, "{what}: whoever has only just begun stays");
        sleep(Duration::from_secs(2)).await;
        assert_eq!(closed(), 1, "{what}: after a tick");
        answered(&mut worker.connect().0, ROBOTS).await;
    }
}

#[actix_web::test]
async fn whoever_has_sent_the_whole_body_is_answered_however_long_it_takes() {
    pause();
    let worker = worker_for(2).await;
    let (mut client, _served) = worker.connect();
    let body = r#"{"email":"joe@example.com","password":"x","brand_id":2}"#;
    let head = format!(
        "POST /backends/pool/sign-in HTTP/1.1\r\nhost: a\r\norigin: https://www.acme.example\r\n\
         accept: application/json\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    // Until its turn comes only after more than two ticks.
    for _ in 0..6 {
        answered(&mut client, &format!("{head}{body}")).await;
    }
    // The body comes late, but all of it.
    client.write_all(head.as_bytes()).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    let begun = Instant::now();
    client.write_all(body.as_bytes()).await.unwrap();
    sleep(Duration::from_secs(6)).await;
    let _next = worker.connect();
    let answer = answered(&mut client, "").await;
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    assert!(begun.elapsed() > Duration::from_secs(6), "it was answered before: nothing was tried");
}

#[actix_web::test]
async fn where_everybody_is_busy_the_first_answer_makes_room() {
    pause();
    let worker = worker_for(2).await;
    let body = "POST /none HTTP/1.1\r\nhost: a\r\n";
    let mut one = worker.connect();
    one.0.write_all(body.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(1)).await;
    let mut two = worker.connect();
    two.0.write_all(body.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(1)).await;
    let answer = answered(&mut one.0, "\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    one.1.await.unwrap();
    answered(&mut two.0, "\r\n").await;
}

#[actix_web::test]
async fn those_who_wait_for_a_password_are_few_beside_the_connections_there_are() {
    pause();
    // Four of sixteen may wait, two of them at one backend.
    let app = App::new().app_data(state(16)).configure(web::routes);
    let app = init_service(app).await;
    let post = |network: u8| {
        TestRequest::post()
            .uri("/backends/pool/sign-in")
            .peer_addr(SocketAddr::from(([203, 0, network, 9], 4711)))
            .insert_header(("origin", "https://www.acme.example"))
            .insert_header(("accept", "application/json"))
            .insert_header(("content-type", "application/json"))
            .set_payload(r#"{"email":"joe@example.com","password":"x","brand_id":2}"#)
            .to_request()
    };
    let answers = join_all((0..14).map(|network| call_service(&app, post(network)))).await;
    let refused = answers.iter().filter(|it| it.status() == 429).count();
    assert_eq!(answers.len() - refused, 1 + 2, "one has no wait, and two may wait");
}

/// A request of more than 30 KB, but for its end.
fn large() -> String {
    format!("GET /robots.txt HTTP/1.1\r\nhost: a\r\nx: {}", "a".repeat(30_000))
}

#[actix_web::test]
async fn a_large_request_is_answered_and_ends_its_connection() {
    pause();
    let worker = worker_for(16).await;
    let cookie = format!("cookie: x={}\r\n\r\n", "a".repeat(9000));
    let body = "a".repeat(9000);
    for (what, request) in [
        ("at once", LOGIN.replacen("\r\n\r\n", &format!("\r\n{cookie}"), 1)),
        ("by the route table", ROBOTS.replacen("\r\n\r\n", &format!("\r\n{cookie}"), 1)),
        (
            "with a body",
            format!(
                "POST /access/jwt HTTP/1.1\r\nhost: a\r\n\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: 9000\r\n\r\n{body}"
            ),
        ),
    ] {
        let answer = timeout(Duration::from_secs(4), worker.ask(&request)).await;
        let answer = answer.unwrap_or_else(|_| panic!("{what}: its connection goes on"));
        assert!(answer.contains("\r\nconnection: close\r\n"), "{what}: {answer}");
    }
    // One after the other they are not, however many.
    let (mut client, _) = worker.connect();
    let cookie = format!("cookie: x={}\r\n\r\n", "a".repeat(6000));
    for request in [LOGIN, ROBOTS].repeat(10) {
        let request = request.replacen("\r\n\r\n", &format!("\r\n{cookie}"), 1);
        assert!(!answered(&mut client, &request).await.contains("connection: close"));
    }
}

#[actix_web::test]
async fn of_large_requests_that_are_kept_back_few_are_kept() {
    pause();
    // Room for 256 KB of all requests together.
    let worker = worker_for(64).await;
    let mut hogs = Vec::new();
    for _ in 0..8 {
        let (mut client, served) = worker.connect();
        // Its first head would have five seconds alone.
        answered(&mut client, ROBOTS).await;
        client.write_all(large().as_bytes()).await.unwrap();
        hogs.push((client, served));
    }
    let (mut one_more, _) = worker.connect();
    answered(&mut one_more, ROBOTS).await;
    let sent = one_more.write_all(large().as_bytes()).await;
    assert!(sent.is_err() || rest(&mut one_more).await.is_empty(), "it is cut off");
    let (mut small, _) = worker.connect();
    for request in [LOGIN, ROBOTS] {
        assert!(answered(&mut small, request).await.starts_with("HTTP/1.1 "), "others are served");
    }
    let gone = |hogs: &[Client]| hogs.iter().filter(|(_, served)| served.is_finished()).count();
    let counted = || worker.state.metrics.large_requests_cut_off.get();
    assert_eq!((gone(&hogs), counted()), (0, 1), "nobody was slow yet");
    sleep(Duration::from_secs(11)).await;
    assert_eq!((gone(&hogs), counted()), (4, 5), "half of the room is for others");
    let whole = large() + "\r\n\r\n";
    assert!(worker.ask(&whole).await.starts_with("HTTP/1.1 200 "), "and there is room");
}

#[actix_web::test]
async fn of_large_requests_one_address_has_a_quarter_of_the_room() {
    pause();
    // Room for 256 KB of all requests together.
    let worker = worker_for(64).await;
    let whole = large() + "\r\n\r\n";
    let ask = async |network| {
        let (mut client, _) = worker.connect_from(network);
        answered(&mut client, ROBOTS).await;
        let _ = client.write_all(whole.as_bytes()).await;
        rest(&mut client).await
    };
    let mut hogs = Vec::new();
    for _ in 0..3 {
        let (mut client, served) = worker.connect_from(1);
        answered(&mut client, ROBOTS).await;
        let _ = client.write_all(large().as_bytes()).await;
        hogs.push((client, served));
    }
    assert_eq!(ask(1).await, "", "it has its quarter");
    assert!(ask(2).await.starts_with("HTTP/1.1 200 "), "another has its own");
    let (mut small, _) = worker.connect_from(1);
    assert!(answered(&mut small, ROBOTS).await.starts_with("HTTP/1.1 200 "), "small ones pass");
    drop(hogs);
    // Until the service has seen that they are gone.
    sleep(Duration::from_millis(1)).await;
    assert!(ask(1).await.starts_with("HTTP/1.1 200 "), "what was given back is there again");
}

#[actix_web::test]
async fn what_came_behind_a_request_is_counted_after_its_answer() {
    pause();
    // Room for 256 KB of all requests together.
    let worker = worker_for(64).await;
    // 8 KB at once, of which all but the first few are of another request, whose rest is kept back.
    let both = format!(
        "{ROBOTS}POST /access/jwt HTTP/1.1\r\nhost: a\r\ncontent-length: 60000\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{}",
        "a".repeat(8000)
    );
    let whole = large() + "\r\n\r\n";
    let mut kept = Vec::new();
    for _ in 0..40 {
        let (mut client, served) = worker.connect();
        answered(&mut client, &both).await;
        kept.push((client, served));
    }
    let (mut client, _) = worker.connect();
    answered(&mut client, ROBOTS).await;
    let _ = client.write_all(whole.as_bytes()).await;
    assert_eq!(rest(&mut client).await, "", "there is no more room");
    drop(kept);
    // Until the service has seen that they are gone.
    sleep(Duration::from_millis(1)).await;
    assert!(worker.ask(&whole).await.starts_with("HTTP/1.1 200 "), "all of it was given back");
}

#[actix_web::test]
async fn who_has_a_quarter_of_the_connections_is_charged_no_handshake_for_more() {
    let state = state(4);
    let mut state = Data::into_inner(state);
    Arc::get_mut(&mut state).unwrap().speaks_tls = true;
    let room = Room::new(4, FullWarning::new(Clock::default(), 4));
    let peer = SocketAddr::from(([203, 0, 113, 9], 4711));
    let mut first = room.enter();
    assert!(first.is_granted_to(peer, &state));
    // More often than it may begin one.
    for _ in 0..5000 {
        assert!(!room.enter().is_granted_to(peer, &state));
    }
    drop(first);
    assert!(room.enter().is_granted_to(peer, &state));
}
