//! The image that `deploy/Dockerfile` describes: made without Docker, run as a container is run, and
//! somebody signs in with a provider. `scripts/test-image` starts this, as root.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod dockerfile;
mod image;
#[path = "../peers/oidc/provider.rs"]
mod provider;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "other journeys need more of it")]
mod support;
#[path = "../peers/walk.rs"]
#[expect(dead_code, reason = "other journeys go other ways")]
mod walk;

use std::sync::LazyLock;

use brandgate::clock::Clock;

use self::image::Image;
use self::provider::Provider;
use self::support::app::SSO;
use self::support::assertion::ZENDESK;
use self::support::browser::Browser;

static IMAGE: LazyLock<Image> = LazyLock::new(Image::make);

const CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// The table and its secrets, where the compose file has them.
fn files(issuer: &str) -> [(&'static str, String); 4] {
    let table = format!(
        "
version: 1
server:
  public_url: {SSO}
  listen: 127.0.0.1:0
  ops: {{ listen: 127.0.0.1:0 }}
  shutdown_delay: 0
  state_key: {{ file: /run/secrets/state_key }}
zendesk:
  account: acme
  shared_secret: {{ file: /run/secrets/zendesk }}
backends:
  staff:
    type: oidc
    issuer: {issuer}
    client_id: brandgate-staff
    client_secret: {{ file: /run/secrets/staff }}
brands:
  shoes:
    brand_id: 1
    hosts: [help.acme-shoes.example]
    backend: staff
"
    );
    [
        ("/etc/brandgate/brands.yaml", table),
        ("/run/secrets/state_key", "state-key-of-the-image-0123456789abcdef\n".to_owned()),
        ("/run/secrets/zendesk", format!("{ZENDESK}\n")),
        ("/run/secrets/staff", "secret-of-staff-0123456789abcdef0123456789\n".to_owned()),
    ]
}

#[test]
fn somebody_signs_in_with_a_provider_and_the_container_may_do_nothing_else() {
    let provider = Provider::start(SSO);
    let mut container = IMAGE.run(&files(&provider.issuer), "");
    let listening = container.says("listening");
    let address = listening["public"].as_str().unwrap().parse().unwrap();
    assert_eq!(container.health(listening["ops"].as_str().unwrap()), Some(0));
    assert_eq!(container.health("127.0.0.1:1"), Some(1), "where nobody listens");

    let status = container.proc("status");
    let words = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
        line.unwrap().split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words("Uid"), ["65534"; 4], "an unprivileged user");
    assert_eq!(words("Gid"), ["65534"; 4]);
    assert_eq!(words("Groups"), [""; 0]);
    assert_eq!((words("CapEff"), words("NoNewPrivs")), (vec!["0".repeat(16)], vec!["1".into()]));
    let mounts = container.proc("mountinfo");
    let root = mounts.lines().find(|line| line.split(' ').nth(4) == Some("/")).unwrap();
    assert!(root.split(' ').nth(5).unwrap().split(',').any(|it| it == "ro"), "read-only: {root}");

    let mut joe = Browser::new(Clock::default(), Some(address));
    let wanted = "brand_id=1&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Frequests";
    let back = joe.return_from(wanted, "joe");
    let (claims, return_to) = joe.get(back.as_str()).handed_off();
    assert_eq!(claims["email"], "joe@example.com");
    assert_eq!(return_to, "https://help.acme-shoes.example/hc/requests");

    container.terminate();
    let (rest, code) = container.end();
    assert_eq!(code, Some(0), "{rest}");
}

#[test]
fn it_holds_the_program_and_no_other_and_says_what_it_is() {
    let programs = IMAGE.programs();
    assert!(programs.iter().any(|it| it == "brandgate"), "{programs:?}");
    for shell in ["sh", "bash", "dash", "busybox", "apt-get", "dpkg", "perl"] {
        assert!(!programs.iter().any(|it| it == shell), "{shell}: {programs:?}");
    }
    assert_eq!(IMAGE.label("org.opencontainers.image.title"), env!("CARGO_PKG_NAME"));
    let description = IMAGE.label("org.opencontainers.image.description");
    assert!(description.starts_with("One Zendesk remote login and logout URL"), "{description}");
    let licenses =
        include_str!("../../Cargo.toml").lines().find_map(|it| it.strip_prefix("license = "));
    assert_eq!(
        licenses.unwrap().trim_matches('"'),
        IMAGE.label("org.opencontainers.image.licenses")
    );
}

/// So that the first test shows that the image has them.
#[test]
fn without_certificates_of_authorities_it_does_not_start() {
    let container = IMAGE.run(&files("http://127.0.0.1:9"), CERTIFICATES);
    let (log, code) = container.end();
    assert_eq!(code, Some(2), "{log}");
    assert!(log.contains("certificate"), "{log}");
}
