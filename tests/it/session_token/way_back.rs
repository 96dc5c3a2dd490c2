//! The way back: taken only by the browser that holds the flow.

use serde_json::json;

use super::service::{
    AT, DESTINATION, Games, LOGIN, SSO, STRANGER, TO_GAMES, assert_refused, handed_off,
};
use crate::support::browser::Request;

#[test]
fn a_token_in_the_address_is_taken_from_the_login_page() {
    let games = Games::start();
    for from in [LOGIN, AT, "https://help.acme-games.example"] {
        let mut joe = games.person();
        let at = format!("{AT}/backends/games-login/login?{TO_GAMES}");
        joe.open(&at, from).leads_to();
        let back = format!("{AT}/callback/games-login?token={}&locale=en", games.token(&json!({})));
        let answer = joe.open(&back, from);
        assert_eq!(handed_off(&answer)["email"], "joe@example.com", "from {from}");
        assert_eq!(answer.field("return_to"), DESTINATION);
        assert!(!answer.body.contains("/callback/"), "the page shows another address at once");
        assert!(
            answer.body.contains("replaceState(null, \"\", \"/access/jwt\")"),
            "{}",
            answer.body
        );
    }
}

#[test]
fn a_token_that_a_strangers_page_sends_is_asked_about() {
    let games = Games::start();
    let back = format!("{AT}/callback/games-login?token={}", games.token(&json!({})));
    let questions = [
        ("a stranger's page", Some(STRANGER)),
        ("the issuer, whom others have too", Some("https://login.xsolla.com")),
        ("a page that hides itself", None),
        ("a look-alike", Some("https://login.acme-games.example.evil.example")),
        ("a neighbour", Some("https://forum.acme-games.example")),
        ("another port", Some("https://login.acme-games.example:8443")),
    ];
    for (what, from) in questions {
        let mut joe = games.person();
        joe.sign_in(TO_GAMES).leads_to();
        let question = match from {
            Some(from) => joe.open(&back, from),
            None => joe.open_hidden(&back),
        };
        assert_eq!(question.status, 200, "{what}");
        assert!(!question.is_hand_off(), "{what}");

        let stranger = joe.clone().confirm(&question, STRANGER);
        assert_refused(&stranger, 403, "confirmation-refused", "a stranger's answer");
        let other = joe.somebody_else().confirm(&question, AT);
        assert_refused(&other, 403, "confirmation-refused", "in another browser");
        let answer = joe.confirm(&question, AT);
        assert_eq!(handed_off(&answer)["email"], "joe@example.com", "{what}");
        assert_eq!(answer.field("return_to"), DESTINATION);
        // The flow is used: neither the question nor the token can be answered again.
        assert_refused(&joe.open(&back, LOGIN), 409, "flow-used", what);
    }
}

#[test]
fn the_browsers_own_cookie_needs_no_question() {
    let games = Games::start();
    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    joe.has(&games.token(&json!({})));
    let answer = joe.open(&format!("{AT}/callback/games-login?token="), LOGIN);
    assert_eq!(handed_off(&answer)["email"], "joe@example.com");
}

#[test]
fn nobody_comes_back_who_has_not_asked_to_sign_in_here() {
    let games = Games::start();
    let back = format!("{AT}/callback/games-login?token={}", games.token(&json!({})));
    let mut joe = games.person();
    assert_refused(&joe.open(&back, LOGIN), 400, "flow-missing", "no flow");
    joe.has(&games.token(&json!({})));
    assert_refused(&joe.come_back(""), 400, "flow-missing", "a cookie is no flow");

    let to_shoes = "return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    let mut sue = games.person();
    let begun = sue.open(&format!("{SSO}/login?{to_shoes}"), STRANGER);
    assert!(begun.flows()[0].ends_with("; SameSite=None"), "{begun:?}");
    let there = back.replace(AT, SSO);
    assert_refused(&sue.open(&there, LOGIN), 400, "flow-foreign", "another backend's flow");

    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    games.clock.advance(3600);
    assert_refused(&joe.come_back(""), 410, "flow-expired", "an hour later");
    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    assert_refused(&joe.come_back(""), 400, "no-token", "with neither token nor cookie");
    handed_off(&joe.come_back(&format!("?token={}", games.token(&json!({})))));
}

#[test]
fn of_two_tabs_each_comes_back_to_its_own_page_where_the_provider_tells() {
    let games = Games::start();
    let to = |path: &str| format!("return_to=https%3A%2F%2Fhelp.acme-games.example%2F{path}");
    let mut joe = games.person();
    joe.sign_in(&to("one")).leads_to();
    games.clock.advance(1);
    joe.sign_in(&to("two")).leads_to();
    games.clock.advance(1);
    joe.sign_in(&to("three")).leads_to();
    joe.has(&games.token(&json!({})));
    let mut landed = |query: &str| joe.come_back(query).field("return_to");
    let help = "https://help.acme-games.example";
    assert_eq!(landed(&format!("?{}", to("one"))), format!("{help}/one"));
    assert_eq!(landed(""), format!("{help}/three"), "else the newest");
    assert_eq!(landed("?return_to=https%3A%2F%2Fevil.example%2F"), format!("{help}/two"));
}

#[test]
fn the_way_back_is_a_visit_and_nothing_else() {
    let games = Games::start();
    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    joe.has(&games.token(&json!({})));
    let url = &format!("{AT}/callback/games-login");
    assert_refused(
        &joe.send(&Request::post(url, "a=b").from(LOGIN)),
        405,
        "method-not-allowed",
        "a form",
    );
    // A look that wants no page must not use the flow up.
    let look = Request::new("HEAD", url).from(LOGIN);
    assert_eq!(joe.send(&look).status, 405);
    let guess = Request::get(url).from(LOGIN).with("sec-purpose", "prefetch");
    assert_refused(&joe.send(&guess), 503, "prefetch", "a guess of the browser's");
    let frame = Request::get(url).from(LOGIN).with("sec-fetch-dest", "iframe");
    assert_refused(&joe.send(&frame), 400, "flow-missing", "a frame");
    for (backend, what) in [("nobody", "no backend"), ("shoes-site", "one that has no way back")] {
        let answer = joe.open(&format!("{SSO}/callback/{backend}"), LOGIN);
        assert_refused(&answer, 404, "not-found", what);
    }
    for query in ["?token=a&token=b", "?Token=a", "?token[]=a", "?token=%zz"] {
        let answer = joe.come_back(query);
        assert_refused(&answer, 400, "malformed-request", query);
    }
    // Nobody reads it after us: the `;` belongs to the token, and makes it none.
    assert_refused(&joe.come_back("?token=a;b"), 400, "assertion-unreadable", "a `;`");
    let long = "x".repeat(17 * 1024);
    assert_refused(&joe.come_back(&format!("?token={long}")), 413, "token-too-large", "17 KB");
    handed_off(&joe.come_back(""));
}

#[test]
fn whoever_a_stranger_sends_stays_a_strangers_visitor_until_they_are_back() {
    let games = Games::start();
    for path in ["login", "reauthenticate"] {
        let mut joe = games.person();
        let at = format!("{AT}/backends/games-login/{path}?{TO_GAMES}");
        let sent = joe.open(&at, STRANGER);
        // A page of ours in between would be the sender that is believed about a planted cookie.
        assert_eq!((sent.status, sent.headers("location").len()), (302, 1), "{path}");
        joe.has(&games.token(&json!({})));
        let question = joe.open(&format!("{AT}/callback/games-login"), STRANGER);
        assert!(question.body.contains("Continue to Acme Games as"), "{path}");
    }
    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    let back = format!("{AT}/callback/games-login?token={}", games.token(&json!({})));
    let question = joe.open(&back, AT);
    assert!(question.body.contains("Continue to Acme Games as"), "our page led nowhere");
}

#[test]
fn nobody_comes_or_comes_back_while_the_backend_is_closed() {
    let games = Games::start();
    let mut joe = games.person();
    joe.sign_in(TO_GAMES).leads_to();
    let back = format!("{AT}/callback/games-login?token={}", games.token(&json!({})));
    let kind = "type: session_token";
    games.reload(&[(kind, &format!("{kind}\n    closed: Back on Monday"))]);
    let asked = games.provider.asked();
    assert_refused(&joe.open(&back, LOGIN), 403, "closed", "an open flow");
    joe.has(&games.token(&json!({})));
    let at = format!("{AT}/backends/games-login/login?{TO_GAMES}");
    assert_refused(&joe.open(&at, LOGIN), 403, "closed", "with the cookie");
    assert_eq!(games.provider.asked(), asked, "nobody asks the provider about them");
    games.reload(&[]);
    assert_eq!(handed_off(&joe.open(&back, LOGIN))["email"], "joe@example.com");
}
