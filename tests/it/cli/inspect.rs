//! `inspect` and `mint`: what is minted is what is explained, and what is not to be made is not.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::{EXAMPLE, brandgate, file};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

/// `inspect` of what comes by standard input.
fn inspect(pasted: &str, arguments: &[&str], secret: &str) -> (i32, String, String) {
    let mut command = brandgate(&["inspect"]);
    command.args(arguments).env("SECRET", secret);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(pasted.as_bytes()).unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn mint(config: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(brandgate(&["mint", "--config"]).arg(config).args(arguments))
}

const SHOES_SECRET: &str = "made-up-shoes-site-secret-0123456789abcdef0123";

#[test]
fn a_minted_assertion_is_explained_and_would_be_taken() {
    let (_directory, path) = file(EXAMPLE);
    let config = path.to_str().unwrap();
    let joe = ["--email", "joe@example.com", "--external-id", "7"];
    let (code, token, note) = mint(&path, &[&["--backend", "shoes-site"][..], &joe].concat());
    assert_eq!(code, 0, "{note}");
    assert!(note.contains("https://sso.acme.example/backends/shoes-site/access/jwt"), "{note}");

    let arguments = ["--secret-env", "SECRET", "--brand", "shoes", "--config", config];
    let (code, said, _) = inspect(&token, &arguments, SHOES_SECRET);
    assert_eq!(code, 0, "{said}");
    for expected in [
        "the signature is by this secret",
        "brand      shoes, by its backend shoes-site: signed in",
        "\"joe@example.com\"  # who signs in",
        "(now)",
        "nothing is wrong with what it says",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(!said.contains(SHOES_SECRET) && !said.contains(token.trim()), "{said}");

    let (code, said, _) = inspect(&token, &["--brand", "shoes", "--config", config], "");
    assert!(code == 0 && !said.contains("not looked at"), "the brand's backend has looked: {said}");

    // Another brand's rules, another secret, a changed token.
    let other = ["--brand", "acme", "--config", config];
    let (code, said, _) = inspect(&token, &other, "");
    assert!(code == 1 && said.contains("refused: its signature does not hold"), "{said}");
    let (code, said, _) = inspect(&token, &["--secret-env", "SECRET"], "another");
    assert!(code == 1 && said.contains("the signature is not by this secret"), "{said}");

    let (code, said, _) = inspect(&token, &["--format", "json"], "");
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &said["kind"], &said["outcome"]), (0, &"sign-in".into(), &"good".into()));
}

#[test]
fn a_fault_is_mended_in_four_languages() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjEsImVtYWlsIjoiam9lQGV4YW1wbGUuY29tIn0.eA";
    let (code, said, _) = run(&mut brandgate(&["inspect", &format!("Bearer {token}")]));
    assert_eq!(code, 1, "{said}");
    for expected in [
        "- refused: iat: it was made",
        "    PHP      'iat' => time(),\n",
        "    Node.js  jti: crypto.randomUUID(),\n",
        "    Python   token = jwt.encode(claims, secret, algorithm='HS256')\n",
        "    Ruby     external_id: user.id.to_s,\n",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn what_cannot_be_explained_is_said_in_one_line() {
    let large = "x".repeat(70_000);
    let cases = [
        ("", &[][..], 1, "there is no token in this"),
        ("\u{1b}[2J", &[], 1, "there is no token in this"),
        ("eyJhbGciOiJIUzI1NiJ9", &[], 1, "a token without its end"),
        (&large, &[], 2, "longer than any token"),
        (
            "a",
            &["--secret-env", "hunter2hunter2"],
            2,
            "there is no environment variable of that name",
        ),
    ];
    for (pasted, arguments, expected, message) in cases {
        let (code, said, wrong) = inspect(pasted, arguments, "");
        assert_eq!((code, said.as_str(), wrong.lines().count()), (expected, "", 1), "{wrong}");
        assert!(wrong.starts_with("error: "), "{wrong}");
        assert!(wrong.contains(message) && !wrong.contains("hunter2"), "{wrong}");
    }
}

#[test]
fn a_live_token_is_made_only_where_it_is_asked_for_and_is_logged() {
    let (_directory, path) = file(EXAMPLE);
    let shoes = ["--really", "--brand", "shoes", "--external-id", "7", "--email"];
    let (code, token, said) = mint(&path, &[&shoes[..], &["joe@example.com"]].concat());
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("a live Zendesk JWT was minted by hand"), "{said}");
    assert!(said.contains("brand.name=\"shoes\"") && said.contains("uid="), "{said}");
    assert!(said.contains("https://acme.zendesk.com/access/jwt"), "{said}");
    assert!(!said.contains(token.trim()) && !said.contains("joe@"), "{said}");
    let zendesk = "made-up-zendesk-shared-secret-0123456789abcdef012";
    let (code, said, _) = inspect(&token, &["--secret-env", "SECRET"], zendesk);
    assert!(code == 0 && said.contains("\"shoes_7\""), "{said}");
    let arguments = ["--brand", "shoes", "--config", path.to_str().unwrap()];
    let (code, said, _) = inspect(&token, &arguments, "");
    assert!(code == 1 && said.contains("a live Zendesk JWT, for the account itself"), "{said}");

    let of_shop = ["--backend", "shoes-site", "--external-id", "7", "--email"];
    let refused: [(&[&str], i32, &str); 10] = [
        (&[&of_shop[..], &["a@b.example", "--role", "king"]].concat(), 1, "role"),
        (
            &[&of_shop[..], &["a@b.example", "--role", "agent"]].concat(),
            1,
            "no brand takes this of shoes-site: the rules of shoes refuse it: the role is not in roles",
        ),
        (&[&of_shop[..], &["boss@acme.example"]].concat(), 1, "reserved for another backend"),
        (&["--backend", "shoes-site", "--email", "a@b.example"], 1, "external_id is missing"),
        (&["--email", "joe@example.com"], 2, "--backend <BACKEND>"),
        (&["--really", "--email", "joe@example.com"], 2, "--brand <BRAND>"),
        (
            &["--really", "--brand", "shoes", "--email", "joe@example.com"],
            1,
            "external_id is missing",
        ),
        (
            &["--really", "--brand", "shoes", "--external-id", "7", "--email", "boss@acme.example"],
            1,
            "reserved for another backend",
        ),
        (&["--backend", "coffee-site", "--email", "joe@example.com"], 1, "has no `assertion`"),
        (&["--backend", "shoes-site", "--email", "joe"], 1, "no e-mail address"),
    ];
    for (arguments, expected, message) in refused {
        let (code, token, said) = mint(&path, arguments);
        assert_eq!((code, token.as_str()), (expected, ""), "{arguments:?}");
        assert!(said.contains(message) && !said.contains("by hand"), "{arguments:?}: {said}");
        assert!(said.starts_with("error: "), "{said}");
    }
    let (_directory, denying) = file(&format!("{EXAMPLE}\ndeny: {{ external_ids: [SHOES_7] }}\n"));
    let (code, denied, said) = mint(&denying, &[&shoes[..], &["joe@example.com"]].concat());
    assert!((code, denied.as_str()) == (1, "") && said.contains("the person is denied"), "{said}");
    // Who is denied, or whose brand is closed, is refused by what explains an assertion too.
    let (_, token, _) = mint(&path, &[&of_shop[..], &["joe@example.com"]].concat());
    let arguments = ["--brand", "shoes", "--config", denying.to_str().unwrap()];
    let (code, said, _) = inspect(&token, &arguments, "");
    assert!(code == 1 && said.contains("refused: the person is denied"), "{said}");
    let shop = "  shoes-site:\n    type: redirect\n";
    for (open, closing) in [
        (shop.to_owned(), format!("{shop}    closed: Back on Monday\n")),
        ("  shoes:\n".to_owned(), "  shoes:\n    closed: Back on Monday\n".to_owned()),
    ] {
        assert!(EXAMPLE.contains(&open), "{open}");
        let (_directory, closed) = file(&EXAMPLE.replacen(&open, &closing, 1));
        let (code, none, said) = mint(&closed, &[&shoes[..], &["joe@example.com"]].concat());
        assert!((code, none.as_str()) == (1, "") && said.contains(" is closed"), "{said}");
        let arguments = ["--brand", "shoes", "--config", closed.to_str().unwrap()];
        let (code, said, _) = inspect(&token, &arguments, "");
        assert!(code == 1 && said.contains(" is closed"), "{said}");
    }
    let role = ["--role", "admin", "--really", "--brand", "shoes", "--external-id", "7", "--email"];
    let (code, token, said) = mint(&path, &[&role[..], &["joe@example.com"]].concat());
    assert_eq!((code, token.as_str()), (1, ""), "{said}");
}

#[test]
fn a_live_token_leaves_a_line_in_the_audit_log_or_is_not_made() {
    let (directory, path) = file(EXAMPLE);
    let joe = ["--really", "--brand", "shoes", "--external-id", "7", "--email", "joe@example.com"];
    let line = |said: &str| -> Value {
        let line = said.lines().find(|it| it.starts_with('{')).unwrap();
        assert!(!line.contains("joe") && !line.contains("shoes_7"), "{line}");
        serde_json::from_str(line).unwrap()
    };
    let (code, token, said) = mint(&path, &joe);
    assert_eq!((code, token.lines().count()), (0, 1), "{said}");
    let told = line(&said);
    let told = ["event", "outcome", "brand", "backend"].map(|name| told[name].as_str().unwrap());
    assert_eq!(told, ["mint", "minted", "shoes", "shoes-site"], "no audit log: {said}");

    let log = directory.path().join("audit.log");
    let audit = format!(
        "server:\n  audit: {{ file: '{}', key: {{ value: {} }} }}\n",
        log.display(),
        "k".repeat(40)
    );
    std::fs::write(&path, EXAMPLE.replacen("server:\n", &audit, 1)).unwrap();
    let (code, token, said) = mint(&path, &joe);
    assert_eq!((code, token.as_str()), (2, ""), "a command makes no audit log: {said}");
    assert!(said.contains("error: the audit log cannot be written"), "{said}");
    std::fs::write(&log, "{}\n").unwrap();
    let (code, token, said) = mint(&path, &joe);
    assert_eq!((code, token.lines().count()), (0, 1), "{said}");
    let written = std::fs::read_to_string(&log).unwrap();
    let told = line(written.strip_prefix("{}\n").unwrap());
    assert!(
        told["who"].is_string() && told["external_id"].is_string() && told["uid"].is_u64(),
        "{told}"
    );
    let trace = format!("trace=\"{}\"", told["trace"].as_str().unwrap());
    assert!(said.contains(&trace) && !said.contains('{'), "{trace}: {said}");
}
