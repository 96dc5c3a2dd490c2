//! Routes by the person's address.

use serde_json::json;

use crate::support::app::{App, BRANDS, SHOES_SITE, SSO, TO_SHOES};
use crate::support::assertion::{SHOES, STAFF};
use crate::support::browser::Request;
use crate::support::log;

const OFFICE: &str = "203.0.113.7";
const HOME: &str = "198.51.100.7";

/// Staff sign in by their own backend, but only in the office.
fn app() -> App {
    let proxy = "server:\n  client_address: x_forwarded_for\n  trusted_proxies: [127.0.0.1]\n";
    let route = "      - path: '^/agent(/|$)'\n";
    let yaml = BRANDS.replace("server:\n", proxy);
    App::with(&yaml.replace(route, "      - client_ip: [203.0.113.0/24, '2001:db8::/32']\n"))
}

fn login(from: &str) -> Request {
    let request = Request::get(&format!("{SSO}/login?{TO_SHOES}"));
    request.from("https://acme.zendesk.com").with("x-forwarded-for", from)
}

fn posted(from: &str, site: &str, jwt: &str) -> Request {
    let request = Request::post(&format!("{SSO}/access/jwt"), &format!("jwt={jwt}"));
    request.from(site).with("x-forwarded-for", from)
}

#[test]
fn the_office_signs_in_by_its_own_backend_and_nobody_else_does() {
    let app = app();
    let leads = |from: &str| app.browser().send(&login(from)).location().to_owned();
    for inside in
        [OFFICE, "203.0.113.0", "::ffff:203.0.113.255", "2001:db8:1::1", "1.2.3.4, 203.0.113.9"]
    {
        assert!(leads(inside).starts_with("https://intranet.acme.example/"), "{inside}");
    }
    for outside in
        [HOME, "203.0.114.7", "2001:db9::1", "203.0.113.7, 1.2.3.4", "unknown", "127.0.0.1", ""]
    {
        assert!(leads(outside).starts_with("https://www.acme-shoes.example/"), "{outside}");
    }
    // Whose word nobody has asked for.
    let forged = Request::get(&format!("{SSO}/login?{TO_SHOES}"));
    let forged = forged.with("forwarded", "for=203.0.113.7").with("x-real-ip", OFFICE);
    let answer = app.browser().send(&forged);
    assert!(answer.leads_to().starts_with("https://www.acme-shoes.example/"));
}

#[test]
fn who_begins_in_the_office_finishes_there() {
    let app = app();
    let staff = json!({ "email": "ann@acme.example", "aud": SSO });
    let site = "https://intranet.acme.example";
    let mut ann = app.browser();
    ann.send(&login(OFFICE));
    let away = ann.send(&posted(HOME, site, &app.assertion(STAFF, &staff)));
    assert_eq!(away.status, 409, "elsewhere");
    let here = ann.send(&posted("203.0.113.99", site, &app.assertion(STAFF, &staff)));
    assert!(here.is_hand_off(), "at another desk");

    let mut joe = app.browser();
    joe.send(&login(HOME));
    let answer = joe.send(&posted(OFFICE, SHOES_SITE, &app.assertion(SHOES, &json!({}))));
    assert_eq!(answer.status, 409, "the office's rules are others'");
    let answer = joe.send(&posted(HOME, SHOES_SITE, &app.assertion(SHOES, &json!({}))));
    assert!(answer.is_hand_off());
}

#[test]
fn both_path_and_address_must_hold() {
    let route = "- path: '^/agent(/|$)'\n";
    let proxy = "server:\n  client_address: forwarded\n  trusted_proxies: [127.0.0.1]\n";
    let both = "- path: '^/agent(/|$)'\n        client_ip: [203.0.113.7]\n";
    let app = App::with(&BRANDS.replace("server:\n", proxy).replace(route, both));
    let leads = |page: &str, from: &str| {
        let to =
            format!("brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example{page}");
        let request = Request::get(&format!("{SSO}/login?{to}"));
        let request = request.from("https://acme.zendesk.com").with("forwarded", from);
        app.browser().send(&request).location().to_owned()
    };
    assert!(leads("/agent/1", "for=203.0.113.7").starts_with("https://intranet"));
    assert!(leads("/hc", "for=203.0.113.7").starts_with("https://www.acme-shoes"));
    assert!(leads("/agent/1", "for=203.0.113.8").starts_with("https://www.acme-shoes"));
    assert!(leads("/agent/1", "for=_hidden").starts_with("https://www.acme-shoes"));
}

#[test]
fn behind_a_proxy_that_nobody_has_named_no_address_counts() {
    let route = "- path: '^/agent(/|$)'\n";
    let app = App::changed(route, "- client_ip: [0.0.0.0/0, '::/0']\n");
    let answer = app.browser().login(TO_SHOES);
    assert!(answer.location().starts_with("https://www.acme-shoes.example/"));
}

#[test]
fn a_header_that_nobody_believes_is_told_once_with_what_to_write() {
    let app = App::start();
    for from in [HOME, OFFICE] {
        let request = Request::get(&format!("{SSO}/logout?brand_id=9"));
        app.send(&request.with("x-forwarded-for", from));
    }
    let lines = log::lines("is no trusted proxy");
    assert_eq!(lines.len(), 1, "{lines:?}");
    let message = lines[0]["message"].as_str().unwrap();
    assert!(message.starts_with("somebody in 127.0.0.0/24 sends `x-forwarded-for`"), "{message}");
    assert!(message.contains("`server.client_address: x_forwarded_for`"), "{message}");
    assert!(!message.contains(HOME) && !message.contains(OFFICE), "{message}");
}
