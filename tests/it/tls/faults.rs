//! Whoever comes to the port for TLS with something else, or never comes to an end.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use rustls::version::{TLS12, TLS13};

use super::certificates::{Authority, HOST};
use super::client::get;
use super::{served, yaml};
use crate::support::app::App;

/// Everything that comes back to `bytes` until the service closes; how long that took.
fn answer_to(address: SocketAddr, bytes: &[u8]) -> (Vec<u8>, Duration) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::ConnectionReset, "{error}"),
    }
    (answer, begun.elapsed())
}

/// How often handshakes have failed in this way.
fn failures(app: &App, kind: &str) -> u64 {
    let metrics = metrics(app);
    let line = format!("brandgate_tls_handshake_failures_total{{error=\"{kind}\"}} ");
    metrics.lines().find_map(|it| it.strip_prefix(&line)).map_or(0, |it| it.parse().unwrap())
}

/// Whether so many failures of these kinds are counted, if not at once: the client knows first.
#[track_caller]
fn assert_counted(app: &App, kinds: &[&str], expected: u64, what: &str) {
    let counted = || kinds.iter().map(|kind| failures(app, kind)).sum::<u64>();
    let is_expected = (0..1000).any(|_| counted() == expected);
    assert!(is_expected, "{what}: {} and not {expected}: {}", counted(), metrics(app));
}

fn metrics(app: &App) -> String {
    let mut stream = TcpStream::connect(app.ops_address()).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn who_speaks_plain_http_is_told_where_to_go() {
    let served = served();
    let app = &served.app;
    for request in
        ["GET /login?brand_id=1 HTTP/1.1\r\nhost: a\r\n\r\n", "POST / HTTP/1.0\r\n\r\n", "G"]
    {
        let (answer, _) = answer_to(app.address(), request.as_bytes());
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
        assert!(
            answer.ends_with("\r\n\r\nThis address speaks HTTPS: https://sso.acme.example/\n"),
            "{answer}"
        );
        assert!(!answer.contains("strict-transport"), "who came without TLS would not believe it");
    }
    assert_counted(app, &["plain_http"], 3, "each");
}

#[test]
fn what_is_no_handshake_ends_at_once_and_is_counted() {
    let served = served();
    let app = &served.app;
    let hello = served.client().hello();
    let mut of_another_version = hello.clone();
    // SSL 3.0 in the record, and no extension behind it.
    of_another_version[1..3].copy_from_slice(&[3, 0]);
    of_another_version.truncate(60);
    // Records of 16,000 bytes, of one message of 65,520.
    let message = [vec![1, 0, 0xff, 0xf0, 3, 3], vec![7; 63_994]].concat();
    let record = |part: &[u8]| [&[22, 3, 1, 0x3e, 0x80], part].concat();
    let endless: Vec<u8> = message.chunks(16_000).flat_map(record).collect();
    for (what, bytes) in [
        ("nothing that is known", &b"\x00\x01\x02\x03\x04\x05\x06\x07"[..]),
        ("SSH", b"ssh-2.0-x\r\n"),
        ("a header of PROXY, version 2", b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"),
        ("a record of 64 KB", b"\x16\x03\x01\xff\xff\x01"),
        ("an alert first", b"\x15\x03\x01\x00\x02\x02\x28"),
        ("zeros", &[0; 4096]),
        ("a first message of 64 KB that does not end", &endless),
    ] {
        let before = failures(app, "not_agreed") + failures(app, "refused");
        let (answer, took) = answer_to(app.address(), bytes);
        // At most an alert.
        assert!(answer.len() < 16, "{what}: {answer:?}");
        assert!(took < Duration::from_secs(4), "{what}: {took:?}");
        assert_counted(app, &["not_agreed", "refused"], before + 1, what);
    }
    // Who does not trust us says so.
    let stranger = Authority::new().client(&[&TLS12, &TLS13]);
    let before = failures(app, "refused");
    assert!(stranger.connect(app.address()).is_err());
    assert_counted(app, &["refused"], before + 1, "a stranger");
    // And nobody else is any worse off.
    let answer = served.client().connect(app.address()).unwrap().ask(&get("/"));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn a_large_request_may_come_with_the_end_of_the_handshake() {
    let served = served();
    let head = get("/").replacen("\r\n", &format!("\r\nx: {}\r\n", "a".repeat(30_000)), 1);
    for version in [&TLS12, &TLS13] {
        let client = served.authority.client(&[version]);
        let answer = client.at_once(served.app.address(), &head);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{version:?}: {answer}");
    }
}

#[test]
fn behind_the_handshake_no_more_of_a_message_is_read_than_of_the_handshake() {
    let served = served();
    let client = served.authority.client(&[&TLS13]);
    // A ticket, which a client has none of to give: looked at when it is whole.
    let message = [vec![4, 0, 0xff, 0xf0], vec![7; 60_000]].concat();
    for (what, first) in [("at once", ""), ("after a request", &get("/"))] {
        for each in [1000, 16_000] {
            let mut connection = client.connect(served.app.address()).unwrap();
            if !first.is_empty() {
                assert!(connection.ask(first).starts_with("HTTP/1.1 200 "));
            }
            let begun = Instant::now();
            let mut stream = connection.into_sending(&message, each);
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
            // Long before anything on it has taken too long.
            assert!(begun.elapsed() < Duration::from_secs(4), "{what}: {:?}", begun.elapsed());
        }
    }
    // Of requests, as much is read as there is.
    let mut connection = client.connect(served.app.address()).unwrap();
    for _ in 0..100 {
        assert!(connection.ask(&get("/")).starts_with("HTTP/1.1 200 "));
    }
    let body = "a".repeat(60_000);
    let post = format!(
        "POST /access/jwt HTTP/1.1\r\nhost: {HOST}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 60000\r\n\r\n{body}"
    );
    let answer = connection.ask(&post);
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
}

#[test]
fn a_handshake_has_the_time_of_a_first_head_however_it_is_dripped() {
    let served = served();
    let address = served.app.address();
    let hello = served.client().hello();
    let begun = Instant::now();
    let many: Vec<_> = (0..300)
        .map(|number| {
            let mut stream = TcpStream::connect(address).unwrap();
            // Half a handshake, or nothing at all.
            let half = if number % 2 == 0 { &hello[..hello.len() / 2] } else { &[] };
            stream.write_all(half).unwrap();
            stream
        })
        .collect();
    let dripping = thread::spawn(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        for byte in hello {
            if stream.write_all(&[byte]).is_err() {
                break;
            }
            match stream.read(&mut [0; 16]) {
                Ok(0) => break,
                Ok(_) => panic!("half a handshake is answered"),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => break,
            }
        }
        begun.elapsed()
    });
    // Others are served meanwhile.
    let answer = served.client().connect(address).unwrap().ask(&get("/"));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    for mut stream in many {
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(answer.is_empty(), "who has not finished a handshake is told nothing");
    }
    // Five seconds, and what a busy machine adds; a connection whose handshake is done has a minute.
    let dripped = dripping.join().unwrap();
    assert!(
        dripped < Duration::from_secs(40) && begun.elapsed() < Duration::from_secs(40),
        "{dripped:?}"
    );
    assert_counted(&served.app, &["timed_out"], 301, "each");
    let connections = "\nbrandgate_connections 0\n";
    assert!((0..1000).any(|_| metrics(&served.app).contains(connections)), "all are gone");
}

#[test]
fn a_client_that_takes_nothing_is_not_read_from() {
    let served = served();
    let mut connection = served.client().connect(served.app.address()).unwrap();
    // Far more than the system keeps for both, a hundred at once.
    let requests = get("/nowhere").repeat(100);
    let most = (64 << 20) / requests.len();
    connection.set_write_timeout(Duration::from_secs(2));
    let sent = (0..most).take_while(|_| connection.send(&requests).is_ok()).count();
    assert!(sent < most, "it went on reading");
}

#[test]
fn who_begins_tls_too_often_waits_a_little_and_nobody_else_does() {
    let authority = Authority::new();
    let directory = tempfile::tempdir().unwrap();
    authority.certify(directory.path());
    let proxy = "server:\n  client_address: proxy_protocol\n  trusted_proxies: [127.0.0.1]\n";
    let app = App::with(&yaml(directory.path()).replacen("server:\n", proxy, 1));
    // Let in, whoever speaks no TLS is told so: as good as a handshake, and costs nothing.
    let comes = |address: &str| {
        let family = if address.contains(':') { "TCP6 2001:db8::1" } else { "TCP4 198.51.100.1" };
        let (family, ours) = family.split_once(' ').unwrap();
        let head = format!("PROXY {family} {address} {ours} 4711 443\r\nGET / HTTP/1.1\r\n\r\n");
        !answer_to(app.address(), head.as_bytes()).0.is_empty()
    };
    let began = app.clock.now();
    let many = |address: &dyn Fn(usize) -> String| {
        let come = |number| {
            // It is one moment for all, however busy the machine is.
            let passed = i64::try_from(app.clock.now() - began).unwrap();
            app.clock.advance(-passed);
            comes(&address(number))
        };
        (0..2600).filter(|number| come(*number)).count()
    };
    let of_v4 = many(&|_| "203.0.113.9".to_owned());
    assert!((2000..=2200).contains(&of_v4), "{of_v4}");
    let of_v6 = many(&|number| format!("2001:db8:0:7::{number:x}"));
    assert!((2000..=2200).contains(&of_v6), "a /64 is one: {of_v6}");
    for other in ["203.0.113.10", "2001:db8:0:8::1", "127.0.0.1"] {
        assert!(comes(other), "{other}");
    }
    let refused = 2 * 2600 - of_v4 - of_v6;
    let counted = format!("\nbrandgate_connections_refused_total {refused}\n");
    assert!(metrics(&app).contains(&counted), "{refused}: {}", metrics(&app));
    app.clock.advance(3);
    assert!(comes("203.0.113.9"), "seconds later");
}
