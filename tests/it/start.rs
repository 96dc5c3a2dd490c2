//! `GET /start/{brand}`: a link from a brand's own site.

use serde_json::json;

use crate::support::app::{App, SHOES_SITE, SSO, assert_refused, encoded};
use crate::support::assertion::SHOES;
use crate::support::browser::Request;

const HELP: &str = "https://help.acme-shoes.example";

#[test]
fn a_site_is_told_what_zendesk_would_have_said() {
    let app = App::start();
    let site = "https://www.acme-shoes.example/zdlogin.php?";
    // (what is behind the brand's name, where people will land)
    let cases = [
        ("?to=/hc/requests", "/hc/requests"),
        ("?to=%2Fhc%2Frequests%3Fpage%3D2%23comment_7", "/hc/requests?page=2#comment_7"),
        ("?to=/hc%3Fa%3D1%2B2%26b%3Dc%2520d", "/hc?a=1+2&b=c%20d"),
        ("?to=/hc/a+b", "/hc/a+b"),
        ("?to=/", "/"),
        ("", "/"),
        ("?utm_source=mail", "/"),
        ("?to=/access/jwt", "/"),
        ("?to=/hc/../%2561ccess/logout", "/"),
    ];
    for (query, destination) in cases {
        let mut joe = app.browser();
        let request = Request::get(&format!("{SSO}/start/shoes{query}"));
        let answer = joe.send(&request.from("https://www.acme-shoes.example"));
        let now = app.clock.now();
        let told = |at| {
            let return_to = encoded(&format!("{HELP}{destination}"));
            format!("{site}brand_id=360000000001&return_to={return_to}&timestamp={at}")
        };
        let location = answer.location().to_owned();
        assert!([now, now - 1].map(told).contains(&location), "{query}: {location}");
        assert!(answer.opens_a_flow(), "{query}");
    }
}

#[test]
fn each_backend_begins_as_it_does_at_the_remote_login_url() {
    let app = App::start();
    let cases = [
        (
            "coffee",
            "https://www.acme-coffee.example/in?from=help&brand_id=360000000003&",
            "#/sign-in",
            true,
        ),
        ("books", "https://www.acme-books.example/in?brand_id=360000000004&", "", false),
        (
            "games",
            "https://acme-games.zendesk.com/access/normal?return_to=",
            "%2Fhc%2Frequests",
            false,
        ),
        // Zendesk's own page of a brand without a host there is the account's.
        ("puzzles", "https://acme.zendesk.com/access/normal?return_to=", "%2Fhc%2Frequests", false),
    ];
    for (brand, start, end, opens) in cases {
        let answer =
            app.browser().send(&Request::get(&format!("{SSO}/start/{brand}?to=/hc/requests")));
        let location = answer.leads_to();
        assert!(location.starts_with(start) && location.ends_with(end), "{brand}: {location}");
        assert_eq!(answer.opens_a_flow(), opens, "{brand}");
    }
    let answer =
        app.browser().send(&Request::get(&format!("{SSO}/start/shoes?to=/agent/tickets/1")));
    let location = answer.onward().unwrap();
    assert!(location.starts_with("https://intranet.acme.example/zendesk?"), "a route");
}

#[test]
fn nothing_but_a_path_of_the_brand_is_a_destination() {
    let app = App::start();
    for to in [
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example/",
        "https://help.acme-coffee.example/hc",
        "https://help.acme-shoes.example/hc",
        "javascript:alert(1)",
        "hc/requests",
        "@evil.example",
        "/hc\r\nSet-Cookie: x",
    ] {
        let answer = app.get(&format!("/start/shoes?to={}", encoded(to)));
        // Whoever follows some of them stays with us: they are mistakes, and no attacks.
        let is_ours = !to.contains("evil") && !to.contains("coffee") && !to.contains("script:");
        let is_ours = is_ours || to == "@evil.example";
        let kind = if is_ours { "return-to-miswritten" } else { "return-to-refused" };
        assert_refused(&answer, 400, kind, to);
    }
}

#[test]
fn what_cannot_begin_says_why() {
    let app = App::start();
    let cases = [
        ("no such brand", Request::get(&format!("{SSO}/start/nobody?to=/hc")), 404, "not-found"),
        ("no brand", Request::get(&format!("{SSO}/start/")), 404, "not-found"),
        ("a name in capitals", Request::get(&format!("{SSO}/start/Shoes")), 404, "not-found"),
        (
            "twice",
            Request::get(&format!("{SSO}/start/shoes?to=/a&to=/b")),
            400,
            "malformed-request",
        ),
        (
            "a POST",
            Request::post(&format!("{SSO}/start/shoes"), "to=/hc"),
            405,
            "method-not-allowed",
        ),
    ];
    for (what, request, status, kind) in cases {
        assert_refused(&app.send(&request), status, kind, what);
    }
}

#[test]
fn its_loops_end_too() {
    let (app, start) = (App::start(), Request::get(&format!("{SSO}/start/shoes?to=/hc")));
    let mut joe = app.browser();
    for _ in 0..5 {
        assert!(joe.send(&start).opens_a_flow());
        assert!(joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None).is_hand_off());
    }
    assert_refused(&joe.send(&start), 429, "loop", "the sixth");
}
