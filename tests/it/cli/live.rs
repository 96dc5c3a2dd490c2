//! `check --live`: what of a file answers, and what does not.

use std::fs;
use std::net::TcpListener;

use brandgate::clock::Clock;
use serde_json::Value;
use tempfile::tempdir;

use super::run;
use crate::support::demo::Demo;

/// The demo, and its file.
fn demo() -> (Demo, String) {
    let mut written = String::new();
    let demo = Demo::changed(Clock::default(), |_, yaml| {
        written.clone_from(&yaml);
        yaml
    });
    (demo, written)
}

#[test]
fn everything_that_a_file_names_is_asked_and_who_does_not_answer_is_named() {
    let (_demo, yaml) = demo();
    let directory = tempdir().unwrap();
    let path = directory.path().join("brands.yaml");
    let file = path.to_str().unwrap();
    fs::write(&path, &yaml).unwrap();
    let (code, said, progress) = run(&["check", "--live", file]);
    assert_eq!(code, 0, "{said}{progress}");
    assert!(said.ends_with(", and all of it answers\n"), "{said}");
    for expected in ["login page", "metadata", "keys", "clock"] {
        let line = said.lines().find(|it| it.contains(expected));
        assert!(line.is_some_and(|it| it.starts_with("good  ")), "{expected}: {said}");
    }
    assert!(
        progress.starts_with("asking ") && progress.contains("Zendesk for the time"),
        "{progress}"
    );

    // Nobody is at this port any more.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let provider = yaml.lines().find(|it| it.trim().starts_with("issuer:")).unwrap();
    let away = format!(
        "{}issuer: http://bikes-id.localhost:{nobody}",
        &provider[..provider.len() - provider.trim_start().len()]
    );
    let store = format!(
        "\nserver:\n  store: {{ url: {{ value: 'redis://127.0.0.1:{nobody}/0' }} }}\n  state_key: {{ value: 0123456789abcdef0123456789abcdef }}\n"
    );
    let shop = yaml.lines().find(|it| it.trim().starts_with("login_url:")).unwrap();
    let closed = format!(
        "{}login_url: http://gone.localhost:{nobody}/in",
        &shop[..shop.len() - shop.trim_start().len()]
    );
    let changed = yaml.replace(provider, &away).replacen(shop, &closed, 1);
    fs::write(&path, changed.replace("\nserver:\n", &store)).unwrap();
    let (code, said, _) = run(&["check", "--live", file]);
    assert_eq!(code, 1, "{said}");
    let bad: Vec<&str> = said.lines().filter(|it| it.starts_with("BAD ")).collect();
    assert_eq!(bad.len(), 3, "{said}");
    let page = bad.iter().find(|it| it.contains("gone.localhost")).unwrap();
    assert_eq!(page.matches("login page").count(), 1, "{page}");
    let bad: Vec<&str> = bad.into_iter().filter(|it| !it.contains("login page")).collect();
    assert!(bad[0].contains("metadata") && bad[0].contains("no connection"), "{said}");
    assert!(bad[1].contains("redis") && bad[1].contains("no connection"), "{said}");

    let (code, said, _) = run(&["check", "--live", "--format", "json", file]);
    let said: Value = serde_json::from_str(&said).unwrap();
    let live = said["live"].as_array().unwrap();
    assert_eq!((code, live.iter().filter(|it| it["is_good"] == false).count()), (1, 3), "{said}");
    let (code, said, _) = run(&["check", "--live", "--format", "github", file]);
    let lines = said.lines().filter(|it| it.starts_with("::error") && it.contains("no connection"));
    assert_eq!((code, lines.count()), (1, 3), "{said}");
    assert_eq!(run(&["check", "--live", "--without-secrets", file]).0, 2);
}
