//! The private listener, and how the service ends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::support::app::{App, SSO};
use crate::support::browser::{Request, program};

#[test]
fn health_is_told_on_a_listener_of_its_own() {
    let app = App::start();
    let ask =
        |method, path| program(app.ops_address(), &Request::new(method, &format!("{SSO}{path}")));
    let cases = [
        ("GET", "/livez", 200, "alive\n"),
        ("GET", "/readyz", 200, "ready\n"),
        ("GET", "/", 404, ""),
        ("GET", "/login", 404, ""),
        ("POST", "/readyz", 405, ""),
    ];
    for (method, path, status, body) in cases {
        let answer = ask(method, path);
        assert_eq!((answer.status, answer.body.as_str()), (status, body), "{method} {path}");
    }
    assert_eq!(app.get("/livez").status, 404, "and not on the public one");
}

#[test]
fn a_program_is_told_in_json() {
    let app = App::start();
    let request = Request::get(&format!("{SSO}/readyz")).with("accept", "application/json");
    let answer = program(app.ops_address(), &request);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!((answer.status, &*answer.body), (200, r#"{"reasons":[],"status":"ready"}"#));
}

#[test]
fn a_web_page_that_gives_us_its_own_name_is_told_nothing() {
    let app = App::start();
    let ask = |path: &str, headers: &[(&str, &str)]| {
        let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let bytes = format!("GET {path} HTTP/1.1\r\n{}", headers.collect::<String>());
        let mut stream = TcpStream::connect(app.ops_address()).unwrap();
        stream.write_all((bytes + "\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        (answer[9..12].to_owned(), answer)
    };
    let (theirs, here) = (("host", "evil.example:9090"), ("host", "127.0.0.1:9090"));
    let (browser, agent) = (("accept-language", "en"), ("user-agent", "Prometheus/3.0"));
    for path in ["/metrics", "/readyz"] {
        for (headers, status) in [
            (&[theirs, browser][..], "421"),
            // What a page's script can write, it may write.
            (&[theirs, ("accept-language", ""), agent], "421"),
            (&[here, browser], "200"),
            (&[("host", "brandgate:9090"), browser], "200"),
            // Programs, as Prometheus and Kubernetes ask.
            (&[theirs, agent], "200"),
            (&[("host", "10.0.0.7:9090"), ("user-agent", "kube-probe/1.31")], "200"),
            // Behind TLS, where a browser has seen whose name it is.
            (&[("host", "ops.acme.example"), browser, ("sec-fetch-site", "none")], "200"),
        ] {
            let (found, answer) = ask(path, headers);
            assert_eq!(found, status, "{path} {headers:?}");
            assert_eq!(found == "421", !answer.contains("brandgate_") && !answer.contains("ready"));
        }
    }
    assert_eq!(ask("/livez", &[theirs, browser]).0, "200", "it says nothing");
}

#[test]
fn whoever_has_asked_for_health_or_does_not_ask_holds_no_place() {
    let app = App::start();
    let silent: Vec<_> = (0..40).map(|_| TcpStream::connect(app.ops_address()).unwrap()).collect();
    let mut probe = TcpStream::connect(app.ops_address()).unwrap();
    probe.write_all(b"GET /readyz HTTP/1.1\r\nHost: health\r\n\r\n").unwrap();
    let mut answer = String::new();
    // Read to its end: the service closes.
    probe.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.to_lowercase().contains("\r\nconnection: close\r\n"), "{answer}");
    drop(silent);
}

#[test]
fn two_services_share_nothing_but_what_they_are_given() {
    let [one, two] = [App::start(), App::start()];
    assert_ne!(one.address(), two.address());
    one.stop();
    assert_eq!(two.get("/").status, 200);
}
