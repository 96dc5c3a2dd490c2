//! A browser that goes round in circles is stopped, and one with many tabs is not.

use serde_json::json;

use crate::support::app::{App, Person, SHOES_SITE, TO_COFFEE, TO_SHOES, assert_refused, encoded};
use crate::support::assertion::SHOES;

/// Once round: the Help Center keeps no session and sends the browser back.
#[track_caller]
fn round(app: &App, joe: &mut Person<'_>, query: &str) {
    joe.login(query).location();
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(answer.is_hand_off(), "{}", answer.title());
}

fn to_ticket(number: usize) -> (String, String) {
    let page = format!("https://help.acme-shoes.example/hc/requests/{number}");
    (format!("brand_id=360000000001&return_to={}", encoded(&page)), page)
}

#[test]
fn the_fifth_return_right_after_a_hand_off_is_stopped() {
    let app = App::start();
    let mut joe = app.browser();
    for _ in 0..5 {
        round(&app, &mut joe, TO_SHOES);
    }
    let answer = joe.login(TO_SHOES);
    assert_refused(&answer, 429, "loop", "the fifth return");
    assert_eq!(answer.header("retry-after"), Some("60"));
    let lost = "https://help.acme-shoes.example/hc/requests";
    assert_eq!(answer.links()[0], lost, "the page that was lost, and never another sign-in");
    assert_eq!(joe.login(TO_SHOES).status, 429, "it stays stopped");
    assert_eq!(joe.login(TO_COFFEE).status, 302, "another page does not");
    assert_eq!(app.browser().login(TO_SHOES).status, 302, "nor another browser");

    app.clock.advance(61);
    assert_eq!(joe.login(TO_SHOES).status, 302, "after a minute");
}

#[test]
fn a_way_that_never_comes_back_counts_as_a_hand_off() {
    let app = App::start();
    let mut joe = app.browser();
    let books = "brand_id=360000000004";
    for count in 1..=5 {
        assert_eq!(joe.login(books).status, 302, "{count}");
    }
    let answer = joe.login(books);
    assert_refused(&answer, 429, "loop", "the fifth return");
    assert_eq!(answer.links()[0], "https://help.acme-books.example/");
}

#[test]
fn the_sixth_sign_out_on_end_is_stopped() {
    let app = App::start();
    let mut joe = app.browser();
    let out = format!("brand_id=360000000001&return_to={}", encoded("/hc/requests"));
    for count in 1..=5 {
        assert_eq!(joe.logout(&out).status, 302, "sign-out {count}");
    }
    let answer = joe.logout(&out);
    assert_refused(&answer, 429, "loop", "the sixth");
    assert_eq!(answer.links()[0], "https://help.acme-shoes.example/hc/requests");
    let error = joe.logout("brand_id=360000000001&kind=error&message=x");
    assert_eq!(error.status, 200, "what Zendesk reports is explained all the same");
    app.clock.advance(61);
    assert_eq!(joe.logout("brand_id=360000000001").status, 302, "after a minute");
}

#[test]
fn who_signs_in_and_out_seven_times_in_a_minute_is_not_stopped() {
    let app = App::start();
    let mut joe = app.browser();
    for _ in 0..7 {
        round(&app, &mut joe, TO_SHOES);
        assert_eq!(joe.logout("brand_id=360000000001").status, 302);
    }
}

#[test]
fn twenty_tabs_that_a_browser_opens_at_once_all_end_at_their_own_pages() {
    for is_by_get in [false, true] {
        let app = App::start();
        let mut joe = app.browser();
        for number in 0..20 {
            assert_eq!(joe.login(&to_ticket(number).0).status, 302, "tab {number}");
        }
        for number in 0..20 {
            let (_, page) = to_ticket(number);
            let jwt = app.assertion(SHOES, &json!({}));
            let answer = if is_by_get {
                let jwt = format!("{jwt}&return_to={}", encoded(&page));
                joe.follow("/access/jwt", SHOES_SITE, &jwt)
            } else {
                joe.submit(SHOES_SITE, &jwt, Some(&page))
            };
            assert!(answer.is_hand_off(), "tab {number}: {}", answer.title());
            assert_eq!(answer.hand_off().return_to, page);
        }
        // And once more within the minute, one after the other.
        for number in 0..20 {
            let (query, page) = to_ticket(number);
            joe.login(&query).location();
            let jwt = app.assertion(SHOES, &json!({}));
            let answer = joe.submit(SHOES_SITE, &jwt, Some(&page));
            assert_eq!(answer.hand_off().return_to, page);
        }
    }
}

#[test]
fn tabs_whose_scripts_drop_return_to_lose_no_page() {
    let app = App::start();
    let mut joe = app.browser();
    let mut pages: Vec<String> = (0..8).map(|number| to_ticket(number).1).collect();
    for number in 0..8 {
        joe.login(&to_ticket(number).0);
    }
    let mut reached: Vec<String> = (0..8)
        .map(|_| joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None))
        .map(|answer| answer.hand_off().return_to)
        .collect();
    reached.sort();
    pages.sort();
    assert_eq!(reached, pages);
}

#[test]
fn a_tab_does_not_use_up_what_another_began() {
    let app = App::start();
    let mut joe = app.browser();
    let [(first, page), (second, other)] = [to_ticket(1), to_ticket(2)];
    joe.login(&first).location();
    joe.login(&second).location();
    // A script that has a page of its own in mind, time and again.
    for _ in 0..3 {
        let fixed = "https://help.acme-shoes.example/hc";
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(fixed));
        assert_eq!(answer.hand_off().return_to, fixed);
        assert!(answer.flows().is_empty(), "{:?}", answer.flows());
    }
    for page in [page, other] {
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(&page));
        assert_eq!(answer.hand_off().return_to, page);
        assert!(answer.flows()[0].contains(".u."));
    }
    // Where only one sign-in is under way, it is that one.
    let mut sue = app.browser();
    sue.login(&first).location();
    let answer = sue.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some("/hc"));
    assert!(answer.flows()[0].contains(".u."));
}

#[test]
fn what_refuses_counts_nothing() {
    let app = App::start();
    let mut joe = app.browser();
    for _ in 0..10 {
        let foreign =
            format!("brand_id=360000000001&return_to={}", encoded("https://evil.example"));
        assert_eq!(joe.login(&foreign).status, 400);
        assert_eq!(joe.login("").status, 200);
    }
    assert_eq!(joe.login(TO_SHOES).status, 302);
}
