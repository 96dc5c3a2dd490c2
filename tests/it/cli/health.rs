//! `health`: what a container asks.

use std::net::TcpListener;

use super::{Serving, example_on_free_ports, file, run};

/// A file that names this private listener, and is good for nothing else.
fn naming(ops: &str) -> (tempfile::TempDir, String) {
    let (directory, path) =
        file(&format!("version: 7\nserver: {{ nonsense: 1, ops: {{ listen: \"{ops}\" }} }}\n"));
    (directory, path.to_str().unwrap().to_owned())
}

#[test]
fn health_is_asked_where_the_file_says_however_wrong_it_is_otherwise() {
    let serving = Serving::start(&example_on_free_ports());
    let address = serving.ops.to_string();
    let (_kept, path) = naming(&address);
    let (code, said, _) = run(&["health", "--config", &path]);
    assert_eq!((code, said.as_str()), (0, "ready\n"));
    let (_kept, everywhere) = naming(&format!("0.0.0.0:{}", serving.ops.port()));
    assert_eq!(run(&["health", "--config", &everywhere]).0, 0);
    assert_eq!(run(&["health", "--address", &address]).0, 0);
    serving.signal("TERM");
    serving.end();
    let (code, said, _) = run(&["health", "--config", &path]);
    assert_eq!(code, 1, "{said}");
    assert!(said.starts_with(&format!("no answer from {address}: ")), "{said}");
}

#[test]
fn who_does_not_know_where_to_ask_could_not_run() {
    assert_eq!(run(&["health", "--config", "no-such-file.yaml"]).0, 2);
    for broken in ["server: { ops: { listen: everywhere } }", "[", "server: 1"] {
        let (_directory, path) = file(broken);
        let (code, _, said) = run(&["health", "--config", path.to_str().unwrap()]);
        assert_eq!(code, 2, "{broken}: {said}");
    }
}

#[test]
fn whoever_takes_the_question_and_never_answers_is_not_ready() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap().to_string();
    assert_eq!(run(&["health", "--address", &address]).0, 1);
}
