//! A browser that goes round in circles is stopped.

use crate::app::{App, TO_COFFEE, TO_SHOES, assert_refused, encoded};

#[test]
fn the_sixth_sign_in_within_a_minute_is_stopped() {
    let app = App::start();
    let mut joe = app.browser();
    for count in 1..=5 {
        assert_eq!(joe.login(TO_SHOES).status, 302, "sign-in {count}");
    }
    let answer = joe.login(TO_SHOES);
    assert_refused(&answer, 429, "loop", "the sixth");
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert_eq!(answer.links()[0], "https://help.acme-shoes.example/", "never to another sign-in");
    assert_eq!(joe.login(TO_COFFEE).status, 429, "of whatever brand");
    assert_eq!(app.browser().login(TO_SHOES).status, 302, "another browser is not stopped");
    assert_eq!(joe.logout("brand_id=360000000001").status, 302, "signing out is counted apart");

    app.clock.advance(61);
    assert_eq!(joe.login(TO_SHOES).status, 302, "after a minute");
}

#[test]
fn the_sixth_sign_out_within_a_minute_is_stopped() {
    let app = App::start();
    let mut joe = app.browser();
    for count in 1..=5 {
        assert_eq!(joe.logout("brand_id=360000000001").status, 302, "sign-out {count}");
    }
    let answer = joe.logout("brand_id=360000000001");
    assert_refused(&answer, 429, "loop", "the sixth");
    assert_eq!(answer.links()[0], "https://help.acme-shoes.example/");
    let error = joe.logout("brand_id=360000000001&kind=error&message=x");
    assert_eq!(error.status, 200, "what Zendesk reports is explained all the same");
    app.clock.advance(61);
    assert_eq!(joe.logout("brand_id=360000000001").status, 302, "after a minute");
}

#[test]
fn a_sign_in_every_quarter_of_a_minute_is_no_loop() {
    let app = App::start();
    let mut joe = app.browser();
    for count in 0..20 {
        assert_eq!(joe.login(TO_SHOES).status, 302, "sign-in {count}");
        app.clock.advance(15);
    }
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
