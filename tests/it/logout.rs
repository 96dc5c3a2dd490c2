//! `GET /logout`: the remote logout URL, at which Zendesk also reports errors.

use std::collections::BTreeSet;

use brandgate::clock::Clock;
use serde_json::json;

use crate::support::app::{App, SHOES_SITE, SSO, TO_BOOTS, TO_SHOES, assert_refused, encoded};
use crate::support::browser::{Browser, Request};
use crate::support::{assertion, log};

const SHOES: &str = "https://www.acme-shoes.example/zdlogout.php?";
const COFFEE: &str = "https://www.acme-coffee.example/out?";

#[test]
fn a_sign_out_reaches_the_brands_own_logout() {
    let app = App::start();
    let cases = [
        (
            "without personal data, unless asked for",
            "brand_id=360000000001&email=joe%40example.com&external_id=7&return_to=%2Fhc&x=%41",
            format!("{SHOES}brand_id=360000000001&return_to=%2Fhc&x=%41"),
        ),
        (
            "with personal data, where asked for",
            "brand_id=360000000003&email=joe%40example.com&external_id=7",
            format!("{COFFEE}brand_id=360000000003&email=joe%40example.com&external_id=7"),
        ),
        (
            "blanks, from those who opted out",
            "brand_id=360000000003&email=&external_id=&return_to=",
            format!("{COFFEE}brand_id=360000000003&email=&external_id=&return_to="),
        ),
        (
            "by return_to, where there is no id",
            "return_to=https://help.acme-shoes.example/hc",
            format!("{SHOES}return_to=https://help.acme-shoes.example/hc"),
        ),
        (
            "by id first: another brand's address is left behind",
            "brand_id=360000000001&return_to=https://help.acme-coffee.example/&x=1",
            format!("{SHOES}brand_id=360000000001&x=1"),
        ),
        (
            "a said kind",
            "kind=info&brand_id=360000000001",
            format!("{SHOES}kind=info&brand_id=360000000001"),
        ),
        (
            "an address that is nobody's is left behind",
            "brand_id=360000000001&return_to=https://evil.example/",
            format!("{SHOES}brand_id=360000000001"),
        ),
        (
            "one that cannot be read is left behind",
            "brand_id=360000000001&return_to=%zz",
            format!("{SHOES}brand_id=360000000001"),
        ),
        (
            "the brand's home takes the place of /access",
            "brand_id=360000000001&return_to=https://help.acme-shoes.example/access/logout",
            format!(
                "{SHOES}brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2F"
            ),
        ),
    ];
    for (what, query, expected) in cases {
        let answer = app.browser().logout(query);
        assert_eq!(answer.location(), expected, "{what}");
        assert!(!answer.opens_a_flow(), "{what}");
    }
}

#[test]
fn a_backend_without_a_logout_ends_on_a_page_of_ours() {
    let app = App::start();
    let choice = || vec!["https://sso.acme.example/login"];
    let cases = [
        (
            "Zendesk's own sign-in",
            "brand_id=360000000005",
            vec!["https://help.acme-games.example/"],
        ),
        (
            "a site without a logout",
            "brand_id=360000000004",
            vec!["https://help.acme-books.example/"],
        ),
        ("an unknown brand", "brand_id=17", choice()),
        ("nothing at all", "", choice()),
        ("a stranger's address", "return_to=https://evil.example/", choice()),
        ("blanks", "brand_id=&email=&external_id=&return_to=", choice()),
        ("the account itself", "return_to=https://acme.zendesk.com/", choice()),
    ];
    for (what, query, links) in cases {
        let answer = app.browser().logout(query);
        assert_eq!((answer.status, answer.title().as_str()), (200, "You are signed out"), "{what}");
        assert_eq!(answer.links(), links, "{what}");
        for begins in ["<script", "http-equiv", "<form", "<iframe", "evil"] {
            assert!(!answer.body.contains(begins), "{what}: {begins} on a page that only says so");
        }
    }
}

#[test]
fn an_error_is_explained_in_our_own_words_and_signs_nobody_out() {
    let app = App::start();
    let blocked = "Users with the email address joe@example.com are not allowed to sign up for \
                   this help desk";
    let wrong = "JWT signature invalid. The signature cannot be verified, check that your tokens \
                 match.";
    let cases = [
        ("Invalid JWT Request", "zendesk-invalid-request"),
        (wrong, "zendesk-signature"),
        (blocked, "zendesk-not-allowed"),
        ("User is invalid: External has already been taken", "zendesk-external-id"),
        ("jti has already been used", "zendesk-token-used"),
        ("The unique user identifier has been reused", "zendesk-token-used"),
        ("Not enough or too many segments", "zendesk-unreadable"),
        ("iat is too old", "zendesk-clock"),
        ("Rate limit exceeded", "zendesk-rate-limit"),
        ("", "zendesk-unknown"),
        ("Computer says no", "zendesk-unknown"),
    ];
    let mut said = BTreeSet::new();
    for (message, kind) in cases {
        let mut joe = app.browser();
        let query = format!("brand_id=360000000001&kind=error&message={}", encoded(message));
        let answer = joe.logout(&query);
        assert_eq!(answer.status, 200, "{message}");
        assert!(answer.headers("set-cookie").is_empty(), "{message}");
        assert!(message.is_empty() || !answer.body.contains(message), "{message}");
        assert!(!answer.body.contains("zdlogout"), "nobody is signed out: {message}");
        let again =
            "/login?brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2F";
        // Where another try would only end here again, the page does not propose one.
        let is_lasting = ["zendesk-signature", "zendesk-external-id"].contains(&kind);
        let way_on = if is_lasting { "https://help.acme-shoes.example/" } else { again };
        let support = "mailto:help@acme-shoes.example";
        let expected = if is_lasting { [support, way_on] } else { [way_on, support] };
        assert_eq!(answer.links(), expected, "{message}");
        let line = log::line(&answer.trace());
        assert_eq!((line["kind"].as_str(), line["fault"].as_str()), (Some(kind), Some("zendesk")));
        said.insert((kind, answer.title()));
    }
    let titles: BTreeSet<_> = said.iter().map(|it| &it.1).collect();
    assert_eq!((said.len(), titles.len()), (9, 9), "each has a title of its own: {said:?}");
}

#[test]
fn what_nobody_knows_is_counted() {
    let app = App::start();
    let count = |message: &str| {
        let answer = app.browser().logout(&format!("kind=error&message={}", encoded(message)));
        log::line(&answer.trace())["zendesk.unknown"].as_u64()
    };
    assert_eq!(count("Computer says no"), Some(1));
    assert_eq!(count("Invalid JWT Request"), None);
    assert_eq!(count("Your trial has expired"), Some(2));
}

#[test]
fn any_kind_that_is_no_sign_out_is_an_error() {
    let app = App::start();
    for kind in ["error", "warning", "ERROR", "info2", "Info", "%3Cscript%3E"] {
        let answer = app.browser().logout(&format!("brand_id=360000000001&kind={kind}&message=x"));
        assert_eq!(answer.title(), "The help center did not sign you in", "{kind}");
    }
    let anybody = app.browser().logout("kind=error&message=Invalid+JWT+Request");
    let plus = "a + is a blank to whoever explains it";
    assert_eq!(anybody.title(), "The help center did not accept the sign-in", "{plus}");
    assert_eq!(
        anybody.links(),
        ["https://sso.acme.example/login"],
        "no brand, so there is a choice"
    );
}

#[test]
fn what_zendesk_refuses_right_after_a_hand_off_leads_back_to_that_page() {
    let app = App::start();
    let error = "kind=error&message=The+unique+user+identifier+has+been+reused";
    let (coffee, requests) = (
        encoded("https://help.acme-coffee.example/"),
        encoded("https://help.acme-shoes.example/hc/requests"),
    );
    let of_shoes = format!("brand_id=360000000001&return_to={requests}");
    let mut joe = app.browser();
    joe.login(&of_shoes);
    let begun = joe.logout(error);
    assert_eq!(begun.links()[0], "https://sso.acme.example/login", "nothing was handed off");
    assert!(joe.sign_in(&of_shoes, assertion::SHOES, &json!({})).is_hand_off());
    joe.login("brand_id=360000000003");
    let cases = [
        ("no brand", String::new(), of_shoes.clone()),
        ("its brand", "&brand_id=360000000001".to_owned(), of_shoes.clone()),
        (
            "a page",
            format!("&return_to={}", encoded("https://help.acme-shoes.example/hc")),
            of_shoes.replace(&requests, &encoded("https://help.acme-shoes.example/hc")),
        ),
        (
            "another brand",
            "&brand_id=360000000003".to_owned(),
            format!("brand_id=360000000003&return_to={coffee}"),
        ),
    ];
    for (what, more, again) in &cases {
        let answer = joe.logout(&format!("{error}{more}"));
        assert_eq!(answer.title(), "This sign-in has been used", "{what}");
        assert_eq!(answer.links()[0], format!("/login?{again}"), "{what}");
    }
    app.clock.advance(3600);
    let late = joe.logout(error);
    assert_eq!(late.links()[0], "https://sso.acme.example/login", "an hour later");
}

#[test]
fn what_zendesk_refuses_leads_to_no_page_where_hand_offs_are_of_several_brands() {
    let app = App::start();
    let error = "kind=error&message=The+unique+user+identifier+has+been+reused";
    let (requests, boots) = (
        "https://help.acme-shoes.example/hc/requests",
        "https://help.acme-boots.example/hc/requests",
    );
    let (to_shoes, to_boots) = (
        format!("brand_id=360000000001&return_to={}", encoded(requests)),
        format!("brand_id=360000000002&return_to={}", encoded(boots)),
    );
    let jwt = || app.assertion(assertion::SHOES, &json!({}));
    let mut joe = app.browser();
    joe.login(&to_shoes);
    app.clock.advance(60);
    joe.login(&to_boots);
    assert!(joe.submit(SHOES_SITE, &jwt(), Some(boots)).is_hand_off());
    let one = joe.logout(error);
    assert_eq!(one.links()[0], format!("/login?{to_boots}"), "one of them is done");
    assert!(joe.submit(SHOES_SITE, &jwt(), Some(requests)).is_hand_off());
    let both = joe.logout(error);
    assert_eq!(both.links()[0], "https://sso.acme.example/login", "begun first, handed off last");
    let named = joe.logout(&format!("{error}&brand_id=360000000001"));
    assert!(named.links()[0].starts_with("/login?brand_id=360000000001"), "where Zendesk says it");
    app.clock.advance(3560);
    let left = joe.logout(error);
    assert_eq!(left.links()[0], format!("/login?{to_boots}"), "the other's hour is over");
}

#[test]
fn a_hand_off_of_a_brand_that_would_begin_otherwise_now_counts_among_them() {
    let app = App::start();
    let error = "kind=error&message=The+unique+user+identifier+has+been+reused";
    let mut joe = app.browser();
    assert!(joe.sign_in(TO_BOOTS, assertion::SHOES, &json!({})).is_hand_off());
    assert!(joe.sign_in(TO_SHOES, assertion::SHOES, &json!({})).is_hand_off());
    for (from, to) in [("'^/agent(/|$)'", "'^/hc'"), ("\n  shoes:\n", "\n  sneakers:\n")] {
        let now = App::changed(from, to);
        let mut there = Browser::new(Clock::default(), Some(now.address()));
        there.jar = joe.jar.clone();
        let answer = there.send(&Request::get(&format!("{SSO}/logout?{error}")));
        assert_eq!(answer.links()[0], "https://sso.acme.example/login", "{to}");
    }
}

#[test]
fn what_somebody_writes_into_a_link_is_never_shown() {
    let app = App::start();
    let attacks = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title><script>alert(1)</script>",
        "{{1234*5678}} ${1234*5678} <%= 1234*5678 %> alert(1)",
        "Call alert(1) +1 555 0100 to unlock your account",
        "javascript:alert(1)",
        "&#60;script&#62;alert(1)",
    ];
    for attack in attacks {
        let text = encoded(attack);
        for query in [
            format!("kind=error&message={text}"),
            format!("kind={text}&message={text}&brand_id=360000000001"),
            format!("kind=error&message={text}&brand_id=360000000001&email={text}&x={text}"),
            format!("brand_id=360000000005&email={text}&external_id={text}&name={text}"),
        ] {
            let answer = app.browser().logout(&query);
            assert_eq!(answer.status, 200, "{query}");
            for part in ["alert", "1234*5678", "7006652", "unlock"] {
                assert!(!answer.body.contains(part), "{part} of {attack}");
            }
        }
    }
}

#[test]
fn a_message_is_logged_without_what_it_says_of_people() {
    let app = App::start();
    let message =
        "User joe@example.com (id 4711)\r\nhas a bad\u{1b}[31m day, see https://x.example/?a=b";
    let answer = app.browser().logout(&format!("kind=error&message={}", encoded(message)));
    let line = log::line(&answer.trace());
    assert_eq!(line["zendesk.message"], "User … (id ####) has a bad [##m day, see …");
    let long = app.browser().logout(&format!("kind=error&message={}", "x+".repeat(2500)));
    assert_eq!(log::line(&long.trace())["zendesk.message"].as_str().map(str::len), Some(199));
}

#[test]
fn parameters_that_others_read_differently_are_refused() {
    let app = App::start();
    for query in [
        "brand_id=1&brand_id=2",
        "Brand_Id=1",
        "brand.id=1",
        "brand%5Fid=1",
        "brand_id=x",
        "brand_id=-1",
        "brand_id=99999999999999999999",
        "kind=%zz",
        "kind=error&message=%ff",
        "kind[]=error",
        "email=a;b=c",
    ] {
        let answer = app.browser().logout(query);
        assert_refused(&answer, 400, "malformed-request", query);
        assert!(answer.headers("set-cookie").is_empty(), "{query}");
    }
}

#[test]
fn a_sign_out_that_a_page_of_ours_began_does_not_say_so_to_the_site() {
    let app = App::start();
    let not_me = format!("{SSO}/backends/shoes-site/not-me?brand_id=360000000001");
    let logout = format!("{SSO}/logout?brand_id=360000000001");
    let cases = [
        ("This is not me", &not_me, SSO, "no-referrer"),
        ("a link on a page of ours", &logout, SSO, "no-referrer"),
        ("the help center", &logout, "https://help.acme-shoes.example", "strict-origin"),
    ];
    for (what, url, from, policy) in cases {
        let answer = app.browser().send(&Request::get(url).from(from));
        assert!(answer.location().starts_with(SHOES), "{what}");
        assert_eq!(answer.header("referrer-policy"), Some(policy), "{what}");
    }
}
