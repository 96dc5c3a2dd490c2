//! TLS on the public listener: what browsers see, whoever they are and whatever comes first.

pub(crate) mod certificates;
pub(crate) mod client;
mod faults;

use std::net::TcpListener;
use std::path::Path;

use brandgate::clock::Clock;
use rustls::version::{TLS12, TLS13};

use self::certificates::Authority;
use self::client::{Client, get};
use crate::support::app::{App, BRANDS, TO_SHOES};

/// The table of most journeys, with a certificate in `directory`.
fn yaml(directory: &Path) -> String {
    let tls = format!(
        "server:\n  tls: {{ certificate: {0}/cert.pem, key: {0}/key.pem }}",
        directory.display()
    );
    BRANDS.replacen("server:", &tls, 1)
}

/// A service that speaks TLS, and the authority that its certificate is of.
struct Served {
    app: App,
    authority: Authority,
    _directory: tempfile::TempDir,
}

fn served() -> Served {
    let authority = Authority::new();
    let directory = tempfile::tempdir().unwrap();
    authority.certify(directory.path());
    let app = App::with(&yaml(directory.path()));
    Served { app, authority, _directory: directory }
}

impl Served {
    fn client(&self) -> Client {
        self.authority.client(&[&TLS12, &TLS13])
    }
}

#[test]
fn people_sign_in_by_each_version_and_learn_to_come_by_tls() {
    let served = served();
    for version in [&TLS12, &TLS13] {
        let client = served.authority.client(&[version]);
        let mut connection = client.connect(served.app.address()).unwrap();
        let login = connection.ask(&get(&format!("/login?{TO_SHOES}")));
        assert!(login.starts_with("HTTP/1.1 302 Found\r\n"), "{login}");
        assert!(login.contains("\r\nset-cookie: __Host-bg-"), "{login}");
        // The same connection goes on, whatever is asked.
        for (target, status) in [("/", "200"), ("/nowhere", "404"), ("/login?brand_id=a%00", "400")]
        {
            let answer = connection.ask(&get(target));
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{target}: {answer}");
            assert_eq!(
                answer.matches("strict-transport-security: max-age=31536000\r\n").count(),
                1,
                "{target}: {answer}"
            );
        }
        assert_eq!(connection.protocol(), Some("http/1.1".to_owned()));
        // What is no request at all has a page by the same rules.
        let page = connection.ask("NO REQUEST\r\n\r\n");
        assert!(page.starts_with("HTTP/1.1 400 "), "{page}");
        assert!(page.contains("\r\nstrict-transport-security: "), "{page}");
    }
    let plain = App::start();
    let answer = plain.get("/nowhere");
    assert_eq!(answer.header("strict-transport-security"), None, "nobody came by TLS of ours");
}

#[test]
fn a_redirect_before_the_route_table_says_it_too() {
    let served = served();
    let mut connection = served.client().connect(served.app.address()).unwrap();
    let head = format!(
        "GET /login?{TO_SHOES} HTTP/1.1\r\nhost: sso.acme.example\r\nreferer: https://acme.zendesk.com/\r\n\r\n"
    );
    let login = connection.ask(&head);
    assert!(login.starts_with("HTTP/1.1 302 Found\r\n"), "{login}");
    assert!(login.contains("\r\nstrict-transport-security: max-age=31536000\r\n"), "{login}");
}

#[test]
fn the_address_of_whoever_connects_is_theirs() {
    let authority = Authority::new();
    let directory = tempfile::tempdir().unwrap();
    authority.certify(directory.path());
    let yaml = yaml(directory.path());
    let inside = "    routes:\n      - { client_ip: [127.0.0.0/8], backend: coffee-site }\n";
    let yaml = yaml.replacen("    routes:\n", inside, 1);
    assert!(yaml.contains(inside));
    let app = App::on(TcpListener::bind("127.0.0.1:0").unwrap(), &yaml, Clock::default());
    let client = authority.client(&[&TLS12, &TLS13]);
    let head = format!(
        "GET /login?{TO_SHOES} HTTP/1.1\r\nhost: sso.acme.example\r\nreferer: https://acme.zendesk.com/\r\n\r\n"
    );
    let login = client.connect(app.address()).unwrap().ask(&head);
    assert!(login.contains("\r\nlocation: https://www.acme-coffee.example/in"), "{login}");
}
