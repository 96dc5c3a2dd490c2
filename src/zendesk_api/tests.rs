//! Chat as a small server of our own stands in for it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use super::{Visitor, VisitorError, VisitorId, brands_of, visitor};
use crate::backend::{Http, HttpError};
use crate::config::{self, ChatApi};

/// Answers one request, and says what it was: the first line and `Authorization`.
fn chat(answer: &'static str) -> (ChatApi, JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let visitors = format!("http://{}/api/v2/visitors", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(&stream).lines().map(Result::unwrap);
        let first = lines.next().unwrap();
        let mut authorization = String::new();
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            if let Some(value) = line.to_lowercase().strip_prefix("authorization: ") {
                authorization = line[line.len() - value.len()..].to_owned();
            }
        }
        stream.write_all(answer.as_bytes()).unwrap();
        (first, authorization)
    });
    let api = ChatApi { visitors: visitors.parse().unwrap(), token: "hunter2".to_owned().into() };
    (api, server)
}

async fn ask(answer: &'static str, id: &str) -> (Result<Visitor, VisitorError>, (String, String)) {
    let (api, server) = chat(answer);
    let found = visitor(&Http::default(), &api, &VisitorId::parse(id).unwrap()).await;
    (found, server.join().unwrap())
}

macro_rules! ok {
    ($body:literal) => {
        concat!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", $body)
    };
}

#[tokio::test]
async fn chat_is_asked_for_one_visitor_with_the_token() {
    let cases = [
        ("1.2345", "GET /api/v2/visitors/1.2345 HTTP/1.1"),
        ("a/../../users", "GET /api/v2/visitors/a%2F..%2F..%2Fusers HTTP/1.1"),
        ("1?x=y#z", "GET /api/v2/visitors/1%3Fx=y%23z HTTP/1.1"),
        ("..%2f", "GET /api/v2/visitors/..%252f HTTP/1.1"),
        ("%2e%2e", "GET /api/v2/visitors/%252e%252e HTTP/1.1"),
        ("ü", "GET /api/v2/visitors/%C3%BC HTTP/1.1"),
    ];
    for (id, line) in cases {
        let (found, (first, authorization)) = ask(ok!(r#"{"id":"7"}"#), id).await;
        assert!(found.is_ok(), "{id}");
        assert_eq!((first.as_str(), authorization.as_str()), (line, "Bearer hunter2"), "{id}");
    }
}

#[test]
fn an_id_is_one_segment() {
    let long = "7".repeat(256);
    for text in ["", ".", "..", "...", "1 2", "1\n2", "1\t", &long] {
        assert!(VisitorId::parse(text).is_err(), "{text:?}");
    }
}

#[tokio::test]
async fn accounts_that_say_numbers_and_those_that_say_texts_are_read_alike() {
    let texts = ok!(
        r#"{"banned":false,"created":"1325376000","email":"joe@example.com","external_id":"shoes_7",
            "id":"7","name":"Joe","notes":"","phone":null,"more":[1]}"#
    );
    let numbers = ok!(
        r#"{"banned":false,"created":1325376000,"email":"joe@example.com","external_id":"shoes_7",
            "id":7,"name":"Joe"}"#
    );
    for answer in [texts, numbers] {
        let found = ask(answer, "7").await.0.ok().unwrap();
        assert_eq!((found.id.as_str(), found.created.as_deref()), ("7", Some("1325376000")));
        assert_eq!((found.name.as_deref(), found.phone, found.notes), (Some("Joe"), None, None));
        assert_eq!(found.email.as_deref(), Some("joe@example.com"));
        assert_eq!((found.external_id.as_deref(), found.banned), (Some("shoes_7"), Some(false)));
    }
}

#[tokio::test]
async fn every_other_answer_has_its_meaning() {
    let cases = [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "there is no visitor of this id"),
        (
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
            "chat does not take the token (status 401)",
        ),
        (
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
            "chat does not take the token (status 403)",
        ),
        ("HTTP/1.1 429 Slow down\r\nContent-Length: 0\r\n\r\n", "chat asks us to wait"),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "chat does not answer as it is documented (status 302)",
        ),
        (
            "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
            "chat does not answer as it is documented (status 500)",
        ),
        (ok!("<html>secret</html>"), "chat does not answer as it is documented (status 200)"),
        (ok!("{}"), "chat does not answer as it is documented (status 200)"),
        (ok!(r#"{"id":true}"#), "chat does not answer as it is documented (status 200)"),
        (ok!(r#"{"id":[7]}"#), "chat does not answer as it is documented (status 200)"),
        (ok!(r#"[7]"#), "chat does not answer as it is documented (status 200)"),
        (
            ok!(r#"[7,null,null,null,null,null,null,null]"#),
            "chat does not answer as it is documented (status 200)",
        ),
        ("", "chat cannot be reached"),
    ];
    for (answer, expected) in cases {
        let error = ask(answer, "7").await.0.err().unwrap();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let visitors = format!("http://{}/v", listener.local_addr().unwrap()).parse().unwrap();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).unwrap() > 0);
        let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\"");
        // It ends when the other side has had enough.
        while sent.is_ok() {
            sent = stream.write_all(&[b'a'; 4096]);
        }
    });
    let api = ChatApi { visitors, token: "hunter2".to_owned().into() };
    // Its end closes the connection, for which the server waits.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (http, id) = (Http::default(), VisitorId::parse("7").unwrap());
    let found = runtime.block_on(visitor(&http, &api, &id));
    drop((http, runtime));
    assert!(matches!(found, Err(VisitorError::Unreachable(HttpError::TooLong))));
    server.join().unwrap();
}

#[test]
fn an_external_id_belongs_to_the_brand_with_the_longest_prefix() {
    let yaml = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: zendesk-secret-0123456789abcdef0123 } }
backends: { native: { type: zendesk } }
brands:
  shoes: { brand_id: 1, hosts: [a.acme.example], backend: native, identity: { external_id_prefix: shoes_ } }
  kids:
    brand_id: 2
    hosts: [b.acme.example]
    backend: native
    identity: { external_id_prefix: shoes_kids_ }
    routes: [{ path: '^/in', backend: native, identity: { external_id_prefix: staff_ } }]
  outlet: { brand_id: 3, hosts: [c.acme.example], backend: native, identity: { external_id_prefix: shoes_ } }
  tea: { brand_id: 4, hosts: [d.acme.example], backend: native }
";
    let brands = config::read(yaml, "brands.yaml", ".".as_ref()).config.unwrap().table.brands;
    let cases: [(&str, &[&str]); 6] = [
        ("shoes_7", &["shoes", "outlet"]),
        ("shoes_kids_7", &["kids"]),
        ("shoes_kids", &["shoes", "outlet"]),
        ("staff_7", &["kids"]),
        ("coffee_7", &[]),
        ("", &[]),
    ];
    for (id, expected) in cases {
        let found: Vec<_> = brands_of(&brands, id).iter().map(|it| it.name.as_str()).collect();
        assert_eq!(found, expected, "{id:?}");
    }
}
