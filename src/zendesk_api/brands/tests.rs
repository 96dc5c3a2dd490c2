//! The Brands API as a small server of our own stands in for it, answer by answer.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};

use super::{BrandsError, BrandsProgress, Credentials, ZendeskBrand, brands};
use crate::backend::Http;
use crate::clock::Clock;
use crate::domain::Account;

/// Answers each request with the next of these, `ORIGIN` being its own; says what it was asked.
fn zendesk(answers: Vec<String>) -> (Account, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let account = Account::parse(&address).unwrap();
    let server = thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(&stream).lines().map(Result::unwrap);
            asked.extend(
                lines
                    .take_while(|line| !line.is_empty())
                    .filter(|line| line.starts_with("GET") || line.starts_with("authorization")),
            );
            let answer = answer.replace("ORIGIN", &format!("http://{address}"));
            stream.write_all(answer.as_bytes()).unwrap();
        }
        asked
    });
    (account, server)
}

fn answer(status: &str, headers: &str, body: &Value) -> String {
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n{body}")
}

fn page(ids: std::ops::Range<u64>, next: Option<&str>) -> String {
    let brands: Vec<Value> = ids
        .map(|id| json!({ "id": id, "name": format!("Brand {id}"), "subdomain": format!("b{id}"), "host_mapping": null, "active": true }))
        .collect();
    let more = next.is_some();
    answer(
        "200 OK",
        "",
        &json!({ "brands": brands, "meta": { "has_more": more }, "links": { "next": next } }),
    )
}

const NEXT: &str = "ORIGIN/api/v2/brands.json?page[size]=50&page[after]=";

async fn ask(
    answers: Vec<String>,
) -> (Result<Vec<ZendeskBrand>, BrandsError>, Vec<BrandsProgress>, Vec<String>) {
    let (account, server) = zendesk(answers);
    let credentials = Credentials::OAuth("hunter2".to_owned().into());
    let mut seen = Vec::new();
    let found =
        brands(&Http::default(), &account, &credentials, &Clock::that_skips(), |it| seen.push(it))
            .await;
    (found, seen, server.join().unwrap())
}

#[tokio::test]
async fn all_pages_are_read_and_a_wait_is_waited_for() {
    let answers = vec![
        page(1..51, Some(&format!("{NEXT}a"))),
        answer("429 Too Many Requests", "Retry-After: 93\r\n", &json!({})),
        page(51..101, Some(&format!("{NEXT}b"))),
        answer(
            "429 Too Many Requests",
            "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\nRetry-After: Fri, 15 Jan 2027 08:01:00 GMT\r\n",
            &json!({}),
        ),
        page(101..103, None),
    ];
    let (found, seen, asked) = ask(answers).await;
    assert_eq!(found.unwrap().len(), 102);
    assert_eq!(
        seen,
        [
            BrandsProgress::Read(50),
            BrandsProgress::Waiting(93),
            BrandsProgress::Read(100),
            BrandsProgress::Waiting(60),
            BrandsProgress::Read(102)
        ]
    );
    let lines: Vec<_> = asked.iter().filter(|it| it.starts_with("GET")).collect();
    assert!(lines[0].starts_with("GET /api/v2/brands.json?page[size]=50 "), "{lines:?}");
    assert!(lines[3..].iter().all(|it| it.contains("page[after]=b")), "{lines:?}");
    assert!(asked.contains(&"authorization: Bearer hunter2".to_owned()), "{asked:?}");
}

#[tokio::test]
async fn the_older_kind_of_pages_is_read_as_well() {
    let old = |next: Value| {
        answer(
            "200 OK",
            "",
            &json!({ "brands": [{ "id": next.as_str().map_or(2, |_| 1), "name": "B", "subdomain": "b" }], "next_page": next }),
        )
    };
    let answers = vec![old(json!("ORIGIN/api/v2/brands.json?page=2")), old(Value::Null)];
    assert_eq!(ask(answers).await.0.unwrap().len(), 2);
}

#[tokio::test]
async fn an_api_token_is_sent_with_its_address() {
    let (account, server) = zendesk(vec![page(1..2, None)]);
    let credentials = Credentials::ApiToken {
        email: "a@acme.example".into(),
        token: "hunter2".to_owned().into(),
    };
    brands(&Http::default(), &account, &credentials, &Clock::that_skips(), |_| {}).await.unwrap();
    // base64 of `a@acme.example/token:hunter2`
    let expected = "authorization: Basic YUBhY21lLmV4YW1wbGUvdG9rZW46aHVudGVyMg==";
    assert!(server.join().unwrap().contains(&expected.to_owned()));
    assert!(!format!("{credentials:?}").contains("hunter2"));
}

#[tokio::test]
async fn every_other_answer_has_one_clear_sentence() {
    let status = |status: &str| vec![answer(status, "", &json!({}))];
    let wait = |headers: &str| answer("429 Too Many Requests", headers, &json!({}));
    let cases = [
        (status("401 Unauthorized"), "does not take this token"),
        (status("403 Forbidden"), "may not read brands"),
        (status("404 Not Found"), "there is no account at 127.0.0.1:"),
        (
            vec![answer("302 Found", "Location: https://elsewhere.example/\r\n", &json!({}))],
            "there is no account at",
        ),
        (status("500 Oh"), "(status 500)"),
        (status("200 OK"), "(status 200)"),
        (vec!["HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html>".into()], "(status 200)"),
        (vec![String::new()], "cannot be reached"),
        (vec![wait("Retry-After: 7200\r\n")], "again and again (429)"),
        (vec![wait("Retry-After: Fri, 15 Jan 2100 08:00:00 GMT\r\n")], "again and again (429)"),
        ((0..6).map(|_| wait("")).collect(), "again and again (429)"),
        (
            vec![page(1..51, Some(&format!("{NEXT}a"))), page(51..101, Some(&format!("{NEXT}a")))],
            "one leads back",
        ),
        (
            vec![page(1..51, Some(&format!("{NEXT}a"))), page(1..51, Some(&format!("{NEXT}b")))],
            "they bring nothing new",
        ),
        (
            vec![page(1..51, Some("https://elsewhere.example/api/v2/brands.json?page[after]=a"))],
            "somewhere else",
        ),
        (vec![page(1..51, Some("ORIGIN/api/v2/users.json"))], "somewhere else"),
        (vec![page(1..51, Some("../x"))], "one has no address"),
    ];
    for (answers, expected) in cases {
        let error = ask(answers).await.0.unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("hunter2"), "{expected}: {error}");
    }
    let account = Account::parse("127.0.0.1:9").unwrap();
    let credentials = Credentials::OAuth("hunter2".to_owned().into());
    let error =
        brands(&Http::default(), &account, &credentials, &Clock::that_skips(), |_| {}).await;
    let error = error.unwrap_err().to_string();
    assert_eq!(error, "127.0.0.1:9 cannot be reached: no answer: no connection");
}
