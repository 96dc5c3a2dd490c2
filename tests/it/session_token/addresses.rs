//! Two addresses of ours: what lies beneath the site's cookie, and what one says to the other.

use serde_json::json;

use super::service::{AT, Games, SSO, STRANGER, TO_GAMES, assert_refused, handed_off};
use crate::support::browser::Request;

const HELP: &str = "https://help.acme-games.example";
const TO_SHOES: &str = "brand_id=360000000001";
const QUESTION: &str = "Continue to Acme ";

#[test]
fn beneath_the_sites_cookie_there_is_nothing_but_its_sign_in() {
    let games = Games::start();
    let mut joe = games.person();
    // (what is asked for, where the page leads)
    let elsewhere = [
        ("/login?brand_id=360000000001", "/login?brand_id=360000000001"),
        ("/login/?return_to=%2Fhc", "/login/?return_to=%2Fhc"),
        ("/start/shoes?to=/hc", "/start/shoes?to=/hc"),
        ("/logout?brand_id=360000000001", "/logout?brand_id=360000000001"),
        (
            "/backends/shoes-site/login?brand_id=360000000001",
            "/backends/shoes-site/login?brand_id=360000000001",
        ),
        ("/", "/login"),
        ("/access/jwt?jwt=a.b.c", "/login"),
        ("/access/jwt/", "/login"),
        ("/backends/shoes-site/access/jwt?jwt=a.b.c", "/login"),
        ("/backends/games-login/access/jwt?jwt=a.b.c", "/login"),
        ("/backends/shoes-site/reauthenticate", "/login"),
        ("/backends/shoes-site/not-me?brand_id=360000000001", "/login"),
        ("/backends/shoes-site/sign-in", "/login"),
        ("/callback/shoes-site?code=x", "/login"),
        ("/sign-in/x", "/login"),
        ("/hand-off", "/login"),
        ("/logout/done/shoes-site", "/login"),
        ("/nothing", "/login"),
    ];
    for (asked, right) in elsewhere {
        let answer = joe.open(&format!("{AT}{asked}"), STRANGER);
        assert_refused(&answer, 404, "other-address", asked);
        assert_eq!(answer.sets(), [""; 0], "{asked}");
        assert_eq!(answer.links().remove(0), format!("{SSO}{right}"), "{asked}");
        assert!(!answer.body.contains("a.b.c"), "{asked}");
        let post = joe.send(&Request::post(&format!("{AT}{asked}"), "jwt=a.b.c").from(STRANGER));
        assert!(matches!(post.status, 404 | 405), "{asked}: {}", post.status);
    }
    // Positive controls: what does lie there, and that the others lie at the first address.
    for asset in ["/assets/brandgate.css", "/robots.txt", "/favicon.ico"] {
        assert!(joe.open(&format!("{AT}{asset}"), AT).status < 300, "{asset}");
    }
    let answer = joe.open(&format!("{AT}/continue"), AT);
    assert_refused(&answer, 405, "method-not-allowed", "the answer to a question");
    let answer = joe.open(&format!("{AT}/callback/games-login/"), AT);
    assert_refused(&answer, 400, "flow-missing", "the way back");
    for path in ["login", "login/", "reauthenticate"] {
        let answer = joe.open(&format!("{AT}/backends/games-login/{path}?{TO_GAMES}"), HELP);
        assert!(answer.opens_a_flow(), "{path}");
    }
    let not_me = joe.open(&format!("{AT}/backends/games-login/not-me?{TO_GAMES}"), AT);
    assert_eq!((not_me.status, not_me.title().as_str()), (200, "Please sign out there first"));
    assert!(joe.open(&format!("{SSO}/login?{TO_SHOES}"), STRANGER).opens_a_flow());
    let answer = joe.open(&format!("{SSO}/access/jwt?jwt=a.b.c"), STRANGER);
    assert_refused(&answer, 400, "assertion-unreadable", "an assertion");
}

#[test]
fn a_page_at_our_other_address_vouches_for_nobody() {
    let games = Games::start();
    let planted = games.token(&json!({}));
    let there = &format!("{AT}/backends/games-login/login?{TO_GAMES}");
    let back = &format!("{AT}/callback/games-login");
    // A page of ours leads to the shoes, whose site leads to the games with a planted cookie.
    let mut joe = games.person();
    assert!(joe.open_hidden(&format!("{SSO}/login?{TO_SHOES}")).onward().is_some());
    joe.has(&planted);
    let answer = joe.open(there, SSO);
    assert!(!answer.is_hand_off() && answer.title().starts_with(QUESTION), "{}", answer.body);
    assert!(!answer.text().contains("sso.acme.example"), "our own page is no stranger's");
    handed_off(&joe.clone().open(there, HELP));
    // The same on the way back, and with a token in the address, after a flow was opened so.
    for (what, cookie, query) in
        [("a cookie", true, String::new()), ("a token", false, format!("?token={planted}"))]
    {
        let mut joe = games.person();
        joe.open_hidden(&format!("{SSO}/login?{TO_SHOES}"));
        assert!(joe.open(there, SSO).opens_a_flow(), "{what}");
        if cookie {
            joe.has(&planted);
        }
        let answer = joe.clone().open(&format!("{back}{query}"), SSO);
        assert!(!answer.is_hand_off() && answer.title().starts_with(QUESTION), "{what}");
        handed_off(&joe.open(&format!("{back}{query}"), HELP));
    }
}

#[test]
fn where_a_proxy_hides_which_address_was_asked_our_pages_vouch_for_nobody() {
    let games = Games::start();
    let shoes = "shoes-secret-of-the-games-0123456789abcdef";
    // (what, the host that the proxy names, whether our page is believed)
    for (what, host, is_believed) in
        [("the proxy's own", "127.0.0.1:8080", false), ("ours", "sso.acme.example", true)]
    {
        let mut joe = games.person();
        let by_mail = Request::get(&format!("{SSO}/login?{TO_SHOES}"));
        assert!(joe.send(&by_mail.with("host", host)).onward().is_some(), "{what}");
        let jwt = games.assertion(shoes, &json!({}));
        let brought = Request::get(&format!("{SSO}/access/jwt?jwt={jwt}")).from(SSO);
        let answer = joe.send(&brought.with("host", host));
        assert_eq!(answer.is_hand_off(), is_believed, "{what}: {}", answer.body);
        assert!(is_believed || answer.title().starts_with(QUESTION), "{what}");
    }
}
