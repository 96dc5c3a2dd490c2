//! The parts of a sign-in one by one: `cargo bench --package bench`.
//!
//! Compare two runs on one quiet machine; what holds anywhere is `bench/instructions`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot begin has nothing to measure"
)]

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use brandgate::config;
use brandgate::domain::{Decision, EmailAddress, Identity, Profile, RemoteRequest, decide};
use brandgate::table::Table;
use brandgate::token::{Secrets, Validation, VerifiedJws, zendesk};
use divan::{Bencher, black_box};
use secrecy::SecretString;

const NOW: u64 = 1_800_000_000;
const FIRST_ID: usize = 360_000_000_000;

fn main() {
    divan::main();
}

/// So many brands with two hosts and a backend each.
fn table(brands: usize) -> Table {
    let mut yaml = "version: 1
server:
  public_url: https://sso.acme.example
  state_key: { value: state-key-of-a-bench-0123456789abcdef }
zendesk:
  account: acme
  shared_secret: { value: secret-of-zendesk-0123456789abcdef }
backends:
"
    .to_owned();
    for n in 0..brands {
        let url = format!("https://www.acme-{n}.example/zdlogin.php");
        writeln!(yaml, "  site-{n}: {{ type: redirect, login_url: {url} }}").unwrap();
    }
    yaml.push_str("brands:\n");
    for n in 0..brands {
        let (id, hosts) = (FIRST_ID + n, hosts(n).join(", "));
        writeln!(yaml, "  brand-{n}: {{ brand_id: {id}, hosts: [{hosts}], backend: site-{n} }}")
            .unwrap();
    }
    config::read(&yaml, "bench", Path::new(".")).config.unwrap().table
}

fn hosts(brand: usize) -> [String; 2] {
    [format!("acme-{brand}.zendesk.com"), format!("help.acme-{brand}.example")]
}

/// `decide` and the proof that `return_to` is, by what it looks like.
#[divan::bench(args = [
    "https://help.acme-7.example/hc/en-us/requests/208294?page=2",
    "https://HELP.acme-7.example:443/hc/../hc/en-us",
    "/hc/en-us/requests/208294?page=2",
    "",
    "https://help.acme-7.example@elsewhere.example/hc",
    "https://help.acme-7.example.elsewhere.example/hc",
    "///elsewhere.example/hc",
])]
fn return_to(bencher: Bencher<'_, '_>, text: &str) {
    let table = table(100);
    let request = RemoteRequest {
        return_to: (!text.is_empty()).then_some(Cow::Borrowed(text)),
        brand_id: (FIRST_ID + 7).to_string().parse().ok(),
        client: None,
    };
    bencher
        .bench_local(|| matches!(decide(&table.brands, black_box(&request)), Decision::SignIn(_)));
}

/// The look-up of a host, all of them in turn: `decide` and the brand's backend.
#[divan::bench(args = [5, 500, 50_000])]
fn table_of(bencher: Bencher<'_, '_>, brands: usize) {
    let table = table(brands);
    let asked: Vec<_> = (0..2 * brands)
        .map(|n| {
            // Those that follow each other are far from each other in the table.
            let host = &hosts(n * 7919 % brands)[n / brands];
            let return_to = Some(format!("https://{host}/hc/en-us/requests/208294").into());
            RemoteRequest { return_to, ..RemoteRequest::default() }
        })
        .collect();
    let mut turns = asked.iter().cycle();
    bencher.bench_local(|| {
        let decision = decide(&table.brands, black_box(turns.next().unwrap()));
        let Decision::SignIn(dispatch) = decision else { panic!("{decision:?}") };
        table.backend(dispatch.backend).is_some()
    });
}

fn secrets() -> Secrets {
    Secrets::new(&[SecretString::from("secret-of-a-site-0123456789abcdef")]).unwrap()
}

fn jane() -> Identity {
    Identity {
        email: EmailAddress::parse("jane@acme-7.example").unwrap(),
        name: "Jane Doe".into(),
        external_id: Some("208294".into()),
        profile: Profile::default(),
        left_out: Vec::new(),
    }
}

/// Signature, times and claims of an assertion.
#[divan::bench]
fn verify(bencher: Bencher<'_, '_>) {
    let keys = secrets();
    let token = zendesk::mint(&jane(), "7f6e", &keys, NOW).unwrap();
    let validation = Validation::of_assertion("https://sso.acme.example", false);
    bencher.bench_local(|| {
        let verified = VerifiedJws::verify(black_box(token.expose()), &keys).unwrap();
        verified.validate(&validation, NOW).unwrap()
    });
}

/// Zendesk's JWT.
#[divan::bench]
fn mint(bencher: Bencher<'_, '_>) {
    let (jane, key) = (jane(), secrets());
    bencher.bench_local(|| zendesk::mint(black_box(&jane), "7f6e", &key, NOW).unwrap());
}
