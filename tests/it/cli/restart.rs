//! What takes a restart, and what comes into force meanwhile.

use std::fs;
use std::process::Stdio;

use brandgate::clock::Clock;
use serde_json::Value;

use super::reload::{NEW, OLD, SHOES, leads_to, put, said, start};
use super::{Serving, ask, brandgate, file, get, run};
use crate::support::assertion;

const USED: &str = "the configuration has changed, and is in force";
const NOT_USED: &str = "the configuration has changed, and is not used";

/// A site whose people sign in at `SITE`, behind a proxy.
const YAML: &str = "version: 1
server:
  public_url: https://sso.acme.example
  listen: 127.0.0.1:0
  client_address: x_forwarded_for
  trusted_proxies: [127.0.0.1]
  ops: { listen: 127.0.0.1:0 }
  shutdown_delay: 0
  state_key: { value: made-up-state-key-0123456789abcdef01 }
zendesk: { account: acme, shared_secret: { file: zendesk } }
backends:
  site: { type: redirect, login_url: SITE }
brands:
  shoes: { hosts: [acme-shoes.zendesk.com], backend: site }
";

#[test]
fn what_takes_a_restart_holds_back_nothing_else() {
    let (old, new) = (YAML.replace("SITE", OLD), YAML.replace("SITE", NEW));
    let (mut serving, path) = start(&old);
    let health = |serving: &Serving| {
        let answer = get(serving.ops, "/readyz");
        answer.split_once("\r\n\r\nready\n").unwrap().1.to_owned()
    };
    let partly = |serving: &Serving, it: u8| {
        let metrics = get(serving.ops, "/metrics");
        assert!(metrics.contains("\nbrandgate_config_last_reload_successful 1\n"), "{metrics}");
        metrics.contains(&format!("\nbrandgate_config_partly_unused {it}\n"))
    };
    let secret = "{ value: made-up-secret-0123456789abcdef0123 }";
    let store = "  store: { url: { value: 'redis://127.0.0.1:9' } }\n";
    let traces = "  traces: { endpoint: 'http://127.0.0.1:9/v1/traces' }\n";
    let audit = format!("  audit: {{ key: {secret} }}\n");
    // (the keys, what stands in the file, what stands there then)
    let cases = [
        ("server.listen", "  listen: 127.0.0.1:0", "  listen: 127.0.0.1:9"),
        ("server.ops.listen", "{ listen: 127.0.0.1:0", "{ listen: 127.0.0.1:9"),
        ("server.shutdown_delay", "shutdown_delay: 0", "shutdown_delay: 1"),
        ("server.audit", "zendesk: {", &format!("{audit}zendesk: {{")),
        ("server.store", "zendesk: {", &format!("{store}zendesk: {{")),
        ("server.traces", "zendesk: {", &format!("{traces}zendesk: {{")),
        ("server.store, server.traces", "zendesk: {", &format!("{store}{traces}zendesk: {{")),
    ];
    for (keys, from, to) in cases {
        assert!(new.contains(from), "{from}");
        put(&path, &new.replacen(from, to, 1));
        let line = serving.line(USED);
        assert!(said(&line).contains("backends changed: site"), "{keys}: {line}");
        let line = serving.line("a changed server.");
        let told = format!("a changed {keys} takes a restart: until then it is as it was");
        assert_eq!((said(&line), &line["level"]), (&*told, &Value::from("WARN")));
        assert_eq!(leads_to(&serving, SHOES), NEW, "{keys}");
        let reason = health(&serving);
        assert!(reason.starts_with("configuration: a part of it not used for "), "{reason}");
        assert!(reason.ends_with(&format!(" s ({told})\n")), "{reason}");
        assert!(partly(&serving, 1), "{keys}");
        put(&path, &old);
        serving.line(USED);
        assert_eq!((leads_to(&serving, SHOES).as_str(), &*health(&serving)), (OLD, ""), "{keys}");
        assert!(partly(&serving, 0), "{keys}");
    }
    serving.signal("TERM");
    assert_eq!(serving.end().1, 0);
}

/// Where listeners are and what is meant for them change together, or not at all.
#[test]
fn what_is_meant_for_a_listener_does_not_come_without_it() {
    let (old, new) = (YAML.replace("SITE", OLD), YAML.replace("SITE", NEW));
    let (mut serving, path) = start(&old);
    let listen = ("  listen: 127.0.0.1:0", "  listen: 127.0.0.1:9");
    let ops = ("{ listen: 127.0.0.1:0", "{ listen: 127.0.0.1:9");
    let admin = "{ listen: 127.0.0.1:9, admin: { value: made-up-admin-secret-0123456789ab }";
    // (what moves, what comes with it, what is told)
    let cases = [
        (listen, ("//sso.acme", "//login.acme"), "where browsers find us"),
        (listen, ("x_forwarded_for", "forwarded"), "where a client's address is read"),
        (listen, ("[127.0.0.1]", "[127.0.0.2]"), "where a client's address is read"),
        (ops, (ops.1, admin), "that there is an admin page"),
    ];
    for ((from, to), (with, by), told) in cases {
        let moved = new.replacen(from, to, 1);
        assert!(moved != new && moved.contains(with), "{from} {with}");
        put(&path, &moved.replacen(with, by, 1));
        let line = serving.line(NOT_USED);
        let told = format!(" takes a restart, and {told} goes with it: put it back, or restart");
        assert!(said(&line).ends_with(&told), "{line}");
        assert_eq!(leads_to(&serving, SHOES), OLD, "{told}");
        put(&path, &old);
        serving.line(USED);
        // By itself it is no half.
        let alone = new.replacen(with, by, 1);
        if alone != new {
            put(&path, &alone);
            serving.line(USED);
            put(&path, &old);
            serving.line(USED);
        }
    }
}

/// Whoever mends what is refused, and restarts, must know what else a restart changes.
#[test]
fn a_reading_that_is_refused_does_not_hide_that_a_part_waits() {
    let old = YAML.replace("SITE", OLD);
    let moved = old.replacen("  listen: 127.0.0.1:0", "  listen: 127.0.0.1:9", 1);
    let (mut serving, path) = start(&old);
    let part = "(a changed server.listen takes a restart: until then it is as it was)";
    let health = |serving: &Serving| {
        let answer = get(serving.ops, "/readyz");
        let reasons = answer.split_once("\r\n\r\nready\n").unwrap().1.lines();
        let reasons: Vec<String> = reasons.map(str::to_owned).collect();
        let metrics = get(serving.ops, "/metrics");
        let is = |name: &str| metrics.contains(&format!("\nbrandgate_config_{name} 1\n"));
        (reasons, is("last_reload_successful"), is("partly_unused"))
    };
    put(&path, &moved);
    serving.line(USED);
    serving.line("a changed server.");
    let with = "where a client's address is read";
    // (what is read then, why it is refused)
    for (refused, why) in [
        (moved.replacen("x_forwarded_for", "forwarded", 1), with),
        (moved.replacen("[127.0.0.1]", "[127.0.0.2]", 1), with),
        (moved.replacen("zendesk: {", "zendesk {", 1), "error"),
    ] {
        put(&path, &refused);
        serving.line(NOT_USED);
        let (reasons, is_in_force, is_partly_unused) = health(&serving);
        assert!(
            matches!(&reasons[..], [first, second]
                if first.starts_with("configuration: not used for ") && first.contains(why)
                    && second.starts_with("configuration: a part of it not used for ")
                    && second.ends_with(part)),
            "{reasons:?}"
        );
        assert!(!is_in_force && is_partly_unused, "{why}");
    }
    put(&path, &moved);
    serving.line(USED);
    let (reasons, is_in_force, is_partly_unused) = health(&serving);
    assert!(matches!(&reasons[..], [only] if only.ends_with(part)), "{reasons:?}");
    assert!(is_in_force && is_partly_unused);
    put(&path, &old);
    serving.line(USED);
    assert_eq!(health(&serving), (vec![], true, false));
}

const AUDITED: &str = "version: 1
server:
  public_url: https://sso.acme.example
  listen: 127.0.0.1:0
  ops: { listen: 127.0.0.1:0 }
  shutdown_delay: 0
  audit: { file: audit.log, key: { file: audit_key } }
zendesk: { account: acme, shared_secret: { file: zendesk } }
deny: { hashes: [HASHES], key: { file: audit_key } }
backends:
  site:
    type: redirect
    login_url: https://www.acme.example/login
    assertion: { algorithm: HS256, secrets: { value: SECRET }, unsolicited: true }
brands:
  shoes: { hosts: [acme-shoes.zendesk.com], backend: site }
";

/// The status of the answer to somebody of whom the site says that they have this address.
fn comes(serving: &Serving, email: &str) -> String {
    let changes = serde_json::json!({ "email": email, "external_id": null });
    let claims = assertion::claims(Clock::default().now(), &changes);
    let jwt = assertion::sign(&assertion::header(), &claims, assertion::SHOES);
    let target =
        format!("/access/jwt?jwt={jwt}&return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc");
    let head = format!("GET {target} HTTP/1.1\r\nhost: sso.acme.example\r\nuser-agent: a program");
    ask(serving.public, &head).split(' ').nth(1).unwrap().to_owned()
}

fn hidden(key: &str, email: &str) -> String {
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key.as_bytes());
    let tag = aws_lc_rs::hmac::sign(&key, format!("email:{email}").as_bytes());
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|it| char::from_digit(it.into(), 16));
    tag.as_ref().iter().flat_map(digits).flatten().collect()
}

#[test]
fn the_audit_logs_key_is_replaced_with_the_reload_and_lets_nobody_in() {
    const OLD_KEY: &str = "old-audit-key-0123456789abcdef0123";
    const NEW_KEY: &str = "new-audit-key-0123456789abcdef0123";
    let (ann, joe) = ("ann@example.com", "joe@example.com");
    let yaml = AUDITED.replace("SECRET", assertion::SHOES);
    let of = |key: &str| yaml.replace("HASHES", &hidden(key, joe));
    let (directory, path) = file(&of(OLD_KEY));
    let at = |name: &str| path.with_file_name(name);
    fs::write(at("zendesk"), assertion::ZENDESK).unwrap();
    fs::write(at("audit_key"), OLD_KEY).unwrap();
    let mut command = brandgate(&["serve", "--log-format", "json", "--config"]);
    let command = command.arg(&path).stdout(Stdio::null()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let mut serving = Serving::under_way(child, directory);
    assert_eq!([comes(&serving, ann), comes(&serving, joe)], ["200", "403"]);

    put(&at("audit_key"), NEW_KEY);
    serving.line("the audit log hides people by another key from here on");
    serving.line(USED);
    let told = "deny.key is another, and 1 of deny.hashes, which were there before it, count by the one before too, until a restart";
    serving.line(told);
    let health = get(serving.ops, "/readyz");
    assert!(health.contains(told) && health.contains("a part of it not used"), "{health}");
    assert_eq!([comes(&serving, ann), comes(&serving, joe)], ["200", "403"], "by the old hash");
    // Another change does not forget it, and a backend that was broken into is closed at once.
    let closed = |yaml: &str| yaml.replacen("    type:", "    closed: Back soon.\n    type:", 1);
    put(&path, &closed(&of(OLD_KEY)));
    serving.line(USED);
    serving.line(told);
    assert_eq!(comes(&serving, ann), "403");
    put(&path, &of(NEW_KEY));
    serving.line(USED);
    let health = get(serving.ops, "/readyz");
    assert!(health.ends_with("\r\n\r\nready\n"), "nothing is left of the old one: {health}");
    assert_eq!([comes(&serving, ann), comes(&serving, joe)], ["200", "403"], "by the new hash");

    let (code, who, _) = run(&["who", "--config", path.to_str().unwrap(), ann]);
    assert_eq!((code, who.trim()), (0, &*hidden(NEW_KEY, ann)));
    let audit = "  audit: { file: audit.log, key: { file: audit_key } }\n";
    put(&path, &of(NEW_KEY).replacen(audit, "", 1));
    serving.line(USED);
    serving.line("a changed server.audit takes a restart: until then it is as it was");
    assert_eq!(comes(&serving, ann), "200", "and is written down");
    serving.signal("TERM");
    assert!(serving.child.wait().unwrap().success());
    let text = fs::read_to_string(at("audit.log")).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            let who = line["who"].as_str().unwrap_or_default();
            let name = [(OLD_KEY, ann), (OLD_KEY, joe), (NEW_KEY, ann), (NEW_KEY, joe)]
                .into_iter()
                .find(|(key, email)| hidden(key, email) == who)
                .map_or_else(String::new, |(key, email)| format!(" {} {email}", &key[..3]));
            format!("{}{name}", line["event"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            "begun",
            "sign-in old ann@example.com",
            "sign-in old joe@example.com",
            "rekeyed",
            "sign-in new ann@example.com",
            "sign-in new joe@example.com",
            "sign-in new ann@example.com",
            "sign-in new joe@example.com",
            "sign-in new ann@example.com",
        ]
    );
    let keys = lines.iter().filter_map(|line| line["key"].as_str()).collect::<Vec<_>>();
    assert!(matches!(keys[..], [old, new] if old != new && old.len() == new.len()), "{keys:?}");
}
