//! A configuration that changes while it serves.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use brandgate::clock::Clock;
use serde_json::Value;

use super::{Serving, ask, brandgate, get, location};
use crate::support::assertion;

/// Two brands; `site` is where the first one's people sign in.
pub(super) fn yaml(site: &str, brands: &str) -> String {
    format!(
        "version: 1
server: {{ shutdown_delay: 0, public_url: 'https://sso.acme.example', listen: '127.0.0.1:0', ops: {{ listen: '127.0.0.1:0' }} }}
zendesk: {{ account: acme, shared_secret: {{ file: zendesk }} }}
backends:
  site: {{ type: redirect, login_url: '{site}' }}
  native: {{ type: zendesk }}
brands:
  shoes: {{ hosts: [acme-shoes.zendesk.com], backend: site }}
{brands}"
    )
}

pub(super) const OLD: &str = "https://old.acme.example/login";
pub(super) const NEW: &str = "https://new.acme.example/login";
pub(super) const SHOES: &str = "/login?return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc";
const BIKES: &str = "  bikes: { hosts: [acme-bikes.zendesk.com], backend: native }\n";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Puts `text` in the place of what is at `path` at once, as editors and deployments do.
pub(super) fn put(path: &Path, text: &str) {
    let new = path.with_extension("new");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

pub(super) fn start(text: &str) -> (Serving, PathBuf) {
    let (directory, path) = super::file(text);
    fs::write(directory.path().join("zendesk"), SECRET).unwrap();
    let mut command = brandgate(&["serve", "--log-format", "json", "--config"]);
    let child = command.arg(&path).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    (Serving::under_way(child, directory), path)
}

pub(super) fn said(line: &Value) -> &str {
    line["message"].as_str().unwrap()
}

/// Where somebody with this address is sent on an answer that is one.
pub(super) fn leads_to(serving: &Serving, target: &str) -> String {
    location(&get(serving.public, target)).split('?').next().unwrap().to_owned()
}

#[test]
fn a_good_file_takes_the_place_of_the_one_before_it() {
    let (mut serving, path) = start(&yaml(OLD, ""));
    assert_eq!(leads_to(&serving, SHOES), OLD);
    put(&path, &yaml(NEW, BIKES));
    let line = serving.line("the configuration has changed, and is in force");
    assert_eq!(
        said(&line),
        "the configuration has changed, and is in force: brands added: bikes; backends changed: site"
    );
    assert_eq!(leads_to(&serving, SHOES), NEW);
    assert_eq!(
        leads_to(&serving, "/login?return_to=https%3A%2F%2Facme-bikes.zendesk.com%2Fhc"),
        "https://acme-bikes.zendesk.com/access/normal"
    );
    // A secret alone, which no log may show.
    put(&path.with_file_name("zendesk"), "fedcba9876543210fedcba9876543210");
    let line = serving.line("the configuration has changed, and is in force");
    assert!(said(&line).contains("secret files changed: "), "{line}");
    serving.signal("TERM");
    let (log, code) = serving.end();
    assert_eq!(code, 0);
    assert!(!log.contains("fedcba"), "{log}");
}

#[test]
fn a_bad_file_changes_nothing_and_is_explained_once() {
    let (mut serving, path) = start(&yaml(OLD, ""));
    let refused = "the configuration has changed, and is not used";
    // (what comes, what is said of it)
    let cases = [
        (yaml(NEW, "  bikes: { hots: [acme-bikes.zendesk.com], backend: site }\n"), "1 error, "),
        ("version: 1\nserver: {\n".to_owned(), "1 error"),
        (String::new(), "1 error"),
        ("x".repeat(65 << 20), "it is larger than 64 MB"),
    ];
    for (text, reason) in cases {
        put(&path, &text);
        let line = serving.line(refused);
        assert!(said(&line).contains(reason), "{reason}: {line}");
        assert_eq!(line["level"], "ERROR");
        assert_eq!(leads_to(&serving, SHOES), OLD, "{reason}");
        let health = get(serving.ops, "/readyz");
        assert!(health.contains("\r\n\r\nready\nconfiguration: not used for 0 s ("), "{health}");
    }
    fs::remove_file(&path).unwrap();
    assert!(said(&serving.line(refused)).contains("No such file"), "deleted");
    fs::create_dir(&path).unwrap();
    fs::remove_dir(&path).unwrap();
    assert_eq!(leads_to(&serving, SHOES), OLD, "nothing is there");
    put(&path.with_file_name("zendesk"), "");
    put(&path, &yaml(NEW, ""));
    assert!(said(&serving.line(refused)).contains("1 error"), "an empty secret");
    assert!(said(&serving.line("")).contains("the secret is empty"), "the problem follows");
    // What is good again is in force again.
    put(&path.with_file_name("zendesk"), SECRET);
    serving.line("the configuration has changed, and is in force: backends changed: site");
    assert_eq!(leads_to(&serving, SHOES), NEW);
    assert!(get(serving.ops, "/readyz").ends_with("\r\n\r\nready\n"));
    serving.signal("TERM");
    let (log, code) = serving.end();
    assert_eq!((code, log.matches(refused).count()), (0, 0), "each is said once: {log}");
}

/// A site whose assertions are verified by any of its secrets, and a state key.
const ROTATED: &str = "version: 1
server: { shutdown_delay: 0, public_url: 'https://sso.acme.example', listen: '127.0.0.1:0', ops: { listen: '127.0.0.1:0' }, state_key: STATE }
zendesk: { account: acme, shared_secret: { file: zendesk } }
backends:
  site:
    type: redirect
    login_url: https://www.acme.example/login
    assertion: { algorithm: HS256, secrets: SITE, unsolicited: true }
brands:
  shoes: { hosts: [acme-shoes.zendesk.com], backend: site }
";

/// The Zendesk JWT for what `secret` asserts; none if it is not believed.
fn signed_in(serving: &Serving, secret: &str) -> Option<String> {
    let claims = assertion::claims(Clock::default().now(), &serde_json::json!({}));
    let jwt = assertion::sign(&assertion::header(), &claims, secret);
    let target =
        format!("/access/jwt?jwt={jwt}&return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc");
    let answer = ask(
        serving.public,
        &format!("GET {target} HTTP/1.1\r\nhost: sso.acme.example\r\nuser-agent: a program"),
    );
    let jwt = answer.split("name=\"jwt\" value=\"").nth(1)?;
    jwt.split('"').next().map(str::to_owned)
}

#[test]
fn every_secret_is_replaced_while_people_sign_in() {
    const LOST: &str = "server.state_key no longer has the one that sealed";
    const IN_FORCE: &str = "the configuration has changed, and is in force";
    let [old, new] =
        ["old-secret-of-the-site-0123456789abcdef", "new-secret-of-the-site-0123456789abcdef"];
    let secret = |text: &str| format!("{{ value: {text} }}");
    let [first, second] =
        ["first", "second"].map(|it| secret(&format!("{it}-state-key-0123456789abcdef0123")));
    let yaml = |site: &[&str], state: &[&str]| {
        let site: Vec<_> = site.iter().map(|it| secret(it)).collect();
        let state = format!("[{}]", state.join(", "));
        ROTATED.replace("SITE", &format!("[{}]", site.join(", "))).replace("STATE", &state)
    };
    let (mut serving, path) = start(&yaml(&[old], &[&first]));
    // (the site's secrets, the state keys, whether the old and the new one of the site are believed,
    // whether the state key that sealed is gone)
    let steps = [
        (&[old, new][..], &[&*first, &second][..], [true, true], false),
        (&[new, old], &[&second, &first], [true, true], false),
        (&[new], &[&second], [false, true], false),
        (&[new], &[&first], [false, true], true),
        (&[old], &[&first], [true, false], false),
    ];
    for (site, state, believed, is_lost) in steps {
        put(&path, &yaml(site, state));
        let mut said_lost = false;
        loop {
            let line = serving.line("");
            said_lost |= said(&line).starts_with(LOST);
            if said(&line).starts_with(IN_FORCE) {
                break;
            }
        }
        assert_eq!(said_lost, is_lost, "{site:?} {state:?}");
        let are = [old, new].map(|secret| signed_in(&serving, secret).is_some());
        assert_eq!(are, believed, "{site:?}");
    }
    // Zendesk has one secret: what it shows as new is in force as soon as it is in its file.
    let before = signed_in(&serving, old).unwrap();
    assert!(assertion::is_signed(&before, SECRET));
    let next = "fedcba9876543210fedcba9876543210";
    put(&path.with_file_name("zendesk"), next);
    serving.line(IN_FORCE);
    let after = signed_in(&serving, old).unwrap();
    assert!(assertion::is_signed(&after, next));
    serving.signal("TERM");
    let (log, code) = serving.end();
    assert_eq!(code, 0);
    assert!(!log.contains("-0123456789abcdef") && !log.contains(next), "{log}");
}

#[test]
fn a_hangup_reads_at_once() {
    let (mut serving, path) = start(&yaml(OLD, ""));
    serving.signal("HUP");
    serving.line("SIGHUP: the configuration says what it said before");
    fs::write(&path, yaml(NEW, "")).unwrap();
    serving.signal("HUP");
    serving.line("the configuration has changed, and is in force: backends changed: site");
    assert_eq!(leads_to(&serving, SHOES), NEW);
}

#[test]
fn a_directory_that_kubernetes_swaps_is_followed() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    for (version, site) in [("v1", OLD), ("v2", NEW)] {
        fs::create_dir(at(version)).unwrap();
        fs::write(at(version).join("brands.yaml"), yaml(site, "")).unwrap();
        fs::write(at(version).join("zendesk"), SECRET).unwrap();
    }
    symlink("v1", at("..data")).unwrap();
    symlink("..data/brands.yaml", at("brands.yaml")).unwrap();
    symlink("..data/zendesk", at("zendesk")).unwrap();
    let mut command = brandgate(&["serve", "--log-format", "json", "--config"]);
    let command = command.arg(at("brands.yaml")).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut serving = Serving::under_way(command.spawn().unwrap(), directory);
    let at = |name: &str| serving.directory.path().join(name);
    symlink("v2", at("..data_tmp")).unwrap();
    fs::rename(at("..data_tmp"), at("..data")).unwrap();
    fs::remove_dir_all(at("v1")).unwrap();
    serving.line("the configuration has changed, and is in force: backends changed: site");
    assert_eq!(leads_to(&serving, SHOES), NEW);
}

/// Asks on one connection until told to stop. How often, and each answer's address.
fn ask_on(address: SocketAddr, stop: &AtomicBool) -> (usize, Vec<String>) {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let (mut sent, mut led) = (0, Vec::new());
    while !stop.load(Ordering::Relaxed) {
        stream
            .write_all(format!("GET {SHOES} HTTP/1.1\r\nhost: sso.acme.example\r\n\r\n").as_bytes())
            .unwrap();
        sent += 1;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(answers.read_line(&mut head).unwrap() > 0, "closed after {head:?}");
        }
        assert!(head.starts_with("HTTP/1.1 302 "), "{head}");
        led.push(location(&head).split('?').next().unwrap().to_owned());
    }
    (sent, led)
}

#[test]
fn no_request_is_lost_over_fifty_changes_of_which_ten_are_bad() {
    let (mut serving, path) = start(&yaml(OLD, ""));
    let stop = AtomicBool::new(false);
    let public = serving.public;
    thread::scope(|scope| {
        let asking: Vec<_> = (0..4).map(|_| scope.spawn(|| ask_on(public, &stop))).collect();
        for number in 0..50 {
            if number % 5 == 4 {
                fs::write(&path, "version: ").unwrap();
                serving.signal("HUP");
                serving.line("the configuration has changed, and is not used");
            } else {
                let site = if number % 2 == 0 { NEW } else { OLD };
                fs::write(
                    &path,
                    yaml(
                        site,
                        &format!(
                            "  b{number}: {{ hosts: [b{number}.zendesk.com], backend: site }}\n"
                        ),
                    ),
                )
                .unwrap();
                serving.signal("HUP");
                serving.line("the configuration has changed, and is in force");
            }
        }
        stop.store(true, Ordering::Relaxed);
        for asking in asking {
            let (sent, led) = asking.join().unwrap();
            assert_eq!(sent, led.len());
            assert!(led.iter().all(|it| it == OLD || it == NEW), "{led:?}");
            assert!(led.contains(&NEW.to_owned()) && led.contains(&OLD.to_owned()));
        }
    });
    serving.signal("TERM");
    assert_eq!(serving.end().1, 0);
}
