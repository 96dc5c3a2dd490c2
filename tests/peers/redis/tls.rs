//! A Redis that speaks TLS, with a certificate of our own making.

use std::fs;
use std::path::Path;

use brandgate::clock::Clock;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::instance::{Person, assertion};
use super::process::Process;
use super::server::Server;

/// Writes an authority's certificate, and one of it for `name` with its key.
pub(crate) fn certify(name: &str, directory: &Path) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let certificate = certificate.signed_by(&key, &authority).unwrap();
    let write = |file: &str, text: String| fs::write(directory.join(file), text).unwrap();
    write("authority.pem", authority.pem());
    write("certificate.pem", certificate.pem());
    write("key.pem", key.serialize_pem());
}

#[test]
fn a_certificate_counts_by_its_authority_and_its_name() {
    // (what, whose name is certified, whether its authority is trusted, what is said)
    let cases = [
        ("a good one", "localhost", true, "the store is there"),
        ("an unknown authority", "localhost", false, "its certificate is not trusted"),
        ("another name", "cache.example", true, "its certificate is not trusted"),
    ];
    for (what, name, trusted, said) in cases {
        let directory = tempfile::tempdir().unwrap();
        certify(name, directory.path());
        let path = |file: &str| directory.path().join(file).to_str().unwrap().to_owned();
        let (server, port) = Server::start_with_tls(&path("certificate.pem"), &path("key.pem"));
        let authority = directory.path().join("authority.pem");
        let url = format!("rediss://localhost:{port}");
        let mut process = Process::start(&url, trusted.then_some(&*authority));
        let address = process.address();
        process.says(said);
        let mut person = Person::default();
        assert_eq!(person.login(address).status, 302, "{what}");
        let answer = person.submit(address, &assertion(Clock::default().now()));
        let is_good = said == "the store is there";
        assert_eq!((answer.is_hand_off(), answer.is_away()), (is_good, !is_good), "{what}");
        let used = server.keys().iter().filter(|key| key.starts_with("brandgate:used:")).count();
        assert_eq!(used, usize::from(is_good), "{what}");
    }
}

#[test]
fn a_port_that_is_spoken_to_in_the_wrong_way_is_told_so() {
    let directory = tempfile::tempdir().unwrap();
    certify("localhost", directory.path());
    let path = |file: &str| directory.path().join(file).to_str().unwrap().to_owned();
    let (server, port) = Server::start_with_tls(&path("certificate.pem"), &path("key.pem"));
    let cases = [
        ("TLS to a plain port", format!("rediss://localhost:{}", server.port()), "speaks no TLS"),
        (
            "plain to a port of TLS",
            format!("redis://localhost:{port}"),
            "for TLS it is `rediss://`",
        ),
        (
            "with a password",
            format!("redis://:hunter2@localhost:{port}"),
            "for TLS it is `rediss://`",
        ),
    ];
    for (what, url, said) in cases {
        let mut process = Process::start(&url, None);
        let line = process.says("the store is away")["message"].as_str().unwrap().to_owned();
        assert!(line.contains(said), "{what}: {line}");
    }
}
