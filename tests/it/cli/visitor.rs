//! `brandgate visitor`: the real binary against a small server of our own.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Output;
use std::thread;

use super::brandgate;

const VISITOR: &str = r#"{"banned":false,"created":1325376000,"email":"joe@example.com",
    "external_id":"shoes_7","id":7,"name":"Joe \u001b[2J","notes":"","phone":""}"#;

/// Runs the command against a Chat that answers once with `status` and `body`.
fn visitor(args: &[&str], status: &str, body: &str) -> Output {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}");
    // It is left behind if nobody asks, and ends with this process.
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let request = String::from_utf8_lossy(&request[..length]).into_owned();
        let asked = request.starts_with("GET /api/v2/chat/visitors/7 HTTP/1.1\r\n");
        assert!(asked && request.contains("Bearer chat-api-token"), "{request}");
        stream.write_all(answer.as_bytes()).unwrap();
    });
    run(args, &format!("\n  chat_api: {{ token: {{ env: CHAT_TOKEN }}, endpoint: '{endpoint}' }}"))
}

fn run(args: &[&str], chat_api: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brands.yaml");
    let yaml = format!(
        "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk:
  account: acme
  shared_secret: {{ value: zendesk-secret-0123456789abcdef0123 }}{chat_api}
backends: {{ native: {{ type: zendesk }} }}
brands:
  shoes:
    name: Acme Shoes
    brand_id: 1
    hosts: [acme.zendesk.com]
    backend: native
    identity: {{ external_id_prefix: shoes_ }}
"
    );
    std::fs::write(&file, yaml).unwrap();
    brandgate(&["visitor"])
        .args(args)
        .arg("--config")
        .arg(&file)
        .env("CHAT_TOKEN", "chat-api-token-0123456789abcdef0123")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_visitor_is_shown_with_their_brand() {
    let output = visitor(&["7"], "200 OK", VISITOR);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let expected = "\
visitor      7
name         Joe \\u{1b}[2J
email        joe@example.com
phone        -
external id  shoes_7
brand        shoes (Acme Shoes)
created      1325376000
banned       no
notes        -
";
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn a_program_gets_the_same_as_json() {
    let output = visitor(&["7", "--format", "json"], "200 OK", VISITOR);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = serde_json::json!({
        "id": "7", "name": "Joe \u{1b}[2J", "email": "joe@example.com", "phone": null,
        "external_id": "shoes_7", "brands": ["shoes"], "created": "1325376000",
        "banned": false, "notes": null,
    });
    assert_eq!(found, expected);
}

#[test]
fn the_exit_code_tells_no_from_cannot() {
    let cases = [
        ("404 Not Found", "", 1, "there is no visitor of this id"),
        ("401 Unauthorized", "hunter2", 2, "chat does not take the token"),
        ("429 Too Many Requests", "", 2, "chat asks us to wait"),
        ("200 OK", "<html>hunter2</html>", 2, "chat does not answer as it is documented"),
    ];
    for (status, body, code, said) in cases {
        let output = visitor(&["7"], status, body);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{status}: {stderr}");
        assert!(stderr.contains(said) && output.stdout.is_empty(), "{status}: {stderr}");
        assert!(!stderr.contains("hunter2") && !stderr.contains("chat-api-token"), "{stderr}");
    }
}

#[test]
fn what_cannot_be_an_id_is_not_asked_for() {
    let output = run(
        &[".."],
        "\n  chat_api: { token: { env: CHAT_TOKEN }, endpoint: 'http://127.0.0.1:1' }",
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let output = run(&["7"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("`zendesk.chat_api`"));
}
