//! What is said of certificates and keys: each mistake once, in its place, with what to do.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, PKCS_ED25519,
    date_time_ymd,
};

use crate::config::{Loaded, References, look};

/// The kinds of problems for which files have to be read.
pub(in crate::config) const CODES_OF_TLS: [&str; 5] = [
    "certificate-invalid",
    "certificate-key",
    "certificate-dates",
    "certificate-names",
    "certificate-chain",
];

const HOST: &str = "sso.acme.example";

fn yaml() -> String {
    "version: 1
server:
  public_url: https://sso.acme.example
  tls: { certificate: cert.pem, key: key.pem }
zendesk: { account: acme, shared_secret: { value: zendesk-0123456789abcdef0123456789abcd } }
backends:
  site: { type: redirect, login_url: https://www.acme.example/in }
brands:
  shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: site }
"
    .to_owned()
}

/// What is said of `server.tls`: code, line and message with its hint.
fn said(loaded: &Loaded) -> Vec<(String, String)> {
    let report = loaded.report.json();
    let about = report.as_array().unwrap().iter();
    let about = about.filter(|it| it["path"].as_str().unwrap().starts_with("server.tls"));
    let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_owned();
    about.map(|it| (text(&it["code"]), text(&it["message"]))).collect()
}

fn read(yaml: &str, directory: &Path) -> Loaded {
    look(yaml, "brands.yaml", directory, References::Opened)
}

/// Authorities, one above the other, and a certificate of the lower one.
struct Made {
    root: String,
    middle: String,
    leaf: String,
    key: String,
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn made(names: &[&str], years: (i32, i32)) -> Made {
    let root =
        CertifiedIssuer::self_signed(authority("root"), KeyPair::generate().unwrap()).unwrap();
    let middle =
        CertifiedIssuer::signed_by(authority("middle"), KeyPair::generate().unwrap(), &root)
            .unwrap();
    let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut leaf = CertificateParams::new(names).unwrap();
    leaf.not_before = date_time_ymd(years.0, 1, 1);
    leaf.not_after = date_time_ymd(years.1, 1, 1);
    let key = KeyPair::generate().unwrap();
    let leaf = leaf.signed_by(&key, &middle).unwrap();
    Made { root: root.pem(), middle: middle.pem(), leaf: leaf.pem(), key: key.serialize_pem() }
}

/// What it is, the certificate's file, the key's file, and of each problem the code and part of the
/// message.
type Case<'c> = (&'c str, &'c str, &'c str, &'c [(&'static str, &'c str)]);

const INVALID: &str = "certificate-invalid";
const OF_KEY: &str = "certificate-key";

/// The codes of all problems.
fn judged(cases: &[Case<'_>]) -> BTreeSet<&'static str> {
    let mut raised = BTreeSet::new();
    for (what, certificate, key, expected) in cases {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("cert.pem"), certificate).unwrap();
        fs::write(directory.path().join("key.pem"), key).unwrap();
        let loaded = read(&yaml(), directory.path());
        let found = said(&loaded);
        let fits = found.len() == expected.len()
            && expected.iter().all(|(code, part)| {
                found.iter().any(|(found, message)| found == code && message.contains(part))
            });
        assert!(fits, "{what}: {found:?}");
        let is_bad = expected.iter().any(|(code, _)| [INVALID, OF_KEY].contains(code));
        assert_eq!(loaded.config.is_none(), is_bad, "{what}");
        raised.extend(expected.iter().map(|(code, _)| *code));
        let text = loaded.report.text(false);
        let secret = key.lines().nth(1).filter(|line| line.len() > 20);
        assert!(secret.is_none_or(|line| !text.contains(line)), "{what}: {text}");
    }
    raised
}

#[test]
fn every_mistake_with_a_certificate_is_told_in_its_place() {
    let good = made(&[HOST], (2020, 2090));
    let Made { root, middle, leaf, key } = &good;
    let other = made(&[HOST], (2020, 2090));
    let elsewhere = made(&["www.acme.example"], (2020, 2090));
    let old = made(&[HOST], (2020, 2021));
    let early = made(&[HOST], (2080, 2090));
    let ed25519 = KeyPair::generate_for(&PKCS_ED25519).unwrap();
    let ed25519_leaf = CertificateParams::new(vec![HOST.to_owned()]).unwrap();
    let ed25519_leaf = ed25519_leaf.self_signed(&ed25519).unwrap();
    let chain = format!("{leaf}{middle}");
    let request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let raised = judged(&[
        ("whole", &format!("{leaf}{middle}{root}"), key, &[]),
        ("without the root", &chain, key, &[]),
        ("alone", leaf, key, &[]),
        ("Ed25519", &ed25519_leaf.pem(), &ed25519.serialize_pem(), &[]),
        ("with Windows' line ends", &chain.replace('\n', "\r\n"), &key.replace('\n', "\r\n"), &[]),
        ("with Windows' mark", &format!("\u{feff}{chain}"), &format!("\u{feff}{key}"), &[]),
        ("with words around", &format!("Subject: us\n{chain}\nbye"), &format!("Bag\n{key}"), &[]),
        ("both in one file", &format!("{key}{chain}"), &format!("{chain}{key}"), &[]),
        ("empty", "", key, &[(INVALID, "it is empty")]),
        ("empty, both", " \n", "\n", &[(INVALID, "it is empty")]),
        ("no PEM", "hello", key, &[(INVALID, "there is no certificate in PEM")]),
        ("a key for it", key, key, &[(INVALID, "it holds a key, and no certificate")]),
        ("a request", request, key, &[(INVALID, "it holds a request for a certificate")]),
        ("cut", &chain[..leaf.len() + 200], key, &[(INVALID, "it is not whole")]),
        ("damaged", &leaf.replace("\nM", "\n*"), key, &[(INVALID, "it is not whole")]),
        ("no X.509", nonsense, key, &[(INVALID, "its first certificate cannot be read")]),
        (
            "out of order",
            &format!("{leaf}{root}{middle}"),
            key,
            &[("certificate-chain", "do not lead from one to the next")],
        ),
        (
            "another's authority",
            &format!("{leaf}{}", other.middle),
            key,
            &[("certificate-chain", "do not lead")],
        ),
        (
            "another's name",
            &elsewhere.leaf,
            &elsewhere.key,
            &[("certificate-names", "the certificate is not for `sso.acme.example`")],
        ),
        ("expired", &old.leaf, &old.key, &[("certificate-dates", "the certificate has expired ")]),
        (
            "not valid yet",
            &early.leaf,
            &early.key,
            &[("certificate-dates", "the certificate is not valid yet, but in ")],
        ),
    ]);
    let (of_key, others) = (BTreeSet::from([OF_KEY]), BTreeSet::from(CODES_OF_TLS));
    assert_eq!(raised, &others - &of_key);
}

#[test]
fn every_mistake_with_a_key_is_told_in_its_place() {
    let good = made(&[HOST], (2020, 2090));
    let Made { middle, leaf, key, .. } = &good;
    let other = made(&[HOST], (2020, 2090));
    let chain = format!("{leaf}{middle}");
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    let legacy = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: \
                  AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    let public = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let raised = judged(&[
        ("an empty key", &chain, "", &[(OF_KEY, "it is empty")]),
        ("no key in PEM", &chain, "hello", &[(OF_KEY, "there is no key in PEM")]),
        ("a certificate for it", &chain, leaf, &[(OF_KEY, "it holds a certificate, and no key")]),
        ("the public half", &chain, public, &[(OF_KEY, "it holds a public key")]),
        ("a key with a password", &chain, &encrypted, &[(OF_KEY, "its key is encrypted")]),
        ("an old one with a password", &chain, legacy, &[(OF_KEY, "its key is encrypted")]),
        ("half a key", &chain, &key[..key.len() - 40], &[(OF_KEY, "it is not whole")]),
        (
            "a key of nothing",
            &chain,
            &nonsense.replace("CERTIFICATE", "PRIVATE KEY"),
            &[(OF_KEY, "its key cannot be used")],
        ),
        (
            "another's key",
            &chain,
            &other.key,
            &[(OF_KEY, "its key is not that of the certificate")],
        ),
        (
            "upside down",
            &format!("{middle}{leaf}"),
            key,
            &[(OF_KEY, "its key is that of certificate 2 of the file")],
        ),
    ]);
    assert_eq!(raised, BTreeSet::from([OF_KEY]));
}

#[test]
fn what_is_said_says_how_long_there_still_is() {
    let day = |days: i64| {
        let now = i64::try_from(crate::clock::Clock::default().now()).unwrap();
        let mut leaf = CertificateParams::new(vec![HOST.to_owned()]).unwrap();
        leaf.not_before = date_time_ymd(2020, 1, 1);
        leaf.not_after = date_time_ymd(1970, 1, 1)
            + std::time::Duration::from_secs(u64::try_from(now + days * 86_400 + 3_600).unwrap());
        let key = KeyPair::generate().unwrap();
        (leaf.self_signed(&key).unwrap().pem(), key.serialize_pem())
    };
    for (days, expected) in [
        (30, None),
        (14, None),
        (13, Some("the certificate expires in 13 days")),
        (1, Some("the certificate expires in a day")),
        (0, Some("the certificate expires in less than a day")),
        (-1, Some("the certificate has expired less than a day ago")),
        (-3, Some("the certificate has expired 2 days ago")),
    ] {
        let (certificate, key) = day(days);
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("cert.pem"), certificate).unwrap();
        fs::write(directory.path().join("key.pem"), key).unwrap();
        let loaded = read(&yaml(), directory.path());
        let found = said(&loaded).into_iter().next().map(|(_, message)| message);
        assert_eq!(found.as_deref(), expected, "{days} days");
        assert!(loaded.config.is_some(), "{days} days: browsers may be told, we are not stopped");
    }
}

#[test]
fn paths_and_addresses_that_cannot_be_meant_are_told() {
    let good = made(&[HOST], (2020, 2090));
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("cert.pem"), good.leaf).unwrap();
    fs::write(directory.path().join("key.pem"), good.key).unwrap();
    fs::write(directory.path().join("cert.der"), [0x30, 0x82, 0xff]).unwrap();
    let both = "{ certificate: cert.pem, key: key.pem }";
    // (what stands there instead, the code, part of the message)
    for (instead, code, part) in [
        ("{ certificate: cert.pem }", "missing-key", "missing `key`"),
        ("{ key: key.pem }", "missing-key", "missing `certificate`"),
        ("{ certificate: cert.pem, key: key.pem, ca: x }", "unknown-key", "`ca`"),
        ("cert.pem", "wrong-type", "expected `{ certificate: PATH, key: PATH }`"),
        ("{ certificate: { file: cert.pem }, key: key.pem }", "wrong-type", "expected"),
        ("{ certificate: '', key: key.pem }", "empty-value", "`certificate` names nothing"),
        (
            "{ certificate: other.pem, key: key.pem }",
            "certificate-invalid",
            "`other.pem` cannot be read: No such file",
        ),
        ("{ certificate: cert.der, key: key.pem }", "certificate-invalid", "it is not PEM"),
        ("{ certificate: ., key: key.pem }", "certificate-invalid", "it is a directory"),
        (
            "{ certificate: cert.pem, key: other.pem }",
            "certificate-key",
            "`other.pem` cannot be read: No such file",
        ),
        (
            "{ certificate: '-----BEGIN CERTIFICATE-----', key: key.pem }",
            "certificate-invalid",
            "the path of a file belongs here",
        ),
        (
            "{ certificate: cert.pem, key: '-----BEGIN PRIVATE KEY-----' }",
            "certificate-key",
            "the path of a file belongs here",
        ),
    ] {
        let loaded = read(&yaml().replace(both, instead), directory.path());
        let found = said(&loaded);
        let fits = found.iter().any(|(found, message)| found == code && message.contains(part));
        let text = loaded.report.text(false);
        assert!(fits || (code != "certificate-key" && text.contains(part)), "{instead}: {text}");
        assert!(loaded.config.is_none(), "{instead}");
    }
    let plain = yaml().replace("https://sso.acme.example", "http://localhost:8080");
    let found = said(&read(&plain, directory.path()));
    assert!(found.iter().any(|it| it.0 == "address-plain-http"), "{found:?}");
    let at = yaml().replace(
        "type: redirect, login_url: https://www.acme.example/in",
        "type: session_token, cookie: t, cookie_domain: games.example, at: 'https://sso.games.example', \
         login_url: 'https://www.games.example/in', algorithm: HS256, \
         keys: { secrets: [{ value: games-0123456789abcdef0123456789abcdef }] }, issuer: x",
    );
    let loaded = read(&at, directory.path());
    let found = said(&loaded);
    let named = "the certificate is not for `sso.games.example`";
    assert!(found.iter().any(|it| it.1 == named), "{}", loaded.report.text(false));
}
