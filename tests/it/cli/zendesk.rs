//! `import zendesk` and `check --against-zendesk`: the real binary against the demo's account.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use tempfile::tempdir;

use super::brandgate;
use crate::support::demo::Demo;

fn run(arguments: &[&str], token: &str) -> (i32, String, String) {
    let mut command = brandgate(arguments);
    command.env("ZENDESK_API_TOKEN", token).env("ZENDESK_SHARED_SECRET", "z".repeat(40));
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn import(account: &str, output: &Path, token: &str) -> (i32, String, String) {
    let output = output.to_str().unwrap();
    let public_url = "https://sso.acme.example";
    run(
        &["import", "zendesk", "--account", account, "-o", output, "--public-url", public_url],
        token,
    )
}

#[test]
fn an_accounts_brands_are_imported_and_what_changes_is_named() {
    let demo = Demo::start();
    let account = format!("acme.zendesk.localhost:{}", demo.stand_in.port());
    let directory = tempdir().unwrap();
    let path = directory.path().join("brands.yaml");
    let (code, said, wrong) = import(&account, &path, "demo");
    assert_eq!(code, 0, "{wrong}");
    assert!(said.contains("6 brands, 11 hosts, 1 backend"), "{said}");
    assert_eq!(wrong, "6 brands so far\n");

    let file = path.to_str().unwrap();
    let check = ["check", file, "--against-zendesk", "--email", "admin@acme.example"];
    let (code, said, wrong) = run(&check, "demo");
    assert_eq!(code, 0, "{said}{wrong}");
    assert!(said.ends_with("and says what Zendesk says\n"), "{said}");

    let text = fs::read_to_string(&path).unwrap();
    for (old, new, expected) in [
        (
            "brand_id: 360000000002",
            "brand_id: 360000000009",
            "drift[brand-id-differs]: acme-coffee: has brand_id 360000000009; Zendesk says 360000000002\n",
        ),
        (
            "    - shoes.localhost",
            "    - help.shoes.example # ",
            "drift[host-not-mapped]: acme-shoes: has the host help.shoes.example, which is not mapped at Zendesk\n",
        ),
    ] {
        assert!(text.contains(old), "{text}");
        fs::write(&path, text.replace(old, new)).unwrap();
        let (code, said, _) = run(&check, "demo");
        assert!(code == 1 && said.contains(expected), "{said}");
        let (code, said, _) = run(&[&check[..], &["--format", "json"]].concat(), "demo");
        let said: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((code, said["drift"].as_array().unwrap().is_empty()), (1, false), "{said}");
        let (code, said, _) = run(&[&check[..], &["--format", "github"]].concat(), "demo");
        assert!(code == 1 && said.contains("::error file="), "{said}");
    }
}

#[test]
fn whatever_goes_wrong_is_one_clear_sentence_and_nothing_is_written() {
    let demo = Demo::start();
    let port = demo.stand_in.port();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let directory = tempdir().unwrap();
    let path = directory.path().join("brands.yaml");
    let acme = format!("acme.zendesk.localhost:{port}");
    let cases = [
        (acme.as_str(), "hunter2", "Zendesk does not take this token (401)"),
        (&format!("shoes.localhost:{port}"), "demo", "there is no account at shoes.localhost"),
        (&nobody.to_string(), "demo", "cannot be reached: no answer: no connection\n"),
        ("https://acme.zendesk.com", "demo", "`--account` is the subdomain alone"),
    ];
    for (account, token, expected) in cases {
        let (code, said, wrong) = import(account, &path, token);
        assert_eq!((code, said.as_str(), wrong.lines().count()), (2, "", 1), "{account}: {wrong}");
        assert!(wrong.contains(expected) && !wrong.contains("hunter2"), "{account}: {wrong}");
        assert!(!path.exists());
    }
    for token in [None, Some(""), Some(" ")] {
        let mut command = brandgate(&["import", "zendesk", "--account", &acme]);
        command.envs(token.map(|it| ("ZENDESK_API_TOKEN", it)));
        let wrong = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert!(wrong.contains("`ZENDESK_API_TOKEN` is not set, or empty"), "{wrong}");
    }
}
