//! The audit log: who it is that it tells of, to whom it says so, and what keeps it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use brandgate::audit::{
    Audit, AuditEntry, AuditKey, AuditOutcome, AuditSettings, Event, Pseudonym, write_by_hand,
};
use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::support::app::{App, BRANDS, SHOES_SITE, SSO, TO_SHOES, assert_refused};
use crate::support::assertion::{self, SHOES};
use crate::support::browser::{Request, program};
use crate::support::log;

const KEY: &str = "audit-key-of-the-journeys-0123456789abcdef";

/// The journeys' table, with an audit log and a brand with a widget.
fn table(file: &Path) -> String {
    let audit = format!("  audit: {{ file: '{}', key: {{ value: {KEY} }} }}\n", file.display());
    let key = "  state_key: { value: state-key-of-the-journeys-0123456789abcdef }\n";
    let chat = "    chat: { secret: { value: chat-secret-of-the-journeys-0123456789abcd } }\n";
    let home = "    theme: { color: '#0b5fff', support: 'mailto:help@acme-shoes.example' }\n";
    assert!(BRANDS.contains(key) && BRANDS.contains(home));
    let table = BRANDS.replace(key, &(key.to_owned() + &audit));
    table.replace(home, &(home.to_owned() + chat))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn hidden(text: &str) -> String {
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, KEY.as_bytes());
    let tag = aws_lc_rs::hmac::sign(&key, text.as_bytes());
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|it| char::from_digit(it.into(), 16));
    tag.as_ref().iter().flat_map(digits).flatten().collect()
}

/// Asks for a token for the shoes' Chat.
fn chat_token(app: &App, changes: &Value) -> u16 {
    let address = format!("{SSO}/brands/shoes/chat-token");
    let mut claims = assertion::claims(app.clock.now(), changes);
    claims["aud"] = json!(address);
    let jwt = assertion::sign(&assertion::header(), &claims, SHOES);
    let request = Request::post(&address, &format!("jwt={jwt}")).from(SHOES_SITE);
    program(app.address(), &request).status
}

/// What is written while people come, in every way that is told of.
fn written_by_journeys(file: &Path) -> String {
    let app = App::with(&table(file));
    let joe = json!({ "email": "Joe@Example.com", "external_id": "7" });
    assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &joe).status, 200);
    let boss = json!({ "email": "boss@mail.example", "role": null });
    let answer = app.browser().sign_in(TO_SHOES, SHOES, &boss);
    assert_refused(&answer, 403, "address-reserved", "somebody else's");
    assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &json!({ "email": "joe" })).status, 422);
    let agent = json!({ "role": "agent" });
    assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &agent).status, 403);
    assert_eq!(chat_token(&app, &joe), 200);
    assert_eq!(chat_token(&app, &boss), 403);
    app.stop();
    fs::read_to_string(file).unwrap()
}

#[test]
fn who_is_handed_off_or_refused_is_told_by_a_name_that_only_the_key_gives() {
    let directory = tempfile::tempdir().unwrap();
    let text = written_by_journeys(&directory.path().join("audit.log"));
    let lower = text.to_lowercase();
    for plain in ["@", "joe", "boss", "example", "127.0.0.1", "shoes_7", "eyj"] {
        assert!(!lower.contains(plain), "{plain}: {text}");
    }
    let lines = lines(&text);
    let told: Vec<[&Value; 7]> = lines
        .iter()
        .map(|it| {
            let of = |name: &str| &it[name];
            [
                of("event"),
                of("outcome"),
                of("kind"),
                of("brand"),
                of("backend"),
                of("who"),
                of("external_id"),
            ]
        })
        .collect();
    let (joe, boss) =
        (json!(hidden("email:joe@example.com")), json!(hidden("email:boss@mail.example")));
    let (said, admitted) = (json!(hidden("external_id:7")), json!(hidden("external_id:shoes_7")));
    let (none, shoes, site) = (json!(null), json!("shoes"), json!("shoes-site"));
    let (sign_in, widget) = (json!("sign-in"), json!("widget-token"));
    let (handed, minted, refused) = (json!("handed off"), json!("minted"), json!("refused"));
    let kinds = [json!("address-reserved"), json!("email-invalid"), json!("role-not-allowed")];
    let expected = [
        [&json!("begun"), &none, &none, &none, &none, &none, &none],
        [&sign_in, &handed, &none, &shoes, &site, &joe, &admitted],
        [&sign_in, &refused, &kinds[0], &shoes, &site, &boss, &said],
        [&sign_in, &refused, &kinds[1], &shoes, &site, &none, &said],
        [&sign_in, &refused, &kinds[2], &shoes, &site, &joe, &said],
        [&widget, &minted, &none, &shoes, &site, &joe, &admitted],
        [&widget, &refused, &kinds[0], &shoes, &site, &boss, &said],
    ];
    assert_eq!(told, expected, "{text}");
    for line in &lines[1..] {
        assert_eq!((&line["v"], &line["client"]), (&json!(1), &json!("127.0.0.0/24")), "{line}");
        let in_log = log::line(line["trace"].as_str().unwrap());
        assert_eq!(in_log["outcome"], line["outcome"], "{in_log}");
        assert_eq!(in_log["brand.name"], line["brand"], "{in_log}");
    }
}

/// An audit log into `file`, by itself.
fn alone(file: &Path) -> Audit {
    let key = AuditKey::from_secret(&KEY.to_owned().into());
    let settings = AuditSettings { file: Some(file.to_owned()), key };
    Audit::start(&settings, Clock::default()).unwrap()
}

fn entry(person: &Pseudonym) -> AuditEntry<'_> {
    AuditEntry {
        event: Event::SignIn,
        outcome: AuditOutcome::HandedOff,
        kind: None,
        person,
        role: Some("admin"),
        widget: None,
        brand: Some("shoes"),
        backend: Some("shoes-site"),
        client: None,
        uid: None,
        trace: "7KQ2M9XR",
    }
}

/// A pipe that nobody reads, at this path.
fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// What a pipe gives to the first who reads it, to the end of the audit log.
fn read_at_last(audit: &Audit, pipe: PathBuf) -> String {
    while audit.failure().is_none() {
        thread::yield_now();
    }
    let reader = thread::spawn(move || fs::read_to_string(pipe).unwrap());
    while audit.failure().is_some() {
        thread::yield_now();
    }
    audit.end();
    reader.join().unwrap()
}

#[test]
fn what_finds_no_room_while_nobody_reads_is_told_to_who_reads_then() {
    const LINES: u64 = 20_000;
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("pipe");
    make_pipe(&pipe);
    let audit = alone(&pipe);
    let person = audit.person(Some("joe@example.com"), None);
    for _ in 0..LINES {
        audit.write(&entry(&person));
    }
    assert!(audit.lost() > 0);
    let lines = lines(&read_at_last(&audit, pipe));
    let of = |event: &'static str| lines.iter().filter(move |line| line["event"] == event);
    let lost: u64 = of("lost").map(|line| line["lines"].as_u64().unwrap()).sum();
    let told = of("sign-in").count() as u64;
    assert_eq!((of("begun").count(), told + lost), (1, LINES), "{told} told, {lost} lost");
}

#[test]
fn neither_a_full_disk_nor_a_pipe_that_nobody_reads_keeps_anybody_from_signing_in() {
    let directory = tempfile::tempdir().unwrap();
    let pipe = directory.path().join("pipe");
    make_pipe(&pipe);
    for file in [Path::new("/dev/full"), &pipe] {
        let app = App::with(&table(file));
        assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &json!({})).status, 200);
        let ask = |path: &str| program(app.ops_address(), &Request::get(&format!("{SSO}{path}")));
        loop {
            let answer = ask("/readyz");
            assert_eq!(answer.status, 200);
            if answer.body.starts_with("ready\naudit: not written for ") {
                break;
            }
        }
        let metrics = ask("/metrics").body;
        assert!(metrics.contains("\nbrandgate_audit_failing 1\n"), "{metrics}");
        assert!(metrics.contains("\nbrandgate_audit_lines_dropped_total 0\n"), "they wait");
        app.stop();
    }
}

/// The first cells of the table under this heading.
fn documented(heading: &str) -> BTreeSet<&'static str> {
    let text = include_str!("../../docs/audit-log.md");
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = rest.split_once("\n## ").map_or(rest, |(section, _)| section);
    let first = |line: &'static str| Some(line.strip_prefix("| `")?.split_once("` |")?.0);
    section.lines().filter_map(first).collect()
}

#[test]
fn every_field_and_every_line_that_is_written_is_documented_and_no_other_is() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("audit.log");
    written_by_journeys(&file);
    let key = AuditKey::from_secret(&KEY.to_owned().into());
    let settings = AuditSettings { file: Some(file.clone()), key };
    let nobody = Pseudonym::default();
    let by_hand = AuditEntry {
        event: Event::Mint,
        outcome: AuditOutcome::Minted,
        uid: Some(0),
        ..entry(&nobody)
    };
    write_by_hand(Some(&settings), &by_hand, &Clock::default()).unwrap();
    let mut lines = lines(&fs::read_to_string(&file).unwrap());
    let pipe = directory.path().join("pipe");
    make_pipe(&pipe);
    let audit = alone(&pipe);
    let other = AuditKey::from_secret(&"another-key-of-the-journeys-0123456789".to_owned().into());
    audit.hide_by(&other);
    // The same key is no other.
    audit.hide_by(&other);
    for _ in 0..10_000 {
        audit.write(&entry(&audit.person(Some("joe@example.com"), None)));
    }
    lines.extend(self::lines(&read_at_last(&audit, pipe)));
    assert_eq!(lines.iter().filter(|it| it["event"] == "rekeyed").count(), 1);
    let fields = lines.iter().flat_map(|line| line.as_object().unwrap().keys());
    let fields: BTreeSet<&str> = fields.map(String::as_str).collect();
    assert_eq!(fields, documented("Fields"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let events = lines.iter().map(|it| [text(&it["event"]), text(&it["outcome"])].join(" "));
    let events: BTreeSet<String> = events.map(|it| it.trim().to_owned()).collect();
    assert_eq!(events.iter().map(String::as_str).collect::<BTreeSet<_>>(), documented("Lines"));
}
