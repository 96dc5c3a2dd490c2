//! The provider's keys: both forms, exchanged under way, and a provider in trouble.

use serde_json::json;

use super::service::{AT, Games, LOGIN, Person, TO_GAMES, assert_refused, handed_off};
use crate::support::log;
use crate::support::provider::{self, Form};

/// Comes with a cookie by the key `kid`.
fn with_key<'g>(games: &'g Games, kid: &str) -> Person<'g> {
    let mut joe = games.person();
    joe.has(&provider::signed(kid, &games.claims(&json!({}))));
    joe
}

#[test]
fn the_hexadecimal_form_is_read_as_well() {
    let games = Games::start();
    games.provider.publishes(Form::Hex, &["a", "b"]);
    for kid in ["a", "b"] {
        handed_off(&with_key(&games, kid).sign_in(TO_GAMES));
    }
    assert_eq!(games.provider.asked(), 1);
}

#[test]
fn a_key_that_is_exchanged_under_way_is_found() {
    let games = Games::start();
    games.provider.publishes(Form::Hex, &["a"]);
    let mut joe = with_key(&games, "a");
    handed_off(&joe.sign_in(TO_GAMES));
    games.provider.publishes(Form::Hex, &["b"]);

    handed_off(&with_key(&games, "b").sign_in(TO_GAMES));
    assert_eq!(games.provider.asked(), 2);
    assert!(joe.sign_in(TO_GAMES).leads_to().starts_with(LOGIN), "the old key is withdrawn");

    // The next one within the minute is told to come back.
    games.provider.publishes(Form::Hex, &["c"]);
    let mut sue = with_key(&games, "c");
    assert!(sue.sign_in(TO_GAMES).leads_to().starts_with(LOGIN));
    assert_refused(&sue.come_back(""), 403, "session-key-unknown", "asked just now");
    assert_eq!(games.provider.asked(), 2);
    games.clock.advance(60);
    handed_off(&sue.come_back(""));
    assert_eq!(games.provider.asked(), 3);
}

#[test]
fn known_keys_serve_for_a_day_while_the_provider_is_away() {
    let games = Games::start();
    let mut joe = with_key(&games, "a");
    handed_off(&joe.sign_in(TO_GAMES));
    games.provider.is_away();
    games.clock.advance(3600);
    handed_off(&joe.sign_in(TO_GAMES));
    let warned = log::lines("what is known serves on: the backend is unavailable: key set");
    let levels: Vec<_> = warned.iter().map(|line| line["level"].as_str()).collect();
    assert_eq!(levels, [Some("WARN")], "somebody should look");
    games.clock.advance(23 * 3600);
    let mut sue = with_key(&games, "a");
    assert_refused(&sue.sign_in(TO_GAMES), 503, "backend-unavailable", "a day later");
    games.provider.publishes(Form::Jwks, &["a"]);
    assert_refused(&sue.sign_in(TO_GAMES), 503, "backend-unavailable", "not asked again yet");
    games.clock.advance(60);
    handed_off(&sue.sign_in(TO_GAMES));
}

#[test]
fn a_provider_in_trouble_is_an_outage_not_a_refusal() {
    let huge = format!(r#"{{"keys":[],"x":"{}"}}"#, "of-the-games".repeat(30_000));
    let cases = [
        ("HTML", "200 OK", "<title>of-the-games</title>"),
        ("500", "500 Oops", "{}"),
        ("a redirect", "302 Found", "{}"),
        ("wrong JSON", "200 OK", r#"{"of-the-games":[]}"#),
        ("300 KB", "200 OK", &huge),
    ];
    for (what, status, body) in cases {
        let games = Games::start();
        games.provider.says(status, body);
        for _ in 0..3 {
            let answer = with_key(&games, "a").sign_in(TO_GAMES);
            assert_refused(&answer, 503, "backend-unavailable", what);
            assert_eq!(log::line(&answer.trace())["level"], "WARN", "somebody should look");
            assert!(!answer.body.contains("of-the-games"), "{what}");
        }
        assert_eq!(games.provider.asked(), 1, "{what}: no storm of questions");
        // Who has no cookie is sent on all the same.
        assert!(games.person().sign_in(TO_GAMES).leads_to().starts_with(LOGIN), "{what}");
        games.clock.advance(60);
        games.provider.publishes(Form::Jwks, &["a"]);
        handed_off(&with_key(&games, "a").sign_in(TO_GAMES));
    }
}

#[test]
fn an_old_cookie_asks_nobody_anything() {
    let games = Games::start();
    games.provider.is_away();
    let mut joe = games.person();
    joe.has(&games.token(&json!({ "exp": 1_300_819_380 })));
    assert!(joe.sign_in(TO_GAMES).leads_to().starts_with(LOGIN));
    assert_eq!(games.provider.asked(), 0);
}

#[test]
fn a_key_that_cannot_be_asked_for_keeps_nobody_from_the_login_page() {
    let games = Games::start();
    games.provider.publishes(Form::Jwks, &["a"]);
    handed_off(&with_key(&games, "a").sign_in(TO_GAMES));
    games.provider.says("200 OK", "<title>of-the-games</title>");
    for _ in 0..2 {
        let mut sue = with_key(&games, "c");
        assert!(sue.sign_in(TO_GAMES).leads_to().starts_with(LOGIN));
        assert_refused(&sue.come_back(""), 503, "backend-unavailable", "nobody can say");
    }
    // Without any key nobody's cookie can be proven; there is a way past it all the same.
    let games = Games::start();
    games.provider.says("500 Oops", "{}");
    let mut joe = with_key(&games, "a");
    let answer = joe.sign_in(TO_GAMES);
    assert_refused(&answer, 503, "backend-unavailable", "no keys");
    let anew = answer.links().remove(0);
    assert!(anew.contains("/backends/games-login/reauthenticate?"), "{anew}");
    assert!(joe.open(&anew, AT).leads_to().starts_with(LOGIN));
}
