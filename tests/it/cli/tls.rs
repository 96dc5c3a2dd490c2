//! The real binary with TLS: what it says of its certificate, and what a new one changes.

use std::fs;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rustls::pki_types::CertificateDer;
use rustls::version::{TLS12, TLS13};
use tempfile::TempDir;

use super::sockets::{BOTH, again, handed, listener, start as start_handed};
use super::{Serving, brandgate, get as ask_plainly, run};
use crate::tls::certificates::{Authority, put};
use crate::tls::client::{Client, get};

const YAML: &str = "version: 1
server: { shutdown_delay: 0, public_url: 'https://sso.acme.example', listen: '127.0.0.1:0', ops: { listen: '127.0.0.1:0' }, tls: { certificate: cert.pem, key: key.pem } }
zendesk: { account: acme, shared_secret: { file: zendesk } }
backends:
  site: { type: redirect, login_url: 'https://www.acme.example/login' }
brands:
  shoes: { hosts: [acme-shoes.zendesk.com], backend: site }
";

const SHOES: &str = "/login?return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc";

const USED: &str = "the configuration has changed, and is in force";
const NOT_USED: &str = "the configuration has changed, and is not used";

fn directory(authority: &Authority) -> TempDir {
    let (directory, _) = super::file(YAML);
    fs::write(directory.path().join("zendesk"), "0123456789abcdef0123456789abcdef").unwrap();
    authority.certify(directory.path());
    directory
}

fn start(directory: TempDir) -> Serving {
    let mut command = brandgate(&["serve", "--log-format", "json", "--config"]);
    let command = command.arg(directory.path().join("brands.yaml"));
    let child = command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
    Serving::under_way(child.spawn().unwrap(), directory)
}

/// What it is, what comes in the place of which files, and what is said.
type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str);

/// What a new connection is shown.
fn shown(client: &Client, address: SocketAddr) -> CertificateDer<'static> {
    client.connect(address).unwrap().certificate()
}

#[test]
fn a_new_certificate_is_shown_to_new_connections_and_a_bad_one_to_nobody() {
    let authority = Authority::new();
    let directory = directory(&authority);
    let at = directory.path().to_owned();
    let client = authority.client(&[&TLS12, &TLS13]);
    let mut serving = start(directory);
    let first = shown(&client, serving.public);
    let mut running = client.connect(serving.public).unwrap();

    let second = authority.pair(2091);
    second.write(&at);
    let line = serving.line(USED);
    assert!(line["message"].as_str().unwrap().contains("cert.pem"), "{line}");
    assert_eq!(shown(&client, serving.public), second.der());
    assert_ne!(first, second.der());
    assert!(running.ask(&get(SHOES)).starts_with("HTTP/1.1 302 "), "it goes on");
    assert_eq!(running.certificate(), first);
    let metrics = ask_plainly(serving.ops, "/metrics");
    // The first day of 2091.
    let expires = "\nbrandgate_tls_certificate_expires_timestamp_seconds 3818448000\n";
    assert!(metrics.contains(expires), "{metrics}");

    let whole = fs::read_to_string(at.join("cert.pem")).unwrap();
    let key = fs::read_to_string(at.join("key.pem")).unwrap();
    let other = authority.pair(2092);
    let cases: [Case<'_>; 6] = [
        ("half of it", &[("cert.pem", &whole[..whole.len() / 2])], "it is not whole"),
        ("empty", &[("cert.pem", "")], "it is empty"),
        ("an empty key", &[("key.pem", "")], "it is empty"),
        (
            "one of two",
            &[("cert.pem", &other.certificate)],
            "its key is not that of the certificate",
        ),
        ("the other of two", &[("key.pem", &other.key)], "its key is not that of the certificate"),
        ("each other's place", &[("cert.pem", &key), ("key.pem", &whole)], "it holds a key"),
    ];
    for (what, files, said) in cases {
        for (name, text) in files {
            put(&at.join(name), text);
        }
        let line = serving.line(NOT_USED);
        let explained =
            if line["message"].as_str().unwrap().contains(said) { line } else { serving.line("") };
        assert!(explained["message"].as_str().unwrap().contains(said), "{what}: {explained}");
        assert_eq!(shown(&client, serving.public), second.der(), "{what}");
        let metrics = ask_plainly(serving.ops, "/metrics");
        assert!(metrics.contains("\nbrandgate_config_last_reload_successful 0\n"), "{what}");
        second.write(&at);
        // What was in force all the time is so again.
        serving.line(USED);
    }
    // One that no browser takes holds back nothing but itself.
    let moved = YAML.replace("brands:\n", "unknown: refuse\nbrands:\n");
    assert_ne!(moved, YAML);
    put(&at.join("brands.yaml"), &moved);
    serving.line(USED);
    authority.pair(2021).write(&at);
    serving.line(USED);
    serving.line("the certificate has expired or is not valid yet, and the one in force is");
    assert_eq!(shown(&client, serving.public), second.der());
    let metrics = ask_plainly(serving.ops, "/metrics");
    assert!(metrics.contains("\nbrandgate_config_last_reload_successful 1\n"), "{metrics}");
    assert!(metrics.contains("\nbrandgate_config_partly_unused 1\n"), "{metrics}");
    second.write(&at);
    serving.line(USED);
    let metrics = ask_plainly(serving.ops, "/metrics");
    assert!(metrics.contains("\nbrandgate_config_partly_unused 0\n"), "{metrics}");
    // A pair that comes one file after the other, and needs a while.
    put(&at.join("cert.pem"), &other.certificate);
    serving.line(NOT_USED);
    put(&at.join("key.pem"), &other.key);
    serving.line(USED);
    assert_eq!(shown(&client, serving.public), other.der());
    // To speak no TLS any more takes a restart.
    let without = YAML.replace(", tls: { certificate: cert.pem, key: key.pem }", "");
    put(&at.join("brands.yaml"), &without);
    let line = serving.line(NOT_USED);
    assert!(
        line["message"].as_str().unwrap().ends_with(
            "a changed server.tls takes a restart, and where a client's address is read goes with \
             it: put it back, or restart"
        ),
        "{line}"
    );
    serving.signal("TERM");
    let (log, code) = serving.end();
    assert_eq!(code, 0);
    assert!(!log.contains("PRIVATE"), "{log}");
}

#[test]
fn what_is_expired_starts_and_hinders_no_other_change() {
    let authority = Authority::new();
    let directory = directory(&authority);
    let at = directory.path().to_owned();
    authority.pair(2021).write(&at);
    let path = at.join("brands.yaml");
    let path = path.to_str().unwrap();
    let (code, said, _) = run(&["check", path]);
    assert!(said.contains("warning: the certificate has expired "), "{said}");
    assert_eq!(code, 0, "{said}");
    assert_eq!(run(&["check", "--strict", path]).0, 1);
    let mut serving = start(directory);
    let more = format!("{YAML}  bikes: {{ hosts: [acme-bikes.zendesk.com], backend: site }}\n");
    put(&at.join("brands.yaml"), &more);
    serving.line(USED);
    let good = authority.certify(&at);
    serving.line(USED);
    let client = authority.client(&[&TLS12, &TLS13]);
    assert_eq!(shown(&client, serving.public), good.der());
}

#[test]
fn a_socket_that_systemd_hands_over_speaks_tls_too() {
    let authority = Authority::new();
    let directory = directory(&authority);
    let at = |name: &str| format!("{name}: '{}/{name}.pem'", directory.path().display());
    let yaml = YAML.replace("certificate: cert.pem", &at("cert").replace("cert:", "certificate:"));
    let yaml = yaml.replace("key: key.pem", &at("key"));
    let yaml = yaml.replace("file: zendesk", "value: 0123456789abcdef0123456789abcdef");
    let (public, ops) = (listener(), listener());
    let serving = start_handed(handed(again([&public, &ops]), &BOTH, &yaml));
    let client = authority.client(&[&TLS12, &TLS13]);
    let answer = client.connect(serving.public).unwrap().ask(&get(SHOES));
    assert!(answer.starts_with("HTTP/1.1 302 "), "{answer}");
    assert_eq!(serving.public, public.local_addr().unwrap());
}

/// Asks on new connections, and on ones that stay, until told to stop, and tells of each answer; returns how
/// many certificates were seen.
fn ask_on(client: &Client, address: SocketAddr, stop: &AtomicBool, answered: &Sender<()>) -> usize {
    let mut seen: Vec<CertificateDer<'static>> = Vec::new();
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut connection = client.connect(address).unwrap();
        if !seen.contains(&connection.certificate()) {
            seen.push(connection.certificate());
        }
        for _ in 0..=number % 5 {
            let answer = connection.ask(&get(SHOES));
            assert!(answer.starts_with("HTTP/1.1 302 "), "{answer}");
            answered.send(()).unwrap();
        }
        number += 1;
    }
    seen.len()
}

#[test]
fn no_request_is_lost_while_certificates_change() {
    let authority = Authority::new();
    let directory = directory(&authority);
    let at = directory.path().to_owned();
    let client = authority.client(&[&TLS12, &TLS13]);
    let mut serving = start(directory);
    let (stop, (answered, answers)) = (AtomicBool::new(false), channel());
    let public = serving.public;
    thread::scope(|scope| {
        let (client, stop) = (&client, &stop);
        let ask = |answered: Sender<()>| move || ask_on(client, public, stop, &answered);
        let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask(answered.clone()))).collect();
        drop(answered);
        for year in 2091..2101 {
            authority.pair(year).write(&at);
            serving.signal("HUP");
            serving.line(USED);
            // Those from before the change do not count.
            answers.try_iter().for_each(drop);
            (0..20).for_each(|_| answers.recv().unwrap());
        }
        stop.store(true, Ordering::Relaxed);
        for asking in asking {
            let seen = asking.join().unwrap();
            assert!(seen > 5, "only {seen} of 11 certificates were seen");
        }
    });
    serving.signal("TERM");
    assert_eq!(serving.end().1, 0);
}
