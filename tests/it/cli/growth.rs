//! What a table costs as it grows: to read and to keep, in proportion to its brands; to ask, the same.
//!
//! Time is the processor's own, which a busy machine leaves about as it is, and is compared with
//! itself: what grows with the square of the brands misses these limits several times over.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use brandgate::config;

use super::{Serving, get, peak_of};

const HEAD: &str = "version: 1
server: { public_url: 'https://sso.acme.example', listen: '127.0.0.1:0', ops: { listen: '127.0.0.1:0' }, shutdown_delay: 0 }
zendesk: { account: acme, shared_secret: { value: zendesk-0123456789abcdef0123456789 } }
";

/// Brands of which each has everything of its own: two hosts, a site with an assertion, a prefix, a
/// domain, which is reserved, a user pool with claims, and a route to a neighbour's site, which has no
/// prefix there and may say every address.
fn full(brands: usize) -> String {
    let mut yaml = format!("{HEAD}reserved:\n");
    let add = |yaml: &mut String, line: std::fmt::Arguments<'_>| yaml.write_fmt(line).unwrap();
    for it in 0..brands {
        add(
            &mut yaml,
            format_args!(
                "- {{ email_domains: [people-{it}.example], backends: [site-{it}, pool-{it}] }}\n"
            ),
        );
    }
    yaml += "backends:\n";
    for it in 0..brands {
        add(
            &mut yaml,
            format_args!(
                "  site-{it}:
    type: redirect
    login_url: https://www.acme-{it}.example/in
    assertion: {{ algorithm: HS256, secrets: {{ value: secret-{it}-0123456789abcdef0123456789 }} }}
  pool-{it}: {{ type: cognito, region: eu-central-1, client_id: c{it}, claims: {{ tags: t }} }}
"
            ),
        );
    }
    yaml += "brands:\n";
    for it in 0..brands {
        let next = (it + 1) % brands;
        add(
            &mut yaml,
            format_args!(
                "  brand-{it}:
    name: Acme {it}
    brand_id: {}
    hosts: [acme-{it}.zendesk.com, help.acme-{it}.example]
    backend: site-{it}
    identity: {{ external_id_prefix: b{it}_, email_domains: [people-{it}.example] }}
    routes:
    - {{ path: '^/neighbour(/|$)', backend: site-{next} }}
    - {{ path: '^/pool(/|$)', backend: pool-{it}, identity: {{ email_domains: [people-{it}.example] }} }}
",
                it + 1
            ),
        );
    }
    yaml
}

/// Brands with two hosts and a site of their own.
fn plain(brands: usize) -> String {
    let mut yaml = format!("{HEAD}backends:\n");
    for it in 0..brands {
        writeln!(yaml, "  site-{it}: {{ type: redirect, login_url: https://a-{it}.example/in }}")
            .unwrap();
    }
    yaml += "brands:\n";
    for it in 0..brands {
        writeln!(
            yaml,
            "  brand-{it}: {{ name: Acme {it}, brand_id: {}, backend: site-{it}, \
             hosts: [acme-{it}.zendesk.com, help.acme-{it}.example] }}",
            it + 1
        )
        .unwrap();
    }
    yaml
}

/// For how long this thread, or another of this machine, has had a processor, in nanoseconds.
fn run_time(schedstat: &Path) -> u64 {
    let text = fs::read_to_string(schedstat).unwrap_or_default();
    text.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// The same of all threads of a process.
fn run_time_of(process: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    threads.map(|thread| run_time(&thread.unwrap().path().join("schedstat"))).sum()
}

/// How long it takes to read `yaml`, of two tries the better.
fn reading(yaml: &str) -> u64 {
    let own = Path::new("/proc/thread-self/schedstat");
    let tries = (0..2).map(|_| {
        let before = run_time(own);
        let loaded = config::read(yaml, "brands.yaml", ".".as_ref());
        assert!(loaded.config.is_some(), "{}", loaded.report.text(false));
        drop(loaded);
        run_time(own) - before
    });
    tries.min().unwrap()
}

#[test]
fn a_table_is_read_in_proportion_to_its_brands() {
    let (plain, full) = ([250, 2_000].map(plain), [60, 480].map(full));
    for (what, tables) in [("plain", plain), ("full", full)] {
        let [few, many] = tables.map(|yaml| reading(&yaml));
        assert!(many < 8 * 3 * few, "{what}: eight times the brands, {few} and {many} ns");
    }
}

#[test]
fn a_table_is_kept_in_proportion_to_its_brands() {
    // (bytes of the peak, bytes at rest) of a brand with all that is its own.
    let memory = |brands: usize| {
        let serving = Serving::start(&full(brands));
        let process = serving.child.id();
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
        let rest = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let rest = rest.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024;
        (peak_of(process), rest)
    };
    let ((few_peak, few), (many_peak, many)) = (memory(100), memory(600));
    let of_one = |few: u64, many: u64| many.saturating_sub(few) / 500;
    assert!(of_one(few, many) < 12_000, "{} bytes each at rest", of_one(few, many));
    assert!(of_one(few_peak, many_peak) < 20_000, "{} at the peak", of_one(few_peak, many_peak));
}

#[test]
fn what_anybody_can_ask_takes_the_same_of_a_large_table() {
    const FEW: usize = 200;
    const MANY: usize = 10_000;
    let times = [FEW, MANY].map(|brands| {
        let serving = Serving::start(&plain(brands));
        let last = brands - 1;
        let targets = [
            format!("/login?return_to=https%3A%2F%2Fhelp.acme-{last}.example%2Fhc"),
            format!("/login?brand_id={brands}&return_to=%2Fhc"),
            "/login".to_owned(),
            "/login?return_to=https%3A%2F%2Fevil.example%2F".to_owned(),
            "/login?search=nobody".to_owned(),
            "/login?search=acme".to_owned(),
            "/login?search=acme&page=2".to_owned(),
            "/login?page=2".to_owned(),
            format!("/start/brand-{last}"),
            "/start/nobody".to_owned(),
            format!("/backends/site-{last}/login"),
            format!("/logout?brand_id={brands}"),
            format!("/logout/done/site-{last}"),
            format!("/callback/site-{last}"),
            format!("/backends/site-{last}/not-me"),
            format!("/assets/brands/brand-{last}.css"),
        ];
        targets.map(|target| {
            let asked = || {
                let before = run_time_of(serving.child.id());
                for _ in 0..10 {
                    get(serving.public, &target);
                }
                run_time_of(serving.child.id()) - before
            };
            let target = target.replace(&last.to_string(), "N");
            ((0..4).map(|_| asked()).min().unwrap(), target)
        })
    });
    let [few, many] = times;
    for ((few, _), (many, target)) in few.into_iter().zip(many) {
        assert!(many < 3 * few, "{target}: fifty times the brands, {few} and {many} ns");
    }
}
